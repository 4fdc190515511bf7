//! The network: messages on directed links, their latency and their loss.

use super::calendar::Calendar;
use super::event::{Event, PackedEvent};
use super::link::Link;
use super::request_context::RequestContext;
use super::slab::Slab;
use crate::base::{AccessIx, CallIx, Dist, LinkIx, OpIx, PublishIx, RouteIx, SimDuration, SimTime, Stream};
use crate::engine::nodes::queue::DeliveryTag;
use crate::engine::runtime::context::{ConsumerId, WakeToken};
use crate::engine::runtime::steps::ask::Asker;
use crate::engine::runtime::task::Origin;
use crate::observation::{Failure, Fate, Flight, LossReason, MessageKind, Observation, Observer};
use crate::scenario::Plan;

/// What a message says.
#[derive(Clone, Copy, Debug)]
pub enum Payload {
    /// Do this operation.
    Request {
        /// Which call step asks.
        call: CallIx,
        /// For what.
        op: OpIx,
        /// At which replica.
        replica: u32,
        /// Who waits for the answer.
        caller: WakeToken,
    },
    /// The answer to a request.
    Reply {
        /// Who waited for it.
        caller: WakeToken,
        /// Whether a fallback gave it, or why there is none.
        result: Result<Answer, Failure>,
    },
    /// Keep this message for a consumer.
    Publish {
        /// Which publish step sends.
        publish: PublishIx,
        /// Who waits for the broker's word, if anyone does.
        confirm: Option<WakeToken>,
    },
    /// The same, from an exchange.
    Copy {
        /// Which of its copies.
        route: RouteIx,
        /// Who gathers the brokers' words, if anyone does.
        confirm: Option<WakeToken>,
    },
    /// Keep this request of an ask step.
    Ask {
        /// Who asks.
        asker: Asker,
    },
    /// Keep this reply for who asked.
    Answer {
        /// Who asked.
        asker: Asker,
        /// What it says.
        answer: Answer,
    },
    /// Keep this dead letter of another queue.
    Dead {
        /// Who asked, if anyone did.
        asker: Asker,
        /// How often in a row it was dead-lettered without anyone having refused it.
        deaths: u32,
    },
    /// The broker's word.
    Confirm {
        /// Who waited for it.
        publisher: WakeToken,
        /// Whether the message was taken.
        accepted: bool,
    },
    /// A message for a consumer.
    Delivery {
        /// Which of the service's subscriptions.
        subscription: u32,
        /// Which replica.
        replica: u32,
        /// What to acknowledge.
        tag: DeliveryTag,
        /// Who waits for a reply, if anyone does.
        asker: Asker,
    },
    /// A reply for who asked.
    Answered {
        /// Who asked.
        asker: Asker,
        /// What it says.
        answer: Answer,
        /// What to acknowledge.
        tag: DeliveryTag,
    },
    /// A record for a member of a group.
    Record {
        /// Which of the service's subscriptions.
        subscription: u32,
        /// Which replica.
        replica: u32,
        /// Which record.
        delivery: RecordDelivery,
    },
    /// A member's word on a record.
    RecordAck {
        /// The member.
        consumer: ConsumerId,
        /// Which record.
        delivery: RecordDelivery,
        /// Whether it was processed; else it is to be handed over again, with all that follow.
        processed: bool,
    },
    /// A consumer's word.
    Ack {
        /// About which delivery.
        tag: DeliveryTag,
        /// Whether it is done.
        positive: bool,
        /// If not: whether to deliver it again, or never.
        requeue: bool,
    },
    /// Do this at a store.
    Query {
        /// By which step.
        access: AccessIx,
        /// Who waits for the store's word.
        caller: WakeToken,
        /// The version on which a write builds.
        read: Option<u32>,
    },
    /// A store's word.
    Result {
        /// By which step.
        access: AccessIx,
        /// Who waited for it.
        caller: WakeToken,
        /// Whether it was done, or why not.
        result: Result<(), Failure>,
    },
}

/// What an answer says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answer {
    /// As it should be.
    Full,
    /// By a fallback, here or further down.
    Degraded,
}

/// One handing over of one record of a log.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RecordDelivery {
    /// The record's partition.
    pub partition: u16,
    /// Under which lease the member reads: words under an older one are too late. The numbers wrap around.
    pub lease: u16,
    /// Number of the record within the lease.
    pub serial: u32,
    /// The record's offset, as far as 32 bits go.
    pub offset: u32,
}

/// What to send.
#[derive(Clone, Copy, Debug)]
pub struct Envelope<'a> {
    /// Along which link.
    pub link: LinkIx,
    /// What it is, for those who look.
    pub kind: MessageKind,
    /// What it says.
    pub payload: Payload,
    /// What goes along: copied once, to where the message is kept.
    pub context: &'a RequestContext,
    /// Which try of its call; 1 for what is no request.
    pub attempt: u32,
    /// When its sender stops waiting.
    pub times_out: SimTime,
    /// How long before it leaves.
    pub delay: SimDuration,
}

impl Envelope<'_> {
    /// A message that leaves now and is no attempt of a call.
    pub fn new(link: LinkIx, kind: MessageKind, payload: Payload, context: &RequestContext) -> Envelope<'_> {
        Envelope {
            link,
            kind,
            payload,
            context,
            attempt: 1,
            times_out: SimTime::NEVER,
            delay: SimDuration::ZERO,
        }
    }
}

/// A message, as it is handed over at the end of its link.
#[derive(Clone, Copy, Debug)]
pub struct Message {
    /// Its number.
    number: u64,
    /// Along which link it came.
    link: LinkIx,
    /// What it is, for those who look.
    kind: MessageKind,
    /// What it says.
    pub payload: Payload,
    /// What goes along.
    pub context: RequestContext,
}

/// A message under way, with when it left and when it is to arrive.
#[derive(Clone, Copy, Debug)]
struct InTransit {
    message: Message,
    attempt: u32,
    sent: SimTime,
    arrives: SimTime,
    vanishes: SimTime,
    times_out: SimTime,
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

/// Whether the ledger counts a message of this kind: requests, replies and publications, no control words. A
/// delivery is counted by its queue, which keeps the message until it is acknowledged.
fn in_ledger(kind: MessageKind) -> bool {
    matches!(kind, MessageKind::Request | MessageKind::Reply | MessageKind::Failure(_) | MessageKind::Publish)
}

/// Whether a message rides a connection that sends again what is lost. A request, a reply and an unconfirmed
/// publication do not: the first two are guarded by the caller's timeout (as are those of an ask step), the last is
/// fire and forget. What brokers say to each other, and what brokers and consumers say to each other does, or one lost ack would take a place in the prefetch window for ever.
fn reliable(payload: &Payload) -> bool {
    match payload {
        Payload::Request { .. } | Payload::Reply { .. } => false,
        Payload::Ask { .. } | Payload::Answer { .. } => false,
        Payload::Publish { confirm, .. } => confirm.is_some(),
        Payload::Copy { .. } | Payload::Dead { .. } | Payload::Answered { .. } => true,
        Payload::Confirm { .. } | Payload::Delivery { .. } | Payload::Ack { .. } => true,
        Payload::Query { .. } | Payload::Result { .. } => true,
        Payload::Record { .. } | Payload::RecordAck { .. } => true,
    }
}

impl Network {
    /// An idle network.
    pub fn new(plan: &Plan) -> Network {
        let link_of = |link: &crate::scenario::LinkPlan| {
            // A receiver's name is no purpose of a node: "work", "arrivals" and so on are kept apart by "link to".
            let purpose = ["link to ", plan.id(link.to)].concat();
            let stream = Stream::new(plan.seed, plan.id(link.from), &purpose);
            Link::new(link.to, stream, plan.dists[link.latency.at()].clone(), link.loss)
        };
        Network {
            links: plan.links.iter().map(link_of).collect(),
            messages: Slab::default(),
            held: Vec::new(),
            sent: 0,
            counted: 0,
        }
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
            let InTransit { message, attempt, sent, arrives, vanishes, times_out } = *carried;
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
    pub fn set_condition(&mut self, link: LinkIx, latency: Dist, loss: f64, cut: bool, added: Vec<Dist>) {
        self.links[link.at()].set_condition(latency, loss, cut, added);
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
        let node = link.to;
        let (arrives, vanishes) = link.travel(sent, || reliable(&envelope.payload));
        let message = self.sent;
        self.sent += 1;
        let Envelope { link, kind, payload, context, attempt, times_out, .. } = envelope;
        let carried = Message { number: message, link, kind, payload, context: *context };
        let carried = InTransit { message: carried, attempt, sent, arrives, vanishes, times_out };
        let slot = self.messages.insert(carried);
        if in_ledger(envelope.kind) {
            self.counted += 1;
            observer.observe(now, Observation::Created);
        }
        let due = arrives.min(vanishes);
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
        } else if vanishes == SimTime::NEVER {
            calendar.schedule(arrives, Event::Deliver { node, message: slot }.pack());
        } else {
            calendar.schedule(vanishes, Event::Vanish { message: slot }.pack());
        }
    }

    /// Takes a message that has arrived.
    #[inline(always)]
    pub fn land<O: Observer>(&mut self, slot: u32, now: SimTime, observer: &mut O) -> Message {
        let message = self.messages[slot].message;
        let Message { number, link, kind, .. } = message;
        self.leave(slot, number, link, in_ledger(kind), now, observer);
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

    /// Takes a reply that has arrived, if that is what it is: who waited for it, and what it says. Replies are half of
    /// all messages, and nobody looks at the rest of them.
    #[inline(always)]
    pub fn land_reply<O: Observer>(
        &mut self,
        slot: u32,
        now: SimTime,
        observer: &mut O,
    ) -> Option<(WakeToken, Result<Answer, Failure>)> {
        let Message { number, link, payload: Payload::Reply { caller, result }, .. } =
            self.messages[slot].message
        else {
            return None;
        };
        self.leave(slot, number, link, true, now, observer);
        observer.observe(now, Observation::Settled { fate: Fate::Consumed });
        Some((caller, result))
    }

    /// Takes a request that has arrived, if that is what it is, field by field: to copy what was just put together in
    /// pieces as a whole holds a processor up.
    #[inline(always)]
    pub fn land_request<O: Observer>(
        &mut self,
        slot: u32,
        now: SimTime,
        observer: &mut O,
    ) -> Option<(Origin, OpIx, u32, RequestContext)> {
        let message = &self.messages[slot].message;
        let Payload::Request { call, op, replica, caller } = message.payload else { return None };
        let (number, link, context) = (message.number, message.link, message.context);
        self.leave(slot, number, link, true, now, observer);
        Some((Origin::Call(caller, call), op, replica, context))
    }

    /// Takes a message that is lost on its link.
    pub fn vanish<O: Observer>(&mut self, slot: u32, now: SimTime, observer: &mut O) -> Message {
        let message = self.messages.remove(slot).message;
        let Message { number, link, kind, .. } = message;
        let reason = if self.links[link.at()].is_cut() { LossReason::Partition } else { LossReason::Link };
        observer.observe(now, Observation::Vanished { message: number, link, reason });
        if in_ledger(kind) {
            self.counted -= 1;
            observer.observe(now, Observation::Settled { fate: Fate::Lost });
        }
        message
    }

    /// Sends again what waited for a partition that has healed.
    pub fn resume(&mut self, now: SimTime, calendar: &mut Calendar<PackedEvent>) {
        let held = std::mem::take(&mut self.held);
        for slot in held {
            let carried = &mut self.messages[slot];
            let link = carried.message.link;
            let link = &mut self.links[link.at()];
            if link.is_cut() {
                self.held.push(slot);
                continue;
            }
            carried.sent = now;
            carried.arrives = now + link.draw_latency();
            let node = link.to;
            calendar.schedule(carried.arrives, Event::Deliver { node, message: slot }.pack());
        }
    }
}
