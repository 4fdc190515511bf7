//! What single parts of the language come to in a result.

mod breakers;
mod logs;
mod replicas;
mod statements;
mod stores;
#[path = "../support/mod.rs"]
mod support;

use cascade::telemetry::result::RunResult;
use serde_json::{Value, json};
use support::run;

/// A client that runs `steps` so many times a second, and further nodes.
fn system(rate: f64, steps: Value, nodes: Value) -> Value {
    let mut all = json!({ "web": { "kind": "client", "arrivals": { "constant": { "rate": rate } }, "operation": steps } });
    for (id, node) in nodes.as_object().expect("nodes by id") {
        all[id] = node.clone();
    }
    json!({ "schema": 1, "title": "test", "nodes": all })
}

/// Runs 100 s and compares numbers of the result by JSON pointer: a range each.
fn check(name: &str, scenario: &Value, expected: &[(&str, f64, f64)]) -> RunResult {
    let result = run(scenario, 1, 0.0, 100.0);
    let json = serde_json::to_value(&result).expect("a result is JSON");
    for &(pointer, low, high) in expected {
        let value = json.pointer(pointer).unwrap_or_else(|| panic!("{name}: no {pointer} in {json:#}"));
        let value = value.as_f64().unwrap_or_else(|| panic!("{name}: {pointer} is {value}"));
        assert!((low..=high).contains(&value), "{name}: {pointer} is {value}, not {low} to {high}\n{json:#}");
    }
    result
}

fn same(pointer: &str, value: f64) -> (&str, f64, f64) {
    (pointer, value, value)
}
