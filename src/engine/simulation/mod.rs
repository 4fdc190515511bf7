//! The simulation: a plan in motion.

mod circle;
mod edit;
mod event;
mod faults;
mod health;
mod node;
mod run;
mod snapshot;
mod steer;
mod watchdog;

use std::sync::Arc;

use crate::base::{
    BreakerIx, ClientIx, HealthIx, LogIx, NodeIx, QueueIx, ServiceIx, SimDuration, SimTime, StoreIx,
};
use crate::engine::kernel::calendar::Calendar;
use crate::engine::kernel::event::{Address, NodeEvent, PackedEvent};
use crate::engine::kernel::network::Network;
use crate::engine::kernel::wake::Generations;
use crate::engine::nodes::log::Log;
use crate::engine::nodes::service::Service;
use crate::engine::runtime::balancing::Directory;
use crate::engine::runtime::context::Context;
use crate::engine::runtime::publications::Publications;
use crate::engine::runtime::write_history::WriteHistory;
use crate::observation::{
    BreakerState, ClaimState, Flight, LogState, Observer, PartitionState, QueueState, ReplicaState,
    StoreState,
};
use crate::scenario::{Fault, Plan, TimelinePlan};
use event::SimulationEvent;
use faults::Faults;
use node::Node;
use watchdog::Watchdog;

/// A plan in motion. Cloning it is a checkpoint.
#[derive(Clone, Debug)]
pub struct Simulation {
    plan: Arc<Plan>,
    now: SimTime,
    events: u64,
    /// Number of the first event at the present instant.
    first_here: u64,
    halt: Option<Halt>,
    watchdog: Watchdog,
    requests: u64,
    /// Spans that began while somebody wanted to hear of them.
    spans: u64,
    calendar: Calendar<PackedEvent>,
    generations: Generations,
    directory: Directory,
    publications: Publications,
    write_history: WriteHistory,
    network: Network,
    nodes: Vec<Node>,
    /// What waits outside each node that is paused, or some of whose replicas are; none where it is not.
    outside: Vec<Option<Outside>>,
    faults: Faults,
    /// Callers that see to the health of replicas, or did.
    healths: usize,
}

/// What is paused of a node, and what waits for that to go on.
#[derive(Clone, Debug)]
struct Outside {
    /// All of it is.
    whole: bool,
    /// Which replicas of a service are, whatever the rest is.
    alone: Vec<bool>,
    /// What happened to it meanwhile, in order.
    events: Vec<PackedEvent>,
}

/// What one can do to a running simulation. It takes effect at the present instant, after all that happens in it.
#[derive(Clone, Debug)]
pub enum Command {
    /// Go on under another plan of the same shape (`Plan::same_shape`): what a slider does.
    Retune(Arc<Plan>),
    /// Go on under a plan that continues the present one (`Plan::merged`): what an edit does.
    Replace(Arc<Plan>),
    /// A fault sets in, for a time or for good.
    Inject(Fault, Option<SimDuration>),
    /// The newest active fault equal to this one ends.
    Heal(Fault),
    /// A circuit breaker is forced open, disabled, or left to itself again (closed). Open and half-open it becomes of
    /// itself alone: they change nothing.
    SetBreaker(BreakerIx, BreakerState),
}

/// Why a run stopped before its end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Halt {
    /// Events follow each other without end while time stands still, or nearly: somewhere a loop has no delay, or hardly
    /// any. With the node that makes most of them.
    Livelock(Option<NodeIx>),
    /// More is alive than there is room for: something grows without bound.
    Full,
}

impl Simulation {
    /// At time zero, nothing has happened yet.
    pub fn new(plan: Arc<Plan>) -> Simulation {
        let nodes: Vec<Node> = plan.nodes.iter().map(|node| Node::new(node.kind, &plan)).collect();
        let mut made = Simulation {
            now: SimTime::ZERO,
            events: 0,
            first_here: 0,
            halt: None,
            watchdog: Watchdog::default(),
            requests: 0,
            spans: 0,
            calendar: Calendar::default(),
            generations: Generations::new(nodes.len()),
            directory: Directory::new(&plan),
            publications: Publications::default(),
            write_history: WriteHistory::new(plan.stores.iter().any(|store| store.projected)),
            network: Network::new(&plan),
            outside: vec![None; nodes.len()],
            nodes,
            faults: Faults::new(&plan),
            healths: plan.healths.len(),
            plan: Arc::clone(&plan),
        };
        // Faults come before anything else at their instant.
        for (number, entry) in plan.timeline.iter().enumerate() {
            made.schedule_fault(number as u32, entry);
        }
        // A node is begun by an event of its own, so that whoever observes sees it.
        for at in 0..made.nodes.len() {
            let begins = PackedEvent::new(Address::of(NodeIx(at as u32), &plan), NodeEvent::Begin);
            made.calendar.schedule(SimTime::ZERO, begins);
        }
        made.schedule_looks();
        (0..made.healths).for_each(|health| made.schedule_health(HealthIx(health as u32)));
        made
    }

    /// A fault of the timeline sets in and ends by the clock.
    fn schedule_fault(&mut self, number: u32, entry: &TimelinePlan) {
        self.calendar.schedule(entry.at, PackedEvent::global(SimulationEvent::FaultBegins(number)));
        let ends = entry.lasts.map_or(SimTime::NEVER, |lasts| entry.at + lasts);
        self.calendar.schedule(ends, PackedEvent::global(SimulationEvent::FaultEnds(number)));
    }

    /// The plan it runs.
    pub fn plan(&self) -> &Arc<Plan> {
        &self.plan
    }

    /// The present instant.
    pub fn now(&self) -> SimTime {
        self.now
    }

    /// Events handled so far.
    pub fn events(&self) -> u64 {
        self.events
    }

    /// Why it stopped, if it did. It does not go on after that.
    pub fn halted(&self) -> Option<Halt> {
        self.halt
    }

    /// When the next event is due; none where nothing will ever happen again.
    pub fn next_event_at(&self) -> Option<SimTime> {
        if self.halt.is_some() { None } else { self.calendar.next_at() }
    }

    /// Messages alive (requests, replies, asynchronous messages): counted from what is there, not from the ledger.
    pub fn in_flight(&self) -> u64 {
        self.network.counted() + self.nodes.iter().map(Node::in_flight).sum::<u64>()
    }

    /// Requests of a client that have not ended.
    pub fn open_requests(&self, client: ClientIx) -> u64 {
        match &self.nodes[self.plan.clients[client.at()].node.at()] {
            Node::Client(client) => client.open() as u64,
            _ => 0,
        }
    }

    /// Messages on their links, in no particular order.
    pub fn flights(&self) -> impl Iterator<Item = Flight> {
        self.network.flights()
    }

    /// How many replicas a service has, without those that were taken away.
    pub fn replicas(&self, service: ServiceIx) -> u32 {
        self.service(service).map_or(0, Service::active)
    }

    /// One replica, now.
    pub fn replica(&self, service: ServiceIx, replica: u32) -> ReplicaState {
        self.service(service).map_or_else(ReplicaState::default, |service| service.replica(replica))
    }

    /// One queue, now.
    pub fn queue(&self, queue: QueueIx) -> QueueState {
        match &self.nodes[self.plan.queues[queue.at()].node.at()] {
            Node::Queue(queue) => queue.state(),
            _ => QueueState::default(),
        }
    }

    /// One store, now.
    pub fn store(&self, store: StoreIx) -> StoreState {
        match &self.nodes[self.plan.stores[store.at()].node.at()] {
            Node::Store(store) => store.state(&self.plan),
            _ => StoreState::default(),
        }
    }

    /// One log, now.
    pub fn log(&self, log: LogIx) -> LogState {
        self.at_log(log).map_or_else(LogState::default, Log::state)
    }

    /// One partition of a log, now.
    pub fn partition(&self, log: LogIx, partition: u32) -> PartitionState {
        self.at_log(log).map_or_else(PartitionState::default, |log| log.partition(partition))
    }

    /// One group in one partition of a log, now.
    pub fn claim(&self, log: LogIx, group: u32, partition: u32) -> ClaimState {
        self.at_log(log).map_or_else(ClaimState::default, |log| log.claim(group, partition))
    }

    fn at_log(&self, log: LogIx) -> Option<&Log> {
        match &self.nodes[self.plan.logs[log.at()].node.at()] {
            Node::Log(log) => Some(log),
            _ => None,
        }
    }

    /// The state of a circuit breaker.
    pub fn breaker(&self, breaker: BreakerIx) -> BreakerState {
        match &self.nodes[self.plan.breakers[breaker.at()].from.at()] {
            Node::Client(client) => client.breaker(breaker),
            Node::Service(service) => service.breaker(breaker),
            _ => BreakerState::default(),
        }
    }

    /// Active faults with their numbers, oldest first.
    pub fn faults(&self) -> impl Iterator<Item = (u32, &Fault)> {
        self.faults.active()
    }

    /// How many of its callers send nothing to a replica of a service because they have ejected it.
    pub fn ejected_by(&self, service: ServiceIx, replica: u32) -> u32 {
        let own = (0..).map(HealthIx).zip(&self.plan.healths).filter(|(_, health)| health.to == service);
        own.filter(|(health, _)| self.directory.is_ejected(*health, replica)).count() as u32
    }

    /// How many of its callers send nothing to a replica of a service because checks have found it ill.
    pub fn unhealthy_to(&self, service: ServiceIx, replica: u32) -> u32 {
        let own = (0..).map(HealthIx).zip(&self.plan.healths).filter(|(_, health)| health.to == service);
        own.filter(|(health, _)| self.directory.is_unhealthy(*health, replica)).count() as u32
    }

    fn service(&self, service: ServiceIx) -> Option<&Service> {
        match &self.nodes[self.plan.services[service.at()].node.at()] {
            Node::Service(service) => Some(service),
            _ => None,
        }
    }

    /// About how many bytes a clone takes.
    pub fn memory_bytes(&self) -> usize {
        let at_nodes =
            self.nodes.iter().map(Node::memory_bytes).sum::<usize>() + size_of_val(&self.nodes[..]);
        let under_way = self.network.memory_bytes()
            + self.calendar.memory_bytes()
            + self.generations.memory_bytes()
            + self.directory.memory_bytes();
        let known = self.publications.memory_bytes() + self.write_history.memory_bytes();
        size_of::<Simulation>() + at_nodes + under_way + known
    }

    /// Everything that lives: what the bound on memory is about.
    fn live_objects(&self) -> usize {
        let at_nodes = self.nodes.iter().map(Node::live_objects).sum::<usize>();
        let known = self.publications.live_objects() + self.write_history.live_objects();
        at_nodes + self.network.len() + self.calendar.len() + known
    }

    /// The nodes, and the context that any one of them is given.
    fn split<'a, O: Observer>(&'a mut self, observer: &'a mut O) -> (&'a mut [Node], Context<'a, O>) {
        let context = Context {
            now: self.now,
            plan: &self.plan,
            generations: &mut self.generations,
            directory: &mut self.directory,
            publications: &mut self.publications,
            write_history: &mut self.write_history,
            calendar: &mut self.calendar,
            network: &mut self.network,
            observer,
            requests: &mut self.requests,
            spans: &mut self.spans,
        };
        (&mut self.nodes, context)
    }
}
