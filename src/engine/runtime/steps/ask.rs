//! The ask step: a request over one queue and its reply over another, correlated by who waits.
//!
//! Whatever service consumes the request's queue answers when its operation ends well or responds. A failed
//! operation gives the request back to its queue instead; who asked learns nothing of it but the timeout. A reply
//! that comes when nobody waits any more is refused for good: its queue drops it (or dead-letters it) and counts it.

use crate::base::{AskIx, QueueIx, ServiceIx, SimTime};
use crate::engine::kernel::message::{Answer, Asker, Envelope, Message, Payload};
use crate::engine::kernel::request_context::RequestContext;
use crate::engine::kernel::slab::Slot;
use crate::engine::runtime::context::Context;
use crate::engine::runtime::ending::fail;
use crate::engine::runtime::host::Host;
use crate::engine::runtime::span::end_of;
use crate::engine::runtime::task::State;
use crate::observation::{Failure, MessageKind, Observer, Scope, SpanEnd};

/// The task sends its request and rests until the reply comes or the timeout is over. Its span lasts as long.
pub fn begin<H: Host, O: Observer>(host: &mut H, task: u32, step: AskIx, cx: &mut Context<O>) {
    let plan = &cx.plan.asks[step.at()];
    let runtime = host.runtime();
    let token = runtime.wait(task, State::Asking(step), cx);
    let mut context =
        RequestContext { message: cx.new_message(), deadline: SimTime::NEVER, ..runtime.tasks[task].context };
    let (from, to) = (runtime.node(), cx.plan.links[plan.out.at()].to);
    cx.begin_span(Scope::Publish { from, to }, &mut context);
    runtime.tasks[task].call.span = context.span;
    let asker = Asker { ask: step, task: Slot::new(task), generation: token.generation };
    let times_out = plan.timeout.map_or(SimTime::NEVER, |timeout| cx.now + timeout);
    let envelope = Envelope::new(plan.out, MessageKind::Publish, Payload::Ask { asker }, &context);
    cx.send(Envelope { times_out, ..envelope });
    if let Some(timeout) = plan.timeout {
        cx.wake_after(timeout, token);
    }
    host.on_block(task, false, cx);
}

/// A reply arrived: acknowledged where somebody still waits for it, refused for good where nobody does. Then it was made
/// for nobody.
pub fn answered<H: Host, O: Observer>(host: &mut H, message: &Message, cx: &mut Context<O>) {
    let Payload::Answered { asker, answer, tag, service, arrived } = message.payload else {
        message.payload.misdelivered()
    };
    let runtime = host.runtime();
    let positive = asker.is_waiting(cx.generations, cx.plan);
    let payload = Payload::Ack { tag, replica: None, positive, requeue: false };
    let link = cx.plan.asks[asker.ask.at()].back;
    cx.send(Envelope::new(link, MessageKind::Ack { positive }, payload, &message.context));
    if !positive {
        cx.in_vain_by(ServiceIx(service.into()), arrived, message.context.span);
    } else {
        let task = asker.task.number();
        let degraded = answer == Answer::Degraded;
        cx.end_span(runtime.tasks[task].call.span, end_of(Ok(()), degraded), false);
        runtime.tasks[task].degraded |= degraded;
        runtime.ready(task);
        host.on_unblock(task, false, cx);
    }
}

/// The timeout is over.
pub fn timed_out<H: Host, O: Observer>(host: &mut H, task: u32, cx: &mut Context<O>) {
    over(host, task, Failure::Timeout, cx);
}

/// No reply will be taken any more.
fn over<H: Host, O: Observer>(host: &mut H, task: u32, failure: Failure, cx: &mut Context<O>) {
    let runtime = host.runtime();
    cx.end_span(runtime.tasks[task].call.span, SpanEnd::Failed(failure), false);
    runtime.ready(task);
    host.on_unblock(task, false, cx);
    fail(host, task, failure, cx);
}

/// One of the queues of some steps was taken out of the running system: who waits for a reply over them, fails.
pub fn fail_what_cannot_be_answered<H: Host, O: Observer>(host: &mut H, cx: &mut Context<O>) {
    let waits = |state: State| match state {
        State::Asking(step) => {
            let plan = &cx.plan.asks[step.at()];
            let is_gone = |queue: QueueIx| !cx.plan.has(cx.plan.queues[queue.at()].node);
            is_gone(plan.via) || is_gone(plan.reply_via)
        }
        _ => false,
    };
    let tasks = host.runtime().tasks.iter().filter(|(_, task)| waits(task.state));
    let slots: Vec<u32> = tasks.map(|(slot, _)| slot).collect();
    for slot in slots {
        // One may have ended with another of its operation.
        if host.runtime().tasks.get(slot).is_some_and(|task| matches!(task.state, State::Asking(_))) {
            over(host, slot, Failure::Unavailable, cx);
        }
    }
}
