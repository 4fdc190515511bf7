//! What a step means for a service's workers: computing, waiting, ending.

use super::Service;
use super::answer::{answer, answer_in_line, finish};
use crate::base::{SimDuration, SimTime};
use crate::engine::kernel::message::{Answer, Envelope, Payload};
use crate::engine::runtime::context::Context;
use crate::engine::runtime::host::Host;
use crate::engine::runtime::task::{Origin, State, Task};
use crate::engine::runtime::task_runtime::TaskRuntime;
use crate::observation::{Failure, JobEnd, MessageKind, Observer};
use crate::scenario::{Discipline, OnFailure};

/// Whether a task in this state leaves its worker without anything to compute.
fn rests_in(state: State) -> bool {
    matches!(
        state,
        State::Calling(_)
            | State::BackingOff(_)
            | State::Confirming(_)
            | State::Republishing(_)
            | State::Accessing(_)
            | State::Permitting(_)
            | State::Asking(_)
            | State::Forked(_)
    )
}

impl Host for Service {
    fn runtime(&mut self) -> &mut TaskRuntime {
        &mut self.runtime
    }

    fn work<O: Observer>(&mut self, task: u32, length: SimDuration, cx: &mut Context<O>) {
        let length = length.scaled(self.slow_at(task));
        let plan = self.plan(cx);
        if plan.discipline != Discipline::ProcessorSharing && !plan.release {
            if let Origin::Branch(_) = self.runtime.tasks[task].origin {
                return self.compute_in_turn(task, length, cx);
            }
            return self.compute(task, length, cx);
        }
        let replica = self.runtime.tasks[task].replica;
        let record = &mut self.replicas[replica as usize];
        if plan.discipline == Discipline::ProcessorSharing {
            record.sharing.advance(cx.now, record.workers);
            record.sharing.join(task, length);
            cx.turn_span(|| self.runtime.tasks[task].context.span, 0, 1);
            self.runtime.wait(task, State::Sharing, cx);
            return self.replan_sharing(replica, cx);
        }
        if !self.runtime.tasks[task].holds {
            if !record.can_start() {
                return self.enqueue(task, Some(length), cx);
            }
            record.busy += 1;
            self.runtime.tasks[task].holds = true;
            self.report(replica, cx);
        }
        self.compute(task, length, cx);
    }

    #[inline(always)]
    fn worked<O: Observer>(&mut self, task: u32, cx: &mut Context<O>) {
        if !self.turns.is_empty() {
            self.turn_ended(task, cx);
        }
    }

    fn on_block<O: Observer>(&mut self, task: u32, asleep: bool, cx: &mut Context<O>) {
        let plan = self.plan(cx);
        if plan.discipline == Discipline::ProcessorSharing {
            return;
        }
        let replica = self.runtime.tasks[task].replica;
        let record = &mut self.replicas[replica as usize];
        if plan.release {
            if std::mem::take(&mut self.runtime.tasks[task].holds) {
                record.busy -= 1;
                self.freed.push(replica);
            }
        } else if !asleep {
            let root = self.runtime.root(task);
            let root = &mut self.runtime.tasks[root];
            root.active -= 1;
            if root.active == 0 {
                record.busy -= 1;
                record.blocked += 1;
                self.report(replica, cx);
            }
        }
    }

    fn on_unblock<O: Observer>(&mut self, task: u32, asleep: bool, cx: &mut Context<O>) {
        let plan = self.plan(cx);
        if asleep || plan.release || plan.discipline == Discipline::ProcessorSharing {
            return;
        }
        let replica = self.runtime.tasks[task].replica;
        let record = &mut self.replicas[replica as usize];
        let root = self.runtime.root(task);
        let root = &mut self.runtime.tasks[root];
        root.active += 1;
        if root.active == 1 {
            record.busy += 1;
            record.blocked -= 1;
            self.report(replica, cx);
        }
    }

    fn respond<O: Observer>(&mut self, task: u32, cx: &mut Context<O>) {
        let root = self.runtime.root(task);
        let record = &mut self.runtime.tasks[root];
        if std::mem::replace(&mut record.answered, true) {
            return;
        }
        match record.origin {
            Origin::Call(caller, _) => {
                record.wasted = !cx.is_waiting(caller);
                let task = *record;
                let arrived = if task.wasted { SimTime::NEVER } else { task.arrived };
                answer(&task, Ok(task.quality()), arrived, cx);
            }
            Origin::Delivery(_, _, Some(asked)) => {
                record.wasted = !self.askers[asked.number()].is_waiting(cx.generations, cx.plan);
                let task = *record;
                self.reply(&task, asked, cx);
            }
            _ => {}
        }
    }

    #[inline(always)]
    fn dropped<O: Observer>(&mut self, slot: u32, cx: &mut Context<O>) {
        let plan = self.plan(cx);
        let Task { state, replica, origin, holds, active, .. } = self.runtime.tasks[slot];
        match state {
            State::Waiting(_) => {
                self.replicas[replica as usize].leave(slot);
                self.dequeued(slot, cx);
            }
            State::Sharing => {
                let record = &mut self.replicas[replica as usize];
                record.sharing.advance(cx.now, if self.paused || record.paused { 0 } else { record.workers });
                record.sharing.leave(slot);
                return self.replan_sharing(replica, cx);
            }
            _ => {}
        }
        if plan.discipline == Discipline::ProcessorSharing {
            return;
        }
        let is_branch = matches!(origin, Origin::Branch(_));
        if is_branch && !self.turns.is_empty() {
            self.turn_ended(slot, cx);
        }
        let record = &mut self.replicas[replica as usize];
        if !plan.release && is_branch {
            if !rests_in(state) {
                self.on_block(slot, false, cx);
            }
        } else if holds {
            if plan.release || active > 0 {
                record.busy -= 1;
            } else {
                record.blocked -= 1;
            }
            self.freed.push(replica);
        }
    }

    #[inline(always)]
    fn ended<O: Observer>(&mut self, slot: u32, result: Result<(), Failure>, cx: &mut Context<O>) {
        let task = &self.runtime.tasks[slot];
        let Task { origin, answered, acked, .. } = *task;
        let end = match result {
            Ok(()) => JobEnd::Completed,
            Err(Failure::Timeout) if task.context.deadline < cx.now => JobEnd::Expired,
            Err(_) => JobEnd::Failed,
        };
        if let Origin::Delivery(_, _, Some(asked)) = origin
            && !answered
            && result.is_ok()
        {
            self.reply(task, asked, cx);
        }
        let Service { replicas, askers, index, .. } = self;
        let arrived = finish(*index, replicas, askers, task, end, result, cx);
        match origin {
            Origin::Call(..) if !answered => {
                // Whatever went wrong further down, to the caller it is an error of this service.
                let failure = if end == JobEnd::Expired { Failure::Timeout } else { Failure::Error };
                answer_in_line(task, result.map(|()| task.quality()).map_err(|_| failure), arrived, cx);
            }
            Origin::Delivery(subscription, tag, _) if !acked => {
                let consumer = &self.plan(cx).consumes[subscription as usize];
                let positive = result.is_ok();
                let requeue = consumer.on_failure == OnFailure::Requeue;
                let delay = if positive || !requeue { SimDuration::ZERO } else { consumer.nack_delay };
                let kind = MessageKind::Ack { positive };
                let replica = Some(task.replica as u16);
                let payload = Payload::Ack { tag, replica, positive, requeue };
                cx.send(Envelope { delay, ..Envelope::new(consumer.back, kind, payload, &task.context) });
            }
            Origin::Record(..) => {
                let task = *task;
                self.record_ended(&task, result.is_ok(), cx);
            }
            _ => {}
        }
    }
}

impl Task {
    /// What its answer is worth.
    pub(super) fn quality(&self) -> Answer {
        if self.degraded { Answer::Degraded } else { Answer::Full }
    }
}
