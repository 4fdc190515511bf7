//! Answers: what those who wait for a job are told, at its end or before.

use super::Service;
use super::replica::Replica;
use crate::base::{ServiceIx, SimTime};
use crate::engine::kernel::message::{Answer, Asker, DeliveryTag, Envelope, Payload};
use crate::engine::kernel::request_context::RequestContext;
use crate::engine::kernel::slab::{Slab, Slot};
use crate::engine::runtime::context::Context;
use crate::engine::runtime::span::end_of;
use crate::engine::runtime::task::{Origin, Task};
use crate::observation::{Failure, Fate, JobEnd, MessageKind, Observation, Observer, Scope, SpanEnd};

impl Service {
    /// Publishes the reply to who asked by a message.
    pub(super) fn reply<O: Observer>(&self, task: &Task, asked: Slot, cx: &mut Context<O>) {
        let asker = self.askers[asked.number()];
        // Where nobody waits by now, the job ends as wasted, and the answer says nothing of it any more.
        let is_waiting = asker.is_waiting(cx.generations, cx.plan);
        let arrived = if is_waiting { task.arrived } else { SimTime::NEVER };
        let ways = &cx.plan.asks[asker.ask.at()].answers;
        let Some(&(_, link)) = ways.iter().find(|(service, _)| *service == self.index) else { return };
        let mut context = RequestContext { message: cx.new_message(), ..task.context };
        let (from, to) = (self.runtime.node(), cx.plan.links[link.at()].to);
        cx.begin_span(Scope::Publish { from, to }, &mut context);
        cx.end_span(context.span, SpanEnd::Ok, false);
        let payload = Payload::Answer { asker, answer: task.quality(), arrived };
        cx.send(Envelope::new(link, MessageKind::Publish, payload, &context));
    }

    /// Tells the queue that the task's message is done.
    pub(super) fn acknowledge<O: Observer>(
        &self,
        slot: u32,
        subscription: u32,
        tag: DeliveryTag,
        cx: &mut Context<O>,
    ) {
        let link = self.plan(cx).consumes[subscription as usize].back;
        let Task { context, replica, .. } = self.runtime.tasks[slot];
        let kind = MessageKind::Ack { positive: true };
        let replica = Some(replica as u16);
        let payload = Payload::Ack { tag, replica, positive: true, requeue: false };
        cx.send(Envelope::new(link, kind, payload, &context));
    }
}

/// Sends a caller its answer, or a reason instead.
///
/// `arrived` is what [`Payload::Reply`] says.
#[inline(never)]
pub(super) fn answer<O: Observer>(
    task: &Task,
    result: Result<Answer, Failure>,
    arrived: SimTime,
    cx: &mut Context<O>,
) {
    answer_in_line(task, result, arrived, cx);
}

/// The same in line, for the end of a job.
#[inline(always)]
pub(super) fn answer_in_line<O: Observer>(
    task: &Task,
    result: Result<Answer, Failure>,
    arrived: SimTime,
    cx: &mut Context<O>,
) {
    let Origin::Call(caller, call) = task.origin else { return };
    let link = cx.plan.calls[call.at()].back;
    match result {
        Ok(_) => {
            let payload = Payload::Reply { caller, result, replica: task.replica, arrived };
            cx.send_in_line(Envelope::new(link, MessageKind::Reply, payload, &task.context));
        }
        Err(failure) => {
            let payload = Payload::Reply { caller, result, replica: task.replica, arrived };
            cx.send(Envelope::new(link, MessageKind::Failure(failure), payload, &task.context));
        }
    }
}

/// The job has left the system; counts it and settles its request. Gives what [`Payload::Reply`] says of the work that
/// the answer is worth.
#[inline(always)]
pub(super) fn finish<O: Observer>(
    service: ServiceIx,
    replicas: &mut [Replica],
    askers: &mut Slab<Asker>,
    task: &Task,
    end: JobEnd,
    result: Result<(), Failure>,
    cx: &mut Context<O>,
) -> SimTime {
    let replica = task.replica;
    replicas[replica as usize].in_system -= 1;
    let (mut wasted, mut is_request) = (task.wasted, false);
    if let Origin::Call(caller, _) = task.origin {
        is_request = true;
        wasted |= !task.answered && !cx.is_waiting(caller);
    }
    if let Origin::Delivery(_, _, Some(asked)) = task.origin {
        let asker = askers.remove(asked.number());
        wasted |= !task.answered && !asker.is_waiting(cx.generations, cx.plan);
    }
    let Task { op, arrived, waited, started, .. } = *task;
    // What never began is no work, and nobody has a use for what ends after its deadline.
    wasted = started && (wasted || end == JobEnd::Expired);
    cx.observe(Observation::Finished { service, replica, op, end, arrived, waited, wasted });
    let how = if end == JobEnd::Crashed { SpanEnd::Crashed } else { end_of(result, task.degraded) };
    cx.end_span(task.context.span, how, wasted);
    if is_request {
        let fate = match end {
            JobEnd::Crashed if cx.plan.has(cx.plan.services[service.at()].node) => Fate::Lost,
            JobEnd::Crashed => Fate::Removed,
            _ => Fate::Consumed,
        };
        cx.observe(Observation::Settled { fate });
    }
    if started && !wasted { arrived } else { SimTime::NEVER }
}
