//! Kinds of messages, failures and outcomes.

/// Why something failed, as its caller learns it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Failure {
    /// The caller stopped waiting.
    Timeout,
    /// The callee answered with an error.
    Error,
    /// The callee had no room, shed it, or a broker refused it.
    Rejected,
    /// The caller's circuit breaker was open.
    BreakerOpen,
    /// The caller's or the callee's rate limit.
    RateLimited,
    /// The caller's bulkhead was full.
    BulkheadFull,
    /// The callee is down: the connection was refused or reset.
    Unavailable,
}

impl Failure {
    /// How many reasons there are.
    pub const COUNT: usize = Failure::ALL.len();

    /// All reasons, in the order in which results list them.
    pub const ALL: [Failure; 7] = [
        Failure::Timeout,
        Failure::Error,
        Failure::Rejected,
        Failure::BreakerOpen,
        Failure::RateLimited,
        Failure::BulkheadFull,
        Failure::Unavailable,
    ];

    /// The key of this reason in results: `timeout`, `breaker_open`, …
    pub fn key(self) -> &'static str {
        match self {
            Failure::Timeout => "timeout",
            Failure::Error => "error",
            Failure::Rejected => "rejected",
            Failure::BreakerOpen => "breaker_open",
            Failure::RateLimited => "rate_limited",
            Failure::BulkheadFull => "bulkhead_full",
            Failure::Unavailable => "unavailable",
        }
    }
}

/// How a client's request ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Outcome {
    /// Answered without error within the deadline.
    Good,
    /// Answered without error, but after the deadline.
    Late,
    /// Answered in time by a fallback.
    Degraded,
    /// Not answered.
    Failed(Failure),
}

/// How a job at a service ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum JobEnd {
    /// All steps done.
    Completed,
    /// A step failed.
    Failed,
    /// Its replica crashed while it waited or ran.
    Crashed,
    /// Its deadline had passed when it was about to begin, or to continue with its next step.
    Expired,
}

/// How a call, or one attempt of it, ended for the caller.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum CallResult {
    /// Answered.
    Ok,
    /// Failed with this reason.
    Failed(Failure),
    /// The caller went away before the call ended: its operation ended or crashed.
    Abandoned,
}

/// What a caller has learnt of the health of a replica.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum HostFact {
    /// It failed several times in a row: it is ejected.
    Ejected,
    /// It was ejected, and may be asked again.
    Returned,
    /// It passed a check.
    CheckPassed,
    /// It failed a check, or did not answer in time.
    CheckFailed,
    /// It failed too many checks in a row: it is asked no more.
    Unhealthy,
    /// It passed enough checks in a row: it may be asked again.
    Healthy,
}

impl HostFact {
    /// All of them.
    pub const ALL: [HostFact; 6] = [
        HostFact::Ejected,
        HostFact::Returned,
        HostFact::CheckPassed,
        HostFact::CheckFailed,
        HostFact::Unhealthy,
        HostFact::Healthy,
    ];
}

/// What kind of thing travels along a link.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum MessageKind {
    /// A call on its way to the callee.
    Request,
    /// An answer on its way to the caller.
    Reply,
    /// A failed answer on its way to the caller.
    Failure(Failure),
    /// An asynchronous message on its way to a broker.
    Publish,
    /// An asynchronous message on its way to a consumer.
    Delivery {
        /// It was delivered before.
        redelivered: bool,
    },
    /// A broker's answer to a publisher.
    Confirm {
        /// The broker accepted the message.
        accepted: bool,
    },
    /// A consumer's acknowledgement to a broker.
    Ack {
        /// False for a nack.
        positive: bool,
    },
    /// A read, a write or a projection on its way to a store.
    Query,
    /// A store's answer to a query.
    Result {
        /// The store did what was asked.
        done: bool,
    },
}

/// Why a message was lost on a link.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum LossReason {
    /// The link dropped it (its loss probability, or a loss fault).
    Link,
    /// A network partition lies between the two ends.
    Partition,
    /// The node at its end was taken out of the running system.
    Removed,
}

impl LossReason {
    /// How many reasons there are.
    pub const COUNT: usize = LossReason::ALL.len();

    /// All reasons.
    pub const ALL: [LossReason; 3] = [LossReason::Link, LossReason::Partition, LossReason::Removed];
}

/// How a message's life ended, for the ledger.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Fate {
    /// Handled, refused with an answer by a service, or acknowledged.
    Consumed,
    /// Refused by a broker when it was published, whether the publisher is told or not.
    Refused,
    /// Moved to a dead-letter queue.
    DeadLettered,
    /// Its time to live ran out.
    Expired,
    /// Dropped: by a full queue, by one without dead letters after a rejection or too many deliveries, by an exchange
    /// that could not route it, or by a log that keeps only so many records or has the record already.
    Dropped,
    /// Lost on a link, or with a crashed replica.
    Lost,
    /// Lost with its node, or on the way there, when that was taken out of the running system.
    Removed,
}

/// Why a message left a queue unacknowledged: the reasons of RabbitMQ's `x-death` header.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Discard {
    /// The queue was full.
    MaxLen,
    /// A consumer rejected it without requeueing.
    Rejected,
    /// Its time to live ran out.
    Expired,
    /// It was delivered the maximum number of times.
    DeliveryLimit,
}

impl Discard {
    /// How many reasons there are.
    pub const COUNT: usize = Discard::ALL.len();

    /// All reasons.
    pub const ALL: [Discard; 4] =
        [Discard::MaxLen, Discard::Rejected, Discard::Expired, Discard::DeliveryLimit];

    /// The name of this reason: `maxlen`, `rejected`, …
    pub fn key(self) -> &'static str {
        match self {
            Discard::MaxLen => "maxlen",
            Discard::Rejected => "rejected",
            Discard::Expired => "expired",
            Discard::DeliveryLimit => "delivery_limit",
        }
    }
}

/// The effect of a write or a projection on a store.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Effect {
    /// Applied for the first time.
    Applied,
    /// Applied again for a message that was applied before.
    Duplicated,
    /// Not applied: the store is `unique` and has seen this effect of the message before.
    Ignored,
    /// Not applied: the version was not newer than the stored one, or there was none.
    Overtaken,
}

/// How a saga ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum SagaEnd {
    /// Every step succeeded.
    Completed,
    /// Every completed step was compensated.
    Compensated,
    /// A compensation failed, or the operation was lost.
    Stuck,
}
