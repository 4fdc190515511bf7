//! Retries multiply, blocking spreads, faults do what they say.

use serde_json::{Value, json};

use crate::check;
use crate::support::{replicate, run};

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

#[test]
fn attempts_follow_the_geometric_law() {
    for (probability, attempts) in [(0.3, 4), (0.5, 3), (0.1, 2)] {
        let scenario = json!({
            "schema": 1,
            "nodes": {
                "web": { "kind": "client", "arrivals": { "poisson": { "rate": 200 } }, "operation": [
                    { "call": { "to": "app", "retry": { "attempts": attempts, "backoff": { "base": "1ms" } } } }] },
                "app": service(json!([{ "work": "1ms" }, { "fail": { "probability": probability } }]))
            }
        });
        let figures = replicate(&scenario, 8, 0.0, 300.0, |result| {
            let call = &result.calls[0];
            let web = result.clients.get("web").expect("web");
            (call.attempts as f64 / call.calls as f64, web.good as f64 / (web.offered - web.in_flight) as f64)
        });
        let all_fail = libm::pow(probability, f64::from(attempts));
        let tries: Vec<f64> = figures.iter().map(|f| f.0).collect();
        let good: Vec<f64> = figures.iter().map(|f| f.1).collect();
        check("attempts per call", &tries, (1.0 - all_fail) / (1.0 - probability));
        check("calls that succeed", &good, 1.0 - all_fail);
    }
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
fn a_blocking_chain_saturates_upwards_from_its_slowest_service() {
    let scenario = json!({
        "schema": 1,
        "nodes": {
            "web": { "kind": "client", "arrivals": { "poisson": { "rate": 100 } }, "deadline": "1s",
                     "operation": [{ "call": { "to": "gateway", "timeout": "2s" } }] },
            "gateway": { "kind": "service", "workers": 40, "queue": 100, "operations": { "default": [
                { "work": "1ms" }, { "call": { "to": "payment" } }] } },
            "payment": { "kind": "service", "workers": 10, "queue": 200, "operations": { "default": [
                { "work": { "exponential": "50ms" } }] } }
        },
        "timeline": [{ "at": "30s", "fault": { "slow": { "node": "payment", "factor": 10 } } }]
    });
    let before = run(&scenario, 5, 0.0, 30.0);
    let after = run(&scenario, 5, 60.0, 60.0);
    let gateway = |result: &cascade::telemetry::result::RunResult| {
        let gateway = result.services.get("gateway").expect("gateway");
        (gateway.blocked_mean, gateway.busy_mean, result.clients.get("web").expect("web").goodput_per_s)
    };
    let (blocked, _, goodput) = gateway(&before);
    assert!(blocked < 10.0 && goodput > 95.0, "healthy: {blocked} blocked, {goodput}/s good");
    let (blocked, busy, goodput) = gateway(&after);
    assert!(blocked > 39.0 && busy < 0.5, "all blocked, not busy: {blocked}, {busy}");
    assert!(goodput < 5.0, "nobody is served in time: {goodput}/s");
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
