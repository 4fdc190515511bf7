//! A circuit breaker's tally: its state and its changes.

use super::MOST_CHANGES;
use crate::base::SimTime;
use crate::observation::BreakerState;
use crate::telemetry::metrics::{BreakerTally, Transition};

impl BreakerTally {
    /// It changed to `to`, judging by `failed` of `calls` calls; `counts` is 1 where this instant is measured, else 0.
    pub(super) fn turned(&mut self, at: SimTime, to: BreakerState, calls: u32, failed: u32, counts: u64) {
        self.state = to;
        *match to {
            BreakerState::Open | BreakerState::ForcedOpen => &mut self.opened,
            BreakerState::HalfOpen => &mut self.half_opened,
            BreakerState::Closed | BreakerState::Disabled => &mut self.closed,
        } += counts;
        if counts > 0 && self.changes.len() < MOST_CHANGES {
            self.changes.push((at, to, calls, failed));
        }
    }

    /// Its changes, oldest first.
    pub(super) fn transitions(&self) -> Vec<Transition> {
        let transition = |&(at, to, calls, failed): &(SimTime, BreakerState, u32, u32)| Transition {
            at_s: at.as_secs(),
            to: to.key(),
            failure_rate: if calls == 0 { -1.0 } else { f64::from(failed) / f64::from(calls) },
        };
        self.changes.iter().map(transition).collect()
    }
}
