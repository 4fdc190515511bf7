//! What a node that runs operations does for them: what a step means to its workers, and an end to its callers.

use super::context::Context;
use super::task_runtime::TaskRuntime;
use crate::base::SimDuration;
use crate::observation::{Failure, Observer};

/// A node that runs operations: what its tasks' steps mean there.
pub trait Host {
    /// What every such node has.
    fn runtime(&mut self) -> &mut TaskRuntime;

    /// The task begins to compute for so long; it goes on when that is over.
    fn work<O: Observer>(&mut self, task: u32, length: SimDuration, cx: &mut Context<O>);

    /// The task has computed.
    #[inline(always)]
    fn worked<O: Observer>(&mut self, _task: u32, _cx: &mut Context<O>) {}

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
