//! The publish step: sends a message, and waits for the broker's confirm where that is asked for.

use crate::base::{PublishIx, SimTime};
use crate::engine::kernel::message::{Envelope, Payload};
use crate::engine::kernel::request_context::RequestContext;
use crate::engine::kernel::wake::WakeToken;
use crate::engine::runtime::context::Context;
use crate::engine::runtime::ending::fail;
use crate::engine::runtime::host::Host;
use crate::engine::runtime::span::end_of;
use crate::engine::runtime::steps::republish;
use crate::engine::runtime::task::State;
use crate::observation::{Failure, MessageKind, Observer, Scope, SpanEnd};

/// Sends a message. True if the task waits for the broker's confirm.
pub fn publish<H: Host, O: Observer>(host: &mut H, task: u32, step: PublishIx, cx: &mut Context<O>) -> bool {
    let plan = &cx.plan.publishes[step.at()];
    if let Some(guard) = &plan.guard {
        republish::begin(host, task, step, guard, cx);
        return true;
    }
    let runtime = host.runtime();
    let mut context = RequestContext {
        message: cx.new_message(),
        // Nobody waits for what becomes of a message.
        deadline: SimTime::NEVER,
        ..runtime.tasks[task].context
    };
    let (from, to) = (runtime.node(), cx.plan.links[plan.out.at()].to);
    cx.begin_span(Scope::Publish { from, to }, &mut context);
    runtime.tasks[task].call.span = context.span;
    let confirm = plan.confirm.then(|| runtime.wait(task, State::Confirming(step), cx));
    let payload = Payload::Publish { publish: step, confirm, publication: None };
    cx.send(Envelope::new(plan.out, MessageKind::Publish, payload, &context));
    runtime.tasks[task].dual_write.published(cx.plan.pairs.get(step.at()), confirm.is_some());
    match confirm {
        Some(_) => host.on_block(task, false, cx),
        None => cx.end_span(context.span, SpanEnd::Ok, false),
    }
    confirm.is_some()
}

/// The broker confirms what the task published, or refuses it.
pub fn confirmed<H: Host, O: Observer>(
    host: &mut H,
    publisher: WakeToken,
    accepted: bool,
    cx: &mut Context<O>,
) {
    if !cx.is_waiting(publisher) {
        return;
    }
    let runtime = host.runtime();
    let result = if accepted { Ok(()) } else { Err(Failure::Rejected) };
    if let State::Confirming(step) = runtime.tasks[publisher.task].state
        && let Some(guard) = &cx.plan.publishes[step.at()].guard
    {
        return republish::ended(host, publisher.task, step, guard, result, cx);
    }
    cx.end_span(runtime.tasks[publisher.task].call.span, end_of(result, false), false);
    runtime.ready(publisher.task);
    host.on_unblock(publisher.task, false, cx);
    host.runtime().tasks[publisher.task].dual_write.confirmed(accepted);
    if !accepted {
        fail(host, publisher.task, Failure::Rejected, cx);
    }
}
