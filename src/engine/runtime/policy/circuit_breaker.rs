//! Circuit breaker: stops asking for a while, when too much of what was asked failed or was slow.
//!
//! resilience4j's state machine (`CircuitBreakerStateMachine`, `CircuitBreakerMetrics`). In CLOSED all calls pass and
//! the last of them are judged: with at least `minimum_calls` of them (of a count window, its size if that is less)
//! it opens when failed ÷ all ≥ `failure_rate` or slow ÷ all ≥ `slow_rate`; slow is what took strictly longer than
//! `slow_call`. OPEN becomes HALF_OPEN lazily, at the first permit asked strictly after `open_for`; that permit is
//! one of the `half_open_calls` that HALF_OPEN lets out. When the window over those is full (or has `minimum_calls`,
//! if that is fewer) it opens or closes by the same thresholds. FORCED_OPEN and DISABLED are left by hand alone.
//!
//! As there, a result counts in the state that it arrives in, wherever its call began; and where a probe's result
//! never comes, HALF_OPEN lasts until `half_open_max`. Unlike there, OPEN shows the rates that opened it unchanged,
//! and a permit that is given back never makes room for more than `half_open_calls` probes.

use std::collections::VecDeque;

use crate::base::{SimDuration, SimTime};
use crate::observation::{BreakerMeter, BreakerState};
use crate::scenario::{BreakerPlan, BreakerWindow};

const SECOND: u64 = 1_000_000_000;

/// How many calls a verdict is about, how many of them failed and how many were slow.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Verdict {
    /// Calls in the window; 0 while there are too few to judge.
    pub calls: u32,
    /// Of these, failures.
    pub failed: u32,
    /// Of these, slow ones.
    pub slow: u32,
}

impl Verdict {
    /// Share of failures; −1 where there are too few calls.
    pub fn failure_rate(self) -> f64 {
        self.share(self.failed)
    }

    /// Share of slow calls; −1 where there are too few calls.
    pub fn slow_rate(self) -> f64 {
        self.share(self.slow)
    }

    fn share(self, part: u32) -> f64 {
        if self.calls == 0 { -1.0 } else { f64::from(part) / f64::from(self.calls) }
    }

    /// Whether a threshold is reached.
    fn exceeds(self, plan: &BreakerPlan) -> bool {
        self.failure_rate() >= plan.failure_rate || self.slow_rate() >= plan.slow_rate
    }
}

/// The present calls in a window.
#[derive(Clone, Debug, Default)]
struct Window {
    /// One call each (count window) or one whole second each (time window), oldest first.
    marks: VecDeque<Mark>,
    sum: Verdict,
}

/// Calls that enter and leave the window together.
#[derive(Clone, Copy, Debug)]
struct Mark {
    /// The whole second; of no meaning in a count window.
    second: u64,
    calls: Verdict,
}

impl Window {
    /// What it holds at `now`, without those that time has taken from it.
    fn seen(&self, window: BreakerWindow, now: SimTime) -> Verdict {
        let BreakerWindow::Seconds(seconds) = window else { return self.sum };
        let mut sum = Verdict::default();
        for mark in self.marks.iter().filter(|mark| mark.second + seconds > now.0 / SECOND) {
            sum.add(mark.calls);
        }
        sum
    }

    fn clear(&mut self) {
        self.marks.clear();
        self.sum = Verdict::default();
    }

    /// Takes in a call, as a mark of its own or into that of its second.
    fn add(&mut self, window: BreakerWindow, now: SimTime, call: Verdict) {
        let second = now.0 / SECOND;
        self.sum.add(call);
        match self.marks.back_mut() {
            Some(mark) if matches!(window, BreakerWindow::Seconds(_)) && mark.second == second => {
                mark.calls.add(call);
            }
            _ => self.marks.push_back(Mark { second, calls: call }),
        }
        self.evict(window, now);
    }

    /// Forgets what the window no longer covers: of n seconds, the present one and the n − 1 before it are kept.
    fn evict(&mut self, window: BreakerWindow, now: SimTime) {
        let second = now.0 / SECOND;
        while let Some(oldest) = self.marks.front() {
            let kept = match window {
                BreakerWindow::Calls(size) => self.marks.len() <= size as usize,
                BreakerWindow::Seconds(seconds) => oldest.second + seconds > second,
            };
            if kept {
                return;
            }
            self.sum.remove(oldest.calls);
            self.marks.pop_front();
        }
    }

    /// What it comes to, with at least so many calls.
    fn verdict(&self, minimum: u32) -> Verdict {
        if self.sum.calls < minimum { Verdict::default() } else { self.sum }
    }
}

impl Verdict {
    fn add(&mut self, other: Verdict) {
        self.calls += other.calls;
        self.failed += other.failed;
        self.slow += other.slow;
    }

    fn remove(&mut self, other: Verdict) {
        self.calls -= other.calls;
        self.failed -= other.failed;
        self.slow -= other.slow;
    }
}

/// A circuit breaker. Its numbers come with every step, so that they may change.
#[derive(Clone, Debug)]
pub struct CircuitBreaker {
    state: BreakerState,
    /// When it entered the state.
    since: SimTime,
    /// How often it changed: tells a permit of one half-open time from those of another.
    generation: u32,
    window: Window,
    /// Probes that are let out and were not given back.
    probes: u32,
    /// What it judged by at its last change.
    verdict: Verdict,
}

impl CircuitBreaker {
    /// In this state since `now`, with an empty window.
    pub fn new(state: BreakerState, now: SimTime) -> CircuitBreaker {
        CircuitBreaker {
            state,
            since: now,
            generation: 0,
            window: Window::default(),
            probes: 0,
            verdict: Verdict::default(),
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

    /// What it judged by when it came into its present state; no calls where it came there without a judgement.
    pub fn verdict(&self) -> Verdict {
        self.verdict
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
            let verdict = self.window.verdict(half_open_minimum(plan));
            self.enter(BreakerState::Open, ends, verdict);
        }
    }

    /// Asks for a permit: the turn that it belongs to, or none.
    pub fn permit(&mut self, plan: &BreakerPlan, now: SimTime) -> Option<u32> {
        self.tick(plan, now);
        if self.state == BreakerState::Open && now > self.since + plan.open_for {
            self.enter(BreakerState::HalfOpen, now, Verdict::default());
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
        permitted.then_some(self.generation)
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
        self.window.add(window, now, Verdict { calls: 1, failed: failed.into(), slow });
        let verdict = self.window.verdict(minimum);
        if verdict.calls == 0 {
            return;
        }
        if verdict.exceeds(plan) {
            self.enter(BreakerState::Open, now, verdict);
        } else if self.state == BreakerState::HalfOpen {
            self.enter(BreakerState::Closed, now, verdict);
        }
    }

    /// A permit of this turn is given back: its call was never made, or says nothing. True where that makes room
    /// for another probe.
    pub fn release(&mut self, plan: &BreakerPlan, now: SimTime, permit: u32) -> bool {
        self.tick(plan, now);
        let probe = self.state == BreakerState::HalfOpen && permit == self.generation && self.probes > 0;
        self.probes -= u32::from(probe);
        probe
    }

    /// Somebody sets its state by hand.
    pub fn set(&mut self, plan: &BreakerPlan, now: SimTime, state: BreakerState) {
        self.tick(plan, now);
        if self.state != state {
            self.enter(state, now, Verdict::default());
        }
    }

    /// What it shows at `now`: the window's rates; while it is open, those that opened it.
    pub fn shown(&mut self, plan: &BreakerPlan, now: SimTime) -> Verdict {
        self.tick(plan, now);
        match self.state {
            BreakerState::Open => self.verdict,
            BreakerState::HalfOpen => self.window.verdict(half_open_minimum(plan)),
            _ => {
                self.window.evict(plan.window, now);
                self.window.verdict(minimum(plan))
            }
        }
    }

    /// All that can be seen of it at `now`. Changes nothing: an open one whose time is over is still open.
    pub fn meter(&self, plan: &BreakerPlan, now: SimTime) -> BreakerMeter {
        let seen = match self.state {
            BreakerState::Open => self.verdict,
            BreakerState::Closed => self.window.seen(plan.window, now),
            _ => self.window.sum,
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

    fn enter(&mut self, state: BreakerState, at: SimTime, verdict: Verdict) {
        self.state = state;
        self.since = at;
        self.generation = self.generation.wrapping_add(1);
        self.verdict = verdict;
        self.probes = 0;
        self.window.clear();
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
