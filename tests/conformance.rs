//! Facts from real projects' tests, run against the engine's state machines through `cascade conform`.
#![cfg(not(target_arch = "wasm32"))]

use std::io::Write;
use std::process::{Command, Stdio};

use serde_json::{Value, json};

/// The vectors.
const VECTORS: &str = include_str!("cases/conformance.json");

/// What models.md says beyond the facts of real projects.
const MORE: &[&str] = &[include_str!("cases/balancing.json"), include_str!("cases/queues.json")];

/// What `cascade conform -` prints about this text, and its exit status.
fn conform(text: &str) -> (String, i32) {
    let mut child = Command::new(env!("CARGO_BIN_EXE_cascade"))
        .args(["conform", "-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("the binary was built for this test");
    child.stdin.take().expect("it is piped").write_all(text.as_bytes()).expect("it reads");
    let output = child.wait_with_output().expect("it was started");
    let out = String::from_utf8(output.stdout).expect("it prints UTF-8");
    (out, output.status.code().expect("it was not killed"))
}

#[test]
fn every_vector_passes() {
    let file: Value = serde_json::from_str(VECTORS).expect("JSON");
    let vectors = file["vectors"].as_array().expect("a list");
    assert!(vectors.len() >= 76, "{} vectors", vectors.len());
    let (out, status) = conform(&json!({ "vectors": vectors }).to_string());
    assert_eq!((out, status), (format!("{} passed, 0 failed\n", vectors.len()), 0));
}

#[test]
fn more_vectors_pass() {
    for text in MORE {
        let (out, status) = conform(text);
        assert!(out.ends_with(" passed, 0 failed\n") && status == 0, "{out}");
    }
}

/// What is wrong is said in a line, and nothing panics.
#[test]
fn what_fails_or_is_malformed_has_its_line() {
    let budget = |input: Value, expect: Value| json!({ "id": "x", "component": "retry_budget", "config": { "ratio": 0.2 }, "input": input, "expect": expect });
    let one = json!([{ "in_flight": 20 }]);
    let cases = [
        (budget(one.clone(), json!([{ "allowed": 4 }])), ""),
        (
            budget(json!([{ "in_flight": 1 }, { "in_flight": 20 }]), json!([{}, { "allowed": 5 }])),
            r#"x: at input 2 expected {"allowed":5}, got {"allowed":4}"#,
        ),
        (budget(one.clone(), json!([])), "x: 1 inputs, but 0 expectations"),
        (budget(one.clone(), json!([7])), "x: at input 1 the expectation is no object"),
        (budget(json!([{}]), json!([{}])), "x: at input 1 needs a number \"in_flight\""),
        (
            budget(json!([{ "in_flight": -1 }]), json!([{}])),
            "x: at input 1 needs a whole number \"in_flight\" from 0 on",
        ),
        (
            budget(json!([{ "at": "2s", "in_flight": 1 }, { "at": "1s", "in_flight": 1 }]), json!([{}, {}])),
            "x: at input 2 time goes back",
        ),
        (budget(json!({}), json!([])), "x: needs a list \"input\""),
        (
            json!({ "id": "y", "component": "warp", "input": [], "expect": [] }),
            "y: there is no component \"warp\"",
        ),
        (json!({ "id": "y\ny", "component": 3 }), "y y: needs a string \"component\""),
        (json!(null), "vector 1: needs a string \"component\""),
    ];
    for (vector, line) in cases {
        let (out, status) = conform(&json!({ "vectors": [vector] }).to_string());
        let (lines, summary) = out.trim_end().rsplit_once('\n').unwrap_or(("", out.trim_end()));
        let failed = i32::from(!line.is_empty());
        assert_eq!((lines, status), (line, failed), "{vector}");
        assert_eq!(summary, format!("{} passed, {failed} failed", 1 - failed), "{vector}");
    }
    for text in ["", "{", "[]", "{\"vectors\": 3}", "{\"vectors\": null}"] {
        let (out, status) = conform(text);
        assert!(out.starts_with("-: ") && out.ends_with("0 passed, 1 failed\n"), "{text}: {out}");
        assert_eq!(status, 1, "{text}");
    }
}
