//! What callers did about replicas that were not well.

use crate::base::{SimDuration, SimTime};
use crate::observation::HostFact;
use crate::telemetry::level::Level;
use crate::telemetry::metrics::Health;

/// What is folded of one caller's knowledge of a service.
#[derive(Clone, Debug)]
pub struct HealthFold {
    ejections: u64,
    ejected: Level,
    /// Which replicas are ejected, in order.
    which: Vec<u32>,
}

impl HealthFold {
    /// Everybody well; what happens from `from` on is measured.
    pub fn new(from: SimTime) -> HealthFold {
        HealthFold { ejections: 0, ejected: Level::new(0, from), which: Vec::new() }
    }

    /// A caller has learnt something of a replica; `counts` is 1 where this instant is measured, else 0.
    #[cold]
    pub fn fold(&mut self, at: SimTime, replica: u32, what: HostFact, counts: u64) {
        match what {
            HostFact::Ejected => {
                self.ejections += counts;
                self.ejected.up(at);
                let place = self.which.partition_point(|&other| other < replica);
                self.which.insert(place, replica);
            }
            HostFact::Returned => {
                self.ejected.down(at);
                self.which.retain(|&other| other != replica);
            }
        }
    }

    /// The figures up to `now`.
    pub fn figures(&self, now: SimTime) -> Health {
        let seconds = |level: &Level| SimDuration(level.area(now) as u64).as_secs();
        Health { ejections: self.ejections, ejected_s: seconds(&self.ejected), ejected: self.which.clone() }
    }
}
