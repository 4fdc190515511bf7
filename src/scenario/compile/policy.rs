//! Policies on a call: which calls share a breaker, a limit, a bulkhead or a budget.

use super::compiler::{Compiler, shared};
use crate::base::{BreakerIx, EdgeIx, HealthIx, PolicyIx};
use crate::scenario::model::policy::BreakerScope;
use crate::scenario::model::step::Call;
use crate::scenario::plan::{
    BreakerPlan, CallPolicies, EdgePlan, HealthPlan, PolicyPlan, SharedBreaker, SharedPolicyPlan,
};

impl Compiler<'_> {
    /// What else stands between the caller and the callee of a call on this edge.
    pub fn policies(&mut self, edge: EdgeIx, call: &Call) -> Option<Box<CallPolicies>> {
        let rate_limit = call.rate_limit.map(PolicyPlan::RateLimit);
        let bulkhead = call.bulkhead.map(PolicyPlan::Bulkhead);
        let budget = call.retry.and_then(|retry| retry.budget).map(PolicyPlan::RetryBudget);
        let policies = CallPolicies {
            breaker: call.circuit_breaker.map(|breaker| self.breaker(edge, breaker)),
            rate_limit: rate_limit.map(|policy| self.shared_policy(edge, policy)),
            bulkhead: bulkhead.map(|policy| self.shared_policy(edge, policy)),
            budget: budget.map(|policy| self.shared_policy(edge, policy)),
            hedge: call.hedge,
            health: self.health(edge, call),
        };
        let CallPolicies { breaker, rate_limit, bulkhead, budget, hedge, health } = policies;
        let any = breaker.is_some()
            || [rate_limit, bulkhead, budget].iter().any(Option::is_some)
            || hedge.is_some()
            || health.is_some();
        any.then(|| Box::new(policies))
    }

    /// The breaker that calls like this share, made where it is not there yet.
    fn breaker(&mut self, edge: EdgeIx, plan: BreakerPlan) -> BreakerIx {
        let EdgePlan { from, to, op } = self.plan.edges[edge.at()];
        let op = (plan.per == BreakerScope::Operation).then_some(op);
        BreakerIx(shared(&mut self.plan.breakers, SharedBreaker { from, to, op, plan }))
    }

    /// What calls like this keep of the health of replicas, made where it is not there yet.
    fn health(&mut self, edge: EdgeIx, call: &Call) -> Option<HealthIx> {
        let EdgePlan { from, to: callee, op } = self.plan.edges[edge.at()];
        let (outliers, checks) = (call.outlier_detection, call.health_check);
        if outliers.is_none() && checks.is_none() {
            return None;
        }
        let plan = HealthPlan {
            from,
            to: self.plan.operations[op.at()].service,
            outliers,
            checks,
            out: self.link(from, callee),
            back: self.link(callee, from),
            panic_threshold: call.panic_threshold,
        };
        Some(HealthIx(shared(&mut self.plan.healths, plan)))
    }

    /// The policy that calls like this share, made where it is not there yet.
    fn shared_policy(&mut self, edge: EdgeIx, policy: PolicyPlan) -> PolicyIx {
        PolicyIx(shared(&mut self.plan.policies, SharedPolicyPlan { edge, policy }))
    }
}
