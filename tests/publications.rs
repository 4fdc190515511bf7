//! What becomes of messages that are published again: kept twice, recognized, or given up.

#[path = "support/mod.rs"]
mod support;

use serde_json::{Value, json};

/// A client that publishes to `broker` fifty times a second for two seconds and waits for confirms as `fields` say, over
/// a network without latency, but for the way back from the broker.
fn scenario(nodes: Value, back: &str, fields: Value) -> Value {
    let arrivals = json!({ "profile": [["0s", 50], ["2s", 50], ["2s", 0]] });
    let mut publish = json!({ "to": "broker", "confirm": true });
    let mut all = json!({});
    for (into, from) in [(&mut publish, &fields), (&mut all, &nodes)] {
        from.as_object().expect("an object").iter().for_each(|(key, value)| into[key] = value.clone());
    }
    all["web"] = json!({ "kind": "client", "arrivals": arrivals, "operation": [{ "publish": publish }] });
    let links = json!([{ "from": "broker", "to": "web", "latency": back }]);
    json!({ "schema": 1, "network": { "latency": "0s" }, "nodes": all, "links": links })
}

fn run(scenario: &Value) -> Value {
    serde_json::to_value(support::run(scenario, 7, 0.0, 12.0)).expect("JSON")
}

/// The number at a path into a result.
fn number(result: &Value, path: &str) -> f64 {
    result.pointer(path).and_then(Value::as_f64).unwrap_or_else(|| panic!("no number at {path}\n{result:#}"))
}

/// Checks numbers of a result, each a multiple of the requests offered.
fn check(scenario: &Value, expected: &[(&str, f64)]) {
    let result = run(scenario);
    let offered = number(&result, "/clients/web/offered");
    assert!(offered > 60.0, "{offered}");
    for &(path, times) in expected {
        assert_eq!(number(&result, path), times * offered, "{path}\nin {scenario:#}\n{result:#}");
    }
}

/// Three attempts, each awaited for 100 ms, with 50 ms between them.
fn three(idempotent: bool) -> Value {
    let backoff = json!({ "base": "50ms", "factor": 1 });
    json!({ "timeout": "100ms", "retry": { "attempts": 3, "backoff": backoff }, "idempotent": idempotent })
}

#[test]
fn a_queue_keeps_every_copy() {
    let queue = json!({ "broker": { "kind": "queue" } });
    check(
        &scenario(queue, "300ms", three(true)),
        &[
            ("/clients/web/failed/timeout", 1.0),
            ("/queues/broker/published", 3.0),
            ("/queues/broker/retried", 2.0),
            ("/queues/broker/stored_again", 2.0),
            ("/queues/broker/ready", 3.0),
            ("/ledger/created", 3.0),
        ],
    );
}

#[test]
fn an_exchange_copies_every_copy() {
    let binding = |to: &str| json!({ "to": to });
    let nodes = json!({
        "broker": { "kind": "exchange", "type": "fanout", "bindings": [binding("one"), binding("two")] },
        "one": { "kind": "queue" }, "two": { "kind": "queue" },
    });
    check(
        &scenario(nodes, "300ms", three(true)),
        &[
            ("/clients/web/failed/timeout", 1.0),
            ("/exchanges/broker/retried", 2.0),
            ("/queues/one/published", 3.0),
            ("/queues/one/stored_again", 2.0),
            ("/queues/two/stored_again", 2.0),
        ],
    );
}

#[test]
fn a_log_recognizes_the_copies_of_an_idempotent_producer() {
    let log = |acks: Value| json!({ "broker": { "kind": "log", "acks": acks } });
    check(
        &scenario(log(json!("all")), "300ms", three(true)),
        &[
            ("/clients/web/failed/timeout", 1.0),
            ("/logs/broker/appended", 1.0),
            ("/logs/broker/retried", 2.0),
            ("/logs/broker/recognized", 2.0),
            ("/logs/broker/stored_again", 0.0),
            ("/ledger/dropped", 2.0),
        ],
    );
    // Idempotence takes the word of all replicas.
    for (acks, idempotent) in [(json!("all"), false), (json!(1), true)] {
        check(
            &scenario(log(acks), "300ms", three(idempotent)),
            &[
                ("/logs/broker/appended", 3.0),
                ("/logs/broker/recognized", 0.0),
                ("/logs/broker/stored_again", 2.0),
            ],
        );
    }
}

#[test]
fn a_copy_is_confirmed_when_the_record_is_safe() {
    // The first copy waits for the followers while the second arrives.
    let log = json!({ "broker": { "kind": "log", "replication": 3 } });
    let retry = json!({ "backoff": { "base": "50ms", "factor": 1 } });
    let mut scenario = scenario(log, "100ms", json!({ "timeout": "250ms", "retry": retry }));
    scenario["network"]["latency"] = "100ms".into();
    check(&scenario, &[("/clients/web/good", 1.0), ("/logs/broker/appended", 1.0)]);
    assert!(number(&run(&scenario), "/logs/broker/recognized") > 20.0);
}

#[test]
fn a_store_knows_the_copies_of_one_message() {
    let consumer = json!({
        "kind": "service", "operations": { "default": [{ "write": { "to": "book" } }] },
        "consumes": [{ "from": "broker" }]
    });
    let nodes = json!({ "broker": { "kind": "queue" }, "app": consumer, "book": { "kind": "store" } });
    check(&scenario(nodes, "300ms", three(true)), &[("/stores/book/duplicate_effects", 2.0)]);
}

#[test]
fn a_refused_record_is_published_again_until_there_is_a_leader() {
    let log = json!({ "broker": { "kind": "log", "brokers": 1, "partitions": 2 } });
    let mut scenario = scenario(log, "0s", json!({ "retry": {} }));
    let fault = json!({ "broker_down": { "log": "broker", "broker": 0 } });
    scenario["timeline"] = json!([{ "at": "500ms", "for": "1s", "fault": fault }]);
    check(&scenario, &[("/clients/web/good", 1.0), ("/logs/broker/appended", 1.0)]);
    let result = run(&scenario);
    let retried = number(&result, "/logs/broker/retried");
    assert!(retried > 30.0 && number(&result, "/logs/broker/refused") == retried, "{result:#}");
}

#[test]
fn what_is_refused_for_good_is_given_up_when_the_time_is_over() {
    let full = json!({ "broker": { "kind": "queue", "capacity": 0 } });
    let backoff = json!({ "base": "100ms", "factor": 1 });
    check(
        &scenario(full.clone(), "0s", json!({ "retry": { "within": "450ms", "backoff": backoff } })),
        &[("/clients/web/failed/timeout", 1.0), ("/queues/broker/rejected", 5.0)],
    );
    check(
        &scenario(full.clone(), "0s", json!({ "retry": { "attempts": 2, "backoff": backoff } })),
        &[("/clients/web/failed/rejected", 1.0), ("/queues/broker/rejected", 2.0)],
    );
    check(
        &scenario(full, "0s", json!({ "retry": { "on": ["timeout"] } })),
        &[("/clients/web/failed/rejected", 1.0), ("/queues/broker/rejected", 1.0)],
    );
}

#[test]
fn a_publisher_that_goes_away_leaves_its_copies_on_their_way() {
    // A worker that publishes crashes while it waits; the copies arrive all the same, and the run comes to rest.
    let steps = json!([{ "publish": { "to": "broker", "confirm": true, "timeout": "50ms", "retry": {} } }]);
    let scenario = json!({
        "schema": 1, "network": { "latency": "0s" },
        "nodes": {
            "web": { "kind": "client", "arrivals": { "profile": [["0s", 50], ["2s", 50], ["2s", 0]] },
                     "operation": [{ "call": { "to": "app" } }] },
            "app": { "kind": "service", "workers": 100, "operations": { "default": steps } },
            "broker": { "kind": "log" }
        },
        "links": [{ "from": "app", "to": "broker", "latency": "300ms" }],
        "timeline": [{ "at": "1s", "for": "100ms", "fault": { "crash": { "node": "app" } } }]
    });
    let result = run(&scenario);
    let [appended, recognized] =
        ["appended", "recognized"].map(|key| number(&result, &format!("/logs/broker/{key}")));
    assert!(appended > 60.0 && recognized > appended, "{result:#}");
    assert_eq!(number(&result, "/logs/broker/stored_again"), 0.0);
}
