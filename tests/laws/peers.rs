//! Layered queueing networks: what another simulator publishes for models written by others (`tests/cases/peers`).
//!
//! Each network runs twice, as it stands and with `repeat` in place of services that call themselves. The tolerance is
//! that of the case's description, 3 %; 60,000 s give 17,000 to 100,000 customers, so chance moves a figure by half a
//! percent to one. One seed, in every run of the tests, takes a second of one core; twenty take fifteen.

use std::collections::BTreeMap;

use cascade::telemetry::result::RunResult;
use serde_json::{Value, json};

use crate::support;

/// How far a throughput may be from the published one, as a share of it.
const TOLERANCE: f64 = 0.03;

/// Simulated seconds before measuring, and while.
const WARMUP: f64 = 500.0;
const SECONDS: f64 = 60_000.0;

/// A network of which somebody published figures.
#[derive(serde::Deserialize)]
struct Case {
    scenario: Value,
    /// Part of the result, name, and how many a second.
    throughput_per_s: Vec<(String, String, f64)>,
}

fn cases() -> BTreeMap<String, Case> {
    let text = include_str!("../cases/peers/layered-queueing-networks.json");
    serde_json::from_str(text).expect("networks")
}

/// The same system with each service that calls itself turned into one that repeats: `[work, choose: [nothing, [call,
/// itself], …]]` is the work, and then as often as a geometric draw says one of the calls and the work again.
fn repeating(scenario: &Value) -> Option<Value> {
    let mut changed = scenario.clone();
    let mut any = false;
    for (name, node) in changed["nodes"].as_object_mut().expect("nodes") {
        let Some(steps) = node.pointer_mut("/operations/default").and_then(Value::as_array_mut) else {
            continue;
        };
        let Some(branches) = steps.get(1).and_then(|step| step["choose"].as_array()) else { continue };
        let again = json!({ "call": { "to": name } });
        let weight = |branch: &Value| branch["weight"].as_f64().expect("a weight");
        let (ends, goes_on): (Vec<&Value>, Vec<&Value>) =
            branches.iter().partition(|branch| branch["then"] == json!([]));
        assert!(goes_on.iter().all(|branch| branch["then"][1] == again), "{name} calls itself last");
        let calls: Vec<Value> = goes_on
            .iter()
            .map(|branch| json!({ "weight": branch["weight"], "then": [branch["then"][0]] }))
            .collect();
        let mean = goes_on.into_iter().map(weight).sum::<f64>() / ends.into_iter().map(weight).sum::<f64>();
        let work = steps[0].clone();
        let turn = json!([{ "choose": calls }, work]);
        *steps = vec![work, json!({ "repeat": { "times": { "geometric": mean }, "do": turn } })];
        any = true;
    }
    any.then_some(changed)
}

/// Throughput of a client's good answers, or of a service's completed jobs.
fn throughput(result: &RunResult, part: &str, name: &str) -> f64 {
    match part {
        "clients" => result.clients.get(name).expect("a client").goodput_per_s,
        _ => result.services.get(name).expect("a service").completed as f64 / SECONDS,
    }
}

/// Runs every network under so many seeds; the each figure must be within the tolerance, whatever the seed.
fn compare(seeds: u64) {
    let mut wrong = Vec::new();
    for (name, case) in cases() {
        for (form, scenario) in
            [("as it stands", Some(case.scenario.clone())), ("repeating", repeating(&case.scenario))]
        {
            let Some(scenario) = scenario else { continue };
            let columns = support::replicate(&scenario, seeds, WARMUP, SECONDS, |result| {
                let of = |(part, node, _): &(String, String, f64)| throughput(result, part, node);
                case.throughput_per_s.iter().map(of).collect::<Vec<f64>>()
            });
            for (at, (_, node, published)) in case.throughput_per_s.iter().enumerate() {
                let deviations: Vec<f64> =
                    columns.iter().map(|column| column[at] / published - 1.0).collect();
                let mean = deviations.iter().sum::<f64>() / deviations.len() as f64;
                let line = format!("{name}, {form}, {node}: {:+.2} %", 100.0 * mean);
                println!("{line}");
                if deviations.iter().any(|deviation| deviation.abs() > TOLERANCE) {
                    wrong.push(line);
                }
            }
        }
    }
    assert!(wrong.is_empty(), "not within {TOLERANCE} of what was published: {wrong:#?}");
}

#[test]
fn layered_networks_come_to_what_is_published() {
    compare(1);
}

#[test]
#[ignore = "fifteen seconds or more: cargo xtask test --laws"]
fn layered_networks_come_to_what_is_published_under_every_seed() {
    compare(20);
}

/// What the other form says is the same system, with nobody who calls itself.
#[test]
fn the_second_form_calls_nobody_twice() {
    let repeating: Vec<Value> = cases().values().filter_map(|case| repeating(&case.scenario)).collect();
    assert_eq!(repeating.len(), 7, "all but the one without calls");
    for scenario in repeating {
        for (name, node) in scenario["nodes"].as_object().expect("nodes") {
            let calls = format!(r#""call":{{"to":"{name}""#);
            assert!(!node.to_string().contains(&calls), "{name}: {node}");
        }
    }
}
