//! The plan: a validated scenario in which every name has become an index.
//!
//! **Invariant:** the engine takes nothing else, and nothing in a plan needs to be checked again.

mod log;
mod messaging;
mod policy;
mod scale;
mod store;

pub use log::*;
pub use messaging::*;
pub use policy::*;
pub use scale::*;
pub use store::*;

use crate::base::{
    AccessIx, AskIx, CallIx, ClientIx, Dist, DistIx, ExchangeIx, LinkIx, LogIx, NodeIx, Pc, PublishIx,
    QueueIx, SagaIx, ServiceIx, SimDuration, SimTime, StoreIx, WindowIx, Zipf,
};

/// A whole system, ready to run.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Plan {
    /// Title of the scenario.
    pub title: String,
    /// Seed of every random stream.
    pub seed: u64,
    /// All nodes, in the order in which they are written.
    pub nodes: Vec<NodePlan>,
    /// Clients, by [`ClientIx`].
    pub clients: Vec<ClientPlan>,
    /// Services, by [`ServiceIx`].
    pub services: Vec<ServicePlan>,
    /// Queues, by [`QueueIx`].
    pub queues: Vec<QueuePlan>,
    /// Exchanges, by [`ExchangeIx`].
    pub exchanges: Vec<ExchangePlan>,
    /// Stores, by [`StoreIx`].
    pub stores: Vec<StorePlan>,
    /// Logs, by [`LogIx`].
    pub logs: Vec<LogPlan>,
    /// Directed links, by [`LinkIx`]: every pair between which something can travel, both directions.
    pub links: Vec<LinkPlan>,
    /// Operations of services, by [`OpIx`].
    pub operations: Vec<OperationPlan>,
    /// All instructions of all operations.
    pub code: Vec<Instruction>,
    /// Call steps, by [`CallIx`].
    pub calls: Vec<CallPlan>,
    /// What calls are counted under, by [`EdgeIx`].
    pub edges: Vec<EdgePlan>,
    /// What guarded calls share, by [`GuardIx`](crate::base::GuardIx): those of one caller stand together.
    pub guards: Vec<GuardPlan>,
    /// Circuit breakers, by [`BreakerIx`](crate::base::BreakerIx): those of one caller stand together.
    pub breakers: Vec<SharedBreaker>,
    /// Publish steps, by [`PublishIx`].
    pub publishes: Vec<PublishPlan>,
    /// What exchanges do with the messages of publish steps, by [`RouteIx`](crate::base::RouteIx).
    pub routes: Vec<RoutePlan>,
    /// Ask steps, by [`AskIx`].
    pub asks: Vec<AskPlan>,
    /// What publish steps have to do with writes, by [`PublishIx`]; none where the list is shorter.
    pub pairs: Vec<Pair>,
    /// No client gives its requests keys.
    pub keyless: bool,
    /// Steps that use a store, by [`AccessIx`].
    pub accesses: Vec<AccessPlan>,
    /// Saga steps, by [`SagaIx`].
    pub sagas: Vec<SagaPlan>,
    /// What happens to operations that fail within sagas.
    pub handlers: Vec<HandlerPlan>,
    /// Window steps, by [`WindowIx`].
    pub windows: Vec<WindowPlan>,
    /// Distributions, by [`DistIx`].
    pub dists: Vec<Dist>,
    /// Branches of `Fork`: program counters of their first instructions.
    pub branches: Vec<Pc>,
    /// Arms of `Choose`: cumulative probability (the last is 1) and program counter.
    pub arms: Vec<(f64, Pc)>,
    /// Faults by the clock, in order of time.
    pub timeline: Vec<TimelinePlan>,
}

/// A node's name and what it is.
#[derive(Clone, Debug, PartialEq)]
pub struct NodePlan {
    /// Its id in the scenario.
    pub id: String,
    /// What it is.
    pub kind: NodeKind,
}

/// What a node is, with its place in the table of its kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NodeKind {
    /// A source of requests.
    Client(ClientIx),
    /// Workers that run operations.
    Service(ServiceIx),
    /// A point-to-point queue.
    Queue(QueueIx),
    /// Publish/subscribe routing.
    Exchange(ExchangeIx),
    /// A database.
    Store(StoreIx),
    /// A partitioned, replicated, replayable log.
    Log(LogIx),
}

/// A client.
#[derive(Clone, Debug, PartialEq)]
pub struct ClientPlan {
    /// The node.
    pub node: NodeIx,
    /// When requests come.
    pub arrivals: ArrivalPlan,
    /// First instruction of what each request does.
    pub entry: Pc,
    /// After it an answer is late.
    pub deadline: Option<SimDuration>,
    /// What is called learns of the deadline.
    pub propagate: bool,
    /// How requests are keyed; none: every request has key 0.
    pub keys: Option<Zipf>,
}

/// When requests come.
#[derive(Clone, Debug, PartialEq)]
pub enum ArrivalPlan {
    /// At a rate that is linear between (instant, requests per second) points; before the first point the
    /// first rate holds, after the last the last. At least one point, in order of time.
    Open {
        /// The points.
        profile: Vec<(SimTime, f64)>,
        /// Evenly spaced (true) or Poisson.
        even: bool,
    },
    /// By users who think, ask, wait for the end of their request, and think again.
    Closed {
        /// How many.
        users: u32,
        /// For how long they think.
        think: DistIx,
    },
}

/// A service.
#[derive(Clone, Debug, PartialEq)]
pub struct ServicePlan {
    /// The node.
    pub node: NodeIx,
    /// Replicas, 1 to 1,000.
    pub replicas: u32,
    /// Workers per replica, 1 to 10,000.
    pub workers: u32,
    /// Places in each replica's waiting room; none: without bound.
    pub queue: Option<u32>,
    /// In which order the waiting room empties.
    pub discipline: Discipline,
    /// A worker is given back while its job waits (`while_waiting: release_worker`).
    pub release: bool,
    /// How callers pick a replica.
    pub balance: Balance,
    /// How often callers look which replicas there are; none: they see it at once.
    pub discovery: Option<SimDuration>,
    /// How its number of replicas follows the load; none: not at all.
    pub autoscale: Option<AutoscalePlan>,
    /// Requests a second that it takes on; none: any number.
    pub admits: Option<RateLimitPlan>,
    /// A request that waited longer is dropped when a worker frees; none: never.
    pub shed_above: Option<SimDuration>,
    /// Where it takes messages from.
    pub consumes: Vec<ConsumerPlan>,
}

/// In which order a waiting room empties.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Discipline {
    /// First come, first served.
    Fifo,
    /// Last come, first served, without preemption.
    Lifo,
    /// No waiting room: all jobs share the workers equally, none faster than one worker.
    ProcessorSharing,
}

/// How callers pick a replica.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Balance {
    /// In turn.
    RoundRobin,
    /// Uniformly.
    Random,
    /// The fewest jobs in the system; ties to the lowest replica.
    LeastOutstanding,
    /// The less loaded of two different ones drawn uniformly; ties to the one drawn first.
    PowerOfTwo,
    /// By the request's key, on a hash ring.
    ConsistentHash,
}

/// A directed link.
#[derive(Clone, Debug, PartialEq)]
pub struct LinkPlan {
    /// Its sender.
    pub from: NodeIx,
    /// Its receiver.
    pub to: NodeIx,
    /// How long a message is under way.
    pub latency: DistIx,
    /// Probability that a message vanishes.
    pub loss: f64,
}

/// A named operation of a service.
#[derive(Clone, Debug, PartialEq)]
pub struct OperationPlan {
    /// The service.
    pub service: ServiceIx,
    /// Its name there.
    pub name: String,
    /// Its first instruction.
    pub entry: Pc,
}

/// One instruction of an operation. Execution goes on with the next one unless said otherwise.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Instruction {
    /// Hold a worker and compute.
    Work(DistIx),
    /// Wait without computing.
    Sleep(DistIx),
    /// Call and wait for the answer; on success go on at the call's `next`, on failure at its `fallback`
    /// (which then counts as degraded), without one fail.
    Call(CallIx),
    /// Run `count` branches from `plan.branches[first..]` in parallel; go on at `next` when all have joined,
    /// fail as soon as one fails.
    Fork {
        /// First branch.
        first: u32,
        /// How many, at least 1.
        count: u32,
        /// Where to go on.
        next: Pc,
    },
    /// The end of a branch.
    Join,
    /// Send a message to a queue or an exchange.
    Publish(PublishIx),
    /// Send a request over a queue and wait for the reply; fail at the timeout.
    Ask(AskIx),
    /// Answer the caller now and carry on.
    Respond,
    /// End with an error, with this probability.
    Fail(f64),
    /// Go on at one of `plan.arms[first..first + count]`.
    Choose {
        /// First arm.
        first: u32,
        /// How many, at least 1.
        count: u32,
    },
    /// Use a store and wait for its word; on failure fail.
    Access(AccessIx),
    /// A saga begins: the first `do` follows.
    SagaBegins(SagaIx),
    /// All of a saga is done; go on at `next`.
    SagaEnds {
        /// Which.
        saga: SagaIx,
        /// Where to go on: past the undoing.
        next: Pc,
    },
    /// All that a saga had done is undone: fail with what made it fail.
    SagaUndone(SagaIx),
    /// A record for a window.
    Window(WindowIx),
    /// Go on there.
    Goto(Pc),
    /// The end of an operation.
    End,
}

/// A fault by the clock.
#[derive(Clone, Debug, PartialEq)]
pub struct TimelinePlan {
    /// When it sets in.
    pub at: SimTime,
    /// For how long; none: for good.
    pub lasts: Option<SimDuration>,
    /// What.
    pub fault: Fault,
}

/// Something going wrong. Faults of one kind on one thing add up: factors multiply, probabilities combine as
/// independent chances, delays add.
#[derive(Clone, Debug, PartialEq)]
pub enum Fault {
    /// Work that begins (at a store: an access that gets its connection) takes `factor` times as long.
    Slow {
        /// Which service or store.
        node: NodeIx,
        /// How many times as long.
        factor: f64,
    },
    /// An operation fails, with this probability, as its worker takes it up; an access to a store as it gets its
    /// connection.
    Error {
        /// Which service or store.
        node: NodeIx,
        /// How likely.
        probability: f64,
    },
    /// A replica (or all), or a store, loses its work and its waiting room and refuses connections.
    Crash {
        /// Which service or store.
        node: NodeIx,
        /// Which replica, of a service; none: all.
        replica: Option<u32>,
    },
    /// A service, queue, log or store stops and keeps its memory; what reaches it waits unseen.
    Pause {
        /// Which node.
        node: NodeIx,
    },
    /// Nothing passes between two nodes, in either direction.
    Partition {
        /// One.
        a: NodeIx,
        /// The other.
        b: NodeIx,
    },
    /// A link takes longer.
    Latency {
        /// Which link.
        link: LinkIx,
        /// By how much.
        add: Dist,
    },
    /// A link drops messages.
    Loss {
        /// Which link.
        link: LinkIx,
        /// How likely.
        probability: f64,
    },
    /// A broker of a log is down.
    BrokerDown {
        /// Which log.
        log: LogIx,
        /// Which broker.
        broker: u32,
    },
    /// A client's rate is multiplied (closed: its thinking is that much shorter).
    Surge {
        /// Which client.
        client: ClientIx,
        /// By how much.
        factor: f64,
    },
    /// A client's requests send messages whose processing always fails.
    Poison {
        /// Which client.
        client: ClientIx,
        /// How likely.
        probability: f64,
    },
}

impl Plan {
    /// The node with this id.
    pub fn node(&self, id: &str) -> Option<NodeIx> {
        self.nodes.iter().position(|node| node.id == id).map(|at| NodeIx(at as u32))
    }

    /// The id of a node.
    pub fn id(&self, node: NodeIx) -> &str {
        &self.nodes[node.at()].id
    }

    /// The directed link between two nodes, if anything can travel there.
    pub fn link(&self, from: NodeIx, to: NodeIx) -> Option<LinkIx> {
        self.links.iter().position(|link| link.from == from && link.to == to).map(|at| LinkIx(at as u32))
    }

    /// Whether a run of this plan can go on under `other`: the same nodes, links and instructions, with
    /// nothing but numbers changed. What a slider does is such a change.
    pub fn same_shape(&self, other: &Plan) -> bool {
        let consumed = |a: &ServicePlan, b: &ServicePlan| {
            a.consumes.len() == b.consumes.len()
                && a.consumes.iter().zip(&b.consumes).all(|(a, b)| (a.from, a.op) == (b.from, b.op))
        };
        let copies = |log: &LogPlan| (log.partitions, log.brokers, log.replication, log.producers);
        let is_open = |client: &ClientPlan| matches!(client.arrivals, ArrivalPlan::Open { .. });
        let kind = |instruction: &Instruction| std::mem::discriminant(instruction);
        // Equal lengths first: what is compared in pairs must be there in both.
        self.seed == other.seed
            && self.nodes == other.nodes
            && self.edges == other.edges
            && self.branches == other.branches
            && messaging::same_ways(self, other)
            && self.logs.iter().zip(&other.logs).all(|(a, b)| copies(a) == copies(b) && a.groups == b.groups)
            && self.code.len() == other.code.len()
            && self.links.len() == other.links.len()
            && self.operations.len() == other.operations.len()
            && self.arms.len() == other.arms.len()
            && self.code.iter().zip(&other.code).all(|(a, b)| kind(a) == kind(b))
            && self.links.iter().zip(&other.links).all(|(a, b)| (a.from, a.to) == (b.from, b.to))
            && self.clients.iter().zip(&other.clients).all(|(a, b)| is_open(a) == is_open(b))
            && self.services.iter().zip(&other.services).all(|(a, b)| {
                a.discipline == b.discipline && a.release == b.release && a.same_scaling(b) && consumed(a, b)
            })
            && self.same_stores(other)
            && self.guards.len() == other.guards.len()
            && self.guards.iter().zip(&other.guards).all(|(a, b)| a.same_shape(b))
            && self.breakers.len() == other.breakers.len()
            && self.breakers.iter().zip(&other.breakers).all(|(a, b)| a.same_shape(b))
            && self.calls.iter().zip(&other.calls).all(|(a, b)| {
                a.policies.as_ref().map(|policies| policies.shape())
                    == b.policies.as_ref().map(|policies| policies.shape())
            })
            && self.timeline == other.timeline
    }
}
