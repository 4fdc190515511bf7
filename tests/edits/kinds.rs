//! Each kind of edit, on small systems: what stays keeps its state, and what goes is counted.

use cascade::base::{BreakerIx, QueueIx, ServiceIx, SimTime, StoreIx};
use cascade::observation::BreakerState;
use cascade::session::Session;
use serde_json::{Value, json};

use super::{at, begin, edit, result};

/// A client that publishes to a queue, a service that takes from it and calls another, and a client of that one.
fn system() -> Value {
    json!({ "schema": 1, "nodes": {
        "web": { "kind": "client", "arrivals": { "poisson": { "rate": 200 } },
                 "operation": [{ "publish": { "to": "orders" } }] },
        "orders": { "kind": "queue" },
        "worker": { "kind": "service", "workers": 1,
                    "operations": { "default": [{ "work": "10ms" }, { "call": { "to": "app", "timeout": "1s" } }] },
                    "consumes": [{ "from": "orders" }] },
        "app": { "kind": "service", "workers": 4, "operations": { "default": [{ "work": "5ms" }] } },
        "shop": { "kind": "client", "arrivals": { "poisson": { "rate": 100 } },
                  "operation": [{ "call": { "to": "app", "timeout": "500ms" } }] }
    } })
}

/// The system with something in it set, or (null) taken out.
fn with(path: &[&str], value: Value) -> Value {
    let mut changed = system();
    let (last, way) = path.split_last().expect("a path");
    let place = way.iter().fold(&mut changed, |place, key| &mut place[*key]);
    if value.is_null() {
        place.as_object_mut().expect("an object").remove(*last);
    } else {
        place[*last] = value;
    }
    changed
}

/// A run that becomes another system after two seconds.
fn edited(from: &Value, to: &Value) -> Session {
    let mut session = begin(from);
    session.run_until(at(2.0));
    session.act(edit(to)).unwrap_or_else(|problems| panic!("{problems:?}"));
    session
}

fn ready(session: &Session) -> u32 {
    session.variants()[0].snapshot().queue(QueueIx(0)).ready
}

/// Offered and answered of a client after so many seconds.
fn requests(session: &Session, client: &str) -> (u64, u64) {
    let result = result(&session.variants()[0]);
    let (_, own) = result.clients.0.iter().find(|(name, _)| name == client).expect("a client");
    (own.offered, own.answered)
}

#[test]
fn what_is_kept_goes_on_whatever_else_is_edited() {
    let store = json!({ "kind": "store" });
    let reads = json!([{ "work": "5ms" }, { "write": { "to": "db", "key": "a" } }]);
    let mut with_store = with(&["nodes", "db"], store);
    with_store["nodes"]["app"]["operations"]["default"] = reads;
    let call = json!([{ "call": { "to": "app", "timeout": "500ms", "circuit_breaker": {}, "retry": { "attempts": 2 } } }]);
    let cases = [
        ("another client", with(&["nodes", "more"], system()["nodes"]["shop"].clone())),
        ("another queue", with(&["nodes", "spare"], json!({ "kind": "queue" }))),
        ("another service", with(&["nodes", "idle"], system()["nodes"]["app"].clone())),
        ("another log", with(&["nodes", "log"], json!({ "kind": "log" }))),
        (
            "another exchange",
            with(&["nodes", "fan"], json!({ "kind": "exchange", "type": "fanout", "bindings": [] })),
        ),
        ("a store that is written to", with_store),
        ("policies on a call", with(&["nodes", "shop", "operation"], call)),
        (
            "a step",
            with(&["nodes", "app", "operations", "default"], json!([{ "work": "5ms" }, { "sleep": "1ms" }])),
        ),
        ("another discipline", with(&["nodes", "app", "discipline"], json!("processor_sharing"))),
        ("a worker that is released", with(&["nodes", "app", "while_waiting"], json!("release_worker"))),
        ("hashing", with(&["nodes", "app", "balance"], json!("consistent_hash"))),
        ("a bound", with(&["nodes", "orders", "capacity"], json!(10_000))),
        ("a name", with(&["nodes", "orders", "label"], json!("Orders"))),
    ];
    let mut plain = begin(&system());
    plain.run_until(at(2.0));
    let there = ready(&plain);
    assert!(there > 150, "{there} messages wait");
    plain.run_until(at(6.0));
    let offered = ["web", "shop"].map(|client| requests(&plain, client).0);
    for (name, to) in cases {
        let mut session = edited(&system(), &to);
        assert_eq!(ready(&session), there, "{name}: the queue keeps its messages");
        session.run_until(at(6.0));
        let after = ["web", "shop"].map(|client| requests(&session, client).0);
        assert_eq!(after, offered, "{name}: requests come when they would have come");
        let lost = result(&session.variants()[0]).ledger.removed;
        assert_eq!(lost, 0, "{name}: nothing went");
    }
}

#[test]
fn arrivals_come_at_the_same_instants() {
    let arrivals = |to: Option<&Value>| {
        let mut session = begin(&system());
        session.run_until(at(2.0));
        if let Some(to) = to {
            session.act(edit(to)).expect("an edit");
        }
        let mut instants: Vec<(SimTime, u64)> = Vec::new();
        while session.now() < at(3.0) {
            session.step_event();
            let offered = session.variants()[0]
                .telemetry()
                .statistics()
                .client(cascade::base::ClientIx(0), session.now());
            if instants.last().is_none_or(|(_, last)| *last < offered.offered) {
                instants.push((session.now(), offered.offered));
            }
        }
        instants
    };
    let to = with(&["nodes", "shop"], Value::Null);
    assert_eq!(arrivals(Some(&to)), arrivals(None));
}

#[test]
fn what_a_removed_node_held_is_counted_as_removed() {
    let mut no_queue = with(&["nodes", "orders"], Value::Null);
    no_queue["nodes"]["worker"].as_object_mut().expect("a node").remove("consumes");
    no_queue["nodes"]["web"]["operation"] = json!([{ "sleep": "1ms" }]);
    let mut session = begin(&system());
    session.run_until(at(2.0));
    let kept = session.variants()[0].snapshot().queue(QueueIx(0));
    session.act(edit(&no_queue)).expect("an edit");
    session.run_until(at(3.0));
    let ledger = result(&session.variants()[0]).ledger;
    let least = u64::from(kept.ready + kept.unacked);
    assert!((least..least + 5).contains(&ledger.removed), "{least} were there, {} removed", ledger.removed);

    // A service: its callers are told, and nobody waits for ever.
    let mut no_app = with(&["nodes", "app"], Value::Null);
    no_app["nodes"]["worker"]["operations"]["default"] = json!([{ "work": "10ms" }]);
    no_app["nodes"]["shop"]["operation"] = json!([{ "sleep": "1ms" }]);
    let mut calls = system();
    calls["nodes"]["shop"]["operation"] = json!([{ "call": { "to": "app" } }]);
    calls["nodes"]["app"]["workers"] = json!(1);
    let mut session = edited(&calls, &no_app);
    session.run_until(at(4.0));
    let result = result(&session.variants()[0]);
    let (_, shop) = result.clients.0.iter().find(|(name, _)| name == "shop").expect("the client");
    assert!(shop.in_flight < 3 && shop.failed.total() > 0, "{shop:?}");
    assert!(result.ledger.removed > 0);
    assert!(result.services.0.iter().all(|(name, _)| name != "app"), "it is listed no more");
}

#[test]
fn what_is_under_way_goes_on_as_it_began() {
    let mut slow = system();
    slow["nodes"]["app"]["operations"]["default"] = json!([{ "work": "400ms" }, { "sleep": "50ms" }]);
    slow["nodes"]["shop"]["operation"] = json!([{ "call": { "to": "app" } }]);
    slow["nodes"]["shop"]["arrivals"] = json!({ "constant": { "rate": 4 } });
    slow["nodes"]["web"]["arrivals"] = json!({ "constant": { "rate": 0 } });
    let mut fails = slow.clone();
    fails["nodes"]["app"]["operations"]["default"] = json!([{ "fail": { "probability": 1 } }]);
    let mut session = edited(&slow, &fails);
    let under_way = u64::from(session.variants()[0].snapshot().replica(ServiceIx(1), 0).in_system);
    assert!(under_way > 0);
    let failed = |session: &Session| result(&session.variants()[0]).clients.0[1].1.failed.total();
    let answered = requests(&session, "shop").1;
    session.run_until(at(2.6));
    assert_eq!(requests(&session, "shop").1, answered + under_way, "those that had begun end well");
    assert!(failed(&session) > 0, "those that began after it do what is new");
}

#[test]
fn a_breaker_stays_open_and_one_that_is_added_again_is_closed() {
    let breaker =
        json!({ "failure_rate": 0.5, "minimum_calls": 5, "window": { "count": 10 }, "open_for": "60s" });
    let mut from = system();
    from["nodes"]["app"]["operations"]["default"] = json!([{ "fail": { "probability": 1 } }]);
    from["nodes"]["shop"]["operation"] =
        json!([{ "call": { "to": "app", "timeout": "500ms", "circuit_breaker": breaker } }]);
    let mut to = from.clone();
    to["nodes"]["app"]["operations"]["default"] = json!([{ "work": "1ms" }]);
    to["nodes"]["more"] = system()["nodes"]["web"].clone();
    let state = |session: &Session, at: u32| session.variants()[0].snapshot().breaker(BreakerIx(at));
    let mut session = edited(&from, &to);
    session.run_until(at(3.0));
    assert_eq!(state(&session, 0), BreakerState::Open, "it has seen the calls fail");
    let mut without = to.clone();
    without["nodes"]["shop"]["operation"] = json!([{ "call": { "to": "app", "timeout": "500ms" } }]);
    session.act(edit(&without)).expect("an edit");
    session.run_until(at(3.5));
    session.act(edit(&to)).expect("an edit");
    session.run_until(at(4.0));
    let plan = session.variants()[0].plan();
    let living: Vec<u32> = (0..plan.breakers.len() as u32).filter(|at| plan.has(BreakerIx(*at))).collect();
    assert_eq!(living, [1]);
    assert_eq!(state(&session, 1), BreakerState::Closed);
    assert!(requests(&session, "shop").1 > 0);
}

#[test]
fn consumers_and_groups_come_and_go() {
    let log = |groups: &[&str]| {
        let mut scenario = json!({ "schema": 1, "nodes": {
            "web": { "kind": "client", "arrivals": { "constant": { "rate": 100 } },
                     "operation": [{ "publish": { "to": "log" } }] },
            "log": { "kind": "log", "partitions": 4 }
        } });
        for group in groups {
            scenario["nodes"][*group] = json!({ "kind": "service", "operations": { "default": [{ "work": "1ms" }] },
                "consumes": [{ "from": "log", "operation": "default" }] });
        }
        scenario
    };
    let mut session = begin(&log(&["one"]));
    let committed = |session: &Session, group: &str| {
        let result = result(&session.variants()[0]);
        let partitions = &result.logs.0[0].1.partitions;
        let own = partitions.iter().flat_map(|part| &part.groups.0).filter(|(name, _)| name == group);
        own.map(|(_, progress)| (progress.committed, progress.lag))
            .fold((0, 0), |a, b| (a.0 + b.0, a.1 + b.1))
    };
    for (step, (groups, seconds)) in
        [(&["one", "two"][..], 2.0), (&["two"], 4.0), (&[], 6.0), (&["two", "three"], 8.0)]
            .into_iter()
            .enumerate()
    {
        session.run_until(at(seconds));
        session.act(edit(&log(groups))).expect("an edit");
        session.run_until(at(seconds + 1.9));
        for group in groups {
            let (done, lag) = committed(&session, group);
            assert!(done > 100 && lag < 20, "step {step}: {group} has {done} and lacks {lag}");
        }
        let listed = result(&session.variants()[0]).logs.0[0].1.partitions[0].groups.0.len();
        assert_eq!(listed, groups.len());
    }

    let queue = |consumers: &[&str]| {
        let mut scenario = json!({ "schema": 1, "nodes": {
            "web": { "kind": "client", "arrivals": { "constant": { "rate": 100 } },
                     "operation": [{ "publish": { "to": "queue" } }] },
            "queue": { "kind": "queue" }
        } });
        for service in ["one", "two"] {
            scenario["nodes"][service] =
                json!({ "kind": "service", "operations": { "default": [{ "work": "1ms" }] } });
            if consumers.contains(&service) {
                scenario["nodes"][service]["consumes"] = json!([{ "from": "queue" }]);
            }
        }
        scenario
    };
    let mut session = begin(&queue(&["one"]));
    session.run_until(at(1.0));
    let arrivals = |session: &Session| {
        let result = result(&session.variants()[0]);
        [0, 1].map(|at| result.services.0[at].1.arrivals)
    };
    session.act(edit(&queue(&["two"]))).expect("an edit");
    let before = arrivals(&session);
    session.run_until(at(2.0));
    let after = arrivals(&session);
    assert!(after[0] <= before[0] + 2 && after[1] > before[1] + 90, "{before:?} {after:?}");
    session.act(edit(&queue(&[]))).expect("an edit");
    session.run_until(at(3.0));
    assert!(ready(&session) > 90, "nobody takes them");
}

#[test]
fn a_client_opens_and_closes() {
    let arrivals = |value: Value| {
        let mut scenario = with(&["nodes", "shop", "arrivals"], value);
        scenario["nodes"]["web"]["arrivals"] = json!({ "constant": { "rate": 0 } });
        scenario
    };
    let closed = arrivals(json!({ "closed": { "users": 20, "think": "100ms" } }));
    let open = arrivals(json!({ "poisson": { "rate": 50 } }));
    let mut session = begin(&closed);
    let rate = |session: &mut Session, seconds: f64| {
        let before = requests(session, "shop").0;
        session.run_until(at(session.now().as_secs() + seconds));
        (requests(session, "shop").0 - before) as f64 / seconds
    };
    let first = rate(&mut session, 4.0);
    for _ in 0..3 {
        session.act(edit(&open)).expect("an edit");
        rate(&mut session, 0.05);
        session.act(edit(&closed)).expect("an edit");
        rate(&mut session, 0.5);
    }
    let again = rate(&mut session, 4.0);
    assert!(
        (again / first - 1.0).abs() < 0.1,
        "as many users as before: {first} and {again} requests a second"
    );
    session.act(edit(&open)).expect("an edit");
    rate(&mut session, 1.0);
    let open = rate(&mut session, 8.0);
    assert!((40.0..60.0).contains(&open), "{open} requests a second");
}

#[test]
fn the_timeline_ahead_is_the_one_that_is_written() {
    let fault =
        |at: &str, node: &str| json!({ "at": at, "for": "1s", "fault": { "crash": { "node": node } } });
    let timeline = |entries: Value| with(&["timeline"], entries);
    let from = timeline(json!([fault("1s", "app"), fault("5s", "app"), fault("8s", "worker")]));
    // The second is no more, one lies behind, and one is new.
    let to = timeline(json!([
        fault("1s", "app"),
        fault("1500ms", "app"),
        fault("6s", "worker"),
        fault("8s", "worker")
    ]));
    let mut session = edited(&from, &to);
    session.run_until(at(10.0));
    let marks = session.variants()[0].telemetry().recent().marks();
    let began: Vec<f64> = marks.filter(|mark| mark.began).map(|mark| mark.at.as_secs()).collect();
    assert_eq!(began, [1.0, 6.0, 8.0]);
}

#[test]
fn a_store_keeps_its_rows_and_a_removed_one_refuses() {
    let mut from = system();
    from["nodes"]["db"] = json!({ "kind": "store" });
    from["nodes"]["app"]["operations"]["default"] = json!([{ "write": { "to": "db", "key": "a" } }]);
    let mut to = from.clone();
    to["nodes"]["app"]["operations"]["default"] = json!([{ "read": { "from": "db", "key": "a" } }]);
    let mut session = edited(&from, &to);
    let versions = |session: &Session| session.variants()[0].snapshot().store(StoreIx(0)).versions;
    let before = versions(&session);
    session.run_until(at(3.0));
    assert!(before > 100 && versions(&session) < before + 10);
    session.act(edit(&system())).expect("an edit");
    session.run_until(at(5.0));
    let (offered, answered) = requests(&session, "shop");
    assert!(answered + 60 > offered, "{answered} of {offered}");
}
