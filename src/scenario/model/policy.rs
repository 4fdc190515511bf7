//! Policies on a call, as written. The engine takes most of them as they are.

use super::decode::Decode;
use super::shape::Shape;
use crate::base::{Json, SimDuration};

record! {
    /// Trying again.
    #[derive(Copy)]
    pub struct RetryPlan "Retry" {
        /// Tries in all, the first included.
        #[unit = "tries"]
        attempts: u32 = 3 => Shape::whole(1, 100),
        /// After which failures; `error` is also a refused connection.
        on: RetryOn = ["timeout", "error", "rejected"],
        /// How long to wait before.
        backoff: Backoff = {},
        /// How many retries may be out; left out: any number. Shared by all such calls of the node to that operation.
        budget: Option<BudgetPlan>,
    }
}

impl RetryPlan {
    /// No retry: one try.
    pub const NONE: RetryPlan = RetryPlan {
        attempts: 1,
        on: RetryOn { timeout: false, error: false, rejected: false },
        backoff: Backoff {
            base: SimDuration::ZERO,
            factor: 1.0,
            cap: SimDuration::ZERO,
            jitter: Jitter::None,
        },
        budget: None,
    };
}

/// The failures after which to try again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RetryOn {
    /// After a timeout.
    pub timeout: bool,
    /// After an error, or where nobody was there.
    pub error: bool,
    /// After a rejection.
    pub rejected: bool,
}

impl Decode for RetryOn {
    const SHAPE: Shape = Shape::List(&RetryFailure::SHAPE, 3);

    fn decode(full: &Json) -> RetryOn {
        let listed = Vec::<RetryFailure>::decode(full);
        RetryOn {
            timeout: listed.contains(&RetryFailure::Timeout),
            error: listed.contains(&RetryFailure::Error),
            rejected: listed.contains(&RetryFailure::Rejected),
        }
    }
}

words! {
    /// A failure after which to try again.
    pub enum RetryFailure {
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
    #[derive(Copy)]
    pub struct Backoff {
        /// Wait before the first retry.
        base: SimDuration = "100ms",
        /// Growth from one retry to the next.
        factor: f64 = 2 => Shape::number(1.0, 100.0),
        /// Longest wait.
        cap: SimDuration = "10s",
        /// How chance spreads the wait d.
        jitter: Jitter = "none",
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
        /// Uniform from the base to three times the wait before (at first the base), at most the cap.
        Decorrelated "decorrelated",
    }
}

record! {
    /// How many retries may be out: a share of the calls in flight (as Envoy counts it), or tokens (as gRPC does).
    ///
    /// A retry that the budget does not allow is not made: the call ends as its last try did.
    pub struct Budget check check {
        /// Share of the calls in flight that may be retries, the fraction cut off; with `tokens`: what a success gives
        /// back.
        ratio: f64 = 0.2 => Shape::number(0.0, 1000.0),
        /// Retries that are always allowed; left out: 3.
        #[unit = "retries"]
        #[example(3)]
        min_concurrent: Option<u32>,
        /// Tokens in the bucket, which begins full; a failure takes one, and no retry is made unless more than half of
        /// them are there.
        #[unit = "tokens"]
        #[example(10)]
        tokens: Option<u32> => Shape::Nullable(&Shape::whole(1, 1_000_000)),
    }
}

/// The retries that are always allowed where a budget does not say: Envoy's default.
const MIN_CONCURRENT: u32 = 3;

/// How many retries may be out.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum BudgetPlan {
    /// A share of the calls in flight, as Envoy counts it.
    Share {
        /// The share.
        ratio: f64,
        /// Retries that are always allowed.
        min_concurrent: u32,
    },
    /// Tokens, as gRPC counts them.
    Tokens(TokensPlan),
}

/// A bucket of tokens that failures empty, in thousandths of a token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TokensPlan {
    /// A full bucket.
    pub max_milli: u64,
    /// What a success gives back.
    pub ratio_milli: u64,
}

impl Decode for BudgetPlan {
    const SHAPE: Shape = Budget::SHAPE;

    fn decode(full: &Json) -> BudgetPlan {
        let Budget { ratio, min_concurrent, tokens } = Budget::decode(full);
        match tokens {
            // gRPC reads three decimals and cuts off the rest; a product of decimals may fall short of its value.
            Some(tokens) => BudgetPlan::Tokens(TokensPlan {
                max_milli: u64::from(tokens) * 1000,
                ratio_milli: libm::floor(ratio * 1000.0 + 1e-6) as u64,
            }),
            None => BudgetPlan::Share { ratio, min_concurrent: min_concurrent.unwrap_or(MIN_CONCURRENT) },
        }
    }
}

record! {
    /// When to stop asking for a while, with the semantics of resilience4j.
    ///
    /// A try that failed for any reason counts as a failure, one that the caller's own rate limit or bulkhead refused
    /// does not count. The replicas of a service share the breaker. Calls that give it different numbers
    /// have each their own.
    #[derive(Copy)]
    pub struct BreakerPlan "CircuitBreaker" {
        /// Which calls count.
        window: BreakerWindow = {"calls": 100},
        /// Share of failures that opens it.
        failure_rate: f64 = 0.5 => Shape::positive(1.0),
        /// Share of slow calls that opens it.
        slow_rate: f64 = 1 => Shape::positive(1.0),
        /// What takes longer is slow, the caller's own waiting for permission included.
        slow_call: SimDuration = "60s" => Shape::SOME_TIME,
        /// With fewer calls it does not judge; a window of fewer calls judges when it is full.
        #[unit = "calls"]
        minimum_calls: u32 = 100 => Shape::whole(1, 1_000_000),
        /// How long it stays open.
        open_for: SimDuration = "60s" => Shape::SOME_TIME,
        /// How many calls it lets out to probe.
        #[unit = "calls"]
        half_open_calls: u32 = 10 => Shape::whole(1, 1_000_000),
        /// How long it may be half open; 0s: without limit.
        half_open_max: SimDuration = "0s",
        /// What shares one breaker.
        per: BreakerScope = "callee",
    }
}

tagged! {
    /// Which calls a breaker counts.
    #[derive(Copy)]
    pub enum BreakerWindow Tagged "window" {
        /// The last so many.
        Calls "calls": u32 => Shape::whole(1, 1_000_000),
        /// Those of the last so long, counted in whole seconds (a fraction counts as a whole one).
        #[decode(whole_seconds)]
        Seconds "time": u64 => Shape::SOME_TIME,
    }
}

/// A duration in seconds, rounded up.
fn whole_seconds(full: &Json) -> u64 {
    SimDuration::decode(full).0.div_ceil(1_000_000_000)
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
    #[derive(Copy, Eq)]
    pub struct BulkheadPlan "Bulkhead" {
        /// So many.
        #[unit = "calls"]
        max_concurrent: u32 = 25 => Shape::whole(0, 1_000_000),
        /// How long to wait for a place; a place freed goes to the longest waiter.
        max_wait: SimDuration = "0s",
    }
}

record! {
    /// How many calls a second: tries of all such calls of a node, its replicas together, to one operation of a service.
    /// Calls with different numbers have each their own.
    #[derive(Copy)]
    pub struct RateLimitPlan "RateLimit" {
        /// So many.
        #[unit = "calls per second"]
        #[example(100)]
        rate: f64 => Shape::positive(1e6),
        /// How many may come at once: the depth of the token bucket, which begins full.
        #[unit = "calls"]
        burst: u32 = 1 => Shape::whole(1, 1_000_000),
        /// How long to wait for permission.
        max_wait: SimDuration = "0s",
    }
}

record! {
    /// Asking again while the first request is out.
    ///
    /// The first good answer counts, and the others are ignored: their work is wasted. A try fails when all requests
    /// that it sent have failed.
    #[derive(Copy, Eq)]
    pub struct HedgePlan "Hedge" {
        /// How long after the request before.
        #[example("100ms")]
        after: SimDuration => Shape::SOME_TIME,
        /// How many more at most.
        #[unit = "requests"]
        max: u32 = 1 => Shape::whole(1, 10),
    }
}
