//! Policies on a call, as written. The engine takes most of them as they are.

use super::decode::Decode;
use super::shape::Shape;
use crate::base::{Cursor, Json, SimDuration};
use crate::scenario::report::{Report, any_of};

record! {
    /// When and how often to retry a failed attempt.
    #[derive(Copy)]
    pub struct RetryPlan "Retry" {
        /// The most attempts, the first included.
        #[unit = "tries"]
        attempts: u32 = 3 => Shape::whole(1, 100),
        /// The failures to retry. `error` includes refused connections.
        on: RetryOn = ["timeout", "error", "rejected"],
        /// How long to wait before a retry.
        backoff: Backoff = {},
        /// A limit on retries, shared by all calls of the node to the operation with this policy. Left out: no limit.
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
    /// A failure that is retried.
    pub enum RetryFailure {
        /// The attempt timed out.
        Timeout "timeout",
        /// The callee failed, or is down.
        Error "error",
        /// The callee had no room.
        Rejected "rejected",
    }
}

record! {
    /// When and how often to publish again what was not confirmed. The defaults are those of Kafka's producer, which goes
    /// on until its time is up.
    #[derive(Copy)]
    pub struct PublishRetry {
        /// The most attempts, the first included.
        #[unit = "tries"]
        attempts: u32 = 100 => Shape::whole(1, 100),
        /// The time for all attempts together (Kafka's `delivery.timeout.ms`). When it is over the step fails, although
        /// what was sent may still arrive.
        within: SimDuration = "120s" => Shape::SOME_TIME,
        /// The failures to retry.
        #[decode(publish_failures)]
        on: RetryOn = ["timeout", "rejected"] => Shape::List(&PublishFailure::SHAPE, 2),
        /// How long to wait before a retry. Kafka begins with 100 ms too (`retry.backoff.ms`), and its longest wait is 1 s
        /// (`retry.backoff.max.ms`).
        backoff: Backoff = {},
    }
}

words! {
    /// A failure after which a message is published again.
    pub enum PublishFailure {
        /// No confirm came in time.
        Timeout "timeout",
        /// The broker refused the message.
        Rejected "rejected",
    }
}

fn publish_failures(full: &Json) -> RetryOn {
    let listed = Vec::<PublishFailure>::decode(full);
    RetryOn {
        timeout: listed.contains(&PublishFailure::Timeout),
        error: false,
        rejected: listed.contains(&PublishFailure::Rejected),
    }
}

impl PublishRetry {
    /// The same as a policy of calls: their engine runs both.
    pub fn policy(self) -> RetryPlan {
        RetryPlan { attempts: self.attempts, on: self.on, backoff: self.backoff, budget: None }
    }
}

words! {
    /// Which replica a further request of the same call asks.
    pub enum RetryHost {
        /// One that the call has not asked yet, as far as there is one that is known to be up, as Envoy's predicate
        /// `previous_hosts` has it. With `consistent_hash` the next on the ring.
        Other "other",
        /// Whichever `balance` says, also one that has just failed or is still busy with the first request.
        Any "any",
    }
}

record! {
    /// How long to wait before a retry: base·factor^(n−1), then the cap, then the jitter.
    #[derive(Copy)]
    pub struct Backoff {
        /// The wait before the first retry.
        base: SimDuration = "100ms",
        /// The growth from one retry to the next.
        factor: f64 = 2 => Shape::number(1.0, 100.0),
        /// The longest wait.
        cap: SimDuration = "10s",
        /// How the wait d is randomized.
        jitter: Jitter = "none",
    }
}

words! {
    /// How a wait of d is randomized.
    pub enum Jitter {
        /// Not: it is d.
        None "none",
        /// Uniform from 0 to d.
        Full "full",
        /// d/2, plus uniform from 0 to d/2.
        Equal "equal",
        /// Uniform from the base to three times the previous wait (initially the base), at most the cap.
        Decorrelated "decorrelated",
    }
}

record! {
    /// How many retries there may be: a share of the active calls (as Envoy counts it), tokens (as gRPC does), or a
    /// share of the requests of the last while (as Linkerd does, with `min_per_second` or `ttl`).
    ///
    /// A retry that the budget does not allow is not made: the call ends as its last try did.
    pub struct Budget check check {
        /// Retries per active call (one that waits in its backoff is none), the fraction cut off; with `tokens`: what a success gives
        /// back; with `min_per_second` or `ttl`: retries per request, as 1 ÷ n or 1,000 ÷ n with a whole n.
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
        /// Retries per second that are always allowed, for each whole second of `ttl`; left out: 10 where there is a
        /// `ttl`.
        #[unit = "retries per second"]
        #[example(10)]
        min_per_second: Option<u32> => Shape::Nullable(&Shape::whole(0, 1_000_000)),
        /// For how long requests allow retries, and retries count; Linkerd takes 1 s to 60 s. Left out: 10 s where there
        /// is a `min_per_second`.
        #[example("10s")]
        ttl: Option<SimDuration> => Shape::Nullable(&Shape::SOME_TIME),
    }
}

impl Budget {
    /// Reports fields of two kinds of budget at once.
    fn check(&self, at: &Cursor, report: &mut Report) {
        let kinds = [
            ("\"min_concurrent\"", self.min_concurrent.is_some()),
            ("\"tokens\"", self.tokens.is_some()),
            (text!("scenario.min-per-second-and-ttl"), self.min_per_second.is_some() || self.ttl.is_some()),
        ];
        let written: Vec<_> =
            kinds.into_iter().filter_map(|(kind, written)| written.then_some(kind)).collect();
        if written.len() > 1 {
            report.wrong(at, problem!("scenario.two-budgets", budgets = &any_of(&written)));
        }
    }
}

/// The retries that are always allowed where a budget does not say: Envoy's default.
const MIN_CONCURRENT: u32 = 3;

/// Retries per second that are always allowed, and for how long requests count, where a budget says only one of the
/// two: Linkerd's defaults.
const MIN_PER_SECOND: u32 = 10;
const TTL: SimDuration = SimDuration::from_millis(10_000);

/// How many retries may be out.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum BudgetPlan {
    /// A share of the active calls, as Envoy counts it.
    Share(ShareBudgetPlan),
    /// Tokens, as gRPC counts them.
    Tokens(TokensPlan),
    /// A share of the requests of the last while, as Linkerd counts it.
    Window(WindowBudgetPlan),
}

/// How many retries there may be beside the active calls.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ShareBudgetPlan {
    /// The share.
    pub ratio: f64,
    /// Retries that are always allowed.
    pub min_concurrent: u32,
}

/// A bucket of tokens that failures empty, in thousandths of a token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TokensPlan {
    /// A full bucket.
    pub max_milli: u64,
    /// What a success gives back.
    pub ratio_milli: u64,
}

/// A share of the requests of the last while.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct WindowBudgetPlan {
    /// Retries per request, in Linkerd's single precision.
    pub ratio: f32,
    /// Retries per second that are always allowed.
    pub min_per_second: u32,
    /// For how long requests and retries count.
    pub ttl: SimDuration,
}

impl Decode for BudgetPlan {
    const SHAPE: Shape = Budget::SHAPE;

    fn decode(full: &Json) -> BudgetPlan {
        let Budget { ratio, min_concurrent, tokens, min_per_second, ttl } = Budget::decode(full);
        match tokens {
            // gRPC reads three decimals and cuts off the rest; a product of decimals may fall short of its value.
            Some(tokens) => BudgetPlan::Tokens(TokensPlan {
                max_milli: u64::from(tokens) * 1000,
                ratio_milli: libm::floor(ratio * 1000.0 + 1e-6) as u64,
            }),
            None if min_per_second.is_some() || ttl.is_some() => BudgetPlan::Window(WindowBudgetPlan {
                ratio: ratio as f32,
                min_per_second: min_per_second.unwrap_or(MIN_PER_SECOND),
                ttl: ttl.unwrap_or(TTL),
            }),
            None => BudgetPlan::Share(ShareBudgetPlan {
                ratio,
                min_concurrent: min_concurrent.unwrap_or(MIN_CONCURRENT),
            }),
        }
    }
}

record! {
    /// A circuit breaker with the semantics of resilience4j.
    ///
    /// An attempt that failed for any reason counts as a failure; one that the caller's own rate limit or bulkhead
    /// refused does not count. All replicas of the calling service share the breaker. Calls with different settings
    /// have separate breakers.
    #[derive(Copy)]
    pub struct BreakerPlan "CircuitBreaker" {
        /// The calls that count.
        window: BreakerWindow = {"calls": 100},
        /// The failure rate at which it opens.
        failure_rate: f64 = 0.5 => Shape::positive(1.0),
        /// The rate of slow calls at which it opens.
        slow_rate: f64 = 1 => Shape::positive(1.0),
        /// A call that takes longer is slow. The time includes the caller's own waiting for permission.
        slow_call: SimDuration = "60s" => Shape::SOME_TIME,
        /// The fewest calls needed to decide. A window of fewer calls decides when it is full.
        #[unit = "calls"]
        minimum_calls: u32 = 100 => Shape::whole(1, 1_000_000),
        /// How long it stays open.
        open_for: SimDuration = "60s" => Shape::SOME_TIME,
        /// How many calls it lets through as probes while half open.
        #[unit = "calls"]
        half_open_calls: u32 = 10 => Shape::whole(1, 1_000_000),
        /// How long it may stay half open; `0s`: without limit.
        half_open_max: SimDuration = "0s",
        /// Which calls share one breaker.
        per: BreakerScope = "callee",
    }
}

tagged! {
    /// Which calls a breaker counts.
    #[derive(Copy)]
    pub enum BreakerWindow Tagged "window" {
        /// The last n calls.
        Calls "calls": u32 => Shape::whole(1, 1_000_000),
        /// The calls of the last seconds; a fraction of a second counts as a whole one.
        #[decode(whole_seconds)]
        Seconds "time": u64 => Shape::SOME_TIME,
    }
}

/// A duration in seconds, rounded up.
fn whole_seconds(full: &Json) -> u64 {
    SimDuration::decode(full).0.div_ceil(1_000_000_000)
}

words! {
    /// Which calls share one breaker.
    pub enum BreakerScope {
        /// All calls from one node to another.
        Callee "callee",
        /// The calls of one operation.
        Operation "operation",
    }
}

record! {
    /// A limit on concurrent attempts: of all such calls of a node, its replicas together, to one operation of a
    /// service. Calls with different settings have separate bulkheads.
    #[derive(Copy, Eq)]
    pub struct BulkheadPlan "Bulkhead" {
        /// The most concurrent attempts.
        #[unit = "calls"]
        max_concurrent: u32 = 25 => Shape::whole(0, 1_000_000),
        /// How long to wait for a place. A free place goes to the attempt that waited longest.
        max_wait: SimDuration = "0s",
    }
}

record! {
    /// A limit on attempts per second: of all such calls of a node, its replicas together, to one operation of a
    /// service. Calls with different settings have separate limits.
    #[derive(Copy)]
    pub struct RateLimitPlan "RateLimit" {
        /// Attempts per second.
        #[unit = "calls per second"]
        #[example(100)]
        rate: f64 => Shape::positive(1e6),
        /// How many attempts may start at once: the size of the token bucket, which starts full.
        #[unit = "calls"]
        burst: u32 = 1 => Shape::whole(1, 1_000_000),
        /// How long to wait for permission.
        max_wait: SimDuration = "0s",
    }
}

record! {
    /// Sending the request again while the first one is unanswered.
    ///
    /// The first successful answer counts; the others are ignored, and their work is wasted. An attempt fails when all
    /// requests that it sent have failed.
    #[derive(Copy, Eq)]
    pub struct HedgePlan "Hedge" {
        /// How long after the previous request.
        #[example("100ms")]
        after: SimDuration => Shape::SOME_TIME,
        /// The most additional requests.
        #[unit = "requests"]
        max: u32 = 1 => Shape::whole(1, 10),
    }
}
