//! Health checks at a service: what a replica answers. They take no worker and no place in its waiting room.

use super::Service;
use crate::base::SimDuration;
use crate::engine::kernel::event::{Check, CheckAnswered, PackedEvent};
use crate::engine::runtime::context::Context;
use crate::observation::Observer;

impl Service {
    /// A caller asks a replica whether it is well. One that is paused does not get here before it goes on.
    #[cold]
    pub fn check<O: Observer>(&mut self, check: Check, cx: &mut Context<O>) {
        let plan = &cx.plan.healths[check.health.at()];
        let Some(checks) = &plan.checks else { return };
        let record = self.replicas.get(check.replica as usize);
        let stands = record.is_some_and(|record| !record.crashed);
        let (slow, error) = self.faults_of(check.replica);
        let takes = if stands { checks.work.scaled(slow) } else { SimDuration::ZERO };
        let passed = stands && !self.errors.chance(error);
        if let Some(arrives) = cx.network.passage(plan.back, cx.now + takes, check.replica) {
            let answer = CheckAnswered { check, passed };
            cx.calendar.schedule(arrives, PackedEvent::global(answer));
        }
    }
}
