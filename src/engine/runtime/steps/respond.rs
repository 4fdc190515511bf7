//! The step `respond`: answers the caller, and goes on.

use crate::base::SimTime;
use crate::engine::runtime::context::Context;
use crate::engine::runtime::host::Host;
use crate::observation::Observer;

/// The task's operation answers. What it does after that, nobody waits for: it has no deadline any more.
pub fn run<H: Host, O: Observer>(host: &mut H, task: u32, cx: &mut Context<O>) {
    host.respond(task, cx);
    let runtime = host.runtime();
    let root = runtime.root(task);
    runtime.tasks[root].context.deadline = SimTime::NEVER;
    runtime.tasks[task].context.deadline = SimTime::NEVER;
}
