//! The call step: attempts, their answers and timeouts, hedges, retry, fallback.

use crate::base::{CallIx, SimTime};
use crate::engine::kernel::event::Event;
use crate::engine::kernel::network::{Answer, Payload, Post};
use crate::engine::kernel::request_context::Baggage;
use crate::engine::runtime::context::{Context, Waiter};
use crate::engine::runtime::interpreter::{Host, fail};
use crate::engine::runtime::policy::chain;
use crate::engine::runtime::policy::retry;
use crate::engine::runtime::span::end_of;
use crate::engine::runtime::task::{Call, State, Task};
use crate::engine::runtime::task_runtime::Core;
use crate::observation::{CallResult, Failure, MessageKind, Observation, Observer, Scope};
use crate::scenario::{CallPlan, HedgePlan};

/// The task begins a call and rests until it is over.
#[inline(always)]
pub fn begin<H: Host, O: Observer>(host: &mut H, task: u32, step: CallIx, cx: &mut Context<O>) {
    let plan = &cx.plan.calls[step.at()];
    cx.observe(Observation::CallStarted { edge: plan.edge });
    host.core().tasks[task].call = Call { started: cx.now, ..Call::default() };
    if let Some(policies) = &plan.policies {
        chain::begin(host.core(), task, policies);
    }
    host.rests(task, false, cx);
    attempt(host, task, step, plan, cx);
}

/// Begins the next attempt: sends it, or asks the policies for permission.
#[inline(always)]
pub fn attempt<H: Host, O: Observer>(
    host: &mut H,
    task: u32,
    step: CallIx,
    plan: &CallPlan,
    cx: &mut Context<O>,
) {
    let record = &mut host.core().tasks[task];
    record.call.attempt += 1;
    if record.baggage.deadline <= cx.now {
        // The wait before this retry ended with the request's time.
        return over(host, task, step, Err(Failure::Timeout), cx);
    }
    match &plan.policies {
        Some(policies) => chain::ask(host, task, step, policies, cx),
        None => send(host, task, step, plan, cx),
    }
}

/// A wait for permission is over by the clock.
pub fn permitted<H: Host, O: Observer>(host: &mut H, task: u32, step: CallIx, cx: &mut Context<O>) {
    let plan = &cx.plan.calls[step.at()];
    let Some(policies) = &plan.policies else { return };
    match host.core().tasks[task].state {
        State::Metered(_) => chain::enter(host, task, step, policies, cx),
        State::Queueing(_) => chain::refuse(host, task, step, policies, Failure::BulkheadFull, cx),
        _ => send(host, task, step, plan, cx),
    }
}

/// Sends the attempt's first request.
#[inline(always)]
pub fn send<H: Host, O: Observer>(
    host: &mut H,
    task: u32,
    step: CallIx,
    plan: &CallPlan,
    cx: &mut Context<O>,
) {
    let core = host.core();
    let (waiter, record) = core.enters(task, State::Calling(step), cx);
    record.call.sent = cx.now;
    let attempt = record.call.attempt;
    cx.observe(Observation::Attempted { edge: plan.edge, attempt });
    if O::SPANS {
        let mut baggage = record.baggage;
        cx.begin_span(Scope::Attempt { edge: plan.edge, attempt }, &mut baggage);
        record.call.span = baggage.span;
    }
    let times_out = request(record, waiter, step, plan, cx);
    if times_out != SimTime::NEVER {
        cx.wake_after(times_out.since(cx.now), waiter);
    }
    if let Some(hedge) = hedge_of(plan) {
        chain::sent(core, task, false);
        ask_again_after(hedge, waiter, cx);
    }
}

/// Sends a request of the present attempt; says when the caller stops waiting.
#[inline(always)]
fn request<O: Observer>(
    record: &Task,
    waiter: Waiter,
    step: CallIx,
    plan: &CallPlan,
    cx: &mut Context<O>,
) -> SimTime {
    let timeout = plan.timeout.map_or(SimTime::NEVER, |timeout| record.call.sent + timeout);
    let times_out = timeout.min(record.baggage.deadline);
    let replica = cx.directory.pick(plan.op, record.baggage.key, cx.plan);
    let payload = Payload::Request { call: step, op: plan.op, replica, caller: waiter };
    let within_attempt = Baggage { span: record.call.span, ..record.baggage };
    let baggage = if O::SPANS { &within_attempt } else { &record.baggage };
    let post = Post::new(plan.out, MessageKind::Request, payload, baggage);
    cx.send_in_line(Post { attempt: record.call.attempt, times_out, ..post });
    times_out
}

fn hedge_of(plan: &CallPlan) -> Option<&HedgePlan> {
    plan.policies.as_ref().and_then(|policies| policies.hedge.as_ref())
}

fn ask_again_after<O: Observer>(hedge: &HedgePlan, waiter: Waiter, cx: &mut Context<O>) {
    let Waiter { node, task, turn } = waiter;
    cx.after(hedge.after, Event::Hedge { node, task, turn });
}

/// The attempt has been out for long: asks again. Which request is answered first counts.
pub fn hedge<H: Host, O: Observer>(host: &mut H, task: u32, cx: &mut Context<O>) {
    let core = host.core();
    let State::Calling(step) = core.tasks[task].state else { return };
    let plan = &cx.plan.calls[step.at()];
    // The plan may have lost its hedge since.
    let Some(hedge) = hedge_of(plan) else { return };
    let waiter = Waiter { node: core.node, task, turn: cx.turns.of(core.node, task) };
    cx.observe(Observation::Hedged { edge: plan.edge });
    request(&core.tasks[task], waiter, step, plan, cx);
    if chain::sent(core, task, true) < hedge.max {
        ask_again_after(hedge, waiter, cx);
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
    let State::Calling(step) = host.core().tasks[caller.task].state else { return };
    match result {
        Ok(answer) => attempt_ended(host, caller.task, step, Ok(answer), cx),
        Err(_)
            if hedge_of(&cx.plan.calls[step.at()]).is_some()
                && chain::others_are_out(host.core(), caller.task) => {}
        Err(failure) => attempt_failed(host, caller.task, step, failure, cx),
    }
}

/// The present attempt has failed. Out of line: where all is well, nothing of it is in the way.
#[inline(never)]
pub fn attempt_failed<H: Host, O: Observer>(
    host: &mut H,
    task: u32,
    step: CallIx,
    failure: Failure,
    cx: &mut Context<O>,
) {
    attempt_ended(host, task, step, Err(failure), cx);
}

/// The present attempt's result is known: go on, try again, fall back or fail.
#[inline(always)]
fn attempt_ended<H: Host, O: Observer>(
    host: &mut H,
    task: u32,
    step: CallIx,
    result: Result<Answer, Failure>,
    cx: &mut Context<O>,
) {
    let plan = &cx.plan.calls[step.at()];
    let core = host.core();
    let call = core.tasks[task].call;
    cx.observe(Observation::AttemptEnded { edge: plan.edge, result: seen(result), sent: call.sent });
    cx.end_span(call.span, end_of(result.map(drop), result == Ok(Answer::Degraded)), false);
    if let Some(policies) = &plan.policies {
        chain::attempt_over(core, task, policies, result, cx);
    }
    if let Err(failure) = result
        && tries_again(core, task, plan, failure, cx)
    {
        let wait = retry::draw(&plan.retry.backoff, call.attempt, call.backoff, &mut core.retry);
        core.tasks[task].call.backoff = Some(wait);
        let wait = wait.min(core.tasks[task].baggage.deadline.since(cx.now));
        let waiter = core.waits(task, State::BackingOff(step), cx);
        cx.wake_after(wait, waiter);
        return;
    }
    go_on(host, task, plan, call.started, result, cx);
}

/// Whether a failed attempt is followed by another.
fn tries_again<O: Observer>(
    core: &mut Core,
    task: u32,
    plan: &CallPlan,
    failure: Failure,
    cx: &mut Context<O>,
) -> bool {
    let Call { attempt, .. } = core.tasks[task].call;
    retry::tries_again(&plan.retry, attempt, failure)
        && core.tasks[task].baggage.deadline > cx.now
        && plan.policies.as_ref().is_none_or(|policies| chain::may_retry(core, task, policies, cx.plan))
}

fn seen(result: Result<Answer, Failure>) -> CallResult {
    match result {
        Ok(_) => CallResult::Ok,
        Err(failure) => CallResult::Failed(failure),
    }
}

/// The call is over: the task goes on, falls back or fails.
#[inline(never)]
pub fn over<H: Host, O: Observer>(
    host: &mut H,
    task: u32,
    step: CallIx,
    result: Result<Answer, Failure>,
    cx: &mut Context<O>,
) {
    let plan = &cx.plan.calls[step.at()];
    let started = host.core().tasks[task].call.started;
    go_on(host, task, plan, started, result, cx);
}

#[inline(always)]
fn go_on<H: Host, O: Observer>(
    host: &mut H,
    task: u32,
    plan: &CallPlan,
    started: SimTime,
    result: Result<Answer, Failure>,
    cx: &mut Context<O>,
) {
    cx.observe(Observation::CallEnded { edge: plan.edge, result: seen(result), started });
    let core = host.core();
    if let Some(policies) = &plan.policies {
        chain::end(core, task, policies);
    }
    let record = core.ready(task);
    match (result, plan.fallback) {
        (Ok(answer), _) => {
            record.pc = plan.next;
            record.degraded |= answer == Answer::Degraded;
        }
        (Err(_), Some(fallback)) => {
            record.pc = fallback;
            record.degraded = true;
        }
        (Err(_), None) => {}
    }
    host.stirs(task, false, cx);
    if let (Err(failure), None) = (result, plan.fallback) {
        fail(host, task, failure, cx);
    }
}
