//! The call step: attempts, their answers and timeouts, retry, fallback.

use super::context::{Context, Waiter};
use super::network::{Answer, Payload, Post};
use super::operation::{Host, fail};
use super::retry;
use super::span::end_of;
use super::task::{Call, State};
use crate::base::{CallIx, SimTime};
use crate::observation::{CallResult, Failure, MessageKind, Observation, Observer, Scope};

/// The task begins a call and rests until it is over.
pub fn begin<H: Host, O: Observer>(host: &mut H, task: u32, step: CallIx, cx: &mut Context<O>) {
    cx.observe(Observation::CallStarted { edge: cx.plan.calls[step.at()].edge });
    host.core().tasks[task].call = Call { started: cx.now, ..Call::default() };
    host.rests(task, false, cx);
    attempt(host, task, step, cx);
}

/// Sends the next attempt.
pub fn attempt<H: Host, O: Observer>(host: &mut H, task: u32, step: CallIx, cx: &mut Context<O>) {
    let plan = &cx.plan.calls[step.at()];
    let core = host.core();
    let waiter = core.waits(task, State::Calling(step), cx);
    let record = &mut core.tasks[task];
    record.call.attempt += 1;
    record.call.sent = cx.now;
    let (attempt, mut baggage) = (record.call.attempt, record.baggage);
    cx.observe(Observation::Attempted { edge: plan.edge, attempt });
    cx.begin_span(Scope::Attempt { edge: plan.edge, attempt }, &mut baggage);
    record.call.span = baggage.span;
    let replica = cx.directory.pick(plan.op, baggage.key, cx.plan);
    let times_out = plan.timeout.map_or(SimTime::NEVER, |timeout| cx.now + timeout);
    let payload = Payload::Request { call: step, op: plan.op, replica, caller: waiter };
    let post = Post::new(plan.out, MessageKind::Request, payload, baggage);
    cx.send(Post { attempt, times_out, ..post });
    if let Some(timeout) = plan.timeout {
        cx.wake_after(timeout, waiter);
    }
}

/// An answer came. One that nobody waits for any more changes nothing.
pub fn answered<H: Host, O: Observer>(
    host: &mut H,
    caller: Waiter,
    result: Result<Answer, Failure>,
    cx: &mut Context<O>,
) {
    if !cx.waits(caller) {
        return;
    }
    if let State::Calling(step) = host.core().tasks[caller.task].state {
        attempt_ended(host, caller.task, step, result, cx);
    }
}

/// The present attempt's result is known: go on, try again, fall back or fail.
pub fn attempt_ended<H: Host, O: Observer>(
    host: &mut H,
    task: u32,
    step: CallIx,
    result: Result<Answer, Failure>,
    cx: &mut Context<O>,
) {
    let plan = &cx.plan.calls[step.at()];
    let call = host.core().tasks[task].call;
    let seen = match result {
        Ok(_) => CallResult::Ok,
        Err(failure) => CallResult::Failed(failure),
    };
    cx.observe(Observation::AttemptEnded { edge: plan.edge, result: seen, sent: call.sent });
    cx.end_span(call.span, end_of(result.map(drop), result == Ok(Answer::Degraded)), false);
    if let Err(failure) = result
        && retry::tries_again(&plan.retry, call.attempt, failure)
    {
        let core = host.core();
        let wait = retry::draw(&plan.retry.backoff, call.attempt, call.backoff, &mut core.retry);
        core.tasks[task].call.backoff = Some(wait);
        let waiter = core.waits(task, State::BackingOff(step), cx);
        cx.wake_after(wait, waiter);
        return;
    }
    cx.observe(Observation::CallEnded { edge: plan.edge, result: seen, started: call.started });
    let core = host.core();
    core.ready(task, cx);
    match (result, plan.fallback) {
        (Ok(answer), _) => {
            core.tasks[task].pc = plan.next;
            core.tasks[task].degraded |= answer == Answer::Degraded;
        }
        (Err(_), Some(fallback)) => {
            core.tasks[task].pc = fallback;
            core.tasks[task].degraded = true;
        }
        (Err(_), None) => {}
    }
    host.stirs(task, false, cx);
    if let (Err(failure), None) = (result, plan.fallback) {
        fail(host, task, failure, cx);
    }
}
