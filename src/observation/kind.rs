//! Kinds of things that are seen: of messages, of failures, of ends.

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
    /// Nobody there: the connection was refused or reset.
    Unavailable,
}

impl Failure {
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
    /// Answered after the deadline: worthless, though nobody failed.
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
    /// Its replica crashed under it, in the waiting room or at work.
    Crashed,
    /// Its deadline was past when it was to begin or to go on with its next step.
    Expired,
}

/// How a call, or one attempt of it, ended for the caller.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum CallResult {
    /// Answered.
    Ok,
    /// Failed with this reason.
    Failed(Failure),
    /// The caller itself went away (its operation ended or crashed) before the call did.
    Abandoned,
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
    /// A broker's word to a publisher: taken, or refused.
    Confirm {
        /// The broker took it.
        accepted: bool,
    },
    /// A consumer's word to a broker: done with it, or not.
    Ack {
        /// False for a nack.
        positive: bool,
    },
    /// A read, a write or a projection on its way to a store.
    Query,
    /// A store's word on it.
    Result {
        /// It was done.
        done: bool,
    },
}

/// Why a message vanished from a link.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum LossReason {
    /// The link dropped it (its loss probability, or a loss fault).
    Link,
    /// A network partition lies between the two ends.
    Partition,
}

/// How a message's life ended, for the ledger.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Fate {
    /// It reached its end: handled, refused with an answer, or acknowledged.
    Consumed,
    /// Moved to a dead-letter queue.
    DeadLettered,
    /// Its time to live ran out.
    Expired,
    /// A full queue dropped it.
    Dropped,
    /// Lost on a link, or with a crashed replica.
    Lost,
}

/// Why a queue let a message go that nobody acknowledged (the reasons of RabbitMQ's `x-death` header).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Discard {
    /// The queue was full.
    MaxLen,
    /// A consumer refused it for good.
    Rejected,
    /// Its time to live ran out.
    Expired,
    /// It had been delivered as often as allowed.
    DeliveryLimit,
}

impl Discard {
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

/// What an effect (a write or a projection) came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Effect {
    /// Applied for the first time.
    Applied,
    /// Applied again for a message that it had been applied for.
    Duplicated,
    /// Not applied: the store had seen its message, and is `unique`.
    Ignored,
    /// Not applied: the version was not newer than what is there, or there was none.
    Overtaken,
}

/// How a saga ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum SagaEnd {
    /// All of it done.
    Completed,
    /// What was done is undone.
    Compensated,
    /// An undo failed, or the operation was lost under it.
    Stuck,
}
