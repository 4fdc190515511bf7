//! A plan with which a running system goes on as another one: what stays has its old index, what is new comes after it.
//!
//! A node stays where a node of the same name and kind is there after the edit (a log also with as many partitions,
//! brokers and copies); an operation, a link and an edge where one between the same is; a breaker, a policy and a group
//! where one of the same kind is, in the order in which they are written. Where the instructions of an operation are the
//! same but for their numbers, they get the new numbers. Else the new ones are added at the end: what is under way goes on
//! with the old ones, and requests from now on take the new ones. Nothing is ever taken out of a table, since messages,
//! tasks and figures refer to it; [`Living`] says what is no part of the system any more.

mod code;
mod fault;
mod kinds;
mod policy;
mod same_code;
mod steps;

use std::mem::discriminant;

use super::living::Living;
use super::policy::EdgePlan;
use super::service::OperationPlan;
use super::system::{LinkPlan, NodeKind, NodePlan, Plan};
use crate::base::{
    AccessIx, BreakerIx, ClientIx, DistIx, EdgeIx, ExchangeIx, HealthIx, LinkIx, LogIx, NodeIx, OpIx,
    PolicyIx, QueueIx, ServiceIx, StoreIx,
};

/// So many nodes a run can have had, those that edits took out counted.
pub const MOST_NODES: usize = 256;

/// So many `consumes` a service can have had in a run, those that edits took out counted.
const MOST_SUBSCRIPTIONS: usize = 255;

/// So many instructions a run can have had.
const MOST_CODE: usize = 1 << 20;

/// A run was edited so often that there is no room for more.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TooManyEdits;

impl Plan {
    /// The plan under which a run of this one goes on as the system of `new`. Its seed stays.
    ///
    /// # Errors
    ///
    /// The run has had too many nodes: [`MOST_NODES`].
    pub fn merged(&self, new: &Plan) -> Result<Plan, TooManyEdits> {
        let mut merge = Merge {
            old: self,
            new,
            out: Plan { title: new.title.clone(), ..self.clone() },
            living: Living::default(),
            nodes: Vec::with_capacity(new.nodes.len()),
            links: Vec::with_capacity(new.links.len()),
            operations: Vec::with_capacity(new.operations.len()),
            edges: Vec::with_capacity(new.edges.len()),
            policies: Vec::new(),
            breakers: Vec::new(),
            healths: Vec::new(),
            groups: Vec::new(),
            subscriptions: Vec::new(),
            accesses: vec![AccessIx::default(); new.accesses.len()],
            effects: Vec::new(),
        };
        merge.nodes();
        if merge.out.nodes.len() > MOST_NODES {
            return Err(TooManyEdits);
        }
        merge.links();
        merge.operations();
        merge.edges();
        merge.share_policies();
        merge.kinds();
        merge.code();
        merge.emissions();
        merge.timeline();
        merge.finish()
    }
}

/// Two plans becoming one.
struct Merge<'p> {
    old: &'p Plan,
    new: &'p Plan,
    out: Plan,
    living: Living,
    /// What the indices of the new plan are in the merged one.
    nodes: Vec<NodeIx>,
    links: Vec<LinkIx>,
    operations: Vec<OpIx>,
    edges: Vec<EdgeIx>,
    policies: Vec<PolicyIx>,
    breakers: Vec<BreakerIx>,
    healths: Vec<HealthIx>,
    /// Of each log.
    groups: Vec<Vec<u32>>,
    /// Of each service.
    subscriptions: Vec<Vec<u32>>,
    accesses: Vec<AccessIx>,
    /// What the numbers of effects are, where that is known.
    effects: Vec<(u32, u32)>,
}

/// Says that an entry is part of the system.
fn mark(living: &mut Vec<bool>, at: usize) {
    living.resize(living.len().max(at + 1), false);
    living[at] = true;
}

impl Merge<'_> {
    fn nodes(&mut self) {
        for node in &self.new.nodes {
            let stays =
                self.old.living_nodes().find(|(_, old)| old.id == node.id && self.same_kind(old, node));
            let at = match stays {
                Some((at, _)) => {
                    self.out.nodes[at.at()].label.clone_from(&node.label);
                    at
                }
                None => self.add_node(node),
            };
            mark(&mut self.living.nodes, at.at());
            self.nodes.push(at);
        }
    }

    /// Whether a node may stay as another one.
    fn same_kind(&self, old: &NodePlan, new: &NodePlan) -> bool {
        match (old.kind, new.kind) {
            (NodeKind::Log(a), NodeKind::Log(b)) => {
                let (a, b) = (&self.old.logs[a.at()], &self.new.logs[b.at()]);
                (a.partitions, a.brokers, a.replication) == (b.partitions, b.brokers, b.replication)
            }
            (a, b) => discriminant(&a) == discriminant(&b),
        }
    }

    /// Adds a node with an entry in the table of its kind, which is filled in later.
    fn add_node(&mut self, node: &NodePlan) -> NodeIx {
        let Merge { out, new, .. } = self;
        let ix = NodeIx(out.nodes.len() as u32);
        macro_rules! add {
            ($table:ident, $from:expr, $index:ident, $kind:ident) => {{
                let mut entry = new.$table[$from.at()].clone();
                entry.node = ix;
                out.$table.push(entry);
                NodeKind::$kind($index(out.$table.len() as u32 - 1))
            }};
        }
        let kind = match node.kind {
            NodeKind::Client(from) => add!(clients, from, ClientIx, Client),
            NodeKind::Service(from) => add!(services, from, ServiceIx, Service),
            NodeKind::Queue(from) => add!(queues, from, QueueIx, Queue),
            NodeKind::Exchange(from) => add!(exchanges, from, ExchangeIx, Exchange),
            NodeKind::Store(from) => add!(stores, from, StoreIx, Store),
            NodeKind::Log(from) => add!(logs, from, LogIx, Log),
        };
        out.nodes.push(NodePlan { kind, ..node.clone() });
        ix
    }

    fn links(&mut self) {
        for link in &self.new.links {
            let (from, to) = (self.node(link.from), self.node(link.to));
            let stays = self.out.links.iter().position(|old| (old.from, old.to) == (from, to));
            let latency = self.dist(link.latency, stays.map(|at| self.out.links[at].latency));
            let plan = LinkPlan { from, to, latency, loss: link.loss };
            let at = put(&mut self.out.links, plan, stays);
            mark(&mut self.living.links, at);
            self.links.push(LinkIx(at as u32));
        }
    }

    /// Every operation gets its index; what it does comes later.
    fn operations(&mut self) {
        for op in &self.new.operations {
            let service = self.service(op.service);
            let same = |old: &OperationPlan| old.service == service && old.name == op.name;
            let stays = self.out.operations.iter().position(same);
            let entry = stays.map_or(op.entry, |at| self.out.operations[at].entry);
            let plan = OperationPlan { service, entry, ..op.clone() };
            let at = put(&mut self.out.operations, plan, stays);
            mark(&mut self.living.operations, at);
            self.operations.push(OpIx(at as u32));
        }
    }

    fn edges(&mut self) {
        for edge in &self.new.edges {
            let plan =
                EdgePlan { from: self.node(edge.from), to: self.node(edge.to), op: self.operation(edge.op) };
            let stays = self.out.edges.iter().position(|old| *old == plan);
            let at = put(&mut self.out.edges, plan, stays);
            mark(&mut self.living.edges, at);
            self.edges.push(EdgeIx(at as u32));
        }
    }

    /// Marks what is no part of the system any more.
    fn finish(mut self) -> Result<Plan, TooManyEdits> {
        let out = &mut self.out;
        out.keyless &= self.new.keyless;
        let taken = |(service, own): (&ServiceIx, &Vec<u32>)| {
            own.iter().map(|at| (*service, *at)).collect::<Vec<_>>()
        };
        let services: Vec<ServiceIx> = self
            .new
            .services
            .iter()
            .map(|service| kind_of_service(out, self.nodes[service.node.at()]))
            .collect();
        let taken: Vec<(ServiceIx, u32)> = services.iter().zip(&self.subscriptions).flat_map(taken).collect();
        for (service, plan) in out.services.iter_mut().enumerate() {
            for (at, consumer) in plan.consumes.iter_mut().enumerate() {
                consumer.retired = !taken.contains(&(ServiceIx(service as u32), at as u32));
            }
        }
        let living = &mut self.living;
        living.nodes.resize(out.nodes.len(), false);
        living.links.resize(out.links.len(), false);
        living.operations.resize(out.operations.len(), false);
        living.edges.resize(out.edges.len(), false);
        living.calls.resize(out.calls.len(), false);
        living.policies.resize(out.policies.len(), false);
        living.breakers.resize(out.breakers.len(), false);
        living.healths.resize(out.healths.len(), false);
        living.publishes.resize(out.publishes.len(), false);
        living.asks.resize(out.asks.len(), false);
        living.accesses.resize(out.accesses.len(), false);
        living.sagas.resize(out.sagas.len(), false);
        living.windows.resize(out.windows.len(), false);
        out.living = Some(Box::new(std::mem::take(living)));
        let crowded = out.services.iter().any(|service| service.consumes.len() > MOST_SUBSCRIPTIONS);
        if crowded || out.code.len() > MOST_CODE { Err(TooManyEdits) } else { Ok(self.out) }
    }

    fn node(&self, new: NodeIx) -> NodeIx {
        self.nodes[new.at()]
    }

    fn link(&self, new: LinkIx) -> LinkIx {
        self.links[new.at()]
    }

    fn operation(&self, new: OpIx) -> OpIx {
        self.operations[new.at()]
    }

    fn edge(&self, new: EdgeIx) -> EdgeIx {
        self.edges[new.at()]
    }

    fn kind(&self, new: NodeIx) -> NodeKind {
        self.out.nodes[self.node(new).at()].kind
    }

    fn service(&self, new: ServiceIx) -> ServiceIx {
        kind_of_service(&self.out, self.node(self.new.services[new.at()].node))
    }

    fn client(&self, new: ClientIx) -> ClientIx {
        let NodeKind::Client(client) = self.kind(self.new.clients[new.at()].node) else { changed() };
        client
    }

    fn queue(&self, new: QueueIx) -> QueueIx {
        let NodeKind::Queue(queue) = self.kind(self.new.queues[new.at()].node) else { changed() };
        queue
    }

    fn exchange(&self, new: ExchangeIx) -> ExchangeIx {
        let NodeKind::Exchange(exchange) = self.kind(self.new.exchanges[new.at()].node) else { changed() };
        exchange
    }

    fn store(&self, new: StoreIx) -> StoreIx {
        let NodeKind::Store(store) = self.kind(self.new.stores[new.at()].node) else { changed() };
        store
    }

    fn log(&self, new: LogIx) -> LogIx {
        let NodeKind::Log(log) = self.kind(self.new.logs[new.at()].node) else { changed() };
        log
    }

    /// A distribution: each has one place where it is used, so one that stays takes the new values.
    fn dist(&mut self, new: DistIx, stays: Option<DistIx>) -> DistIx {
        let dist = self.new.dists[new.at()].clone();
        DistIx(put(&mut self.out.dists, dist, stays.map(DistIx::at)) as u32)
    }

    /// Whether a node of the merged plan was there before.
    fn stays(&self, node: NodeIx) -> bool {
        node.at() < self.old.nodes.len()
    }
}

fn kind_of_service(out: &Plan, node: NodeIx) -> ServiceIx {
    let NodeKind::Service(service) = out.nodes[node.at()].kind else { changed() };
    service
}

/// Puts something where it stays, or at the end; gives its place.
fn put<T>(table: &mut Vec<T>, entry: T, stays: Option<usize>) -> usize {
    match stays {
        Some(at) => {
            table[at] = entry;
            at
        }
        None => {
            table.push(entry);
            table.len() - 1
        }
    }
}

fn changed() -> ! {
    unreachable!("a node that stays has the kind that it had")
}
