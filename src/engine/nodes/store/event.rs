//! What happens to a store.

use crate::base::{NodeIx, StoreIx};
use crate::engine::kernel::event::{Addressee, Event, Fields, NodeEvent, Wake, includes};
use crate::scenario::Plan;

/// What happens to a store.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StoreEvent {
    /// What every node hears.
    Node(NodeEvent),
    /// An access is done: its slot.
    Done(Wake),
}

impl Event for StoreEvent {
    fn pack(self) -> Fields {
        match self {
            StoreEvent::Node(event) => event.pack(),
            StoreEvent::Done(event) => event.pack(),
        }
    }

    fn unpack(fields: Fields) -> StoreEvent {
        match fields.code {
            0..=NodeEvent::LAST => StoreEvent::Node(NodeEvent::unpack(fields)),
            _ => StoreEvent::Done(Wake::unpack(fields)),
        }
    }
}

impl Addressee for StoreIx {
    type Event = StoreEvent;

    fn node(&self, plan: &Plan) -> NodeIx {
        plan.stores[self.at()].node
    }
}

includes!(StoreEvent: Node(NodeEvent), Done(Wake));

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_packed_is_what_is_opened() {
        let events = [
            StoreEvent::Node(NodeEvent::Begin),
            StoreEvent::Node(NodeEvent::Deliver(u32::MAX)),
            StoreEvent::Done(Wake { task: u32::MAX, generation: 3 }),
        ];
        for event in events {
            assert_eq!(StoreEvent::unpack(event.pack()), event);
        }
    }
}
