//! Admission: what a service refuses on arrival, drops from its waiting room, or does not go on with.

use super::Service;
use super::answer::answer;
use crate::base::SimTime;
use crate::engine::runtime::context::Context;
use crate::engine::runtime::ending;
use crate::engine::runtime::task::{Origin, State, Task};
use crate::observation::{Failure, Fate, Observation, Observer, SpanEnd};
use crate::scenario::{Discipline, ServicePlan};

impl Service {
    /// Why an arrival is refused, if it is.
    #[inline(always)]
    pub(super) fn refusal<O>(
        &mut self,
        origin: Origin,
        replica: u32,
        plan: &ServicePlan,
        cx: &Context<O>,
    ) -> Option<Failure> {
        let record = &self.replicas[replica as usize];
        if record.crashed {
            return Some(Failure::Unavailable);
        }
        // What a consumer has prefetched is bounded by its prefetch, not by the waiting room.
        if let Origin::Delivery(..) | Origin::Record(..) = origin {
            return None;
        }
        let has_room = record.has_room(plan.queue, plan.discipline == Discipline::ProcessorSharing);
        if plan.admits.is_some() && !self.admits(cx) {
            return Some(Failure::RateLimited);
        }
        (!has_room).then_some(Failure::Rejected)
    }

    /// Whether the service's own rate limit lets a request in.
    fn admits<O>(&mut self, cx: &Context<O>) -> bool {
        let Some(limit) = &self.plan(cx).admits else { return true };
        self.admission.acquire(limit, cx.now, 1.0).is_some()
    }

    /// Whether a request that is to be taken up now has waited too long to be worth it. What has begun is not
    /// dropped.
    pub(super) fn waited_too_long<O>(&self, slot: u32, cx: &Context<O>) -> bool {
        let Some(above) = self.plan(cx).shed_above else { return false };
        let Task { state, origin, queued, .. } = self.runtime.tasks[slot];
        state == State::Waiting(None) && matches!(origin, Origin::Call(..)) && cx.now.since(queued) > above
    }

    /// Drops a request that has left the waiting room.
    pub(super) fn shed<O: Observer>(&mut self, slot: u32, cx: &mut Context<O>) {
        self.runtime.leaves(slot, cx);
        let task = self.runtime.tasks.remove(slot);
        self.replicas[task.replica as usize].in_system -= 1;
        cx.observe(Observation::Shed { service: self.index, replica: task.replica, arrived: task.arrived });
        self.turn_away(&task, Failure::Rejected, cx);
    }

    /// A job whose deadline is past when it is to begin ends at once.
    pub(super) fn expire<O: Observer>(&mut self, slot: u32, cx: &mut Context<O>) {
        self.runtime.ready(slot);
        ending::fail(self, slot, Failure::Timeout, cx);
    }

    /// The arrival is not taken in; who sent it is told.
    pub(super) fn refuse<O: Observer>(&mut self, task: &Task, reason: Failure, cx: &mut Context<O>) {
        cx.observe(Observation::Refused { service: self.index, replica: task.replica, reason });
        self.turn_away(task, reason, cx);
    }

    /// Whoever sent the request is told that it is not done.
    fn turn_away<O: Observer>(&mut self, task: &Task, reason: Failure, cx: &mut Context<O>) {
        cx.end_span(task.context.span, SpanEnd::Failed(reason), false);
        match task.origin {
            Origin::Call(..) => {
                cx.observe(Observation::Settled { fate: Fate::Consumed });
                answer(task, Err(reason), SimTime::NEVER, cx);
            }
            Origin::Delivery(_, _, Some(asked)) => {
                self.askers.clear(asked.number());
            }
            _ => self.record_ended(task, false, cx),
        }
    }
}
