//! The step `saga`: its beginning, its end, and the end of its undoing. How the undoing begins is in `compensation`.

use crate::base::{Pc, SagaIx};
use crate::engine::runtime::context::Context;
use crate::engine::runtime::ending::fail;
use crate::engine::runtime::host::Host;
use crate::engine::runtime::task_runtime::TaskRuntime;
use crate::observation::{Failure, Observation, Observer, SagaEnd};

/// A saga begins: its first `do` follows.
pub fn begin<O: Observer>(saga: SagaIx, cx: &mut Context<O>) {
    cx.observe(Observation::SagaBegan { saga });
}

/// All of a saga is done: the operation goes on past its undoing.
pub fn completed<O: Observer>(
    runtime: &mut TaskRuntime,
    task: u32,
    saga: SagaIx,
    next: Pc,
    cx: &mut Context<O>,
) {
    runtime.tasks[task].pc = next;
    cx.observe(Observation::SagaEnded { saga, end: SagaEnd::Completed });
}

/// All is undone: the operation fails with what made the saga fail.
pub fn undone<H: Host, O: Observer>(host: &mut H, task: u32, saga: SagaIx, cx: &mut Context<O>) {
    cx.observe(Observation::SagaEnded { saga, end: SagaEnd::Compensated });
    let cause = host.runtime().tasks[task].cause.unwrap_or(Failure::Error);
    fail(host, task, cause, cx);
}
