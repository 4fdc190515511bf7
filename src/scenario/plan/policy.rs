//! Calls and the policies on them, in the numbers that the engine needs.

use crate::base::{BreakerIx, EdgeIx, GuardIx, LinkIx, NodeIx, OpIx, Pc, SimDuration};

/// A call step.
#[derive(Clone, Debug, PartialEq)]
pub struct CallPlan {
    /// Under what it is counted.
    pub edge: EdgeIx,
    /// The operation that is called, and by it the service.
    pub op: OpIx,
    /// From the caller to the callee.
    pub out: LinkIx,
    /// From the callee to the caller.
    pub back: LinkIx,
    /// How long the caller waits for each attempt; none: for ever.
    pub timeout: Option<SimDuration>,
    /// Whether and when it tries again; one attempt without a retry policy.
    pub retry: RetryPlan,
    /// What else stands between the caller and the callee.
    pub policies: Option<Box<CallPolicies>>,
    /// First instruction of the fallback, which ends with a `Goto` to `next`.
    pub fallback: Option<Pc>,
    /// Where to go on after success.
    pub next: Pc,
}

/// What calls are counted under: caller, callee and operation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EdgePlan {
    /// The caller.
    pub from: NodeIx,
    /// The callee.
    pub to: NodeIx,
    /// The operation that is called.
    pub op: OpIx,
}

/// A retry policy.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct RetryPlan {
    /// Tries in all, the first included, 1 to 100.
    pub attempts: u32,
    /// Try again after a timeout.
    pub on_timeout: bool,
    /// Try again after an error, or where nobody was there.
    pub on_error: bool,
    /// Try again after a rejection.
    pub on_rejected: bool,
    /// How long to wait before.
    pub backoff: Backoff,
}

/// How long to wait before a retry: base·factor^(n−1), then the cap, then the jitter.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Backoff {
    /// Wait before the first retry.
    pub base: SimDuration,
    /// Growth per retry.
    pub factor: f64,
    /// Longest wait.
    pub cap: SimDuration,
    /// How chance spreads it.
    pub jitter: Jitter,
}

/// How chance spreads a backoff of d.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Jitter {
    /// d.
    None,
    /// U(0, d).
    Full,
    /// d/2 + U(0, d/2).
    Equal,
    /// min(cap, U(base, 3·previous)), the previous one being base at first.
    Decorrelated,
}

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

/// When to stop asking for a while. Semantics: `engine::policy::circuit_breaker`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct BreakerPlan {
    /// Which calls count while it is closed.
    pub window: BreakerWindow,
    /// Share of failures that opens it, above 0, at most 1.
    pub failure_rate: f64,
    /// Share of slow calls that opens it, above 0, at most 1.
    pub slow_rate: f64,
    /// What takes strictly longer is slow.
    pub slow_call: SimDuration,
    /// With fewer calls it does not judge; at least 1.
    pub minimum_calls: u32,
    /// How long it stays open.
    pub open_for: SimDuration,
    /// How many probes it lets out while half open; at least 1.
    pub half_open_calls: u32,
    /// How long it may be half open; zero: without limit.
    pub half_open_max: SimDuration,
}

/// Which calls a closed breaker counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BreakerWindow {
    /// The last so many, at least 1.
    Calls(u32),
    /// Those of the present whole second and the ones before it, so many seconds in all; at least 1.
    Seconds(u64),
}

/// How many calls may be out at one time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BulkheadPlan {
    /// So many.
    pub max_concurrent: u32,
    /// How long to wait for a place; zero: not at all.
    pub max_wait: SimDuration,
}

/// How many calls a second: a token bucket.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct RateLimitPlan {
    /// Tokens a second, above 0.
    pub rate: f64,
    /// How many tokens it holds.
    pub burst: u32,
    /// How long to wait for a token; zero: not at all.
    pub max_wait: SimDuration,
}

/// When to ask again while the first request is out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct HedgePlan {
    /// How long after the request before.
    pub after: SimDuration,
    /// How many more requests at most, at least 1.
    pub max: u32,
}

/// What stands between caller and callee besides timeout and retry.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct CallPolicies {
    /// The circuit breaker that it asks.
    pub breaker: Option<BreakerIx>,
    /// The rate limit that it asks.
    pub rate_limit: Option<GuardIx>,
    /// The bulkhead that it asks.
    pub bulkhead: Option<GuardIx>,
    /// The budget that its retries ask.
    pub budget: Option<GuardIx>,
    /// When it asks again.
    pub hedge: Option<HedgePlan>,
}

/// What the calls between two nodes for one operation share: one of the three.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct GuardPlan {
    /// Between whom, for what.
    pub edge: EdgeIx,
    /// How many calls a second.
    pub rate_limit: Option<RateLimitPlan>,
    /// How many calls at one time.
    pub bulkhead: Option<BulkheadPlan>,
    /// How many retries.
    pub budget: Option<BudgetPlan>,
}

/// A circuit breaker and who asks it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SharedBreaker {
    /// The caller, all its replicas.
    pub from: NodeIx,
    /// The callee.
    pub to: NodeIx,
    /// For the calls of one operation; none: of all.
    pub op: Option<OpIx>,
    /// Its numbers.
    pub plan: BreakerPlan,
}

impl GuardPlan {
    /// Whether nothing but numbers tells it from `other`.
    pub(super) fn same_shape(&self, other: &GuardPlan) -> bool {
        let kind = |budget: &Option<BudgetPlan>| budget.as_ref().map(std::mem::discriminant);
        self.edge == other.edge
            && self.rate_limit.is_some() == other.rate_limit.is_some()
            && self.bulkhead.is_some() == other.bulkhead.is_some()
            && kind(&self.budget) == kind(&other.budget)
    }
}

impl SharedBreaker {
    /// Whether nothing but numbers tells it from `other`.
    pub(super) fn same_shape(&self, other: &SharedBreaker) -> bool {
        let kind = std::mem::discriminant::<BreakerWindow>;
        (self.from, self.to, self.op) == (other.from, other.to, other.op)
            && kind(&self.plan.window) == kind(&other.plan.window)
    }
}

impl CallPolicies {
    /// What must not change under a run: which policies there are. A hedge may.
    pub(super) fn shape(&self) -> impl PartialEq + use<> {
        (self.breaker, self.rate_limit, self.bulkhead, self.budget)
    }
}
