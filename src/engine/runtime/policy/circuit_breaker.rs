//! Circuit breaker: stops asking for a while when too much of what was asked failed or was slow.
//!
//! The state machine is resilience4j's (`CircuitBreakerStateMachine`, `CircuitBreakerMetrics`). CLOSED lets all calls
//! pass and judges by the last of them: with at least `minimum_calls` of them (in a count window, its size if that is
//! less) it opens when failed ÷ all ≥ `failure_rate` or slow ÷ all ≥ `slow_rate`. A call is slow when it took strictly
//! longer than `slow_call`. OPEN becomes HALF_OPEN lazily, at the first permit asked strictly after `open_for`; that
//! permit is one of the `half_open_calls` that HALF_OPEN lets out. When the window over those is full (or has
//! `minimum_calls`, if that is fewer) it opens or closes by the same thresholds. FORCED_OPEN and DISABLED are left by
//! hand alone.
//!
//! As in resilience4j, a result counts in the state that it arrives in, wherever its call began; and where a probe's
//! result never comes, HALF_OPEN lasts until `half_open_max`. Two things differ: OPEN shows the rates that opened it
//! unchanged, and a permit that is given back never makes room for more than `half_open_calls` probes.

use super::call_window::{CallWindow, Tally};
use super::{Attempt, Ended, Policy, Refusal, Verdict};
use crate::base::{SimDuration, SimTime};
use crate::observation::{BreakerMeter, BreakerState};
use crate::scenario::{BreakerPlan, BreakerWindow};

/// A circuit breaker. Its numbers come with every question, so that they may change.
#[derive(Clone, Debug)]
pub struct CircuitBreaker {
    state: BreakerState,
    /// When it entered the state.
    since: SimTime,
    /// How often it changed: tells a permit of one half-open time from those of another.
    generation: u32,
    window: CallWindow,
    /// Probes that are let out and were not given back.
    probes: u32,
    /// What it judged by at its last change.
    judged: Tally,
}

/// Permission to make a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Permit {
    /// The breaker's [generation](CircuitBreaker::generation) when it was given.
    generation: u32,
    /// When it was given: what a call takes counts from there.
    given: SimTime,
}

impl CircuitBreaker {
    /// In this state since `now`, with an empty window.
    pub fn new(state: BreakerState, now: SimTime) -> CircuitBreaker {
        CircuitBreaker {
            state,
            since: now,
            generation: 0,
            window: CallWindow::default(),
            probes: 0,
            judged: Tally::default(),
        }
    }

    /// Its state.
    pub fn state(&self) -> BreakerState {
        self.state
    }

    /// How often it has changed its state.
    pub fn generation(&self) -> u32 {
        self.generation
    }

    /// Probes that are let out of its present half-open state and were not given back.
    pub fn probes(&self) -> u32 {
        self.probes
    }

    /// What it judged by when it came into its present state; no calls where it came there without judging.
    pub fn judged(&self) -> Tally {
        self.judged
    }

    /// When its half-open time ends by itself; never in other states and without a `half_open_max`.
    pub fn ends(&self, plan: &BreakerPlan) -> SimTime {
        let limited = self.state == BreakerState::HalfOpen && plan.half_open_max > SimDuration::ZERO;
        if limited { self.since + plan.half_open_max } else { SimTime::NEVER }
    }

    /// Applies what is due by the clock: the end of a half-open time, from which the wait in OPEN runs.
    pub fn tick(&mut self, plan: &BreakerPlan, now: SimTime) {
        let ends = self.ends(plan);
        if ends <= now && ends != SimTime::NEVER {
            let judged = self.window.sum_of_at_least(half_open_minimum(plan));
            self.enter(BreakerState::Open, ends, judged);
        }
    }

    /// Asks for a permit.
    pub fn permit(&mut self, plan: &BreakerPlan, now: SimTime) -> Option<Permit> {
        self.tick(plan, now);
        if self.state == BreakerState::Open && now > self.since + plan.open_for {
            self.enter(BreakerState::HalfOpen, now, Tally::default());
        }
        let permitted = match self.state {
            BreakerState::Closed | BreakerState::Disabled => true,
            BreakerState::Open | BreakerState::ForcedOpen => false,
            BreakerState::HalfOpen => {
                let room = self.probes < plan.half_open_calls;
                self.probes += u32::from(room);
                room
            }
        };
        permitted.then_some(Permit { generation: self.generation, given: now })
    }

    /// A permitted call has a result, so long after its permit.
    pub fn record(&mut self, plan: &BreakerPlan, now: SimTime, failed: bool, took: SimDuration) {
        self.tick(plan, now);
        let (window, minimum) = match self.state {
            BreakerState::Closed => (plan.window, minimum(plan)),
            BreakerState::HalfOpen => (BreakerWindow::Calls(plan.half_open_calls), half_open_minimum(plan)),
            _ => return,
        };
        let slow = u32::from(took > plan.slow_call);
        self.window.add(window, now, Tally { calls: 1, failed: failed.into(), slow });
        let judged = self.window.sum_of_at_least(minimum);
        if judged.calls == 0 {
            return;
        }
        if judged.exceeds(plan) {
            self.enter(BreakerState::Open, now, judged);
        } else if self.state == BreakerState::HalfOpen {
            self.enter(BreakerState::Closed, now, judged);
        }
    }

    /// A permit of this generation is given back: its call was never made, or its result says nothing. True where
    /// that makes room for another probe.
    pub fn give_back(&mut self, plan: &BreakerPlan, now: SimTime, generation: u32) -> bool {
        self.tick(plan, now);
        let probe = self.state == BreakerState::HalfOpen && generation == self.generation && self.probes > 0;
        self.probes -= u32::from(probe);
        probe
    }

    /// Sets its state by hand.
    pub fn set(&mut self, plan: &BreakerPlan, now: SimTime, state: BreakerState) {
        self.tick(plan, now);
        if self.state != state {
            self.enter(state, now, Tally::default());
        }
    }

    /// The tally that it shows at `now`: its window's; while it is open, the one that opened it.
    pub fn shown(&mut self, plan: &BreakerPlan, now: SimTime) -> Tally {
        self.tick(plan, now);
        match self.state {
            BreakerState::Open => self.judged,
            BreakerState::HalfOpen => self.window.sum_of_at_least(half_open_minimum(plan)),
            _ => {
                self.window.evict(plan.window, now);
                self.window.sum_of_at_least(minimum(plan))
            }
        }
    }

    /// All that can be seen of it at `now`. Changes nothing: an open one whose time is over is still open.
    pub fn meter(&self, plan: &BreakerPlan, now: SimTime) -> BreakerMeter {
        let seen = match self.state {
            BreakerState::Open => self.judged,
            BreakerState::Closed => self.window.sum_at(plan.window, now),
            _ => self.window.sum(),
        };
        BreakerMeter {
            state: self.state,
            calls: seen.calls,
            failed: seen.failed,
            slow: seen.slow,
            probes: if self.state == BreakerState::HalfOpen { self.probes } else { 0 },
            until: if self.state == BreakerState::Open {
                self.since + plan.open_for
            } else {
                self.ends(plan)
            },
        }
    }

    fn enter(&mut self, state: BreakerState, at: SimTime, judged: Tally) {
        self.state = state;
        self.since = at;
        self.generation = self.generation.wrapping_add(1);
        self.judged = judged;
        self.probes = 0;
        self.window.clear();
    }
}

impl Policy for CircuitBreaker {
    type Plan = BreakerPlan;
    type Grant = Permit;

    fn admit(&mut self, plan: &BreakerPlan, attempt: &Attempt) -> Verdict<Permit> {
        let permit = self.permit(plan, attempt.now);
        permit.map_or(Verdict::Refused(Refusal::BreakerOpen), Verdict::Granted)
    }

    fn result(&mut self, plan: &BreakerPlan, permit: Permit, ended: &Ended) {
        self.record(plan, ended.now, ended.failed.is_some(), ended.now.since(permit.given));
    }

    fn release(&mut self, plan: &BreakerPlan, permit: Permit, now: SimTime) {
        self.give_back(plan, now, permit.generation);
    }
}

/// How many calls a closed breaker needs to judge.
fn minimum(plan: &BreakerPlan) -> u32 {
    match plan.window {
        BreakerWindow::Calls(size) => plan.minimum_calls.min(size),
        BreakerWindow::Seconds(_) => plan.minimum_calls,
    }
}

/// How many results a half-open breaker needs to judge.
fn half_open_minimum(plan: &BreakerPlan) -> u32 {
    plan.minimum_calls.min(plan.half_open_calls)
}

#[cfg(test)]
#[path = "circuit_breaker_tests.rs"]
mod tests;
