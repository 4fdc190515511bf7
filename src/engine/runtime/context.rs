//! What a node's handler may use: send, schedule, observe. It cannot reach another node.

use super::balancing::Directory;
use super::publications::Publications;
use super::write_history::WriteHistory;
use crate::base::{LinkIx, ServiceIx, SimDuration, SimTime};
use crate::engine::kernel::calendar::Calendar;
use crate::engine::kernel::event::{Address, Event, PackedEvent};
use crate::engine::kernel::message::{Envelope, Message};
use crate::engine::kernel::network::{Network, Reply, Request};
use crate::engine::kernel::wake::{Generations, WakeToken};
use crate::observation::{Observation, Observer};
use crate::scenario::{NodeKind, Plan};

/// What a node's handler may use besides its own state.
pub struct Context<'a, O> {
    /// The present instant.
    pub now: SimTime,
    /// What was planned.
    pub plan: &'a Plan,
    /// Which wait each task is in.
    pub generations: &'a mut Generations,
    /// Which replicas there are to call.
    pub directory: &'a mut Directory,
    /// What may be published again.
    pub publications: &'a mut Publications,
    /// What stores have written, for the count of stale reads and never for what happens.
    pub write_history: &'a mut WriteHistory,
    pub(in crate::engine) calendar: &'a mut Calendar<PackedEvent>,
    pub(in crate::engine) network: &'a mut Network,
    pub(in crate::engine) observer: &'a mut O,
    pub(in crate::engine) requests: &'a mut u64,
    pub(in crate::engine) spans: &'a mut u64,
}

impl<O: Observer> Context<'_, O> {
    /// Tells the observer a fact.
    #[inline(always)]
    pub fn observe(&mut self, what: Observation) {
        self.observer.observe(self.now, what);
    }

    /// Schedules an event for a node after a delay.
    #[inline(always)]
    pub fn after<E: Event>(&mut self, delay: SimDuration, to: Address<E>, event: E) {
        self.calendar.schedule(self.now + delay, PackedEvent::new(to, event));
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
        self.calendar.schedule(self.now + delay, token.wake());
    }

    /// Whether the task is still in this wait.
    #[inline]
    pub fn is_waiting(&self, token: WakeToken) -> bool {
        self.generations.is_waiting(token)
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
    pub fn land_reply(&mut self, message: u32) -> Option<Reply> {
        self.network.land_reply(message, self.now, self.observer)
    }

    /// An answer came to nobody, or will never arrive: what was worked for it, was wasted. `arrived` is when the job
    /// arrived whose work that is, as its [`Reply`] says, and `span` that job's.
    #[cold]
    #[inline(never)]
    pub fn in_vain(&mut self, arrived: SimTime, span: u64, link: LinkIx) {
        if let Some(service) = self.sender(link) {
            self.in_vain_by(service, arrived, span);
        }
    }

    /// The service at the beginning of a link; none where another node is.
    pub fn sender(&self, link: LinkIx) -> Option<ServiceIx> {
        match self.plan.nodes[self.plan.links[link.at()].from.at()].kind {
            NodeKind::Service(service) => Some(service),
            _ => None,
        }
    }

    /// The same of an answer that comes from a broker: the service that gave it is known, not where it came from.
    pub fn in_vain_by(&mut self, service: ServiceIx, arrived: SimTime, span: u64) {
        if arrived != SimTime::NEVER {
            self.observe(Observation::InVain { service, arrived, span });
        }
    }

    /// Takes a request that has arrived, if that is what it is.
    #[inline(always)]
    pub fn land_request(&mut self, message: u32) -> Option<Request> {
        self.network.land_request(message, self.now, self.observer)
    }

    /// Takes a message that has arrived.
    #[inline(always)]
    pub fn land(&mut self, message: u32) -> Message {
        self.network.land(message, self.now, self.observer)
    }
}
