//! What the scenario reference states of results and of faults, and what nothing else holds.

use serde_json::{Value, json};

use super::{check, run, same, system};

fn service(workers: u32, work: &str) -> Value {
    json!({ "kind": "service", "workers": workers, "operations": { "default": [ { "work": work } ] } })
}

/// The same with further fields.
fn with(mut node: Value, fields: Value) -> Value {
    node.as_object_mut().expect("a node").extend(fields.as_object().expect("fields").clone());
    node
}

/// A client that calls `app`, with faults from the beginning to the end.
fn faulty(rate: f64, app: Value, faults: &[Value]) -> Value {
    let mut scenario = system(rate, json!([ { "call": { "to": "app" } } ]), json!({ "app": app }));
    scenario["network"] = json!({ "latency": "0s" });
    scenario["timeline"] = faults.iter().map(|fault| json!({ "at": "0s", "fault": fault })).collect();
    scenario
}

/// One of two replicas is down, and the other one has more to do than it can.
#[test]
fn workers_of_a_crashed_replica_are_not_there() {
    let app = with(service(1, "100ms"), json!({ "replicas": 2, "queue": 5 }));
    let crash = json!({ "crash": { "node": "app", "replica": 0 } });
    let expected = [("/services/app/utilization", 0.99, 1.0), ("/services/app/busy_mean", 0.99, 1.0)];
    check("crashed", &faulty(30.0, app.clone(), &[crash]), &expected);
    // A paused node's are, and do nothing more than they did.
    let pause = json!({ "pause": { "node": "app" } });
    let expected = [same("/services/app/utilization", 0.0), same("/services/app/busy_mean", 0.0)];
    check("paused", &faulty(30.0, app, &[pause]), &expected);
}

/// Two messages a second, hidden for half a second: one is there all the time.
#[test]
fn depth_counts_what_is_hidden_and_age_every_delivery() {
    let steps = json!([ { "publish": { "to": "q" } } ]);
    let consumer = |steps: Value| {
        json!({ "kind": "service", "operations": { "default": steps },
        "consumes": [ { "from": "q" } ] })
    };
    let nodes = json!({
        "q": { "kind": "queue", "delivery_latency": "500ms" },
        "app": consumer(json!([ { "work": "1us" } ])),
    });
    let mut scenario = system(2.0, steps.clone(), nodes);
    scenario["network"] = json!({ "latency": "0s" });
    let expected = [("/queues/q/depth_mean", 0.99, 1.01), ("/queues/q/age_ms/mean", 499.9, 500.1)];
    check("hidden", &scenario, &expected);
    // Every message is delivered twice, at once and after 200 ms.
    let nodes = json!({
        "q": { "kind": "queue", "max_deliveries": 2 },
        "app": consumer(json!([ { "work": "200ms" }, { "fail": { "probability": 1.0 } } ])),
    });
    let mut scenario = system(2.0, steps, nodes);
    scenario["network"] = json!({ "latency": "0s" });
    check(
        "again",
        &scenario,
        &[("/queues/q/age_ms/mean", 99.0, 101.0), ("/queues/q/age_ms/max", 199.0, 201.0)],
    );
}

/// Factors multiply, times add up, chances are independent, and what is down is down until all is over.
#[test]
fn faults_of_one_kind_work_together() {
    let slow = |factor: f64| json!({ "slow": { "node": "app", "factor": factor } });
    let scenario = faulty(2.0, service(10, "10ms"), &[slow(2.0), slow(3.0)]);
    check("slow", &scenario, &[("/services/app/response_ms/mean", 59.9, 60.1)]);
    let late = |add: &str| json!({ "latency": { "from": "web", "to": "app", "add": add } });
    let scenario = faulty(2.0, service(10, "10ms"), &[late("20ms"), late("30ms")]);
    check("latency", &scenario, &[("/clients/web/latency_ms/mean", 59.9, 60.1)]);
    let surge = |factor: f64| json!({ "surge": { "client": "web", "factor": factor } });
    let scenario = faulty(2.0, service(10, "10ms"), &[surge(2.0), surge(3.0)]);
    check("surge", &scenario, &[("/clients/web/offered", 1190.0, 1210.0)]);
    let error = json!({ "error": { "node": "app", "probability": 0.5 } });
    let scenario = faulty(40.0, service(10, "10ms"), &[error.clone(), error]);
    check("error", &scenario, &[("/services/app/failed", 2900.0, 3100.0)]);
    // From 10 to 30 and from 20 to 50 s: forty seconds of a hundred.
    let mut scenario = faulty(10.0, service(10, "10ms"), &[]);
    let crash =
        |at: &str, lasts: &str| json!({ "at": at, "for": lasts, "fault": { "crash": { "node": "app" } } });
    scenario["timeline"] = json!([crash("10050ms", "20s"), crash("20050ms", "30s")]);
    check("crash", &scenario, &[same("/clients/web/failed/unavailable", 400.0)]);
}

/// No job holds a worker there, so nothing is given back either.
#[test]
fn while_waiting_changes_nothing_under_processor_sharing() {
    let digest = |waiting: &str| {
        let app = json!({ "kind": "service", "workers": 2, "discipline": "processor_sharing", "while_waiting": waiting,
            "operations": { "default": [ { "work": { "exponential": "50ms" } }, { "call": { "to": "db" } },
                                         { "work": { "exponential": "10ms" } } ] } });
        let nodes = json!({ "app": app, "db": service(10, "20ms") });
        let scenario = system(20.0, json!([ { "call": { "to": "app" } } ]), nodes);
        run(&scenario, 1, 0.0, 100.0).digest
    };
    assert_eq!(digest("hold_worker"), digest("release_worker"));
}
