//! What a client's users met.

use crate::base::SimDuration;
use crate::observation::Outcome;
use crate::telemetry::Latency;
use crate::telemetry::result::{self, Failures};

/// A client's requests since the warm-up.
#[derive(Clone, Debug, Default)]
pub(super) struct ClientTally {
    pub offered: u64,
    good: u64,
    late: u64,
    degraded: u64,
    failed: Failures,
    /// Of answered requests, the late and degraded included.
    latency: Latency,
}

impl ClientTally {
    /// About how many bytes a clone takes.
    pub fn weight(&self) -> usize {
        size_of::<ClientTally>() + self.latency.weight()
    }

    /// A request ended, `latency` after it was offered.
    pub fn ended(&mut self, outcome: Outcome, latency: SimDuration) {
        match outcome {
            Outcome::Good => self.good += 1,
            Outcome::Late => self.late += 1,
            Outcome::Degraded => self.degraded += 1,
            Outcome::Failed(failure) => return self.failed.count(failure),
        }
        self.latency.record(latency);
    }

    /// The figures over `measured` time.
    pub fn figures(&self, measured: SimDuration) -> result::Client {
        let answered = self.good + self.late + self.degraded;
        let seconds = measured.as_secs();
        let per_second = |count: u64| if seconds > 0.0 { count as f64 / seconds } else { 0.0 };
        result::Client {
            offered: self.offered,
            answered,
            good: self.good,
            late: self.late,
            degraded: self.degraded,
            failed: self.failed,
            in_flight: self.offered.saturating_sub(answered + self.failed.total()),
            offered_per_s: per_second(self.offered),
            goodput_per_s: per_second(self.good),
            latency_ms: self.latency.summary(),
        }
    }
}
