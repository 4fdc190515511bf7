//! Logs in a plan: partitions, copies, groups.

use crate::base::{DistIx, NodeIx, ServiceIx, SimDuration};
pub use crate::scenario::model::broker::{Acks, Assignor, Retention};

/// A partitioned, replicated, replayable log.
#[derive(Clone, Debug, PartialEq)]
pub struct LogPlan {
    /// The node.
    pub node: NodeIx,
    /// Partitions, 1 to 1,024.
    pub partitions: u32,
    /// Brokers, 1 to 1,000.
    pub brokers: u32,
    /// Copies of each partition, at most one for each broker.
    pub replication: u32,
    /// How long a follower's fetch takes each way: the network's own latency.
    pub fetch: DistIx,
    /// How many publish steps send to it.
    pub producers: u32,
    /// Who consumes.
    pub groups: Vec<GroupPlan>,
    /// What may change while it runs.
    pub rules: LogRules,
}

/// What a log does with its records; all of it may change while it runs.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LogRules {
    /// Copies that must be in sync for `acks` all.
    pub min_in_sync: u32,
    /// Whose word a producer waits for.
    pub acks: Acks,
    /// How long or how many records are kept; none: all, for ever.
    pub retention: Option<Retention>,
    /// How groups share the partitions.
    pub assignor: Assignor,
    /// After which silence a member counts as dead.
    pub session_timeout: SimDuration,
}

/// A consumer group.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GroupPlan {
    /// Its name.
    pub name: String,
    /// Whose replicas are its members: the service, and which of its `consumes`. Empty where an edit took the group out
    /// of the running system.
    pub members: Vec<(ServiceIx, u32)>,
}
