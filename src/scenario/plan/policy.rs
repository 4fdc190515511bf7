//! Calls and the policies on them, in the numbers that the engine needs.

use crate::base::{BreakerIx, EdgeIx, HealthIx, LinkIx, NodeIx, OpIx, Pc, PolicyIx, ServiceIx, SimDuration};
pub use crate::scenario::model::health::{HealthCheckPlan, OutlierPlan};
pub use crate::scenario::model::policy::{
    Backoff, BreakerPlan, BreakerScope, BreakerWindow, BudgetPlan, BulkheadPlan, HedgePlan, Jitter,
    RateLimitPlan, RetryHost, RetryOn, RetryPlan, ShareBudgetPlan, TokensPlan, WindowBudgetPlan,
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
    /// To which replicas further requests of the same call go.
    pub retry_host: RetryHost,
    /// What else stands between the caller and the callee.
    pub policies: Option<Box<CallPolicies>>,
    /// First instruction of the fallback, which ends with a `Goto` to `next`.
    pub fallback: Option<Pc>,
    /// Where to go on after success.
    pub next: Pc,
}

impl CallPlan {
    /// Whether it asks again while a request is out.
    pub fn hedges(&self) -> bool {
        self.policies.as_ref().is_some_and(|policies| policies.hedge.is_some())
    }
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
    pub rate_limit: Option<PolicyIx>,
    /// The bulkhead that it asks.
    pub bulkhead: Option<PolicyIx>,
    /// The budget that its retries ask.
    pub budget: Option<PolicyIx>,
    /// When it asks again.
    pub hedge: Option<HedgePlan>,
    /// What it goes by where it chooses a replica, beside the service's `balance`.
    pub health: Option<HealthIx>,
}

/// What a caller, all its replicas together, keeps of the health of a service's replicas.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct HealthPlan {
    /// The caller.
    pub from: NodeIx,
    /// The service.
    pub to: ServiceIx,
    /// When a replica that fails is ejected; none: never.
    pub outliers: Option<OutlierPlan>,
    /// How it asks them; none: not at all.
    pub checks: Option<HealthCheckPlan>,
    /// From the caller to the service.
    pub out: LinkIx,
    /// From the service to the caller.
    pub back: LinkIx,
    /// With a smaller share of the replicas left, it goes by nothing.
    pub panic_threshold: f64,
}

/// A policy that the calls between two nodes for one operation share.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SharedPolicyPlan {
    /// Between whom, for what.
    pub edge: EdgeIx,
    /// Its kind and its numbers.
    pub policy: PolicyPlan,
}

/// The kinds of policies that calls to one operation share.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum PolicyPlan {
    /// How many calls a second.
    RateLimit(RateLimitPlan),
    /// How many calls at one time.
    Bulkhead(BulkheadPlan),
    /// How many retries.
    RetryBudget(BudgetPlan),
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
