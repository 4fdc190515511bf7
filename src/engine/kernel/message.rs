//! Messages: what nodes send to each other, and the context that goes with it.

use super::request_context::RequestContext;
use super::slab::Slot;
use super::wake::{Generations, WakeToken};
use crate::base::{
    AccessIx, AskIx, CallIx, LinkIx, NodeIx, OpIx, PublishIx, RouteIx, ServiceIx, SimDuration, SimTime,
};
use crate::observation::{Failure, MessageKind};
use crate::scenario::Plan;

/// What a message says.
#[derive(Clone, Copy, Debug)]
pub enum Payload {
    /// A call: do this operation.
    Request {
        /// Which call step asks.
        call: CallIx,
        /// Which operation.
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
        /// Which replica answers: the attempt may have others out.
        replica: u32,
        /// When the job arrived whose work is for nobody if nobody takes the answer; [`SimTime::NEVER`] where none was
        /// done, or where it counts as wasted already.
        arrived: SimTime,
    },
    /// A message for a queue, a log or an exchange, from a publish step.
    Publish {
        /// Which publish step sends.
        publish: PublishIx,
        /// Who waits for the broker's confirm, if anyone does.
        confirm: Option<WakeToken>,
        /// Which publication it is a copy of, where there may be others.
        publication: Option<Slot>,
    },
    /// A copy of such a message, from an exchange.
    Copy {
        /// Which of its copies.
        route: RouteIx,
        /// Where the exchange gathers the brokers' confirms, if the publisher waits for one.
        confirm: Option<Slot>,
        /// Which publication it is a copy of, where there may be others.
        publication: Option<Slot>,
    },
    /// A request of an ask step, for its queue.
    Ask {
        /// Who asks.
        asker: Asker,
    },
    /// The reply to an ask step, for its queue.
    Answer {
        /// Who asked.
        asker: Asker,
        /// What it says.
        answer: Answer,
        /// When the job arrived whose work it is worth, as of a [`Payload::Reply`].
        arrived: SimTime,
    },
    /// A dead letter of another queue.
    Dead {
        /// Who asked, if anyone did.
        asker: Option<Asker>,
        /// How often in a row it was dead-lettered without anyone having refused it.
        deaths: u32,
    },
    /// A record that a member of a group has given up, for the queue or the log that takes such.
    GivenUp {
        /// By which publication: a step that no operation has.
        publish: PublishIx,
    },
    /// A broker's confirm, to whoever published.
    Confirm {
        /// Who waited for it.
        publisher: WakeToken,
        /// Whether the message was taken.
        accepted: bool,
    },
    /// A broker's confirm, to an exchange that sent a copy.
    CopyConfirm {
        /// Where the exchange gathers the confirms.
        gathered: Slot,
        /// Whether the copy was taken.
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
        asker: Option<Asker>,
    },
    /// The reply, from its queue to whoever asked.
    Answered {
        /// Who asked.
        asker: Asker,
        /// What it says.
        answer: Answer,
        /// What to acknowledge.
        tag: DeliveryTag,
        /// The service that did the work; a scenario has at most 256 nodes.
        service: u8,
        /// When the job arrived whose work it is worth; [`SimTime::NEVER`] where it was delivered before, for the first
        /// delivery decides.
        arrived: SimTime,
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
    /// A member's ack of a record, or its nack.
    RecordAck {
        /// The member.
        consumer: ConsumerId,
        /// Which record.
        delivery: RecordDelivery,
        /// Whether it was processed; else it is to be handed over again, with all that follow.
        processed: bool,
    },
    /// A consumer's ack of a delivery, or its nack.
    Ack {
        /// About which delivery.
        tag: DeliveryTag,
        /// The replica that the message was delivered to; none where no replica consumes.
        replica: Option<u16>,
        /// Whether it is done.
        positive: bool,
        /// If not: whether to deliver it again, or never.
        requeue: bool,
    },
    /// A read or a write, for a store.
    Query {
        /// By which step.
        access: AccessIx,
        /// Who waits for the store's answer.
        caller: WakeToken,
        /// The version on which a write builds.
        read: Option<u32>,
    },
    /// A store's answer.
    Result {
        /// By which step.
        access: AccessIx,
        /// Who waited for it.
        caller: WakeToken,
        /// Whether it was done, or why not.
        result: Result<(), Failure>,
    },
}

impl Payload {
    /// Whether a message rides a connection that sends again what is lost. A request, a reply and an unconfirmed
    /// publication do not: the first two are guarded by the caller's timeout (as are those of an ask step), the last
    /// is fire and forget. What brokers say to each other, and what brokers and consumers say to each other does, or
    /// one lost ack would take a place in the prefetch window for ever.
    pub fn is_reliable(&self) -> bool {
        match self {
            Payload::Request { .. } | Payload::Reply { .. } => false,
            Payload::Ask { .. } | Payload::Answer { .. } => false,
            Payload::Publish { confirm, .. } => confirm.is_some(),
            Payload::Copy { .. } | Payload::Answered { .. } => true,
            Payload::Dead { .. } | Payload::GivenUp { .. } => true,
            Payload::Confirm { .. } | Payload::CopyConfirm { .. } => true,
            Payload::Delivery { .. } | Payload::Ack { .. } => true,
            Payload::Query { .. } | Payload::Result { .. } => true,
            Payload::Record { .. } | Payload::RecordAck { .. } => true,
        }
    }

    /// The replica that it is for, as one that is called or that consumes, or that answers so; none for what is of no
    /// such replica.
    pub fn replica(&self) -> Option<u32> {
        match *self {
            Payload::Request { replica, .. }
            | Payload::Reply { replica, .. }
            | Payload::Delivery { replica, .. }
            | Payload::Record { replica, .. } => Some(replica),
            Payload::RecordAck { consumer, .. } => Some(consumer.replica.into()),
            Payload::Ack { replica, .. } => replica.map(u32::from),
            _ => None,
        }
    }

    /// For a message that reached a node of a kind to which it is never sent.
    ///
    /// # Panics
    ///
    /// Always: it is our bug, since the plan says where links lead.
    #[cold]
    pub fn misdelivered(self) -> ! {
        panic!("a message reached a node of a kind to which it is never sent")
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

/// One delivery of one message of a queue. A later delivery of the same message has another number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DeliveryTag {
    /// The message's slot in its queue.
    pub slot: u32,
    /// Number of the delivery, counted by its queue.
    pub delivery: u32,
}

/// Who asked over messages: what AMQP's `reply_to` and `correlation_id` say together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Asker {
    /// By which step: it knows the node and the queues.
    pub ask: AskIx,
    /// Which of the node's tasks.
    pub task: Slot,
    /// In which of its waits.
    pub generation: u32,
}

impl Asker {
    /// The node that asked.
    fn node(self, plan: &Plan) -> NodeIx {
        plan.links[plan.asks[self.ask.at()].out.at()].from
    }

    /// Whether the one who asked still waits for the reply.
    pub fn is_waiting(self, generations: &Generations, plan: &Plan) -> bool {
        generations.of(self.node(plan), self.task.number()) == self.generation
    }
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
    /// Under which lease the member reads: acks under an older one are too late. The numbers wrap around.
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
    /// What observers are told that it is.
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
    pub number: u64,
    /// Along which link it came.
    pub link: LinkIx,
    /// What observers are told that it is.
    pub kind: MessageKind,
    /// What it says.
    pub payload: Payload,
    /// What goes along.
    pub context: RequestContext,
}

impl Message {
    /// Whether the ledger counts it while it is under way: requests, replies and publications, no control messages. A
    /// delivery is counted by its queue, which keeps the message until it is acknowledged.
    pub fn is_in_ledger(kind: MessageKind) -> bool {
        matches!(
            kind,
            MessageKind::Request | MessageKind::Reply | MessageKind::Failure(_) | MessageKind::Publish
        )
    }
}
