//! Queues, exchanges and ask steps: rules, ways, and which way each message of a publish step takes.

use super::compiler::Compiler;
use super::limits::MAX_ROUTES;
use crate::base::{AskIx, ExchangeIx, LinkIx, NodeIx, PublishIx, QueueIx, ServiceIx, SimDuration};
use crate::scenario::model::broker::{Binding, Exchange, Matching, Overflow, Queue};
use crate::scenario::model::decode::Named;
use crate::scenario::model::node::Node;
use crate::scenario::model::policy::PublishRetry;
use crate::scenario::model::step::{Ask, Publish};
use crate::scenario::plan::{
    AskPlan, BindingPlan, Broker, DeadLetterPlan, ExchangePlan, NodeKind, PublishGuard, PublishPlan,
    QueuePlan, QueueRules, RetryPlan, RoutePlan, Routes, Routing,
};
use crate::scenario::topic::topic_matches;

/// What of a publish step decides on its ways.
#[derive(Clone, Copy)]
struct Address<'a> {
    key: &'a str,
    headers: Option<&'a Named<String>>,
    /// Its key for a log.
    record: Option<&'a str>,
    confirm: bool,
}

/// What a binding matches, as one would write it on its link.
fn label(routing: Routing, binding: &Binding) -> String {
    match routing {
        Routing::Fanout => String::new(),
        Routing::Direct | Routing::Topic => binding.key.clone(),
        Routing::Headers => {
            let between = if binding.matching == Matching::Any { " | " } else { " & " };
            let headers = &binding.headers;
            let all: Vec<String> = headers.iter().map(|(name, value)| [name, "=", value].concat()).collect();
            all.join(between)
        }
    }
}

impl Compiler<'_> {
    pub fn new_queue(&mut self, node: NodeIx, queue: &Queue) -> QueueIx {
        let delivery_latency = queue.delivery_latency.as_ref().map(|dist| self.dist(dist.compile()));
        self.plan.queues.push(QueuePlan {
            node,
            consumers: Vec::new(),
            rules: QueueRules {
                capacity: queue.capacity,
                drops_oldest: queue.overflow == Overflow::DropOldest,
                max_deliveries: queue.max_deliveries,
                ttl: queue.ttl,
                visibility_timeout: queue.visibility_timeout,
                late_ack: queue.late_ack,
            },
            dead_letter: None,
            delivery_latency,
        });
        QueueIx(self.plan.queues.len() as u32 - 1)
    }

    pub fn new_exchange(&mut self, node: NodeIx, exchange: &Exchange) -> ExchangeIx {
        self.plan.exchanges.push(ExchangePlan { node, routing: exchange.routing, bindings: Vec::new() });
        ExchangeIx(self.plan.exchanges.len() as u32 - 1)
    }

    /// The ways that lead on from queues and exchanges.
    pub fn brokers(&mut self) {
        for (at, (_, node)) in self.document.nodes.iter().enumerate() {
            let ix = NodeIx(at as u32);
            match (node, self.plan.nodes[at].kind) {
                (Node::Queue(queue), NodeKind::Queue(place)) => {
                    if let Some(target) = &queue.dead_letter {
                        let (target, queue) = self.queue(target);
                        let link = self.link(ix, target);
                        let dead_letter = DeadLetterPlan { queue, link, cycle: 0 };
                        self.plan.queues[place.at()].dead_letter = Some(dead_letter);
                    }
                }
                (Node::Exchange(exchange), NodeKind::Exchange(place)) => {
                    for binding in exchange.bindings.iter() {
                        let target = self.node(&binding.to);
                        let out = self.link(ix, target);
                        let label = label(exchange.routing, binding);
                        self.plan.exchanges[place.at()].bindings.push(BindingPlan { out, label });
                    }
                }
                _ => {}
            }
        }
        for at in 0..self.plan.queues.len() {
            let cycle = self.cycle(at);
            if let Some(dead_letter) = &mut self.plan.queues[at].dead_letter {
                dead_letter.cycle = cycle;
            }
        }
    }

    /// How many dead-letterings lead from a queue back to itself; 0 where none do.
    fn cycle(&self, from: usize) -> u32 {
        let mut at = from;
        for steps in 1..=self.plan.queues.len() {
            let Some(dead_letter) = self.plan.queues[at].dead_letter else { return 0 };
            at = dead_letter.queue.at();
            if at == from {
                return steps as u32;
            }
        }
        0
    }

    pub fn publish(&mut self, node: NodeIx, publish: &Publish) -> PublishIx {
        let (key, headers) = (publish.routing_key.as_deref().unwrap_or(""), Some(&publish.headers));
        let (record, confirm) = (publish.key.as_deref(), publish.confirm);
        let ix = self.publish_to(node, &publish.to, Address { key, headers, record, confirm });
        let plan = &mut self.plan.publishes[ix.at()];
        plan.guard = guard(publish).filter(|_| plan.confirm);
        self.published(ix);
        ix
    }

    /// What a window sends to `to` when it closes, or a member with a record that it gives up: a message that nobody
    /// waits for, without key and headers.
    pub fn emission(&mut self, node: NodeIx, to: &str) -> PublishIx {
        self.publish_to(node, to, Address { key: "", headers: None, record: None, confirm: false })
    }

    fn publish_to(&mut self, node: NodeIx, to: &str, address: Address) -> PublishIx {
        let broker = self.node(to);
        let to = self.broker(broker);
        let (out, back) = (self.link(node, broker), self.link(broker, node));
        let routes = self.routes(broker, address);
        let (key, producer, confirm) = match to {
            Broker::Log(log) => self.log_publication(log, out, address.record, address.confirm),
            _ => (None, 0, address.confirm),
        };
        self.plan.publishes.push(PublishPlan { to, out, back, confirm, guard: None, key, producer, routes });
        PublishIx(self.plan.publishes.len() as u32 - 1)
    }

    fn broker(&self, node: NodeIx) -> Broker {
        match self.plan.nodes[node.at()].kind {
            NodeKind::Queue(queue) => Broker::Queue(queue),
            NodeKind::Exchange(exchange) => Broker::Exchange(exchange),
            NodeKind::Log(log) => Broker::Log(log),
            _ => unreachable!("refused by the reader: no broker"),
        }
    }

    /// The ways of a message from a broker on: breadth first, so that each node gets its copy by the shortest way, and
    /// none a second one.
    fn routes(&mut self, broker: NodeIx, address: Address) -> Routes {
        let mut visited = vec![broker];
        let first = self.plan.routes.len();
        let routes = self.routes_from(broker, address, &mut visited);
        let mut at = first;
        while at < self.plan.routes.len() && at <= MAX_ROUTES {
            let to = self.plan.links[self.plan.routes[at].out.at()].to;
            self.plan.routes[at].routes = self.routes_from(to, address, &mut visited);
            at += 1;
        }
        routes
    }

    /// The copies that one exchange makes; a queue makes none.
    fn routes_from(&mut self, from: NodeIx, address: Address, visited: &mut Vec<NodeIx>) -> Routes {
        let Some(Node::Exchange(exchange)) = self.document.nodes.iter().nth(from.at()).map(|(_, node)| node)
        else {
            return Routes::default();
        };
        let first = self.plan.routes.len() as u32;
        for binding in exchange.bindings.iter() {
            let target = self.node(&binding.to);
            if visited.contains(&target) || !matches(exchange.routing, binding, address) {
                continue;
            }
            visited.push(target);
            let to = self.broker(target);
            let out = self.link(from, target);
            // Nothing comes back where nobody waits for a word.
            let back = if address.confirm { self.link(target, from) } else { out };
            self.plan.routes.push(RoutePlan { to, out, back, routes: Routes::default() });
        }
        Routes { first, count: self.plan.routes.len() as u32 - first }
    }

    pub fn ask(&mut self, node: NodeIx, ask: &Ask) -> AskIx {
        let ((via_node, via), (reply_node, reply_via)) = (self.queue(&ask.via), self.queue(&ask.reply_via));
        let plan = AskPlan {
            via,
            reply_via,
            out: self.link(node, via_node),
            reply: self.link(reply_node, node),
            back: self.link(node, reply_node),
            answers: Vec::new(),
            timeout: ask.timeout,
        };
        self.plan.asks.push(plan);
        AskIx(self.plan.asks.len() as u32 - 1)
    }

    /// The ways of replies: from every service that may get the request, be it as a dead letter.
    pub fn answers(&mut self) {
        for ask in 0..self.plan.asks.len() {
            let reply_node = self.plan.queues[self.plan.asks[ask].reply_via.at()].node;
            let mut queues: Vec<QueueIx> = vec![self.plan.asks[ask].via];
            while let Some(next) = queues.last().and_then(|last| self.plan.queues[last.at()].dead_letter)
                && !queues.contains(&next.queue)
            {
                queues.push(next.queue);
            }
            let mut answers: Vec<(ServiceIx, LinkIx)> = Vec::new();
            for queue in queues {
                for (service, _) in self.plan.queues[queue.at()].consumers.clone() {
                    if !answers.iter().any(|(known, _)| *known == service) {
                        let link = self.link(self.plan.services[service.at()].node, reply_node);
                        answers.push((service, link));
                    }
                }
            }
            self.plan.asks[ask].answers = answers;
        }
    }
}

/// What holds where a confirm does not come, or is no; none where nothing is said of it.
fn guard(publish: &Publish) -> Option<PublishGuard> {
    let Publish { timeout, retry, idempotent, .. } = *publish;
    (timeout.is_some() || retry.is_some()).then(|| PublishGuard {
        timeout,
        retry: retry.map_or(RetryPlan::NONE, PublishRetry::policy),
        within: retry.map_or(SimDuration(u64::MAX), |retry| retry.within),
        idempotent,
    })
}

/// Whether a binding takes a message.
fn matches(routing: Routing, binding: &Binding, address: Address) -> bool {
    match routing {
        Routing::Direct => binding.key == address.key,
        Routing::Fanout => true,
        Routing::Topic => topic_matches(&binding.key, address.key),
        Routing::Headers => {
            let has = |(name, wanted): (&str, &String)| {
                let mut own = address.headers.iter().flat_map(|headers| headers.iter());
                own.any(|(own, value)| own == name && value == wanted)
            };
            match binding.matching {
                Matching::All => binding.headers.iter().all(has),
                Matching::Any => binding.headers.iter().any(has),
            }
        }
    }
}
