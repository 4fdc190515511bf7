//! Stores, the steps that use them, sagas and windows.

use cascade::base::{SimTime, StoreIx};
use cascade::engine::{Command, Simulation};
use cascade::telemetry::{RunFacts, Statistics};
use serde_json::{Value, json};

use crate::{check, same, system};

#[test]
fn a_store_is_a_pool_of_connections() {
    let store = |extra: Value| {
        let mut store = json!({ "kind": "store", "connections": 4, "read": "20ms", "write": "30ms" });
        for (key, value) in extra.as_object().expect("fields") {
            store[key] = value.clone();
        }
        json!({ "db": store })
    };
    let both = json!([{ "read": { "from": "db" } }, { "write": { "to": "db" } }]);
    // 40/s × 50 ms = 2 of 4 connections; each access takes two links of 1 ms.
    let scenario = system(40.0, both.clone(), store(json!({})));
    check(
        "below its capacity",
        &scenario,
        &[
            ("/stores/db/reads", 3998.0, 4000.0),
            ("/stores/db/writes", 3995.0, 4000.0),
            ("/stores/db/utilization", 0.499, 0.501),
            same("/stores/db/stale_reads", 0.0),
            ("/clients/web/latency_ms/mean", 53.99, 54.01),
        ],
    );
    // Twice as much does not fit: 80 accesses of 25 ms a second each.
    let scenario = system(160.0, both.clone(), store(json!({})));
    check(
        "above it",
        &scenario,
        &[("/stores/db/utilization", 0.99, 1.0), ("/stores/db/reads", 7900.0, 16000.0)],
    );

    let read = json!([{ "read": { "from": "db" } }, { "write": { "to": "db" } }]);
    let drawn = system(40.0, read, store(json!({ "keys": { "count": 10 } })));
    let mut simulation = Simulation::new(crate::support::plan(&drawn, 1));
    simulation.run_until(SimTime::from_secs(100.0), &mut ());
    assert_eq!(simulation.store(StoreIx(0)).keys, 10, "every key is drawn");

    let mut faults = system(40.0, both, store(json!({})));
    faults["timeline"] = json!([
        { "at": "20s", "for": "20s", "fault": { "crash": { "node": "db" } } },
        { "at": "60s", "for": "10s", "fault": { "error": { "node": "db", "probability": 1 } } },
        { "at": "80s", "for": "10s", "fault": { "pause": { "node": "db" } } },
        { "at": "95s", "for": "2s", "fault": { "slow": { "node": "db", "factor": 2 } } }
    ]);
    check(
        "with faults",
        &faults,
        &[
            ("/clients/web/failed/unavailable", 798.0, 803.0),
            ("/clients/web/failed/error", 397.0, 402.0),
            // What came at the beginning of the pause waits for its end and for all others.
            ("/clients/web/latency_ms/max", 10_000.0, 13_000.0),
            // Crashed connections are not there; 10 s of the rest nothing is done, 10 s all stands still.
            ("/stores/db/utilization", 0.4, 0.6),
        ],
    );
}

#[test]
fn followers_lag() {
    let nodes =
        |lag: Value| json!({ "db": { "kind": "store", "read": "0ms", "write": "0ms", "follower_lag": lag } });
    let steps = |replica: &str| {
        json!([
            { "write": { "to": "db" } }, { "write": { "to": "db" } }, { "write": { "to": "db" } },
            { "sleep": "10ms" }, { "read": { "from": "db", "replica": replica } },
            { "sleep": "100ms" }, { "read": { "from": "db", "replica": replica } }
        ])
    };
    let run = |replica, lag| system(1.0, steps(replica), nodes(lag));
    // The writes take effect 1, 3 and 5 ms after the start, the first read 17 ms after it: by then none is there.
    check(
        "stale once",
        &run("follower", json!("50ms")),
        &[
            ("/stores/db/reads", 197.0, 200.0),
            ("/stores/db/stale_reads", 99.0, 100.0),
            same("/stores/db/staleness_versions_mean", 3.0),
            ("/stores/db/staleness_ms/mean", 15.99, 16.01),
        ],
    );
    check("a leader is never stale", &run("leader", json!("50ms")), &[same("/stores/db/stale_reads", 0.0)]);
    check("no followers", &run("follower", Value::Null), &[same("/stores/db/stale_reads", 0.0)]);
}

/// A service writes and tells of it; another projects what it hears into a read model.
fn projection(between: Value, publish: Value, view: Value) -> Value {
    let mut scenario = system(
        20.0,
        json!([{ "call": { "to": "orders", "operation": "order" } }, { "sleep": "5ms" }, { "read": { "from": "view" } }]),
        json!({
            "orders": { "kind": "service", "workers": 50, "operations": { "order": [
                { "write": { "to": "db" } }, between, { "publish": publish }
            ] } },
            "events": { "kind": "queue" },
            "projector": { "kind": "service", "workers": 10, "operations": { "default": [{ "sleep": "20ms" }, { "project": { "to": "view" } }] },
                           "consumes": [{ "from": "events" }] },
            "db": { "kind": "store" },
            "view": view
        }),
    );
    scenario["nodes"]["web"]["keys"] = json!({ "count": 50 });
    scenario
}

#[test]
fn read_models_lag_by_the_projections_delay() {
    let scenario =
        projection(json!({ "sleep": "0ms" }), json!({ "to": "events" }), json!({ "kind": "store" }));
    // From the write to the read: answers and requests of 1 ms, 5 ms, 1 ms for the read. To the projection: 20 ms more.
    check(
        "stale",
        &scenario,
        &[
            ("/stores/view/stale_reads", 1990.0, 2000.0),
            ("/stores/view/staleness_versions_mean", 1.0, 1.1),
            ("/stores/view/staleness_ms/mean", 9.0, 11.0),
            ("/stores/view/writes", 1990.0, 2000.0),
            same("/stores/view/lost_updates", 0.0),
            same("/stores/db/lost_updates", 0.0),
            same("/stores/db/stale_reads", 0.0),
        ],
    );
    // A model of two stores has a version of each, and neither takes the other's for its own.
    let mut joined = scenario.clone();
    joined["nodes"]["stock"] = json!({ "kind": "store" });
    joined["nodes"]["orders"]["operations"]["order"] = json!([
        { "write": { "to": "db" } }, { "publish": { "to": "events" } },
        { "write": { "to": "stock" } }, { "write": { "to": "stock" } }, { "publish": { "to": "events" } },
    ]);
    let two = [("/stores/view/writes", 3980.0, 4000.0), ("/stores/view/stale_reads", 1990.0, 2000.0)];
    let joined = check("two sources", &joined, &two);
    // Every second version of the stock is never told of.
    let lost = joined.stores.get("view").expect("view").lost_updates;
    assert!((1990..=2000).contains(&lost), "{lost}");
    let mut patient = scenario;
    patient["nodes"]["web"]["operation"][1] = json!({ "sleep": "30ms" });
    check("in time", &patient, &[("/stores/view/stale_reads", 0.0, 100.0)]);
}

#[test]
fn dual_writes_lose_updates_when_a_fault_falls_between() {
    let view = json!({ "kind": "store" });
    let fails =
        projection(json!({ "fail": { "probability": 0.1 } }), json!({ "to": "events" }), view.clone());
    check(
        "the operation fails between the two",
        &fails,
        &[("/stores/db/lost_updates", 150.0, 250.0), ("/stores/view/lost_updates", 120.0, 250.0)],
    );
    let mut crash =
        projection(json!({ "sleep": "200ms" }), json!({ "to": "events", "confirm": true }), view.clone());
    crash["timeline"] = json!([{ "at": "50s", "for": "1s", "fault": { "crash": { "node": "orders" } } }]);
    // Four operations are between the two when the crash comes.
    check(
        "a crash",
        &crash,
        &[("/stores/db/lost_updates", 3.0, 5.0), ("/stores/view/lost_updates", 3.0, 5.0)],
    );
    let mut lossy = projection(json!({ "sleep": "0ms" }), json!({ "to": "events" }), view.clone());
    lossy["links"] = json!([{ "from": "orders", "to": "events", "loss": 0.1 }]);
    check("the message is lost", &lossy, &[("/stores/db/lost_updates", 150.0, 250.0)]);
    lossy["nodes"]["orders"]["operations"]["order"][2]["publish"]["confirm"] = json!(true);
    check(
        "a confirmed one is not",
        &lossy,
        &[same("/stores/db/lost_updates", 0.0), same("/stores/view/lost_updates", 0.0)],
    );
    // A branch that has written and ended told of nothing yet: the step after it does.
    let mut branch = projection(json!({ "sleep": "0ms" }), json!({ "to": "events" }), view.clone());
    branch["nodes"]["orders"]["operations"]["order"] = json!([
        { "all": [[{ "write": { "to": "db" } }], [{ "sleep": "9ms" }]] },
        { "publish": { "to": "events" } }
    ]);
    check(
        "written in a branch, told of after it",
        &branch,
        &[same("/stores/db/lost_updates", 0.0), same("/stores/view/lost_updates", 0.0)],
    );
    // The other way round: told first, then not done.
    let mut early = projection(json!({ "fail": { "probability": 0.1 } }), json!({ "to": "events" }), view);
    let order = early["nodes"]["orders"]["operations"]["order"].as_array_mut().expect("steps");
    order.swap(0, 2);
    check("told, not done", &early, &[("/stores/db/lost_updates", 150.0, 250.0)]);
}

#[test]
fn races_between_reading_and_writing_lose_updates() {
    let steps = |key: &str| json!([{ "read": { "from": "db", "key": key } }, { "sleep": "20ms" }, { "write": { "to": "db", "key": key } }]);
    let nodes = json!({ "db": { "kind": "store" } });
    // 23 ms and more between a read and its write: two others write in between every time.
    check(
        "a hot key",
        &system(100.0, steps("stock"), nodes.clone()),
        &[("/stores/db/lost_updates", 9_900.0, 10_000.0)],
    );
    check(
        "one at a time",
        &system(30.0, steps("stock"), nodes.clone()),
        &[same("/stores/db/lost_updates", 0.0)],
    );
    let blind = json!([{ "write": { "to": "db" } }]);
    check("blind writes", &system(100.0, blind, nodes), &[same("/stores/db/lost_updates", 0.0)]);
}

#[test]
fn sagas_complete_compensate_or_stick() {
    let saga = |fails: [f64; 3], undo_fails: f64| {
        let act = |at: usize| {
            json!({ "do": [{ "work": "1ms" }, { "fail": { "probability": fails[at] } }],
                                      "undo": [{ "write": { "to": "undone", "key": format!("step{at}") } }, { "fail": { "probability": undo_fails } }] })
        };
        json!({ "saga": [act(0), act(1), act(2)] })
    };
    let with = |steps: Value| {
        system(
            10.0,
            json!([{ "call": { "to": "shop", "operation": "createOrder" } }]),
            json!({ "shop": { "kind": "service", "workers": 20, "operations": { "createOrder": steps } },
                    "undone": { "kind": "store" } }),
        )
    };
    let figures = |started: f64, completed: f64, compensated: f64, stuck: f64, undone: f64| {
        // The last ones go on.
        let most = started / 500.0;
        vec![
            ("/sagas/createOrder/started", started - most, started),
            ("/sagas/createOrder/completed", completed - most, completed),
            ("/sagas/createOrder/compensated", compensated - most, compensated),
            ("/sagas/createOrder/stuck", stuck - most, stuck),
            ("/stores/undone/writes", undone - 3.0, undone),
        ]
    };
    let one = |saga: Value| with(json!([saga]));
    check("completes", &one(saga([0.0, 0.0, 0.0], 0.0)), &figures(1000.0, 1000.0, 0.0, 0.0, 0.0));
    check("the first fails", &one(saga([1.0, 0.0, 0.0], 0.0)), &figures(1000.0, 0.0, 1000.0, 0.0, 0.0));
    let result =
        check("the last fails", &one(saga([0.0, 0.0, 1.0], 0.0)), &figures(1000.0, 0.0, 1000.0, 0.0, 2000.0));
    assert!(result.clients.get("web").is_some_and(|web| web.failed.total() >= 999 && web.good == 0));
    check("an undo fails", &one(saga([0.0, 0.0, 1.0], 1.0)), &figures(1000.0, 0.0, 0.0, 1000.0, 1000.0));
    // Within branches, the whole `all` is one thing that failed.
    let branches = json!({ "all": [[{ "work": "5ms" }, { "fail": {} }], [{ "work": "50ms" }], [{ "call": { "to": "shop", "operation": "slow" } }]] });
    let nested = json!({ "saga": [{ "do": [{ "work": "1ms" }], "undo": [{ "write": { "to": "undone" } }] }, { "do": [branches] }] });
    let mut scenario = one(nested.clone());
    scenario["nodes"]["shop"]["operations"]["slow"] = json!([{ "sleep": "1ms" }]);
    check("branches", &scenario, &figures(1000.0, 0.0, 1000.0, 0.0, 1000.0));
    // A saga within a saga: both are counted under the operation.
    let outer = json!({ "saga": [{ "do": [{ "work": "1ms" }], "undo": [{ "write": { "to": "undone" } }] }, { "do": [saga([0.0, 1.0, 0.0], 0.0)] }] });
    check("nested", &one(outer), &figures(2000.0, 0.0, 2000.0, 0.0, 2000.0));
    // A saga in a branch has nothing to do with the one around the branches.
    let inside = json!({ "saga": [{ "do": [{ "work": "1ms" }], "undo": [{ "write": { "to": "undone" } }] },
                                  { "do": [{ "all": [[saga([0.0, 1.0, 0.0], 0.0)], [{ "sleep": "1s" }]] }] }] });
    check("in a branch", &one(inside), &figures(2000.0, 0.0, 2000.0, 0.0, 2000.0));
    let crash = json!([{ "sleep": "1ms" }, { "saga": [{ "do": [{ "sleep": "500ms" }] }] }]);
    let mut crash = with(crash);
    crash["timeline"] = json!([{ "at": "50.25s", "for": "1s", "fault": { "crash": { "node": "shop" } } }]);
    check("a crash", &crash, &[("/sagas/createOrder/stuck", 4.0, 6.0)]);
}

#[test]
fn windows_close_at_their_end_and_lateness() {
    let scenario = |delay: &str, lateness: &str| {
        system(
            10.0,
            json!([{ "sleep": delay }, { "publish": { "to": "clicks" } }]),
            json!({
                "clicks": { "kind": "queue" }, "totals": { "kind": "queue" },
                "count": { "kind": "service", "consumes": [{ "from": "clicks", "operation": "count" }],
                           "operations": { "count": [{ "window": { "every": "10s", "lateness": lateness, "emit_to": "totals" } }] } }
            }),
        )
    };
    check(
        "in time",
        &scenario("50ms", "1s"),
        &[
            ("/windows/count/records", 998.0, 1000.0),
            same("/windows/count/late", 0.0),
            same("/windows/count/windows", 9.0),
            same("/windows/count/results", 9.0),
            same("/queues/totals/published", 9.0),
        ],
    );
    // Records that are 2 s under way miss a window that waits for 1 s by 1 s, which is ten of a hundred.
    check(
        "too late",
        &scenario("2s", "1s"),
        &[("/windows/count/late", 88.0, 102.0), same("/windows/count/windows", 9.0)],
    );
    check("waited for", &scenario("2s", "3s"), &[same("/windows/count/late", 0.0)]);
    let mut keyed = scenario("50ms", "1s");
    keyed["nodes"]["web"]["keys"] = json!({ "count": 5 });
    check("keyed", &keyed, &[same("/windows/count/results", 45.0)]);
    keyed["nodes"]["count"]["operations"]["count"][0]["window"]["key"] = json!("all");
    let mut routed = keyed.clone();
    routed["nodes"]["results"] =
        json!({ "kind": "exchange", "type": "fanout", "bindings": [{ "to": "totals" }] });
    routed["nodes"]["count"]["operations"]["count"][0]["window"]["emit_to"] = json!("results");
    check(
        "to an exchange",
        &routed,
        &[same("/exchanges/results/published", 9.0), same("/queues/totals/published", 9.0)],
    );
    check("one group", &keyed, &[same("/windows/count/results", 9.0)]);
}

#[test]
fn an_idempotent_consumer_has_no_effect_twice() {
    let scenario = |effect: Value, unique: bool| {
        let mut scenario = system(
            20.0,
            json!([{ "publish": { "to": "orders", "confirm": true } }]),
            json!({
                "orders": { "kind": "queue" },
                "ship": { "kind": "service", "workers": 10, "consumes": [{ "from": "orders" }],
                          "operations": { "default": [effect, { "work": "200ms" }] } },
                "db": { "kind": "store", "unique": unique }
            }),
        );
        // Some of those that crash have had their effect and are not acknowledged: they come again.
        scenario["timeline"] = json!([
            { "at": "20s", "for": "1s", "fault": { "crash": { "node": "ship" } } },
            { "at": "60s", "for": "1s", "fault": { "crash": { "node": "ship" } } }
        ]);
        scenario
    };
    let write = json!({ "write": { "to": "db" } });
    check("not unique", &scenario(write.clone(), false), &[("/stores/db/duplicate_effects", 6.0, 10.0)]);
    check(
        "unique",
        &scenario(write.clone(), true),
        &[same("/stores/db/duplicate_effects", 0.0), ("/queues/orders/redelivered", 6.0, 30.0)],
    );
    // What no message causes is never a duplicate.
    let calls = system(20.0, json!([write]), json!({ "db": { "kind": "store", "unique": true } }));
    check(
        "no messages",
        &calls,
        &[same("/stores/db/duplicate_effects", 0.0), ("/stores/db/writes", 1990.0, 2000.0)],
    );
}

#[test]
fn numbers_change_while_it_runs() {
    let scenario = |connections: u32, lateness: &str| {
        let steps =
            json!([{ "read": { "from": "db" } }, { "window": { "every": "1s", "lateness": lateness } }]);
        system(
            100.0,
            steps,
            json!({ "db": { "kind": "store", "read": "100ms", "connections": connections } }),
        )
    };
    let plan = |connections, lateness| crate::support::plan(&scenario(connections, lateness), 1);
    let mut simulation = Simulation::new(plan(5, "1s"));
    let mut statistics = Statistics::new(&plan(5, "1s"), SimTime::ZERO);
    simulation.run_until(SimTime::from_secs(4.0), &mut statistics);
    let state = simulation.store(StoreIx(0));
    assert!(state.busy == 5 && (190..=205).contains(&state.waiting), "{state:?}");
    simulation.apply(Command::Retune(plan(50, "3s")), &mut statistics);
    assert_eq!(simulation.store(StoreIx(0)).busy, 50);
    simulation.run_until(SimTime::from_secs(10.0), &mut statistics);
    let state = simulation.store(StoreIx(0));
    assert!((9..=11).contains(&state.busy) && state.waiting == 0, "{state:?}");
    // Now they close three seconds late: the windows that end at 1 and 2 before the change, those up to 7 since.
    let facts = RunFacts { end: simulation.now(), events: 0, digest: String::new(), in_flight: 0 };
    let windows = statistics.result(simulation.plan(), facts).windows;
    let closed = windows.get("web").map(|web| web.windows);
    assert!(closed.is_some_and(|closed| (5..=7).contains(&closed)), "{windows:?}");
}
