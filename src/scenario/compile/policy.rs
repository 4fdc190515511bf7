//! Policies on a call: from what is written to the numbers of the plan.

use super::Compiler;
use crate::base::{BreakerIx, Diagnostic, EdgeIx, GuardIx, Json};
use crate::scenario::model::{self, RetryOn};
use crate::scenario::reader::Reader;
use crate::scenario::shape::Coded;
use crate::scenario::{
    Backoff, BreakerPlan, BreakerWindow, BudgetPlan, BulkheadPlan, CallPolicies, EdgePlan, GuardPlan,
    HedgePlan, Jitter, RateLimitPlan, RetryPlan, SharedBreaker, TokensPlan,
};

/// What Envoy allows at least, where a budget does not say.
const MIN_CONCURRENT: u32 = 3;

impl Compiler<'_> {
    /// What else stands between the caller and the callee of a call on this edge.
    pub(super) fn policies(&mut self, edge: EdgeIx, call: &model::Call<'_>) -> Option<Box<CallPolicies>> {
        let none = GuardPlan { edge, rate_limit: None, bulkhead: None, budget: None };
        let rate_limit =
            call.rate_limit().map(|written| GuardPlan { rate_limit: Some(rate_limit(written)), ..none });
        let bulkhead = call.bulkhead().map(|written| GuardPlan { bulkhead: Some(bulkhead(written)), ..none });
        let budget = call.retry().and_then(|retry| retry.budget());
        let budget = budget.map(|written| GuardPlan { budget: Some(self::budget(written)), ..none });
        let policies = CallPolicies {
            breaker: call.circuit_breaker().map(|written| self.breaker(edge, written)),
            rate_limit: rate_limit.map(|guard| self.guard(guard)),
            bulkhead: bulkhead.map(|guard| self.guard(guard)),
            budget: budget.map(|guard| self.guard(guard)),
            hedge: call.hedge().map(|hedge| HedgePlan { after: hedge.after(), max: hedge.max() }),
        };
        let CallPolicies { breaker, rate_limit, bulkhead, budget, hedge } = policies;
        let any = breaker.is_some()
            || [rate_limit, bulkhead, budget].iter().any(Option::is_some)
            || hedge.is_some();
        any.then(|| Box::new(policies))
    }

    /// The breaker that calls like this share, made where it is not there yet.
    fn breaker(&mut self, edge: EdgeIx, written: model::CircuitBreaker<'_>) -> BreakerIx {
        let EdgePlan { from, to, op } = self.plan.edges[edge.at()];
        let op = (written.per() == model::BreakerScope::Operation).then_some(op);
        let breaker = SharedBreaker { from, to, op, plan: breaker(written) };
        BreakerIx(shared(&mut self.plan.breakers, breaker))
    }

    /// What calls like this share, made where it is not there yet.
    fn guard(&mut self, guard: GuardPlan) -> GuardIx {
        GuardIx(shared(&mut self.plan.guards, guard))
    }
}

/// The place of something in a table, to which it is added where it is not there yet.
fn shared<T: PartialEq>(table: &mut Vec<T>, wanted: T) -> u32 {
    let found = table.iter().position(|other| *other == wanted);
    found.unwrap_or_else(|| {
        table.push(wanted);
        table.len() - 1
    }) as u32
}

/// The retry policy; without one, a single try.
pub(super) fn retry(written: Option<model::Retry<'_>>) -> RetryPlan {
    let on = |what| written.is_some_and(|retry| retry.on().iter().any(|on| on == what));
    let none =
        Backoff { base: Default::default(), factor: 1.0, cap: Default::default(), jitter: Jitter::None };
    RetryPlan {
        attempts: written.map_or(1, |retry| retry.attempts()),
        on_timeout: on(RetryOn::Timeout),
        on_error: on(RetryOn::Error),
        on_rejected: on(RetryOn::Rejected),
        backoff: written.map_or(none, |retry| backoff(retry.backoff())),
    }
}

fn backoff(written: model::Backoff<'_>) -> Backoff {
    Backoff {
        base: written.base(),
        factor: written.factor(),
        cap: written.cap(),
        jitter: match written.jitter() {
            model::Jitter::None => Jitter::None,
            model::Jitter::Full => Jitter::Full,
            model::Jitter::Equal => Jitter::Equal,
            model::Jitter::Decorrelated => Jitter::Decorrelated,
        },
    }
}

fn budget(written: model::Budget<'_>) -> BudgetPlan {
    match written.tokens() {
        // gRPC reads three decimals and cuts off the rest; a product of decimals may fall short of its value.
        Some(tokens) => BudgetPlan::Tokens(TokensPlan {
            max_milli: u64::from(tokens) * 1000,
            ratio_milli: libm::floor(written.ratio() * 1000.0 + 1e-6) as u64,
        }),
        None => BudgetPlan::Share {
            ratio: written.ratio(),
            min_concurrent: written.min_concurrent().unwrap_or(MIN_CONCURRENT),
        },
    }
}

fn breaker(written: model::CircuitBreaker<'_>) -> BreakerPlan {
    BreakerPlan {
        window: match written.window() {
            model::BreakerWindow::Calls(calls) => BreakerWindow::Calls(calls),
            model::BreakerWindow::Time(length) => BreakerWindow::Seconds(length.0.div_ceil(1_000_000_000)),
        },
        failure_rate: written.failure_rate(),
        slow_rate: written.slow_rate(),
        slow_call: written.slow_call(),
        minimum_calls: written.minimum_calls(),
        open_for: written.open_for(),
        half_open_calls: written.half_open_calls(),
        half_open_max: written.half_open_max(),
    }
}

fn bulkhead(written: model::Bulkhead<'_>) -> BulkheadPlan {
    BulkheadPlan { max_concurrent: written.max_concurrent(), max_wait: written.max_wait() }
}

fn rate_limit(written: model::RateLimit<'_>) -> RateLimitPlan {
    RateLimitPlan { rate: written.rate(), burst: written.burst(), max_wait: written.max_wait() }
}

/// A service's own limit: nobody waits for it.
pub(super) fn bucket(written: model::Bucket<'_>) -> RateLimitPlan {
    RateLimitPlan { rate: written.rate(), burst: written.burst(), max_wait: Default::default() }
}

/// Reads a call's `circuit_breaker` by itself, its defaults filled in.
pub fn read_breaker(json: &Json) -> Result<BreakerPlan, Vec<Diagnostic>> {
    read::<model::CircuitBreaker>(json).map(|full| breaker(model::CircuitBreaker::decode(&full)))
}

/// Reads a call's `bulkhead` by itself, its defaults filled in.
pub fn read_bulkhead(json: &Json) -> Result<BulkheadPlan, Vec<Diagnostic>> {
    read::<model::Bulkhead>(json).map(|full| bulkhead(model::Bulkhead::decode(&full)))
}

/// Reads a call's `rate_limit` by itself, its defaults filled in.
pub fn read_rate_limit(json: &Json) -> Result<RateLimitPlan, Vec<Diagnostic>> {
    read::<model::RateLimit>(json).map(|full| rate_limit(model::RateLimit::decode(&full)))
}

/// Reads a retry's `backoff` by itself, its defaults filled in.
pub fn read_backoff(json: &Json) -> Result<Backoff, Vec<Diagnostic>> {
    read::<model::Backoff>(json).map(|full| backoff(model::Backoff::decode(&full)))
}

/// Reads a retry's `budget` by itself, its defaults filled in.
pub fn read_budget(json: &Json) -> Result<BudgetPlan, Vec<Diagnostic>> {
    read::<model::Budget>(json).map(|full| budget(model::Budget::decode(&full)))
}

/// Reads the name of an `assignor`.
pub fn read_assignor(json: &Json) -> Result<model::Assignor, Vec<Diagnostic>> {
    read::<model::Assignor>(json).map(|full| model::Assignor::decode(&full))
}

/// A part of the language by itself, its defaults filled in.
fn read<'a, T: Coded<'a>>(json: &Json) -> Result<Json, Vec<Diagnostic>> {
    let mut reader = Reader::new(Vec::new());
    let full = reader.read(json, &T::SHAPE);
    if reader.found.is_empty() { Ok(full) } else { Err(reader.found) }
}
