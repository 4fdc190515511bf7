//! What a circuit breaker did.

use crate::base::SimTime;
use crate::observation::BreakerState;
use crate::telemetry::result::Transition;

/// Transitions that are kept; later ones change the state alone.
const KEPT: usize = 1000;

/// A circuit breaker: its state, and its transitions since the warm-up.
#[derive(Clone, Debug, Default)]
pub(super) struct BreakerTally {
    pub state: BreakerState,
    /// When, into what, and by how many failures of how many calls.
    transitions: Vec<(SimTime, BreakerState, u32, u32)>,
}

impl BreakerTally {
    /// It changed; `counts` where this instant is measured.
    pub fn turned(&mut self, at: SimTime, to: BreakerState, calls: u32, failed: u32, counts: bool) {
        self.state = to;
        if counts && self.transitions.len() < KEPT {
            self.transitions.push((at, to, calls, failed));
        }
    }

    /// Its transitions, oldest first.
    pub fn transitions(&self) -> Vec<Transition> {
        let transition = |&(at, to, calls, failed): &(SimTime, BreakerState, u32, u32)| Transition {
            at_s: at.as_secs(),
            to: to.key(),
            failure_rate: if calls == 0 { -1.0 } else { f64::from(failed) / f64::from(calls) },
        };
        self.transitions.iter().map(transition).collect()
    }
}
