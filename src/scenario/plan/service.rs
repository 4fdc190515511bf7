//! Services in a plan, their operations and what they consume.

use super::policy::RateLimitPlan;
use crate::base::{LinkIx, LogIx, NodeIx, OpIx, Pc, PublishIx, QueueIx, ServiceIx, SimDuration};
pub use crate::scenario::model::service::{AutoscalePlan, Balance, Counted, Discipline, OnFailure};

/// A service.
#[derive(Clone, Debug, PartialEq)]
pub struct ServicePlan {
    /// The node.
    pub node: NodeIx,
    /// Replicas, 1 to 1,000.
    pub replicas: u32,
    /// Workers per replica, 1 to 10,000.
    pub workers: u32,
    /// Places in each replica's waiting room; none: without bound.
    pub queue: Option<u32>,
    /// In which order the waiting room empties.
    pub discipline: Discipline,
    /// A worker is given back while its job waits (`while_waiting: release_worker`).
    pub release: bool,
    /// How callers pick a replica.
    pub balance: Balance,
    /// Who counts the requests that balancing goes by.
    pub counted: Counted,
    /// How often callers look which replicas there are; none: they see it at once.
    pub discovery: Option<SimDuration>,
    /// How its number of replicas follows the load; none: not at all.
    pub autoscale: Option<AutoscalePlan>,
    /// Requests a second that it takes on; none: any number.
    pub admits: Option<RateLimitPlan>,
    /// A request that waited longer is dropped when a worker frees; none: never.
    pub shed_above: Option<SimDuration>,
    /// Where it takes messages from.
    pub consumes: Vec<ConsumerPlan>,
}

/// A named operation of a service.
#[derive(Clone, Debug, PartialEq)]
pub struct OperationPlan {
    /// The service.
    pub service: ServiceIx,
    /// Its name there.
    pub name: String,
    /// What it is called on the screen, where that is not its name.
    pub label: Option<String>,
    /// Its first instruction.
    pub entry: Pc,
}

/// A service's subscription to a queue or a log.
#[derive(Clone, Debug, PartialEq)]
pub struct ConsumerPlan {
    /// What it takes messages from.
    pub from: Source,
    /// The operation that each message runs.
    pub op: OpIx,
    /// Unacknowledged messages per replica at most, at least 1.
    pub prefetch: u32,
    /// Acknowledge when a worker takes the message (true) or when its operation has ended.
    pub ack_before: bool,
    /// How long a failed message waits at the consumer before it is given back.
    pub nack_delay: SimDuration,
    /// What becomes of a message that failed.
    pub on_failure: OnFailure,
    /// How often a record of a log is tried before it is given up, at least 1; none: without bound.
    pub tries: Option<u32>,
    /// Publishes a record that is given up; none: it is skipped.
    pub dead_letter: Option<PublishIx>,
    /// How often offsets are committed, for a log; none: with every record.
    pub commit_every: Option<SimDuration>,
    /// From the queue or log to the service.
    pub out: LinkIx,
    /// From the service to the queue or log.
    pub back: LinkIx,
    /// An edit took it out of the running system: it takes nothing more, and finishes what it has.
    pub retired: bool,
}

/// What messages are taken from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Source {
    /// A queue.
    Queue(QueueIx),
    /// A log, by one of its groups.
    Log(LogIx, u32),
}
