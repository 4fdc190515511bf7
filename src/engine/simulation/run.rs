//! The event loop: takes events off the calendar and hands each to its node, until none is due or the run halts.

use super::Halt;
use super::Simulation;
use super::event::SimulationEvent;
use crate::base::{ServiceIx, SimTime, StoreIx};
use crate::engine::kernel::event::{Lost, PackedEvent};
use crate::engine::kernel::message::Payload;
use crate::engine::runtime::context::Context;
use crate::observation::{Observation, Observer};
use crate::scenario::Pair;

/// With more live objects than this (running operations, messages under way or kept) a run stops.
const MAX_LIVE: usize = 2_000_000;

/// Live objects are counted once in so many events.
const COUNT_EVERY: u64 = 16_384;

/// A part of a run has at most so many events, and those of the instant at which it ends: half a millisecond of work.
const PART: u64 = 512;

impl Simulation {
    /// Handles everything due up to and including `until`; then it is `until`, unless the run halted.
    pub fn run_until<O: Observer>(&mut self, until: SimTime, observer: &mut O) {
        while !self.run_part(until, observer) {}
    }

    /// Handles everything due before `until`, as measuring up to there does: what is due at that very instant belongs to
    /// what comes after. Then it is `until`, unless the run halted.
    pub fn run_before<O: Observer>(&mut self, until: SimTime, observer: &mut O) {
        if let Some(last) = until.0.checked_sub(1) {
            self.run_until(SimTime(last), observer);
        }
        if self.halt.is_none() {
            self.now = self.now.max(until);
        }
    }

    /// The same as [`Simulation::run_until`], but it ends after a part of it, at an instant at which nothing is due any
    /// more. Whether that was all.
    pub fn run_part<O: Observer>(&mut self, until: SimTime, observer: &mut O) -> bool {
        let mut to = until;
        while self.halt.is_none() {
            let Some((at, packed)) = self.run_nodes(to, observer) else {
                self.now = self.now.max(to);
                return to == until;
            };
            self.handle(at, packed, observer);
            if self.events.is_multiple_of(PART) {
                to = at;
            }
        }
        true
    }

    /// Handles what is due, as long as it is for a node that runs. Gives the first event that is not, untouched; none
    /// where nothing is due any more.
    fn run_nodes<O: Observer>(&mut self, until: SimTime, observer: &mut O) -> Option<(SimTime, PackedEvent)> {
        let Simulation {
            now,
            events,
            first_here,
            calendar,
            generations,
            directory,
            publications,
            write_history,
            network,
            ..
        } = self;
        let Simulation { plan, nodes, outside, requests, spans, .. } = self;
        let nodes = nodes.as_mut_slice();
        // The count before an event at which the run is looked at; this one while a node is paused, and nothing that is
        // handled here pauses one.
        let any_paused = outside.iter().any(Option::is_some);
        let last = if any_paused { *events } else { *events + (PART - 1 - *events % PART) };
        let mut cx = Context {
            now: *now,
            plan,
            generations,
            directory,
            publications,
            write_history,
            calendar,
            network,
            observer,
            requests,
            spans,
        };
        // Counted here and written back at the end: three stores less for each event.
        let (mut count, mut first) = (*events, *first_here);
        let left_over = loop {
            let Some((at, packed)) = cx.calendar.pop_until(until) else { break None };
            if count == last || packed.is_global() {
                break Some((at, packed));
            }
            count += 1;
            if at != cx.now {
                (first, cx.now) = (count, at);
            }
            if !cx.generations.is_stale(packed) {
                nodes[packed.node().at()].handle(packed, &mut cx);
            }
        };
        (*events, *first_here, *now) = (count, first, cx.now);
        left_over
    }

    /// Handles the next event, if there is one, and says when it was.
    pub fn step<O: Observer>(&mut self, observer: &mut O) -> Option<SimTime> {
        if self.halt.is_some() {
            return None;
        }
        let (at, packed) = self.calendar.pop_until(SimTime::NEVER)?;
        self.handle(at, packed, observer);
        Some(at)
    }

    /// The callers of a service look which replicas there are, and will again.
    fn refresh_directory(&mut self, service: ServiceIx) {
        self.directory.refresh(service);
        let plan = &self.plan.services[service.at()];
        if let Some(refresh) = plan.discovery
            && self.plan.has(plan.node)
            && self.directory.begins_to_look(service)
        {
            let event = SimulationEvent::Refresh(service);
            self.calendar.schedule(self.now + refresh, PackedEvent::global(event));
        }
    }

    fn handle<O: Observer>(&mut self, at: SimTime, packed: PackedEvent, observer: &mut O) {
        self.events += 1;
        if at != self.now {
            (self.first_here, self.now) = (self.events, at);
        }
        if self.events.is_multiple_of(PART) {
            self.watch(packed);
        }
        if self.events.is_multiple_of(COUNT_EVERY) {
            self.count();
        }
        if !packed.is_global() {
            // What the task waited for may be over already.
            if !self.generations.is_stale(packed) {
                self.at_node(packed, observer);
            }
            return;
        }
        match packed.open() {
            SimulationEvent::Lost(Lost(message)) => self.lost(message, observer),
            SimulationEvent::Refresh(service) => self.refresh_directory(service),
            SimulationEvent::OutlierInterval(health) => self.outlier_interval(health, observer),
            SimulationEvent::Checks(health) => self.send_checks(health),
            SimulationEvent::CheckAnswered(answer) => self.check_answered(answer, observer),
            SimulationEvent::ChecksTimeOut { health, round } => self.time_out_checks(health, round, observer),
            SimulationEvent::FaultBegins(fault) => self.set_fault(fault, true, observer),
            SimulationEvent::FaultEnds(fault) => self.set_fault(fault, false, observer),
        }
    }

    /// A message is lost on its link.
    fn lost<O: Observer>(&mut self, message: u32, observer: &mut O) {
        let message = self.network.vanish(message, self.now, observer);
        match message.payload {
            Payload::Reply { arrived, .. } | Payload::Answer { arrived, .. } => {
                let span = if O::SPANS { message.context.span } else { 0 };
                self.split(observer).1.in_vain(arrived, span, message.link);
            }
            Payload::Publish { publish, .. }
                if self.plan.pairs.get(publish.at()) == Some(&Pair::AfterWrite)
                    && message.context.version > 0 =>
            {
                // It was to tell of a write, and nobody will hear of it.
                let store = StoreIx(message.context.source.into());
                observer.observe(self.now, Observation::LostUpdates { store, count: 1 });
            }
            _ => {}
        }
    }

    /// Stops where events are made and time hardly goes on. Looked at once in a part, at its last event.
    fn watch(&mut self, packed: PackedEvent) {
        let node = match packed.is_global() {
            false => Some(packed.node()),
            true => match packed.open() {
                SimulationEvent::Refresh(service) => Some(self.plan.services[service.at()].node),
                _ => None,
            },
        };
        if self.watchdog.barks(self.now, self.events, self.first_here, node) {
            self.halt = Some(Halt::Livelock(self.watchdog.busiest()));
        }
    }

    /// Counts what is alive, and stops where that is too much.
    #[cold]
    fn count(&mut self) {
        if self.live_objects() > MAX_LIVE {
            self.halt = Some(Halt::Full);
        }
    }

    /// Hands an event to its node, or keeps it outside while the node is paused.
    fn at_node<O: Observer>(&mut self, packed: PackedEvent, observer: &mut O) {
        let node = packed.node().at();
        if let Some(outside) = &mut self.outside[node]
            && (outside.whole || self.nodes[node].keeps_waiting(packed, &self.network, &self.generations))
        {
            outside.events.push(packed);
            return;
        }
        let (nodes, mut cx) = self.split(observer);
        nodes[node].handle(packed, &mut cx);
    }
}
