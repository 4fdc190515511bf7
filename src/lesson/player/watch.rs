//! Which instants of a run are looked at.

use crate::base::{SimDuration, SimTime};
use crate::session::Session;
use crate::telemetry::{KEPT, WIDTH};

/// Looks at the end of every window of a run once, in order, whatever a frame brought. Where the run goes back, or
/// takes another future, it looks again at what comes after. What lies further back than windows are kept is not seen.
#[derive(Clone, Debug)]
pub(super) struct Watch {
    since: SimTime,
    /// The first end of a window of which not all has been seen.
    next: SimTime,
    /// How often the run had taken another future.
    futures: u32,
}

/// The ends of windows that are to be looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Due {
    first: SimTime,
    /// Up to here everything is measured: the end of the last closed window.
    pub known: SimTime,
}

impl Watch {
    /// Begins at the present instant of a run.
    pub fn begin(session: &Session) -> Watch {
        let since = session.now();
        Watch { since, next: rounded_up(since), futures: session.futures() }
    }

    /// When it began: nothing before counts.
    pub fn since(&self) -> SimTime {
        self.since
    }

    /// What is to be looked at now. None where all of it was: no window has closed since.
    pub fn due(&mut self, session: &Session) -> Option<Due> {
        let known = known(session);
        if self.futures != session.futures() {
            self.futures = session.futures();
            let fork = session.ghost().map_or(SimTime::ZERO, |ghost| ghost.at);
            self.next = self.next.min(rounded_up(fork));
        }
        // At an instant that time has not passed yet, something may still be done.
        let next = if session.now() > known { known + WIDTH } else { known };
        // Whoever has gone back sees what is known there.
        let back = next < self.next;
        let oldest = SimTime(known.0.saturating_sub(WIDTH.0 * (KEPT as u64 - 1)));
        let first = self.next.max(oldest).max(rounded_up(self.since));
        self.next = next;
        (first <= known || back).then_some(Due { first: first.min(known), known })
    }
}

impl Due {
    /// The instants, in order.
    pub fn instants(self) -> impl Iterator<Item = SimTime> {
        let count = self.known.since(self.first).0 / WIDTH.0;
        (0..=count).map(move |at| self.first + SimDuration(WIDTH.0 * at))
    }

    /// Up to here nothing is new.
    pub fn settled(self) -> SimTime {
        SimTime(self.first.0.saturating_sub(WIDTH.0))
    }
}

/// The end of the last closed window; time zero where none has closed. It is the same in all variants.
pub(super) fn known(session: &Session) -> SimTime {
    let first = session.variants().first();
    let last = first.and_then(|run| run.telemetry().windows().closed().next_back().map(|window| window.end));
    last.unwrap_or(SimTime::ZERO)
}

/// The first end of a window at an instant or after it.
pub(super) fn rounded_up(at: SimTime) -> SimTime {
    SimTime(at.0.div_ceil(WIDTH.0).saturating_mul(WIDTH.0))
}
