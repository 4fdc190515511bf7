//! The scenario language from outside: what loads, what is refused and with which words, what never panics.

#![cfg(not(target_arch = "wasm32"))]

#[path = "support/generate.rs"]
mod generate;

use std::path::PathBuf;

use cascade::base::{Json, Stream};
use cascade::scenario::{Fault, Scenario, read_fault};
use proptest::prelude::*;
use proptest::test_runner::Config;

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/scenarios")
}

/// The scenarios that run, by file name, in order.
fn examples() -> Vec<(String, String)> {
    let files = std::fs::read_dir(folder()).expect("the folder of examples");
    let paths = files.map(|file| file.expect("a file").path());
    let mut examples: Vec<_> = paths
        .filter(|path| path.extension().is_some_and(|extension| extension == "json"))
        .map(|path| (path.display().to_string(), std::fs::read_to_string(&path).expect("readable text")))
        .collect();
    examples.sort();
    examples
}

fn example(name: &str) -> Scenario {
    let text = std::fs::read_to_string(folder().join(name)).expect("readable text");
    Scenario::read(&text).unwrap_or_else(|found| panic!("{name}: {found:#?}"))
}

/// All that is wrong with a scenario, or does not run yet.
fn diagnostics(text: &str) -> Vec<String> {
    let result = Scenario::read(text).and_then(|scenario| scenario.plan());
    result.err().unwrap_or_default().iter().map(ToString::to_string).collect()
}

#[test]
fn examples_load_and_compile() {
    let examples = examples();
    assert!(examples.len() >= 4, "the examples are gone");
    for (name, text) in examples {
        assert_eq!(diagnostics(&text), [""; 0], "{name}");
        check_identity(&Scenario::read(&text).expect("no diagnostics"));
    }
}

/// The cases stand in `scenarios/diagnostics.txt`: a scenario, then a line `> …` for each diagnostic. With
/// `UPDATE=1` in the environment the lines are written anew, to be read in the diff.
#[test]
fn diagnostics_say_what_is_wrong() {
    let file = folder().join("diagnostics.txt");
    let written = std::fs::read_to_string(&file).expect("readable text");
    let mut found = Vec::new();
    for case in written.trim_end().split("\n\n") {
        let text: Vec<_> = case.lines().filter(|line| !line.starts_with("> ")).collect();
        let text = text.join("\n");
        let lines: Vec<_> = diagnostics(&text).iter().map(|line| format!("\n> {line}")).collect();
        assert!(!lines.is_empty(), "nothing is wrong with {text}");
        found.push(text + &lines.concat());
    }
    let found = found.join("\n\n") + "\n";
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(&file, &found).expect("a writable file");
    }
    let lines = written.lines().zip(found.lines());
    for (line, (expected, found)) in lines.enumerate() {
        assert_eq!(found, expected, "diagnostics.txt:{}: set UPDATE=1 to rewrite", line + 1);
    }
    assert_eq!(found.len(), written.len(), "diagnostics.txt: set UPDATE=1 to rewrite");
}

#[test]
fn limits_have_their_own_diagnostics() {
    let around = |nodes: &str| format!(r#"{{"schema": 1, "nodes": {{{nodes}}}}}"#);
    let client = |operation: &str| {
        let client = r#""kind": "client", "arrivals": {"constant": {"rate": 1}}"#;
        around(&format!(r#""web": {{{client}, "operation": {operation}}}"#))
    };
    let list = |item: &str, count: usize| format!("[{}]", vec![item; count].join(","));
    let check = |text: &str, expected: &str| {
        let found = diagnostics(text);
        assert!(found.iter().any(|line| line.contains(expected)), "no {expected:?} in {found:?}");
    };
    let queues: Vec<_> = (0..257).map(|at| format!(r#""q{at}": {{"kind": "queue"}}"#)).collect();
    check(&around(&queues.join(",")), "nodes: 257 entries; at most 256 are allowed");
    check(&client(&list(r#"{"work": "1ms"}"#, 65)), "65 steps in one operation; at most 64 are allowed");
    let deep =
        (0..8).fold(r#"[{"work": "1ms"}]"#.to_owned(), |inner, _| format!(r#"[{{"all": [{inner}]}}]"#));
    check(&client(&deep), "steps are nested more than 8 deep");
    for (field, value, most) in [("workers", 10_001, "10000"), ("replicas", 1001, "1000")] {
        let service = format!(r#""app": {{"kind": "service", "{field}": {value}}}"#);
        check(&around(&service), &format!("write a whole number from 1 to {most}"));
    }
    check(&around(r#""l": {"kind": "log", "partitions": 1025}"#), "write a whole number from 1 to 1024");
    check(&format!("\"{}\"", "x".repeat(1 << 20)), "bytes; at most 1048576 are read");
    let wrong: Vec<_> = (0..1000).map(|at| format!(r#""x{at}": 1"#)).collect();
    let found = diagnostics(&format!("{{{}}}", wrong.join(",")));
    assert!(
        found.len() <= 202 && found.iter().any(|line| line.contains("there are more mistakes than these"))
    );
}

#[test]
fn parameters_are_set_by_path() {
    let calls = example("calls.json");
    let check = |path: &str, text: &str, expected: Result<&str, &str>| {
        let found = match calls.set_text(path, text) {
            Ok(changed) => Ok(changed.get(path).expect("the parameter").to_string()),
            Err(found) => Err(found[0].to_string()),
        };
        assert_eq!(found.as_deref().map_err(String::as_str), expected, "{path} = {text}");
    };
    check("nodes.payment.workers", "5", Ok("5"));
    check("nodes.payment.operations.default[0].work.mean", "30ms", Ok("\"30ms\""));
    check("nodes.gateway.operations.default[0].work.mean", "3ms", Ok("\"3ms\""));
    check("nodes.gateway.operations.shop[0].work.mean", "3ms", Ok("\"3ms\""));
    check("network.latency.mean", "3ms", Ok("\"3ms\""));
    check("nodes.robot.arrivals.rate", "7", Ok("7"));
    check("nodes.robot.arrivals.constant.rate", "7", Ok("7"));
    check("nodes.web.operation[0].call.retry.backoff.jitter", "full", Ok("\"full\""));
    check("nodes.web.deadline", "null", Ok("null"));
    check("view.positions.web", "[5, 6]", Ok("[5, 6]"));
    check("nodes.extra-queue", "{\"kind\": \"queue\"}", Ok(EXTRA));
    check(
        "nodes.payment.wrokers",
        "5",
        Err("nodes.payment.wrokers: there is no \"wrokers\" in nodes.payment (did you mean \"workers\"?)"),
    );
    check(
        "nodes.payment.workers",
        "2.5",
        Err("nodes.payment.workers: 2.5 is not a whole number (write a whole number from 1 to 10000)"),
    );
    check(
        "nodes.gateway.operations.shop[2].work.mean",
        "3ms",
        Err("nodes.gateway.operations.shop[2].work.mean: there is no \"mean\" in \
             nodes.gateway.operations.shop[2].work (the form \"uniform\" has none to set; set the whole value)"),
    );
    check(
        "nodes.robot.arrivals.poisson.rate",
        "5",
        Err("nodes.robot.arrivals.poisson.rate: there is no \"poisson.rate\" in nodes.robot.arrivals \
             (here it is \"constant\")"),
    );
    for path in ["", ".", "[", "[0]", "nodes[0]", "nodes..web", "seed.x", "timeline[0].at", "nodes.web.kind"]
    {
        assert!(calls.set_text(path, "1").is_err(), "{path}");
    }
}

/// A queue with its defaults filled in.
const EXTRA: &str = "{\"kind\": \"queue\", \"label\": null, \"capacity\": null, \"overflow\": \"reject\", \
    \"visibility_timeout\": null, \"late_ack\": \"ignored\", \"max_deliveries\": null, \"dead_letter\": null, \"ttl\": null, \
    \"delivery_latency\": null}";

#[test]
fn what_is_left_out_is_null_or_its_default() {
    let calls = example("calls.json");
    let check = |path: &str, expected: Option<&str>| {
        let found = calls.get(path).map(|value| value.to_string());
        assert_eq!(found.as_deref(), expected, "{path}");
    };
    check("nodes.catalogue.replicas", Some("1"));
    check("nodes.robot.deadline", Some("null"));
    check("nodes.web.operation[0].call.retry.attempts", Some("null"));
    check("nodes.gateway.operations.shop[1].all[0][0].call.retry.attempts", Some("3"));
    check("nodes.web.workers", None);
    check("nodes.nobody.workers", None);
    check("nodes.web.operation[7]", None);
    // A knob on what is left out has an effect: the retry policy comes into being with its defaults.
    let path = "nodes.web.operation[0].call.retry.attempts";
    let changed = calls.with(path, &Json::Number(4.0)).expect("a good change").plan().expect("it runs");
    assert_eq!(changed.calls[0].retry.attempts, 4);
    assert!(changed.calls[0].retry.on.timeout && changed.same_shape(&calls.plan().expect("it runs")));
}

#[test]
fn a_label_is_for_the_screen_alone() {
    let calls = example("calls.json");
    let labelled = calls.set_text("nodes.payment.label", "お支払い").expect("any language");
    let labels = Json::parse(r#"{"shop": "Buy something"}"#).expect("JSON");
    let labelled = labelled.with("nodes.gateway.operation_labels", &labels).expect("a label");
    let (before, after) = (calls.plan().expect("it runs"), labelled.plan().expect("it runs"));
    assert!(after.same_shape(&before), "a run goes on under another label");
    let payment = after.node("payment").expect("its id stays");
    assert_eq!(after.nodes[payment.at()].label.as_deref(), Some("お支払い"));
    let shop = after.operations.iter().find(|op| op.name == "shop").expect("its name stays");
    assert_eq!(shop.label.as_deref(), Some("Buy something"));
    let wrong = |path: &str, value: &str| calls.set_text(path, value).expect_err("a mistake")[0].to_string();
    assert_eq!(
        wrong("nodes.payment.label", &"x".repeat(101)),
        "nodes.payment.label: this text is longer than 100 bytes (shorten it)"
    );
    assert_eq!(
        wrong("nodes.gateway.operation_labels", r#"{"shpo": "Buy"}"#),
        "nodes.gateway.operation_labels.shpo: unknown operation \"shpo\" (did you mean \"shop\"?)"
    );
}

#[test]
fn only_what_comes_of_several_changes_has_to_be_right() {
    let between = example("between.json");
    let queue = Json::parse("{\"kind\": \"queue\"}").expect("a queue");
    let ids = |scenario: &Scenario| scenario.plan().map(|plan| plan.nodes.len()).expect("it runs");
    let added = between.with_all(&[("nodes.mails", queue), ("title", "Other".into())]).expect("good changes");
    assert_eq!((ids(&added), added.title()), (ids(&between) + 1, "Other"));
    let gone = added.with_all(&[("nodes.mails", Json::Null)]).expect("a good change");
    assert_eq!(ids(&gone), ids(&between));
    // Each alone would be wrong: a dead-letter target that there is not.
    let letters = Json::parse("{\"kind\": \"queue\", \"dead_letter\": \"dead\"}").expect("a queue");
    let dead = Json::parse("{\"kind\": \"queue\"}").expect("a queue");
    assert!(between.with("nodes.letters", &letters).is_err());
    assert!(between.with_all(&[("nodes.letters", letters), ("nodes.dead", dead)]).is_ok());
    assert!(between.with_all(&[("nodes.web.wrokers", Json::Null)]).is_err());
}

#[test]
fn faults_are_read_against_a_plan() {
    let plan = example("calls.json").plan().expect("it runs");
    let read = |text: &str| read_fault(&Json::parse(text).expect("JSON"), &plan);
    let crash = read(r#"{"crash": {"node": "payment", "replica": 2}}"#);
    assert!(matches!(crash, Ok(Fault::Crash { replica: Some(2), .. })), "{crash:?}");
    for (text, expected) in [
        (r#"{"crash": {"node": "payment", "replica": 3}}"#, "has no such replica"),
        (r#"{"slow": {"node": "web", "factor": 2}}"#, "\"web\" is of kind client; expected service"),
        (r#"{"loss": {"from": "web", "to": "payment", "probability": 1}}"#, "nothing travels from"),
        (r#"{"surge": {"client": "wbe", "factor": 2}}"#, "there is no node \"wbe\""),
        (r#"{"poison": {"client": "payment", "probability": 1}}"#, "is of kind service; expected client"),
        (r#"{"broker_down": {"log": "web", "broker": 0}}"#, "\"web\" is of kind client; expected log"),
        ("3", "expected an object with one key, found 3"),
    ] {
        let found = read(text).expect_err(text);
        assert!(found[0].message.contains(expected), "{text}: {found:?}");
    }
}

/// What is printed reads back as the same scenario.
fn check_identity(scenario: &Scenario) {
    let printed = scenario.print();
    let again = Scenario::read(&printed).unwrap_or_else(|found| panic!("{found:#?}\nin {printed}"));
    assert_eq!(again, *scenario);
    assert_eq!(again.print(), printed);
}

/// Whatever the text is, reading it must not panic; where it is good, nothing that follows may.
fn check_harmless(text: &str) {
    let Ok(scenario) = Scenario::read(text) else { return };
    check_identity(&scenario);
    if let Ok(plan) = scenario.plan() {
        assert!(plan.same_shape(&plan));
    }
    for knob in scenario.view().knobs.iter() {
        assert!(scenario.get(&knob.path).is_some(), "{}", &knob.path);
        let _ = scenario.with(&knob.path, &Json::Null);
    }
}

/// A value that may or may not fit where it is put.
fn junk(stream: &mut Stream) -> Json {
    const TEXTS: [&str; 9] = ["20ms", "web", "app", "fifo", "", "0s", "poisson", "99999999h", "é\u{0}\"\\"];
    const NUMBERS: [f64; 9] = [0.0, -1.0, 0.5, 1.0, 1e6, 1e300, 5e-324, -0.0, 9_007_199_254_740_993.0];
    match stream.below(6) {
        0 => Json::Null,
        1 => Json::Bool(stream.chance(0.5)),
        2 => Json::Number(NUMBERS[stream.below(9) as usize]),
        3 => Json::from(TEXTS[stream.below(9) as usize]),
        4 => Json::Array((0..stream.below(4)).map(|_| junk(stream)).collect()),
        _ => Json::Object((0..stream.below(3)).map(|_| ("mean".to_owned(), junk(stream))).collect()),
    }
}

/// Changes one place of a value: replaces, removes, repeats or renames.
fn mutate(json: &mut Json, stream: &mut Stream) {
    let count = json.items().len() + json.members().len();
    if count == 0 || stream.chance(0.1) {
        *json = junk(stream);
        return;
    }
    let at = stream.below(count as u64) as usize;
    match (json, stream.below(12)) {
        (Json::Array(items), 0) => drop(items.remove(at)),
        (Json::Array(items), 1) => items.push(items[at].clone()),
        (Json::Array(items), _) => mutate(&mut items[at], stream),
        (Json::Object(members), 0) => drop(members.remove(at)),
        (Json::Object(members), 1) => members.push(members[at].clone()),
        (Json::Object(members), 2) => members[at].0.push('x'),
        (Json::Object(members), _) => mutate(&mut members[at].1, stream),
        _ => {}
    }
}

proptest! {
    #![proptest_config(Config { cases: 1000, failure_persistence: None, ..Config::default() })]

    #[test]
    fn arbitrary_bytes_never_panic(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        check_harmless(&String::from_utf8_lossy(&bytes));
    }

    #[test]
    fn arbitrary_json_never_panics(seed in any::<u64>()) {
        let json = junk(&mut Stream::new(seed, "test", "junk"));
        check_harmless(&json.to_string());
        prop_assert_eq!(Json::parse(&json.to_string()), Ok(json.clone()));
        prop_assert_eq!(Json::parse(&json.pretty()), Ok(json));
    }

    #[test]
    fn mutations_of_examples_never_panic(seed in any::<u64>(), changes in 1..4) {
        let mut stream = Stream::new(seed, "test", "mutations");
        let examples = examples();
        let (_, text) = &examples[stream.below(examples.len() as u64) as usize];
        let mut json = Json::parse(text).expect("JSON");
        for _ in 0..changes {
            mutate(&mut json, &mut stream);
        }
        check_harmless(&json.to_string());
    }

    #[test]
    fn cut_and_changed_text_never_panics(seed in any::<u64>()) {
        let mut stream = Stream::new(seed, "test", "text");
        let mut text = std::fs::read(folder().join("calls.json")).expect("readable text");
        for _ in 0..1 + stream.below(3) {
            let at = stream.below(text.len() as u64) as usize;
            match stream.below(3) {
                0 => text.truncate(at.max(1)),
                1 => drop(text.remove(at)),
                _ => text[at] = stream.below(128) as u8,
            }
            if text.is_empty() {
                break;
            }
        }
        check_harmless(&String::from_utf8_lossy(&text));
    }

    #[test]
    fn generated_scenarios_read_and_print_the_same(seed in 0..1_u64 << 53) {
        let text = generate::scenario(seed).to_string();
        let scenario = Scenario::read(&text).unwrap_or_else(|found| panic!("{found:#?}\nin {text}"));
        check_identity(&scenario);
        prop_assert!(scenario.plan().is_ok());
    }

    #[test]
    fn arbitrary_paths_never_panic(path in "[a-z\\[\\]0-9.]{0,30}", seed in any::<u64>()) {
        let calls = example("calls.json");
        let value = junk(&mut Stream::new(seed, "test", "value"));
        let _ = calls.get(&path);
        if let Ok(changed) = calls.with(&path, &value) {
            check_identity(&changed);
        }
        let inside = ["nodes.gateway.", &path].concat();
        if let Ok(changed) = calls.with(&inside, &value) {
            check_identity(&changed);
        }
    }
}
