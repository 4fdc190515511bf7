//! What happens to a queue.

use crate::base::{NodeIx, QueueIx};
use crate::engine::kernel::event::{Addressee, Event, Fields, NodeEvent, Wake, includes};
use crate::engine::nodes::broker::ConsumerEvent;
use crate::scenario::Plan;

/// What happens to a queue.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum QueueEvent {
    /// What every node hears.
    Node(NodeEvent),
    /// Something may be due: an expiry, the end of a visibility timeout or of a delay.
    Due(Wake),
    /// What it hears of its consumers.
    Consumer(ConsumerEvent),
}

impl Event for QueueEvent {
    fn pack(self) -> Fields {
        match self {
            QueueEvent::Node(event) => event.pack(),
            QueueEvent::Due(event) => event.pack(),
            QueueEvent::Consumer(event) => event.pack(),
        }
    }

    fn unpack(fields: Fields) -> QueueEvent {
        match fields.code {
            0..=NodeEvent::LAST => QueueEvent::Node(NodeEvent::unpack(fields)),
            ConsumerEvent::CODE => QueueEvent::Consumer(ConsumerEvent::unpack(fields)),
            _ => QueueEvent::Due(Wake::unpack(fields)),
        }
    }
}

impl Addressee for QueueIx {
    type Event = QueueEvent;

    fn node(&self, plan: &Plan) -> NodeIx {
        plan.queues[self.at()].node
    }
}

includes!(QueueEvent: Node(NodeEvent), Due(Wake), Consumer(ConsumerEvent));

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::kernel::message::ConsumerId;

    #[test]
    fn what_is_packed_is_what_is_opened() {
        let consumer = ConsumerId { service: 255, subscription: 63, replica: 999 };
        let events = [
            QueueEvent::Node(NodeEvent::Begin),
            QueueEvent::Node(NodeEvent::Deliver(u32::MAX)),
            QueueEvent::Due(Wake { task: 0, generation: u32::MAX }),
            QueueEvent::Consumer(ConsumerEvent::Connection { consumer, open: true }),
            QueueEvent::Consumer(ConsumerEvent::Connection { consumer, open: false }),
        ];
        for event in events {
            assert_eq!(QueueEvent::unpack(event.pack()), event);
        }
    }
}
