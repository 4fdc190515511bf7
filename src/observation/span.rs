//! Spans: stretches of time in which a part of the system is at work for one request, in OpenTelemetry's terms.
//!
//! A trace is all that happens for one request of a client; its number is the request's. Spans are numbered from 1
//! over the whole run, in the order in which they begin, so a parent's number is below its children's. They repeat
//! what the other facts say in another form, so the digest leaves them out.

use super::{Failure, Outcome};
use crate::base::{AccessIx, ClientIx, EdgeIx, NodeIx, OpIx, ServiceIx};

/// One fact about a span.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SpanFact {
    /// A span begins.
    Began {
        /// Its number.
        span: u64,
        /// The span that caused it; 0 for none.
        parent: u64,
        /// The trace.
        request: u64,
        /// The key that the request carries there, or that a store is asked for; none without one.
        key: Option<u32>,
        /// What it covers.
        scope: Scope,
    },
    /// The number of branches of the span's operation that wait for a worker, or that compute, changed.
    ///
    /// A span is working while any branch computes. Otherwise it is waiting while any branch is in a waiting room.
    /// Otherwise it is blocked: it waits for an answer, sleeps, backs off or is paused.
    Turned {
        /// Which span.
        span: u64,
        /// Change of the number that wait for a worker.
        waiting: i8,
        /// Change of the number that compute.
        working: i8,
    },
    /// A span ended.
    Ended {
        /// Which span.
        span: u64,
        /// How.
        end: SpanEnd,
        /// Its caller had stopped waiting.
        wasted: bool,
    },
}

/// What a span covers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    /// A client's request, from when it is offered to its end: the root of a trace.
    Request {
        /// Where.
        client: ClientIx,
    },
    /// One attempt of a call, as the caller sees it.
    Attempt {
        /// Caller, callee and operation.
        edge: EdgeIx,
        /// Number of the attempt, from 1.
        attempt: u32,
    },
    /// A job at a service, from its arrival to its end.
    Job {
        /// Where.
        service: ServiceIx,
        /// At which replica.
        replica: u32,
        /// What it does.
        op: OpIx,
        /// The broker whose message it handles; none for a request.
        from: Option<NodeIx>,
    },
    /// A read, a write or a projection, from the step to the store's answer.
    Access {
        /// By which step.
        access: AccessIx,
    },
    /// Sending a message to a broker; with `confirm`, until the broker's answer.
    Publish {
        /// The sender.
        from: NodeIx,
        /// The broker.
        to: NodeIx,
    },
}

/// OpenTelemetry's kinds of span.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SpanKind {
    /// Inside one node.
    Internal,
    /// Handles a request.
    Server,
    /// Waits for an answer.
    Client,
    /// Sends a message.
    Producer,
    /// Handles a message.
    Consumer,
}

impl Scope {
    /// Its kind.
    pub fn kind(self) -> SpanKind {
        match self {
            Scope::Request { .. } => SpanKind::Internal,
            Scope::Attempt { .. } | Scope::Access { .. } => SpanKind::Client,
            Scope::Job { from: None, .. } => SpanKind::Server,
            Scope::Job { from: Some(_), .. } => SpanKind::Consumer,
            Scope::Publish { .. } => SpanKind::Producer,
        }
    }
}

/// How a span ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SpanEnd {
    /// As it should.
    Ok,
    /// Answered after the deadline (a request).
    Late,
    /// Answered by a fallback, here or further down.
    Degraded,
    /// With this failure.
    Failed(Failure),
    /// Its caller went away first.
    Abandoned,
    /// Its replica crashed.
    Crashed,
}

impl From<Outcome> for SpanEnd {
    fn from(outcome: Outcome) -> SpanEnd {
        match outcome {
            Outcome::Good => SpanEnd::Ok,
            Outcome::Late => SpanEnd::Late,
            Outcome::Degraded => SpanEnd::Degraded,
            Outcome::Failed(failure) => SpanEnd::Failed(failure),
        }
    }
}
