//! How an operation ends, or is taken away: with its branches, its call and its sagas.

use super::compensation;
use super::context::Context;
use super::dual_write::DualWrite;
use super::host::Host;
use super::task::{State, Task};
use super::task_runtime::TaskRuntime;
use super::upkeep;
use crate::base::{Pc, SimTime};
use crate::engine::kernel::slab::Slot;
use crate::observation::{CallResult, Failure, Observation, Observer, SpanEnd};
use crate::scenario::CallPlan;

/// The task fails: so does the operation that it is part of, unless a saga has something to undo first.
#[inline(never)]
pub fn fail<H: Host, O: Observer>(host: &mut H, task: u32, failure: Failure, cx: &mut Context<O>) {
    if !cx.plan.handlers.is_empty()
        && let Some((task, undo)) = compensation::begin(host.runtime(), task, cx)
    {
        return undo_from(host, task, undo, failure, cx);
    }
    let root = host.runtime().root(task);
    end(host, root, Err(failure), cx);
}

/// The task, or the one that it branched from, goes on with the undoing.
fn undo_from<H: Host, O: Observer>(host: &mut H, task: u32, undo: Pc, failure: Failure, cx: &mut Context<O>) {
    let runtime = host.runtime();
    let record = &mut runtime.tasks[task];
    record.pc = undo;
    record.cause = Some(failure);
    // What was written and not yet told of is made good by what is undone.
    record.dual_write.undone();
    // What is begun is undone, though nobody may wait any more.
    record.context.deadline = SimTime::NEVER;
    let branched = record.child.is_some();
    runtime.ready(task);
    if branched {
        host.on_unblock(task, false, cx);
        drop_branches(host, task, cx);
    }
}

/// The root task ends, with whatever branches it still has.
#[inline(always)]
pub fn end<H: Host, O: Observer>(host: &mut H, task: u32, result: Result<(), Failure>, cx: &mut Context<O>) {
    if result.is_err() {
        // One that comes to its end has neither branches nor a call any more.
        if host.runtime().tasks[task].child.is_some() {
            drop_branches(host, task, cx);
        }
        abandon_call(host.runtime(), task, cx);
    }
    host.dropped(task, cx);
    let runtime = host.runtime();
    runtime.leaves(task, cx);
    if result.is_err() {
        tell_lost_update(runtime.tasks[task].dual_write, cx);
    }
    host.ended(task, result, cx);
    host.runtime().tasks.clear(task);
}

/// Takes a root task out with all its branches, without an end: its replica crashed.
pub fn kill<H: Host, O: Observer>(host: &mut H, task: u32, cx: &mut Context<O>) -> Task {
    drop_branches(host, task, cx);
    abandon_call(host.runtime(), task, cx);
    compensation::abandoned(host.runtime(), task, cx);
    let runtime = host.runtime();
    runtime.leaves(task, cx);
    let task = runtime.tasks.remove(task);
    tell_lost_update(task.dual_write, cx);
    task
}

/// Takes out the branches of a task, with theirs.
pub fn drop_branches<H: Host, O: Observer>(host: &mut H, task: u32, cx: &mut Context<O>) {
    let mut next = host.runtime().tasks[task].child;
    while let Some(child) = next.map(Slot::number) {
        drop_branches(host, child, cx);
        let sibling = host.runtime().tasks[child].sibling;
        drop_task(host, child, cx);
        next = sibling;
    }
    host.runtime().tasks[task].child = None;
}

/// Takes one branch out.
pub fn drop_task<H: Host, O: Observer>(host: &mut H, task: u32, cx: &mut Context<O>) {
    abandon_call(host.runtime(), task, cx);
    compensation::abandoned(host.runtime(), task, cx);
    host.dropped(task, cx);
    let runtime = host.runtime();
    runtime.leaves(task, cx);
    let task = runtime.tasks.remove(task);
    tell_lost_update(task.dual_write, cx);
}

/// An operation that ends badly in the midst of a dual write loses an update.
fn tell_lost_update<O: Observer>(dual_write: DualWrite, cx: &mut Context<O>) {
    if let Some(store) = dual_write.lost() {
        cx.observe(Observation::LostUpdates { store, count: 1 });
    }
}

/// What the task called goes on for nobody.
fn abandon_call<O: Observer>(runtime: &mut TaskRuntime, task: u32, cx: &mut Context<O>) {
    let (step, waiting) = match runtime.tasks[task].state {
        State::Calling(step) => (step, true),
        State::BackingOff(step) | State::Permitting(step) => (step, false),
        State::Confirming(_) | State::Republishing(_) => {
            return abandon_publication(&mut runtime.tasks[task], cx);
        }
        State::Asking(_) | State::Accessing(_) => {
            return cx.end_span(runtime.tasks[task].call.span, SpanEnd::Abandoned, false);
        }
        _ => return,
    };
    let CallPlan { edge, op, policies, .. } = &cx.plan.calls[step.at()];
    let edge = *edge;
    let call = runtime.tasks[task].call;
    if let Some(requests) = runtime.tasks[task].call.requests.take() {
        cx.directory.call_ended(requests, *op);
    }
    if waiting {
        cx.observe(Observation::AttemptEnded { edge, result: CallResult::Abandoned, sent: call.sent });
        cx.end_span(call.span, SpanEnd::Abandoned, false);
    }
    cx.observe(Observation::CallEnded { edge, result: CallResult::Abandoned, started: call.started });
    if let Some(policies) = policies {
        upkeep::give_back(runtime, task, policies, cx);
        runtime.policies.end(call.ticket, policies, cx.plan, cx.now);
    }
}

/// What the task published is sent no more. A copy that is on its way arrives all the same.
fn abandon_publication<O: Observer>(task: &mut Task, cx: &mut Context<O>) {
    if let State::Confirming(_) = task.state {
        cx.end_span(task.call.span, SpanEnd::Abandoned, false);
    }
    if let Some(publication) = task.call.requests.take() {
        cx.publications.end(publication);
    }
}
