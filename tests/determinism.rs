//! Digests are written down, so that a change of behaviour is never an accident: `UPDATE=1 cargo test --test
//! determinism` writes them anew, and the reviewer reads the difference. The wasm suite compares with the same file.

#[path = "support/digests.rs"]
mod digests;

#[test]
fn digests_are_those_that_are_written_down() {
    let computed = digests::compute();
    assert!(computed.lines().count() >= 6, "there are scenarios to compare");
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write("tests/scenarios/digests.txt", &computed)
            .expect("tests/scenarios/digests.txt can be written");
        return;
    }
    assert_eq!(computed, digests::WRITTEN, "run with UPDATE=1 if the change is meant");
}

#[test]
fn another_seed_gives_another_run() {
    for (name, text) in digests::SCENARIOS {
        let seeded = |seed: &str| {
            let mut scenario: serde_json::Value = serde_json::from_str(text).expect("JSON");
            scenario["seed"] = serde_json::from_str(seed).expect("a number");
            digests::digest(&scenario.to_string())
        };
        assert_ne!(seeded("1001"), seeded("1002"), "{name}");
        assert_eq!(seeded("1001"), seeded("1001"), "{name}");
    }
}
