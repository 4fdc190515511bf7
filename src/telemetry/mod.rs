//! What was measured, from observations alone.
//!
//! **Invariant:** never reads the engine: a number here is a fold over observations.

mod windows;

pub use windows::{ClientWindow, QueueWindow, ServiceWindow, Window};

use crate::base::SimTime;
use crate::observation::{Digest, Observation, Observer};
use crate::scenario::Plan;

/// All that a lane of the page measures.
#[derive(Clone, Debug)]
pub struct Telemetry {
    digest: Digest,
}

impl Telemetry {
    /// For a run of `plan` from time zero.
    pub fn new(_plan: &Plan) -> Telemetry {
        Telemetry { digest: Digest::default() }
    }

    /// The digest so far.
    pub fn digest(&self) -> Digest {
        self.digest
    }

    /// Closed windows, oldest first, and last the one that is still open at `now`.
    pub fn windows(&self, _now: SimTime) -> Vec<Window> {
        Vec::new()
    }
}

impl Observer for Telemetry {
    fn observe(&mut self, at: SimTime, what: Observation) {
        self.digest.observe(at, what);
    }
}
