//! Policies on a call: which calls share a breaker, a limit, a bulkhead or a budget.

use super::compiler::{Compiler, shared};
use crate::base::{BreakerIx, EdgeIx, GuardIx};
use crate::scenario::model::policy::BreakerScope;
use crate::scenario::model::step::Call;
use crate::scenario::plan::{BreakerPlan, CallPolicies, EdgePlan, GuardPlan, SharedBreaker};

impl Compiler<'_> {
    /// What else stands between the caller and the callee of a call on this edge.
    pub fn policies(&mut self, edge: EdgeIx, call: &Call) -> Option<Box<CallPolicies>> {
        let none = GuardPlan { edge, rate_limit: None, bulkhead: None, budget: None };
        let rate_limit = call.rate_limit.map(|rate_limit| GuardPlan { rate_limit: Some(rate_limit), ..none });
        let bulkhead = call.bulkhead.map(|bulkhead| GuardPlan { bulkhead: Some(bulkhead), ..none });
        let budget = call.retry.and_then(|retry| retry.budget);
        let budget = budget.map(|budget| GuardPlan { budget: Some(budget), ..none });
        let policies = CallPolicies {
            breaker: call.circuit_breaker.map(|breaker| self.breaker(edge, breaker)),
            rate_limit: rate_limit.map(|guard| self.guard(guard)),
            bulkhead: bulkhead.map(|guard| self.guard(guard)),
            budget: budget.map(|guard| self.guard(guard)),
            hedge: call.hedge,
        };
        let CallPolicies { breaker, rate_limit, bulkhead, budget, hedge } = policies;
        let any = breaker.is_some()
            || [rate_limit, bulkhead, budget].iter().any(Option::is_some)
            || hedge.is_some();
        any.then(|| Box::new(policies))
    }

    /// The breaker that calls like this share, made where it is not there yet.
    fn breaker(&mut self, edge: EdgeIx, plan: BreakerPlan) -> BreakerIx {
        let EdgePlan { from, to, op } = self.plan.edges[edge.at()];
        let op = (plan.per == BreakerScope::Operation).then_some(op);
        BreakerIx(shared(&mut self.plan.breakers, SharedBreaker { from, to, op, plan }))
    }

    /// What calls like this share, made where it is not there yet.
    fn guard(&mut self, guard: GuardPlan) -> GuardIx {
        GuardIx(shared(&mut self.plan.guards, guard))
    }
}
