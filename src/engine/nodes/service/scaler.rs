//! Autoscaling: how many replicas a service should have, from how busy they were.
//!
//! The algorithm of Kubernetes' HorizontalPodAutoscaler: desired = ⌈current × utilization / target⌉, left alone within
//! a tolerance; replicas that are still starting up count as idle when more are wanted and not at all when fewer are.
//! The utilization is the share of workers held (busy or blocked) since the last decision, in replicas that are
//! ready. Left out is the stabilization that lets a HorizontalPodAutoscaler wait for five minutes before it takes
//! replicas away: here it takes them away at once, and they finish what they have.

use std::collections::VecDeque;

use crate::base::SimTime;
use crate::scenario::AutoscalePlan;

/// How far the utilization may be off its target, as a share of it (`--horizontal-pod-autoscaler-tolerance`).
const TOLERANCE: f64 = 0.1;

/// What a service's autoscaler has seen since its last decision.
#[derive(Clone, Debug, Default)]
pub struct Scaler {
    /// Held and present workers of each replica, as last reported.
    replicas: Vec<(u32, u32)>,
    held: u64,
    present: u64,
    since: SimTime,
    /// Integrals of the two over time.
    areas: (u128, u128),
    /// When the replicas that are starting will be ready.
    pub starting: VecDeque<SimTime>,
}

impl Scaler {
    /// A replica's workers are these from now on.
    pub fn report(&mut self, now: SimTime, replica: u32, held: u32, present: u32) {
        self.advance(now);
        let at = replica as usize;
        if at >= self.replicas.len() {
            self.replicas.resize(at + 1, (0, 0));
        }
        let before = std::mem::replace(&mut self.replicas[at], (held, present));
        self.held = self.held + u64::from(held) - u64::from(before.0);
        self.present = self.present + u64::from(present) - u64::from(before.1);
    }

    /// How many replicas there should be, where so many are ready; begins to look anew.
    pub fn decide(&mut self, now: SimTime, ready: u32, plan: &AutoscalePlan) -> u32 {
        self.advance(now);
        let (held, present) = std::mem::take(&mut self.areas);
        let utilization = if present == 0 { 0.0 } else { held as f64 / present as f64 };
        desired(ready, self.starting.len() as u32, utilization, plan)
    }

    fn advance(&mut self, now: SimTime) {
        let length = u128::from(now.since(self.since).0);
        self.areas.0 += length * u128::from(self.held);
        self.areas.1 += length * u128::from(self.present);
        self.since = now;
    }
}

/// How many replicas there should be, those that are starting included.
fn desired(ready: u32, starting: u32, utilization: f64, plan: &AutoscalePlan) -> u32 {
    let present = ready + starting;
    let ratio = utilization / plan.target;
    let within = |ratio: f64| (ratio - 1.0).abs() <= TOLERANCE;
    // Those that are starting do nothing yet: with them the same load is spread thinner.
    let spread = ratio * f64::from(ready) / f64::from(present.max(1));
    let wanted = if within(ratio) || ratio > 1.0 && (spread <= 1.0 || within(spread)) {
        present
    } else {
        libm::ceil(f64::from(ready) * ratio) as u32
    };
    wanted.max(plan.min).min(plan.max)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::SimDuration;

    fn plan(target: f64) -> AutoscalePlan {
        let second = SimDuration::from_millis(1000);
        AutoscalePlan { min: 1, max: 20, target, every: second, startup: second }
    }

    /// Ready, starting, utilization against a target of 0.5.
    fn check(ready: u32, starting: u32, utilization: f64, expected: u32) {
        assert_eq!(
            desired(ready, starting, utilization, &plan(0.5)),
            expected,
            "{ready} {starting} {utilization}"
        );
    }

    #[test]
    fn the_formula_of_kubernetes() {
        check(4, 0, 1.0, 8);
        check(4, 0, 0.9, 8);
        check(4, 0, 0.54, 4);
        check(4, 0, 0.56, 5);
        check(4, 0, 0.45, 4);
        check(4, 0, 0.3, 3);
        check(4, 0, 0.0, 1);
        check(15, 0, 1.0, 20);
        // Four more are on their way: enough for twice the load, not for more.
        check(4, 4, 1.0, 8);
        check(4, 2, 1.0, 8);
        check(4, 4, 0.4, 4);
        // Less is wanted than is there: no more need to start.
        check(4, 2, 0.25, 2);
    }

    #[test]
    fn utilization_is_weighted_by_time_and_by_replicas() {
        let (mut scaler, plan) = (Scaler::default(), plan(0.5));
        let at = |seconds: f64| SimTime::from_secs(seconds);
        scaler.report(at(0.0), 0, 0, 4);
        scaler.report(at(0.0), 1, 4, 4);
        // Half of eight workers for half the time, then all: 0.75 of what two replicas have.
        scaler.report(at(5.0), 0, 4, 4);
        assert_eq!(scaler.decide(at(10.0), 2, &plan), 3);
        // Crashed: the rest is full.
        scaler.report(at(10.0), 0, 0, 0);
        assert_eq!(scaler.decide(at(20.0), 1, &plan), 2);
        scaler.report(at(20.0), 1, 0, 4);
        assert_eq!(scaler.decide(at(30.0), 1, &plan), 1);
    }
}
