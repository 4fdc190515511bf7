//! Policies on calls do what they say, and where queueing theory has a formula for them, exactly that.

use std::sync::Arc;

use cascade::base::{BreakerIx, SimTime};
use cascade::engine::{Command, Simulation};
use cascade::observation::{BreakerState, Failure};
use cascade::telemetry::result::{Call, RunResult};
use serde_json::{Value, json};

use crate::check;
use crate::support::{plan, replicate, run};
use cascade::theory::formulas::{erlang_b, mg1_response_ms, mmc_response_ms};

/// A client that calls a service of a thousand workers; nothing is under way for any time.
fn calling(rate: f64, call: Value, steps: Value) -> Value {
    let mut step = call;
    step["to"] = json!("app");
    json!({
        "schema": 1,
        "network": { "latency": "0s" },
        "nodes": {
            "web": { "kind": "client", "arrivals": { "poisson": { "rate": rate } }, "operation": [{ "call": step }] },
            "app": { "kind": "service", "workers": 1000, "operations": { "default": steps } }
        }
    })
}

fn failed(result: &RunResult, reason: Failure) -> u64 {
    result.clients.get("web").expect("web").failed.of(reason)
}

fn call(result: &RunResult) -> &Call {
    &result.calls[0]
}

#[test]
fn a_bulkhead_loses_what_erlang_b_says() {
    let policy = json!({ "bulkhead": { "max_concurrent": 12 } });
    let scenario = calling(100.0, policy, json!([{ "work": { "exponential": "100ms" } }]));
    let lost = replicate(&scenario, 8, 5.0, 400.0, |result| {
        failed(result, Failure::BulkheadFull) as f64 / result.clients.get("web").expect("web").offered as f64
    });
    check("bulkhead without waiting", &lost, erlang_b(12, 10.0), 0.012);
}

#[test]
fn a_bulkhead_with_waiting_is_a_queue_with_as_many_servers() {
    let policy = json!({ "bulkhead": { "max_concurrent": 12, "max_wait": "1h" } });
    let scenario = calling(100.0, policy, json!([{ "work": { "exponential": "100ms" } }]));
    let response = replicate(&scenario, 8, 50.0, 1000.0, |result| call(result).latency_ms.mean);
    check("bulkhead with waiting", &response, mmc_response_ms(12, 100.0, 10.0), 0.012);
}

#[test]
fn who_waits_for_a_rate_limit_waits_as_at_a_server_of_constant_time() {
    let policy = json!({ "rate_limit": { "rate": 100, "max_wait": "1h" } });
    let scenario = calling(70.0, policy, json!([{ "work": "1ms" }]));
    let response = replicate(&scenario, 8, 20.0, 500.0, |result| call(result).latency_ms.mean);
    // M/D/1 with 10 ms, of which the wait alone counts, and the work.
    check("rate limit with waiting", &response, mg1_response_ms(70.0, 100.0, 0.0) - 10.0 + 1.0, 0.012);
}

#[test]
fn a_rate_limit_lets_no_more_through_than_its_rate() {
    for (rate, burst) in [(50.0, 1), (50.0, 20)] {
        let policy = json!({ "rate_limit": { "rate": rate, "burst": burst } });
        let result = run(&calling(400.0, policy, json!([{ "work": "1ms" }])), 3, 0.0, 100.0);
        let most = rate * 100.0 + f64::from(burst);
        let attempts = call(&result).attempts as f64;
        assert!(attempts <= most && attempts > 0.85 * most, "{attempts} of {most}");
        let refused = failed(&result, Failure::RateLimited);
        assert_eq!(call(&result).calls, call(&result).attempts + refused);
    }
}

#[test]
fn a_hedge_is_sent_for_the_slow_and_its_loser_is_wasted() {
    let steps = json!([{ "work": { "empirical": [["5ms", 0.99], ["1s", 0.01]] } }]);
    let hedged = run(&calling(200.0, json!({ "hedge": { "after": "10ms" } }), steps.clone()), 7, 0.0, 500.0);
    let plain = run(&calling(200.0, json!({}), steps), 7, 0.0, 500.0);
    let more = call(&hedged).attempts as f64 / call(&hedged).calls as f64 - 1.0;
    assert!((0.009..0.011).contains(&more), "{more} more requests");
    assert!(call(&plain).latency_ms.p999 > 990.0 && call(&hedged).latency_ms.p999 < 20.0);
    assert_eq!(call(&hedged).hedges, call(&hedged).attempts - call(&hedged).calls);
    let app = hedged.services.get("app").expect("app");
    let losers = app.wasted as f64 / call(&hedged).hedges as f64;
    assert!((0.97..=1.0).contains(&losers), "each hedge has a loser: {losers}");
}

#[test]
fn a_hedged_attempt_fails_when_all_its_requests_have_failed() {
    let steps = json!([{ "work": "30ms" }, { "fail": {} }]);
    let policy = json!({ "hedge": { "after": "10ms", "max": 2 } });
    let result = run(&calling(20.0, policy, steps), 1, 0.0, 100.0);
    let latency = result.clients.get("web").expect("web");
    assert!(latency.failed.of(Failure::Error) > 1500 && latency.good == 0);
    assert!(call(&result).attempts >= 3 * call(&result).failed.total(), "two hedges for each");
}

#[test]
fn a_budget_bounds_retries() {
    let failing = json!([{ "work": "100ms" }, { "fail": {} }]);
    let tries_of = |budget: Value, steps: Value| {
        let retry = json!({ "attempts": 10, "backoff": { "base": "1ms", "factor": 1 }, "budget": budget });
        let result = run(&calling(100.0, json!({ "retry": retry }), steps), 5, 10.0, 100.0);
        call(&result).attempts as f64 / call(&result).calls as f64
    };
    let tries = |budget: Value| tries_of(budget, failing.clone());
    assert!(tries(Value::Null) > 9.5);
    let fifth = tries(json!({ "ratio": 0.2, "min_concurrent": 0 }));
    // A fifth of the calls in flight are retries: four first tries to each.
    assert!((1.15..1.3).contains(&fifth), "{fifth} tries a call");
    let least = tries(json!({ "ratio": 0, "min_concurrent": 2 }));
    // Two at a time, each 101 ms long: 19.8 a second beside 100.
    assert!((1.18..1.21).contains(&least), "{least} tries a call");
    let tokens = tries(json!({ "tokens": 10, "ratio": 0.1 }));
    assert_eq!(tokens, 1.0, "the bucket is empty after the warm-up and nothing fills it");
    let reserve = tries(json!({ "ratio": 0.2, "min_per_second": 10, "ttl": "10s" }));
    // Nothing is answered, so there is nothing but the reserve: bursts of 100 retries. In tower a slot that ends late skips
    // the next one, so under a steady load a burst is forgotten with the sixth end after it, and not after ten.
    assert!((1.14..1.19).contains(&reserve), "{reserve} tries a call");
    let half = json!([{ "work": "100ms" }, { "fail": { "probability": 0.5 } }]);
    let window = tries_of(json!({ "ratio": 0.2, "min_per_second": 0 }), half);
    // r retries a call, a fifth of what is answered: r = 0.2 × 0.5 × (1 + r), so r = 1 ÷ 9.
    assert!((1.10..1.12).contains(&window), "{window} tries a call");
}

/// A caller with a breaker over a service that fails from 10 s to 40 s.
fn outage(breaker: Value) -> Value {
    json!({
        "schema": 1,
        "network": { "latency": "1ms" },
        "nodes": {
            "web": { "kind": "client", "arrivals": { "poisson": { "rate": 100 } },
                     "operation": [{ "call": { "to": "app", "circuit_breaker": breaker } }] },
            "app": { "kind": "service", "workers": 100, "operations": { "default": [{ "work": "20ms" }] } }
        },
        "timeline": [{ "at": "10s", "for": "30s", "fault": { "error": { "node": "app", "probability": 1 } } }]
    })
}

#[test]
fn a_breaker_opens_probes_and_closes() {
    let breaker = json!({ "window": { "calls": 20 }, "open_for": "5s", "half_open_calls": 4 });
    let result = run(&outage(breaker), 9, 0.0, 60.0);
    let breaker = call(&result).breaker.clone().expect("a breaker");
    let states: Vec<&str> = breaker.transitions.iter().map(|transition| transition.to).collect();
    let mut expected = vec!["open"];
    expected.extend(["half_open", "open"].repeat(5));
    expected.extend(["half_open", "closed"]);
    assert_eq!(states, expected);
    assert!((breaker.transitions[0].at_s - 10.2).abs() < 0.2, "{:?}", breaker.transitions[0]);
    assert!(breaker.transitions[0].failure_rate >= 0.5 && breaker.transitions[1].failure_rate == -1.0);
    assert_eq!(breaker.state, "closed");
    assert_eq!(breaker.not_permitted, failed(&result, Failure::BreakerOpen));
    let errors = failed(&result, Failure::Error);
    // The window, what was under way when it filled, and five times four probes.
    assert!((30..50).contains(&errors), "{errors} errors");
    assert_eq!(call(&result).calls, call(&result).attempts + breaker.not_permitted);
}

#[test]
fn a_breaker_is_shared_by_callee_or_by_operation() {
    let shared = |per: &str| {
        let to = |operation: &str| {
            json!({ "call": { "to": "app", "operation": operation, "fallback": [],
                              "circuit_breaker": { "window": { "calls": 10 }, "open_for": "1h", "per": per } } })
        };
        let scenario = json!({
            "schema": 1,
            "nodes": {
                "web": { "kind": "client", "arrivals": { "constant": { "rate": 50 } }, "operation": [to("bad"), to("good")] },
                "app": { "kind": "service", "workers": 10, "operations": {
                    "bad": [{ "fail": {} }], "good": [{ "work": "1ms" }] } }
            }
        });
        let result = run(&scenario, 1, 5.005, 20.0);
        let refused = |at: usize| result.calls[at].breaker.as_ref().expect("a breaker").not_permitted;
        (refused(0), refused(1), result.calls[1].ok)
    };
    assert_eq!(shared("callee"), (1000, 1000, 0));
    let (bad, good, ok) = shared("operation");
    assert_eq!((bad, good), (1000, 0));
    assert!(ok >= 998, "{ok} went well");
}

#[test]
fn a_breaker_can_be_set_by_hand() {
    let plan = plan(&outage(json!({ "open_for": "1s" })), 3);
    let mut simulation = Simulation::new(Arc::clone(&plan));
    let breaker = BreakerIx(0);
    let steps = [
        (1.0, BreakerState::ForcedOpen, BreakerState::ForcedOpen),
        (9.0, BreakerState::Open, BreakerState::ForcedOpen),
        (9.5, BreakerState::Disabled, BreakerState::Disabled),
        (30.0, BreakerState::HalfOpen, BreakerState::Disabled),
        (50.0, BreakerState::Closed, BreakerState::Closed),
    ];
    for (at, set, expected) in steps {
        simulation.run_until(SimTime::from_secs(at), &mut ());
        simulation.apply(Command::SetBreaker(breaker, set), &mut ());
        assert_eq!(simulation.breaker(breaker), expected, "at {at} s");
    }
    simulation.apply(Command::SetBreaker(BreakerIx(7), BreakerState::Disabled), &mut ());
    simulation.run_until(SimTime::from_secs(60.0), &mut ());
    assert_eq!(simulation.breaker(breaker), BreakerState::Closed);
}

/// Every way out of an attempt gives back what it held: after a minute of crashes, timeouts, refusals and lost
/// messages, a bulkhead of two places and a half-open breaker let calls through again.
#[test]
fn permits_come_back_on_every_way_out() {
    let scenario = json!({
        "schema": 1,
        "nodes": {
            "web": { "kind": "client", "arrivals": { "profile": [["0s", 100], ["60s", 100], ["60s", 0], ["70s", 0], ["70s", 10]] },
                     "operation": [{ "call": { "to": "app", "timeout": "500ms" } }] },
            "app": { "kind": "service", "workers": 20, "operations": { "default": [{ "all": [
                [{ "call": { "to": "db", "timeout": "100ms",
                    "retry": { "attempts": 3, "backoff": { "base": "5ms" }, "budget": { "ratio": 0.5 } },
                    "circuit_breaker": { "window": { "calls": 10 }, "failure_rate": 1, "open_for": "100ms", "half_open_calls": 2 },
                    "rate_limit": { "rate": 60, "burst": 2, "max_wait": "50ms" },
                    "bulkhead": { "max_concurrent": 2, "max_wait": "40ms" },
                    "hedge": { "after": "30ms" } } }],
                [{ "work": { "exponential": "20ms" } }, { "fail": { "probability": 0.2 } }] ] }] } },
            "db": { "kind": "service", "workers": 2, "queue": 2, "operations": { "default": [
                { "work": { "exponential": "25ms" } }, { "fail": { "probability": 0.3 } }] } }
        },
        "timeline": [
            { "at": "10s", "for": "1s", "fault": { "crash": { "node": "app" } } },
            { "at": "20s", "for": "2s", "fault": { "partition": { "between": ["app", "db"] } } },
            { "at": "30s", "for": "2s", "fault": { "pause": { "node": "app" } } },
            { "at": "40s", "for": "2s", "fault": { "crash": { "node": "db" } } },
            { "at": "50s", "for": "9s", "fault": { "loss": { "from": "db", "to": "app", "probability": 0.5 } } },
            { "at": "65s", "fault": { "slow": { "node": "db", "factor": 0.01 } } }
        ]
    });
    let result = run(&scenario, 4, 71.0, 100.0);
    let db = result.calls.iter().find(|call| call.to == "db").expect("calls to db");
    assert_eq!(db.breaker.as_ref().map(|breaker| breaker.not_permitted), Some(0));
    assert_eq!(db.failed.of(Failure::BulkheadFull) + db.failed.of(Failure::RateLimited), 0);
    assert!(db.calls > 900 && db.ok > 700, "{db:?}");
    let before = run(&scenario, 4, 0.0, 60.0);
    let db = before.calls.iter().find(|call| call.to == "db").expect("calls to db");
    for reason in [Failure::BreakerOpen, Failure::BulkheadFull, Failure::RateLimited, Failure::Timeout] {
        assert!(db.failed.of(reason) > 0, "the minute had none of {reason:?}: {:?}", db.failed);
    }
}

/// The timeout begins when the attempt is sent, not when it waits for a place; each attempt asks anew.
#[test]
fn the_timeout_is_within_the_bulkhead_and_the_retry_around_both() {
    let policy = json!({
        "timeout": "50ms", "bulkhead": { "max_concurrent": 1, "max_wait": "1s" },
        "retry": { "attempts": 2, "backoff": { "base": "0s" } }
    });
    let mut scenario = calling(1.0, policy, json!([{ "work": "1s" }]));
    scenario["nodes"]["web"]["arrivals"] =
        json!({ "profile": [["0s", 0], ["1s", 0], ["1s", 1000], ["1.01s", 1000], ["1.01s", 0]] });
    let result = run(&scenario, 2, 0.0, 10.0);
    let call = call(&result);
    assert!(call.calls > 4);
    assert_eq!(call.attempts + failed(&result, Failure::BulkheadFull), call.calls + call.retries);
    // One place, 50 ms each: 21 in the second that others wait, with one under way at its end.
    assert!((20..=22).contains(&call.attempts) || call.attempts == 2 * call.calls, "{call:?}");
}

#[test]
fn a_propagated_deadline_ends_work_for_nobody() {
    let under = |propagate: bool| {
        let scenario = json!({
            "schema": 1,
            "nodes": {
                "web": { "kind": "client", "arrivals": { "poisson": { "rate": 150 } }, "deadline": "500ms",
                         "propagate_deadline": propagate, "operation": [{ "call": { "to": "app" } }] },
                "app": { "kind": "service", "workers": 100, "operations": { "default": [{ "call": { "to": "db" } }, { "work": "5ms" }] } },
                "db": { "kind": "service", "workers": 1, "queue": 100, "operations": { "default": [
                    { "work": "5ms" }, { "work": "5ms" }] } }
            }
        });
        run(&scenario, 6, 20.0, 100.0)
    };
    let (without, with) = (under(false), under(true));
    let web = |result: &RunResult| result.clients.get("web").expect("web").clone();
    let db = |result: &RunResult| result.services.get("db").expect("db").clone();
    assert!(web(&without).goodput_per_s < 5.0 && web(&with).goodput_per_s > 20.0, "{:?}", web(&with));
    assert_eq!((db(&without).expired, web(&with).late), (0, 0));
    assert!(db(&with).expired > 1000 && db(&with).failed >= db(&with).expired, "{:?}", db(&with));
    assert!(web(&with).latency_ms.max <= 500.1 && web(&with).failed.of(Failure::Timeout) > 1000);
}

#[test]
fn admission_refuses_and_sheds() {
    let under = |admission: Value| {
        let mut scenario = calling(150.0, json!({}), json!([{ "work": "10ms" }]));
        scenario["nodes"]["app"]["workers"] = json!(1);
        scenario["nodes"]["app"]["admission"] = admission;
        scenario["nodes"]["web"]["deadline"] = json!("200ms");
        run(&scenario, 8, 0.0, 100.0)
    };
    let app = |result: &RunResult| result.services.get("app").expect("app").clone();
    let limited = under(json!({ "rate_limit": { "rate": 80, "burst": 5 } }));
    assert_eq!(app(&limited).rejected, failed(&limited, Failure::RateLimited));
    assert!((app(&limited).started as f64 / 8_000.0 - 1.0).abs() < 0.01, "{:?}", app(&limited));
    let shed = under(json!({ "shed": { "above_wait": "100ms" } }));
    assert_eq!(app(&shed).shed, failed(&shed, Failure::Rejected));
    // Who is shed waited for more than 100 ms, and at most for one job more: a mean of 10 ms, here always 10 ms.
    assert!(app(&shed).shed > 4_000 && app(&shed).waiting_ms.max <= 110.2, "{:?}", app(&shed));
    let web = |result: &RunResult| result.clients.get("web").expect("web").goodput_per_s;
    assert!(web(&under(Value::Null)) < 2.0 && web(&shed) > 95.0 && web(&limited) > 75.0);
}
