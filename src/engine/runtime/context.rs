//! What a node's handler may use: send, schedule, observe. It cannot reach another node.

use super::balancing::Directory;
use super::task::Origin;
use crate::base::{NodeIx, OpIx, ServiceIx, SimDuration, SimTime};
use crate::engine::kernel::calendar::Calendar;
use crate::engine::kernel::event::{Event, PackedEvent};
use crate::engine::kernel::network::{Answer, Envelope, Message, Network};
use crate::engine::kernel::request_context::RequestContext;
use crate::engine::nodes::store::WriteHistory;
use crate::observation::{Failure, Observation, Observer};
use crate::scenario::Plan;

/// Which wait each task of each node is in, as a number that only grows.
///
/// An event or an answer carries the number of the wait that it belongs to and is ignored when the task has
/// moved on: stale events are numbered, not hunted. It also tells, for the count of wasted work and never for
/// what happens, whether a caller still waits.
#[derive(Clone, Debug, Default)]
pub struct Generations(Vec<Vec<u32>>);

impl Generations {
    /// For so many nodes.
    pub fn new(nodes: usize) -> Generations {
        Generations(vec![Vec::new(); nodes])
    }

    /// How many bytes a clone takes.
    pub fn memory_bytes(&self) -> usize {
        self.0.iter().map(|generations| size_of_val(&generations[..])).sum()
    }

    /// The number of the wait that a task is in.
    #[inline]
    pub fn of(&self, node: NodeIx, task: u32) -> u32 {
        self.0.as_slice()[node.at()].as_slice().get(task as usize).copied().unwrap_or(0)
    }

    /// The task moves on: what was scheduled for it before is stale now. Gives the new number.
    #[inline(always)]
    pub fn advance(&mut self, node: NodeIx, task: u32) -> u32 {
        let generations = &mut self.0.as_mut_slice()[node.at()];
        match generations.as_mut_slice().get_mut(task as usize) {
            Some(generation) => {
                *generation = generation.wrapping_add(1);
                *generation
            }
            None => first_generation(generations, task),
        }
    }
}

/// A slot's first task moves on for the first time.
#[cold]
#[inline(never)]
fn first_generation(generations: &mut Vec<u32>, task: u32) -> u32 {
    generations.resize(task as usize, 0);
    generations.push(1);
    1
}

/// A task that waits for something, and which of its waits that is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WakeToken {
    /// Its node.
    pub node: NodeIx,
    /// Its slot there.
    pub task: u32,
    /// Its wait.
    pub generation: u32,
}

/// What a node's handler may use besides its own state.
pub struct Context<'a, O> {
    /// The present instant.
    pub now: SimTime,
    /// What was planned.
    pub plan: &'a Plan,
    /// Who still waits.
    pub generations: &'a mut Generations,
    /// Which replicas there are to call.
    pub directory: &'a mut Directory,
    /// What stores have written, for the count of stale reads and never for what happens.
    pub write_history: &'a mut WriteHistory,
    pub(in crate::engine) calendar: &'a mut Calendar<PackedEvent>,
    pub(in crate::engine) network: &'a mut Network,
    pub(in crate::engine) observer: &'a mut O,
    pub(in crate::engine) requests: &'a mut u64,
    pub(in crate::engine) spans: &'a mut u64,
}

impl<O: Observer> Context<'_, O> {
    /// Says what is now so. Always inlined: the kind of fact is known where it is made.
    #[inline(always)]
    pub fn observe(&mut self, what: Observation) {
        self.observer.observe(self.now, what);
    }

    /// Schedules an event after a delay.
    #[inline(always)]
    pub fn after(&mut self, delay: SimDuration, event: Event) {
        self.calendar.schedule(self.now + delay, event.pack());
    }

    /// Sends a message along a link.
    #[inline(never)]
    pub fn send(&mut self, envelope: Envelope<'_>) {
        self.send_in_line(envelope);
    }

    /// The same in line, for calls and their answers, which are most of what is sent: the message is put together where
    /// it is kept, and what its kind means is known.
    #[inline(always)]
    pub fn send_in_line(&mut self, envelope: Envelope<'_>) {
        self.network.send(self.now, envelope, self.calendar, self.observer);
    }

    /// Wakes a task after a delay, unless it moves on before.
    #[inline]
    pub fn wake_after(&mut self, delay: SimDuration, token: WakeToken) {
        self.after(delay, Event::Timer { node: token.node, task: token.task, generation: token.generation });
    }

    /// Whether the task is still in this wait.
    #[inline]
    pub fn is_waiting(&self, token: WakeToken) -> bool {
        self.generations.of(token.node, token.task) == token.generation
    }

    /// Number of a new request.
    pub fn new_request(&mut self) -> u64 {
        let number = *self.requests;
        *self.requests += 1;
        number
    }

    /// Number of the asynchronous message that is sent next, from 1: under it a consumer knows it again.
    pub fn new_message(&self) -> u64 {
        self.network.next_message() + 1
    }

    /// Takes a reply that has arrived, if that is what it is.
    #[inline(always)]
    pub fn land_reply(&mut self, message: u32) -> Option<(WakeToken, Result<Answer, Failure>)> {
        self.network.land_reply(message, self.now, self.observer)
    }

    /// Takes a request that has arrived, if that is what it is: of what job, at which replica.
    #[inline(always)]
    pub fn land_request(&mut self, message: u32) -> Option<(Origin, OpIx, u32, RequestContext)> {
        self.network.land_request(message, self.now, self.observer)
    }

    /// Takes a message that has arrived.
    #[inline(always)]
    pub fn land(&mut self, message: u32) -> Message {
        self.network.land(message, self.now, self.observer)
    }
}

/// A consumer of a queue or a log: one replica under one of its service's subscriptions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ConsumerId {
    /// Index of the service; a scenario has at most 256 nodes.
    pub service: u8,
    /// Which of its `consumes`; at most 64.
    pub subscription: u8,
    /// Which replica; at most 1,000.
    pub replica: u16,
}

impl ConsumerId {
    /// The service.
    pub fn service(self) -> ServiceIx {
        ServiceIx(self.service.into())
    }
}
