//! The call step: attempts, their answers and timeouts, hedges, retry, fallback.

use crate::base::{CallIx, SimTime};
use crate::engine::kernel::event::Event;
use crate::engine::kernel::network::{Answer, Envelope, Payload};
use crate::engine::kernel::request_context::RequestContext;
use crate::engine::runtime::context::{Context, WakeToken};
use crate::engine::runtime::ending::fail;
use crate::engine::runtime::host::Host;
use crate::engine::runtime::policy::chain;
use crate::engine::runtime::policy::retry;
use crate::engine::runtime::span::end_of;
use crate::engine::runtime::task::{Call, State, Task};
use crate::engine::runtime::task_runtime::TaskRuntime;
use crate::observation::{CallResult, Failure, MessageKind, Observation, Observer, Scope};
use crate::scenario::{CallPlan, HedgePlan};

/// The task begins a call and rests until it is over.
#[inline(always)]
pub fn begin<H: Host, O: Observer>(host: &mut H, task: u32, step: CallIx, cx: &mut Context<O>) {
    let plan = &cx.plan.calls[step.at()];
    cx.observe(Observation::CallStarted { edge: plan.edge });
    host.runtime().tasks[task].call = Call { started: cx.now, ..Call::default() };
    if let Some(policies) = &plan.policies {
        chain::begin(host.runtime(), task, policies);
    }
    host.on_block(task, false, cx);
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
    let record = &mut host.runtime().tasks[task];
    record.call.attempt += 1;
    if record.context.deadline <= cx.now {
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
    match host.runtime().tasks[task].state {
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
    let runtime = host.runtime();
    let (token, record) = runtime.begin_wait(task, State::Calling(step), cx);
    record.call.sent = cx.now;
    let attempt = record.call.attempt;
    cx.observe(Observation::Attempted { edge: plan.edge, attempt });
    if O::SPANS {
        let mut context = record.context;
        cx.begin_span(Scope::Attempt { edge: plan.edge, attempt }, &mut context);
        record.call.span = context.span;
    }
    let times_out = request(record, token, step, plan, cx);
    if times_out != SimTime::NEVER {
        cx.wake_after(times_out.since(cx.now), token);
    }
    if let Some(hedge) = hedge_of(plan) {
        chain::sent(runtime, task, false);
        ask_again_after(hedge, token, cx);
    }
}

/// Sends a request of the present attempt; says when the caller stops waiting.
#[inline(always)]
fn request<O: Observer>(
    record: &Task,
    token: WakeToken,
    step: CallIx,
    plan: &CallPlan,
    cx: &mut Context<O>,
) -> SimTime {
    let timeout = plan.timeout.map_or(SimTime::NEVER, |timeout| record.call.sent + timeout);
    let times_out = timeout.min(record.context.deadline);
    let replica = cx.directory.pick(plan.op, record.context.key, cx.plan);
    let payload = Payload::Request { call: step, op: plan.op, replica, caller: token };
    let within_attempt = RequestContext { span: record.call.span, ..record.context };
    let context = if O::SPANS { &within_attempt } else { &record.context };
    let envelope = Envelope::new(plan.out, MessageKind::Request, payload, context);
    cx.send_in_line(Envelope { attempt: record.call.attempt, times_out, ..envelope });
    times_out
}

fn hedge_of(plan: &CallPlan) -> Option<&HedgePlan> {
    plan.policies.as_ref().and_then(|policies| policies.hedge.as_ref())
}

fn ask_again_after<O: Observer>(hedge: &HedgePlan, token: WakeToken, cx: &mut Context<O>) {
    let WakeToken { node, task, generation } = token;
    cx.after(hedge.after, Event::Hedge { node, task, generation });
}

/// The attempt has been out for long: asks again. Which request is answered first counts.
pub fn hedge<H: Host, O: Observer>(host: &mut H, task: u32, cx: &mut Context<O>) {
    let runtime = host.runtime();
    let State::Calling(step) = runtime.tasks[task].state else { return };
    let plan = &cx.plan.calls[step.at()];
    // The plan may have lost its hedge since.
    let Some(hedge) = hedge_of(plan) else { return };
    let token = WakeToken { node: runtime.node, task, generation: cx.generations.of(runtime.node, task) };
    cx.observe(Observation::Hedged { edge: plan.edge });
    request(&runtime.tasks[task], token, step, plan, cx);
    if chain::sent(runtime, task, true) < hedge.max {
        ask_again_after(hedge, token, cx);
    }
}

/// An answer came. One that nobody waits for any more changes nothing.
pub fn answered<H: Host, O: Observer>(
    host: &mut H,
    caller: WakeToken,
    result: Result<Answer, Failure>,
    cx: &mut Context<O>,
) {
    if !cx.is_waiting(caller) {
        return;
    }
    let State::Calling(step) = host.runtime().tasks[caller.task].state else { return };
    match result {
        Ok(answer) => attempt_ended(host, caller.task, step, Ok(answer), cx),
        Err(_)
            if hedge_of(&cx.plan.calls[step.at()]).is_some()
                && chain::others_are_out(host.runtime(), caller.task) => {}
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
    let runtime = host.runtime();
    let call = runtime.tasks[task].call;
    cx.observe(Observation::AttemptEnded { edge: plan.edge, result: seen(result), sent: call.sent });
    cx.end_span(call.span, end_of(result.map(drop), result == Ok(Answer::Degraded)), false);
    if let Some(policies) = &plan.policies {
        chain::attempt_over(runtime, task, policies, result, cx);
    }
    if let Err(failure) = result
        && tries_again(runtime, task, plan, failure, cx)
    {
        let wait = retry::draw(&plan.retry.backoff, call.attempt, call.backoff, &mut runtime.retry);
        runtime.tasks[task].call.backoff = Some(wait);
        let wait = wait.min(runtime.tasks[task].context.deadline.since(cx.now));
        let token = runtime.wait(task, State::BackingOff(step), cx);
        cx.wake_after(wait, token);
        return;
    }
    go_on(host, task, plan, call.started, result, cx);
}

/// Whether a failed attempt is followed by another.
fn tries_again<O: Observer>(
    runtime: &mut TaskRuntime,
    task: u32,
    plan: &CallPlan,
    failure: Failure,
    cx: &mut Context<O>,
) -> bool {
    let Call { attempt, .. } = runtime.tasks[task].call;
    retry::tries_again(&plan.retry, attempt, failure)
        && runtime.tasks[task].context.deadline > cx.now
        && plan.policies.as_ref().is_none_or(|policies| chain::may_retry(runtime, task, policies, cx.plan))
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
    let started = host.runtime().tasks[task].call.started;
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
    let runtime = host.runtime();
    if let Some(policies) = &plan.policies {
        chain::end(runtime, task, policies);
    }
    let record = runtime.ready(task);
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
    host.on_unblock(task, false, cx);
    if let (Err(failure), None) = (result, plan.fallback) {
        fail(host, task, failure, cx);
    }
}
