//! What a service did, all replicas together.

use crate::base::{SimDuration, SimTime};
use crate::observation::JobEnd;
use crate::scenario::ServicePlan;
use crate::telemetry::result::{self, Named};
use crate::telemetry::{Latency, Level, Workers};

/// A service since the warm-up. What its operations know is not counted here again.
#[derive(Clone, Debug)]
pub(super) struct ServiceTally {
    arrivals: u64,
    rejected: u64,
    /// Jobs that got a worker.
    pub started: u64,
    pub wasted: u64,
    shed: u64,
    pub expired: u64,
    pub workers: Workers,
    pub waiting: Level,
    pub in_system: Level,
    /// From arrival to the first worker; zero for a job that found one free.
    waited: Latency,
}

/// One operation since the warm-up.
#[derive(Clone, Debug, Default)]
pub(super) struct OperationTally {
    failed: u64,
    /// Of completed jobs.
    response: Latency,
}

impl ServiceTally {
    /// About how many bytes a clone takes.
    pub fn weight(&self) -> usize {
        size_of::<ServiceTally>() + self.waited.weight()
    }

    /// Idle, with all workers free.
    pub fn new(plan: &ServicePlan, warmup: SimTime) -> ServiceTally {
        ServiceTally {
            arrivals: 0,
            rejected: 0,
            started: 0,
            wasted: 0,
            shed: 0,
            expired: 0,
            workers: Workers::new(plan.replicas, plan.workers, warmup),
            waiting: Level::new(0, warmup),
            in_system: Level::new(0, warmup),
            waited: Latency::default(),
        }
    }

    /// A job came; `counts` is 1 where this instant is measured, else 0.
    #[inline]
    pub fn arrived(&mut self, at: SimTime, counts: u64) {
        self.arrivals += counts;
        self.in_system.up(at);
    }

    /// The job that just came was refused; `counts` as above.
    #[inline]
    pub fn refused(&mut self, at: SimTime, counts: u64) {
        self.rejected += counts;
        self.in_system.down(at);
    }

    /// A job that had waited was dropped; `counts` as above.
    #[inline]
    pub fn shed(&mut self, at: SimTime, counts: u64) {
        self.shed += counts;
        self.in_system.down(at);
    }

    /// A job left the system, having spent so long in the waiting room.
    #[inline]
    pub fn finished(&mut self, waited: SimDuration, wasted: bool) {
        self.waited.record(waited);
        self.wasted += u64::from(wasted);
    }

    /// The figures from `warmup` to `now`, with those of its operations.
    pub fn figures<'a>(
        &self,
        operations: impl Iterator<Item = (&'a str, &'a OperationTally)>,
        warmup: SimTime,
        now: SimTime,
    ) -> result::Service {
        let mut response = Latency::default();
        let mut failed = 0;
        let operations = operations
            .map(|(name, tally)| {
                response.merge(&tally.response);
                failed += tally.failed;
                (name.to_owned(), tally.figures())
            })
            .collect();
        let Workers { busy, blocked, total, .. } = &self.workers;
        let held = busy.area(now) + blocked.area(now);
        result::Service {
            arrivals: self.arrivals,
            started: self.started,
            completed: response.count(),
            failed,
            rejected: self.rejected,
            shed: self.shed,
            expired: self.expired,
            wasted: self.wasted,
            utilization: match total.area(now) {
                0 => 0.0,
                present => held as f64 / present as f64,
            },
            busy_mean: busy.mean(warmup, now),
            blocked_mean: blocked.mean(warmup, now),
            queue_length_mean: self.waiting.mean(warmup, now),
            queue_length_max: self.waiting.max(),
            in_system_mean: self.in_system.mean(warmup, now),
            waiting_ms: self.waited.summary(),
            response_ms: response.summary(),
            operations: Named(operations),
        }
    }
}

impl OperationTally {
    /// About how many bytes a clone takes.
    pub fn weight(&self) -> usize {
        size_of::<OperationTally>() + self.response.weight()
    }

    /// A job ended, so long after its arrival.
    #[inline]
    pub fn finished(&mut self, end: JobEnd, response: SimDuration) {
        if end == JobEnd::Completed {
            self.response.record(response);
        } else {
            self.failed += 1;
        }
    }

    /// The figures.
    pub fn figures(&self) -> result::Operation {
        result::Operation {
            completed: self.response.count(),
            failed: self.failed,
            response_ms: self.response.summary(),
        }
    }
}
