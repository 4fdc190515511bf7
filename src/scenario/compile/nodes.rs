//! Clients and services become parts of the plan; every node and every operation gets its index.

use super::compiler::Compiler;
use crate::base::{ClientIx, NodeIx, Pc, ServiceIx, SimDuration, SimTime, Zipf};
use crate::scenario::model::client::{Arrivals, Client};
use crate::scenario::model::node::Node;
use crate::scenario::model::service::{Ack, Bucket, OnFailure, Service, WhileWaiting};
use crate::scenario::plan::{
    ArrivalPlan, ClientPlan, ConsumerPlan, NodeKind, NodePlan, OperationPlan, RateLimitPlan, ServicePlan,
};

impl Compiler<'_> {
    /// Gives every node and every operation its index, so that all can be referred to.
    pub fn nodes(&mut self) {
        for (at, (id, node)) in self.document.nodes.iter().enumerate() {
            let ix = NodeIx(at as u32);
            let kind = match node {
                Node::Client(client) => NodeKind::Client(self.client(ix, client)),
                Node::Service(service) => NodeKind::Service(self.service(ix, service)),
                Node::Queue(queue) => NodeKind::Queue(self.new_queue(ix, queue)),
                Node::Exchange(exchange) => NodeKind::Exchange(self.new_exchange(ix, exchange)),
                Node::Store(store) => NodeKind::Store(self.store(ix, store)),
                Node::Log(log) => NodeKind::Log(self.new_log(ix, log)),
            };
            self.plan.nodes.push(NodePlan { id: id.to_owned(), label: node.label().cloned(), kind });
        }
    }

    fn client(&mut self, node: NodeIx, client: &Client) -> ClientIx {
        let even = matches!(client.arrivals, Arrivals::Constant(_));
        let arrivals = match &client.arrivals {
            Arrivals::Poisson(rate) | Arrivals::Constant(rate) => {
                ArrivalPlan::Open { profile: vec![(SimTime::ZERO, rate.rate)], even }
            }
            Arrivals::Profile(points) => {
                let profile = points.iter().map(|(at, rate)| (SimTime::ZERO + *at, *rate)).collect();
                ArrivalPlan::Open { profile, even }
            }
            Arrivals::Closed(closed) => {
                ArrivalPlan::Closed { users: closed.users, think: self.dist(closed.think.compile()) }
            }
        };
        self.plan.clients.push(ClientPlan {
            node,
            arrivals,
            entry: Pc::default(),
            deadline: client.deadline,
            propagate: client.propagate_deadline,
            keys: client.keys.map(|keys| Zipf::new(keys.count, keys.skew)),
        });
        ClientIx(self.plan.clients.len() as u32 - 1)
    }

    fn service(&mut self, node: NodeIx, service: &Service) -> ServiceIx {
        let ix = ServiceIx(self.plan.services.len() as u32);
        for name in service.operations.names() {
            let entry = Pc::default();
            let label = service.operation_labels.get(name).cloned();
            self.plan.operations.push(OperationPlan { service: ix, name: name.to_owned(), label, entry });
        }
        let admission = service.admission.as_ref();
        self.plan.services.push(ServicePlan {
            node,
            replicas: service.replicas,
            workers: service.workers,
            queue: service.queue,
            discipline: service.discipline,
            release: service.while_waiting == WhileWaiting::ReleaseWorker,
            balance: service.balance,
            counted: service.counted,
            discovery: service.discovery.as_ref().map(|discovery| discovery.refresh),
            autoscale: service.autoscale,
            admits: admission.and_then(|admission| admission.rate_limit.as_ref()).map(bucket),
            shed_above: admission.and_then(|admission| admission.shed.as_ref()).map(|shed| shed.above_wait),
            consumes: Vec::new(),
        });
        ix
    }

    /// Compiles what each node does.
    pub fn behaviour(&mut self) {
        let mut op = 0;
        for (at, (id, node)) in self.document.nodes.iter().enumerate() {
            let ix = NodeIx(at as u32);
            match (node, self.plan.nodes[at].kind) {
                (Node::Client(client), NodeKind::Client(place)) => {
                    self.plan.clients[place.at()].entry = self.operation(ix, id, &client.operation);
                }
                (Node::Service(service), NodeKind::Service(place)) => {
                    for (name, steps) in service.operations.iter() {
                        self.plan.operations[op].entry = self.operation(ix, name, steps);
                        op += 1;
                    }
                    self.consumers(ix, place, service);
                }
                _ => {}
            }
        }
    }

    fn consumers(&mut self, node: NodeIx, place: ServiceIx, service: &Service) {
        for (at, consume) in service.consumes.iter().enumerate() {
            let broker = self.node(&consume.from);
            let from = self.source(place, at as u32, consume);
            let rejects = consume.on_failure == OnFailure::Reject;
            let consumer = ConsumerPlan {
                from,
                on_failure: consume.on_failure,
                tries: if rejects { Some(1) } else { consume.max_deliveries },
                dead_letter: consume.dead_letter.as_ref().map(|to| self.emission(node, to)),
                op: self.find_operation(place, &consume.operation),
                prefetch: consume.prefetch,
                ack_before: consume.ack == Ack::Before,
                nack_delay: consume.nack_delay,
                commit_every: consume.commit_every,
                out: self.link(broker, node),
                back: self.link(node, broker),
                retired: false,
            };
            self.plan.services[place.at()].consumes.push(consumer);
        }
    }
}

/// A service's own rate limit: nobody waits for it.
fn bucket(written: &Bucket) -> RateLimitPlan {
    RateLimitPlan { rate: written.rate, burst: written.burst, max_wait: SimDuration::ZERO }
}
