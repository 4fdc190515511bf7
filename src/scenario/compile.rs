//! From the typed model to the plan: every name becomes an index, every operation a list of instructions.

mod code;
mod fault;
mod log;
mod messaging;
pub(super) mod policy;
mod store;

pub(super) use fault::compile_fault;

use store::Scope;

use super::model::{Ack, WhileWaiting};
use super::model::{Arrivals, Balance as Written, Client, Discipline as Order, Document, Node, Service};
use super::{
    ArrivalPlan, AutoscalePlan, Balance, ClientPlan, ConsumerPlan, Diagnostic, Discipline, LinkPlan,
    NodeKind, NodePlan, OperationPlan, Plan, ServicePlan, TimelinePlan, words,
};
use crate::base::{ClientIx, Dist, DistIx, LinkIx, NodeIx, OpIx, Pc, QueueIx, ServiceIx, SimTime, Zipf};

/// Links there may be in all.
const MAX_LINKS: usize = 1024;

/// Copies that exchanges make, counted once for each publish step.
const MAX_ROUTES: usize = 100_000;

/// Compiles a document in which nothing is wrong and everything runs.
pub(super) fn compile(document: Document) -> Result<Plan, Vec<Diagnostic>> {
    let mut compiler =
        Compiler { document, plan: Plan::default(), found: Vec::new(), scope: Scope::default() };
    compiler.plan.title = document.title().to_owned();
    compiler.plan.seed = document.seed();
    compiler.nodes();
    compiler.brokers();
    compiler.behaviour();
    compiler.answers();
    compiler.relate();
    compiler.check_logs();
    compiler.check_links();
    compiler.timeline();
    if compiler.found.is_empty() { Ok(compiler.plan) } else { Err(compiler.found) }
}

/// A plan in the making.
struct Compiler<'a> {
    document: Document<'a>,
    plan: Plan,
    found: Vec<Diagnostic>,
    /// The operation that is compiled at present.
    scope: Scope,
}

impl Compiler<'_> {
    /// Gives every node and every operation its index, so that all can be referred to.
    fn nodes(&mut self) {
        for (at, (id, node)) in self.document.nodes().iter().enumerate() {
            let ix = NodeIx(at as u32);
            let kind = match node {
                Node::Client(client) => NodeKind::Client(self.client(ix, client)),
                Node::Service(service) => NodeKind::Service(self.service(ix, service)),
                Node::Queue(queue) => NodeKind::Queue(self.new_queue(ix, queue)),
                Node::Exchange(exchange) => NodeKind::Exchange(self.new_exchange(ix, exchange)),
                Node::Store(store) => NodeKind::Store(self.store(ix, store)),
                Node::Log(log) => NodeKind::Log(self.new_log(ix, log)),
            };
            self.plan.nodes.push(NodePlan { id: id.to_owned(), kind });
        }
    }

    fn client(&mut self, node: NodeIx, client: Client) -> ClientIx {
        let arrivals = match client.arrivals() {
            Arrivals::Poisson(rate) => {
                ArrivalPlan::Open { profile: vec![(SimTime::ZERO, rate.rate())], even: false }
            }
            Arrivals::Constant(rate) => {
                ArrivalPlan::Open { profile: vec![(SimTime::ZERO, rate.rate())], even: true }
            }
            Arrivals::Profile(points) => {
                let profile = points.iter().map(|(at, rate)| (SimTime::ZERO + at, rate)).collect();
                ArrivalPlan::Open { profile, even: false }
            }
            Arrivals::Closed(closed) => {
                ArrivalPlan::Closed { users: closed.users(), think: self.dist(closed.think().compile()) }
            }
        };
        let keys = client.keys().map(|keys| Zipf::new(keys.count(), keys.skew()));
        let plan = ClientPlan {
            node,
            arrivals,
            entry: Pc::default(),
            deadline: client.deadline(),
            propagate: client.propagate_deadline(),
            keys,
        };
        self.plan.clients.push(plan);
        ClientIx(self.plan.clients.len() as u32 - 1)
    }

    fn service(&mut self, node: NodeIx, service: Service) -> ServiceIx {
        let ix = ServiceIx(self.plan.services.len() as u32);
        for name in service.operations().names() {
            let entry = Pc::default();
            self.plan.operations.push(OperationPlan { service: ix, name: name.to_owned(), entry });
        }
        self.plan.services.push(ServicePlan {
            node,
            replicas: service.replicas(),
            workers: service.workers(),
            queue: service.queue(),
            discipline: match service.discipline() {
                Order::Fifo => Discipline::Fifo,
                Order::Lifo => Discipline::Lifo,
                Order::ProcessorSharing => Discipline::ProcessorSharing,
            },
            release: service.while_waiting() == WhileWaiting::ReleaseWorker,
            balance: match service.balance() {
                Written::RoundRobin => Balance::RoundRobin,
                Written::Random => Balance::Random,
                Written::LeastOutstanding => Balance::LeastOutstanding,
                Written::PowerOfTwo => Balance::PowerOfTwo,
                Written::ConsistentHash => Balance::ConsistentHash,
            },
            discovery: service.discovery().map(|discovery| discovery.refresh()),
            autoscale: service.autoscale().map(|scale| AutoscalePlan {
                min: scale.min(),
                max: scale.max(),
                target: scale.target_utilization(),
                every: scale.every(),
                startup: scale.startup(),
            }),
            admits: service.admission().and_then(|admission| admission.rate_limit()).map(policy::bucket),
            shed_above: service
                .admission()
                .and_then(|admission| admission.shed())
                .map(|shed| shed.above_wait()),
            consumes: Vec::new(),
        });
        ix
    }

    /// Compiles what each node does.
    fn behaviour(&mut self) {
        let mut op = 0;
        for (at, (id, node)) in self.document.nodes().iter().enumerate() {
            let ix = NodeIx(at as u32);
            match (node, self.plan.nodes[at].kind) {
                (Node::Client(client), NodeKind::Client(place)) => {
                    self.plan.clients[place.at()].entry = self.operation(ix, id, client.operation());
                }
                (Node::Service(service), NodeKind::Service(place)) => {
                    for (name, steps) in service.operations().iter() {
                        self.plan.operations[op].entry = self.operation(ix, name, steps);
                        op += 1;
                    }
                    self.consumers(ix, place, service);
                }
                _ => {}
            }
        }
    }

    fn consumers(&mut self, node: NodeIx, place: ServiceIx, service: Service) {
        for (at, consume) in service.consumes().iter().enumerate() {
            let broker = self.node(consume.from());
            let from = self.source(place, at as u32, consume);
            let consumer = ConsumerPlan {
                from,
                op: self.find_operation(place, consume.operation()),
                prefetch: consume.prefetch(),
                ack_before: consume.ack() == Ack::Before,
                nack_delay: consume.nack_delay(),
                commit_every: consume.commit_every(),
                out: self.link(broker, node),
                back: self.link(node, broker),
            };
            self.plan.services[place.at()].consumes.push(consumer);
        }
    }

    #[inline(never)]
    fn dist(&mut self, dist: Dist) -> DistIx {
        self.plan.dists.push(dist);
        DistIx(self.plan.dists.len() as u32 - 1)
    }

    /// A node by its id; the reader has seen to it that it exists.
    #[inline(never)]
    fn node(&self, id: &str) -> NodeIx {
        self.plan.node(id).unwrap_or_default()
    }

    /// A queue by its id.
    #[inline(never)]
    fn queue(&self, id: &str) -> (NodeIx, QueueIx) {
        let node = self.node(id);
        match self.plan.nodes[node.at()].kind {
            NodeKind::Queue(queue) => (node, queue),
            _ => unreachable!("refused: no queue, or does not run yet"),
        }
    }

    /// An operation by its name.
    #[inline(never)]
    fn find_operation(&self, service: ServiceIx, name: &str) -> OpIx {
        let found = self.plan.operations.iter().position(|op| op.service == service && op.name == name);
        OpIx(found.unwrap_or_else(|| unreachable!("refused: no such operation")) as u32)
    }

    /// The link from one node to another, made where it is not there yet.
    #[inline(never)]
    fn link(&mut self, from: NodeIx, to: NodeIx) -> LinkIx {
        if let Some(link) = self.plan.link(from, to) {
            return link;
        }
        let over = self.document.links().iter().find(|link| {
            link.from() == self.plan.nodes[from.at()].id && link.to() == self.plan.nodes[to.at()].id
        });
        let network = self.document.network();
        let latency = over.and_then(|link| link.latency()).unwrap_or(network.latency()).compile();
        let loss = over.and_then(|link| link.loss()).unwrap_or(network.loss());
        let latency = self.dist(latency);
        self.plan.links.push(LinkPlan { from, to, latency, loss });
        LinkIx(self.plan.links.len() as u32 - 1)
    }

    /// Refuses too many links, and overrides of links along which nothing travels.
    fn check_links(&mut self) {
        if self.plan.links.len() > MAX_LINKS {
            let (count, most) = (self.plan.links.len().to_string(), MAX_LINKS.to_string());
            self.found.push(Diagnostic::new("nodes", &words::MANY_LINKS, &[&count, &most]));
        }
        if self.plan.routes.len() > MAX_ROUTES {
            self.found.push(Diagnostic::new("nodes", &words::MANY_ROUTES, &[]));
        }
        for (at, link) in self.document.links().iter().enumerate() {
            if self.plan.link(self.node(link.from()), self.node(link.to())).is_none() {
                self.found.push(no_link(&format!("links[{at}]"), link.from(), link.to()));
            }
        }
    }

    fn timeline(&mut self) {
        for (at, entry) in self.document.timeline().iter().enumerate() {
            match compile_fault(entry.fault(), &self.plan) {
                Ok(fault) => {
                    let at = SimTime::ZERO + entry.at();
                    let entry = TimelinePlan { at, lasts: entry.lasts(), fault };
                    // In order of time; what is due at one instant, as written.
                    let place = self.plan.timeline.partition_point(|other| other.at <= at);
                    self.plan.timeline.insert(place, entry);
                }
                Err(mut diagnostic) => {
                    diagnostic.path = format!("timeline[{at}].fault.{}", diagnostic.path);
                    self.found.push(diagnostic);
                }
            }
        }
    }
}

/// Nothing travels from one node to another.
fn no_link(path: &str, from: &str, to: &str) -> Diagnostic {
    Diagnostic::new(path, &words::NO_TRAVEL, &[from, to])
}
