//! The chain: the policies of a node's calls, composed in the documented order.
//!
//! It asks each policy in turn and keeps what the call holds of it. It answers with one verdict, which the call step
//! acts on. Outermost first:
//!
//! 1. fallback: when the call would fail;
//! 2. retry, then its budget, then its backoff: when an attempt has failed;
//! 3. circuit breaker, rate limit, bulkhead: before every attempt, in the order of [`ORDER`];
//! 4. timeout and hedge: when the attempt is sent.
//!
//! Breakers are shared per caller and callee, the other policies per caller, callee and operation, replicas together.
//! All that an attempt holds is given back on every way out: its result, a refusal, the end or the crash of its
//! operation. What the caller's own rate limit or bulkhead refuses tells nothing of the callee: the breaker's permit is
//! returned unused.

use super::circuit_breaker::Permit;
use super::fallback::Fallback;
use super::hedge::Hedge;
use super::retry::{self, Retry};
use super::retry_budget::{RetryBudget, Try};
use super::shared::{Notice, SharedPolicies};
use super::timeout::Timeout;
use super::{Attempt, Ended, Policy, Ticket, Verdict};
use crate::base::{NodeIx, Pc, PolicyIx, SimTime, Stream};
use crate::engine::kernel::slab::Slab;
use crate::observation::{BreakerState, Failure};
use crate::scenario::{BudgetPlan, CallPlan, CallPolicies, HedgePlan, Plan, PolicyPlan};

/// What an attempt asks before it is sent, outermost first.
const ORDER: [Stage; 3] = [Stage::CircuitBreaker, Stage::RateLimit, Stage::Bulkhead];

/// A policy that an attempt asks before it is sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Stage {
    CircuitBreaker,
    RateLimit,
    Bulkhead,
}

/// The policies of a node's calls: what the calls share, and what each guarded call holds.
#[derive(Clone, Debug, Default)]
pub struct PolicyChain {
    shared: SharedPolicies,
    held: Slab<Held>,
}

/// What one guarded call holds.
#[derive(Clone, Copy, Debug)]
struct Held {
    /// The task that makes the call.
    task: u32,
    /// How many of [`ORDER`] have admitted the present attempt.
    passed: u8,
    /// The attempt waits for the next of them.
    waits: bool,
    /// A permit of the circuit breaker.
    permit: Option<Permit>,
    /// A place in the bulkhead.
    place: Option<()>,
    /// What the attempt is to the retry budget.
    trial: Option<Try>,
    /// The hedges of the attempt.
    hedge: Hedge,
}

/// Whether a failed call fails at once or runs its fallback: that one's first instruction, if it has one.
#[inline(always)]
pub fn fallback(call: &CallPlan, attempt: &Attempt) -> Option<Pc> {
    match Fallback.admit(&call.fallback, attempt) {
        Verdict::Granted(first) => Some(first),
        Verdict::WaitUntil(_) | Verdict::Refused(_) => None,
    }
}

/// When the caller stops waiting for an attempt that was sent at `attempt.now`.
#[inline(always)]
pub fn times_out(call: &CallPlan, attempt: &Attempt) -> SimTime {
    Timeout.admit(&call.timeout, attempt).wait()
}

/// Whether a call has a hedge. The plan of one that is under way may have lost it, or got one.
pub fn hedge_of(call: &CallPlan) -> Option<&HedgePlan> {
    call.policies.as_ref().and_then(|policies| policies.hedge.as_ref())
}

/// How an attempt ended, in the words of its call's policies.
pub fn ended(call: &CallPlan, failed: Option<Failure>, now: SimTime) -> Ended {
    Ended { now, failed, retryable: failed.is_some_and(|failure| retry::covers(&call.retry, failure)) }
}

impl PolicyChain {
    /// For a node that has called nobody yet.
    pub fn new(node: NodeIx, plan: &Plan) -> PolicyChain {
        PolicyChain { shared: SharedPolicies::new(node, plan), held: Slab::default() }
    }

    /// About how many bytes a clone takes.
    pub fn memory_bytes(&self) -> usize {
        self.shared.memory_bytes() + self.held.memory_bytes()
    }

    /// What the calls share.
    pub fn shared(&self) -> &SharedPolicies {
        &self.shared
    }

    /// The same, to change it.
    pub fn shared_mut(&mut self) -> &mut SharedPolicies {
        &mut self.shared
    }

    /// A guarded call of a task begins: what it is known by until it ends.
    pub fn begin(&mut self, task: u32, policies: &CallPolicies, plan: &Plan, now: SimTime) -> Ticket {
        let held = Held {
            task,
            passed: 0,
            waits: false,
            permit: None,
            place: None,
            trial: None,
            hedge: Hedge::default(),
        };
        let ticket = Ticket(self.held.insert(held));
        if let Some(index) = policies.budget {
            self.ask_budget(index, RetryBudget::admit, plan, &Attempt::first(now, ticket));
        }
        ticket
    }

    /// A guarded call is over, or its operation.
    pub fn end(&mut self, ticket: Ticket, policies: &CallPolicies, plan: &Plan, now: SimTime) {
        let held = self.held.remove(ticket.0);
        if let (Some(trial), Some(index)) = (held.trial, policies.budget) {
            let (budget, plan) = self.shared.budget(index, plan);
            budget.release(plan, trial, now);
        }
    }

    /// An attempt asks to be sent. Until it is answered, the call holds what it was granted.
    pub fn admit(
        &mut self,
        policies: &CallPolicies,
        plan: &Plan,
        attempt: &Attempt,
        tell: &mut impl FnMut(Notice),
    ) -> Verdict<()> {
        let held = &mut self.held[attempt.ticket.0];
        (held.passed, held.waits) = (0, false);
        if let Some(index) = policies.budget
            && attempt.number > 1
        {
            self.ask_budget(index, RetryBudget::waited, plan, attempt);
        }
        self.go_on(policies, plan, attempt, tell)
    }

    /// The wait that a verdict asked for is over, by the clock or because [`PolicyChain::next`] said so: the attempt
    /// asks what it has not asked yet.
    pub fn go_on(
        &mut self,
        policies: &CallPolicies,
        plan: &Plan,
        attempt: &Attempt,
        tell: &mut impl FnMut(Notice),
    ) -> Verdict<()> {
        let at = attempt.ticket.0;
        while let Some(&stage) = ORDER.get(usize::from(self.held[at].passed)) {
            let waited = std::mem::take(&mut self.held[at].waits);
            match self.ask(stage, waited, policies, plan, attempt, tell) {
                Verdict::Granted(()) => self.held[at].passed += 1,
                verdict => {
                    self.held[at].waits = matches!(verdict, Verdict::WaitUntil(_));
                    return verdict;
                }
            }
        }
        Verdict::Granted(())
    }

    /// Asks one policy, if the call has it, and keeps what is granted.
    fn ask(
        &mut self,
        stage: Stage,
        waited: bool,
        policies: &CallPolicies,
        plan: &Plan,
        attempt: &Attempt,
        tell: &mut impl FnMut(Notice),
    ) -> Verdict<()> {
        let at = attempt.ticket.0;
        match stage {
            Stage::CircuitBreaker => {
                let Some(index) = policies.breaker else { return Verdict::Granted(()) };
                let (verdict, state) =
                    self.shared.with_breaker(index, plan, attempt.now, tell, |breaker, plan| {
                        (ask(breaker, waited, plan, attempt), breaker.state())
                    });
                if state == BreakerState::HalfOpen && matches!(verdict, Verdict::Granted(_)) {
                    tell(Notice::Probe { breaker: index, returned: false });
                }
                keep(verdict, &mut self.held[at].permit)
            }
            Stage::RateLimit => {
                let Some(index) = policies.rate_limit else { return Verdict::Granted(()) };
                let (limit, plan) = self.shared.rate_limit(index, plan);
                ask(limit, waited, plan, attempt)
            }
            Stage::Bulkhead => {
                let Some(index) = policies.bulkhead else { return Verdict::Granted(()) };
                let (bulkhead, plan) = self.shared.bulkhead(index, plan);
                let verdict = ask(bulkhead, waited, plan, attempt);
                keep(verdict, &mut self.held[at].place)
            }
        }
    }

    /// Asks the retry budget, and keeps what is granted.
    fn ask_budget(
        &mut self,
        index: PolicyIx,
        question: fn(&mut RetryBudget, &BudgetPlan, &Attempt) -> Verdict<Try>,
        plan: &Plan,
        attempt: &Attempt,
    ) -> Verdict<()> {
        let (budget, plan) = self.shared.budget(index, plan);
        keep(question(budget, plan, attempt), &mut self.held[attempt.ticket.0].trial)
    }

    /// The attempt was sent, or was hedged: when its next hedge is due.
    pub fn sent(&mut self, hedge: &HedgePlan, attempt: &Attempt, first: bool) -> SimTime {
        let own = &mut self.held[attempt.ticket.0].hedge;
        if first {
            own.first_sent();
        } else {
            own.waited(hedge, attempt);
        }
        own.admit(hedge, attempt).wait()
    }

    /// Whether a call whose attempt failed makes another: then its backoff is the wait. A refusal means that the call
    /// ends as its last attempt did.
    pub fn again(
        &mut self,
        retry: &mut Retry,
        call: &CallPlan,
        plan: &Plan,
        attempt: &Attempt,
        stream: &mut Stream,
    ) -> Verdict<()> {
        let verdict = retry.admit(&call.retry, attempt);
        if let Verdict::Refused(_) = verdict {
            return verdict;
        }
        if let Some(index) = call.policies.as_ref().and_then(|policies| policies.budget) {
            let verdict = self.ask_budget(index, RetryBudget::admit, plan, attempt);
            if let Verdict::Refused(_) = verdict {
                return verdict;
            }
        }
        let backoff = retry.back_off(&call.retry.backoff, attempt.number - 1, stream);
        Verdict::WaitUntil((attempt.now + backoff).min(attempt.deadline))
    }

    /// A request of the attempt failed. True while others are out that may be answered.
    pub fn others_are_out(&mut self, ticket: Ticket) -> bool {
        self.held[ticket.0].hedge.others_are_out()
    }

    /// The attempt that was sent has a result.
    pub fn result(
        &mut self,
        ticket: Ticket,
        policies: &CallPolicies,
        plan: &Plan,
        ended: &Ended,
        tell: &mut impl FnMut(Notice),
    ) {
        let held = &mut self.held[ticket.0];
        let (permit, place, trial) = (held.permit.take(), held.place.take(), held.trial.take());
        if let (Some(permit), Some(index)) = (permit, policies.breaker) {
            self.shared.with_breaker(index, plan, ended.now, tell, |breaker, plan| {
                breaker.result(plan, permit, ended);
            });
        }
        if let (Some(place), Some(index)) = (place, policies.bulkhead) {
            let (bulkhead, plan) = self.shared.bulkhead(index, plan);
            bulkhead.result(plan, place, ended);
        }
        if let (Some(trial), Some(index)) = (trial, policies.budget) {
            let (budget, plan) = self.shared.budget(index, plan);
            budget.result(plan, trial, ended);
        }
    }

    /// The attempt was never sent, or its operation went away: it gives back what it holds, unused.
    pub fn release(
        &mut self,
        ticket: Ticket,
        policies: &CallPolicies,
        plan: &Plan,
        now: SimTime,
        tell: &mut impl FnMut(Notice),
    ) {
        let held = &mut self.held[ticket.0];
        let waits = std::mem::take(&mut held.waits).then(|| ORDER[usize::from(held.passed)]);
        let (permit, place, trial) = (held.permit.take(), held.place.take(), held.trial.take());
        if let (Some(permit), Some(index)) = (permit, policies.breaker) {
            let returned = self.shared.with_breaker(index, plan, now, tell, |breaker, plan| {
                let probes = breaker.probes();
                breaker.release(plan, permit, now);
                breaker.probes() < probes
            });
            if returned {
                tell(Notice::Probe { breaker: index, returned: true });
            }
        }
        if let Some(index) = policies.bulkhead {
            let (bulkhead, plan) = self.shared.bulkhead(index, plan);
            if waits == Some(Stage::Bulkhead) {
                bulkhead.withdraw(ticket);
            }
            if let Some(place) = place {
                bulkhead.release(plan, place, now);
            }
        }
        if let (Some(trial), Some(index)) = (trial, policies.budget) {
            let (budget, plan) = self.shared.budget(index, plan);
            budget.release(plan, trial, now);
        }
    }

    /// The task of a call that waited and may [go on](PolicyChain::go_on), since others under its policies ended. Ask
    /// until there is none after every [`PolicyChain::result`] and [`PolicyChain::release`].
    pub fn next(&mut self, policies: &CallPolicies, plan: &Plan, now: SimTime) -> Option<u32> {
        policies.bulkhead.and_then(|index| self.next_under(index, plan, now))
    }

    /// The same under one of the shared policies, whose numbers may have changed.
    fn next_under(&mut self, index: PolicyIx, plan: &Plan, now: SimTime) -> Option<u32> {
        let PolicyPlan::Bulkhead(_) = plan.policies[index.at()].policy else { return None };
        let (bulkhead, plan) = self.shared.bulkhead(index, plan);
        let (Ticket(at), place) = bulkhead.next(plan, now)?;
        let held = &mut self.held[at];
        held.place = Some(place);
        held.waits = false;
        held.passed += 1;
        Some(held.task)
    }

    /// The task of a call of this node that may go on, since the plan has other numbers. Ask until there is none.
    pub fn next_of_all(&mut self, plan: &Plan, now: SimTime) -> Option<u32> {
        let all: Vec<PolicyIx> = self.shared.indices().collect();
        all.into_iter().find_map(|index| self.next_under(index, plan, now))
    }
}

/// Asks a policy: for the first time, or because the wait that it asked for is over.
fn ask<P: Policy>(policy: &mut P, waited: bool, plan: &P::Plan, attempt: &Attempt) -> Verdict<P::Grant> {
    if waited { policy.waited(plan, attempt) } else { policy.admit(plan, attempt) }
}

/// Keeps what a policy granted.
fn keep<Grant>(verdict: Verdict<Grant>, held: &mut Option<Grant>) -> Verdict<()> {
    match verdict {
        Verdict::Granted(granted) => {
            *held = Some(granted);
            Verdict::Granted(())
        }
        Verdict::WaitUntil(until) => Verdict::WaitUntil(until),
        Verdict::Refused(refusal) => Verdict::Refused(refusal),
    }
}

#[cfg(test)]
#[path = "chain_tests.rs"]
mod tests;
