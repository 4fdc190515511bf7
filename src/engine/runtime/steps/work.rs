//! The step `work`: computes, on the task's worker.

use crate::base::DistIx;
use crate::engine::runtime::context::Context;
use crate::engine::runtime::host::Host;
use crate::observation::Observer;

/// The task draws how long it computes, and does.
pub fn begin<H: Host, O: Observer>(host: &mut H, task: u32, length: DistIx, cx: &mut Context<O>) {
    let length = cx.plan.dists[length.at()].sample(&mut host.runtime().work);
    host.work(task, length, cx);
}

/// The task has computed.
pub fn done<H: Host, O: Observer>(host: &mut H, task: u32, cx: &mut Context<O>) {
    let runtime = host.runtime();
    cx.turn_span(|| runtime.tasks[task].context.span, 0, -1);
    runtime.ready(task);
    host.worked(task, cx);
}
