//! The network: messages on directed links, their latency and their loss.

use super::calendar::Calendar;
use super::event::{Address, Lost, NodeEvent, PackedEvent};
use super::link::{Condition, Link, Passage};
use super::message::{Answer, Envelope, Message, Payload};
use super::request_context::RequestContext;
use super::slab::Slab;
use super::wake::WakeToken;
use crate::base::{CallIx, Dist, LinkIx, OpIx, SimTime, Stream};
use crate::observation::{Failure, Fate, Flight, LossReason, Observation, Observer};
use crate::scenario::{LinkPlan, Plan};

/// A message under way, with when it left and when it is to arrive.
#[derive(Clone, Copy, Debug)]
struct InTransit {
    message: Message,
    attempt: u32,
    sent: SimTime,
    passage: Passage,
    times_out: SimTime,
}

/// A request that has arrived: what to do, for whom.
#[derive(Clone, Copy, Debug)]
pub struct Request {
    /// Which call step asks.
    pub call: CallIx,
    /// Who waits for the answer.
    pub caller: WakeToken,
    /// Which operation.
    pub op: OpIx,
    /// At which replica.
    pub replica: u32,
    /// What goes along.
    pub context: RequestContext,
}

/// An answer that has arrived: for whom, and what it says.
#[derive(Clone, Copy, Debug)]
pub struct Reply {
    /// Who waited for it.
    pub caller: WakeToken,
    /// Whether a fallback gave it, or why there is none.
    pub result: Result<Answer, Failure>,
    /// Which replica failed, for a failure.
    pub replica: u32,
    /// When the job arrived whose work it is worth ([`Payload::Reply`]).
    pub arrived: SimTime,
    /// The span of the job that gave it; 0 where nobody wants to hear of spans.
    pub span: u64,
    /// Along which link it came.
    pub link: LinkIx,
}

/// All links, and what travels on them.
#[derive(Clone, Debug)]
pub struct Network {
    links: Vec<Link>,
    messages: Slab<InTransit>,
    /// Messages of reliable connections that wait for a partition to heal.
    held: Vec<u32>,
    /// Messages sent so far: the next one's number.
    sent: u64,
    /// Messages on their way that the ledger counts.
    counted: u64,
}

impl Network {
    /// An idle network.
    pub fn new(plan: &Plan) -> Network {
        Network {
            links: plan.links.iter().map(|link| link_of(link, plan)).collect(),
            messages: Slab::default(),
            held: Vec::new(),
            sent: 0,
            counted: 0,
        }
    }

    /// Adds the links that an edit has added to the plan.
    pub fn grow(&mut self, plan: &Plan) {
        let known = self.links.len();
        self.links.extend(plan.links[known..].iter().map(|link| link_of(link, plan)));
    }

    /// Number of the next message to be sent.
    pub fn next_message(&self) -> u64 {
        self.sent
    }

    /// Messages under way that the ledger counts.
    pub fn counted(&self) -> u64 {
        self.counted
    }

    /// Messages under way, of every kind.
    pub fn len(&self) -> usize {
        self.messages.len()
    }

    /// About how many bytes a clone takes.
    pub fn memory_bytes(&self) -> usize {
        size_of_val(&self.links[..]) + self.messages.memory_bytes()
    }

    /// What can be seen of the messages under way.
    pub fn flights(&self) -> impl Iterator<Item = Flight> {
        self.messages.iter().map(|(_, carried)| {
            let InTransit { message, attempt, sent, passage, times_out } = *carried;
            let Passage { arrives, vanishes } = passage;
            let Message { number, link, kind, context, .. } = message;
            let (request, poison) = (context.request, context.poison);
            Flight {
                message: number,
                kind,
                link,
                request,
                attempt,
                sent,
                arrives,
                vanishes,
                times_out,
                poison,
            }
        })
    }

    /// Sets the planned latency of a link, and what faults do to it.
    pub fn set_condition(&mut self, link: LinkIx, latency: Dist, condition: Condition) {
        self.links[link.at()].set_condition(latency, condition);
    }

    /// When something that is no message of the ledger arrives that leaves then, to or from a replica; none where it is
    /// lost.
    pub fn passage(&mut self, link: LinkIx, leaves: SimTime, replica: u32) -> Option<SimTime> {
        let passage = self.links[link.at()].travel(leaves, || false, || Some(replica));
        (passage.vanishes == SimTime::NEVER).then_some(passage.arrives)
    }

    /// What a message under way says.
    pub fn payload(&self, slot: u32) -> Payload {
        self.messages[slot].message.payload
    }

    /// Sends a message: draws its latency and its fate, and schedules its arrival or its loss.
    #[inline(always)]
    pub fn send<O: Observer>(
        &mut self,
        now: SimTime,
        envelope: Envelope<'_>,
        calendar: &mut Calendar<PackedEvent>,
        observer: &mut O,
    ) {
        let link = &mut self.links[envelope.link.at()];
        let sent = now + envelope.delay;
        let to = link.to;
        let passage = link.travel(sent, || envelope.payload.is_reliable(), || envelope.payload.replica());
        let message = self.sent;
        self.sent += 1;
        let Envelope { link, kind, payload, context, attempt, times_out, .. } = envelope;
        let carried = Message { number: message, link, kind, payload, context: *context };
        let carried = InTransit { message: carried, attempt, sent, passage, times_out };
        let slot = self.messages.insert(carried);
        if Message::is_in_ledger(envelope.kind) {
            self.counted += 1;
            observer.observe(now, Observation::Created);
        }
        let due = passage.ends();
        observer.observe(
            now,
            Observation::Sent {
                message,
                kind: envelope.kind,
                link: envelope.link,
                request: envelope.context.request,
                arrives: due,
            },
        );
        if due == SimTime::NEVER {
            self.held.push(slot);
        } else if passage.vanishes == SimTime::NEVER {
            calendar.schedule(due, PackedEvent::new(to, NodeEvent::Deliver(slot)));
        } else {
            calendar.schedule(due, PackedEvent::global(Lost(slot)));
        }
    }

    /// Takes a message that has arrived.
    #[inline(always)]
    pub fn land<O: Observer>(&mut self, slot: u32, now: SimTime, observer: &mut O) -> Message {
        let message = self.messages[slot].message;
        let Message { number, link, kind, .. } = message;
        self.leave(slot, number, link, Message::is_in_ledger(kind), now, observer);
        message
    }

    /// A message is at the end of its link.
    #[inline(always)]
    fn leave<O: Observer>(
        &mut self,
        slot: u32,
        message: u64,
        link: LinkIx,
        counted: bool,
        now: SimTime,
        observer: &mut O,
    ) {
        self.messages.clear(slot);
        self.counted -= u64::from(counted);
        observer.observe(now, Observation::Landed { message, link });
    }

    /// Takes a reply that has arrived, if that is what it is. Replies are half of all messages, and nobody looks at the
    /// rest of them.
    #[inline(always)]
    pub fn land_reply<O: Observer>(&mut self, slot: u32, now: SimTime, observer: &mut O) -> Option<Reply> {
        let Message { number, link, payload: Payload::Reply { caller, result, replica, arrived }, .. } =
            self.messages[slot].message
        else {
            return None;
        };
        let span = if O::SPANS { self.messages[slot].message.context.span } else { 0 };
        self.leave(slot, number, link, true, now, observer);
        observer.observe(now, Observation::Settled { fate: Fate::Consumed });
        Some(Reply { caller, result, replica, arrived, span, link })
    }

    /// Takes a request that has arrived, if that is what it is. Field by field: copying as a whole what was just written
    /// in pieces stalls a processor.
    #[inline(always)]
    pub fn land_request<O: Observer>(
        &mut self,
        slot: u32,
        now: SimTime,
        observer: &mut O,
    ) -> Option<Request> {
        let message = &self.messages[slot].message;
        let Payload::Request { call, op, replica, caller } = message.payload else { return None };
        let (number, link, context) = (message.number, message.link, message.context);
        self.leave(slot, number, link, true, now, observer);
        Some(Request { call, caller, op, replica, context })
    }

    /// Takes a message that is lost on its link.
    pub fn vanish<O: Observer>(&mut self, slot: u32, now: SimTime, observer: &mut O) -> Message {
        let Message { link, payload, .. } = self.messages[slot].message;
        let cut = self.links[link.at()].is_cut(payload.replica());
        let reason = if cut { LossReason::Partition } else { LossReason::Link };
        self.lose(slot, reason, Fate::Lost, now, observer)
    }

    /// Takes a message whose receiver was taken out of the running system.
    pub fn arrive_at_nobody<O: Observer>(&mut self, slot: u32, now: SimTime, observer: &mut O) -> Message {
        self.lose(slot, LossReason::Removed, Fate::Removed, now, observer)
    }

    fn lose<O: Observer>(
        &mut self,
        slot: u32,
        reason: LossReason,
        fate: Fate,
        now: SimTime,
        observer: &mut O,
    ) -> Message {
        let message = self.messages.remove(slot).message;
        let Message { number, link, kind, .. } = message;
        observer.observe(now, Observation::Vanished { message: number, link, reason });
        if Message::is_in_ledger(kind) {
            self.counted -= 1;
            observer.observe(now, Observation::Settled { fate });
        }
        message
    }

    /// Sends again what waited for a partition that has healed.
    pub fn resume(&mut self, now: SimTime, calendar: &mut Calendar<PackedEvent>) {
        let held = std::mem::take(&mut self.held);
        for slot in held {
            let carried = &mut self.messages[slot];
            let Message { link, payload, .. } = carried.message;
            let replica = payload.replica();
            let link = &mut self.links[link.at()];
            if link.is_cut(replica) {
                self.held.push(slot);
                continue;
            }
            carried.sent = now;
            carried.passage.arrives = now + link.draw_latency(replica);
            calendar.schedule(carried.passage.arrives, PackedEvent::new(link.to, NodeEvent::Deliver(slot)));
        }
    }
}

fn link_of(link: &LinkPlan, plan: &Plan) -> Link {
    // A receiver may be named like another purpose ("work", "arrivals"): "link to" keeps them apart.
    let purpose = ["link to ", plan.id(link.to)].concat();
    let stream = Stream::new(plan.seed, plan.id(link.from), &purpose);
    Link::new(Address::of(link.to, plan), stream, plan.dists[link.latency.at()].clone(), link.loss)
}
