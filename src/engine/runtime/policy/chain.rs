//! Guards: an attempt's way through the policies of its call that remember something.
//!
//! Outermost first: fallback and retry (`call`), circuit breaker, rate limit, bulkhead, timeout and hedge (`call`).
//! Breakers are shared per caller and callee, the rest per caller, callee and operation, replicas together. All that
//! an attempt holds is given back on every way out: its result, a refusal, a timeout, the end or the crash of its
//! operation. What the caller's own rate limit or bulkhead refuses tells nothing of the callee: the breaker's permit
//! is returned unused.

use super::bulkhead::{Bulkhead, Entry};
use super::circuit_breaker::CircuitBreaker;
use super::rate_limit::RateLimit;
use super::retry_budget::RetryBudget;
use crate::base::{BreakerIx, CallIx, EdgeIx, GuardIx, NodeIx, SimDuration, SimTime};
use crate::engine::kernel::event::Event;
use crate::engine::kernel::network::Answer;
use crate::engine::kernel::slab::Slab;
use crate::engine::runtime::context::Context;
use crate::engine::runtime::host::Host;
use crate::engine::runtime::steps::call;
use crate::engine::runtime::task::State;
use crate::engine::runtime::task_runtime::TaskRuntime;
use crate::observation::{BreakerMeter, BreakerState, Failure, GuardState, Observation, Observer};
use crate::scenario::{BreakerPlan, CallPolicies, Plan};

/// What a node's guarded calls share and hold.
#[derive(Clone, Debug, Default)]
pub struct Guards {
    first_shared: u32,
    shared: Vec<Shared>,
    first_breaker: u32,
    breakers: Vec<CircuitBreaker>,
    held: Slab<Held>,
}

/// What the calls to one operation share.
#[derive(Clone, Debug)]
struct Shared {
    limit: RateLimit,
    bulkhead: Bulkhead,
    budget: RetryBudget,
}

/// What one call holds.
#[derive(Clone, Copy, Debug, Default)]
struct Held {
    /// The breaker's permit, and when it was given.
    permit: Option<u32>,
    permitted: SimTime,
    /// A place in the bulkhead.
    inside: bool,
    /// A retry in the budget.
    retrying: bool,
    /// Requests of the present attempt that are not answered, and how many of its requests were hedges.
    out: u32,
    hedges: u32,
}

impl Guards {
    /// For a node that has called nobody yet.
    pub fn new(node: NodeIx, plan: &Plan) -> Guards {
        let from = |edge: EdgeIx| plan.edges[edge.at()].from;
        let shared = || plan.guards.iter().filter(|guard| from(guard.edge) == node);
        let breakers = plan.breakers.iter().filter(|breaker| breaker.from == node);
        let first = |at: Option<usize>| at.unwrap_or(0) as u32;
        Guards {
            first_shared: first(plan.guards.iter().position(|guard| from(guard.edge) == node)),
            shared: shared()
                .map(|guard| Shared {
                    limit: RateLimit::default(),
                    bulkhead: Bulkhead::default(),
                    budget: RetryBudget::new(guard.budget.as_ref()),
                })
                .collect(),
            first_breaker: first(plan.breakers.iter().position(|breaker| breaker.from == node)),
            breakers: breakers.map(|_| CircuitBreaker::new(BreakerState::Closed, SimTime::ZERO)).collect(),
            held: Slab::default(),
        }
    }

    /// About how many bytes a clone takes.
    pub fn memory_bytes(&self) -> usize {
        size_of_val(&self.shared[..]) + size_of_val(&self.breakers[..]) + self.held.memory_bytes()
    }

    /// The state of a breaker of this node.
    pub fn state(&self, breaker: BreakerIx) -> BreakerState {
        self.breakers[(breaker.0 - self.first_breaker) as usize].state()
    }

    /// All that can be seen of a breaker of this node.
    pub fn meter(&self, breaker: BreakerIx, plan: &Plan, now: SimTime) -> BreakerMeter {
        let plan = &plan.breakers[breaker.at()].plan;
        self.breakers[(breaker.0 - self.first_breaker) as usize].meter(plan, now)
    }

    /// What the calls under a guard of this node hold and have left.
    pub fn guard(&self, guard: GuardIx, plan: &Plan, now: SimTime) -> GuardState {
        let (plan, own) = (&plan.guards[guard.at()], &self.shared[(guard.0 - self.first_shared) as usize]);
        GuardState {
            inside: own.bulkhead.inside(),
            waiting: own.bulkhead.waiting(),
            tokens: plan.rate_limit.map_or(0.0, |plan| own.limit.level(&plan, now)),
            retries: own.budget.retries(),
            exhausted: plan.budget.is_some_and(|plan| !own.budget.allows(&plan)),
        }
    }

    fn shared(&mut self, guard: GuardIx) -> &mut Shared {
        &mut self.shared[(guard.0 - self.first_shared) as usize]
    }

    /// Does something with a breaker, and tells of every change.
    fn with_breaker<T, O: Observer>(
        &mut self,
        index: BreakerIx,
        cx: &mut Context<O>,
        act: impl FnOnce(&mut CircuitBreaker, &BreakerPlan, SimTime) -> T,
    ) -> T {
        let plan = &cx.plan.breakers[index.at()].plan;
        let breaker = &mut self.breakers[(index.0 - self.first_breaker) as usize];
        let generation = breaker.generation();
        breaker.tick(plan, cx.now);
        tell(breaker, generation, index, cx);
        let generation = breaker.generation();
        let done = act(breaker, plan, cx.now);
        tell(breaker, generation, index, cx);
        done
    }
}

/// Tells of a change of the breaker since it was in `turn`, and plans the end of its half-open time.
fn tell<O: Observer>(breaker: &CircuitBreaker, generation: u32, index: BreakerIx, cx: &mut Context<O>) {
    if breaker.generation() == generation {
        return;
    }
    let verdict = breaker.verdict();
    let (to, calls, failed) = (breaker.state(), verdict.calls, verdict.failed);
    cx.observe(Observation::BreakerTurned { breaker: index, to, calls, failed });
    plan_end(breaker, index, cx);
}

fn plan_end<O: Observer>(breaker: &CircuitBreaker, index: BreakerIx, cx: &mut Context<O>) {
    let shared = &cx.plan.breakers[index.at()];
    let ends = breaker.ends(&shared.plan);
    if ends != SimTime::NEVER {
        cx.after(ends.since(cx.now), Event::Breaker { node: shared.from, breaker: index });
    }
}

/// A guarded call begins.
pub fn begin(runtime: &mut TaskRuntime, task: u32, policies: &CallPolicies) {
    let slot = runtime.guards.held.insert(Held::default());
    runtime.tasks[task].call.held = slot;
    if let Some(budget) = policies.budget {
        runtime.guards.shared(budget).budget.call_begins();
    }
}

/// A guarded call is over, or its operation.
pub fn end(runtime: &mut TaskRuntime, task: u32, policies: &CallPolicies) {
    let held = runtime.guards.held.remove(runtime.tasks[task].call.held);
    let Some(budget) = policies.budget else { return };
    let budget = &mut runtime.guards.shared(budget).budget;
    if held.retrying {
        budget.retry_ends();
    }
    budget.call_ends();
}

/// An attempt asks for its permits; it is sent when it has them all.
pub fn ask<H: Host, O: Observer>(
    host: &mut H,
    task: u32,
    step: CallIx,
    policies: &CallPolicies,
    cx: &mut Context<O>,
) {
    let runtime = host.runtime();
    let slot = runtime.tasks[task].call.held;
    if let Some(breaker) = policies.breaker {
        let permit = runtime.guards.with_breaker(breaker, cx, CircuitBreaker::permit);
        if permit.is_none() {
            return refuse(host, task, step, policies, Failure::BreakerOpen, cx);
        }
        if runtime.guards.state(breaker) == BreakerState::HalfOpen {
            cx.observe(Observation::Probe { breaker, returned: false });
        }
        let held = &mut runtime.guards.held[slot];
        (held.permit, held.permitted) = (permit, cx.now);
    }
    if let Some(guard) = policies.rate_limit
        && let Some(plan) = &cx.plan.guards[guard.at()].rate_limit
    {
        match runtime.guards.shared(guard).limit.acquire(plan, cx.now, 1.0) {
            None => return refuse(host, task, step, policies, Failure::RateLimited, cx),
            Some(SimDuration::ZERO) => {}
            Some(wait) => {
                let token = runtime.wait(task, State::Metered(step), cx);
                return cx.wake_after(wait, token);
            }
        }
    }
    enter(host, task, step, policies, cx);
}

/// The attempt has its rate limit's token and asks for a place in the bulkhead.
pub fn enter<H: Host, O: Observer>(
    host: &mut H,
    task: u32,
    step: CallIx,
    policies: &CallPolicies,
    cx: &mut Context<O>,
) {
    if let Some(guard) = policies.bulkhead
        && let Some(plan) = &cx.plan.guards[guard.at()].bulkhead
    {
        let runtime = host.runtime();
        let token = runtime.wait(task, State::Queueing(step), cx);
        let who = who(task, token.generation);
        match runtime.guards.shared(guard).bulkhead.enter(plan, cx.now, who) {
            Entry::Admitted => {
                let slot = runtime.tasks[task].call.held;
                runtime.guards.held[slot].inside = true;
            }
            Entry::Waiting => return cx.wake_after(plan.max_wait, token),
            Entry::Refused => return refuse(host, task, step, policies, Failure::BulkheadFull, cx),
        }
    }
    call::send(host, task, step, &cx.plan.calls[step.at()], cx);
}

/// The attempt is not permitted: it was never made, and the call is over.
pub fn refuse<H: Host, O: Observer>(
    host: &mut H,
    task: u32,
    step: CallIx,
    policies: &CallPolicies,
    reason: Failure,
    cx: &mut Context<O>,
) {
    let edge = cx.plan.calls[step.at()].edge;
    cx.observe(Observation::NotPermitted { edge, reason });
    give_back(host.runtime(), task, policies, cx);
    call::over(host, task, step, Err(reason), cx);
}

/// Who waits for a place, as the bulkhead knows it.
fn who(task: u32, generation: u32) -> u64 {
    u64::from(task) << 32 | u64::from(generation)
}

/// The attempt was never made or its operation went away: what it holds goes back unused.
pub fn give_back<O: Observer>(
    runtime: &mut TaskRuntime,
    task: u32,
    policies: &CallPolicies,
    cx: &mut Context<O>,
) {
    let slot = runtime.tasks[task].call.held;
    let permit = runtime.guards.held[slot].permit.take();
    if let (Some(permit), Some(breaker)) = (permit, policies.breaker) {
        let release = |b: &mut CircuitBreaker, plan: &BreakerPlan, now| b.release(plan, now, permit);
        if runtime.guards.with_breaker(breaker, cx, release) {
            cx.observe(Observation::Probe { breaker, returned: true });
        }
    }
    if let (State::Queueing(_), Some(guard)) = (runtime.tasks[task].state, policies.bulkhead) {
        let who = who(task, cx.generations.of(runtime.node, task));
        runtime.guards.shared(guard).bulkhead.withdraw(who);
    }
    leave(runtime, task, policies, cx);
}

/// The attempt that was sent has a result.
pub fn attempt_over<O: Observer>(
    runtime: &mut TaskRuntime,
    task: u32,
    policies: &CallPolicies,
    result: Result<Answer, Failure>,
    cx: &mut Context<O>,
) {
    let slot = runtime.tasks[task].call.held;
    let held = &mut runtime.guards.held[slot];
    let (permit, permitted) = (held.permit.take(), held.permitted);
    let retried = std::mem::take(&mut held.retrying);
    if let (Some(_), Some(breaker)) = (permit, policies.breaker) {
        let record = |b: &mut CircuitBreaker, plan: &BreakerPlan, now: SimTime| {
            b.record(plan, now, result.is_err(), now.since(permitted));
        };
        runtime.guards.with_breaker(breaker, cx, record);
    }
    leave(runtime, task, policies, cx);
    if let Some(guard) = policies.budget
        && let Some(plan) = &cx.plan.guards[guard.at()].budget
    {
        let budget = &mut runtime.guards.shared(guard).budget;
        if retried {
            budget.retry_ends();
        }
        budget.attempt_ended(plan, result.is_ok());
    }
}

/// Whether the budget allows the call another attempt, which is then under way.
pub fn may_retry(runtime: &mut TaskRuntime, task: u32, policies: &CallPolicies, plan: &Plan) -> bool {
    let Some(guard) = policies.budget else { return true };
    let Some(plan) = &plan.guards[guard.at()].budget else { return true };
    let allowed = runtime.guards.shared(guard).budget.retry_begins(plan);
    let slot = runtime.tasks[task].call.held;
    runtime.guards.held[slot].retrying = allowed;
    allowed
}

/// The attempt gives its place in the bulkhead to who waits longest.
fn leave<O: Observer>(runtime: &mut TaskRuntime, task: u32, policies: &CallPolicies, cx: &mut Context<O>) {
    let slot = runtime.tasks[task].call.held;
    if let (true, Some(guard)) = (std::mem::take(&mut runtime.guards.held[slot].inside), policies.bulkhead) {
        runtime.guards.shared(guard).bulkhead.leave();
        admit(runtime, guard, cx);
    }
}

/// Lets in who waits, while there is room. They are sent by events of their own, for whoever leaves may be part of a
/// crash that takes them along.
fn admit<O: Observer>(runtime: &mut TaskRuntime, guard: GuardIx, cx: &mut Context<O>) {
    let Some(plan) = &cx.plan.guards[guard.at()].bulkhead else { return };
    while let Some(who) = runtime.guards.shared(guard).bulkhead.admit(plan, cx.now) {
        let task = (who >> 32) as u32;
        let State::Queueing(step) = runtime.tasks[task].state else {
            unreachable!("whoever stops waiting withdraws")
        };
        let slot = runtime.tasks[task].call.held;
        runtime.guards.held[slot].inside = true;
        let token = runtime.wait(task, State::Admitted(step), cx);
        cx.wake_after(SimDuration::ZERO, token);
    }
}

/// A request of the attempt is sent; `hedge` for one after the first. How many hedges there are now.
pub fn sent(runtime: &mut TaskRuntime, task: u32, hedge: bool) -> u32 {
    let slot = runtime.tasks[task].call.held;
    let held = &mut runtime.guards.held[slot];
    (held.out, held.hedges) = if hedge { (held.out + 1, held.hedges + 1) } else { (1, 0) };
    held.hedges
}

/// A request of the attempt failed. True while others are out that may be answered.
pub fn others_are_out(runtime: &mut TaskRuntime, task: u32) -> bool {
    let slot = runtime.tasks[task].call.held;
    let held = &mut runtime.guards.held[slot];
    held.out = held.out.saturating_sub(1);
    held.out > 0
}

/// A breaker's half-open time may be over.
pub fn tick<O: Observer>(runtime: &mut TaskRuntime, breaker: BreakerIx, cx: &mut Context<O>) {
    runtime.guards.with_breaker(breaker, cx, |_, _, _| ());
}

/// Somebody sets a breaker by hand.
pub fn set_breaker<O: Observer>(
    runtime: &mut TaskRuntime,
    breaker: BreakerIx,
    state: BreakerState,
    cx: &mut Context<O>,
) {
    runtime.guards.with_breaker(breaker, cx, |b, plan, now| b.set(plan, now, state));
}

/// The plan has other numbers now.
pub fn retune<O: Observer>(runtime: &mut TaskRuntime, cx: &mut Context<O>) {
    for at in 0..runtime.guards.shared.len() as u32 {
        admit(runtime, GuardIx(runtime.guards.first_shared + at), cx);
    }
    for at in 0..runtime.guards.breakers.len() as u32 {
        let breaker = BreakerIx(runtime.guards.first_breaker + at);
        tick(runtime, breaker, cx);
        plan_end(&runtime.guards.breakers[at as usize], breaker, cx);
    }
}
