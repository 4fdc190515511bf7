//! Steps: what an operation does, in order, as written.

use super::dist::Dist;
use super::policy::{Bulkhead, CircuitBreaker, Hedge, RateLimit, Retry};
use crate::base::{Json, SimDuration};
use crate::scenario::shape::{Coded, Given, List, Named, Shape};

/// Steps, one after the other.
#[derive(Clone, Copy, Debug)]
pub struct Steps<'a>(&'a [Json]);

impl<'a> Steps<'a> {
    /// The steps, in order.
    pub fn iter(self) -> impl ExactSizeIterator<Item = Step<'a>> {
        self.0.iter().map(Step::decode)
    }
}

impl<'a> Coded<'a> for Steps<'a> {
    const SHAPE: Shape = Shape::Steps;

    fn decode(full: &'a Json) -> Steps<'a> {
        Steps(full.items())
    }
}

tagged! {
    /// One step of an operation.
    pub enum Step<'a> Tagged "step" check check {
        /// Hold the worker and compute.
        Work "work": Dist<'a>,
        /// Wait without computing.
        Sleep "sleep": Dist<'a>,
        /// A request and its answer.
        Call "call": Call<'a>,
        /// In parallel: done when all are, failed when one fails.
        All "all": List<'a, Steps<'a>> => Shape::List(&Shape::Steps, 64),
        /// Send a message to a queue, exchange or log.
        Publish "publish": Publish<'a>,
        /// Request and reply over messages.
        Ask "ask": Ask<'a>,
        /// Answer the caller now and carry on in the background.
        Respond "respond": Respond<'a>,
        /// Read from a store.
        Read "read": Read<'a>,
        /// Write to a store.
        Write "write": Write<'a>,
        /// Apply the version that the message carries to a store.
        Project "project": Project<'a>,
        /// End with an error.
        Fail "fail": Fail<'a>,
        /// One branch, by weight.
        Choose "choose": List<'a, Arm<'a>> => Shape::List(&Arm::SHAPE, 64),
        /// Run each `do`; when one fails, the `undo` of those done, newest first.
        Saga "saga": List<'a, SagaStep<'a>> => Shape::List(&SagaStep::SHAPE, 64),
        /// Stream aggregation by event time.
        Window "window": Window<'a>,
    }
}

record! {
    /// A request to a service, and its answer.
    pub struct Call<'a> check check {
        /// The service.
        to: &'a str => Shape::Node(&["service"]),
        /// Which of its operations.
        operation: &'a str = Given::Text("default") => Shape::Name,
        /// How long to wait for each try; left out: for ever.
        timeout: Option<SimDuration> => Shape::Nullable(&Shape::SOME_TIME),
        /// Whether to try again; left out: one try.
        retry: Option<Retry<'a>>,
        /// When to stop asking for a while; left out: never.
        circuit_breaker: Option<CircuitBreaker<'a>>,
        /// How many such calls may be out at one time; left out: any number.
        bulkhead: Option<Bulkhead<'a>>,
        /// How many such calls a second; left out: any number.
        rate_limit: Option<RateLimit<'a>>,
        /// When to ask a second time while the first is out; left out: never.
        hedge: Option<Hedge<'a>>,
        /// Steps to run instead of failing; the answer then counts as degraded. Left out: it fails.
        fallback: Option<Steps<'a>>,
    }
}

record! {
    /// A message to send.
    pub struct Publish<'a> {
        /// The queue, exchange or log.
        to: &'a str => Shape::Node(&["queue", "exchange", "log"]),
        /// The routing key, for an exchange; a queue ignores it.
        routing_key: Option<&'a str>,
        /// The headers, for an exchange; a queue ignores them.
        headers: Named<'a, &'a str> = Given::Empty => Shape::Map(&Shape::Text(200), false, 64),
        /// The key, for a log; others ignore it. Kafka's murmur2 of its bytes picks the partition. Left out: the digits
        /// of the request's key number, where its client has `keys`; else the publisher stays with a partition for 16
        /// records and then picks another at random.
        key: Option<&'a str>,
        /// Wait for the broker's word.
        confirm: bool = Given::Flag(false),
    }
}

record! {
    /// Request and reply over messages. Whatever service consumes `via` (or its dead letters) replies when its operation
    /// ends well or responds; a failed one gives the request back to its queue instead. The request may be lost like any
    /// unconfirmed message. A reply that comes too late is refused: `reply_via` drops it (or dead-letters it).
    pub struct Ask<'a> {
        /// The queue for the request.
        via: &'a str => Shape::Node(&["queue"]),
        /// The queue for the reply, which hands it to who asked, past all other messages. May be the same.
        reply_via: &'a str => Shape::Node(&["queue"]),
        /// How long to wait; left out: for ever.
        timeout: Option<SimDuration> => Shape::Nullable(&Shape::SOME_TIME),
    }
}

record! {
    /// Nothing to say.
    pub struct Respond<'a> {}
}

record! {
    /// A read from a store. The version that it finds goes along from here on, unless the operation carries one of
    /// another store. It waits for a connection and for the answer as long as that takes; it fails where the store is
    /// down.
    pub struct Read<'a> {
        /// The store.
        from: &'a str => Shape::Node(&["store"]),
        /// A key of its own, the same for all requests; left out: the request's.
        key: Option<&'a str>,
        /// Which copy.
        replica: StoreReplica = Given::Text("leader"),
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
    pub struct Write<'a> {
        /// The store.
        to: &'a str => Shape::Node(&["store"]),
        /// A key of its own, the same for all requests; left out: the request's.
        key: Option<&'a str>,
    }
}

record! {
    /// Applying a message's version to a store, under the key that was written. A version that is not newer than what
    /// is there is ignored, as is a message without one: what a projection shows never goes back.
    pub struct Project<'a> {
        /// The store.
        to: &'a str => Shape::Node(&["store"]),
    }
}

record! {
    /// An error.
    pub struct Fail<'a> {
        /// How likely.
        probability: f64 = Given::Number(1.0) => Shape::CHANCE,
        /// What it is called.
        error: &'a str = Given::Text("error"),
    }
}

record! {
    /// A branch of a choice.
    pub struct Arm<'a> {
        /// Its weight among the branches.
        weight: f64 = Given::Number(1.0) => Shape::number(0.0, 1e9),
        /// Its steps.
        then: Steps<'a>,
    }
}

record! {
    /// A step of a saga. When one fails, what was done before it is undone, newest first, and then the operation fails
    /// for the same reason: the saga is compensated. An undo that fails, all its retries included, ends the undoing and
    /// leaves the saga stuck, as does what ends the operation from outside: a crash, or a parallel branch that fails.
    pub struct SagaStep<'a> {
        /// What to do.
        act "do": Steps<'a>,
        /// How to undo it; left out: nothing to undo.
        undo: Steps<'a> = Given::Texts(&[]),
    }
}

record! {
    /// Stream aggregation by event time, which is when the record's request was offered: each record falls into one
    /// window from a multiple of `every` to the next, in the group of its key. The clock is the watermark: a window
    /// closes `lateness` after its end and gives one result per group; a record that comes then or later is counted
    /// as late and left out. All replicas of a service share the windows, and a crash does not lose them.
    pub struct Window<'a> {
        /// How long each window is.
        every: SimDuration => Shape::SOME_TIME,
        /// One group for all records, under this name; left out: a group per key of the requests.
        key: Option<&'a str>,
        /// Where results go; left out: nowhere.
        emit_to: Option<&'a str> => Shape::Nullable(&Shape::Node(&["queue", "exchange", "log"])),
        /// For how long after its end a window takes late records.
        lateness: SimDuration = Given::Text("0s"),
    }
}
