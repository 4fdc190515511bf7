//! At every limit a scenario runs or is refused with a reason; a run stops with a diagnostic, not with the machine.
#![cfg(not(target_arch = "wasm32"))]

use std::sync::Arc;

use cascade::base::{MAX_TEXT, SimTime};
use cascade::engine::{Halt, Simulation};
use cascade::scenario::Scenario;
use cascade::telemetry::Telemetry;
use serde_json::{Map, Value, json};

/// Runs a scenario for so long, or says why it is refused.
fn run(text: &str, seconds: f64) -> Result<Simulation, String> {
    let plan = Scenario::read(text).and_then(|scenario| scenario.plan());
    let plan =
        Arc::new(plan.map_err(|found| found.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"))?);
    let mut simulation = Simulation::new(Arc::clone(&plan));
    simulation.run_until(SimTime::from_secs(seconds), &mut Telemetry::new(&plan));
    Ok(simulation)
}

fn client(rate: f64, operation: Value) -> Value {
    json!({ "kind": "client", "arrivals": { "constant": { "rate": rate } }, "operation": operation })
}

fn service(steps: Value) -> Value {
    json!({ "kind": "service", "operations": { "default": steps } })
}

/// A scenario of these nodes.
fn of(nodes: &[(&str, Value)]) -> Value {
    let nodes: Map<String, Value> = nodes.iter().map(|(id, node)| ((*id).to_owned(), node.clone())).collect();
    json!({ "schema": 1, "nodes": nodes })
}

/// A chain of so many nodes: a client, and services that each call the next.
fn chain(nodes: usize) -> Value {
    let mut all = Map::new();
    all.insert("web".to_owned(), client(10.0, json!([{ "call": { "to": "s1" } }])));
    for at in 1..nodes {
        let next = json!([{ "call": { "to": format!("s{}", at + 1) } }]);
        all.insert(format!("s{at}"), service(if at + 1 < nodes { next } else { json!([]) }));
    }
    json!({ "schema": 1, "nodes": all })
}

/// So many steps, nested so deep.
fn nested(steps: usize, depth: usize) -> Value {
    // Each level is one step with the next level inside.
    let inner: Vec<Value> = (0..steps + 1 - depth).map(|_| json!({ "work": "1ms" })).collect();
    (1..depth).fold(Value::Array(inner), |inside, _| json!([{ "all": [inside] }]))
}

/// So many pairs of services of which one could call the other and never does, each with its two links described.
fn linked(pairs: usize) -> Value {
    const SERVICES: usize = 34;
    let mut scenario = of(&[("web", client(100.0, json!([{ "call": { "to": "s0" } }])))]);
    let mut left = pairs;
    let mut described = Vec::new();
    for from in 0..SERVICES {
        let callees: Vec<String> = (from + 1..SERVICES).take(left).map(|to| format!("s{to}")).collect();
        left -= callees.len();
        let calls: Vec<Value> = callees.iter().map(|to| json!({ "call": { "to": to } })).collect();
        let never = json!([{ "choose": [{ "weight": 0, "then": calls }, { "weight": 1, "then": [] }] }]);
        let from = format!("s{from}");
        for to in callees {
            described.push(json!({ "from": from, "to": to, "latency": "2ms" }));
            described.push(json!({ "from": to, "to": from, "latency": "2ms" }));
        }
        scenario["nodes"][from] = service(never);
    }
    assert_eq!(left, 0);
    scenario["links"] = json!(described);
    scenario
}

fn wide(replicas: u32, workers: u32) -> Value {
    let mut scenario = of(&[
        ("web", client(100.0, json!([{ "call": { "to": "app" } }]))),
        ("app", service(json!([{ "work": "1ms" }]))),
    ]);
    scenario["nodes"]["app"]["replicas"] = json!(replicas);
    scenario["nodes"]["app"]["workers"] = json!(workers);
    scenario
}

fn offered(rate: f64) -> Value {
    of(&[
        ("web", client(rate, json!([{ "call": { "to": "app", "timeout": "10ms" } }]))),
        ("app", service(json!([]))),
    ])
}

/// A text of so many bytes.
fn long(bytes: usize) -> String {
    let text = wide(1, 1).to_string();
    let missing = bytes - text.len();
    text + &" ".repeat(missing)
}

#[test]
fn at_the_limit_it_runs_and_beyond_it_is_refused() {
    let cases: [(&str, String, String, &str); 8] = [
        ("nodes", chain(256).to_string(), chain(257).to_string(), "at most 256"),
        // With the client and the first service, one pair more.
        ("links", linked(511).to_string(), linked(512).to_string(), "at most 1024"),
        (
            "steps",
            of(&[("web", client(10.0, nested(64, 1)))]).to_string(),
            of(&[("web", client(10.0, nested(65, 1)))]).to_string(),
            "at most 64",
        ),
        (
            "depth",
            of(&[("web", client(10.0, nested(64, 8)))]).to_string(),
            of(&[("web", client(10.0, nested(64, 9)))]).to_string(),
            "8 deep",
        ),
        ("replicas", wide(1000, 1).to_string(), wide(1001, 1).to_string(), "1 to 1000"),
        ("workers", wide(1, 10_000).to_string(), wide(1, 10_001).to_string(), "1 to 10000"),
        ("rate", offered(1e6).to_string(), offered(1e6 + 1.0).to_string(), "1000000"),
        ("text", long(MAX_TEXT), long(MAX_TEXT + 1), "at most 1048576"),
    ];
    for (limit, at, beyond, reason) in cases {
        let simulation = run(&at, 0.2).unwrap_or_else(|reason| panic!("{limit}: {reason}"));
        assert_eq!(simulation.halted(), None, "{limit}");
        assert!(simulation.events() > 10, "{limit}: nothing happened");
        let refused = run(&beyond, 0.2).err().unwrap_or_else(|| panic!("{limit}: one more is taken"));
        assert!(refused.contains(reason), "{limit}: {refused}");
    }
}

#[test]
fn everything_at_its_limit_at_once_runs() {
    let mut scenario = chain(256);
    let nodes = scenario["nodes"].as_object_mut().expect("nodes");
    for (id, node) in nodes.iter_mut() {
        if id == "web" {
            node["arrivals"]["constant"]["rate"] = json!(1e6);
            node["operation"] =
                json!([{ "call": { "to": "s1", "timeout": "1ms", "retry": { "attempts": 100 } } }]);
        } else {
            node["replicas"] = json!(1000);
            node["workers"] = json!(10_000);
        }
    }
    let simulation = run(&scenario.to_string(), 0.005).expect("a plan");
    assert!(simulation.events() > 10_000 && simulation.halted().is_none());
}

#[test]
fn a_run_that_grows_without_bound_halts() {
    let endless = |operation: Value, rest: &[(&str, Value)]| {
        let nodes = [&[("web", client(1e6, operation))], rest].concat();
        run(&of(&nodes).to_string(), 1000.0).expect("a plan")
    };
    // Operations that never end; a queue that nobody reads; a waiting room without bound.
    for simulation in [
        endless(json!([{ "sleep": "1h" }]), &[]),
        endless(json!([{ "publish": { "to": "mail" } }]), &[("mail", json!({ "kind": "queue" }))]),
        endless(json!([{ "call": { "to": "app" } }]), &[("app", service(json!([{ "work": "1s" }])))]),
    ] {
        assert_eq!(simulation.halted(), Some(Halt::Full));
        assert!(simulation.now() < SimTime::from_secs(10.0), "it stopped after {:?}", simulation.now());
    }
}
