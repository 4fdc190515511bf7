//! The scenario language from outside: what loads, what is refused and with which words, what never panics.

use cascade::scenario::Scenario;

/// Scenarios that run, by name.
const EXAMPLES: [(&str, &str); 4] = [
    ("smallest", include_str!("scenarios/smallest.json")),
    ("calls", include_str!("scenarios/calls.json")),
    ("queue", include_str!("scenarios/queue.json")),
    ("faults", include_str!("scenarios/faults.json")),
];

fn example(name: &str) -> Scenario {
    let (_, text) = EXAMPLES.iter().find(|(other, _)| *other == name).expect("an example of this name");
    Scenario::read(text).unwrap_or_else(|found| panic!("{name}: {found:#?}"))
}

#[test]
fn examples_load_and_compile_and_print() {
    for (name, _) in EXAMPLES {
        let scenario = example(name);
        let again = Scenario::read(&scenario.print());
        assert_eq!(again.as_ref(), Ok(&scenario), "{name}");
        let plan = scenario.plan();
        assert!(plan.is_ok(), "{name}: {plan:#?}");
    }
}
