//! What an edit of the running system means for a service.

use super::Service;
use super::event::ServiceEvent;
use super::scaler::Scaler;
use crate::engine::runtime::context::Context;
use crate::engine::runtime::steps;
use crate::observation::Observer;
use crate::scenario::{Discipline, Plan, ServicePlan};

/// Whether jobs hold their workers in another way: what runs cannot go on.
fn works_otherwise(before: &ServicePlan, after: &ServicePlan) -> bool {
    let shares = |plan: &ServicePlan| plan.discipline == Discipline::ProcessorSharing;
    shares(before) != shares(after) || before.release != after.release
}

impl Service {
    /// Under the plan that still holds: what runs is given up where it cannot go on under the next one. Gives the
    /// replicas that are to begin anew.
    pub fn stop_for<O: Observer>(&mut self, next: &Plan, cx: &mut Context<O>) -> Vec<u32> {
        if !works_otherwise(self.plan(cx), &next.services[self.index.at()]) {
            return Vec::new();
        }
        let up: Vec<u32> =
            (0..self.replicas()).filter(|replica| !self.replicas[*replica as usize].crashed).collect();
        up.iter().for_each(|replica| self.crash(*replica, cx));
        up
    }

    /// The plan has other steps now; `anew` are replicas that begin anew.
    pub fn replan<O: Observer>(&mut self, anew: &[u32], cx: &mut Context<O>) {
        self.runtime.grow(cx.plan);
        let scale = self.plan(cx).autoscale;
        if self.scaler.is_some() != scale.is_some() {
            self.scaler = scale.map(|_| Box::new(Scaler::default()));
            // Its workers are to be told to it.
            self.replicas.iter_mut().for_each(|replica| replica.reported = None);
        }
        if let Some(scale) = scale
            && !std::mem::replace(&mut self.decides, true)
        {
            cx.after(scale.every, self.address, ServiceEvent::Scale);
        }
        anew.iter().for_each(|replica| self.restart(*replica, cx));
        steps::ask::fail_what_cannot_be_answered(self, cx);
        if !self.paused {
            self.settle(cx);
        }
    }

    /// The brokers that it takes messages from hear which of its replicas are there.
    pub fn reconnect<O: Observer>(&self, cx: &mut Context<O>) {
        for replica in 0..self.replicas() {
            self.connect(replica, !self.replicas[replica as usize].crashed, cx);
        }
    }

    /// It is taken out: its jobs and its waiting rooms are lost, and who waits for them is told.
    pub fn remove<O: Observer>(&mut self, cx: &mut Context<O>) {
        self.paused = false;
        for replica in 0..self.replicas() {
            self.replicas[replica as usize].paused = false;
            if !self.replicas[replica as usize].crashed {
                self.crash(replica, cx);
            }
        }
    }
}
