//! The interpreter: runs the instructions of tasks until each waits or ends.
//!
//! What a wait means for a worker, and what an end means for a caller, is the host's business: a client has no
//! workers, a service has.

use super::context::{Context, WakeToken};
use super::policy::chain;
use super::span::end_of;
use super::steps::access;
use super::steps::ask;
use super::steps::call;
use super::steps::saga;
use super::steps::window;
use super::task::{NONE, Origin, State, Task};
use super::task_runtime::TaskRuntime;
use crate::base::{Pc, PublishIx, SimDuration, SimTime};
use crate::engine::kernel::network::{Envelope, Payload};
use crate::engine::kernel::request_context::RequestContext;
use crate::observation::{CallResult, Failure, MessageKind, Observation, Observer, SagaEnd, Scope, SpanEnd};
use crate::scenario::{CallPlan, Instruction};

/// A node that runs operations: what its tasks' steps mean there.
pub trait Host {
    /// What every such node has.
    fn runtime(&mut self) -> &mut TaskRuntime;

    /// The task begins to compute for so long; it goes on when that is over.
    fn work<O: Observer>(&mut self, task: u32, length: SimDuration, cx: &mut Context<O>);

    /// The task stops computing and waits; `asleep` for a mere sleep, which blocks on nobody.
    fn on_block<O: Observer>(&mut self, task: u32, asleep: bool, cx: &mut Context<O>);

    /// The task's wait is over.
    fn on_unblock<O: Observer>(&mut self, task: u32, asleep: bool, cx: &mut Context<O>);

    /// The task answers its caller before its end.
    fn respond<O: Observer>(&mut self, task: u32, cx: &mut Context<O>);

    /// A root task ended, and is taken out of the slab when that is told.
    fn ended<O: Observer>(&mut self, task: u32, result: Result<(), Failure>, cx: &mut Context<O>);

    /// A task is taken out before its end: give back what it holds of the host.
    fn dropped<O: Observer>(&mut self, task: u32, cx: &mut Context<O>);
}

/// Runs the tasks on the agenda, in order, until it is empty.
#[inline(always)]
pub fn run<H: Host, O: Observer>(host: &mut H, cx: &mut Context<O>) {
    while let Some(task) = host.runtime().agenda.pop() {
        run_task(host, task, cx);
    }
}

/// Runs one task until it waits or ends.
#[inline(never)]
fn run_task<H: Host, O: Observer>(host: &mut H, task: u32, cx: &mut Context<O>) {
    loop {
        let runtime = host.runtime();
        let record = &mut runtime.tasks[task];
        let instruction = cx.plan.code[record.pc.at()];
        record.pc = Pc(record.pc.0 + 1);
        if record.context.deadline < cx.now && is_step(instruction) {
            return fail(host, task, Failure::Timeout, cx);
        }
        match instruction {
            Instruction::Work(dist) => {
                let length = cx.plan.dists[dist.at()].sample(&mut runtime.work);
                return host.work(task, length, cx);
            }
            Instruction::Sleep(dist) => {
                let length = cx.plan.dists[dist.at()].sample(&mut runtime.work);
                let token = runtime.wait(task, State::Sleeping, cx);
                cx.wake_after(length, token);
                return host.on_block(task, true, cx);
            }
            Instruction::Call(step) => return call::begin(host, task, step, cx),
            Instruction::Publish(step) => {
                if publish(host, task, step, cx) {
                    return;
                }
            }
            Instruction::Ask(step) => return ask::begin(host, task, step, cx),
            Instruction::Fork { first, count, next } => return fork(host, task, first, count, next, cx),
            Instruction::Join => return join(host, task, cx),
            Instruction::Respond => {
                host.respond(task, cx);
                // What is done after the answer, nobody waits for.
                let runtime = host.runtime();
                let root = runtime.root(task);
                runtime.tasks[root].context.deadline = SimTime::NEVER;
                runtime.tasks[task].context.deadline = SimTime::NEVER;
            }
            Instruction::Fail(probability) => {
                if runtime.chance.chance(probability) {
                    return fail(host, task, Failure::Error, cx);
                }
            }
            Instruction::Choose { first, count } => {
                let arms = &cx.plan.arms[first as usize..(first + count) as usize];
                let drawn = runtime.chance.unit();
                let arm = arms.partition_point(|&(cumulative, _)| cumulative <= drawn);
                runtime.tasks[task].pc = arms[arm.min(arms.len() - 1)].1;
            }
            Instruction::Access(step) => return access::begin(host, task, step, cx),
            Instruction::SagaBegins(saga) => cx.observe(Observation::SagaBegan { saga }),
            Instruction::SagaEnds { saga, next } => {
                runtime.tasks[task].pc = next;
                cx.observe(Observation::SagaEnded { saga, end: SagaEnd::Completed });
            }
            Instruction::SagaUndone(saga) => return saga::undone(host, task, saga, cx),
            Instruction::Window(step) => window::record(runtime, task, step, cx),
            Instruction::Goto(to) => runtime.tasks[task].pc = to,
            Instruction::End => return end(host, task, Ok(()), cx),
        }
    }
}

/// Whether an instruction takes time or has an effect elsewhere: what an operation whose deadline is past leaves out.
fn is_step(instruction: Instruction) -> bool {
    matches!(
        instruction,
        Instruction::Work(_)
            | Instruction::Sleep(_)
            | Instruction::Call(_)
            | Instruction::Fork { .. }
            | Instruction::Publish(_)
            | Instruction::Ask(_)
            | Instruction::Access(_)
            | Instruction::Window(_)
    )
}

/// A wait of the task is over by the clock.
pub fn timer<H: Host, O: Observer>(host: &mut H, task: u32, cx: &mut Context<O>) {
    match host.runtime().tasks[task].state {
        State::Sleeping => {
            host.runtime().ready(task);
            host.on_unblock(task, true, cx);
        }
        State::Working(_) => {
            let runtime = host.runtime();
            cx.turn_span(|| runtime.tasks[task].context.span, 0, -1);
            runtime.ready(task);
        }
        State::Calling(step) => call::attempt_failed(host, task, step, Failure::Timeout, cx),
        State::BackingOff(step) => call::attempt(host, task, step, &cx.plan.calls[step.at()], cx),
        State::Metered(step) | State::Queueing(step) | State::Admitted(step) => {
            call::permitted(host, task, step, cx)
        }
        State::Asking(_) => ask::timed_out(host, task, cx),
        state => debug_assert!(false, "no timer is set for {state:?}"),
    }
}

/// The broker's word on what the task published.
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
    cx.end_span(runtime.tasks[publisher.task].call.span, end_of(result, false), false);
    runtime.ready(publisher.task);
    host.on_unblock(publisher.task, false, cx);
    access::confirmed(&mut host.runtime().tasks[publisher.task].owes, accepted);
    if !accepted {
        fail(host, publisher.task, Failure::Rejected, cx);
    }
}

/// Sends a message. True if the task waits for the broker's word.
fn publish<H: Host, O: Observer>(host: &mut H, task: u32, step: PublishIx, cx: &mut Context<O>) -> bool {
    let plan = &cx.plan.publishes[step.at()];
    let runtime = host.runtime();
    let mut context = RequestContext {
        message: cx.new_message(),
        // Nobody waits for what becomes of a message.
        deadline: SimTime::NEVER,
        ..runtime.tasks[task].context
    };
    let (from, to) = (runtime.node, cx.plan.links[plan.out.at()].to);
    cx.begin_span(Scope::Publish { from, to }, &mut context);
    runtime.tasks[task].call.span = context.span;
    let confirm = plan.confirm.then(|| runtime.wait(task, State::Confirming, cx));
    let payload = Payload::Publish { publish: step, confirm };
    cx.send(Envelope::new(plan.out, MessageKind::Publish, payload, &context));
    access::published(&mut runtime.tasks[task].owes, cx.plan.pairs.get(step.at()), confirm.is_some());
    match confirm {
        Some(_) => host.on_block(task, false, cx),
        None => cx.end_span(context.span, SpanEnd::Ok, false),
    }
    confirm.is_some()
}

/// Begins the branches; the task waits for them.
fn fork<H: Host, O: Observer>(
    host: &mut H,
    task: u32,
    first: u32,
    count: u32,
    next: Pc,
    cx: &mut Context<O>,
) {
    host.runtime().wait(task, State::Forked(next), cx);
    let parent = host.runtime().tasks[task];
    host.runtime().tasks[task].pending = count;
    for branch in 0..count {
        let runtime = host.runtime();
        let pc = cx.plan.branches[(first + branch) as usize];
        let mut child = Task::new(pc, Origin::Branch(task), parent.context, cx.now);
        (child.op, child.replica, child.started) = (parent.op, parent.replica, true);
        child.sibling = runtime.tasks[task].child;
        let slot = runtime.tasks.insert(child);
        runtime.tasks[task].child = slot;
        runtime.ready(slot);
        host.on_unblock(slot, false, cx);
        if branch == 0 {
            // Only now does the parent rest: its worker goes over to the branches without a gap.
            host.on_block(task, false, cx);
        }
    }
}

/// A branch is done; the last one wakes its parent.
fn join<H: Host, O: Observer>(host: &mut H, task: u32, cx: &mut Context<O>) {
    let Origin::Branch(parent) = host.runtime().tasks[task].origin else { return };
    let runtime = host.runtime();
    let degraded = runtime.tasks[task].degraded;
    runtime.tasks[parent].degraded |= degraded;
    access::joins(runtime, task, parent);
    runtime.tasks[parent].pending -= 1;
    let last = runtime.tasks[parent].pending == 0;
    if last {
        if let State::Forked(next) = runtime.tasks[parent].state {
            runtime.tasks[parent].pc = next;
        }
        runtime.ready(parent);
        host.on_unblock(parent, false, cx);
    }
    unlink(host.runtime(), parent, task);
    drop_task(host, task, cx);
}

/// Takes a branch out of its parent's list.
fn unlink(runtime: &mut TaskRuntime, parent: u32, task: u32) {
    let sibling = runtime.tasks[task].sibling;
    if runtime.tasks[parent].child == task {
        runtime.tasks[parent].child = sibling;
        return;
    }
    let mut at = runtime.tasks[parent].child;
    while at != NONE {
        if runtime.tasks[at].sibling == task {
            runtime.tasks[at].sibling = sibling;
            return;
        }
        at = runtime.tasks[at].sibling;
    }
}

/// The task fails: so does the operation that it is part of, unless a saga has something to undo first.
#[inline(never)]
pub fn fail<H: Host, O: Observer>(host: &mut H, task: u32, failure: Failure, cx: &mut Context<O>) {
    if !cx.plan.handlers.is_empty() && saga::undoes(host, task, failure, cx) {
        return;
    }
    let root = host.runtime().root(task);
    end(host, root, Err(failure), cx);
}

/// The root task ends, with whatever branches it still has.
#[inline(always)]
fn end<H: Host, O: Observer>(host: &mut H, task: u32, result: Result<(), Failure>, cx: &mut Context<O>) {
    if result.is_err() {
        // One that comes to its end has neither branches nor a call any more.
        if host.runtime().tasks[task].child != NONE {
            drop_branches(host, task, cx);
        }
        abandon_call(host.runtime(), task, cx);
    }
    host.dropped(task, cx);
    let runtime = host.runtime();
    runtime.leaves(task, cx);
    if result.is_err() {
        access::broken(runtime.tasks[task].owes, cx);
    }
    host.ended(task, result, cx);
    host.runtime().tasks.clear(task);
}

/// Takes a root task out with all its branches, without an end: its replica crashed.
pub fn kill<H: Host, O: Observer>(host: &mut H, task: u32, cx: &mut Context<O>) -> Task {
    drop_branches(host, task, cx);
    abandon_call(host.runtime(), task, cx);
    saga::abandoned(host.runtime(), task, cx);
    let runtime = host.runtime();
    runtime.leaves(task, cx);
    let task = runtime.tasks.remove(task);
    access::broken(task.owes, cx);
    task
}

/// Takes out the branches of a task, with theirs.
pub fn drop_branches<H: Host, O: Observer>(host: &mut H, task: u32, cx: &mut Context<O>) {
    let mut child = host.runtime().tasks[task].child;
    while child != NONE {
        drop_branches(host, child, cx);
        let sibling = host.runtime().tasks[child].sibling;
        drop_task(host, child, cx);
        child = sibling;
    }
    host.runtime().tasks[task].child = NONE;
}

/// Takes one branch out.
fn drop_task<H: Host, O: Observer>(host: &mut H, task: u32, cx: &mut Context<O>) {
    abandon_call(host.runtime(), task, cx);
    saga::abandoned(host.runtime(), task, cx);
    host.dropped(task, cx);
    let runtime = host.runtime();
    runtime.leaves(task, cx);
    let task = runtime.tasks.remove(task);
    access::broken(task.owes, cx);
}

/// What the task called goes on for nobody.
fn abandon_call<O: Observer>(runtime: &mut TaskRuntime, task: u32, cx: &mut Context<O>) {
    let (step, waiting) = match runtime.tasks[task].state {
        State::Calling(step) => (step, true),
        State::BackingOff(step) | State::Metered(step) | State::Queueing(step) | State::Admitted(step) => {
            (step, false)
        }
        State::Confirming | State::Asking(_) | State::Accessing(_) => {
            return cx.end_span(runtime.tasks[task].call.span, SpanEnd::Abandoned, false);
        }
        _ => return,
    };
    let CallPlan { edge, policies, .. } = &cx.plan.calls[step.at()];
    let edge = *edge;
    let call = runtime.tasks[task].call;
    if waiting {
        cx.observe(Observation::AttemptEnded { edge, result: CallResult::Abandoned, sent: call.sent });
        cx.end_span(call.span, SpanEnd::Abandoned, false);
    }
    cx.observe(Observation::CallEnded { edge, result: CallResult::Abandoned, started: call.started });
    if let Some(policies) = policies {
        chain::give_back(runtime, task, policies, cx);
        chain::end(runtime, task, policies);
    }
}
