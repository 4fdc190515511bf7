//! What callers did about replicas that were not well.

use crate::base::{SimDuration, SimTime};
use crate::observation::HostFact;
use crate::telemetry::level::Level;
use crate::telemetry::metrics::Health;

/// What is folded of one caller's knowledge of a service.
#[derive(Clone, Debug)]
pub struct HealthFold {
    ejections: u64,
    checks: u64,
    checks_failed: u64,
    ejected: Out,
    unhealthy: Out,
}

/// Replicas that get no requests for one reason.
#[derive(Clone, Debug)]
struct Out {
    count: Level,
    /// Which, in order.
    which: Vec<u32>,
}

impl Out {
    fn new(from: SimTime) -> Out {
        Out { count: Level::new(0, from), which: Vec::new() }
    }

    fn add(&mut self, at: SimTime, replica: u32) {
        self.count.up(at);
        let place = self.which.partition_point(|&other| other < replica);
        self.which.insert(place, replica);
    }

    fn remove(&mut self, at: SimTime, replica: u32) {
        self.count.down(at);
        self.which.retain(|&other| other != replica);
    }

    fn seconds(&self, now: SimTime) -> f64 {
        SimDuration(self.count.area(now) as u64).as_secs()
    }
}

impl HealthFold {
    /// Everybody well; what happens from `from` on is measured.
    pub fn new(from: SimTime) -> HealthFold {
        HealthFold {
            ejections: 0,
            checks: 0,
            checks_failed: 0,
            ejected: Out::new(from),
            unhealthy: Out::new(from),
        }
    }

    /// A caller has learnt something of a replica; `counts` is 1 where this instant is measured, else 0.
    #[cold]
    pub fn fold(&mut self, at: SimTime, replica: u32, what: HostFact, counts: u64) {
        match what {
            HostFact::Ejected => {
                self.ejections += counts;
                self.ejected.add(at, replica);
            }
            HostFact::Returned => self.ejected.remove(at, replica),
            HostFact::CheckPassed => self.checks += counts,
            HostFact::CheckFailed => {
                self.checks += counts;
                self.checks_failed += counts;
            }
            HostFact::Unhealthy => self.unhealthy.add(at, replica),
            HostFact::Healthy => self.unhealthy.remove(at, replica),
        }
    }

    /// The figures up to `now`.
    pub fn figures(&self, now: SimTime) -> Health {
        Health {
            ejections: self.ejections,
            ejected_s: self.ejected.seconds(now),
            ejected: self.ejected.which.clone(),
            checks: self.checks,
            checks_failed: self.checks_failed,
            unhealthy_s: self.unhealthy.seconds(now),
            unhealthy: self.unhealthy.which.clone(),
        }
    }
}
