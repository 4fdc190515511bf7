//! Retry budgets: how many retries may be out.
//!
//! Two kinds. Envoy's (`source/common/upstream/resource_manager_impl.h`): retries in flight ≤ max(⌊ratio × calls in
//! flight⌋, a minimum). gRPC's (`retry_throttle`, gRFC A6): a bucket of tokens that begins full; a failure takes one,
//! a success gives `ratio` back; no retry unless more than half of the tokens are there.

use crate::scenario::{BudgetPlan, TokensPlan};

/// Rounding of a product of two decimals must not take a whole retry away: 0.29 × 100 is 29.
const ROUNDING: f64 = 1e-9;

/// How many retries may be out while so many calls are: max(⌊ratio × in flight⌋, minimum).
pub fn allowed(ratio: f64, min_concurrent: u32, in_flight: u64) -> u64 {
    // `as` saturates and sends what is no number to zero.
    let share = libm::floor(ratio * in_flight as f64 + ROUNDING) as u64;
    share.max(min_concurrent.into())
}

/// What calls under one budget share: how many are in flight, how many of them are retries, and the tokens.
///
/// A retry counts from the decision to make it, its backoff included, to its end, as Envoy counts it.
#[derive(Clone, Copy, Debug)]
pub struct RetryBudget {
    calls: u32,
    retries: u32,
    tokens: Tokens,
}

impl RetryBudget {
    /// Nothing in flight, all tokens there.
    pub fn new(plan: Option<&BudgetPlan>) -> RetryBudget {
        let tokens = match plan {
            Some(BudgetPlan::Tokens(plan)) => Tokens::full(plan),
            _ => Tokens(0),
        };
        RetryBudget { calls: 0, retries: 0, tokens }
    }

    /// A call begins.
    pub fn call_begins(&mut self) {
        self.calls += 1;
    }

    /// A call is over.
    pub fn call_ends(&mut self) {
        self.calls -= 1;
    }

    /// An attempt was answered or failed.
    pub fn attempt_ended(&mut self, plan: &BudgetPlan, answered: bool) {
        match plan {
            BudgetPlan::Tokens(plan) if answered => self.tokens.succeeded(plan),
            BudgetPlan::Tokens(_) => self.tokens.failed(),
            BudgetPlan::Share { .. } => {}
        }
    }

    /// Retries that are out.
    pub fn retries(&self) -> u32 {
        self.retries
    }

    /// Whether another retry would be allowed.
    pub fn allows(&self, plan: &BudgetPlan) -> bool {
        match plan {
            BudgetPlan::Tokens(plan) => self.tokens.allow(plan),
            BudgetPlan::Share { ratio, min_concurrent } => {
                u64::from(self.retries) < allowed(*ratio, *min_concurrent, self.calls.into())
            }
        }
    }

    /// A retry begins, if it is allowed.
    pub fn retry_begins(&mut self, plan: &BudgetPlan) -> bool {
        let allow = self.allows(plan);
        self.retries += u32::from(allow);
        allow
    }

    /// A retry is over.
    pub fn retry_ends(&mut self) {
        self.retries -= 1;
    }
}

/// A bucket of tokens, in thousandths.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tokens(u64);

impl Tokens {
    /// A full bucket.
    pub fn full(plan: &TokensPlan) -> Tokens {
        Tokens(plan.max_milli)
    }

    /// A failure takes a token.
    pub fn failed(&mut self) {
        self.0 = self.0.saturating_sub(1000);
    }

    /// A success gives back what the plan says, up to a full bucket.
    pub fn succeeded(&mut self, plan: &TokensPlan) {
        self.0 = self.0.saturating_add(plan.ratio_milli).min(plan.max_milli);
    }

    /// Whether a retry is allowed: strictly more than half of the tokens are there.
    pub fn allow(&self, plan: &TokensPlan) -> bool {
        2 * self.0 > plan.max_milli
    }

    /// Tokens in the bucket.
    pub fn level(&self) -> f64 {
        self.0 as f64 / 1000.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_share_is_cut_off_and_never_below_its_minimum() {
        for (ratio, least, in_flight, expected) in [
            (0.2, 3, 0, 3),
            (0.2, 3, 19, 3),
            (0.2, 3, 20, 4),
            (0.29, 0, 100, 29),
            (0.25, 1, 7, 1),
            (0.25, 1, 8, 2),
            (0.0, 0, u64::MAX, 0),
            (1000.0, 0, u64::MAX, u64::MAX),
        ] {
            assert_eq!(allowed(ratio, least, in_flight), expected, "{ratio} {least} {in_flight}");
        }
    }

    #[test]
    fn tokens_stay_within_the_bucket() {
        let plan = TokensPlan { max_milli: 3000, ratio_milli: 700 };
        let mut tokens = Tokens::full(&plan);
        let mut levels = Vec::new();
        for failure in [false, true, true, true, true, false, true] {
            if failure {
                tokens.failed()
            } else {
                tokens.succeeded(&plan)
            }
            levels.push((tokens.level(), tokens.allow(&plan)));
        }
        let expected =
            [(3.0, true), (2.0, true), (1.0, false), (0.0, false), (0.0, false), (0.7, false), (0.0, false)];
        assert_eq!(levels, expected);
        // Exactly half is not more than half.
        assert!(!Tokens(1500).allow(&plan) && Tokens(1501).allow(&plan));
    }
}
