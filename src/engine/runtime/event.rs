//! What reaches a node that runs operations, whatever its kind.

use crate::base::{BreakerIx, NodeIx, WindowIx};
use crate::engine::kernel::event::{Addressee, Event, Fields, Wake, bound, includes};
use crate::scenario::Plan;

/// What the tasks of a node are told by the clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TaskEvent {
    /// A wait of a task is over (work, sleep, timeout, backoff: its state says which).
    Wake(Wake),
    /// A task's request has been out for so long that it is asked again, unless the wait is over.
    Hedge {
        /// The task.
        task: u32,
        /// Its wait.
        generation: u32,
    },
    /// The half-open time of a breaker may be over.
    Breaker(BreakerIx),
    /// A window of a window step closes.
    WindowCloses(WindowIx),
}

impl Event for TaskEvent {
    fn pack(self) -> Fields {
        match self {
            TaskEvent::Wake(wake) => wake.pack(),
            TaskEvent::Hedge { task, generation } => Fields::two(bound(3), task, generation),
            TaskEvent::Breaker(breaker) => Fields::one(4, breaker.0),
            TaskEvent::WindowCloses(window) => Fields::one(5, window.0),
        }
    }

    fn unpack(fields: Fields) -> TaskEvent {
        const HEDGE: u8 = bound(3);
        match fields.code {
            Wake::CODE => TaskEvent::Wake(Wake::unpack(fields)),
            HEDGE => TaskEvent::Hedge { task: fields.one, generation: fields.two },
            4 => TaskEvent::Breaker(BreakerIx(fields.one)),
            5 => TaskEvent::WindowCloses(WindowIx(fields.one)),
            _ => fields.unknown(),
        }
    }
}

includes!(TaskEvent: Wake(Wake));

/// The node whose calls ask a breaker runs operations.
impl Addressee for BreakerIx {
    type Event = TaskEvent;

    fn node(&self, plan: &Plan) -> NodeIx {
        plan.breakers[self.at()].from
    }
}
