//! The step `all`: branches that run side by side, and the task that waits for them.

use crate::base::Pc;
use crate::engine::kernel::slab::Slot;
use crate::engine::runtime::context::Context;
use crate::engine::runtime::ending::drop_task;
use crate::engine::runtime::host::Host;
use crate::engine::runtime::task::{Origin, State, Task};
use crate::engine::runtime::task_runtime::TaskRuntime;
use crate::observation::Observer;

/// Begins the branches; the task waits for them.
pub fn fork<H: Host, O: Observer>(
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
        runtime.tasks[task].child = Some(Slot::new(slot));
        runtime.ready(slot);
        host.on_unblock(slot, false, cx);
        if branch == 0 {
            // Only now does the parent rest: its worker goes over to the branches without a gap.
            host.on_block(task, false, cx);
        }
    }
}

/// A branch is done; the last one wakes its parent.
pub fn join<H: Host, O: Observer>(host: &mut H, task: u32, cx: &mut Context<O>) {
    let Origin::Branch(parent) = host.runtime().tasks[task].origin else { return };
    let runtime = host.runtime();
    // Taken from the branch, which would tell of a lost update when it is dropped.
    let dual_write = std::mem::take(&mut runtime.tasks[task].dual_write);
    let branch = runtime.tasks[task];
    let record = &mut runtime.tasks[parent];
    record.degraded |= branch.degraded;
    record.dual_write.join(dual_write);
    if branch.context.version != 0 {
        record.context.take_version(&branch.context);
    }
    record.pending -= 1;
    let last = record.pending == 0;
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
    let (own, sibling) = (Some(Slot::new(task)), runtime.tasks[task].sibling);
    let mut next = &mut runtime.tasks[parent].child;
    while *next != own
        && let Some(other) = *next
    {
        next = &mut runtime.tasks[other.number()].sibling;
    }
    if *next == own {
        *next = sibling;
    }
}
