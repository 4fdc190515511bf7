//! What happens to a node's policies besides its calls: the clock, a hand on a switch, other numbers in the plan; and
//! what there is to tell of them.

use super::context::Context;
use super::event::TaskEvent;
use super::policy::shared::Notice;
use super::task::State;
use super::task_runtime::TaskRuntime;
use crate::base::{BreakerIx, SimDuration};
use crate::engine::kernel::event::Address;
use crate::observation::{BreakerState, Observation, Observer};
use crate::scenario::CallPolicies;

/// Observes what a policy has to tell, and plans when a breaker is to be looked at again.
pub fn tell<O: Observer>(notice: Notice, cx: &mut Context<O>) {
    match notice {
        Notice::BreakerTurned { breaker, to, calls, failed, slow } => {
            cx.observe(Observation::BreakerTurned { breaker, to, calls, failed, slow });
        }
        Notice::BreakerEnds { breaker, at } => {
            let caller = Address::of(breaker, cx.plan);
            cx.after(at.since(cx.now), caller, TaskEvent::Breaker(breaker));
        }
        Notice::Probe { breaker, returned } => cx.observe(Observation::Probe { breaker, returned }),
    }
}

/// A call that waited for permission may go on. It does so by an event of its own, for whoever made way may be part of
/// a crash that takes it along.
fn wake<O: Observer>(runtime: &mut TaskRuntime, task: u32, cx: &mut Context<O>) {
    let State::Permitting(step) = runtime.tasks[task].state else {
        unreachable!("a call that stops waiting withdraws")
    };
    let token = runtime.wait(task, State::Permitting(step), cx);
    cx.wake_after(SimDuration::ZERO, token);
}

/// A breaker's half-open time may be over.
pub fn tick<O: Observer>(runtime: &mut TaskRuntime, breaker: BreakerIx, cx: &mut Context<O>) {
    runtime.policies.shared_mut().tick(breaker, cx.plan, cx.now, &mut |notice| tell(notice, cx));
}

/// Somebody sets a breaker by hand.
pub fn set_breaker<O: Observer>(
    runtime: &mut TaskRuntime,
    breaker: BreakerIx,
    state: BreakerState,
    cx: &mut Context<O>,
) {
    runtime
        .policies
        .shared_mut()
        .set_breaker(breaker, state, cx.plan, cx.now, &mut |notice| tell(notice, cx));
}

/// The plan has other numbers now.
pub fn retune<O: Observer>(runtime: &mut TaskRuntime, cx: &mut Context<O>) {
    while let Some(task) = runtime.policies.next_of_all(cx.plan, cx.now) {
        wake(runtime, task, cx);
    }
    runtime.policies.shared_mut().tick_all(cx.plan, cx.now, &mut |notice| tell(notice, cx));
}

/// The attempt gives back unused what it holds of its policies.
pub fn give_back<O: Observer>(
    runtime: &mut TaskRuntime,
    task: u32,
    policies: &CallPolicies,
    cx: &mut Context<O>,
) {
    let ticket = runtime.tasks[task].call.ticket;
    runtime.policies.release(ticket, policies, cx.plan, cx.now, &mut |notice| tell(notice, cx));
    let_others_go_on(runtime, policies, cx);
}

/// Calls that waited for what an attempt has given back go on.
pub fn let_others_go_on<O: Observer>(
    runtime: &mut TaskRuntime,
    policies: &CallPolicies,
    cx: &mut Context<O>,
) {
    while let Some(task) = runtime.policies.next(policies, cx.plan, cx.now) {
        wake(runtime, task, cx);
    }
}
