//! Messaging in a plan: queues, exchanges, who publishes and asks.

use super::policy::RetryPlan;
use crate::base::{DistIx, ExchangeIx, LinkIx, LogIx, NodeIx, QueueIx, ServiceIx, SimDuration};
pub use crate::scenario::model::broker::{LateAck, Routing};

/// A queue.
#[derive(Clone, Debug, PartialEq)]
pub struct QueuePlan {
    /// The node.
    pub node: NodeIx,
    /// Who consumes: the service, and which of its `consumes`.
    pub consumers: Vec<(ServiceIx, u32)>,
    /// What it does with its messages.
    pub rules: QueueRules,
    /// Where messages go that cannot be delivered; none: they are dropped.
    pub dead_letter: Option<DeadLetterPlan>,
    /// How long a message is hidden after its publishing; none: not at all.
    pub delivery_latency: Option<DistIx>,
}

/// What a queue does with its messages; all of it may change while it runs.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct QueueRules {
    /// Ready messages at most; none: without bound.
    pub capacity: Option<u32>,
    /// At the capacity the oldest message goes (true), or the new one is refused.
    pub drops_oldest: bool,
    /// Deliveries of a message at most, at least 1; none: without bound.
    pub max_deliveries: Option<u32>,
    /// How long after its publishing a ready message expires; none: never.
    pub ttl: Option<SimDuration>,
    /// How long a consumer may keep a message; none: until its connection dies.
    pub visibility_timeout: Option<SimDuration>,
    /// What an ack after that is worth.
    pub late_ack: LateAck,
}

/// Where a queue's dead letters go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DeadLetterPlan {
    /// The queue that takes them.
    pub queue: QueueIx,
    /// The way there.
    pub link: LinkIx,
    /// After so many dead-letterings in a row a message would be back in a queue in which it was; 0: never.
    pub cycle: u32,
}

/// An exchange.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExchangePlan {
    /// The node.
    pub node: NodeIx,
    /// How it routes, as its card says it.
    pub routing: Routing,
    /// Its bindings, as its links say them: in the order of the scenario.
    pub bindings: Vec<BindingPlan>,
}

/// A binding of an exchange, for whoever looks: the ways of messages are in `plan.routes`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BindingPlan {
    /// The way that it opens.
    pub out: LinkIx,
    /// What it matches: a key, a pattern, or headers; empty where it matches everything.
    pub label: String,
}

/// What takes published messages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Broker {
    /// A queue.
    Queue(QueueIx),
    /// An exchange.
    Exchange(ExchangeIx),
    /// A log.
    Log(LogIx),
}

/// A publish step.
#[derive(Clone, Debug, PartialEq)]
pub struct PublishPlan {
    /// The broker.
    pub to: Broker,
    /// From the publisher to the broker.
    pub out: LinkIx,
    /// From the broker to the publisher.
    pub back: LinkIx,
    /// Wait for the broker's word.
    pub confirm: bool,
    /// What holds where that does not come, or is no; none: it waits for ever, and fails.
    pub guard: Option<PublishGuard>,
    /// Where a log puts the message: the hash of its key, if the step names one.
    pub key: Option<i32>,
    /// Which of the log's producers it is.
    pub producer: u32,
    /// Where an exchange sends the message's copies; for others nowhere.
    pub routes: Routes,
}

/// How long a publish step waits for a confirm, and whether it tries again.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PublishGuard {
    /// How long it waits for each confirm; none: for ever.
    pub timeout: Option<SimDuration>,
    /// Whether and when it tries again; one attempt without a retry policy.
    pub retry: RetryPlan,
    /// The time for all attempts together.
    pub within: SimDuration,
    /// A log recognizes the message when it is sent again.
    pub idempotent: bool,
}

/// Some of `plan.routes`, one after the other.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Routes {
    /// The first.
    pub first: u32,
    /// How many; 0: the message cannot be routed.
    pub count: u32,
}

/// One copy that an exchange makes of the messages of one publish step. A step's key and headers are written in the
/// scenario, so all its messages take the same ways: they are found once, before the run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RoutePlan {
    /// Who gets the copy. No queue and no exchange gets two of one publish step.
    pub to: Broker,
    /// From the exchange to it.
    pub out: LinkIx,
    /// Back, for its word.
    pub back: LinkIx,
    /// Where it sends copies in its turn; for a queue nowhere.
    pub routes: Routes,
}

/// An ask step.
#[derive(Clone, Debug, PartialEq)]
pub struct AskPlan {
    /// The queue that takes the request.
    pub via: QueueIx,
    /// The queue that takes the reply.
    pub reply_via: QueueIx,
    /// From the asker to the request's queue.
    pub out: LinkIx,
    /// From the reply's queue to the asker.
    pub reply: LinkIx,
    /// From the asker to the reply's queue: it acknowledges.
    pub back: LinkIx,
    /// From each service that may get the request to the reply's queue.
    pub answers: Vec<(ServiceIx, LinkIx)>,
    /// How long it waits; none: for ever.
    pub timeout: Option<SimDuration>,
}
