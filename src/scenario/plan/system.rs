//! A whole plan: its tables, and how to look things up in them.

use super::client::ClientPlan;
use super::fault::TimelinePlan;
use super::instruction::Instruction;
use super::living::{Entry, Living};
use super::log::LogPlan;
use super::messaging::{AskPlan, ExchangePlan, PublishPlan, QueuePlan, RoutePlan};
use super::policy::{CallPlan, EdgePlan, HealthPlan, SharedBreaker, SharedPolicyPlan};
use super::service::{OperationPlan, ServicePlan};
use super::store::{AccessPlan, HandlerPlan, Pair, SagaPlan, StorePlan, WindowPlan};
use crate::base::{
    ClientIx, Dist, DistIx, ExchangeIx, LinkIx, LogIx, NodeIx, Pc, QueueIx, ServiceIx, StoreIx,
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
    /// Policies that calls share, by [`PolicyIx`](crate::base::PolicyIx): those of one caller stand together.
    pub policies: Vec<SharedPolicyPlan>,
    /// Circuit breakers, by [`BreakerIx`](crate::base::BreakerIx): those of one caller stand together.
    pub breakers: Vec<SharedBreaker>,
    /// What callers keep of the health of replicas, by [`HealthIx`](crate::base::HealthIx).
    pub healths: Vec<HealthPlan>,
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
    /// Which of all that is part of the system; none: everything. Only a plan that goes on after an edit has other entries.
    pub living: Option<Box<Living>>,
}

/// A node's name and what it is.
#[derive(Clone, Debug, PartialEq)]
pub struct NodePlan {
    /// Its id in the scenario.
    pub id: String,
    /// What it is called on the screen, where that is not its id.
    pub label: Option<String>,
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

impl Plan {
    /// Whether an entry is part of the system; false for what an edit took out, and for what was never there.
    pub fn has<E: Entry>(&self, entry: E) -> bool {
        self.living.as_ref().is_none_or(|living| E::of(living).get(entry.place()).copied().unwrap_or(false))
    }

    /// The nodes of the system.
    pub fn living_nodes(&self) -> impl DoubleEndedIterator<Item = (NodeIx, &NodePlan)> {
        self.nodes
            .iter()
            .enumerate()
            .map(|(at, node)| (NodeIx(at as u32), node))
            .filter(|(at, _)| self.has(*at))
    }

    /// The links of the system.
    pub fn living_links(&self) -> impl Iterator<Item = (LinkIx, &LinkPlan)> {
        (0..).map(LinkIx).zip(&self.links).filter(|(at, _)| self.has(*at))
    }

    /// The node with this id.
    pub fn node(&self, id: &str) -> Option<NodeIx> {
        self.living_nodes().find(|(_, node)| node.id == id).map(|(at, _)| at)
    }

    /// The id of a node.
    pub fn id(&self, node: NodeIx) -> &str {
        &self.nodes[node.at()].id
    }

    /// The links on which dead letters travel: from queues, and from members of groups.
    pub fn dead_letter_links(&self) -> impl Iterator<Item = LinkIx> {
        let queues = self.queues.iter().filter_map(|queue| queue.dead_letter).map(|dead| dead.link);
        let consumers = self.services.iter().flat_map(|service| &service.consumes);
        let given_up = consumers.filter_map(|consumer| consumer.dead_letter);
        let links = queues.chain(given_up.map(|publish| self.publishes[publish.at()].out));
        links.filter(|link| self.has(*link))
    }

    /// The directed link between two nodes, if anything can travel there.
    pub fn link(&self, from: NodeIx, to: NodeIx) -> Option<LinkIx> {
        self.living_links().find(|(_, link)| link.from == from && link.to == to).map(|(at, _)| at)
    }
}
