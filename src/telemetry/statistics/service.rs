//! A service's tally: its workers from the numbers of its replicas, and its figures with those of its operations.

use crate::base::SimTime;
use crate::scenario::ServicePlan;
use crate::telemetry::latency::Latency;
use crate::telemetry::level::{Level, Peak};
use crate::telemetry::metrics::{Named, Operation, OperationTally, Replica, Service, ServiceTally};

impl ServiceTally {
    /// Idle, with all workers free; what happens from `from` on is measured.
    pub(super) fn idle(plan: &ServicePlan, from: SimTime) -> ServiceTally {
        ServiceTally {
            workers: Level::new(u64::from(plan.replicas) * u64::from(plan.workers), from),
            replicas: Peak::new(plan.replicas.into(), from),
            reported: vec![[0, 0, plan.workers]; plan.replicas as usize],
            several: if plan.replicas > 1 {
                vec![Replica::default(); plan.replicas as usize]
            } else {
                Vec::new()
            },
            ..ServiceTally::new(from)
        }
    }

    /// One replica's workers as they now are: busy, blocked, all there are.
    #[inline(always)]
    pub(super) fn set_workers(&mut self, at: SimTime, replica: u32, now: [u32; 3]) {
        let before = match self.reported.as_mut_slice().get_mut(replica as usize) {
            Some(known) => std::mem::replace(known, now),
            None => self.add_replica(replica as usize, now),
        };
        self.busy.shift(at, before[0], now[0]);
        self.blocked.shift(at, before[1], now[1]);
        self.workers.shift(at, before[2], now[2]);
    }

    /// A replica is new: it had nothing before.
    #[cold]
    #[inline(never)]
    fn add_replica(&mut self, replica: usize, now: [u32; 3]) -> [u32; 3] {
        self.reported.resize(replica + 1, [0; 3]);
        std::mem::replace(&mut self.reported[replica], now)
    }

    /// What is counted of one replica, where there are several.
    #[inline(always)]
    pub(super) fn replica(&mut self, replica: u32) -> Option<&mut Replica> {
        self.several.as_mut_slice().get_mut(replica as usize)
    }

    /// From now on there are so many replicas.
    pub(super) fn scaled(&mut self, at: SimTime, to: u32) {
        self.replicas.set(at, to.into());
        if to > 1 && to as usize > self.several.len() {
            self.several.resize(to as usize, Replica::default());
        }
    }

    /// The figures from `from` to `now`, with those of its operations.
    pub(super) fn figures<'a>(
        &self,
        operations: impl Iterator<Item = (&'a str, &'a OperationTally)>,
        from: SimTime,
        now: SimTime,
    ) -> Service {
        let mut response = Latency::default();
        let mut named = Vec::new();
        for (name, tally) in operations {
            response.merge(&tally.response);
            named.push((name.to_owned(), Operation::report(tally, from, now)));
        }
        Service {
            response_ms: response.summary(),
            operations: Named(named),
            per_replica: self.several.iter().map(Replica::figures).collect(),
            ..Service::report(self, from, now)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn workers_add_up_over_replicas() {
        let mut service = ServiceTally {
            workers: Level::new(8, SimTime::ZERO),
            reported: vec![[0, 0, 4]; 2],
            ..ServiceTally::new(SimTime::ZERO)
        };
        service.set_workers(SimTime(10), 0, [3, 1, 4]);
        service.set_workers(SimTime(20), 1, [0, 0, 0]);
        service.set_workers(SimTime(30), 2, [1, 0, 4]);
        let mean = |level: &Level| level.mean(SimTime::ZERO, SimTime(40));
        assert_eq!(mean(&service.busy), (3.0 * 20.0 + 4.0 * 10.0) / 40.0);
        assert_eq!(mean(&service.blocked), 30.0 / 40.0);
        assert_eq!(mean(&service.workers), (8.0 * 20.0 + 4.0 * 10.0 + 8.0 * 10.0) / 40.0);
    }
}
