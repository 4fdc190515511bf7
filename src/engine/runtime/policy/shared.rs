//! What the calls of a node share: circuit breakers, rate limits, bulkheads and retry budgets.

use super::bulkhead::Bulkhead;
use super::circuit_breaker::CircuitBreaker;
use super::rate_limit::RateLimit;
use super::retry_budget::RetryBudget;
use crate::base::{BreakerIx, EdgeIx, NodeIx, PolicyIx, SimTime};
use crate::observation::{BreakerMeter, BreakerState, PolicyState};
use crate::scenario::{BreakerPlan, BudgetPlan, BulkheadPlan, Plan, PolicyPlan, RateLimitPlan};

/// The policies that the calls of a node share, by their places in the plan, where those of one node stand together; but
/// those that edits have added may have others between.
#[derive(Clone, Debug, Default)]
pub struct SharedPolicies {
    first: u32,
    policies: Vec<Shared>,
    first_breaker: u32,
    breakers: Vec<CircuitBreaker>,
}

/// A policy that the calls to one operation share.
#[derive(Clone, Debug)]
enum Shared {
    RateLimit(RateLimit),
    Bulkhead(Bulkhead),
    RetryBudget(RetryBudget),
    /// Another node's.
    Other,
}

/// What there is to tell of a policy besides its verdict.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Notice {
    /// A circuit breaker changed its state.
    BreakerTurned {
        /// Which.
        breaker: BreakerIx,
        /// Into what.
        to: BreakerState,
        /// The calls that it judged by; 0 where it came there without judging.
        calls: u32,
        /// How many of these had failed.
        failed: u32,
        /// How many of them were slow.
        slow: u32,
    },
    /// A circuit breaker must be looked at again then: its half-open time ends.
    BreakerEnds {
        /// Which.
        breaker: BreakerIx,
        /// When.
        at: SimTime,
    },
    /// A half-open circuit breaker let a call out to probe, or took a permit back that was not used.
    Probe {
        /// Which.
        breaker: BreakerIx,
        /// It was taken back.
        returned: bool,
    },
}

impl SharedPolicies {
    /// For a node that has called nobody yet.
    pub fn new(node: NodeIx, plan: &Plan) -> SharedPolicies {
        let from = |edge: EdgeIx| plan.edges[edge.at()].from;
        let policies = plan.policies.iter().filter(|shared| from(shared.edge) == node);
        let breakers = plan.breakers.iter().filter(|breaker| breaker.from == node);
        let first = |at: Option<usize>| at.unwrap_or(0) as u32;
        SharedPolicies {
            first: first(plan.policies.iter().position(|shared| from(shared.edge) == node)),
            policies: policies.map(|shared| Shared::new(&shared.policy)).collect(),
            first_breaker: first(plan.breakers.iter().position(|breaker| breaker.from == node)),
            breakers: breakers.map(|_| CircuitBreaker::new(BreakerState::Closed, SimTime::ZERO)).collect(),
        }
    }

    /// Adds the policies that an edit has added to the node.
    pub fn grow(&mut self, node: NodeIx, plan: &Plan) {
        let from = |edge: EdgeIx| plan.edges[edge.at()].from;
        for (at, shared) in plan.policies.iter().enumerate().filter(|(_, own)| from(own.edge) == node) {
            if self.policies.is_empty() {
                self.first = at as u32;
            }
            let place = at - self.first as usize;
            if place >= self.policies.len() {
                self.policies.resize_with(place, || Shared::Other);
                self.policies.push(Shared::new(&shared.policy));
            }
        }
        for (at, _) in plan.breakers.iter().enumerate().filter(|(_, own)| own.from == node) {
            if self.breakers.is_empty() {
                self.first_breaker = at as u32;
            }
            let place = at - self.first_breaker as usize;
            if place >= self.breakers.len() {
                let closed = || CircuitBreaker::new(BreakerState::Closed, SimTime::ZERO);
                self.breakers.resize_with(place + 1, closed);
            }
        }
    }

    /// About how many bytes a clone takes.
    pub fn memory_bytes(&self) -> usize {
        size_of_val(&self.policies[..]) + size_of_val(&self.breakers[..])
    }

    /// The node's shared policies, breakers apart.
    pub fn indices(&self) -> impl Iterator<Item = PolicyIx> {
        let own = (self.first..).zip(&self.policies).filter(|(_, own)| !matches!(own, Shared::Other));
        own.map(|(at, _)| PolicyIx(at))
    }

    /// The breakers of this node may have to change by the clock, since the plan has other numbers.
    pub fn tick_all(&mut self, plan: &Plan, now: SimTime, tell: &mut impl FnMut(Notice)) {
        let Some(node) = plan.breakers.get(self.first_breaker as usize).map(|first| first.from) else {
            return;
        };
        for breaker in self.first_breaker..self.first_breaker + self.breakers.len() as u32 {
            let breaker = BreakerIx(breaker);
            if plan.breakers[breaker.at()].from != node {
                continue;
            }
            let ends = self.with_breaker(breaker, plan, now, tell, |own, plan| own.ends(plan));
            tell_end(breaker, ends, tell);
        }
    }

    /// A breaker's half-open time may be over.
    pub fn tick(&mut self, breaker: BreakerIx, plan: &Plan, now: SimTime, tell: &mut impl FnMut(Notice)) {
        self.with_breaker(breaker, plan, now, tell, |_, _| ());
    }

    /// Somebody sets a breaker by hand.
    pub fn set_breaker(
        &mut self,
        breaker: BreakerIx,
        state: BreakerState,
        plan: &Plan,
        now: SimTime,
        tell: &mut impl FnMut(Notice),
    ) {
        self.with_breaker(breaker, plan, now, tell, |own, plan| own.set(plan, now, state));
    }

    /// The state of a breaker of this node.
    pub fn breaker(&self, breaker: BreakerIx) -> BreakerState {
        self.breakers[(breaker.0 - self.first_breaker) as usize].state()
    }

    /// All that can be seen of a breaker of this node.
    pub fn meter(&self, breaker: BreakerIx, plan: &Plan, now: SimTime) -> BreakerMeter {
        let plan = &plan.breakers[breaker.at()].plan;
        self.breakers[(breaker.0 - self.first_breaker) as usize].meter(plan, now)
    }

    /// What the calls under a shared policy of this node hold and have left.
    pub fn state(&self, index: PolicyIx, plan: &Plan, now: SimTime) -> PolicyState {
        let own = &self.policies[(index.0 - self.first) as usize];
        match (own, &plan.policies[index.at()].policy) {
            (Shared::RateLimit(own), PolicyPlan::RateLimit(plan)) => {
                PolicyState::RateLimit { tokens: own.level(plan, now) }
            }
            (Shared::Bulkhead(own), PolicyPlan::Bulkhead(_)) => {
                PolicyState::Bulkhead { inside: own.inside(), waiting: own.waiting() }
            }
            (Shared::RetryBudget(own), PolicyPlan::RetryBudget(plan)) => {
                PolicyState::RetryBudget { spent: !own.allows(plan, now) }
            }
            _ => other_kind(),
        }
    }

    /// Does something with a breaker, and tells of every change.
    pub fn with_breaker<T>(
        &mut self,
        index: BreakerIx,
        plan: &Plan,
        now: SimTime,
        tell: &mut impl FnMut(Notice),
        act: impl FnOnce(&mut CircuitBreaker, &BreakerPlan) -> T,
    ) -> T {
        let plan = &plan.breakers[index.at()].plan;
        let breaker = &mut self.breakers[(index.0 - self.first_breaker) as usize];
        let before = breaker.generation();
        breaker.tick(plan, now);
        tell_turn(breaker, before, index, plan, tell);
        let before = breaker.generation();
        let done = act(breaker, plan);
        tell_turn(breaker, before, index, plan, tell);
        done
    }

    /// A rate limit, with its numbers.
    pub fn rate_limit<'p>(&mut self, index: PolicyIx, plan: &'p Plan) -> (&mut RateLimit, &'p RateLimitPlan) {
        let own = &mut self.policies[(index.0 - self.first) as usize];
        match (own, &plan.policies[index.at()].policy) {
            (Shared::RateLimit(own), PolicyPlan::RateLimit(plan)) => (own, plan),
            _ => other_kind(),
        }
    }

    /// A bulkhead, with its numbers.
    pub fn bulkhead<'p>(&mut self, index: PolicyIx, plan: &'p Plan) -> (&mut Bulkhead, &'p BulkheadPlan) {
        let own = &mut self.policies[(index.0 - self.first) as usize];
        match (own, &plan.policies[index.at()].policy) {
            (Shared::Bulkhead(own), PolicyPlan::Bulkhead(plan)) => (own, plan),
            _ => other_kind(),
        }
    }

    /// A retry budget, with its numbers.
    pub fn budget<'p>(&mut self, index: PolicyIx, plan: &'p Plan) -> (&mut RetryBudget, &'p BudgetPlan) {
        let own = &mut self.policies[(index.0 - self.first) as usize];
        match (own, &plan.policies[index.at()].policy) {
            (Shared::RetryBudget(own), PolicyPlan::RetryBudget(plan)) => (own, plan),
            _ => other_kind(),
        }
    }
}

impl Shared {
    fn new(plan: &PolicyPlan) -> Shared {
        match plan {
            PolicyPlan::RateLimit(_) => Shared::RateLimit(RateLimit::default()),
            PolicyPlan::Bulkhead(_) => Shared::Bulkhead(Bulkhead::default()),
            PolicyPlan::RetryBudget(plan) => Shared::RetryBudget(RetryBudget::new(plan)),
        }
    }
}

/// Tells of a breaker's change since it was in the generation `before`.
fn tell_turn(
    breaker: &CircuitBreaker,
    before: u32,
    index: BreakerIx,
    plan: &BreakerPlan,
    tell: &mut impl FnMut(Notice),
) {
    if breaker.generation() == before {
        return;
    }
    let judged = breaker.judged();
    let (to, calls, failed, slow) = (breaker.state(), judged.calls, judged.failed, judged.slow);
    tell(Notice::BreakerTurned { breaker: index, to, calls, failed, slow });
    tell_end(index, breaker.ends(plan), tell);
}

fn tell_end(breaker: BreakerIx, at: SimTime, tell: &mut impl FnMut(Notice)) {
    if at != SimTime::NEVER {
        tell(Notice::BreakerEnds { breaker, at });
    }
}

fn other_kind() -> ! {
    unreachable!("the numbers of a policy may change under a run, its kind may not")
}
