//! Sagas: an operation that fails within one first undoes what it has done, newest first.
//!
//! After Garcia-Molina and Salem, "Sagas" (SIGMOD 1987), with backward recovery. The instructions of a saga are laid
//! out so that the place where an operation stands tells what is done: the table of handlers in the plan says where
//! the undoing begins. The `do` that failed is not undone; when all is undone the operation fails with what made the
//! saga fail. An undo that fails leaves the saga stuck: nothing more of it is undone. So does a crash, for an
//! orchestrator that keeps its progress in memory alone.

use crate::base::{Pc, SagaIx, SimTime};
use crate::engine::runtime::context::Context;
use crate::engine::runtime::ending::{drop_branches, fail};
use crate::engine::runtime::host::Host;
use crate::engine::runtime::task::Origin;
use crate::engine::runtime::task_runtime::TaskRuntime;
use crate::observation::{Failure, Observation, Observer, SagaEnd};
use crate::scenario::HandlerPlan;

/// A task fails: begins the undoing of the innermost saga around it. False if there is none (any more).
pub fn undoes<H: Host, O: Observer>(host: &mut H, task: u32, failure: Failure, cx: &mut Context<O>) -> bool {
    let mut at = task;
    loop {
        for handler in around(host.runtime(), at, &cx.plan.handlers) {
            match handler.undo {
                Some(undo) => {
                    resume(host, at, undo, failure, cx);
                    return true;
                }
                None => cx.observe(Observation::SagaEnded { saga: handler.saga, end: SagaEnd::Stuck }),
            }
        }
        // Its sagas are accounted for.
        let record = &mut host.runtime().tasks[at];
        record.pc = Pc(0);
        let Origin::Branch(parent) = record.origin else { return false };
        at = parent;
    }
}

/// All is undone: the operation fails with what made the saga fail.
pub fn undone<H: Host, O: Observer>(host: &mut H, task: u32, saga: SagaIx, cx: &mut Context<O>) {
    cx.observe(Observation::SagaEnded { saga, end: SagaEnd::Compensated });
    let cause = host.runtime().tasks[task].cause.unwrap_or(Failure::Error);
    fail(host, task, cause, cx);
}

/// A task goes away in the midst of its sagas, and nobody is left to undo them.
pub fn abandoned<O: Observer>(runtime: &TaskRuntime, task: u32, cx: &mut Context<O>) {
    for handler in around(runtime, task, &cx.plan.handlers) {
        cx.observe(Observation::SagaEnded { saga: handler.saga, end: SagaEnd::Stuck });
    }
}

/// The handlers of the place where a task stands, inner ones first, without those of the tasks that it branched from.
fn around<'p>(
    runtime: &TaskRuntime,
    task: u32,
    handlers: &'p [HandlerPlan],
) -> impl Iterator<Item = &'p HandlerPlan> + use<'p> {
    let place = Pc(runtime.tasks[task].pc.0.wrapping_sub(1));
    let depth = if handlers.is_empty() { 0 } else { depth(runtime, task) };
    handlers.iter().filter(move |h| h.depth == depth && h.from <= place && place < h.to)
}

/// How many branches of `all` a task lies in.
fn depth(runtime: &TaskRuntime, mut task: u32) -> u32 {
    let mut depth = 0;
    while let Origin::Branch(parent) = runtime.tasks[task].origin {
        task = parent;
        depth += 1;
    }
    depth
}

/// The task, or the one that it branched from, goes on with the undoing.
fn resume<H: Host, O: Observer>(host: &mut H, task: u32, undo: Pc, failure: Failure, cx: &mut Context<O>) {
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
