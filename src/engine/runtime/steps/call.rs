//! The call step: it alone sends, waits and fails, as the [chain](super::policy::chain) of the call's policies says.
//!
//! A call is one or more attempts, an attempt is a request and its hedges. A call without policies that remember
//! anything has no ticket among them, and pays for none.

use crate::base::{CallIx, HealthIx, SimTime};
use crate::engine::kernel::event::Address;
use crate::engine::kernel::message::{Answer, Envelope, Payload};
use crate::engine::kernel::network::Reply;
use crate::engine::kernel::request_context::RequestContext;
use crate::engine::kernel::slab::Slot;
use crate::engine::kernel::wake::WakeToken;
use crate::engine::runtime::context::Context;
use crate::engine::runtime::ending::fail;
use crate::engine::runtime::event::TaskEvent;
use crate::engine::runtime::host::Host;
use crate::engine::runtime::policy::{Attempt, Policy, Refusal, Verdict, chain};
use crate::engine::runtime::span::end_of;
use crate::engine::runtime::task::{Call, State, Task};
use crate::engine::runtime::task_runtime::TaskRuntime;
use crate::engine::runtime::upkeep::{give_back, let_others_go_on, tell};
use crate::observation::{CallResult, Failure, HostFact, MessageKind, Observation, Observer, Scope};
use crate::scenario::CallPlan;

/// The task begins a call and rests until it is over.
#[inline(always)]
pub fn begin<H: Host, O: Observer>(host: &mut H, task: u32, step: CallIx, cx: &mut Context<O>) {
    let plan = &cx.plan.calls[step.at()];
    cx.observe(Observation::CallStarted { edge: plan.edge });
    let runtime = host.runtime();
    runtime.tasks[task].call = Call { started: cx.now, ..Call::default() };
    if let Some(policies) = &plan.policies {
        runtime.tasks[task].call.ticket = runtime.policies.begin(task, policies, cx.plan, cx.now);
    }
    host.on_block(task, false, cx);
    attempt_in_line(host, task, step, plan, cx);
}

/// The backoff is over: the next attempt begins.
pub fn attempt<H: Host, O: Observer>(host: &mut H, task: u32, step: CallIx, cx: &mut Context<O>) {
    attempt_in_line(host, task, step, &cx.plan.calls[step.at()], cx);
}

/// Begins the next attempt, if the call's policies let it.
#[inline(always)]
fn attempt_in_line<H: Host, O: Observer>(
    host: &mut H,
    task: u32,
    step: CallIx,
    plan: &CallPlan,
    cx: &mut Context<O>,
) {
    let runtime = host.runtime();
    let record = &mut runtime.tasks[task];
    record.call.attempt += 1;
    let attempt = record.attempt(cx.now);
    let mut verdict = record.call.retry.waited(&plan.retry, &attempt);
    if let (Verdict::Granted(()), Some(policies)) = (verdict, &plan.policies) {
        verdict = runtime.policies.admit(policies, cx.plan, &attempt, &mut |notice| tell(notice, cx));
    }
    act(host, task, step, plan, verdict, cx);
}

/// The wait that a policy asked for is over.
pub fn waited<H: Host, O: Observer>(host: &mut H, task: u32, step: CallIx, cx: &mut Context<O>) {
    let plan = &cx.plan.calls[step.at()];
    let Some(policies) = &plan.policies else { return };
    let runtime = host.runtime();
    let attempt = runtime.tasks[task].attempt(cx.now);
    let verdict = runtime.policies.go_on(policies, cx.plan, &attempt, &mut |notice| tell(notice, cx));
    act(host, task, step, plan, verdict, cx);
}

/// Does what the policies say of an attempt that is to be sent.
#[inline(always)]
fn act<H: Host, O: Observer>(
    host: &mut H,
    task: u32,
    step: CallIx,
    plan: &CallPlan,
    verdict: Verdict<()>,
    cx: &mut Context<O>,
) {
    match verdict {
        Verdict::Granted(()) => send(host, task, step, plan, cx),
        Verdict::WaitUntil(until) => {
            let token = host.runtime().wait(task, State::Permitting(step), cx);
            cx.wake_after(until.since(cx.now), token);
        }
        Verdict::Refused(refusal) => refuse(host, task, plan, refusal, cx),
    }
}

/// The attempt is not made, and the call is over.
#[inline(never)]
fn refuse<H: Host, O: Observer>(
    host: &mut H,
    task: u32,
    plan: &CallPlan,
    refusal: Refusal,
    cx: &mut Context<O>,
) {
    let Some(failure) = refusal.failure() else { unreachable!("this refuses no attempt that is due") };
    if refusal != Refusal::TimedOut {
        cx.observe(Observation::NotPermitted { edge: plan.edge, reason: failure });
    }
    let runtime = host.runtime();
    if let Some(policies) = &plan.policies {
        give_back(runtime, task, policies, cx);
    }
    let started = runtime.tasks[task].call.started;
    over(host, task, plan, started, Err(failure), cx);
}

/// Sends the attempt's first request.
#[inline(always)]
fn send<H: Host, O: Observer>(host: &mut H, task: u32, step: CallIx, plan: &CallPlan, cx: &mut Context<O>) {
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
    if let Some(hedge) = chain::hedge_of(plan) {
        let next = runtime.policies.sent(hedge, &runtime.tasks[task].attempt(cx.now), true);
        hedge_at(next, runtime.address, token, cx);
    }
}

/// Sends a request of the present attempt; says when the caller stops waiting for that.
#[inline(always)]
fn request<O: Observer>(
    record: &mut Task,
    token: WakeToken,
    step: CallIx,
    plan: &CallPlan,
    cx: &mut Context<O>,
) -> SimTime {
    let times_out = chain::times_out(plan, &record.attempt(record.call.sent));
    let replica = cx.directory.pick(plan, record.context.key, &mut record.call.requests, cx.plan);
    let payload = Payload::Request { call: step, op: plan.op, replica, caller: token };
    let within_attempt = RequestContext { span: record.call.span, ..record.context };
    let context = if O::SPANS { &within_attempt } else { &record.context };
    let envelope = Envelope::new(plan.out, MessageKind::Request, payload, context);
    cx.send_in_line(Envelope { attempt: record.call.attempt, times_out, ..envelope });
    times_out
}

/// Plans the next hedge, if there is to be one.
fn hedge_at<O: Observer>(at: SimTime, host: Address<TaskEvent>, token: WakeToken, cx: &mut Context<O>) {
    if at != SimTime::NEVER {
        let WakeToken { task, generation, .. } = token;
        cx.after(at.since(cx.now), host, TaskEvent::Hedge { task, generation });
    }
}

/// The attempt has been out for long: asks again. Which request is answered first counts.
pub fn hedge<H: Host, O: Observer>(host: &mut H, task: u32, cx: &mut Context<O>) {
    let runtime = host.runtime();
    let State::Calling(step) = runtime.tasks[task].state else { return };
    let plan = &cx.plan.calls[step.at()];
    let Some(hedge) = chain::hedge_of(plan) else { return };
    let token = cx.generations.present(runtime.address.narrow(), task);
    cx.observe(Observation::Hedged { edge: plan.edge });
    request(&mut runtime.tasks[task], token, step, plan, cx);
    let next = runtime.policies.sent(hedge, &runtime.tasks[task].attempt(cx.now), false);
    hedge_at(next, runtime.address, token, cx);
}

/// An answer came. One that nobody waits for any more changes nothing: it was made for nobody.
pub fn answered<H: Host, O: Observer>(host: &mut H, reply: &Reply, cx: &mut Context<O>) {
    let Reply { caller, result, .. } = *reply;
    if !cx.is_waiting(caller) {
        return cx.in_vain(reply.arrived, reply.span, reply.link);
    }
    let runtime = host.runtime();
    let Task { state: State::Calling(step), call, .. } = runtime.tasks[caller.task] else { return };
    if let Some(policies) = &cx.plan.calls[step.at()].policies
        && let (Some(health), Some(requests)) = (policies.health, call.requests)
    {
        heard(health, requests, reply, cx);
    }
    match result {
        Ok(answer) => attempt_ended(host, caller.task, step, Ok(answer), cx),
        Err(_)
            if chain::hedge_of(&cx.plan.calls[step.at()]).is_some()
                && runtime.policies.others_are_out(call.ticket) =>
        {
            if let Some(requests) = call.requests {
                cx.directory.request_failed(requests, cx.plan.calls[step.at()].op, reply.replica);
            }
        }
        Err(failure) => attempt_failed(host, caller.task, step, failure, cx),
    }
}

/// The caller learns what became of one of its requests, and what that says of the replica.
#[cold]
#[inline(never)]
fn heard<O: Observer>(health: HealthIx, requests: Slot, reply: &Reply, cx: &mut Context<O>) {
    cx.directory.heard(requests, reply.replica);
    // A rate limit is no sign of illness.
    let failed = reply.result.is_err_and(|failure| failure != Failure::RateLimited);
    judge(health, reply.replica, failed, cx);
}

/// The caller waits no longer for what it has out: that says something of the replicas too.
#[cold]
#[inline(never)]
fn give_up<O: Observer>(health: HealthIx, requests: Slot, cx: &mut Context<O>) {
    while let Some(replica) = cx.directory.give_up(requests) {
        judge(health, replica, true, cx);
    }
}

fn judge<O: Observer>(health: HealthIx, replica: u32, failed: bool, cx: &mut Context<O>) {
    if cx.directory.result(health, replica, failed, cx.now, cx.plan) {
        cx.observe(Observation::Host { health, replica, what: HostFact::Ejected });
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
    if failure == Failure::Timeout
        && let Some(policies) = &cx.plan.calls[step.at()].policies
        && let (Some(health), Some(requests)) = (policies.health, host.runtime().tasks[task].call.requests)
    {
        give_up(health, requests, cx);
    }
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
        let ended = chain::ended(plan, result.err(), cx.now);
        runtime.policies.result(call.ticket, policies, cx.plan, &ended, &mut |notice| tell(notice, cx));
        let_others_go_on(runtime, policies, cx);
    }
    if let Err(failure) = result
        && let Verdict::WaitUntil(until) = again(runtime, task, plan, failure, cx)
    {
        if let Some(requests) = call.requests {
            cx.directory.attempt_ended(requests, plan.op);
        }
        let token = runtime.wait(task, State::BackingOff(step), cx);
        cx.wake_after(until.since(cx.now), token);
        return;
    }
    over(host, task, plan, call.started, result, cx);
}

/// Whether, and after which wait, a failed attempt is followed by another.
fn again<O: Observer>(
    runtime: &mut TaskRuntime,
    task: u32,
    plan: &CallPlan,
    failure: Failure,
    cx: &mut Context<O>,
) -> Verdict<()> {
    let TaskRuntime { tasks, policies, retry: stream, .. } = runtime;
    let record = &mut tasks[task];
    let attempt = record.attempt(cx.now);
    let next = Attempt { number: attempt.number + 1, failed: Some(failure), ..attempt };
    policies.again(&mut record.call.retry, plan, cx.plan, &next, stream)
}

fn seen(result: Result<Answer, Failure>) -> CallResult {
    match result {
        Ok(_) => CallResult::Ok,
        Err(failure) => CallResult::Failed(failure),
    }
}

/// The call is over: the task goes on, falls back or fails.
#[inline(always)]
fn over<H: Host, O: Observer>(
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
        runtime.policies.end(runtime.tasks[task].call.ticket, policies, cx.plan, cx.now);
    }
    let record = runtime.ready(task);
    if let Some(requests) = record.call.requests {
        record.call.requests = None;
        cx.directory.call_ended(requests, plan.op);
    }
    let mut fails = None;
    match result {
        Ok(answer) => {
            record.pc = plan.next;
            record.degraded |= answer == Answer::Degraded;
        }
        Err(failure) => match chain::fallback(plan, &record.attempt(cx.now)) {
            Some(fallback) => {
                record.pc = fallback;
                record.degraded = true;
            }
            None => fails = Some(failure),
        },
    }
    host.on_unblock(task, false, cx);
    if let Some(failure) = fails {
        fail(host, task, failure, cx);
    }
}

impl Task {
    /// Its call's present attempt, as the call's policies see it.
    #[inline(always)]
    fn attempt(&self, now: SimTime) -> Attempt {
        let Call { ticket, attempt: number, .. } = self.call;
        Attempt { now, ticket, number, failed: None, deadline: self.context.deadline }
    }
}
