//! The step `choose`: goes on with one of several branches.

use crate::engine::runtime::task_runtime::TaskRuntime;
use crate::scenario::Plan;

/// Draws an arm and goes on there. Each arm stands with the probability of itself and all arms before it.
pub fn run(runtime: &mut TaskRuntime, task: u32, first: u32, count: u32, plan: &Plan) {
    let arms = &plan.arms[first as usize..(first + count) as usize];
    let drawn = runtime.chance.unit();
    let arm = arms.partition_point(|&(cumulative, _)| cumulative <= drawn);
    runtime.tasks[task].pc = arms[arm.min(arms.len() - 1)].1;
}
