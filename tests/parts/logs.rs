//! Logs: where records go, what outlives a broker, who reads what and how often.

use serde_json::{Value, json};

use crate::{check, same, system};

/// A client that publishes 100 records a second, a log, and a service that consumes them in 5 ms each.
fn stream(log: Value, consume: Value) -> Value {
    let mut clicks = json!({ "kind": "log" });
    for (key, value) in log.as_object().expect("fields") {
        clicks[key] = value.clone();
    }
    let mut consumes = json!({ "from": "clicks", "group": "g" });
    for (key, value) in consume.as_object().expect("fields") {
        consumes[key] = value.clone();
    }
    let nodes = json!({
        "clicks": clicks,
        "app": { "kind": "service", "replicas": 3, "workers": 4,
                 "operations": { "default": [{ "work": "5ms" }] }, "consumes": [consumes] }
    });
    let mut scenario = system(100.0, json!([{ "publish": { "to": "clicks", "confirm": true } }]), nodes);
    scenario["nodes"]["web"]["keys"] = json!({ "count": 500 });
    scenario
}

fn fault(mut scenario: Value, at: &str, lasts: &str, fault: Value) -> Value {
    scenario["timeline"] = json!([{ "at": at, "for": lasts, "fault": fault }]);
    scenario
}

#[test]
fn every_record_is_read_once_where_nothing_fails() {
    for assignor in ["range", "round_robin", "sticky", "cooperative_sticky"] {
        let scenario = stream(json!({ "assignor": assignor, "partitions": 7, "replication": 3 }), json!({}));
        let expected = [
            ("/logs/clicks/appended", 9_995.0, 10_000.0),
            ("/logs/clicks/delivered", 9_990.0, 10_000.0),
            same("/logs/clicks/duplicates", 0.0),
            same("/logs/clicks/rebalances/g", 0.0),
            // Nothing waits for long: records in hand, on their way, or being copied.
            ("/ledger/in_flight", 0.0, 5.0),
        ];
        check(assignor, &scenario, &expected);
    }
}

#[test]
fn a_key_has_its_partition() {
    // Kafka: murmur2("abc") & 0x7fffffff = 479470107; a request's key counts by its digits.
    let mut scenario = stream(json!({ "partitions": 1000 }), json!({}));
    scenario["nodes"]["web"]["operation"] = json!([{ "publish": { "to": "clicks", "key": "abc" } }]);
    check("fixed", &scenario, &[("/logs/clicks/partitions/107/end_offset", 9_995.0, 10_000.0)]);
    scenario["nodes"]["web"]["operation"] = json!([{ "publish": { "to": "clicks" } }]);
    scenario["nodes"]["web"]["keys"] = json!({ "count": 1 });
    let zero = format!("/logs/clicks/partitions/{}/end_offset", {
        use cascade::base::{murmur2, partition};
        partition(murmur2(b"0"), 1000)
    });
    check("the request's", &scenario, &[(&zero, 9_995.0, 10_000.0)]);
    // Without keys: batches of 16, spread evenly.
    scenario["nodes"]["web"].as_object_mut().expect("a client").remove("keys");
    scenario["nodes"]["clicks"]["partitions"] = json!(2);
    check("none", &scenario, &[("/logs/clicks/partitions/0/end_offset", 4_000.0, 6_000.0)]);
}

#[test]
fn acks_decide_what_outlives_a_leader() {
    let down = |acks: Value, more: Value| {
        let mut log = json!({ "acks": acks, "replication": 2 });
        for (key, value) in more.as_object().expect("fields") {
            log[key] = value.clone();
        }
        let mut scenario = stream(log, json!({}));
        scenario["network"] = json!({ "latency": "100ms" });
        fault(scenario, "50s", "20s", json!({ "broker_down": { "log": "clicks", "broker": 0 } }))
    };
    let all = check(
        "all",
        &down(json!("all"), json!({})),
        &[
            same("/logs/clicks/lost", 0.0),
            same("/logs/clicks/refused", 0.0),
            same("/logs/clicks/leader_changes", 1.0),
            same("/ledger/lost", 0.0),
            same("/clients/web/failed/rejected", 0.0),
        ],
    );
    let log = all.logs.get("clicks").expect("the log");
    assert_eq!(log.appended, log.partitions.iter().map(|partition| partition.end_offset).sum::<u64>());
    for acks in [0, 1] {
        // The leader of a third of the records goes with what its follower has not fetched: 100 to 300 ms.
        let lost = check(
            "few",
            &down(json!(acks), json!({})),
            &[
                ("/logs/clicks/lost", 3.0, 12.0),
                ("/ledger/lost", 3.0, 12.0),
                same("/clients/web/failed/rejected", 0.0),
            ],
        );
        let log = lost.logs.get("clicks").expect("the log");
        let there: u64 = log.partitions.iter().map(|partition| partition.end_offset).sum();
        assert_eq!(log.appended, there + log.lost, "what is gone is counted");
    }
    // Two of three partitions have a copy on the broker that is down for 20 s.
    check(
        "refusal",
        &down(json!("all"), json!({ "min_in_sync": 2 })),
        &[
            ("/logs/clicks/refused", 1_100.0, 1_600.0),
            ("/clients/web/failed/rejected", 1_100.0, 1_600.0),
            same("/logs/clicks/lost", 0.0),
        ],
    );
    // A partition without another copy has no leader for 20 s, and everything when it is back.
    check(
        "unavailable",
        &down(json!(1), json!({ "replication": 1 })),
        &[
            ("/logs/clicks/refused", 500.0, 850.0),
            same("/logs/clicks/lost", 0.0),
            same("/logs/clicks/leader_changes", 0.0),
            ("/ledger/in_flight", 0.0, 100.0),
        ],
    );
    // With acks 0 nobody hears of it.
    check(
        "unseen",
        &down(json!(0), json!({ "replication": 1 })),
        &[
            ("/logs/clicks/lost", 500.0, 850.0),
            same("/logs/clicks/refused", 0.0),
            same("/clients/web/good", 9_999.0),
        ],
    );
}

#[test]
fn a_dead_member_is_noticed_after_the_session_timeout() {
    let crash = |assignor: &str, consume: Value| {
        let scenario = stream(json!({ "assignor": assignor, "partitions": 6 }), consume);
        fault(scenario, "10.0025s", "200s", json!({ "crash": { "node": "app", "replica": 1 } }))
    };
    for assignor in ["range", "round_robin", "sticky", "cooperative_sticky"] {
        // A third of 45 s of records waits that long; afterwards all is read, what was in hand twice.
        let result = check(
            assignor,
            &crash(assignor, json!({ "commit_every": "5s" })),
            &[
                same("/logs/clicks/rebalances/g", 1.0),
                ("/logs/clicks/duplicates", 50.0, 250.0),
                ("/services/app/completed", 10_050.0, 10_260.0),
            ],
        );
        let log = result.logs.get("clicks").expect("the log");
        assert_eq!(log.delivered - log.duplicates, log.appended - lag(&result, 5));
        assert!(consumers(&result).iter().all(|consumer| consumer != "app/1"));
    }
    // Committed before: nothing twice, and what was in hand is never processed.
    let before = stream(json!({}), json!({ "ack": "before" }));
    let mut before = fault(before, "10.0025s", "1s", json!({ "crash": { "node": "app" } }));
    before["nodes"]["app"]["operations"] = json!({ "default": [{ "work": "25ms" }] });
    let result = check("at most once", &before, &[same("/logs/clicks/duplicates", 0.0)]);
    let (log, app) = (result.logs.get("clicks").expect("the log"), result.services.get("app").expect("app"));
    assert!(log.delivered <= log.appended && log.delivered + 40 > log.appended, "{log:?}");
    assert!(app.failed >= 1 && app.completed < log.appended, "{app:?}");
    // Shorter than the timeout: nobody takes over.
    let short = fault(stream(json!({}), json!({})), "10s", "30s", json!({ "crash": { "node": "app" } }));
    check("back in time", &short, &[same("/logs/clicks/rebalances/g", 0.0), ("/ledger/in_flight", 0.0, 5.0)]);
    // A pause beyond the timeout: expelled at 55 s, together again at 60 s.
    let pause = fault(stream(json!({}), json!({})), "10s", "50s", json!({ "pause": { "node": "app" } }));
    check("paused", &pause, &[("/logs/clicks/rebalances/g", 2.0, 6.0), ("/ledger/in_flight", 0.0, 5.0)]);
    let cut = json!({ "partition": { "between": ["app", "clicks"] } });
    let cut = fault(stream(json!({}), json!({})), "10s", "50s", cut);
    check("cut off", &cut, &[("/logs/clicks/rebalances/g", 2.0, 6.0), ("/ledger/in_flight", 0.0, 5.0)]);
}

#[test]
fn members_beyond_the_partitions_are_idle() {
    let mut scenario = stream(json!({ "partitions": 2 }), json!({}));
    scenario["nodes"]["app"]["replicas"] = json!(5);
    let result = check("idle", &scenario, &[("/ledger/in_flight", 0.0, 5.0)]);
    assert_eq!(consumers(&result), ["app/0", "app/1"]);
}

#[test]
fn retention_drops_old_records_read_or_not() {
    // 100 a second come, 60 are read.
    let slow = |retention: Value| {
        let mut scenario = stream(json!({ "partitions": 1, "retention": retention }), json!({}));
        scenario["nodes"]["app"]["operations"] = json!({ "default": [{ "work": "16ms" }] });
        scenario
    };
    let count = check(
        "count",
        &slow(json!(500)),
        &[
            ("/logs/clicks/skipped/g", 3_000.0, 3_400.0),
            ("/ledger/dropped", 3_000.0, 9_500.0),
            same("/logs/clicks/duplicates", 0.0),
        ],
    );
    let log = count.logs.get("clicks").expect("the log");
    assert_eq!(log.partitions[0].start_offset, log.partitions[0].end_offset - 500);
    check(
        "time",
        &slow(json!("5s")),
        &[
            ("/logs/clicks/skipped/g", 3_000.0, 3_400.0),
            ("/ledger/expired", 3_000.0, 9_500.0),
            ("/logs/clicks/partitions/0/start_offset", 9_450.0, 9_510.0),
        ],
    );
}

#[test]
fn a_failed_record_holds_its_partition_up_and_comes_again() {
    let mut scenario = stream(json!({}), json!({}));
    scenario["nodes"]["app"]["operations"] =
        json!({ "default": [{ "work": "2ms" }, { "fail": { "probability": 0.5 } }] });
    check(
        "again",
        &scenario,
        &[
            ("/logs/clicks/delivered", 18_500.0, 21_500.0),
            ("/logs/clicks/duplicates", 9_000.0, 11_500.0),
            ("/ledger/in_flight", 0.0, 30.0),
        ],
    );
}

/// By how much the group is behind, less than `most`.
fn lag(result: &cascade::telemetry::result::RunResult, most: u64) -> u64 {
    let log = result.logs.get("clicks").expect("the log");
    let taken = log.delivered - log.duplicates;
    assert!(log.appended - taken < most, "{log:?}");
    log.appended - taken
}

fn consumers(result: &cascade::telemetry::result::RunResult) -> Vec<String> {
    let log = result.logs.get("clicks").expect("the log");
    let groups = log.partitions.iter().filter_map(|partition| partition.groups.get("g"));
    groups.filter_map(|progress| progress.consumer.clone()).collect()
}
