//! Policies on a call, as written.

use crate::base::SimDuration;
use crate::scenario::shape::{Given, List, Shape};

record! {
    /// Trying again.
    pub struct Retry<'a> {
        /// Tries in all, the first included.
        attempts: u32 = Given::Number(3.0) => Shape::whole(1, 100),
        /// After which failures; `error` is also a refused connection.
        on: List<'a, RetryOn> = Given::Texts(&["timeout", "error", "rejected"]) => Shape::List(&RetryOn::SHAPE, 3),
        /// How long to wait before.
        backoff: Backoff<'a> = Given::Empty,
        /// How many retries may be out; left out: any number. Shared by all such calls of the node to that operation.
        budget: Option<Budget<'a>>,
    }
}

words! {
    /// A failure after which to try again.
    pub enum RetryOn {
        /// The caller stopped waiting.
        Timeout "timeout",
        /// The callee failed, or nobody was there.
        Error "error",
        /// The callee had no room.
        Rejected "rejected",
    }
}

record! {
    /// How long to wait before a retry: base·factor^(n−1), then the cap, then the jitter.
    pub struct Backoff<'a> {
        /// Wait before the first retry.
        base: SimDuration = Given::Text("100ms"),
        /// Growth from one retry to the next.
        factor: f64 = Given::Number(2.0) => Shape::number(1.0, 100.0),
        /// Longest wait.
        cap: SimDuration = Given::Text("10s"),
        /// How chance spreads the wait d.
        jitter: Jitter = Given::Text("none"),
    }
}

words! {
    /// How chance spreads a wait of d.
    pub enum Jitter {
        /// d.
        None "none",
        /// Uniform from 0 to d.
        Full "full",
        /// d/2 and uniform from 0 to d/2.
        Equal "equal",
        /// Uniform from the base to three times the wait before.
        Decorrelated "decorrelated",
    }
}

record! {
    /// How many retries may be out: a share of the calls in flight (as Envoy counts it), or tokens (as gRPC does).
    ///
    /// A retry that the budget does not allow is not made: the call ends as its last try did.
    pub struct Budget<'a> check check {
        /// Share of the calls in flight that may be retries, the fraction cut off; with `tokens`: what a success gives
        /// back.
        ratio: f64 = Given::Number(0.2) => Shape::number(0.0, 1000.0),
        /// Retries that are always allowed; left out: 3.
        min_concurrent: Option<u32>,
        /// Tokens in the bucket, which begins full; a failure takes one, and no retry is made unless more than half of
        /// them are there.
        tokens: Option<u32> => Shape::Nullable(&Shape::whole(1, 1_000_000)),
    }
}

record! {
    /// When to stop asking for a while, with the semantics of resilience4j.
    ///
    /// A try that failed for any reason counts as a failure, one that the caller's own rate limit or bulkhead refused
    /// does not count. The replicas of a service share the breaker. Calls that give it different numbers
    /// have each their own.
    pub struct CircuitBreaker<'a> {
        /// Which calls count.
        window: BreakerWindow = Given::One("calls", 100.0),
        /// Share of failures that opens it.
        failure_rate: f64 = Given::Number(0.5) => Shape::positive(1.0),
        /// Share of slow calls that opens it.
        slow_rate: f64 = Given::Number(1.0) => Shape::positive(1.0),
        /// What takes longer is slow, the caller's own waiting for permission included.
        slow_call: SimDuration = Given::Text("60s") => Shape::SOME_TIME,
        /// With fewer calls it does not judge; a window of fewer calls judges when it is full.
        minimum_calls: u32 = Given::Number(100.0) => Shape::whole(1, 1_000_000),
        /// How long it stays open.
        open_for: SimDuration = Given::Text("60s") => Shape::SOME_TIME,
        /// How many calls it lets out to probe.
        half_open_calls: u32 = Given::Number(10.0) => Shape::whole(1, 1_000_000),
        /// How long it may be half open; 0s: without limit.
        half_open_max: SimDuration = Given::Text("0s"),
        /// What shares one breaker.
        per: BreakerScope = Given::Text("callee"),
    }
}

tagged! {
    /// Which calls a breaker counts.
    pub enum BreakerWindow Tagged "window" {
        /// The last so many.
        Calls "calls": u32 => Shape::whole(1, 1_000_000),
        /// Those of the last so long, counted in whole seconds (a fraction counts as a whole one).
        Time "time": SimDuration => Shape::SOME_TIME,
    }
}

words! {
    /// What shares one breaker.
    pub enum BreakerScope {
        /// All calls from one node to another.
        Callee "callee",
        /// The calls of one operation.
        Operation "operation",
    }
}

record! {
    /// How many calls may be out at one time: tries of all such calls of a node, its replicas together, to one operation
    /// of a service. Calls with different numbers have each their own.
    pub struct Bulkhead<'a> {
        /// So many.
        max_concurrent: u32 = Given::Number(25.0) => Shape::whole(0, 1_000_000),
        /// How long to wait for a place; a place freed goes to the longest waiter.
        max_wait: SimDuration = Given::Text("0s"),
    }
}

record! {
    /// How many calls a second: tries of all such calls of a node, its replicas together, to one operation of a service.
    /// Calls with different numbers have each their own.
    pub struct RateLimit<'a> {
        /// So many.
        rate: f64 => Shape::positive(1e6),
        /// How many may come at once: the depth of the token bucket, which begins full.
        burst: u32 = Given::Number(1.0) => Shape::whole(1, 1_000_000),
        /// How long to wait for permission.
        max_wait: SimDuration = Given::Text("0s"),
    }
}

record! {
    /// Asking again while the first request is out.
    ///
    /// The first good answer counts, and the others are ignored: their work is wasted. A try fails when all requests
    /// that it sent have failed.
    pub struct Hedge<'a> {
        /// How long after the request before.
        after: SimDuration => Shape::SOME_TIME,
        /// How many more at most.
        max: u32 = Given::Number(1.0) => Shape::whole(1, 10),
    }
}
