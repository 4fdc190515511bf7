//! The health of a service's replicas, as one caller knows it: which of them it sends nothing to.

use super::health_check::HealthChecker;
use super::outlier::OutlierDetector;
use crate::base::SimTime;
use crate::scenario::HealthPlan;

/// What one caller knows of a service's replicas.
#[derive(Clone, Debug, Default)]
pub struct Health {
    /// Who fails again and again.
    outliers: OutlierDetector,
    /// Who does not answer.
    checker: HealthChecker,
    /// Replicas that it sends nothing to; empty while there is none, as nearly always.
    barred: Vec<bool>,
}

impl Health {
    /// Whether it sends nothing to a replica.
    #[inline]
    pub fn bars(&self, replica: u32) -> bool {
        self.barred.get(replica as usize).copied().unwrap_or(false)
    }

    /// Whether it goes by what it knows: some replica is barred, and enough of those that are up are left.
    pub fn chooses(&self, up: &[bool], threshold: f64) -> bool {
        if self.barred.is_empty() {
            return false;
        }
        let all = up.iter().filter(|&&up| up).count();
        let left = (0..).zip(up).filter(|&(replica, &up)| up && !self.bars(replica)).count();
        left > 0 && left as f64 >= threshold * all as f64
    }

    /// A request to one of so many replicas failed or did not. Whether the replica is ejected for it.
    pub fn result(&mut self, plan: &HealthPlan, now: SimTime, replica: u32, failed: bool, of: u32) -> bool {
        let Some(outliers) = &plan.outliers else { return false };
        let ejected = self.outliers.result(outliers, now, replica, failed, of);
        if ejected {
            self.judge(of.max(replica + 1));
        }
        ejected
    }

    /// An interval of outlier detection ends. Gives the replicas that return.
    pub fn interval(&mut self, plan: &HealthPlan, now: SimTime) -> Vec<u32> {
        let Some(outliers) = &plan.outliers else { return Vec::new() };
        let back = self.outliers.interval(outliers, now);
        if !back.is_empty() {
            self.judge(self.barred.len() as u32);
        }
        back
    }

    /// Whether a replica is ejected.
    pub fn is_ejected(&self, replica: u32) -> bool {
        self.outliers.is_ejected(replica)
    }

    /// Whether checks have found a replica ill.
    pub fn is_unhealthy(&self, replica: u32) -> bool {
        self.checker.is_unhealthy(replica)
    }

    /// So many replicas are checked. Gives the number of the round.
    pub fn begin_checks(&mut self, replicas: u32) -> u32 {
        self.checker.begin(replicas)
    }

    /// Whether this is the answer to a check that is waited for.
    pub fn check_answered(&mut self, replica: u32, round: u32) -> bool {
        self.checker.answered(replica, round)
    }

    /// The next replica that has not answered in a round that is over.
    pub fn check_timed_out(&mut self, round: u32) -> Option<u32> {
        self.checker.time_out(round)
    }

    /// A check passed or failed: what follows from that.
    pub fn checked(
        &mut self,
        plan: &HealthPlan,
        now: SimTime,
        replica: u32,
        passed: bool,
    ) -> (Option<bool>, bool) {
        let Some(checks) = &plan.checks else { return (None, false) };
        let turned = self.checker.result(checks, replica, passed);
        let well = passed && !self.checker.is_unhealthy(replica);
        let back = well && self.outliers.give_back(now, replica);
        if turned.is_some() || back {
            self.judge(replica + 1);
        }
        (turned, back)
    }

    /// Looks anew which of so many replicas are barred.
    fn judge(&mut self, of: u32) {
        self.barred = (0..of.max(self.barred.len() as u32))
            .map(|replica| self.is_ejected(replica) || self.is_unhealthy(replica))
            .collect();
        if !self.barred.contains(&true) {
            self.barred.clear();
        }
    }
}
