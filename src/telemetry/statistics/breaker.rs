//! A circuit breaker's tally: its state and its changes.

use super::MOST_CHANGES;
use crate::observation::BreakerState;
use crate::scenario::BreakerPlan;
use crate::telemetry::metrics::{BreakerTally, Transition, Turn};

impl BreakerTally {
    /// It changed; `counts` is 1 where this instant is measured, else 0.
    pub(super) fn turned(&mut self, turn: Turn, counts: u64) {
        self.state = turn.to;
        *match turn.to {
            BreakerState::Open | BreakerState::ForcedOpen => &mut self.opened,
            BreakerState::HalfOpen => &mut self.half_opened,
            BreakerState::Closed | BreakerState::Disabled => &mut self.closed,
        } += counts;
        if counts > 0 && self.changes.len() < MOST_CHANGES {
            self.changes.push(turn);
        }
    }

    /// Its changes, oldest first, judged by the limits of its plan.
    pub(super) fn transitions(&self, plan: &BreakerPlan) -> Vec<Transition> {
        self.changes.iter().map(|turn| transition(turn, plan)).collect()
    }
}

fn transition(turn: &Turn, plan: &BreakerPlan) -> Transition {
    let judged = turn.calls > 0;
    let rate = |count: u32| if judged { f64::from(count) / f64::from(turn.calls) } else { -1.0 };
    let (failure_rate, slow_rate) = (rate(turn.failed), rate(turn.slow));
    let reached = (failure_rate >= plan.failure_rate, slow_rate >= plan.slow_rate);
    let opened_by = match reached {
        _ if !judged || turn.to != BreakerState::Open => None,
        (true, true) => Some("both"),
        (_, true) => Some("slow_rate"),
        // Also where the limits have changed since.
        _ => Some("failure_rate"),
    };
    Transition { at_s: turn.at.as_secs(), to: turn.to.key(), failure_rate, slow_rate, opened_by }
}
