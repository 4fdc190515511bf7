//! Edge cases of the circuit breaker beyond the conformance vectors.

use super::*;
use crate::engine::runtime::policy::Ticket;
use BreakerState::{Closed, Disabled, ForcedOpen, HalfOpen, Open};

fn plan() -> BreakerPlan {
    BreakerPlan {
        window: BreakerWindow::Calls(4),
        per: crate::scenario::BreakerScope::Callee,
        failure_rate: 0.5,
        slow_rate: 1.0,
        slow_call: secs(60),
        minimum_calls: 4,
        open_for: secs(5),
        half_open_calls: 2,
        half_open_max: SimDuration::ZERO,
    }
}

fn secs(seconds: u64) -> SimDuration {
    SimDuration::from_millis(seconds * 1_000)
}

fn at(seconds: u64) -> SimTime {
    SimTime::ZERO + secs(seconds)
}

/// Fails until it is open.
fn opened(plan: &BreakerPlan) -> CircuitBreaker {
    let mut breaker = CircuitBreaker::new(Closed, SimTime::ZERO);
    for _ in 0..4 {
        assert!(breaker.permit(plan, at(0)).is_some());
        breaker.record(plan, at(0), true, SimDuration::ZERO);
    }
    assert_eq!(breaker.state(), Open);
    breaker
}

#[test]
fn open_keeps_showing_what_opened_it() {
    let plan = BreakerPlan { window: BreakerWindow::Seconds(2), ..plan() };
    let mut breaker = opened(&plan);
    breaker.record(&plan, at(1), false, SimDuration::ZERO);
    assert_eq!(breaker.shown(&plan, at(4)).failure_rate(), 1.0, "neither late results nor time change it");
    assert!(breaker.permit(&plan, at(6)).is_some());
    assert_eq!((breaker.state(), breaker.shown(&plan, at(6)).failure_rate()), (HalfOpen, -1.0));
}

#[test]
fn a_time_window_forgets_without_a_result() {
    let plan =
        BreakerPlan { window: BreakerWindow::Seconds(3), minimum_calls: 2, failure_rate: 1.0, ..plan() };
    let mut breaker = CircuitBreaker::new(Closed, SimTime::ZERO);
    breaker.record(&plan, at(0), true, SimDuration::ZERO);
    breaker.record(&plan, at(0), false, SimDuration::ZERO);
    let shown = [0, 2, 3].map(|seconds| breaker.shown(&plan, at(seconds)).failure_rate());
    assert_eq!(shown, [0.5, 0.5, -1.0]);
}

#[test]
fn half_open_lets_no_more_probes_out_than_allowed() {
    let plan = plan();
    let mut breaker = opened(&plan);
    let of_closed = 0;
    let first = breaker.permit(&plan, at(6));
    assert!(
        first.is_some() && breaker.permit(&plan, at(6)).is_some() && breaker.permit(&plan, at(6)).is_none()
    );
    assert!(!breaker.give_back(&plan, at(6), of_closed), "a permit of before is none of the probes");
    assert!(breaker.permit(&plan, at(6)).is_none());
    assert!(breaker.give_back(&plan, at(6), breaker.generation()));
    assert!(breaker.permit(&plan, at(6)).is_some() && breaker.permit(&plan, at(6)).is_none());
    // A result returns no permit.
    breaker.record(&plan, at(7), false, SimDuration::ZERO);
    assert!(breaker.permit(&plan, at(7)).is_none());
    breaker.record(&plan, at(7), true, SimDuration::ZERO);
    assert_eq!((breaker.state(), breaker.judged().failure_rate()), (Open, 0.5));
    // Given back though never taken: there is still room for two, not three.
    let mut half_open = CircuitBreaker::new(HalfOpen, SimTime::ZERO);
    assert!(!half_open.give_back(&plan, at(0), half_open.generation()));
    let permits = (0..3).filter(|_| half_open.permit(&plan, at(0)).is_some()).count();
    assert_eq!(permits, 2);
}

#[test]
fn half_open_ends_by_the_clock_and_the_wait_runs_from_there() {
    let plan = BreakerPlan { half_open_max: secs(10), ..plan() };
    let mut breaker = CircuitBreaker::new(HalfOpen, SimTime::ZERO);
    assert_eq!(breaker.ends(&plan), at(10));
    assert!(breaker.permit(&plan, at(9)).is_some());
    breaker.record(&plan, at(9), true, SimDuration::ZERO);
    breaker.tick(&plan, at(10));
    assert_eq!((breaker.state(), breaker.ends(&plan)), (Open, SimTime::NEVER));
    assert!(breaker.permit(&plan, at(15)).is_none(), "not strictly after");
    assert!(breaker.permit(&plan, at(16)).is_some());
    // Both at one step: the half-open time of 16 s ended at 26 s, the wait at 31 s.
    assert!(breaker.permit(&plan, at(32)).is_some());
    assert_eq!((breaker.state(), breaker.ends(&plan)), (HalfOpen, at(42)));
}

#[test]
fn slow_calls_open_it_though_they_succeed() {
    let plan = BreakerPlan { slow_call: secs(1), slow_rate: 0.5, failure_rate: 1.0, ..plan() };
    let mut breaker = CircuitBreaker::new(Closed, SimTime::ZERO);
    for (millis, state) in [(1_000, Closed), (1_001, Closed), (1_000, Closed), (5_000, Open)] {
        breaker.record(&plan, at(0), false, SimDuration::from_millis(millis));
        assert_eq!(breaker.state(), state, "{millis} ms");
    }
    assert_eq!((breaker.judged().slow_rate(), breaker.judged().failure_rate()), (0.5, 0.0));
}

#[test]
fn a_hand_on_the_switch_outweighs_results() {
    let plan = plan();
    let mut breaker = CircuitBreaker::new(Closed, SimTime::ZERO);
    for (state, permitted) in [(ForcedOpen, false), (Disabled, true), (Closed, true)] {
        breaker.set(&plan, at(1), state);
        for _ in 0..3 {
            breaker.record(&plan, at(100), true, SimDuration::ZERO);
        }
        assert_eq!((breaker.state(), breaker.permit(&plan, at(200)).is_some()), (state, permitted));
    }
    // Closing by hand began an empty window: the three failures since are too few, a fourth is not.
    breaker.record(&plan, at(200), true, SimDuration::ZERO);
    assert_eq!(breaker.state(), Open);
}

#[test]
fn a_window_that_shrinks_forgets_its_oldest_calls() {
    let mut breaker = CircuitBreaker::new(Closed, SimTime::ZERO);
    let wide = BreakerPlan { window: BreakerWindow::Calls(100), minimum_calls: 100, ..plan() };
    for call in 0..50 {
        breaker.record(&wide, at(0), call < 48, SimDuration::ZERO);
    }
    breaker.record(&plan(), at(0), false, SimDuration::ZERO);
    assert_eq!((breaker.state(), breaker.shown(&plan(), at(0)).failure_rate()), (Closed, 0.25));
}

#[test]
fn as_a_policy_it_counts_from_the_permit_and_forgets_what_was_never_sent() {
    let plan = BreakerPlan { slow_call: secs(1), slow_rate: 0.5, half_open_calls: 1, ..plan() };
    let asked = |seconds| Attempt::first(at(seconds), Ticket(0));
    let mut breaker = CircuitBreaker::new(Closed, SimTime::ZERO);
    for _ in 0..4 {
        let Verdict::Granted(permit) = breaker.admit(&plan, &asked(0)) else { panic!("it is closed") };
        breaker.result(&plan, permit, &Ended { now: at(2), failed: None, retryable: false });
    }
    assert_eq!((breaker.state(), breaker.judged().slow), (Open, 4));
    assert_eq!(breaker.admit(&plan, &asked(7)), Verdict::Refused(Refusal::BreakerOpen), "not strictly after");
    let Verdict::Granted(permit) = breaker.admit(&plan, &asked(8)) else { panic!("a probe is due") };
    assert_eq!(
        breaker.admit(&plan, &asked(8)),
        Verdict::Refused(Refusal::BreakerOpen),
        "one probe at a time"
    );
    breaker.release(&plan, permit, at(8));
    assert!(matches!(breaker.admit(&plan, &asked(8)), Verdict::Granted(_)), "its permit came back unused");
}
