//! Details of policies, scaling, groups, queues and stores at one instant, for drawing.

use super::BreakerState;
use crate::base::SimTime;

/// A circuit breaker and the calls that it decides by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct BreakerMeter {
    /// Its state.
    pub state: BreakerState,
    /// Calls in its window, even if too few to decide by. While open: those that opened it.
    pub calls: u32,
    /// How many of them failed.
    pub failed: u32,
    /// How many of them were slow.
    pub slow: u32,
    /// Half-open: probes that are under way or answered.
    pub probes: u32,
    /// Open: from this instant on a call may probe. Half-open: when it stops waiting for probes. Otherwise never.
    pub until: SimTime,
}

/// What the calls under a policy that they share hold and have left.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum PolicyState {
    /// Of a rate limit.
    RateLimit {
        /// Tokens in the bucket, from 0 to its burst.
        tokens: f64,
    },
    /// Of a bulkhead.
    Bulkhead {
        /// Calls inside.
        inside: u32,
        /// Calls that wait for a place.
        waiting: u32,
    },
    /// Of a retry budget.
    RetryBudget {
        /// It would not allow another retry now.
        spent: bool,
    },
}

/// How the number of replicas of a service is changing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ScalingState {
    /// Replicas that are starting.
    pub starting: u32,
    /// When the first of them becomes ready; never without one.
    pub ready_at: SimTime,
    /// Removed replicas that finish the work they have.
    pub leaving: u32,
}

/// A ready message of a queue.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct QueuedMessage {
    /// The request (trace) that it belongs to.
    pub request: u64,
    /// It was delivered before.
    pub redelivered: bool,
    /// Processing it always fails (a poison message).
    pub poison: bool,
}

/// A consumer group.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct GroupState {
    /// Members that belong to it.
    pub members: u32,
    /// Members that send no heartbeat: crashed, paused or partitioned.
    pub silent: u32,
    /// It is rebalancing.
    pub rebalancing: bool,
}

/// How far a read model is behind its source.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Lag {
    /// Missing versions, over all keys.
    pub versions: u64,
    /// When the first of them was written. `None` if nothing is missing, or if there are too many keys to look through
    /// for every frame.
    pub since: Option<SimTime>,
}
