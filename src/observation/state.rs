//! The state of messages, replicas, queues, logs and stores at one instant, for drawing.

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
    /// The request (trace) that it belongs to.
    pub request: u64,
    /// Number of its attempt, from 1; 1 for everything but requests.
    pub attempt: u32,
    /// When it left.
    pub sent: SimTime,
    /// When it arrives, if it is not lost.
    pub arrives: SimTime,
    /// When it is lost (halfway along its link); never if it arrives.
    pub vanishes: SimTime,
    /// When its sender stops waiting for the answer; never without a timeout.
    pub times_out: SimTime,
    /// Processing it always fails (a poison message).
    pub poison: bool,
}

impl Flight {
    /// How far along its link it is at `now`, 0 to 1.
    pub fn progress(&self, now: SimTime) -> f64 {
        let whole = self.arrives.since(self.sent).0;
        if whole == 0 { 1.0 } else { (now.since(self.sent).0 as f64 / whole as f64).min(1.0) }
    }

    /// The share of the sender's timeout that is left at `now`, from 1 down to 0; `None` without a timeout.
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
    /// All workers.
    pub workers: u32,
    /// Workers computing.
    pub busy: u32,
    /// Workers held while their job waits for a downstream answer.
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
    /// A group is rebalancing.
    pub rebalancing: bool,
    /// It is paused.
    pub paused: bool,
}

/// One partition of a log.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct PartitionState {
    /// Offset of the oldest record that retention kept.
    pub start: u64,
    /// High watermark: consumers may read the records before it.
    pub high: u64,
    /// Offset of the next record.
    pub end: u64,
    /// The broker that leads; `None` without a leader.
    pub leader: Option<u32>,
    /// Copies in sync.
    pub in_sync: u32,
}

/// One group in one partition of a log.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ClaimState {
    /// The committed offset: where a new reader would continue.
    pub committed: u64,
    /// Offset of the next record to hand over.
    pub position: u64,
    /// The member that reads, a replica of a service; `None` without one.
    pub consumer: Option<(ServiceIx, u32)>,
    /// The member has been asked to give the partition up.
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

/// The state of a circuit breaker.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum BreakerState {
    /// Every call passes.
    #[default]
    Closed,
    /// No call passes until the open time is over.
    Open,
    /// A few calls pass as probes.
    HalfOpen,
    /// No call passes, because it was set so by hand.
    ForcedOpen,
    /// Every call passes and none is recorded, because it was set so by hand.
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
/// Services that wait for each other for good: each holds all its workers for calls to the next, the last for calls to the
/// first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Circle {
    /// The services, in the order of their calls, the one with the lowest number first.
    pub services: Vec<ServiceIx>,
    /// Since when.
    pub since: SimTime,
}

/// One store.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct StoreState {
    /// All connections.
    pub connections: u32,
    /// Connections in use.
    pub busy: u32,
    /// Accesses that wait for a connection.
    pub waiting: u32,
    /// Keys that have a version.
    pub keys: u32,
    /// Versions written or projected, over all keys.
    pub versions: u64,
    /// It has crashed.
    pub crashed: bool,
    /// It is paused.
    pub paused: bool,
}
