//! What is there at one instant, for drawing: messages on their links, workers, waiting rooms, queues.

use super::MessageKind;
use crate::base::{LinkIx, ServiceIx, SimTime};

/// A message on its link.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Flight {
    /// Number of the message, as in the observations.
    pub message: u64,
    /// What it is.
    pub kind: MessageKind,
    /// The link, from its sender to its receiver.
    pub link: LinkIx,
    /// The request (trace) on whose behalf it travels.
    pub request: u64,
    /// Which try of its call, from 1 (1 for what is no request).
    pub attempt: u32,
    /// When it left.
    pub sent: SimTime,
    /// When it will be there. A message that is to be lost vanishes half-way, at `vanishes`.
    pub arrives: SimTime,
    /// When it vanishes, if it is to be lost; else never.
    pub vanishes: SimTime,
    /// When its sender stops waiting for the answer; never without a timeout.
    pub times_out: SimTime,
    /// Its processing always fails.
    pub poison: bool,
}

impl Flight {
    /// How far along its link it is at `now`, 0 to 1.
    pub fn progress(&self, now: SimTime) -> f64 {
        let whole = self.arrives.since(self.sent).0;
        if whole == 0 { 1.0 } else { (now.since(self.sent).0 as f64 / whole as f64).min(1.0) }
    }

    /// How much of its sender's patience is left at `now`, 1 to 0; none without a timeout.
    pub fn patience(&self, now: SimTime) -> Option<f64> {
        if self.times_out == SimTime::NEVER {
            return None;
        }
        let whole = self.times_out.since(self.sent).0.max(1);
        Some(self.times_out.since(now).0 as f64 / whole as f64)
    }
}

/// One replica of a service.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ReplicaState {
    /// Workers there are.
    pub workers: u32,
    /// Workers computing.
    pub busy: u32,
    /// Workers held while waiting for a downstream answer.
    pub blocked: u32,
    /// Jobs in the waiting room.
    pub waiting: u32,
    /// Jobs in the system, waiting or begun.
    pub in_system: u32,
    /// It has crashed.
    pub crashed: bool,
    /// It is paused.
    pub paused: bool,
}

/// One log.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct LogState {
    /// Partitions.
    pub partitions: u32,
    /// Groups.
    pub groups: u32,
    /// Partitions without a leader.
    pub leaderless: u32,
    /// Brokers that are down.
    pub brokers_down: u32,
    /// A group is sharing its partitions anew.
    pub rebalancing: bool,
    /// It is paused.
    pub paused: bool,
}

/// One partition of a log.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct PartitionState {
    /// Offset of the oldest record that retention has left.
    pub start: u64,
    /// Consumers may read what is before.
    pub high: u64,
    /// Offset of the next record.
    pub end: u64,
    /// The broker that leads, if one does.
    pub leader: Option<u32>,
    /// Copies in sync.
    pub in_sync: u32,
}

/// One group in one partition of a log.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ClaimState {
    /// Where a new reader would go on.
    pub committed: u64,
    /// The next record to be handed over.
    pub position: u64,
    /// The member that reads, if one does: a replica of a service.
    pub consumer: Option<(ServiceIx, u32)>,
    /// It is to give the partition up.
    pub revoking: bool,
}

/// One queue.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct QueueState {
    /// Messages ready for a consumer.
    pub ready: u32,
    /// Messages delivered and not yet acknowledged.
    pub unacked: u32,
    /// When the oldest ready message was published.
    pub oldest: Option<SimTime>,
    /// It is paused.
    pub paused: bool,
}

/// What a circuit breaker does with the calls that ask it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum BreakerState {
    /// All pass.
    #[default]
    Closed,
    /// None passes, until its time is over.
    Open,
    /// A few pass, to probe.
    HalfOpen,
    /// None passes: somebody set it so.
    ForcedOpen,
    /// All pass and none counts: somebody set it so.
    Disabled,
}

impl BreakerState {
    /// The word for this state in results: `closed`, `half_open`, …
    pub fn key(self) -> &'static str {
        match self {
            BreakerState::Closed => "closed",
            BreakerState::Open => "open",
            BreakerState::HalfOpen => "half_open",
            BreakerState::ForcedOpen => "forced_open",
            BreakerState::Disabled => "disabled",
        }
    }
}
/// One store.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct StoreState {
    /// Connections there are.
    pub connections: u32,
    /// Connections in use.
    pub busy: u32,
    /// Accesses that wait for one.
    pub waiting: u32,
    /// Keys that have a version.
    pub keys: u32,
    /// Versions that were made or projected, all keys together.
    pub versions: u64,
    /// It has crashed.
    pub crashed: bool,
    /// It is paused.
    pub paused: bool,
}
