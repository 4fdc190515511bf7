//! What can be seen of nodes beside their states: windows of breakers, tokens, messages in line, lags.

use super::Node;
use super::Simulation;
use crate::base::{BreakerIx, LogIx, NodeIx, PolicyIx, QueueIx, ServiceIx, SimTime, StoreIx};
use crate::engine::runtime::policy::shared::SharedPolicies;
use crate::observation::{BreakerMeter, GroupState, Lag, PolicyState, QueuedMessage, ScalingState};

impl Simulation {
    /// A circuit breaker with what it judges by, now.
    pub fn breaker_meter(&self, breaker: BreakerIx) -> BreakerMeter {
        let policies = self.policies(self.plan.breakers[breaker.at()].from);
        policies.map_or_else(BreakerMeter::default, |policies| policies.meter(breaker, &self.plan, self.now))
    }

    /// What the calls under a shared policy hold and have left, now; none under a node that makes no calls.
    pub fn policy(&self, policy: PolicyIx) -> Option<PolicyState> {
        let policies = self.policies(self.plan.edges[self.plan.policies[policy.at()].edge.at()].from);
        policies.map(|policies| policies.state(policy, &self.plan, self.now))
    }

    /// How a service's number of replicas is changing.
    pub fn scaling(&self, service: ServiceIx) -> ScalingState {
        let none = ScalingState { ready_at: SimTime::NEVER, ..ScalingState::default() };
        self.service(service).map_or(none, |service| service.scaling())
    }

    /// The ready messages of a queue, the next to be delivered first.
    pub fn line(&self, queue: QueueIx) -> impl Iterator<Item = QueuedMessage> {
        let queue = match &self.nodes[self.plan.queues[queue.at()].node.at()] {
            Node::Queue(queue) => Some(queue),
            _ => None,
        };
        queue.into_iter().flat_map(|queue| queue.line())
    }

    /// Partition and offset of the records of a request in a log that some group has yet to commit. The request was
    /// offered at `since`.
    pub fn records_of(&self, log: LogIx, request: u64, since: SimTime) -> impl Iterator<Item = (u32, u64)> {
        let partitions = self.at_log(log).map_or(&[][..], |log| &log.partitions);
        (0..).zip(partitions).flat_map(move |(number, partition)| {
            partition.records_of(request, since).map(move |offset| (number, offset))
        })
    }

    /// One group of a log, now.
    pub fn group(&self, log: LogIx, group: u32) -> GroupState {
        self.at_log(log).map_or_else(GroupState::default, |log| log.group(group))
    }

    /// Whether a broker of a log is up.
    pub fn broker_is_up(&self, log: LogIx, broker: u32) -> bool {
        self.at_log(log).is_some_and(|log| log.is_up(broker))
    }

    /// How far a read model is behind what it projects, and a store's followers behind it; none of what it does not
    /// have, and of followers none where it has more than 1,024 keys.
    pub fn store_lag(&self, store: StoreIx) -> [Option<Lag>; 2] {
        match &self.nodes[self.plan.stores[store.at()].node.at()] {
            Node::Store(store) => store.lag(&self.plan, &self.write_history, self.now),
            _ => [None; 2],
        }
    }

    fn policies(&self, node: NodeIx) -> Option<&SharedPolicies> {
        match &self.nodes[node.at()] {
            Node::Client(client) => Some(client.policies()),
            Node::Service(service) => Some(service.policies()),
            _ => None,
        }
    }
}
