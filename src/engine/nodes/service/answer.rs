//! Answers: what a job's end, or its early word, tells those who wait for it.

use super::Service;
use super::replica::Replica;
use crate::base::ServiceIx;
use crate::engine::kernel::network::{Answer, Payload, Post};
use crate::engine::kernel::request_context::Baggage;
use crate::engine::kernel::slab::Slab;
use crate::engine::nodes::queue::Tag;
use crate::engine::runtime::context::Context;
use crate::engine::runtime::span::end_of;
use crate::engine::runtime::steps::ask::Asker;
use crate::engine::runtime::task::{NONE, Origin, Task};
use crate::observation::{Failure, Fate, JobEnd, MessageKind, Observation, Observer, Scope, SpanEnd};

impl Service {
    /// Publishes the reply to who asked by a message.
    pub(super) fn reply<O: Observer>(&self, task: &Task, asked: u32, cx: &mut Context<O>) {
        let asker = self.askers[asked];
        let ways = &cx.plan.asks[asker.ask.at()].answers;
        let Some(&(_, link)) = ways.iter().find(|(service, _)| *service == self.index) else { return };
        let mut baggage = Baggage { message: cx.new_message(), ..task.baggage };
        let (from, to) = (self.core.node, cx.plan.links[link.at()].to);
        cx.begin_span(Scope::Publish { from, to }, &mut baggage);
        cx.end_span(baggage.span, SpanEnd::Ok, false);
        let payload = Payload::Answer { asker, answer: task.quality() };
        cx.send(Post::new(link, MessageKind::Publish, payload, &baggage));
    }

    /// Tells the queue that the task's message is done.
    pub(super) fn acknowledge<O: Observer>(
        &self,
        slot: u32,
        subscription: u32,
        tag: Tag,
        cx: &mut Context<O>,
    ) {
        let link = self.plan(cx).consumes[subscription as usize].back;
        let baggage = self.core.tasks[slot].baggage;
        let kind = MessageKind::Ack { positive: true };
        cx.send(Post::new(link, kind, Payload::Ack { tag, positive: true, requeue: false }, &baggage));
    }
}

/// Sends a caller its answer, or a reason instead.
#[inline(never)]
pub(super) fn answer<O: Observer>(task: &Task, result: Result<Answer, Failure>, cx: &mut Context<O>) {
    answer_in_line(task, result, cx);
}

/// The same in line, for the end of a job.
#[inline(always)]
pub(super) fn answer_in_line<O: Observer>(task: &Task, result: Result<Answer, Failure>, cx: &mut Context<O>) {
    let Origin::Call(caller, call) = task.origin else { return };
    let link = cx.plan.calls[call.at()].back;
    let payload = Payload::Reply { caller, result };
    match result {
        Ok(_) => cx.send_in_line(Post::new(link, MessageKind::Reply, payload, &task.baggage)),
        Err(failure) => {
            cx.send(Post::new(link, MessageKind::Failure(failure), payload, &task.baggage));
        }
    }
}

/// The job has left the system; counts it and settles its request.
#[inline(always)]
pub(super) fn finish<O: Observer>(
    service: ServiceIx,
    replicas: &mut [Replica],
    askers: &mut Slab<Asker>,
    task: &Task,
    end: JobEnd,
    result: Result<(), Failure>,
    cx: &mut Context<O>,
) {
    let replica = task.replica;
    replicas[replica as usize].in_system -= 1;
    let (mut wasted, mut is_request) = (task.wasted, false);
    if let Origin::Call(caller, _) = task.origin {
        is_request = true;
        wasted |= !task.answered && !cx.waits(caller);
        cx.directory.ended(service, replica);
    }
    if let Origin::Delivery(_, _, asked) = task.origin
        && asked != NONE
    {
        let asker = askers.remove(asked);
        wasted |= !task.answered && !cx.waits(asker.waiter(cx.plan));
    }
    let Task { op, arrived, waited, .. } = *task;
    cx.observe(Observation::Finished { service, replica, op, end, arrived, waited, wasted });
    let how = if end == JobEnd::Crashed { SpanEnd::Crashed } else { end_of(result, task.degraded) };
    cx.end_span(task.baggage.span, how, wasted);
    if is_request {
        let fate = if end == JobEnd::Crashed { Fate::Lost } else { Fate::Consumed };
        cx.observe(Observation::Settled { fate });
    }
}
