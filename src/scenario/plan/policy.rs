//! Calls and the policies on them, in the numbers that the engine needs.

use crate::base::{BreakerIx, EdgeIx, GuardIx, LinkIx, NodeIx, OpIx, Pc, SimDuration};
pub use crate::scenario::model::policy::{
    Backoff, BreakerPlan, BreakerScope, BreakerWindow, BudgetPlan, BulkheadPlan, HedgePlan, Jitter,
    RateLimitPlan, RetryOn, RetryPlan, TokensPlan,
};

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
