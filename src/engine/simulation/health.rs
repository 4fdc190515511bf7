//! What callers do about replicas that are not well: intervals of outlier detection, and health checks.

use super::Simulation;
use super::event::SimulationEvent;
use crate::base::HealthIx;
use crate::engine::kernel::event::{Address, Check, CheckAnswered, PackedEvent};
use crate::engine::nodes::service::event::ServiceEvent;
use crate::observation::{HostFact, Observation, Observer};

impl Simulation {
    /// A caller looks which ejected replicas may return, and will again.
    pub(super) fn outlier_interval<O: Observer>(&mut self, health: HealthIx, observer: &mut O) {
        if !self.plan.has(health) {
            return;
        }
        for replica in self.directory.outlier_interval(health, self.now, &self.plan) {
            observer.observe(self.now, Observation::Host { health, replica, what: HostFact::Returned });
        }
        if let Some(outliers) = &self.plan.healths[health.at()].outliers {
            let event = SimulationEvent::OutlierInterval(health);
            self.calendar.schedule(self.now + outliers.interval, PackedEvent::global(event));
        }
    }

    /// A caller checks every replica that it sees, and will again.
    pub(super) fn send_checks(&mut self, health: HealthIx) {
        let plan = &self.plan.healths[health.at()];
        let Some(checks) = plan.checks.as_ref().filter(|_| self.plan.has(health)) else { return };
        let (replicas, round) = self.directory.begin_checks(health, &self.plan);
        let service = Address::of(plan.to, &self.plan);
        for replica in 0..replicas {
            if let Some(arrives) = self.network.passage(plan.out, self.now, replica) {
                let event = ServiceEvent::Check(Check { health, replica, round });
                self.calendar.schedule(arrives, PackedEvent::new(service, event));
            }
        }
        // Before the next round, where both are due at one instant.
        let timeout = checks.timeout.unwrap_or(checks.interval).min(checks.interval);
        let times_out = SimulationEvent::ChecksTimeOut { health, round };
        self.calendar.schedule(self.now + timeout, PackedEvent::global(times_out));
        let next = PackedEvent::global(SimulationEvent::Checks(health));
        self.calendar.schedule(self.now + checks.interval, next);
    }

    /// The answer to a check reaches the caller.
    pub(super) fn check_answered<O: Observer>(&mut self, answer: CheckAnswered, observer: &mut O) {
        let CheckAnswered { check: Check { health, replica, round }, passed } = answer;
        if self.directory.check_answered(health, replica, round) {
            self.checked(health, replica, passed, observer);
        }
    }

    /// Who has not answered yet, has failed.
    pub(super) fn time_out_checks<O: Observer>(&mut self, health: HealthIx, round: u32, observer: &mut O) {
        while let Some(replica) = self.directory.check_timed_out(health, round) {
            self.checked(health, replica, false, observer);
        }
    }

    /// A check passed or failed.
    fn checked<O: Observer>(&mut self, health: HealthIx, replica: u32, passed: bool, observer: &mut O) {
        let (turned, back) = self.directory.checked(health, replica, passed, self.now, &self.plan);
        let fact = if passed { HostFact::CheckPassed } else { HostFact::CheckFailed };
        let turned = turned.map(|well| if well { HostFact::Healthy } else { HostFact::Unhealthy });
        let back = back.then_some(HostFact::Returned);
        for what in [Some(fact), turned, back].into_iter().flatten() {
            observer.observe(self.now, Observation::Host { health, replica, what });
        }
    }
}
