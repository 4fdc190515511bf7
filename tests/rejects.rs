//! What becomes of a message that its consumer cannot use: rejected, given up after too many tries, or tried for ever.

#[path = "support/mod.rs"]
mod support;

use serde_json::{Value, json};

/// A client that publishes to `source` fifty times a second for two seconds, of which one in five is poisoned, and a
/// service that consumes it as `fields` say, over a network without latency.
fn scenario(source: Value, fields: Value) -> Value {
    let arrivals = json!({ "profile": [["0s", 50], ["2s", 50], ["2s", 0]] });
    let mut consume = json!({ "from": "source" });
    fields.as_object().expect("an object").iter().for_each(|(key, value)| consume[key] = value.clone());
    json!({
        "schema": 1, "network": { "latency": "0s" },
        "nodes": {
            "web": { "kind": "client", "arrivals": arrivals, "operation": [{ "publish": { "to": "source" } }] },
            "source": source, "dead": { "kind": "queue" }, "other": { "kind": "log" },
            "app": { "kind": "service", "workers": 8, "operations": { "default": [{ "work": "1ms" }] },
                     "consumes": [consume] }
        },
        "timeline": [{ "at": "0s", "fault": { "poison": { "client": "web", "probability": 0.2 } } }]
    })
}

fn run(scenario: &Value) -> Value {
    serde_json::to_value(support::run(scenario, 7, 0.0, 12.0)).expect("JSON")
}

/// The number at a path into a result.
fn number(result: &Value, path: &str) -> f64 {
    result.pointer(path).and_then(Value::as_f64).unwrap_or_else(|| panic!("no number at {path}\n{result:#}"))
}

/// How many records no group has committed.
fn lag(result: &Value) -> f64 {
    let partitions = result.pointer("/logs/source/partitions").and_then(Value::as_array).expect("partitions");
    partitions.iter().map(|partition| number(partition, "/groups/app/lag")).sum()
}

#[test]
fn a_rejected_message_is_dead_lettered_or_dropped() {
    let reject = json!({ "on_failure": "reject", "nack_delay": "1s" });
    let queue = |fate: &str| {
        let mut queue = json!({ "kind": "queue" });
        if fate == "dead_lettered" {
            queue["dead_letter"] = "dead".into();
        }
        queue
    };
    for fate in ["dead_lettered", "dropped"] {
        let result = run(&scenario(queue(fate), reject.clone()));
        let of = |key: &str| number(&result, &format!("/queues/source/{key}"));
        assert!(of("rejected_by_consumers") > 5.0, "{result:#}");
        assert_eq!(of(fate), of("rejected_by_consumers"));
        assert_eq!(number(&result, &format!("/ledger/{fate}")), of(fate));
        assert_eq!([of("redelivered"), of("ready"), of("unacked")], [0.0; 3]);
        assert_eq!(of("acked") + of(fate), of("published"));
        let dead = if fate == "dropped" { 0.0 } else { of(fate) };
        assert_eq!(number(&result, "/queues/dead/ready"), dead);
    }
}

#[test]
fn a_requeued_message_comes_again() {
    let result = run(&scenario(json!({ "kind": "queue" }), json!({ "nack_delay": "500ms" })));
    assert!(number(&result, "/queues/source/redelivered") > 50.0);
    assert_eq!(number(&result, "/queues/source/rejected_by_consumers"), 0.0);
}

#[test]
fn a_record_that_failed_too_often_goes_elsewhere_and_its_partition_goes_on() {
    let log = json!({ "kind": "log", "partitions": 2 });
    for (to, path) in [("dead", "/queues/dead/published"), ("other", "/logs/other/appended")] {
        let limit = json!({ "max_deliveries": 3, "dead_letter": to, "nack_delay": "20ms" });
        let result = run(&scenario(log.clone(), limit));
        let of = |key: &str| number(&result, &format!("/logs/source/{key}"));
        assert!(of("given_up") > 5.0, "{result:#}");
        assert_eq!([of("dead_lettered"), number(&result, path)], [of("given_up"); 2]);
        assert_eq!(lag(&result), 0.0);
        // Three tries of each; what the member had in hand behind it was not begun.
        assert_eq!(number(&result, "/services/app/failed"), 3.0 * of("given_up"));
        assert_eq!(number(&result, "/services/app/completed"), of("appended") - of("given_up"));
    }
}

#[test]
fn a_rejected_record_is_skipped_at_its_first_failure() {
    let result =
        run(&scenario(json!({ "kind": "log" }), json!({ "on_failure": "reject", "nack_delay": "1s" })));
    let given_up = number(&result, "/logs/source/given_up");
    assert!(given_up > 5.0);
    assert_eq!(number(&result, "/services/app/failed"), given_up);
    assert_eq!(number(&result, "/logs/source/dead_lettered"), 0.0);
    assert_eq!((lag(&result), number(&result, "/logs/source/duplicates")), (0.0, 0.0));
}

#[test]
fn without_a_limit_a_record_holds_up_its_partition() {
    let result = run(&scenario(json!({ "kind": "log" }), json!({ "nack_delay": "100ms" })));
    assert!(lag(&result) > 30.0);
    assert_eq!(number(&result, "/logs/source/given_up"), 0.0);
}
