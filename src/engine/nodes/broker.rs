//! What queues, logs and exchanges share: how they confirm, and how they know their consumers.

use crate::base::{LinkIx, NodeIx};
use crate::engine::kernel::event::{Addressee, Event, Fields};
use crate::engine::kernel::message::{ConsumerId, Envelope, Payload};
use crate::engine::kernel::request_context::RequestContext;
use crate::engine::kernel::slab::Slot;
use crate::engine::kernel::wake::WakeToken;
use crate::engine::runtime::context::Context;
use crate::observation::{MessageKind, Observer};
use crate::scenario::{ConsumerPlan, Plan, Source};

/// Who waits for a broker's confirm.
#[derive(Clone, Copy, Debug)]
pub enum Publisher {
    /// A task.
    Task(WakeToken),
    /// An exchange, which gathers the confirms of copies there.
    Exchange(Slot),
}

impl Publisher {
    /// Confirms a message, or says that it was not taken.
    pub fn confirm<O: Observer>(
        self,
        accepted: bool,
        back: LinkIx,
        context: &RequestContext,
        cx: &mut Context<O>,
    ) {
        let payload = match self {
            Publisher::Task(publisher) => Payload::Confirm { publisher, accepted },
            Publisher::Exchange(gathered) => Payload::CopyConfirm { gathered, accepted },
        };
        cx.send(Envelope::new(back, MessageKind::Confirm { accepted }, payload, context));
    }
}

/// What a broker hears of its consumers otherwise than by messages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ConsumerEvent {
    /// A consumer's connection opened or died.
    Connection {
        /// Whose.
        consumer: ConsumerId,
        /// Whether it opened.
        open: bool,
    },
}

impl ConsumerEvent {
    /// The code of these events.
    pub const CODE: u8 = 3;
}

impl Event for ConsumerEvent {
    fn pack(self) -> Fields {
        let ConsumerEvent::Connection { consumer: ConsumerId { service, subscription, replica }, open } =
            self;
        let consumer = u32::from(service) | u32::from(subscription) << 8 | u32::from(replica) << 16;
        Fields::two(ConsumerEvent::CODE, consumer, open.into())
    }

    fn unpack(fields: Fields) -> ConsumerEvent {
        if fields.code != ConsumerEvent::CODE {
            fields.unknown();
        }
        let [service, subscription, low, high] = fields.one.to_le_bytes();
        let consumer = ConsumerId { service, subscription, replica: u16::from_le_bytes([low, high]) };
        ConsumerEvent::Connection { consumer, open: fields.two > 0 }
    }
}

/// The broker that a subscription is to.
impl Addressee for Source {
    type Event = ConsumerEvent;

    fn node(&self, plan: &Plan) -> NodeIx {
        match *self {
            Source::Queue(queue) => plan.queues[queue.at()].node,
            Source::Log(log, _) => plan.logs[log.at()].node,
        }
    }
}

/// A consumer's subscription.
pub fn subscription(plan: &Plan, id: ConsumerId) -> &ConsumerPlan {
    &plan.services[usize::from(id.service)].consumes[id.subscription as usize]
}
