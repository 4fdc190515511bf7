//! The calls that a circuit breaker judges by: the last so many, or those of the last so many seconds.

use std::collections::VecDeque;

use crate::base::SimTime;
use crate::scenario::{BreakerPlan, BreakerWindow};

/// Nanoseconds in the whole seconds by which a time window forgets.
const SECOND: u64 = 1_000_000_000;

/// How many calls there were, and how many of them failed or were slow. A call can be both.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// All calls; 0 while there are too few to judge.
    pub calls: u32,
    /// Of these, failures.
    pub failed: u32,
    /// Of these, slow ones.
    pub slow: u32,
}

impl Tally {
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

    /// Whether one of the plan's thresholds is reached.
    pub fn exceeds(self, plan: &BreakerPlan) -> bool {
        self.failure_rate() >= plan.failure_rate || self.slow_rate() >= plan.slow_rate
    }

    fn add(&mut self, other: Tally) {
        self.calls += other.calls;
        self.failed += other.failed;
        self.slow += other.slow;
    }

    fn remove(&mut self, other: Tally) {
        self.calls -= other.calls;
        self.failed -= other.failed;
        self.slow -= other.slow;
    }
}

/// The calls in a breaker's window, and their sum.
#[derive(Clone, Debug, Default)]
pub struct CallWindow {
    /// One call each (count window) or one whole second each (time window), oldest first.
    buckets: VecDeque<Bucket>,
    sum: Tally,
}

/// Calls that enter and leave the window together.
#[derive(Clone, Copy, Debug)]
struct Bucket {
    /// The whole second; unused in a count window.
    second: u64,
    calls: Tally,
}

impl CallWindow {
    /// All calls that it holds, those included that time has taken out since.
    pub fn sum(&self) -> Tally {
        self.sum
    }

    /// The sum if it has at least `minimum` calls, else nothing.
    pub fn sum_of_at_least(&self, minimum: u32) -> Tally {
        if self.sum.calls < minimum { Tally::default() } else { self.sum }
    }

    /// The calls that are in the window at `now`, without changing it.
    pub fn sum_at(&self, window: BreakerWindow, now: SimTime) -> Tally {
        let BreakerWindow::Seconds(seconds) = window else { return self.sum };
        let mut sum = Tally::default();
        for bucket in self.buckets.iter().filter(|bucket| bucket.second + seconds > now.0 / SECOND) {
            sum.add(bucket.calls);
        }
        sum
    }

    /// Forgets everything.
    pub fn clear(&mut self) {
        self.buckets.clear();
        self.sum = Tally::default();
    }

    /// Takes in a call, and forgets what the window no longer covers.
    pub fn add(&mut self, window: BreakerWindow, now: SimTime, call: Tally) {
        let second = now.0 / SECOND;
        self.sum.add(call);
        match self.buckets.back_mut() {
            Some(bucket) if matches!(window, BreakerWindow::Seconds(_)) && bucket.second == second => {
                bucket.calls.add(call);
            }
            _ => self.buckets.push_back(Bucket { second, calls: call }),
        }
        self.evict(window, now);
    }

    /// Forgets what the window no longer covers. Of n seconds, the present one and the n − 1 before it are kept.
    pub fn evict(&mut self, window: BreakerWindow, now: SimTime) {
        let second = now.0 / SECOND;
        while let Some(oldest) = self.buckets.front() {
            let kept = match window {
                BreakerWindow::Calls(size) => self.buckets.len() <= size as usize,
                BreakerWindow::Seconds(seconds) => oldest.second + seconds > second,
            };
            if kept {
                return;
            }
            self.sum.remove(oldest.calls);
            self.buckets.pop_front();
        }
    }
}
