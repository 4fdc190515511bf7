//! What happens to a service.

use crate::base::{NodeIx, ServiceIx};
use crate::engine::kernel::event::{Addressee, Check, Event, Fields, NodeEvent, includes};
use crate::engine::runtime::event::TaskEvent;
use crate::scenario::Plan;

/// What happens to a service.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ServiceEvent {
    /// What every node hears.
    Node(NodeEvent),
    /// What its tasks are told by the clock.
    Task(TaskEvent),
    /// The next job of a replica that shares its processors is done, unless their number changed since.
    Share {
        /// The replica.
        replica: u32,
        /// Number of its plan.
        generation: u32,
    },
    /// Its autoscaler decides.
    Scale,
    /// A replica has started up.
    Ready,
    /// A health check reaches a replica.
    Check(Check),
}

impl Event for ServiceEvent {
    fn pack(self) -> Fields {
        match self {
            ServiceEvent::Node(event) => event.pack(),
            ServiceEvent::Task(event) => event.pack(),
            ServiceEvent::Share { replica, generation } => Fields::two(8, replica, generation),
            ServiceEvent::Scale => Fields::code(9),
            ServiceEvent::Ready => Fields::code(10),
            ServiceEvent::Check(check) => check.fields(11),
        }
    }

    fn unpack(fields: Fields) -> ServiceEvent {
        match fields.code {
            0..=NodeEvent::LAST => ServiceEvent::Node(NodeEvent::unpack(fields)),
            8 => ServiceEvent::Share { replica: fields.one, generation: fields.two },
            9 => ServiceEvent::Scale,
            10 => ServiceEvent::Ready,
            11 => ServiceEvent::Check(Check::of(fields)),
            _ => ServiceEvent::Task(TaskEvent::unpack(fields)),
        }
    }
}

impl Addressee for ServiceIx {
    type Event = ServiceEvent;

    fn node(&self, plan: &Plan) -> NodeIx {
        plan.services[self.at()].node
    }
}

includes!(ServiceEvent: Node(NodeEvent), Task(TaskEvent));

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::{BreakerIx, HealthIx, WindowIx};
    use crate::engine::kernel::event::Wake;

    #[test]
    fn what_is_packed_is_what_is_opened() {
        let events = [
            ServiceEvent::Node(NodeEvent::Begin),
            ServiceEvent::Node(NodeEvent::Deliver(u32::MAX)),
            ServiceEvent::Task(TaskEvent::Wake(Wake { task: 7, generation: u32::MAX })),
            ServiceEvent::Task(TaskEvent::Hedge { task: u32::MAX, generation: 8 }),
            ServiceEvent::Task(TaskEvent::Breaker(BreakerIx(5))),
            ServiceEvent::Task(TaskEvent::WindowCloses(WindowIx(5))),
            ServiceEvent::Share { replica: 999, generation: u32::MAX },
            ServiceEvent::Scale,
            ServiceEvent::Ready,
            ServiceEvent::Check(Check { health: HealthIx(70_000), replica: 999, round: u32::MAX }),
        ];
        for event in events {
            assert_eq!(ServiceEvent::unpack(event.pack()), event);
        }
    }
}
