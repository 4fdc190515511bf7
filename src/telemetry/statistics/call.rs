//! What the calls between two nodes for one operation came to.

use crate::base::SimDuration;
use crate::observation::CallResult;
use crate::telemetry::Latency;
use crate::telemetry::result::{self, Failures};

/// Calls since the warm-up. Attempts count by the instant at which they are sent.
#[derive(Clone, Debug, Default)]
pub(super) struct CallTally {
    pub calls: u64,
    pub attempts: u64,
    pub retries: u64,
    pub hedges: u64,
    /// Attempts that the circuit breaker refused.
    pub not_permitted: u64,
    failed: Failures,
    /// Of answered calls, all their attempts and waits included.
    latency: Latency,
}

impl CallTally {
    /// About how many bytes a clone takes.
    pub fn weight(&self) -> usize {
        size_of::<CallTally>() + self.latency.weight()
    }

    /// A call ended for good, `latency` after it began.
    #[inline]
    pub fn ended(&mut self, result: CallResult, latency: SimDuration) {
        match result {
            CallResult::Ok => self.latency.record(latency),
            CallResult::Failed(failure) => self.failed.count(failure),
            CallResult::Abandoned => {}
        }
    }

    /// The figures, with the names that they go under.
    pub fn figures(&self, from: &str, to: &str, operation: &str) -> result::Call {
        result::Call {
            from: from.to_owned(),
            to: to.to_owned(),
            operation: operation.to_owned(),
            calls: self.calls,
            attempts: self.attempts,
            retries: self.retries,
            hedges: self.hedges,
            ok: self.latency.count(),
            failed: self.failed,
            latency_ms: self.latency.summary(),
            breaker: None,
        }
    }
}
