//! Deliveries whose visibility ended while their consumer still holds the message.
//!
//! The queue has taken the message back, but the consumer has not let go of it: it counts against its prefetch until its
//! ack, its nack or the end of its connection comes.

use std::collections::BTreeMap;
use std::num::NonZeroU64;

use crate::engine::kernel::message::DeliveryTag;
use crate::engine::kernel::slab::tree_of;

/// A delivery that is over for the queue, and not for its consumer.
#[derive(Clone, Copy, Debug)]
pub struct Lapse {
    /// The delivery.
    pub tag: DeliveryTag,
    /// Who still holds the message.
    pub consumer: u32,
    /// The message's place, by which it is known again: its slot may have another message by now.
    pub order: NonZeroU64,
    /// How often it had been delivered then: more often by now, if somebody has received it again.
    pub deliveries: u32,
}

/// Those of a queue, by the numbers of the deliveries.
#[derive(Clone, Debug, Default)]
pub struct Lapsed(BTreeMap<u32, Lapse>);

impl Lapsed {
    /// How many there are.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// About how many bytes a clone takes.
    pub fn memory_bytes(&self) -> usize {
        self.len() * tree_of::<(u32, Lapse)>()
    }

    /// The queue takes a message back.
    pub fn add(&mut self, lapse: Lapse) {
        self.0.insert(lapse.tag.delivery, lapse);
    }

    /// The consumer lets go of what it got by this delivery; none where the delivery has not lapsed.
    pub fn let_go(&mut self, tag: DeliveryTag) -> Option<Lapse> {
        // Mostly there are none.
        if self.0.is_empty() { None } else { self.0.remove(&tag.delivery) }
    }

    /// The consumer's connection died: it holds nothing any more.
    pub fn close(&mut self, consumer: u32) {
        self.0.retain(|_, lapse| lapse.consumer != consumer);
    }

    /// All of them, the oldest delivery first (until the numbers wrap around).
    pub fn iter(&self) -> impl Iterator<Item = &Lapse> {
        self.0.values()
    }
}
