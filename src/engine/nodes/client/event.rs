//! What happens to a client.

use crate::base::{ClientIx, NodeIx};
use crate::engine::kernel::event::{Addressee, Event, Fields, NodeEvent, includes};
use crate::engine::runtime::event::TaskEvent;
use crate::scenario::Plan;

/// What happens to a client.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ClientEvent {
    /// What every node hears.
    Node(NodeEvent),
    /// What the tasks of its requests are told by the clock.
    Task(TaskEvent),
    /// The next request of an open client is due, unless its arrivals were planned anew since: number of the plan.
    Arrival(u32),
    /// A user of a closed client has thought.
    Thought,
}

impl Event for ClientEvent {
    fn pack(self) -> Fields {
        match self {
            ClientEvent::Node(event) => event.pack(),
            ClientEvent::Task(event) => event.pack(),
            ClientEvent::Arrival(planned) => Fields::one(8, planned),
            ClientEvent::Thought => Fields::code(9),
        }
    }

    fn unpack(fields: Fields) -> ClientEvent {
        match fields.code {
            0..=NodeEvent::LAST => ClientEvent::Node(NodeEvent::unpack(fields)),
            8 => ClientEvent::Arrival(fields.one),
            9 => ClientEvent::Thought,
            _ => ClientEvent::Task(TaskEvent::unpack(fields)),
        }
    }
}

impl Addressee for ClientIx {
    type Event = ClientEvent;

    fn node(&self, plan: &Plan) -> NodeIx {
        plan.clients[self.at()].node
    }
}

includes!(ClientEvent: Node(NodeEvent), Task(TaskEvent));

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::{BreakerIx, WindowIx};
    use crate::engine::kernel::event::Wake;

    #[test]
    fn what_is_packed_is_what_is_opened() {
        let events = [
            ClientEvent::Node(NodeEvent::Begin),
            ClientEvent::Node(NodeEvent::Deliver(u32::MAX)),
            ClientEvent::Task(TaskEvent::Wake(Wake { task: 7, generation: u32::MAX })),
            ClientEvent::Task(TaskEvent::Hedge { task: u32::MAX, generation: 8 }),
            ClientEvent::Task(TaskEvent::Breaker(BreakerIx(5))),
            ClientEvent::Task(TaskEvent::WindowCloses(WindowIx(5))),
            ClientEvent::Arrival(5),
            ClientEvent::Thought,
        ];
        for event in events {
            assert_eq!(ClientEvent::unpack(event.pack()), event);
        }
    }
}
