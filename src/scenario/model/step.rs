//! Steps: what an operation does, in order, as written.

use super::decode::{Decode, Named};
use super::dist::Dist;
use super::policy::{BreakerPlan, BulkheadPlan, HedgePlan, RateLimitPlan, RetryPlan};
use super::shape::Shape;
use crate::base::{Json, SimDuration};

/// Steps, one after the other.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Steps(Vec<Step>);

impl Steps {
    /// The steps, in order.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = &Step> {
        self.0.iter()
    }
}

impl Decode for Steps {
    const SHAPE: Shape = Shape::Steps(|| &Step::SHAPE);

    fn decode(full: &Json) -> Steps {
        Steps(Vec::decode(full))
    }
}

tagged! {
    /// One step of an operation.
    pub enum Step Tagged "step" check check {
        /// Hold the worker and compute.
        Work "work": Dist,
        /// Wait without computing.
        Sleep "sleep": Dist,
        /// A request and its answer.
        Call "call": Call,
        /// In parallel: done when all are, failed when one fails.
        All "all": Vec<Steps> => Shape::List(&Steps::SHAPE, 64),
        /// Send a message to a queue, exchange or log.
        Publish "publish": Publish,
        /// Request and reply over messages.
        Ask "ask": Ask,
        /// Answer the caller now and carry on in the background.
        Respond "respond": Respond,
        /// Read from a store.
        Read "read": Read,
        /// Write to a store.
        Write "write": Write,
        /// Apply the version that the message carries to a store.
        Project "project": Project,
        /// End with an error.
        Fail "fail": Fail,
        /// One branch, by weight.
        Choose "choose": Vec<Arm> => Shape::List(&Arm::SHAPE, 64),
        /// Run each `do`; when one fails, the `undo` of those done, newest first.
        Saga "saga": Vec<SagaStep> => Shape::List(&SagaStep::SHAPE, 64),
        /// Stream aggregation by event time.
        Window "window": Window,
    }
}

record! {
    /// A request to a service, and its answer.
    pub struct Call check check {
        /// The service.
        #[example("app")]
        to: String => Shape::Node(&["service"]),
        /// Which of its operations.
        #[example("book")]
        operation: String = "default" => Shape::Name,
        /// How long to wait for each try; left out: for ever.
        #[example("1s")]
        timeout: Option<SimDuration> => Shape::Nullable(&Shape::SOME_TIME),
        /// Whether to try again; left out: one try.
        retry: Option<RetryPlan>,
        /// When to stop asking for a while; left out: never.
        circuit_breaker: Option<BreakerPlan>,
        /// How many such calls may be out at one time; left out: any number.
        bulkhead: Option<BulkheadPlan>,
        /// How many such calls a second; left out: any number.
        rate_limit: Option<RateLimitPlan>,
        /// When to ask a second time while the first is out; left out: never.
        hedge: Option<HedgePlan>,
        /// Steps to run instead of failing; the answer then counts as degraded. Left out: it fails.
        #[example([])]
        fallback: Option<Steps>,
    }
}

record! {
    /// A message to send.
    pub struct Publish {
        /// The queue, exchange or log.
        #[example("orders")]
        to: String => Shape::Node(&["queue", "exchange", "log"]),
        /// The routing key, for an exchange; a queue ignores it.
        #[example("key")]
        routing_key: Option<String>,
        /// The headers, for an exchange; a queue ignores them.
        #[example({"country": "ch"})]
        headers: Named<String> = {} => Shape::Map(&Shape::Text(200), false, 64),
        /// The key, for a log; others ignore it. Kafka's murmur2 of its bytes picks the partition. Left out: the digits
        /// of the request's key number, where its client has `keys`; else the publisher stays with a partition for 16
        /// records and then picks another at random.
        #[example("key")]
        key: Option<String>,
        /// Wait for the broker's word.
        confirm: bool = false,
    }
}

record! {
    /// Request and reply over messages. Whatever service consumes `via` (or its dead letters) replies when its operation
    /// ends well or responds; a failed one gives the request back to its queue instead. The request may be lost like any
    /// unconfirmed message. A reply that comes too late is refused: `reply_via` drops it (or dead-letters it).
    pub struct Ask {
        /// The queue for the request.
        #[example("requests")]
        via: String => Shape::Node(&["queue"]),
        /// The queue for the reply, which hands it to who asked, past all other messages. May be the same.
        #[example("replies")]
        reply_via: String => Shape::Node(&["queue"]),
        /// How long to wait; left out: for ever.
        #[example("1s")]
        timeout: Option<SimDuration> => Shape::Nullable(&Shape::SOME_TIME),
    }
}

record! {
    /// Nothing to say.
    pub struct Respond {}
}

record! {
    /// A read from a store. The version that it finds goes along from here on, unless the operation carries one of
    /// another store. It waits for a connection and for the answer as long as that takes; it fails where the store is
    /// down.
    pub struct Read {
        /// The store.
        #[example("db")]
        from: String => Shape::Node(&["store"]),
        /// A key of its own, the same for all requests; left out: the request's.
        #[example("key")]
        key: Option<String>,
        /// Which copy.
        replica: StoreReplica = "leader",
    }
}

words! {
    /// A copy of a store.
    pub enum StoreReplica {
        /// The one that takes writes.
        Leader "leader",
        /// One that follows.
        Follower "follower",
    }
}

record! {
    /// A write to a store. The version that it makes goes along from here on: with a message that is published next,
    /// for a projection.
    pub struct Write {
        /// The store.
        #[example("db")]
        to: String => Shape::Node(&["store"]),
        /// A key of its own, the same for all requests; left out: the request's.
        #[example("key")]
        key: Option<String>,
    }
}

record! {
    /// Applying a message's version to a store, under the key that was written. A version that is not newer than what
    /// is there is ignored, as is a message without one: what a projection shows never goes back.
    pub struct Project {
        /// The store.
        #[example("db")]
        to: String => Shape::Node(&["store"]),
    }
}

record! {
    /// An error.
    pub struct Fail {
        /// How likely.
        probability: f64 = 1 => Shape::CHANCE,
        /// What it is called.
        #[example("declined")]
        error: String = "error",
    }
}

record! {
    /// A branch of a choice.
    pub struct Arm {
        /// Its weight among the branches.
        weight: f64 = 1 => Shape::number(0.0, 1e9),
        /// Its steps.
        #[example([{"work": "20ms"}])]
        then: Steps,
    }
}

record! {
    /// A step of a saga. When one fails, what was done before it is undone, newest first, and then the operation fails
    /// for the same reason: the saga is compensated. An undo that fails, all its retries included, ends the undoing and
    /// leaves the saga stuck, as does what ends the operation from outside: a crash, or a parallel branch that fails.
    pub struct SagaStep {
        /// What to do.
        #[example([{"call": {"to": "payment"}}])]
        act "do": Steps,
        /// How to undo it; left out: nothing to undo.
        #[example([{"call": {"to": "payment", "operation": "refund"}}])]
        undo: Steps = [],
    }
}

record! {
    /// Stream aggregation by event time, which is when the record's request was offered: each record falls into one
    /// window from a multiple of `every` to the next, in the group of its key. The clock is the watermark: a window
    /// closes `lateness` after its end and gives one result per group; a record that comes then or later is counted
    /// as late and left out. All replicas of a service share the windows, and a crash does not lose them.
    pub struct Window {
        /// How long each window is.
        #[example("10s")]
        every: SimDuration => Shape::SOME_TIME,
        /// One group for all records, under this name; left out: a group per key of the requests.
        #[example("key")]
        key: Option<String>,
        /// Where results go; left out: nowhere.
        #[example("results")]
        emit_to: Option<String> => Shape::Nullable(&Shape::Node(&["queue", "exchange", "log"])),
        /// For how long after its end a window takes late records.
        lateness: SimDuration = "0s",
    }
}
