//! How the replicas of a service come, go and are found.

use serde_json::{Value, json};

use crate::{check, same, system};

/// A client that calls a service so many times a second.
fn calls(rate: f64, service: Value) -> Value {
    let mut app = json!({ "kind": "service", "replicas": 4, "workers": 1, "queue": 0,
                          "operations": { "default": [{ "work": "10ms" }] } });
    for (key, value) in service.as_object().expect("fields") {
        app[key] = value.clone();
    }
    system(rate, json!([{ "call": { "to": "app" } }]), json!({ "app": app }))
}

#[test]
fn callers_see_crashes_at_the_next_refresh() {
    let crash = |discovery: Value| {
        let mut scenario = calls(40.0, json!({ "discovery": discovery }));
        scenario["timeline"] =
            json!([{ "at": "52s", "for": "6s", "fault": { "crash": { "node": "app", "replica": 1 } } }]);
        scenario
    };
    // Every fourth call for the 3 s until they look; when it is back they do not know for 2 s.
    let expected = [
        ("/clients/web/failed/unavailable", 29.0, 31.0),
        ("/services/app/rejected", 29.0, 31.0),
        ("/clients/web/failed/rejected", 0.0, 0.0),
    ];
    check("looking now and then", &crash(json!({ "refresh": "5s" })), &expected);
    check("seeing at once", &crash(Value::Null), &[same("/clients/web/failed/unavailable", 0.0)]);
}

#[test]
fn keys_keep_their_replica() {
    // One replica serves all requests of one key: 40/s × 10 ms = 0.4, and nobody has to go elsewhere.
    let mut hashed = calls(40.0, json!({ "balance": "consistent_hash", "queue": null }));
    let one = check("one key", &hashed, &[("/services/app/utilization", 0.099, 0.101)]);
    assert_eq!(one.services.get("app").map(|app| app.queue_length_max), Some(0));
    hashed["nodes"]["web"]["keys"] = json!({ "count": 1000 });
    hashed["nodes"]["app"]["workers"] = json!(2);
    check("many keys", &hashed, &[("/services/app/utilization", 0.049, 0.051)]);
}

#[test]
fn the_less_loaded_of_two_is_nearly_the_least_loaded() {
    let wait = |balance: &str| {
        let service = json!({ "balance": balance, "replicas": 20, "queue": null,
                              "operations": { "default": [{ "work": { "exponential": "10ms" } }] } });
        let mut scenario = calls(1.0, service);
        scenario["nodes"]["web"]["arrivals"] = json!({ "poisson": { "rate": 1800 } });
        let result = check(balance, &scenario, &[("/services/app/utilization", 0.88, 0.92)]);
        result.services.get("app").expect("app").waiting_ms.mean
    };
    let (random, two, least) = (wait("random"), wait("power_of_two"), wait("least_outstanding"));
    // At random each replica is an M/M/1 of 0.9, which waits for 90 ms.
    assert!((80.0..100.0).contains(&random), "{random}");
    // Mitzenmacher: with two choices the mean stay at 0.9 is about 2.6 services in the limit of many servers.
    assert!((12.0..20.0).contains(&two), "{two}");
    assert!(least < two, "{least} {two}");
}

#[test]
fn replicas_follow_the_load() {
    let service = json!({
        "replicas": 1, "workers": 10, "queue": null, "operations": { "default": [{ "work": "100ms" }] },
        "autoscale": { "min": 1, "max": 8, "target_utilization": 0.5, "every": "5s", "startup": "7s" }
    });
    let mut scenario = calls(1.0, service);
    // 200 a second hold 20 workers: 40 are wanted, four replicas. At first 10 are there and 100 % is seen, so that
    // two are wanted, then four.
    scenario["nodes"]["web"]["arrivals"] =
        json!({ "profile": [["0s", 20], ["30s", 20], ["30s", 200], ["70s", 200], ["70s", 20]] });
    let grown = check("a surge", &scenario, &[("/services/app/completed", 8_900.0, 9_500.0)]);
    let mut fixed = scenario.clone();
    fixed["nodes"]["app"]["autoscale"] = Value::Null;
    let alone = check("without", &fixed, &[("/services/app/utilization", 0.72, 0.8)]);
    let most = |result: &cascade::telemetry::result::RunResult| {
        result.services.get("app").expect("app").queue_length_max
    };
    assert!(2 * most(&grown) < most(&alone), "{} {}", most(&grown), most(&alone));
    let busy = |result: &cascade::telemetry::result::RunResult| {
        let app = result.services.get("app").expect("app");
        app.busy_mean / app.utilization
    };
    // Workers that were there on average: ten at first, forty in the end of the surge, ten again.
    assert!((15.0..32.0).contains(&busy(&grown)), "{}", busy(&grown));
    // Each change is in the result, and the mean is weighted by time.
    let app = grown.services.get("app").expect("app");
    assert!((4..=8).contains(&app.replicas_max), "{}", app.replicas_max);
    // Ten workers each, but for those that were taken away and finish what they have.
    let workers = app.busy_mean / app.utilization;
    assert!((app.replicas_mean * 10.0 / workers - 1.0).abs() < 0.03, "{} {workers}", app.replicas_mean);
    let most = app.scaling.iter().map(|change| u64::from(change.to)).max();
    assert_eq!(most, Some(app.replicas_max), "{:?}", app.scaling);
    assert_eq!((app.scaling[0].from, app.scaling[0].to), (1, 2));
    assert!(app.scaling[0].at_s > 30.0, "{:?}", app.scaling);
    for pair in app.scaling.windows(2) {
        assert!(pair[0].to == pair[1].from && pair[0].at_s <= pair[1].at_s, "{pair:?}");
    }
    let alone = alone.services.get("app").expect("app");
    assert_eq!((alone.replicas_mean, alone.replicas_max, &alone.scaling[..]), (1.0, 1, &[][..]));
    // Consumers come and go with the replicas, and no message is delivered twice by that.
    let mut queued = scenario;
    queued["nodes"]["jobs"] = json!({ "kind": "queue" });
    queued["nodes"]["web"]["operation"] = json!([{ "publish": { "to": "jobs" } }]);
    queued["nodes"]["app"]["consumes"] = json!([{ "from": "jobs", "prefetch": 20 }]);
    check(
        "consumers",
        &queued,
        &[
            ("/queues/jobs/acked", 8_900.0, 9_500.0),
            same("/queues/jobs/redelivered", 0.0),
            ("/queues/jobs/ready", 0.0, 5.0),
        ],
    );
}

#[test]
fn a_fault_may_hit_one_replica_alone() {
    // 40 a second in turn to four replicas: a second of trouble with one of them is ten requests.
    let broken = |fault: Value| {
        let mut scenario = calls(40.0, json!({ "workers": 4, "queue": null }));
        scenario["nodes"]["web"]["operation"] = json!([{ "call": { "to": "app", "timeout": "500ms" } }]);
        scenario["timeline"] = json!([{ "at": "50s", "for": "10s", "fault": fault }]);
        scenario
    };
    let both = |fault: Value| {
        let one = check("one", &broken(fault.clone()), &[("/clients/web/failed/timeout", 90.0, 105.0)]);
        (one.services.get("app").expect("app").per_replica.clone(), fault)
    };
    let (slow, _) = both(json!({ "slow": { "node": "app", "factor": 100, "replica": 1 } }));
    assert!(slow[1].wasted >= 90 && slow[1].response_ms_mean > 100.0, "{slow:?}");
    assert!([0, 2, 3].iter().all(|&at| slow[at].response_ms_mean < 10.01 && slow[at].completed >= 999));
    both(json!({ "pause": { "node": "app", "replica": 3 } }));
    both(json!({ "latency": { "from": "web", "to": "app", "add": "1s", "replica": 2 } }));
    both(json!({ "latency": { "from": "app", "to": "web", "add": "1s", "replica": 2 } }));
    both(json!({ "loss": { "from": "app", "to": "web", "probability": 1, "replica": 0.25 } }));
    let (cut, _) = both(json!({ "partition": { "between": ["web", "app"], "replica": 0 } }));
    assert!((899..=901).contains(&cut[0].arrivals), "{cut:?}");
    let errors = broken(json!({ "error": { "node": "app", "probability": 1, "replica": 0 } }));
    let errors = check("errors", &errors, &[("/clients/web/failed/error", 99.0, 101.0)]);
    let failed = errors.services.get("app").expect("app").per_replica.iter().map(|replica| replica.failed);
    assert_eq!(failed.skip(1).sum::<u64>(), 0);
    // A half of them.
    let half = broken(json!({ "error": { "node": "app", "probability": 1, "replica": 0.5 } }));
    check("half", &half, &[("/clients/web/failed/error", 199.0, 201.0)]);
}

#[test]
fn a_paused_replica_goes_on_where_it_stood() {
    // The request that it had taken and the ten that came meanwhile are answered when it goes on.
    let mut scenario = calls(40.0, json!({ "workers": 4, "queue": null }));
    scenario["timeline"] = json!([
        { "at": "50s", "for": "1s", "fault": { "pause": { "node": "app", "replica": 1 } } },
        // It pauses with all of them, and once more alone.
        { "at": "60s", "for": "2s", "fault": { "pause": { "node": "app" } } },
        { "at": "61s", "for": "2s", "fault": { "pause": { "node": "app", "replica": 1 } } },
    ]);
    let result = check("paused", &scenario, &[("/clients/web/good", 3_999.0, 4_000.0)]);
    let app = result.services.get("app").expect("app");
    assert!(app.per_replica[0].response_ms_mean < app.per_replica[1].response_ms_mean);
    assert!(result.clients.get("web").expect("web").latency_ms.max > 2_900.0);
    for discipline in ["processor_sharing", "lifo"] {
        scenario["nodes"]["app"]["discipline"] = json!(discipline);
        check(discipline, &scenario, &[("/clients/web/good", 3_999.0, 4_000.0)]);
    }
}

#[test]
fn a_silent_member_of_a_group_is_one_replica() {
    let nodes = json!({
        "log": { "kind": "log", "partitions": 4 },
        "app": { "kind": "service", "replicas": 4, "operations": { "default": [{ "work": "1ms" }] },
                 "consumes": [{ "from": "log" }] }
    });
    let mut scenario = system(40.0, json!([{ "publish": { "to": "log" } }]), nodes);
    for fault in [
        json!({ "pause": { "node": "app", "replica": 1 } }),
        json!({ "partition": { "between": ["log", "app"], "replica": 1 } }),
    ] {
        scenario["timeline"] = json!([{ "at": "10s", "for": "80s", "fault": fault }]);
        // Noticed after 45 s and no sooner: out of the group, and in again.
        check("silent", &scenario, &[same("/logs/log/rebalances/app", 2.0)]);
    }
}

#[test]
fn a_replica_that_fails_is_ejected_and_returns() {
    // Ten errors a second at one of four; after the fifth in a row nobody asks it, until the first look after 30 s.
    let broken = |lasts: &str, detection: Value| {
        let mut scenario = calls(40.0, json!({ "workers": 4, "queue": null }));
        scenario["nodes"]["web"]["operation"] =
            json!([{ "call": { "to": "app", "timeout": "500ms", "outlier_detection": detection } }]);
        let fault = json!({ "error": { "node": "app", "probability": 1, "replica": 1 } });
        scenario["timeline"] = json!([{ "at": "50s", "for": lasts, "fault": fault }]);
        scenario
    };
    let health = |key: &'static str| format!("/calls/0/health/{key}");
    let (ejections, seconds) = (health("ejections"), health("ejected_s"));
    let expected = [same("/clients/web/failed/error", 5.0), same(&ejections, 1.0), (&seconds, 39.3, 39.7)];
    let once = check("once", &broken("10s", json!({})), &expected);
    let app = once.services.get("app").expect("app");
    assert!((605..=615).contains(&app.per_replica[1].arrivals), "{:?}", app.per_replica);
    let expected = [same("/clients/web/failed/error", 10.0), same(&ejections, 2.0)];
    check("again", &broken("50s", json!({})), &expected);
    // With two of four away half are left, which is no panic yet; with three it is.
    let mut most = broken("50s", json!({ "max_ejected": 1, "base_ejection_time": "100s" }));
    most["timeline"][0]["fault"]["error"]["replica"] = json!(0.5);
    check("half of them", &most, &[same("/clients/web/failed/error", 10.0), same(&ejections, 2.0)]);
    most["timeline"][0]["fault"]["error"]["replica"] = json!(0.75);
    check("panic", &most, &[same(&ejections, 3.0), ("/clients/web/failed/error", 1_400.0, 1_500.0)]);
    // What is never answered counts as well: the requests that were out when the fifth was given up fail too.
    let mut silent = broken("50s", json!({ "base_ejection_time": "100s" }));
    silent["timeline"][0]["fault"] = json!({ "pause": { "node": "app", "replica": 1 } });
    check("silent", &silent, &[same(&ejections, 1.0), ("/clients/web/failed/timeout", 9.0, 11.0)]);
}

#[test]
fn a_replica_that_does_not_answer_checks_gets_no_requests() {
    // Checked every 2 s from 2 s on: 49 rounds of four in 100 s, those of 98 s included.
    let checked = |fault: Value, check_: Value| {
        let mut scenario =
            calls(40.0, json!({ "workers": 4, "queue": null, "discovery": { "refresh": "1000s" } }));
        scenario["nodes"]["web"]["operation"] =
            json!([{ "call": { "to": "app", "timeout": "500ms", "health_check": check_ } }]);
        scenario["timeline"] = json!([{ "at": "50.5s", "for": "19s", "fault": fault }]);
        scenario
    };
    let health = |key: &'static str| format!("/calls/0/health/{key}");
    let [failed, seconds, checks] = ["checks_failed", "unhealthy_s", "checks"].map(health);
    // Found at the third failed check: sent at 52, 54 and 56 s. Good again at the second passed one: 70 and 72 s.
    let expect = |found: f64| -> Vec<(String, f64, f64)> {
        let out = 72.0 - found;
        vec![
            (checks.clone(), 196.0, 196.0),
            (failed.clone(), 9.0, 9.0),
            (seconds.clone(), out - 0.1, out + 0.1),
        ]
    };
    let run = |name: &str, scenario: &Value, found: f64, key: &str, errors: (f64, f64)| {
        let wanted = expect(found);
        let mut all: Vec<(&str, f64, f64)> =
            wanted.iter().map(|(pointer, low, high)| (pointer.as_str(), *low, *high)).collect();
        all.push((key, errors.0, errors.1));
        check(name, scenario, &all)
    };
    let (refused, late) = ("/clients/web/failed/unavailable", "/clients/web/failed/timeout");
    // Ten requests a second until it is found.
    let crash = json!({ "crash": { "node": "app", "replica": 2 } });
    run("crashed", &checked(crash.clone(), json!({})), 56.0, refused, (54.0, 57.0));
    let errors = json!({ "error": { "node": "app", "probability": 1, "replica": 2 } });
    run("errors", &checked(errors, json!({})), 56.0, "/clients/web/failed/error", (54.0, 57.0));
    // One that is silent is found at the timeout of the third.
    let cut = json!({ "partition": { "between": ["web", "app"], "replica": 2 } });
    run("cut off", &checked(cut, json!({ "timeout": "1s" })), 57.0, late, (64.0, 67.0));
    let pause = json!({ "pause": { "node": "app", "replica": 2 } });
    run("paused", &checked(pause, json!({ "timeout": "1s" })), 57.0, late, (59.0, 67.0));
    // One that is slow answers its checks all the same.
    let slow = json!({ "slow": { "node": "app", "factor": 100, "replica": 2 } });
    check("slow", &checked(slow, json!({})), &[same(&failed, 0.0), (late, 150.0, 200.0)]);
    // Two of four that fall leave half, which is no panic; three do.
    for (share, panics) in [(0.5, false), (0.75, true)] {
        let mut many = checked(crash.clone(), json!({}));
        many["timeline"][0]["fault"]["crash"]["replica"] = json!(share);
        let result = check("many", &many, &[same(&failed, 9.0 * share * 4.0)]);
        let refused =
            result.clients.get("web").expect("web").failed.of(cascade::observation::Failure::Unavailable);
        assert_eq!(refused > 400, panics, "{share}: {refused}");
    }
}
