//! The number of replicas: set by hand or by an autoscaler. One that is taken away finishes what it has.

use super::Service;
use super::event::ServiceEvent;
use super::replica::Replica;
use crate::base::SimTime;
use crate::engine::runtime::context::Context;
use crate::observation::{Observation, Observer, ScalingState};

impl Service {
    /// How its number of replicas is changing, for drawing.
    pub fn scaling(&self) -> ScalingState {
        let starting = self.scaler.as_ref().map(|scaler| &scaler.starting);
        let leaving = |replica: &&Replica| replica.retired && replica.in_system > 0;
        ScalingState {
            starting: starting.map_or(0, |starting| starting.len() as u32),
            ready_at: starting.and_then(|starting| starting.front().copied()).unwrap_or(SimTime::NEVER),
            leaving: self.replicas.iter().filter(leaving).count() as u32,
        }
    }

    /// The autoscaler decides, and will again.
    pub fn autoscale<O: Observer>(&mut self, cx: &mut Context<O>) {
        let (own, plan) = (self.address, self.plan(cx).autoscale);
        let (Some(plan), Some(scaler)) = (plan, &mut self.scaler) else {
            self.decides = false;
            return;
        };
        let active = self.replicas.iter().take(self.active as usize);
        let ready = active.filter(|replica| !replica.crashed).count() as u32;
        let down = self.active - ready;
        let wanted = scaler.decide(cx.now, ready, &plan);
        let starting = scaler.starting.len() as u32;
        if wanted > ready + starting {
            // A replica that is down is not replaced: it comes back.
            for _ in 0..(wanted - ready - starting).saturating_sub(down) {
                scaler.starting.push_back(cx.now + plan.startup);
                cx.after(plan.startup, own, ServiceEvent::Ready);
            }
        } else {
            // Those that are not there yet go first, the newest of them.
            let surplus = ready + starting - wanted;
            scaler.starting.truncate((starting.saturating_sub(surplus)) as usize);
            let surplus = surplus.saturating_sub(starting);
            self.resize(self.active - surplus, cx);
        }
        cx.after(plan.every, own, ServiceEvent::Scale);
        self.settle(cx);
    }

    /// A replica has started up, unless it is no longer wanted.
    pub fn ready<O: Observer>(&mut self, cx: &mut Context<O>) {
        let Some(scaler) = &mut self.scaler else { return };
        let due = |ready: &SimTime| *ready <= cx.now;
        if scaler.starting.front().is_some_and(due) {
            scaler.starting.pop_front();
            self.resize(self.active + 1, cx);
            self.settle(cx);
        }
    }

    /// From now on so many replicas take work.
    pub(super) fn resize<O: Observer>(&mut self, count: u32, cx: &mut Context<O>) {
        let (before, workers) = (self.active, self.plan(cx).workers);
        if count != before {
            cx.observe(Observation::Scaled { service: self.index, from: before, to: count });
        }
        self.active = count;
        cx.directory.resize(self.index, count);
        for replica in before.min(count)..before.max(count) {
            if replica >= self.replicas.len() as u32 {
                self.replicas.push(Replica::new(workers));
            }
            self.replicas[replica as usize].retired = replica >= count;
            // Brokers are told of those that come, and of those that leave when they are done.
            if !self.replicas[replica as usize].crashed {
                self.connect(replica, true, cx);
            }
            self.report(replica, cx);
        }
    }
}
