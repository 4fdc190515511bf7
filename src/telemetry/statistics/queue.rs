//! What a queue took, held and gave.

use crate::base::SimTime;
use crate::observation::Fate;
use crate::telemetry::{Latency, Level, result};

/// A queue since the warm-up.
#[derive(Clone, Debug)]
pub(super) struct QueueTally {
    pub published: u64,
    pub rejected: u64,
    pub delivered: u64,
    pub redelivered: u64,
    pub acked: u64,
    pub expired: u64,
    pub dropped: u64,
    pub dead_lettered: u64,
    /// Time from publishing to each delivery.
    pub age: Latency,
    ready: u32,
    unacked: u32,
    /// Ready and unacknowledged messages together, which is what RabbitMQ calls a queue's depth.
    depth: Level,
}

impl QueueTally {
    /// About how many bytes a clone takes.
    pub fn weight(&self) -> usize {
        size_of::<QueueTally>() + self.age.weight()
    }

    /// Empty.
    pub fn new(warmup: SimTime) -> QueueTally {
        QueueTally {
            published: 0,
            rejected: 0,
            delivered: 0,
            redelivered: 0,
            acked: 0,
            expired: 0,
            dropped: 0,
            dead_lettered: 0,
            age: Latency::default(),
            ready: 0,
            unacked: 0,
            depth: Level::new(0, warmup),
        }
    }

    /// Its contents changed to these.
    #[inline]
    pub fn depth(&mut self, at: SimTime, ready: u32, unacked: u32) {
        self.ready = ready;
        self.unacked = unacked;
        self.depth.set(at, u64::from(ready) + u64::from(unacked));
    }

    /// A message left without having been acknowledged; `counts` is 1 where this instant is measured, else 0.
    #[inline]
    pub fn discarded(&mut self, fate: Fate, counts: u64) {
        match fate {
            Fate::Expired => self.expired += counts,
            Fate::DeadLettered => self.dead_lettered += counts,
            _ => self.dropped += counts,
        }
    }

    /// The figures from `warmup` to `now`.
    pub fn figures(&self, warmup: SimTime, now: SimTime) -> result::Queue {
        result::Queue {
            published: self.published,
            rejected: self.rejected,
            dropped: self.dropped,
            delivered: self.delivered,
            redelivered: self.redelivered,
            acked: self.acked,
            expired: self.expired,
            dead_lettered: self.dead_lettered,
            ready: self.ready,
            unacked: self.unacked,
            depth_mean: self.depth.mean(warmup, now),
            depth_max: self.depth.max(),
            age_ms: self.age.summary(),
        }
    }
}
