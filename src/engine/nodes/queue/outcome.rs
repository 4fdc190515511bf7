//! What a queue's state machine answers and tells.

use crate::base::SimTime;
use crate::engine::kernel::message::DeliveryTag;
use crate::observation::Discard;

/// What happened to a message otherwise than by a call of its user.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Change<P> {
    /// It is ready, after it was hidden or (`again`) delivered.
    Ready {
        /// Its slot.
        slot: u32,
        /// It came back from a consumer.
        again: bool,
    },
    /// It is gone, and nobody had acknowledged it.
    Gone {
        /// What it was.
        payload: P,
        /// Why.
        reason: Discard,
    },
}

/// What an ack came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Acked<P> {
    /// The message is done with.
    InTime(P),
    /// It came after the end of the visibility timeout: the message is done with all the same, or somebody else has it or
    /// has dealt with it.
    Late(Option<P>),
    /// The consumer's connection died since, and with it all its deliveries.
    Unknown,
}

/// A delivery to a consumer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Received {
    /// What to acknowledge.
    pub tag: DeliveryTag,
    /// It was delivered before.
    pub redelivered: bool,
    /// When it was published.
    pub published: SimTime,
}
