//! A publication whose publisher does not wait for ever: it stops waiting for the confirm, and sends the message again.
//!
//! The same policies as a call's decide on it: [`Retry`](crate::engine::runtime::policy::retry::Retry) whether there is
//! another attempt and after which wait, [`Timeout`] how long each is awaited. Every copy carries the number of the first,
//! so that a store knows a message again that was stored twice.

use crate::base::{PublishIx, SimTime};
use crate::engine::kernel::message::{Envelope, Payload};
use crate::engine::kernel::request_context::RequestContext;
use crate::engine::runtime::context::Context;
use crate::engine::runtime::ending::fail;
use crate::engine::runtime::host::Host;
use crate::engine::runtime::policy::timeout::Timeout;
use crate::engine::runtime::policy::{Attempt, Policy, Ticket, Verdict};
use crate::engine::runtime::span::end_of;
use crate::engine::runtime::task::{Call, State, Task};
use crate::engine::runtime::task_runtime::TaskRuntime;
use crate::observation::{Failure, MessageKind, Observation, Observer, Scope};
use crate::scenario::PublishGuard;

/// The task begins a publication, and rests until the broker has confirmed it or no attempt is left.
pub fn begin<H: Host, O: Observer>(
    host: &mut H,
    task: u32,
    step: PublishIx,
    guard: &PublishGuard,
    cx: &mut Context<O>,
) {
    let message = cx.new_message();
    let publication = cx.publications.begin(message);
    let record = &mut host.runtime().tasks[task];
    record.call = Call { started: cx.now, requests: Some(publication), ..Call::default() };
    record.dual_write.published(cx.plan.pairs.get(step.at()), true);
    host.on_block(task, false, cx);
    send(host.runtime(), task, step, guard, cx);
}

/// Sends the next copy.
fn send<O: Observer>(
    runtime: &mut TaskRuntime,
    task: u32,
    step: PublishIx,
    guard: &PublishGuard,
    cx: &mut Context<O>,
) {
    let plan = &cx.plan.publishes[step.at()];
    let (from, to) = (runtime.node(), cx.plan.links[plan.out.at()].to);
    let (token, record) = runtime.begin_wait(task, State::Confirming(step), cx);
    record.call.attempt += 1;
    let Some(publication) = record.call.requests else { return };
    let message = cx.publications.sent(publication);
    let mut context = RequestContext { message, deadline: SimTime::NEVER, ..record.context };
    let attempt = record.published(guard, cx.now);
    if attempt.number > 1 {
        cx.observe(Observation::Republished { to });
    }
    cx.begin_span(Scope::Publish { from, to }, &mut context);
    record.call.span = context.span;
    let times_out = Timeout.admit(&guard.timeout, &attempt).wait();
    let payload = Payload::Publish { publish: step, confirm: Some(token), publication: Some(publication) };
    let envelope = Envelope::new(plan.out, MessageKind::Publish, payload, &context);
    cx.send(Envelope { attempt: attempt.number, times_out, ..envelope });
    if times_out != SimTime::NEVER {
        cx.wake_after(times_out.since(cx.now), token);
    }
}

/// The wait before the next attempt is over.
pub fn waited<H: Host, O: Observer>(host: &mut H, task: u32, step: PublishIx, cx: &mut Context<O>) {
    let Some(guard) = &cx.plan.publishes[step.at()].guard else { return };
    let runtime = host.runtime();
    let record = &mut runtime.tasks[task];
    let attempt = record.published(guard, cx.now);
    match record.call.retry.waited(&guard.retry, &attempt) {
        Verdict::Granted(()) => send(runtime, task, step, guard, cx),
        Verdict::WaitUntil(_) | Verdict::Refused(_) => over(host, task, Err(Failure::Timeout), cx),
    }
}

/// The confirm of an attempt is there, or no longer awaited: the task goes on, tries again or fails.
pub fn ended<H: Host, O: Observer>(
    host: &mut H,
    task: u32,
    step: PublishIx,
    guard: &PublishGuard,
    result: Result<(), Failure>,
    cx: &mut Context<O>,
) {
    let TaskRuntime { tasks, retry: stream, .. } = host.runtime();
    let record = &mut tasks[task];
    cx.end_span(record.call.span, end_of(result, false), false);
    if let Err(failure) = result {
        let ended = record.published(guard, cx.now);
        let next = Attempt { number: ended.number + 1, failed: Some(failure), ..ended };
        let retry = &mut record.call.retry;
        if let Verdict::Granted(()) = retry.admit(&guard.retry, &next) {
            let backoff = retry.back_off(&guard.retry.backoff, ended.number, stream);
            let until = (cx.now + backoff).min(next.deadline);
            let token = host.runtime().wait(task, State::Republishing(step), cx);
            return cx.wake_after(until.since(cx.now), token);
        }
    }
    over(host, task, result, cx);
}

/// No confirm came in time.
pub fn timed_out<H: Host, O: Observer>(host: &mut H, task: u32, step: PublishIx, cx: &mut Context<O>) {
    if let Some(guard) = &cx.plan.publishes[step.at()].guard {
        ended(host, task, step, guard, Err(Failure::Timeout), cx);
    }
}

/// No attempt follows.
fn over<H: Host, O: Observer>(host: &mut H, task: u32, result: Result<(), Failure>, cx: &mut Context<O>) {
    let publication = host.runtime().tasks[task].call.requests.take();
    let held = publication.is_some_and(|publication| cx.publications.end(publication));
    host.runtime().ready(task);
    host.on_unblock(task, false, cx);
    // Of what was not confirmed the publisher knows nothing; whether an update is lost is another matter.
    host.runtime().tasks[task].dual_write.confirmed(result.is_ok() || held);
    if let Err(failure) = result {
        fail(host, task, failure, cx);
    }
}

impl Task {
    /// The present attempt to publish, as policies see it.
    fn published(&self, guard: &PublishGuard, now: SimTime) -> Attempt {
        let Call { started, attempt: number, .. } = self.call;
        let deadline = self.context.deadline.min(started + guard.within);
        Attempt { now, ticket: Ticket::default(), number, failed: None, deadline }
    }
}
