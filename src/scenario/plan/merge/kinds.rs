//! The tables of the six kinds of nodes.

use super::{Merge, put};
use crate::base::{DistIx, ExchangeIx, LogIx, QueueIx, ServiceIx, StoreIx};
use crate::scenario::plan::{
    ArrivalPlan, BindingPlan, ClientPlan, ConsumerPlan, DeadLetterPlan, ExchangePlan, GroupPlan, LogPlan,
    NodeKind, QueuePlan, ServicePlan, Source, StorePlan,
};

impl Merge<'_> {
    pub fn kinds(&mut self) {
        self.logs();
        self.services();
        self.clients();
        self.queues();
        self.exchanges();
        self.stores();
    }

    fn clients(&mut self) {
        for client in &self.new.clients {
            let node = self.node(client.node);
            let at = self.client_at(client);
            let old = self.stays(node).then(|| self.out.clients[at].clone());
            let thinks = |client: &ClientPlan| match client.arrivals {
                ArrivalPlan::Closed { think, .. } => Some(think),
                ArrivalPlan::Open { .. } => None,
            };
            let arrivals = match &client.arrivals {
                ArrivalPlan::Closed { users, think } => {
                    let think = self.dist(*think, old.as_ref().and_then(thinks));
                    ArrivalPlan::Closed { users: *users, think }
                }
                open => open.clone(),
            };
            // What it does comes later.
            let entry = old.map_or(client.entry, |old| old.entry);
            self.out.clients[at] = ClientPlan { node, arrivals, entry, ..client.clone() };
        }
    }

    fn client_at(&self, client: &ClientPlan) -> usize {
        match self.kind(client.node) {
            NodeKind::Client(client) => client.at(),
            _ => super::changed(),
        }
    }

    fn services(&mut self) {
        for (number, service) in self.new.services.iter().enumerate() {
            let (node, at) = (self.node(service.node), self.service(ServiceIx(number as u32)).at());
            let old = if self.stays(node) { self.out.services[at].consumes.clone() } else { Vec::new() };
            let mut consumes = old;
            let mut places: Vec<u32> = Vec::new();
            for consumer in &service.consumes {
                let from = match consumer.from {
                    Source::Queue(queue) => Source::Queue(self.queue(queue)),
                    Source::Log(log, group) => {
                        Source::Log(self.log(log), self.groups[log.at()][group as usize])
                    }
                };
                let free = |at: &usize| consumes[*at].from == from && !places.contains(&(*at as u32));
                let stays = (0..consumes.len()).find(free);
                let plan = ConsumerPlan {
                    from,
                    op: self.operation(consumer.op),
                    out: self.link(consumer.out),
                    back: self.link(consumer.back),
                    // Filled in when publish steps are.
                    dead_letter: stays.and_then(|at| consumes[at].dead_letter),
                    ..consumer.clone()
                };
                places.push(put(&mut consumes, plan, stays) as u32);
            }
            self.out.services[at] = ServicePlan { node, consumes, ..service.clone() };
            self.subscriptions.push(places);
        }
        // Now that all are known.
        for log in 0..self.new.logs.len() {
            for group in 0..self.new.logs[log].groups.len() {
                let members = self.subscribers(&self.new.logs[log].groups[group].members);
                let own = self.log(LogIx(log as u32)).at();
                let place = self.groups[log][group] as usize;
                self.out.logs[own].groups[place].members = members;
            }
        }
    }

    fn subscribers(&self, new: &[(ServiceIx, u32)]) -> Vec<(ServiceIx, u32)> {
        let own = |(service, at): &(ServiceIx, u32)| {
            (self.service(*service), self.subscriptions[service.at()][*at as usize])
        };
        new.iter().map(own).collect()
    }

    fn queues(&mut self) {
        for (number, queue) in self.new.queues.iter().enumerate() {
            let (node, at) = (self.node(queue.node), self.queue(QueueIx(number as u32)).at());
            let old = self.old_dist(self.stays(node), self.out.queues[at].delivery_latency);
            let plan = QueuePlan {
                node,
                consumers: self.subscribers(&queue.consumers),
                rules: queue.rules,
                dead_letter: queue.dead_letter.map(|dead| DeadLetterPlan {
                    queue: self.queue(dead.queue),
                    link: self.link(dead.link),
                    cycle: dead.cycle,
                }),
                delivery_latency: queue.delivery_latency.map(|dist| self.dist(dist, old)),
            };
            self.out.queues[at] = plan;
        }
    }

    fn exchanges(&mut self) {
        for (number, exchange) in self.new.exchanges.iter().enumerate() {
            let at = self.exchange(ExchangeIx(number as u32)).at();
            let binding =
                |binding: &BindingPlan| BindingPlan { out: self.link(binding.out), ..binding.clone() };
            self.out.exchanges[at] = ExchangePlan {
                node: self.node(exchange.node),
                routing: exchange.routing,
                bindings: exchange.bindings.iter().map(binding).collect(),
            };
        }
    }

    fn stores(&mut self) {
        for (number, store) in self.new.stores.iter().enumerate() {
            let (node, at) = (self.node(store.node), self.store(StoreIx(number as u32)).at());
            let (stays, old) = (self.stays(node), self.out.stores[at].clone());
            let followers = self.old_dist(stays, old.follower_lag);
            let plan = StorePlan {
                node,
                read: self.dist(store.read, stays.then_some(old.read)),
                write: self.dist(store.write, stays.then_some(old.write)),
                follower_lag: store.follower_lag.map(|dist| self.dist(dist, followers)),
                source: store.source.map(|source| self.store(source)),
                ..store.clone()
            };
            self.out.stores[at] = plan;
        }
    }

    /// Groups keep their places, and whatever is said of their members comes later.
    fn logs(&mut self) {
        for (number, log) in self.new.logs.iter().enumerate() {
            let (node, at) = (self.node(log.node), self.log(LogIx(number as u32)).at());
            let stays = self.stays(node);
            let mut groups = if stays { self.out.logs[at].groups.clone() } else { Vec::new() };
            groups.iter_mut().for_each(|group: &mut GroupPlan| group.members.clear());
            let mut places = Vec::new();
            for group in &log.groups {
                let old = groups.iter().position(|old| old.name == group.name);
                places.push(put(&mut groups, group.clone(), old) as u32);
            }
            self.groups.push(places);
            let fetch = self.dist(log.fetch, stays.then(|| self.out.logs[at].fetch));
            // Counted with the publish steps.
            let producers = if stays { self.out.logs[at].producers } else { 0 };
            self.out.logs[at] = LogPlan { node, groups, fetch, producers, ..log.clone() };
        }
    }

    fn old_dist(&self, stays: bool, old: Option<DistIx>) -> Option<DistIx> {
        old.filter(|_| stays)
    }
}
