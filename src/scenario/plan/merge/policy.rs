//! What calls share: circuit breakers, policies, and what is known of the health of replicas.

use super::{Merge, mark, put};
use crate::base::{BreakerIx, HealthIx, PolicyIx};
use crate::scenario::plan::{CallPolicies, HealthPlan, SharedBreaker, SharedPolicyPlan};

impl Merge<'_> {
    /// What was taken out before does not come back: a breaker that is added again begins closed.
    pub fn share_policies(&mut self) {
        for breaker in &self.new.breakers {
            let plan = SharedBreaker {
                from: self.node(breaker.from),
                to: self.node(breaker.to),
                op: breaker.op.map(|op| self.operation(op)),
                ..*breaker
            };
            let free = |at: &usize| {
                let ix = BreakerIx(*at as u32);
                self.old.has(ix) && !self.breakers.contains(&ix) && self.old.breakers[*at].same_shape(&plan)
            };
            let stays = (0..self.old.breakers.len()).find(free);
            let at = put(&mut self.out.breakers, plan, stays);
            mark(&mut self.living.breakers, at);
            self.breakers.push(BreakerIx(at as u32));
        }
        for policy in &self.new.policies {
            let plan = SharedPolicyPlan { edge: self.edge(policy.edge), ..*policy };
            let free = |at: &usize| {
                let ix = PolicyIx(*at as u32);
                self.old.has(ix) && !self.policies.contains(&ix) && self.old.policies[*at].same_shape(&plan)
            };
            let stays = (0..self.old.policies.len()).find(free);
            let at = put(&mut self.out.policies, plan, stays);
            mark(&mut self.living.policies, at);
            self.policies.push(PolicyIx(at as u32));
        }
        for health in &self.new.healths {
            let plan = HealthPlan {
                from: self.node(health.from),
                to: self.service(health.to),
                out: self.link(health.out),
                back: self.link(health.back),
                ..*health
            };
            let free = |at: &usize| {
                let ix = HealthIx(*at as u32);
                self.old.has(ix)
                    && !self.healths.contains(&ix)
                    && self.old.healths[*at].shape() == plan.shape()
            };
            let stays = (0..self.old.healths.len()).find(free);
            let at = put(&mut self.out.healths, plan, stays);
            mark(&mut self.living.healths, at);
            self.healths.push(HealthIx(at as u32));
        }
    }

    /// The policies of a call.
    pub fn call_policies(&self, new: &CallPolicies) -> CallPolicies {
        let policy = |new: Option<PolicyIx>| new.map(|new| self.policies[new.at()]);
        CallPolicies {
            breaker: new.breaker.map(|new| self.breakers[new.at()]),
            rate_limit: policy(new.rate_limit),
            bulkhead: policy(new.bulkhead),
            budget: policy(new.budget),
            hedge: new.hedge,
            health: new.health.map(|new| self.healths[new.at()]),
        }
    }
}
