//! Steering: commands and faults change what goes on.

use std::sync::Arc;

use super::Command;
use super::Node;
use super::Outside;
use super::Simulation;
use super::event::SimulationEvent;
use crate::base::{BreakerIx, ClientIx, LinkIx, NodeIx, ServiceIx, SimTime};
use crate::engine::kernel::event::{Address, PackedEvent};
use crate::engine::nodes::log::event::LogEvent;
use crate::engine::nodes::service::Service;
use crate::engine::runtime::upkeep;
use crate::observation::{BreakerState, Observation, Observer};
use crate::scenario::{Fault, NodeKind, Plan, Source};

impl Simulation {
    /// Does what is asked, at the present instant. A plan of another shape is refused and changes nothing.
    pub fn apply<O: Observer>(&mut self, command: Command, observer: &mut O) {
        self.run_until(self.now, observer);
        match command {
            Command::Retune(plan) => self.retune(plan, observer),
            Command::Replace(plan) => self.replace(plan, observer),
            Command::Inject(fault, lasts) => {
                let number = self.faults.add(fault);
                self.set_fault(number, true, observer);
                let ends = lasts.map_or(SimTime::NEVER, |lasts| self.now + lasts);
                self.calendar.schedule(ends, PackedEvent::global(SimulationEvent::FaultEnds(number)));
            }
            Command::SetBreaker(breaker, state) => self.set_breaker(breaker, state, observer),
            Command::Heal(fault) => {
                if let Some(number) = self.faults.newest(&fault) {
                    self.set_fault(number, false, observer);
                }
            }
        }
        self.run_until(self.now, observer);
    }

    /// A fault sets in or ends.
    pub(super) fn set_fault<O: Observer>(&mut self, number: u32, active: bool, observer: &mut O) {
        if !self.faults.set(number, active) {
            return;
        }
        let node = self.faults.node(number, &self.plan);
        let mark = if active {
            Observation::FaultBegan { fault: number, node }
        } else {
            Observation::FaultEnded { fault: number, node }
        };
        observer.observe(self.now, mark);
        match self.faults.get(number).clone() {
            Fault::Slow { node, .. } | Fault::Error { node, .. } => self.refresh_work(node, observer),
            Fault::Crash { node, .. } => self.refresh_crashes(node, observer),
            Fault::Pause { node, .. } => self.refresh_pause(node, observer),
            Fault::Partition { .. } | Fault::Latency { .. } | Fault::Loss { .. } => self.refresh_links(),
            Fault::BrokerDown { log, broker } => {
                let event = LogEvent::Broker { broker, up: !self.faults.broker_down(log, broker) };
                let log = Address::of(log, &self.plan);
                self.calendar.schedule(self.now, PackedEvent::new(log, event));
            }
            Fault::Poison { client, .. } => self.refresh_poison(client),
            Fault::Surge { client, .. } => {
                let plan = self.plan.clone();
                self.refresh_client(client, &plan, observer);
            }
        }
    }

    fn set_breaker<O: Observer>(&mut self, breaker: BreakerIx, state: BreakerState, observer: &mut O) {
        let Some(shared) = self.plan.breakers.get(breaker.at()) else { return };
        if let BreakerState::Open | BreakerState::HalfOpen = state {
            return;
        }
        let node = shared.from;
        let (nodes, mut cx) = self.split(observer);
        if let Some(runtime) = nodes[node.at()].runtime() {
            upkeep::set_breaker(runtime, breaker, state, &mut cx);
        }
    }

    fn refresh_work<O: Observer>(&mut self, node: NodeIx, observer: &mut O) {
        let all = self.faults.of_node(node, |which| which.is_none());
        let uneven = self.faults.of_replicas(node, self.planned_replicas(node));
        let (nodes, _) = self.split(observer);
        nodes[node.at()].set_faults(all, uneven);
    }

    /// How many replicas the plan gives a service; of another node one.
    fn planned_replicas(&self, node: NodeIx) -> u32 {
        match self.plan.nodes[node.at()].kind {
            NodeKind::Service(service) => self.plan.services[service.at()].replicas,
            _ => 1,
        }
    }

    fn refresh_crashes<O: Observer>(&mut self, node: NodeIx, observer: &mut O) {
        let replicas = match &self.nodes[node.at()] {
            Node::Service(service) => service.replicas(),
            _ => 1,
        };
        for replica in 0..replicas {
            let crashes = self.faults.crashes(node, replica, self.planned_replicas(node));
            let (nodes, mut cx) = self.split(observer);
            match &mut nodes[node.at()] {
                Node::Service(service) => match (service.replica(replica).crashed, crashes) {
                    (false, true) => service.crash(replica, &mut cx),
                    (true, false) => service.restart(replica, &mut cx),
                    _ => {}
                },
                Node::Store(store) => match (store.is_crashed(), crashes) {
                    (false, true) => store.crash(&mut cx),
                    (true, false) => store.restart(&mut cx),
                    _ => {}
                },
                _ => return,
            }
        }
    }

    fn refresh_pause<O: Observer>(&mut self, node: NodeIx, observer: &mut O) {
        if let Node::Removed = self.nodes[node.at()] {
            return;
        }
        let (mut whole, of) = (self.faults.pauses(node), self.planned_replicas(node));
        let mut alone: Vec<bool> =
            (0..of).map(|replica| self.faults.pauses_alone(node, replica, of)).collect();
        if !matches!(self.nodes[node.at()], Node::Service(_)) {
            // What has no replicas counts as one.
            whole |= alone.contains(&true);
            alone.clear();
        }
        let (before, some) = (&self.outside[node.at()], alone.contains(&true));
        let was = before.as_ref().map(|outside| (outside.whole, &outside.alone[..]));
        if was == (whole || some).then_some((whole, &alone[..])) {
            return;
        }
        let now = Outside { whole, alone: alone.clone(), events: Vec::new() };
        let waiting = std::mem::replace(&mut self.outside[node.at()], (whole || some).then_some(now));
        let (nodes, mut cx) = self.split(observer);
        let is_alone = |replica: u32| alone.get(replica as usize).copied().unwrap_or(false);
        nodes[node.at()].set_paused(whole, is_alone, &mut cx);
        // What waited outside comes in now, in the order in which it came; what still has to wait goes out again.
        for event in waiting.into_iter().flat_map(|outside| outside.events) {
            self.calendar.schedule(self.now, event);
        }
        self.refresh_members();
    }

    fn refresh_links(&mut self) {
        for link in 0..self.plan.links.len() {
            let link = LinkIx(link as u32);
            let condition = self.faults.of_link(link, &self.plan);
            let latency = self.plan.dists[self.plan.links[link.at()].latency.at()].clone();
            self.network.set_condition(link, latency, condition);
        }
        self.network.resume(self.now, &mut self.calendar);
        self.refresh_members();
    }

    /// Logs hear no more of members that are paused or cut off. They do not know why, and know it at the session
    /// timeout; till then a member that is not there asks for nothing.
    fn refresh_members(&mut self) {
        for (service, plan) in self.plan.services.iter().enumerate() {
            for (subscription, consumer) in plan.consumes.iter().enumerate() {
                let Source::Log(log, _) = consumer.from else { continue };
                let cut = self.faults.pauses(plan.node)
                    || [consumer.out, consumer.back]
                        .iter()
                        .any(|&link| self.faults.of_link(link, &self.plan).cut);
                let of = (service as u8, subscription as u8);
                let broker = Address::of(log, &self.plan);
                if !self.faults.silence_replicas() {
                    let event = LogEvent::Cut { of, replica: None, cut };
                    self.calendar.schedule(self.now, PackedEvent::new(broker, event));
                    continue;
                }
                let (log, service) = (self.plan.logs[log.at()].node, ServiceIx(service as u32));
                for replica in 0..self.service(service).map_or(0, Service::replicas) {
                    let alone = self.faults.pauses_alone(plan.node, replica, plan.replicas)
                        || self.faults.parts_alone(service, replica, plan.replicas, log);
                    let event = LogEvent::Cut { of, replica: Some(replica as u16), cut: cut || alone };
                    self.calendar.schedule(self.now, PackedEvent::new(broker, event));
                }
            }
        }
    }

    fn refresh_client<O: Observer>(&mut self, client: ClientIx, before: &Plan, observer: &mut O) {
        let surge = self.faults.surge(client);
        let node = self.plan.clients[client.at()].node;
        let (nodes, mut cx) = self.split(observer);
        if let Node::Client(client) = &mut nodes[node.at()] {
            client.retime(surge, before, &mut cx);
        }
    }

    fn refresh_poison(&mut self, client: ClientIx) {
        let poison = self.faults.poison(client);
        if let Node::Client(client) = &mut self.nodes[self.plan.clients[client.at()].node.at()] {
            client.set_poison(poison);
        }
    }

    fn retune<O: Observer>(&mut self, plan: Arc<Plan>, observer: &mut O) {
        if !self.plan.same_shape(&plan) {
            return;
        }
        let before = std::mem::replace(&mut self.plan, plan);
        self.retune_nodes(self.nodes.len(), &before, observer);
    }

    /// The first so many nodes hear that the plan has other numbers than `before`.
    pub(super) fn retune_nodes<O: Observer>(&mut self, count: usize, before: &Plan, observer: &mut O) {
        self.refresh_links();
        for at in 0..count {
            let (nodes, mut cx) = self.split(observer);
            nodes[at].retune(&mut cx);
            if let NodeKind::Client(client) = self.plan.nodes[at].kind {
                self.refresh_client(client, before, observer);
            }
        }
        if self.faults.hit_shares() {
            // Of another number of replicas.
            for at in 0..count {
                let node = NodeIx(at as u32);
                self.refresh_work(node, observer);
                self.refresh_crashes(node, observer);
                self.refresh_pause(node, observer);
            }
        }
    }
}
