//! What stands behind the states of policies, groups, queues and stores at one instant, for drawing.

use super::BreakerState;
use crate::base::SimTime;

/// A circuit breaker with what it judges by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct BreakerMeter {
    /// What it does with calls.
    pub state: BreakerState,
    /// Results in its window, though they may be too few to judge by. While it is open: those that opened it.
    pub calls: u32,
    /// Failed ones of them.
    pub failed: u32,
    /// Slow ones of them.
    pub slow: u32,
    /// Half-open: probes that are out or have answered.
    pub probes: u32,
    /// Open: after this instant a call that asks is let out as a probe. Half-open: when it gives up waiting for
    /// probes. Else never.
    pub until: SimTime,
}

/// What the calls under one guard (rate limit, bulkhead or retry budget) hold and have left.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct GuardState {
    /// Calls inside the bulkhead.
    pub inside: u32,
    /// Calls that wait for a place in it.
    pub waiting: u32,
    /// Tokens of the rate limit, from 0 to its burst.
    pub tokens: f64,
    /// Retries that are out.
    pub retries: u32,
    /// The budget would not allow another retry now.
    pub exhausted: bool,
}

/// How a service's number of replicas is changing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ScalingState {
    /// Replicas that are starting up.
    pub starting: u32,
    /// When the first of them is ready; never without one.
    pub ready_at: SimTime,
    /// Replicas that were taken away and finish what they have.
    pub leaving: u32,
}

/// A ready message of a queue.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct QueuedMessage {
    /// The request on whose behalf it was sent.
    pub request: u64,
    /// It was delivered before.
    pub redelivered: bool,
    /// Its processing always fails.
    pub poison: bool,
}

/// A consumer group.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct GroupState {
    /// Members that belong to it.
    pub members: u32,
    /// Members of them that are not heard of: crashed, paused or cut off.
    pub silent: u32,
    /// It shares its partitions anew.
    pub rebalancing: bool,
}

/// How far a copy is behind what it is a copy of.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Lag {
    /// Versions that are missing, all keys together.
    pub versions: u64,
    /// When the first of them was written; none where nothing is missing, or where there are too many keys to look
    /// through them for every picture.
    pub since: Option<SimTime>,
}
