//! The watchdog: knows a run that makes events while its time hardly goes on, and the node that makes them.

use crate::base::{NodeIx, SimDuration, SimTime};

/// With more events than this at one instant a run is taken for a livelock: a loop without delay.
const MOST_AT_ONE_INSTANT: u64 = 5_000_000;

/// So many events take seconds to simulate. Where time goes on by less than [`STRETCH`] meanwhile, a loop has hardly any
/// delay, and nobody will see a simulated second of it.
const MOST_IN_A_STRETCH: u64 = 15_000_000;

/// Stretches of time that are looked at as a whole.
const STRETCH: SimDuration = SimDuration::from_millis(20);

/// From so many events in a stretch on it notes which nodes make them.
const SUSPICIOUS: u64 = 1_000_000;

/// What it has seen of the present stretch.
#[derive(Clone, Debug, Default)]
pub struct Watchdog {
    /// When the stretch began.
    since: SimTime,
    /// Events before it.
    before: u64,
    /// How often each node was seen at work since the stretch became suspicious.
    seen: Vec<u32>,
}

impl Watchdog {
    /// Looks at a run, at an event of this node (none: of the run as a whole). `first_here` is the number of the first
    /// event at this instant. Whether the run makes events without getting on.
    pub fn barks(&mut self, now: SimTime, events: u64, first_here: u64, node: Option<NodeIx>) -> bool {
        if now.since(self.since) >= STRETCH {
            (self.since, self.before) = (now, events);
            self.seen.clear();
        }
        let in_stretch = events - self.before;
        if in_stretch < SUSPICIOUS {
            return false;
        }
        if let Some(node) = node {
            self.seen.resize(self.seen.len().max(node.at() + 1), 0);
            self.seen[node.at()] += 1;
        }
        events - first_here > MOST_AT_ONE_INSTANT || in_stretch > MOST_IN_A_STRETCH
    }

    /// The node that was seen at work most often, the first of several.
    pub fn busiest(&self) -> Option<NodeIx> {
        let most = self.seen.iter().max().filter(|most| **most > 0)?;
        self.seen.iter().position(|seen| seen == most).map(|at| NodeIx(at as u32))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Looks at every 500th event of a run with one of two nodes at work three times as often as the other, and so much
    /// time between two looks, until it barks or has seen enough.
    fn events_until_it_barks(between: u64, instant: bool) -> Option<u64> {
        let mut watchdog = Watchdog::default();
        for look in 1..100_000 {
            let (events, now) = (look * 500, SimTime(look * between));
            let first_here = if instant { 1 } else { events };
            if watchdog.barks(now, events, first_here, Some(NodeIx(u32::from(look % 4 > 0)))) {
                assert_eq!(watchdog.busiest(), Some(NodeIx(1)));
                return Some(events);
            }
        }
        None
    }

    #[test]
    fn it_barks_where_time_stands_still_or_nearly() {
        assert_eq!(events_until_it_barks(0, true), Some(5_000_500));
        assert_eq!(events_until_it_barks(0, false), Some(15_000_500));
        // An event a nanosecond, and one every two.
        assert_eq!(events_until_it_barks(500, false), Some(15_000_500));
        assert_eq!(events_until_it_barks(1000, false), None);
    }
}
