//! Compensation: where an operation that fails within a saga begins to undo what it has done.
//!
//! After Garcia-Molina and Salem, "Sagas" (SIGMOD 1987), with backward recovery. The instructions of a saga are laid
//! out so that the place where an operation stands tells what is done: the table of handlers in the plan says where
//! the undoing begins. The `do` that failed is not undone; when all is undone the operation fails with what made the
//! saga fail. An undo that fails leaves the saga stuck: nothing more of it is undone. So does a crash, for an
//! orchestrator that keeps its progress in memory alone.

use super::context::Context;
use super::task::Origin;
use super::task_runtime::TaskRuntime;
use crate::base::Pc;
use crate::observation::{Observation, Observer, SagaEnd};
use crate::scenario::HandlerPlan;

/// A task fails: which task goes on with the undoing of the innermost saga around it, and where. None if there is none
/// (any more). Sagas whose undoing failed are told to be stuck.
pub fn begin<O: Observer>(runtime: &mut TaskRuntime, task: u32, cx: &mut Context<O>) -> Option<(u32, Pc)> {
    let mut at = task;
    loop {
        for handler in around(runtime, at, &cx.plan.handlers) {
            match handler.undo {
                Some(undo) => return Some((at, undo)),
                None => cx.observe(Observation::SagaEnded { saga: handler.saga, end: SagaEnd::Stuck }),
            }
        }
        // Its sagas are accounted for.
        let record = &mut runtime.tasks[at];
        record.pc = Pc(0);
        let Origin::Branch(parent) = record.origin else { return None };
        at = parent;
    }
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
