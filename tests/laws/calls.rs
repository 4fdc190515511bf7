//! Retries multiply, blocking spreads, faults do what they say.

use cascade::telemetry::result::RunResult;
use serde_json::{Value, json};

use crate::support::run;
use crate::{Figure, Law, law, laws, web};

fn service(steps: Value) -> Value {
    json!({ "kind": "service", "workers": 100, "operations": { "default": steps } })
}

/// A client over a chain of services `a` → `b` → `c`, each calling the next with `policy`.
fn chain(rate: f64, policy: &Value, last: Value) -> Value {
    let call = |to: &str| {
        let mut call = policy.clone();
        call["to"] = json!(to);
        json!({ "call": call })
    };
    json!({
        "schema": 1,
        "network": { "latency": "1ms" },
        "nodes": {
            "web": { "kind": "client", "arrivals": { "constant": { "rate": rate } }, "operation": [call("a")] },
            "a": service(json!([call("b")])),
            "b": service(json!([call("c")])),
            "c": service(last)
        }
    })
}

#[test]
fn three_layers_that_try_four_times_make_64_calls() {
    let policy = json!({ "retry": { "attempts": 4, "backoff": { "base": "1ms" } } });
    let scenario = chain(5.0, &policy, json!([{ "fail": { "probability": 1 } }]));
    // 50 requests, and time for all of them to end.
    let result = run(&scenario, 1, 0.0, 10.0);
    let web = result.clients.get("web").expect("web");
    let ended = web.failed.total();
    let arrivals = |name: &str| result.services.get(name).expect("a service").arrivals;
    assert!(ended >= 45, "{ended} requests ended");
    assert_eq!(web.good, 0);
    // The first `ended` requests made all their calls; those under way have begun theirs.
    for (name, times) in [("a", 4), ("b", 16), ("c", 64)] {
        let (least, most) = (ended * times, web.offered * times);
        assert!((least..=most).contains(&arrivals(name)), "{name}: {} for {ended} requests", arrivals(name));
    }
}

/// Attempts of calls that fail independently: a truncated geometric law.
fn geometric() -> Vec<Law> {
    let with = |probability: f64, attempts: u32| {
        let scenario = json!({
            "schema": 1,
            "nodes": {
                "web": { "kind": "client", "arrivals": { "poisson": { "rate": 200 } }, "operation": [
                    { "call": { "to": "app", "retry": { "attempts": attempts, "backoff": { "base": "1ms" } } } }] },
                "app": service(json!([{ "work": "1ms" }, { "fail": { "probability": probability } }]))
            }
        });
        let all_fail = libm::pow(probability, f64::from(attempts));
        let figures = vec![
            Figure {
                name: "attempts per call",
                of: |r| r.calls[0].attempts as f64 / r.calls[0].calls as f64,
                expected: (1.0 - all_fail) / (1.0 - probability),
            },
            Figure { name: "calls that succeed", of: good, expected: 1.0 - all_fail },
        ];
        Law { name: format!("{attempts} attempts at {probability}"), scenario, rate: 200.0, figures }
    };
    vec![with(0.3, 4), with(0.5, 3), with(0.1, 2)]
}

/// The share of good requests among those that ended.
fn good(result: &RunResult) -> f64 {
    let ended = web(result).offered - web(result).in_flight;
    web(result).good as f64 / ended as f64
}

/// The share of late requests among those that ended.
fn late(result: &RunResult) -> f64 {
    let ended = web(result).offered - web(result).in_flight;
    web(result).late as f64 / ended as f64
}

/// A request that needs n parts, each there with probability p, succeeds with pⁿ.
fn serial() -> Vec<Law> {
    let with = |parts: u32, fails: f64| {
        let call = json!({ "call": { "to": "app" } });
        let scenario = json!({
            "schema": 1,
            "nodes": {
                "web": { "kind": "client", "arrivals": { "constant": { "rate": 100 } },
                         "operation": vec![call; parts as usize] },
                "app": service(json!([{ "fail": { "probability": fails } }]))
            }
        });
        let expected = libm::pow(1.0 - fails, f64::from(parts));
        law(format!("{parts} parts in series"), scenario, 100.0 * f64::from(parts), good, expected)
    };
    vec![with(1, 0.05), with(5, 0.05), with(30, 0.01)]
}

/// A request that asks n servers at once, each slow with probability p, is slow with 1 − (1 − p)ⁿ.
fn fan_out() -> Vec<Law> {
    let with = |servers: u32, slow: f64| {
        let scenario = json!({
            "schema": 1,
            "nodes": {
                "web": { "kind": "client", "arrivals": { "constant": { "rate": 100 } }, "deadline": "100ms",
                         "operation": [{ "all": vec![json!([{ "call": { "to": "app" } }]); servers as usize] }] },
                "app": { "kind": "service", "workers": 10000, "operations": { "default": [
                    { "work": { "empirical": [["5ms", 1.0 - slow], ["200ms", slow]] } }] } }
            }
        });
        let expected = 1.0 - libm::pow(1.0 - slow, f64::from(servers));
        law(format!("fan-out to {servers}"), scenario, 100.0 * f64::from(servers), late, expected)
    };
    vec![with(1, 0.05), with(10, 0.02), with(50, 0.01)]
}

laws! {
    /// Retries.
    attempts_follow_the_geometric_law attempts_follow_the_geometric_law_thoroughly = geometric();
    /// pⁿ.
    parts_in_series_multiply parts_in_series_multiply_thoroughly = serial();
    /// 1 − (1 − p)ⁿ.
    fan_out_meets_the_tail fan_out_meets_the_tail_thoroughly = fan_out();
}

#[test]
fn blocking_holds_the_callers_worker_and_releasing_does_not() {
    let blocked = |while_waiting: &str| {
        let scenario = json!({
            "schema": 1,
            "nodes": {
                "web": { "kind": "client", "arrivals": { "poisson": { "rate": 50 } },
                         "operation": [{ "call": { "to": "app" } }] },
                "app": { "kind": "service", "workers": 20, "while_waiting": while_waiting, "operations": { "default": [
                    { "work": "2ms" }, { "call": { "to": "slow" } }] } },
                "slow": { "kind": "service", "workers": 100, "operations": { "default": [{ "work": "200ms" }] } }
            }
        });
        let result = run(&scenario, 3, 5.0, 200.0);
        let app = result.services.get("app").expect("app");
        (app.arrivals, app.blocked_mean, app.busy_mean)
    };
    let (arrivals, held, busy) = blocked("hold_worker");
    let (same_arrivals, released, same_busy) = blocked("release_worker");
    assert_eq!(arrivals, same_arrivals, "the same traffic");
    // Little: 50/s × (200 ms + two hops of 1 ms).
    assert!((held / (50.0 * 0.202) - 1.0).abs() < 0.03, "blocked: {held}");
    assert_eq!(released, 0.0);
    assert!((busy / same_busy - 1.0).abs() < 0.02 && (busy - 0.1).abs() < 0.01, "busy: {busy}, {same_busy}");
}

#[test]
fn a_crash_refuses_at_once_and_a_partition_needs_the_timeout() {
    let under = |fault: Value| {
        let scenario = json!({
            "schema": 1,
            "nodes": {
                "web": { "kind": "client", "arrivals": { "constant": { "rate": 10 } },
                         "operation": [{ "call": { "to": "app", "timeout": "500ms" } }] },
                "app": service(json!([{ "work": "5ms" }]))
            },
            "timeline": [{ "at": "10s", "for": "10s", "fault": fault }]
        });
        let result = run(&scenario, 2, 10.0, 20.0);
        let web = result.clients.get("web").expect("web").clone();
        (web, result)
    };
    use cascade::observation::Failure;
    let (web, _) = under(json!({ "crash": { "node": "app" } }));
    assert_eq!((web.failed.of(Failure::Unavailable), web.failed.of(Failure::Timeout)), (100, 0));
    let (web, result) = under(json!({ "partition": { "between": ["web", "app"] } }));
    assert_eq!((web.failed.of(Failure::Unavailable), web.failed.of(Failure::Timeout)), (0, 100));
    assert!(result.ledger.lost >= 100, "{:?}", result.ledger);
    assert_eq!(result.services.get("app").expect("app").wasted, 0, "what never arrived wastes nothing");
}
