//! What a node's handler may use: send, schedule, observe. It cannot reach another node.

use super::balance::Directory;
use super::calendar::Calendar;
use super::network::{Message, Network, Post};
use super::store::Truth;
use crate::base::{BreakerIx, NodeIx, ServiceIx, SimDuration, SimTime, WindowIx};
use crate::observation::{Observation, Observer};
use crate::scenario::Plan;

/// Why the engine calls a node.
#[derive(Clone, Copy, Debug)]
pub enum Event {
    /// The run begins.
    Begin { node: NodeIx },
    /// The next request of an open client is due, unless its arrivals were planned anew since.
    Arrival { node: NodeIx, planned: u32 },
    /// A user of a closed client has thought.
    Thought { node: NodeIx },
    /// A wait of a task is over (work, sleep, timeout, backoff: its state says which), unless it is stale.
    Timer { node: NodeIx, task: u32, turn: u32 },
    /// A task's request has been out for so long that it is asked again, unless the wait is over.
    Hedge { node: NodeIx, task: u32, turn: u32 },
    /// The half-open time of a breaker may be over.
    Breaker { node: NodeIx, breaker: BreakerIx },
    /// The next job of a replica that shares its processors is done, unless their number changed since.
    Share { node: NodeIx, replica: u32, turn: u32 },
    /// A message is at the end of its link.
    Deliver { node: NodeIx, message: u32 },
    /// A message is where its link loses it.
    Vanish { message: u32 },
    /// A queue or a log learns that a consumer's connection opened or died.
    Connection { node: NodeIx, consumer: ConsumerId, open: bool },
    /// A window of a node's window step closes.
    WindowCloses { node: NodeIx, window: WindowIx },
    /// A service's autoscaler decides.
    Scale { node: NodeIx },
    /// A replica has started up.
    Ready { node: NodeIx },
    /// The callers of a service look which replicas there are.
    Refresh { service: ServiceIx },
    /// Half a fetch of a log's followers is over, unless the partition's leader changed since.
    Replicate { node: NodeIx, partition: u32, turn: u32 },
    /// Records of a log's partition may have grown too old.
    Expire { node: NodeIx, partition: u32 },
    /// A wait of a log's group is over.
    Group { node: NodeIx, group: u16, timer: GroupTimer, member: u32, turn: u32 },
    /// A broker of a log goes down or comes back.
    Broker { node: NodeIx, broker: u32, up: bool },
    /// The members under a subscription of a service (its number, and which of its `consumes`) are cut off from a
    /// log, or no longer.
    Cut { node: NodeIx, of: (u8, u8), cut: bool },
    /// A fault sets in.
    FaultBegins { fault: u32 },
    /// A fault ends.
    FaultEnds { fault: u32 },
}

/// What a group of a log waits for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GroupTimer {
    /// A silent member is to be taken for dead.
    Session,
    /// A member commits.
    Commit,
    /// A rebalance has taken too long.
    Rebalance,
}

// The calendar moves events about: two to a cache line with their keys.
const _: () = assert!(size_of::<Event>() <= 16);

/// Which wait each task of each node is in, as a number that only grows.
///
/// An event or an answer carries the number of the wait that it belongs to and is ignored when the task has
/// moved on: stale events are numbered, not hunted. It also tells, for the count of wasted work and never for
/// what happens, whether a caller still waits.
#[derive(Clone, Debug, Default)]
pub struct Turns(Vec<Vec<u32>>);

impl Turns {
    /// For so many nodes.
    pub fn new(nodes: usize) -> Turns {
        Turns(vec![Vec::new(); nodes])
    }

    /// The number of the wait that a task is in.
    #[inline]
    #[cfg_attr(site, optimize(speed))]
    pub fn of(&self, node: NodeIx, task: u32) -> u32 {
        self.0.as_slice()[node.at()].as_slice().get(task as usize).copied().unwrap_or(0)
    }

    /// The task moves on: what was scheduled for it before is stale now. Gives the new number.
    #[inline]
    #[cfg_attr(site, optimize(speed))]
    pub fn advance(&mut self, node: NodeIx, task: u32) -> u32 {
        let turns = &mut self.0.as_mut_slice()[node.at()];
        if turns.len() <= task as usize {
            turns.resize(task as usize + 1, 0);
        }
        let turn = &mut turns.as_mut_slice()[task as usize];
        *turn = turn.wrapping_add(1);
        *turn
    }
}

/// A task that waits for something, and which of its waits that is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Waiter {
    /// Its node.
    pub node: NodeIx,
    /// Its slot there.
    pub task: u32,
    /// Its wait.
    pub turn: u32,
}

/// What a node's handler may use besides its own state.
pub struct Context<'a, O> {
    /// The present instant.
    pub now: SimTime,
    /// What was planned.
    pub plan: &'a Plan,
    /// Who still waits.
    pub turns: &'a mut Turns,
    /// Which replicas there are to call.
    pub directory: &'a mut Directory,
    /// What stores have written, for the count of stale reads and never for what happens.
    pub truth: &'a mut Truth,
    pub(super) calendar: &'a mut Calendar<Event>,
    pub(super) network: &'a mut Network,
    pub(super) observer: &'a mut O,
    pub(super) requests: &'a mut u64,
    pub(super) spans: &'a mut u64,
}

impl<O: Observer> Context<'_, O> {
    /// Says what is now so. Always inlined: the kind of fact is known where it is made.
    #[inline(always)]
    pub fn observe(&mut self, what: Observation) {
        self.observer.observe(self.now, what);
    }

    /// Schedules an event after a delay.
    #[inline]
    #[cfg_attr(site, optimize(speed))]
    pub fn after(&mut self, delay: SimDuration, event: Event) {
        self.calendar.schedule(self.now + delay, event);
    }

    /// Sends a message along a link.
    #[inline]
    #[cfg_attr(site, optimize(speed))]
    pub fn send(&mut self, post: Post) {
        self.network.send(self.now, post, self.plan, self.calendar, self.observer);
    }

    /// Wakes a task after a delay, unless it moves on before.
    #[inline]
    #[cfg_attr(site, optimize(speed))]
    pub fn wake_after(&mut self, delay: SimDuration, waiter: Waiter) {
        self.after(delay, Event::Timer { node: waiter.node, task: waiter.task, turn: waiter.turn });
    }

    /// Whether the task is still in this wait.
    #[inline]
    #[cfg_attr(site, optimize(speed))]
    pub fn waits(&self, waiter: Waiter) -> bool {
        self.turns.of(waiter.node, waiter.task) == waiter.turn
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

    /// Takes a message that has arrived.
    #[inline]
    #[cfg_attr(site, optimize(speed))]
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
