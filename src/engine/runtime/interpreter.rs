//! The interpreter: runs the instructions of tasks until each waits or ends.

use super::context::Context;
use super::ending::{end, fail};
use super::host::Host;
use super::steps::{
    access, ask, call, choose, parallel, publish, republish, respond, saga, sleep, window, work,
};
use super::task::State;
use crate::base::Pc;
use crate::observation::{Failure, Observer};
use crate::scenario::Instruction;

/// Runs the tasks on the agenda, in order, until it is empty.
#[inline(always)]
pub fn run<H: Host, O: Observer>(host: &mut H, cx: &mut Context<O>) {
    while let Some(task) = host.runtime().agenda.pop() {
        run_task(host, task, cx);
    }
}

/// Runs one task until it waits or ends.
#[inline(never)]
fn run_task<H: Host, O: Observer>(host: &mut H, task: u32, cx: &mut Context<O>) {
    loop {
        let runtime = host.runtime();
        let record = &mut runtime.tasks[task];
        let instruction = cx.plan.code[record.pc.at()];
        record.pc = Pc(record.pc.0 + 1);
        if record.context.deadline < cx.now && is_step(instruction) {
            return fail(host, task, Failure::Timeout, cx);
        }
        match instruction {
            Instruction::Work(length) => return work::begin(host, task, length, cx),
            Instruction::Sleep(length) => return sleep::begin(host, task, length, cx),
            Instruction::Call(step) => return call::begin(host, task, step, cx),
            Instruction::Publish(step) => {
                if publish::publish(host, task, step, cx) {
                    return;
                }
            }
            Instruction::Ask(step) => return ask::begin(host, task, step, cx),
            Instruction::Fork { first, count, next } => {
                return parallel::fork(host, task, first, count, next, cx);
            }
            Instruction::Join => return parallel::join(host, task, cx),
            Instruction::Respond => respond::run(host, task, cx),
            Instruction::Fail(probability) => {
                if runtime.chance.chance(probability) {
                    return fail(host, task, Failure::Error, cx);
                }
            }
            Instruction::Choose { first, count } => choose::run(runtime, task, first, count, cx.plan),
            Instruction::Repeat { level, turns } => runtime.repeats.begin(task, level, turns),
            Instruction::RepeatGeometric { level, mean } => {
                let turns = runtime.repeats.draw(mean);
                runtime.repeats.begin(task, level, turns);
            }
            Instruction::Turn { level, next } => {
                if !runtime.repeats.takes_turn(task, level) {
                    runtime.tasks[task].pc = next;
                }
            }
            Instruction::Access(step) => return access::begin(host, task, step, cx),
            Instruction::SagaBegins(saga) => saga::begin(saga, cx),
            Instruction::SagaEnds { saga, next } => saga::completed(runtime, task, saga, next, cx),
            Instruction::SagaUndone(saga) => return saga::undone(host, task, saga, cx),
            Instruction::Window(step) => window::record(runtime, task, step, cx),
            Instruction::Goto(to) => runtime.tasks[task].pc = to,
            Instruction::End => return end(host, task, Ok(()), cx),
        }
    }
}

/// Whether an instruction takes time or has an effect elsewhere: what an operation whose deadline is past leaves out.
fn is_step(instruction: Instruction) -> bool {
    matches!(
        instruction,
        Instruction::Work(_)
            | Instruction::Sleep(_)
            | Instruction::Call(_)
            | Instruction::Fork { .. }
            | Instruction::Publish(_)
            | Instruction::Ask(_)
            | Instruction::Access(_)
            | Instruction::Window(_)
    )
}

/// A wait of the task is over by the clock.
pub fn timer<H: Host, O: Observer>(host: &mut H, task: u32, cx: &mut Context<O>) {
    match host.runtime().tasks[task].state {
        State::Sleeping => sleep::done(host, task, cx),
        State::Working(_) => work::done(host, task, cx),
        State::Calling(step) => call::attempt_failed(host, task, step, Failure::Timeout, cx),
        State::BackingOff(step) => call::attempt(host, task, step, cx),
        State::Permitting(step) => call::waited(host, task, step, cx),
        State::Asking(_) => ask::timed_out(host, task, cx),
        State::Confirming(step) => republish::timed_out(host, task, step, cx),
        State::Republishing(step) => republish::waited(host, task, step, cx),
        _ => panic!("no timer is set for what this task waits for"),
    }
}

#[cfg(test)]
#[path = "interpreter_tests.rs"]
mod tests;
