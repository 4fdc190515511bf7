//! Steps: what an operation does, in order, as written.

use super::dist::Dist;
use super::policy::{Bulkhead, CircuitBreaker, Hedge, RateLimit, Retry};
use crate::base::SimDuration;
use crate::scenario::Json;
use crate::scenario::shape::{Coded, Given, Named, Shape};

/// Steps, one after the other.
#[derive(Clone, Debug, PartialEq)]
pub struct Steps(pub Vec<Step>);

impl Coded for Steps {
    const SHAPE: Shape = Shape::Steps;

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
        Call "call": Box<Call>,
        /// In parallel: done when all are, failed when one fails.
        All "all": Vec<Steps> => Shape::List(&Shape::Steps, 64),
        /// Send a message to a queue, exchange or log.
        Publish "publish": Publish,
        /// Request and reply over messages.
        @later Ask "ask": Ask,
        /// Answer the caller now and carry on in the background.
        Respond "respond": Respond,
        /// Read from a store.
        @later Read "read": Read,
        /// Write to a store.
        @later Write "write": Write,
        /// Apply the version that the message carries to a store.
        @later Project "project": Project,
        /// End with an error.
        Fail "fail": Fail,
        /// One branch, by weight.
        Choose "choose": Vec<Arm> => Shape::List(&Arm::SHAPE, 64),
        /// Run each `do`; when one fails, the `undo` of those done, newest first.
        @later Saga "saga": Vec<SagaStep> => Shape::List(&SagaStep::SHAPE, 64),
        /// Stream aggregation by event time.
        @later Window "window": Window,
    }
}

record! {
    /// A request to a service, and its answer.
    pub struct Call check check {
        /// The service.
        to: String => Shape::Node(&["service"]),
        /// Which of its operations.
        operation: String = Given::Text("default") => Shape::Name,
        /// How long to wait for each try; left out: for ever.
        timeout: Option<SimDuration> => Shape::Nullable(&Shape::SOME_TIME),
        /// Whether to try again; left out: one try.
        retry: Option<Retry>,
        /// When to stop asking for a while; left out: never.
        @later circuit_breaker: Option<CircuitBreaker>,
        /// How many such calls may be out at one time; left out: any number.
        @later bulkhead: Option<Bulkhead>,
        /// How many such calls a second; left out: any number.
        @later rate_limit: Option<RateLimit>,
        /// When to ask a second time while the first is out; left out: never.
        @later hedge: Option<Hedge>,
        /// Steps to run instead of failing; the answer then counts as degraded. Left out: it fails.
        fallback: Option<Steps>,
    }
}

record! {
    /// A message to send.
    pub struct Publish {
        /// The queue, exchange or log.
        to: String => Shape::Node(&["queue", "exchange", "log"]),
        /// The routing key, for an exchange; a queue ignores it.
        routing_key: Option<String>,
        /// The headers, for an exchange; a queue ignores them.
        headers: Named<String> = Given::Empty => Shape::Map(&Shape::Text(200), false, 64),
        /// The key, for a log; a queue ignores it. Left out: the request's.
        key: Option<String>,
        /// Wait for the broker's word.
        confirm: bool = Given::Flag(false),
    }
}

record! {
    /// Request and reply over messages.
    pub struct Ask {
        /// The queue for the request.
        via: String => Shape::Node(&["queue"]),
        /// The queue for the reply.
        reply_via: String => Shape::Node(&["queue"]),
        /// How long to wait; left out: for ever.
        timeout: Option<SimDuration> => Shape::Nullable(&Shape::SOME_TIME),
    }
}

record! {
    /// Nothing to say.
    pub struct Respond {}
}

record! {
    /// A read from a store.
    pub struct Read {
        /// The store.
        from: String => Shape::Node(&["store"]),
        /// The key; left out: the request's.
        key: Option<String>,
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
    /// A write to a store.
    pub struct Write {
        /// The store.
        to: String => Shape::Node(&["store"]),
        /// The key; left out: the request's.
        key: Option<String>,
    }
}

record! {
    /// Applying a message's version to a store.
    pub struct Project {
        /// The store.
        to: String => Shape::Node(&["store"]),
    }
}

record! {
    /// An error.
    pub struct Fail {
        /// How likely.
        probability: f64 = Given::Number(1.0) => Shape::CHANCE,
        /// What it is called.
        error: String = Given::Text("error"),
    }
}

record! {
    /// A branch of a choice.
    pub struct Arm {
        /// Its weight among the branches.
        weight: f64 = Given::Number(1.0) => Shape::number(0.0, 1e9),
        /// Its steps.
        then: Steps,
    }
}

record! {
    /// A step of a saga.
    pub struct SagaStep {
        /// What to do.
        act "do": Steps,
        /// How to undo it; left out: nothing to undo.
        undo: Steps = Given::Texts(&[]),
    }
}

record! {
    /// Stream aggregation by event time.
    pub struct Window {
        /// How long each window is.
        every: SimDuration => Shape::SOME_TIME,
        /// By what to group; left out: the request's key.
        key: Option<String>,
        /// Where results go; left out: nowhere.
        emit_to: Option<String> => Shape::Nullable(&Shape::Node(&["queue", "exchange", "log"])),
        /// For how long after its end a window takes late records.
        lateness: SimDuration = Given::Text("0s"),
    }
}
