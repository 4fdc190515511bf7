//! How workers and queues stood over time, recorded change by change.

use crate::base::{NodeIx, SimTime};
use crate::observation::{Observation, Observer};
use crate::scenario::Plan;

/// Records the first changes of workers and queues from an instant on, at most so many; 32 bytes each.
#[derive(Clone, Debug)]
pub struct Gauges<'p> {
    plan: &'p Plan,
    from: SimTime,
    limit: usize,
    changes: Vec<Change>,
    cut: bool,
}

/// A gauge's new reading.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Change {
    /// When it changed.
    pub at: SimTime,
    /// What changed.
    pub gauge: Gauge,
    /// Two numbers: workers computing and blocked, or messages ready and unacknowledged.
    pub reading: [u32; 2],
}

/// What is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Gauge {
    /// The workers of one replica of the service at a node.
    Workers(NodeIx, u32),
    /// The messages of the queue at a node.
    Messages(NodeIx),
}

impl Gauges<'_> {
    /// Records at most `limit` changes from `from` on.
    pub fn new(plan: &Plan, from: SimTime, limit: usize) -> Gauges<'_> {
        Gauges { plan, from, limit, changes: Vec::new(), cut: false }
    }

    /// What was recorded, in order.
    pub fn changes(&self) -> &[Change] {
        &self.changes
    }

    /// Whether changes were left out because the limit was reached.
    pub fn cut(&self) -> bool {
        self.cut
    }
}

impl Observer for Gauges<'_> {
    fn observe(&mut self, at: SimTime, what: Observation) {
        let (gauge, reading) = match what {
            Observation::Workers { service, replica, busy, blocked, .. } => {
                (Gauge::Workers(self.plan.services[service.at()].node, replica), [busy, blocked])
            }
            Observation::Depth { queue, ready, unacked } => {
                (Gauge::Messages(self.plan.queues[queue.at()].node), [ready, unacked])
            }
            _ => return,
        };
        if at < self.from {
            return;
        }
        // Of several changes at one instant, the last is what can be seen.
        if let Some(last) = self.changes.last_mut()
            && (last.at, last.gauge) == (at, gauge)
        {
            last.reading = reading;
        } else if self.changes.len() < self.limit {
            self.changes.push(Change { at, gauge, reading });
        } else {
            self.cut = true;
        }
    }
}
