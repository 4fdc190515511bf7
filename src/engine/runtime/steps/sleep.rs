//! The step `sleep`: waits without computing.

use crate::base::DistIx;
use crate::engine::runtime::context::Context;
use crate::engine::runtime::host::Host;
use crate::engine::runtime::task::State;
use crate::observation::Observer;

/// The task draws how long it sleeps, and does.
pub fn begin<H: Host, O: Observer>(host: &mut H, task: u32, length: DistIx, cx: &mut Context<O>) {
    let runtime = host.runtime();
    let length = cx.plan.dists[length.at()].sample(&mut runtime.work);
    let token = runtime.wait(task, State::Sleeping, cx);
    cx.wake_after(length, token);
    host.on_block(task, true, cx);
}

/// The task has slept.
pub fn done<H: Host, O: Observer>(host: &mut H, task: u32, cx: &mut Context<O>) {
    host.runtime().ready(task);
    host.on_unblock(task, true, cx);
}
