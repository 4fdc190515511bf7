//! The interpreter: runs the instructions of tasks until each waits or ends.
//!
//! What a wait means for a worker, and what an end means for a caller, is the host's business: a client has no
//! workers, a service has.

use super::context::{Context, Waiter};
use super::policy::chain;
use super::span::end_of;
use super::steps::access;
use super::steps::ask;
use super::steps::call;
use super::steps::saga;
use super::steps::window;
use super::task::{NONE, Origin, State, Task};
use super::task_runtime::Core;
use crate::base::{Pc, PublishIx, SimDuration, SimTime};
use crate::engine::kernel::network::{Payload, Post};
use crate::engine::kernel::request_context::Baggage;
use crate::observation::{CallResult, Failure, MessageKind, Observation, Observer, SagaEnd, Scope, SpanEnd};
use crate::scenario::{CallPlan, Instruction};

/// A node that runs operations: what its tasks' steps mean there.
pub trait Host {
    /// What every such node has.
    fn core(&mut self) -> &mut Core;

    /// The task begins to compute for so long; it goes on when that is over.
    fn work<O: Observer>(&mut self, task: u32, length: SimDuration, cx: &mut Context<O>);

    /// The task stops computing and waits; `asleep` for a mere sleep, which blocks on nobody.
    fn rests<O: Observer>(&mut self, task: u32, asleep: bool, cx: &mut Context<O>);

    /// The task's wait is over.
    fn stirs<O: Observer>(&mut self, task: u32, asleep: bool, cx: &mut Context<O>);

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
    while let Some(task) = host.core().agenda.pop() {
        run_task(host, task, cx);
    }
}

/// Runs one task until it waits or ends.
#[inline(never)]
fn run_task<H: Host, O: Observer>(host: &mut H, task: u32, cx: &mut Context<O>) {
    loop {
        let core = host.core();
        let record = &mut core.tasks[task];
        let instruction = cx.plan.code[record.pc.at()];
        record.pc = Pc(record.pc.0 + 1);
        if record.baggage.deadline < cx.now && is_step(instruction) {
            return fail(host, task, Failure::Timeout, cx);
        }
        match instruction {
            Instruction::Work(dist) => {
                let length = cx.plan.dists[dist.at()].sample(&mut core.work);
                return host.work(task, length, cx);
            }
            Instruction::Sleep(dist) => {
                let length = cx.plan.dists[dist.at()].sample(&mut core.work);
                let waiter = core.waits(task, State::Sleeping, cx);
                cx.wake_after(length, waiter);
                return host.rests(task, true, cx);
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
                let core = host.core();
                let root = core.root(task);
                core.tasks[root].baggage.deadline = SimTime::NEVER;
                core.tasks[task].baggage.deadline = SimTime::NEVER;
            }
            Instruction::Fail(probability) => {
                if core.chance.chance(probability) {
                    return fail(host, task, Failure::Error, cx);
                }
            }
            Instruction::Choose { first, count } => {
                let arms = &cx.plan.arms[first as usize..(first + count) as usize];
                let drawn = core.chance.unit();
                let arm = arms.partition_point(|&(cumulative, _)| cumulative <= drawn);
                core.tasks[task].pc = arms[arm.min(arms.len() - 1)].1;
            }
            Instruction::Access(step) => return access::begin(host, task, step, cx),
            Instruction::SagaBegins(saga) => cx.observe(Observation::SagaBegan { saga }),
            Instruction::SagaEnds { saga, next } => {
                core.tasks[task].pc = next;
                cx.observe(Observation::SagaEnded { saga, end: SagaEnd::Completed });
            }
            Instruction::SagaUndone(saga) => return saga::undone(host, task, saga, cx),
            Instruction::Window(step) => window::record(core, task, step, cx),
            Instruction::Goto(to) => core.tasks[task].pc = to,
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
    match host.core().tasks[task].state {
        State::Sleeping => {
            host.core().ready(task);
            host.stirs(task, true, cx);
        }
        State::Working(_) => {
            let core = host.core();
            cx.turn_span(|| core.tasks[task].baggage.span, 0, -1);
            core.ready(task);
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
pub fn confirmed<H: Host, O: Observer>(host: &mut H, publisher: Waiter, accepted: bool, cx: &mut Context<O>) {
    if !cx.waits(publisher) {
        return;
    }
    let core = host.core();
    let result = if accepted { Ok(()) } else { Err(Failure::Rejected) };
    cx.end_span(core.tasks[publisher.task].call.span, end_of(result, false), false);
    core.ready(publisher.task);
    host.stirs(publisher.task, false, cx);
    access::confirmed(&mut host.core().tasks[publisher.task].owes, accepted);
    if !accepted {
        fail(host, publisher.task, Failure::Rejected, cx);
    }
}

/// Sends a message. True if the task waits for the broker's word.
fn publish<H: Host, O: Observer>(host: &mut H, task: u32, step: PublishIx, cx: &mut Context<O>) -> bool {
    let plan = &cx.plan.publishes[step.at()];
    let core = host.core();
    let mut baggage = Baggage {
        message: cx.new_message(),
        // Nobody waits for what becomes of a message.
        deadline: SimTime::NEVER,
        ..core.tasks[task].baggage
    };
    let (from, to) = (core.node, cx.plan.links[plan.out.at()].to);
    cx.begin_span(Scope::Publish { from, to }, &mut baggage);
    core.tasks[task].call.span = baggage.span;
    let confirm = plan.confirm.then(|| core.waits(task, State::Confirming, cx));
    let payload = Payload::Publish { publish: step, confirm };
    cx.send(Post::new(plan.out, MessageKind::Publish, payload, &baggage));
    access::published(&mut core.tasks[task].owes, cx.plan.pairs.get(step.at()), confirm.is_some());
    match confirm {
        Some(_) => host.rests(task, false, cx),
        None => cx.end_span(baggage.span, SpanEnd::Ok, false),
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
    host.core().waits(task, State::Forked(next), cx);
    let parent = host.core().tasks[task];
    host.core().tasks[task].pending = count;
    for branch in 0..count {
        let core = host.core();
        let pc = cx.plan.branches[(first + branch) as usize];
        let mut child = Task::new(pc, Origin::Branch(task), parent.baggage, cx.now);
        (child.op, child.replica, child.started) = (parent.op, parent.replica, true);
        child.sibling = core.tasks[task].child;
        let slot = core.tasks.insert(child);
        core.tasks[task].child = slot;
        core.ready(slot);
        host.stirs(slot, false, cx);
        if branch == 0 {
            // Only now does the parent rest: its worker goes over to the branches without a gap.
            host.rests(task, false, cx);
        }
    }
}

/// A branch is done; the last one wakes its parent.
fn join<H: Host, O: Observer>(host: &mut H, task: u32, cx: &mut Context<O>) {
    let Origin::Branch(parent) = host.core().tasks[task].origin else { return };
    let core = host.core();
    let degraded = core.tasks[task].degraded;
    core.tasks[parent].degraded |= degraded;
    access::joins(core, task, parent);
    core.tasks[parent].pending -= 1;
    let last = core.tasks[parent].pending == 0;
    if last {
        if let State::Forked(next) = core.tasks[parent].state {
            core.tasks[parent].pc = next;
        }
        core.ready(parent);
        host.stirs(parent, false, cx);
    }
    unlink(host.core(), parent, task);
    drop_task(host, task, cx);
}

/// Takes a branch out of its parent's list.
fn unlink(core: &mut Core, parent: u32, task: u32) {
    let sibling = core.tasks[task].sibling;
    if core.tasks[parent].child == task {
        core.tasks[parent].child = sibling;
        return;
    }
    let mut at = core.tasks[parent].child;
    while at != NONE {
        if core.tasks[at].sibling == task {
            core.tasks[at].sibling = sibling;
            return;
        }
        at = core.tasks[at].sibling;
    }
}

/// The task fails: so does the operation that it is part of, unless a saga has something to undo first.
#[inline(never)]
pub fn fail<H: Host, O: Observer>(host: &mut H, task: u32, failure: Failure, cx: &mut Context<O>) {
    if !cx.plan.handlers.is_empty() && saga::undoes(host, task, failure, cx) {
        return;
    }
    let root = host.core().root(task);
    end(host, root, Err(failure), cx);
}

/// The root task ends, with whatever branches it still has.
#[inline(always)]
fn end<H: Host, O: Observer>(host: &mut H, task: u32, result: Result<(), Failure>, cx: &mut Context<O>) {
    if result.is_err() {
        // One that comes to its end has neither branches nor a call any more.
        if host.core().tasks[task].child != NONE {
            drop_branches(host, task, cx);
        }
        abandon_call(host.core(), task, cx);
    }
    host.dropped(task, cx);
    let core = host.core();
    core.leaves(task, cx);
    if result.is_err() {
        access::broken(core.tasks[task].owes, cx);
    }
    host.ended(task, result, cx);
    host.core().tasks.clear(task);
}

/// Takes a root task out with all its branches, without an end: its replica crashed.
pub fn kill<H: Host, O: Observer>(host: &mut H, task: u32, cx: &mut Context<O>) -> Task {
    drop_branches(host, task, cx);
    abandon_call(host.core(), task, cx);
    saga::abandoned(host.core(), task, cx);
    let core = host.core();
    core.leaves(task, cx);
    let task = core.tasks.remove(task);
    access::broken(task.owes, cx);
    task
}

/// Takes out the branches of a task, with theirs.
pub fn drop_branches<H: Host, O: Observer>(host: &mut H, task: u32, cx: &mut Context<O>) {
    let mut child = host.core().tasks[task].child;
    while child != NONE {
        drop_branches(host, child, cx);
        let sibling = host.core().tasks[child].sibling;
        drop_task(host, child, cx);
        child = sibling;
    }
    host.core().tasks[task].child = NONE;
}

/// Takes one branch out.
fn drop_task<H: Host, O: Observer>(host: &mut H, task: u32, cx: &mut Context<O>) {
    abandon_call(host.core(), task, cx);
    saga::abandoned(host.core(), task, cx);
    host.dropped(task, cx);
    let core = host.core();
    core.leaves(task, cx);
    let task = core.tasks.remove(task);
    access::broken(task.owes, cx);
}

/// What the task called goes on for nobody.
fn abandon_call<O: Observer>(core: &mut Core, task: u32, cx: &mut Context<O>) {
    let (step, waiting) = match core.tasks[task].state {
        State::Calling(step) => (step, true),
        State::BackingOff(step) | State::Metered(step) | State::Queueing(step) | State::Admitted(step) => {
            (step, false)
        }
        State::Confirming | State::Asking(_) | State::Accessing(_) => {
            return cx.end_span(core.tasks[task].call.span, SpanEnd::Abandoned, false);
        }
        _ => return,
    };
    let CallPlan { edge, policies, .. } = &cx.plan.calls[step.at()];
    let edge = *edge;
    let call = core.tasks[task].call;
    if waiting {
        cx.observe(Observation::AttemptEnded { edge, result: CallResult::Abandoned, sent: call.sent });
        cx.end_span(call.span, SpanEnd::Abandoned, false);
    }
    cx.observe(Observation::CallEnded { edge, result: CallResult::Abandoned, started: call.started });
    if let Some(policies) = policies {
        chain::give_back(core, task, policies, cx);
        chain::end(core, task, policies);
    }
}
