//! An edit of the running system: another plan takes over at the present instant.
//!
//! The new plan continues the old one (`Plan::merged`): every index means what it meant. So taking over is to add what is
//! new, to end what is gone, and to tell the rest that the plan has changed. What a removed node holds is lost, and what
//! comes to it after that (`nodes::removed`).

use std::sync::Arc;

use super::Node;
use super::Simulation;
use super::event::SimulationEvent;
use crate::base::{HealthIx, NodeIx, ServiceIx};
use crate::engine::kernel::event::{Address, NodeEvent, PackedEvent};
use crate::observation::Observer;
use crate::scenario::{Fault, Plan};

impl Simulation {
    /// Goes on under a plan that continues the present one.
    pub(super) fn replace<O: Observer>(&mut self, plan: Arc<Plan>, observer: &mut O) {
        let known = self.nodes.len();
        let anew = self.stop_for(&plan, observer);
        let before = std::mem::replace(&mut self.plan, plan);
        self.grow();
        self.end_faults(observer);
        for at in 0..known {
            self.remove(at, observer);
        }
        for (at, anew) in anew.iter().enumerate() {
            let (nodes, mut cx) = self.split(observer);
            nodes[at].replan(anew, &before, &mut cx);
        }
        self.replan_timeline(observer);
        self.retune_nodes(known, &before, observer);
        self.begin_what_is_new(known);
        for at in 0..self.nodes.len() {
            let (nodes, mut cx) = self.split(observer);
            if let Node::Service(service) = &nodes[at] {
                service.reconnect(&mut cx);
            }
        }
    }

    /// Gives up what cannot go on under the next plan. Gives for each node the replicas that are to begin anew.
    fn stop_for<O: Observer>(&mut self, next: &Plan, observer: &mut O) -> Vec<Vec<u32>> {
        let mut anew = vec![Vec::new(); self.nodes.len()];
        for (at, anew) in anew.iter_mut().enumerate() {
            let (nodes, mut cx) = self.split(observer);
            if let Node::Service(service) = &mut nodes[at]
                && next.has(NodeIx(at as u32))
            {
                *anew = service.stop_for(next, &mut cx);
            }
        }
        anew
    }

    /// Makes room for what is new.
    fn grow(&mut self) {
        let plan = Arc::clone(&self.plan);
        self.network.grow(&plan);
        self.directory.grow(&plan);
        self.generations.grow(plan.nodes.len());
        self.outside.resize(plan.nodes.len(), None);
        let known = self.nodes.len();
        self.nodes.extend(plan.nodes[known..].iter().map(|node| Node::new(node.kind, &plan)));
        if plan.stores.iter().any(|store| store.projected) {
            self.write_history.want();
        }
    }

    /// Faults of nodes that are gone are over.
    fn end_faults<O: Observer>(&mut self, observer: &mut O) {
        let is_gone = |node: NodeIx| !self.plan.has(node);
        let concerns = |(number, fault): (u32, &Fault)| {
            let gone = match fault {
                Fault::Partition { a, b, .. } => is_gone(*a) || is_gone(*b),
                Fault::Latency { link, .. } | Fault::Loss { link, .. } => !self.plan.has(*link),
                _ => is_gone(self.faults.node(number, &self.plan)),
            };
            gone.then_some(number)
        };
        let over: Vec<u32> = self.faults.active().filter_map(concerns).collect();
        over.into_iter().for_each(|number| self.set_fault(number, false, observer));
    }

    /// A node ends, if it was taken out.
    fn remove<O: Observer>(&mut self, at: usize, observer: &mut O) {
        if self.plan.has(NodeIx(at as u32)) || matches!(self.nodes[at], Node::Removed) {
            return;
        }
        // What waited outside comes to nobody now.
        for event in self.outside[at].take().into_iter().flat_map(|outside| outside.events) {
            self.calendar.schedule(self.now, event);
        }
        let (nodes, mut cx) = self.split(observer);
        nodes[at].remove(&mut cx);
        nodes[at] = Node::Removed;
    }

    /// Entries of the timeline that are no more do not set in, and are over if they have; new ones that lie ahead will.
    fn replan_timeline<O: Observer>(&mut self, observer: &mut O) {
        let plan = Arc::clone(&self.plan);
        let (over, added) = self.faults.replan(&plan.timeline);
        over.into_iter().for_each(|number| self.set_fault(number, false, observer));
        for entry in added {
            if entry.at > self.now {
                let number = self.faults.plan(entry);
                self.schedule_fault(number, entry);
            }
        }
    }

    fn begin_what_is_new(&mut self, known: usize) {
        for at in known..self.nodes.len() {
            let begins = PackedEvent::new(Address::of(NodeIx(at as u32), &self.plan), NodeEvent::Begin);
            self.calendar.schedule(self.now, begins);
        }
        self.schedule_looks();
        for health in self.healths..self.plan.healths.len() {
            self.schedule_health(HealthIx(health as u32));
        }
        self.healths = self.plan.healths.len();
    }

    /// The callers of services that are looked up now and then, look; those that do so already, go on.
    pub(super) fn schedule_looks(&mut self) {
        for (at, service) in self.plan.services.iter().enumerate() {
            let index = ServiceIx(at as u32);
            if let Some(refresh) = service.discovery
                && self.directory.begins_to_look(index)
            {
                let event = SimulationEvent::Refresh(index);
                self.calendar.schedule(self.now + refresh, PackedEvent::global(event));
            }
        }
    }

    /// A caller begins to see to the health of replicas.
    pub(super) fn schedule_health(&mut self, index: HealthIx) {
        let health = &self.plan.healths[index.at()];
        if let Some(outliers) = &health.outliers {
            let event = SimulationEvent::OutlierInterval(index);
            self.calendar.schedule(self.now + outliers.interval, PackedEvent::global(event));
        }
        if let Some(checks) = &health.checks {
            let event = SimulationEvent::Checks(index);
            self.calendar.schedule(self.now + checks.interval, PackedEvent::global(event));
        }
    }
}
