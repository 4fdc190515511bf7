//! A snapshot: everything that can be seen of a run as it stands.

use crate::base::{BreakerIx, ClientIx, LogIx, PolicyIx, QueueIx, ServiceIx, SimTime, StoreIx};
use crate::engine::Simulation;
use crate::observation::{
    BreakerMeter, BreakerState, Circle, ClaimState, Flight, GroupState, Lag, LogState, PartitionState,
    PolicyState, QueueState, QueuedMessage, ReplicaState, ScalingState, StoreState,
};
use crate::scenario::Fault;

/// What a run is like at its present instant. What draws a run, and what asks about it, sees this and not the
/// simulation: nothing here changes anything.
#[derive(Clone, Copy)]
pub struct Snapshot<'a>(&'a Simulation);

impl<'a> Snapshot<'a> {
    pub(super) fn of(simulation: &'a Simulation) -> Snapshot<'a> {
        Snapshot(simulation)
    }

    /// The present instant.
    pub fn now(self) -> SimTime {
        self.0.now()
    }

    /// Events handled so far.
    pub fn events(self) -> u64 {
        self.0.events()
    }

    /// Active faults with their numbers, oldest first.
    pub fn faults(self) -> impl Iterator<Item = (u32, &'a Fault)> {
        self.0.faults()
    }

    /// Messages on their links, in no particular order.
    pub fn flights(self) -> impl Iterator<Item = Flight> + use<'a> {
        self.0.flights()
    }

    /// Messages alive: requests, replies, asynchronous messages.
    pub fn in_flight(self) -> u64 {
        self.0.in_flight()
    }

    /// Requests of a client that have not ended.
    pub fn open_requests(self, client: ClientIx) -> u64 {
        self.0.open_requests(client)
    }

    /// How many replicas a service has, without those that were taken away.
    pub fn replicas(self, service: ServiceIx) -> u32 {
        self.0.replicas(service)
    }

    /// One replica of a service.
    pub fn replica(self, service: ServiceIx, replica: u32) -> ReplicaState {
        self.0.replica(service, replica)
    }

    /// How many of its callers send nothing to a replica of a service because they have ejected it.
    pub fn ejected_by(self, service: ServiceIx, replica: u32) -> u32 {
        self.0.ejected_by(service, replica)
    }

    /// How many of its callers send nothing to a replica of a service because checks have found it ill.
    pub fn unhealthy_to(self, service: ServiceIx, replica: u32) -> u32 {
        self.0.unhealthy_to(service, replica)
    }

    /// How a service's number of replicas is changing.
    pub fn scaling(self, service: ServiceIx) -> ScalingState {
        self.0.scaling(service)
    }

    /// The state of a circuit breaker.
    pub fn breaker(self, breaker: BreakerIx) -> BreakerState {
        self.0.breaker(breaker)
    }

    /// A circuit breaker with what it judges by.
    pub fn breaker_meter(self, breaker: BreakerIx) -> BreakerMeter {
        self.0.breaker_meter(breaker)
    }

    /// What the calls under a shared policy hold and have left; none under a node that makes no calls.
    pub fn policy(self, policy: PolicyIx) -> Option<PolicyState> {
        self.0.policy(policy)
    }

    /// One queue.
    pub fn queue(self, queue: QueueIx) -> QueueState {
        self.0.queue(queue)
    }

    /// The ready messages of a queue, the next to be delivered first.
    pub fn line(self, queue: QueueIx) -> impl Iterator<Item = QueuedMessage> + use<'a> {
        self.0.line(queue)
    }

    /// One log.
    pub fn log(self, log: LogIx) -> LogState {
        self.0.log(log)
    }

    /// One partition of a log.
    pub fn partition(self, log: LogIx, partition: u32) -> PartitionState {
        self.0.partition(log, partition)
    }

    /// One group of a log.
    pub fn group(self, log: LogIx, group: u32) -> GroupState {
        self.0.group(log, group)
    }

    /// One group in one partition of a log.
    pub fn claim(self, log: LogIx, group: u32, partition: u32) -> ClaimState {
        self.0.claim(log, group, partition)
    }

    /// Whether a broker of a log is up.
    pub fn broker_is_up(self, log: LogIx, broker: u32) -> bool {
        self.0.broker_is_up(log, broker)
    }

    /// Partition and offset of the records of a request in a log that some group has yet to commit. The request was
    /// offered at `since`.
    pub fn records_of(
        self,
        log: LogIx,
        request: u64,
        since: SimTime,
    ) -> impl Iterator<Item = (u32, u64)> + use<'a> {
        self.0.records_of(log, request, since)
    }

    /// Services that wait for each other for good, if there are such.
    pub fn blocked_in_a_circle(self) -> Option<Circle> {
        self.0.blocked_in_a_circle()
    }

    /// One store.
    pub fn store(self, store: StoreIx) -> StoreState {
        self.0.store(store)
    }

    /// How far a read model is behind what it projects, and a store's followers behind it; none of what it does not
    /// have, and of followers none where it has more than 1,024 keys.
    pub fn store_lag(self, store: StoreIx) -> [Option<Lag>; 2] {
        self.0.store_lag(store)
    }
}
