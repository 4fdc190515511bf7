//! Whether a run can go on under another plan: whether nothing but numbers differs.

use std::mem::discriminant;

use super::client::{ArrivalPlan, ClientPlan};
use super::instruction::Instruction;
use super::log::LogPlan;
use super::messaging::{AskPlan, PublishPlan, QueuePlan};
use super::policy::{
    BreakerWindow, CallPlan, CallPolicies, HealthPlan, PolicyPlan, SharedBreaker, SharedPolicyPlan,
};
use super::service::{Balance, ServicePlan};
use super::store::{StorePlan, WindowPlan};
use super::system::{NodePlan, Plan};
use crate::base::DistIx;

impl Plan {
    /// Whether a run of this plan can go on under `other`: the same nodes, links and instructions, with
    /// nothing but numbers changed. What a slider does is such a change.
    pub fn same_shape(&self, other: &Plan) -> bool {
        let consumed = |a: &ServicePlan, b: &ServicePlan| {
            a.consumes.len() == b.consumes.len()
                && a.consumes.iter().zip(&b.consumes).all(|(a, b)| {
                    (a.from, a.op, a.dead_letter, a.retired) == (b.from, b.op, b.dead_letter, b.retired)
                })
        };
        let copies = |log: &LogPlan| (log.partitions, log.brokers, log.replication, log.producers);
        let is_open = |client: &ClientPlan| matches!(client.arrivals, ArrivalPlan::Open { .. });
        // A label is only shown.
        let node = |node: &NodePlan| (node.id.clone(), node.kind);
        // Equal lengths first: what is compared in pairs must be there in both.
        self.seed == other.seed
            && self.nodes.iter().map(node).eq(other.nodes.iter().map(node))
            && self.edges == other.edges
            && self.branches == other.branches
            && same_ways(self, other)
            && self.logs.iter().zip(&other.logs).all(|(a, b)| copies(a) == copies(b) && a.groups == b.groups)
            && self.code.len() == other.code.len()
            && self.links.len() == other.links.len()
            && self.operations.len() == other.operations.len()
            && self.arms.len() == other.arms.len()
            && self.code.iter().zip(&other.code).all(|(a, b)| a.shape() == b.shape())
            && self.links.iter().zip(&other.links).all(|(a, b)| (a.from, a.to) == (b.from, b.to))
            && self.clients.iter().zip(&other.clients).all(|(a, b)| is_open(a) == is_open(b))
            && self.services.iter().zip(&other.services).all(|(a, b)| {
                a.discipline == b.discipline && a.release == b.release && a.same_scaling(b) && consumed(a, b)
            })
            && self.same_stores(other)
            && self.policies.len() == other.policies.len()
            && self.policies.iter().zip(&other.policies).all(|(a, b)| a.same_shape(b))
            && self.breakers.len() == other.breakers.len()
            && self.breakers.iter().zip(&other.breakers).all(|(a, b)| a.same_shape(b))
            && self.healths.len() == other.healths.len()
            && self.healths.iter().zip(&other.healths).all(|(a, b)| a.shape() == b.shape())
            && self.calls.iter().zip(&other.calls).all(|(a, b)| a.shape() == b.shape())
            && self.timeline == other.timeline
            && self.living == other.living
    }
}

impl Instruction {
    /// What must not change under a run: what it does, and where it goes on.
    fn shape(self) -> Instruction {
        match self {
            Instruction::Work(_) => Instruction::Work(DistIx(0)),
            Instruction::Sleep(_) => Instruction::Sleep(DistIx(0)),
            Instruction::Fail(_) => Instruction::Fail(0.0),
            Instruction::Repeat { level, .. } => Instruction::Repeat { level, turns: 0 },
            Instruction::RepeatGeometric { level, .. } => Instruction::RepeatGeometric { level, mean: 0.0 },
            other => other,
        }
    }
}

impl CallPlan {
    /// What must not change under a run: between whom it is, where it goes on, and which policies it has.
    fn shape(&self) -> impl PartialEq + use<> {
        let policies = self.policies.as_ref().map(|policies| policies.shape());
        (self.edge, policies, self.fallback, self.next)
    }
}

impl Plan {
    /// Whether only numbers differ in stores, sagas and windows.
    fn same_stores(&self, other: &Plan) -> bool {
        let shape = |store: &StorePlan| (store.node, store.projected, store.source, store.keys.is_some());
        let emits = |window: &WindowPlan| (window.node, window.emit);
        self.stores.iter().map(shape).eq(other.stores.iter().map(shape))
            && self.accesses == other.accesses
            && self.sagas == other.sagas
            && self.handlers == other.handlers
            && self.windows.iter().map(emits).eq(other.windows.iter().map(emits))
            && self.pairs == other.pairs
    }
}

/// Whether messages take the same ways in both plans.
fn same_ways(a: &Plan, b: &Plan) -> bool {
    let queue = |queue: &QueuePlan| (queue.dead_letter, queue.delivery_latency.is_some());
    let publish = |publish: &PublishPlan| (publish.to, publish.routes, publish.guard.is_some());
    let ask = |ask: &AskPlan| (ask.via, ask.reply_via);
    a.routes == b.routes
        && a.exchanges == b.exchanges
        && a.queues.iter().map(queue).eq(b.queues.iter().map(queue))
        && a.publishes.iter().map(publish).eq(b.publishes.iter().map(publish))
        && a.asks.iter().map(ask).eq(b.asks.iter().map(ask))
}

impl SharedPolicyPlan {
    /// Whether nothing but numbers tells it from `other`.
    pub(super) fn same_shape(&self, other: &SharedPolicyPlan) -> bool {
        let same_kind = match (&self.policy, &other.policy) {
            (PolicyPlan::RetryBudget(a), PolicyPlan::RetryBudget(b)) => discriminant(a) == discriminant(b),
            (a, b) => discriminant(a) == discriminant(b),
        };
        self.edge == other.edge && same_kind
    }
}

impl SharedBreaker {
    /// Whether nothing but numbers tells it from `other`.
    pub(super) fn same_shape(&self, other: &SharedBreaker) -> bool {
        let kind = discriminant::<BreakerWindow>;
        (self.from, self.to, self.op) == (other.from, other.to, other.op)
            && kind(&self.plan.window) == kind(&other.plan.window)
    }
}

impl CallPolicies {
    /// What must not change under a run: which policies there are. A hedge may.
    pub(super) fn shape(&self) -> impl PartialEq + use<> {
        (self.breaker, self.rate_limit, self.bulkhead, self.budget, self.health)
    }
}

impl HealthPlan {
    /// What must not change under a run: who looks at whom, and how.
    pub(super) fn shape(&self) -> impl PartialEq + use<> {
        (self.from, self.to, self.outliers.is_some(), self.checks.is_some())
    }
}

impl ServicePlan {
    /// Whether only numbers differ.
    fn same_scaling(&self, other: &ServicePlan) -> bool {
        let hashes = |service: &ServicePlan| service.balance == Balance::ConsistentHash;
        self.discovery.is_some() == other.discovery.is_some()
            && self.autoscale.is_some() == other.autoscale.is_some()
            && hashes(self) == hashes(other)
    }
}
