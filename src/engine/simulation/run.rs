//! A run: events taken off the calendar, each handed to whom it concerns, until none is due or something is wrong.

use super::Halt;
use super::Node;
use super::Simulation;
use crate::base::{NodeIx, ServiceIx, SimTime, StoreIx};
use crate::engine::kernel::event::{Event, PackedEvent};
use crate::engine::kernel::network::Payload;
use crate::engine::runtime::context::Context;
use crate::observation::{Observation, Observer};
use crate::scenario::Pair;

/// More events than this at one instant, and time stands still for good: a loop without delay. Looked at after each
/// part of a run.
const MAX_EVENTS_AT_ONE_INSTANT: u64 = 5_000_000;

/// More live things (running operations, messages under way or kept) than this, and the run stops.
const MAX_LIVE: usize = 2_000_000;

/// Live things are counted once in so many events.
const COUNT_EVERY: u64 = 16_384;

/// A part of a run has at most so many events, and those of the instant at which it ends: half a millisecond of work.
const PART: u64 = 512;

impl Simulation {
    /// Handles everything due up to and including `until`; then it is `until`, unless the run halted.
    pub fn run_until<O: Observer>(&mut self, until: SimTime, observer: &mut O) {
        while !self.run_part(until, observer) {}
    }

    /// The same, but it ends after a part of it, at an instant at which nothing is due any more. Whether that was all.
    pub fn run_part<O: Observer>(&mut self, until: SimTime, observer: &mut O) -> bool {
        let mut to = until;
        while self.halt.is_none() {
            let Some((at, packed)) = self.run_nodes(to, observer) else {
                self.now = self.now.max(to);
                return to == until;
            };
            self.handle(at, packed.open(), observer);
            if self.events.is_multiple_of(PART) {
                to = at;
            }
        }
        true
    }

    /// Handles what is due, as long as it is what nearly every event is: something for one node that runs. Gives the
    /// first event that is not, untouched; none where nothing is due any more.
    fn run_nodes<O: Observer>(&mut self, until: SimTime, observer: &mut O) -> Option<(SimTime, PackedEvent)> {
        let Simulation {
            now,
            events,
            first_here,
            calendar,
            generations,
            directory,
            write_history,
            network,
            ..
        } = self;
        let Simulation { plan, nodes, outside, requests, spans, .. } = self;
        let nodes = nodes.as_mut_slice();
        // How many events there may be before one at which the run is looked at; none while a node is paused, and
        // nothing that is handled here pauses one.
        let any_paused = outside.iter().any(Option::is_some);
        let mut left = if any_paused { 0 } else { PART - 1 - *events % PART };
        let mut cx = Context {
            now: *now,
            plan,
            generations,
            directory,
            write_history,
            calendar,
            network,
            observer,
            requests,
            spans,
        };
        loop {
            let (at, packed) = cx.calendar.pop_until(until)?;
            if left == 0 || !packed.is_frequent() {
                return Some((at, packed));
            }
            left -= 1;
            *events += 1;
            if at != cx.now {
                (*first_here, *now, cx.now) = (*events, at, at);
            }
            let node = &mut nodes[packed.node().at()];
            match packed.open_frequent() {
                Event::Timer { node, task, generation } if cx.generations.of(node, task) != generation => {}
                Event::Timer { node: at, task, generation } => match node {
                    Node::Client(client) => client.timer(task, &mut cx),
                    Node::Service(service) => service.timer(task, &mut cx),
                    _ => tell(node, Event::Timer { node: at, task, generation }, &mut cx),
                },
                Event::Deliver { node: at, message } => match node {
                    Node::Client(client) => client.deliver(message, &mut cx),
                    Node::Service(service) => service.deliver(message, &mut cx),
                    _ => tell(node, Event::Deliver { node: at, message }, &mut cx),
                },
                event => tell(node, event, &mut cx),
            }
        }
    }

    /// Handles the next event, if there is one, and says when it was.
    pub fn step<O: Observer>(&mut self, observer: &mut O) -> Option<SimTime> {
        if self.halt.is_some() {
            return None;
        }
        let (at, packed) = self.calendar.pop_until(SimTime::NEVER)?;
        self.handle(at, packed.open(), observer);
        Some(at)
    }

    /// The callers of a service look which replicas there are, and will again.
    fn refresh_directory(&mut self, service: ServiceIx) {
        self.directory.refresh(service);
        if let Some(refresh) = self.plan.services[service.at()].discovery {
            self.calendar.schedule(self.now + refresh, Event::Refresh { service }.pack());
        }
    }

    fn handle<O: Observer>(&mut self, at: SimTime, event: Event, observer: &mut O) {
        self.events += 1;
        if at != self.now {
            (self.first_here, self.now) = (self.events, at);
        }
        if self.events.is_multiple_of(PART) && self.events - self.first_here > MAX_EVENTS_AT_ONE_INSTANT {
            self.halt = Some(Halt::Livelock);
        }
        if self.events.is_multiple_of(COUNT_EVERY) {
            self.count();
        }
        match event {
            // What the task waited for is over already.
            Event::Timer { node, task, generation } | Event::Hedge { node, task, generation }
                if self.generations.of(node, task) != generation => {}
            Event::Timer { node, .. }
            | Event::Hedge { node, .. }
            | Event::Deliver { node, .. }
            | Event::Begin { node }
            | Event::Arrival { node, .. }
            | Event::Thought { node }
            | Event::Share { node, .. }
            | Event::WindowCloses { node, .. }
            | Event::Scale { node }
            | Event::Ready { node }
            | Event::Replicate { node, .. }
            | Event::Expire { node, .. }
            | Event::Group { node, .. }
            | Event::Broker { node, .. }
            | Event::Cut { node, .. }
            | Event::Breaker { node, .. }
            | Event::Connection { node, .. } => self.at_node(node, event, observer),
            Event::Vanish { message } => {
                let message = self.network.vanish(message, at, observer);
                self.directory.released(&message.payload);
                if let Payload::Publish { publish, .. } = message.payload
                    && self.plan.pairs.get(publish.at()) == Some(&Pair::AfterWrite)
                    && message.context.version > 0
                {
                    // It was to tell of a write, and nobody will hear of it.
                    let store = StoreIx(message.context.source.into());
                    observer.observe(at, Observation::LostUpdates { store, count: 1 });
                }
            }
            Event::Refresh { service } => self.refresh_directory(service),
            Event::FaultBegins { fault } => self.set_fault(fault, true, observer),
            Event::FaultEnds { fault } => self.set_fault(fault, false, observer),
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
    fn at_node<O: Observer>(&mut self, node: NodeIx, event: Event, observer: &mut O) {
        if let Some(outside) = &mut self.outside[node.at()] {
            outside.push(event);
            return;
        }
        let (nodes, mut cx) = self.split(observer);
        tell(&mut nodes[node.at()], event, &mut cx);
    }
}

/// Hands an event to a node.
#[inline(never)]
fn tell<O: Observer>(node: &mut Node, event: Event, cx: &mut Context<O>) {
    match node {
        Node::Client(client) => client.handle(event, cx),
        Node::Service(service) => service.handle(event, cx),
        Node::Queue(queue) => queue.handle(event, cx),
        Node::Exchange(exchange) => exchange.handle(event, cx),
        Node::Store(store) => store.handle(event, cx),
        Node::Log(log) => log.handle(event, cx),
    }
}
