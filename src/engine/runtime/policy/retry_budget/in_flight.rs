//! A retry budget as a share of the calls in flight, as Envoy counts it
//! (`source/common/upstream/resource_manager_impl.h`): retries ≤ max(⌊ratio × active calls⌋, a minimum).
//!
//! A retry counts from the decision to make it, its backoff included, to its end. A call is active while one of its
//! attempts is: it asks for permission or is out, but does not wait in a backoff. So a failure is judged by those that are
//! left, and where everything fails retries settle at r·A beside A active calls, not at r·A ÷ (1 − r).

use super::grant::Try;
use crate::base::SimTime;
use crate::engine::runtime::policy::{Attempt, Ended, Policy, Refusal, Verdict};
use crate::scenario::ShareBudgetPlan;

/// Rounding of a product of two decimals must not take a whole retry away: 0.29 × 100 is 29.
const ROUNDING: f64 = 1e-9;

/// How many retries may be out while so many calls are: max(⌊ratio × in flight⌋, minimum).
pub fn allowed(plan: &ShareBudgetPlan, in_flight: u64) -> u64 {
    // `as` saturates and sends what is no number to zero.
    let share = libm::floor(plan.ratio * in_flight as f64 + ROUNDING) as u64;
    share.max(plan.min_concurrent.into())
}

/// How many calls are active, and how many retries are decided or made.
#[derive(Clone, Copy, Debug, Default)]
pub struct InFlightBudget {
    active: u32,
    retries: u32,
}

impl InFlightBudget {
    /// Whether it would allow another retry.
    pub fn allows(&self, plan: &ShareBudgetPlan) -> bool {
        u64::from(self.retries) < allowed(plan, self.active.into())
    }
}

impl Policy for InFlightBudget {
    type Plan = ShareBudgetPlan;
    type Grant = Try;

    fn admit(&mut self, plan: &ShareBudgetPlan, attempt: &Attempt) -> Verdict<Try> {
        if attempt.failed.is_none() {
            self.active += 1;
            return Verdict::Granted(Try::First);
        }
        if !self.allows(plan) {
            return Verdict::Refused(Refusal::BudgetSpent);
        }
        self.retries += 1;
        Verdict::Granted(Try::BackingOff)
    }

    /// The backoff is over: the call is active again, and the retry has counted since it was decided.
    fn waited(&mut self, _: &ShareBudgetPlan, _: &Attempt) -> Verdict<Try> {
        self.active += 1;
        Verdict::Granted(Try::Retry)
    }

    fn result(&mut self, plan: &ShareBudgetPlan, granted: Try, ended: &Ended) {
        self.release(plan, granted, ended.now);
    }

    fn release(&mut self, _: &ShareBudgetPlan, granted: Try, _: SimTime) {
        self.active -= u32::from(granted != Try::BackingOff);
        self.retries -= u32::from(granted != Try::First);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::runtime::policy::Ticket;
    use crate::observation::Failure;

    #[test]
    fn a_share_is_cut_off_and_never_below_its_minimum() {
        for (ratio, min_concurrent, in_flight, expected) in [
            (0.2, 3, 0, 3),
            (0.2, 3, 19, 3),
            (0.2, 3, 20, 4),
            (0.29, 0, 100, 29),
            (0.25, 1, 7, 1),
            (0.25, 1, 8, 2),
            (0.0, 0, u64::MAX, 0),
            (1000.0, 0, u64::MAX, u64::MAX),
        ] {
            let plan = ShareBudgetPlan { ratio, min_concurrent };
            assert_eq!(allowed(&plan, in_flight), expected, "{plan:?} {in_flight}");
        }
    }

    #[test]
    fn a_retry_counts_from_the_decision_to_its_end() {
        let plan = ShareBudgetPlan { ratio: 0.5, min_concurrent: 0 };
        let first = Attempt::first(SimTime::ZERO, Ticket(0));
        let retry = Attempt { number: 2, failed: Some(Failure::Error), ..first };
        let failed = Ended { now: SimTime::ZERO, failed: Some(Failure::Error), retryable: true };
        let mut budget = InFlightBudget::default();
        for _ in 0..6 {
            assert_eq!(budget.admit(&plan, &first), Verdict::Granted(Try::First));
        }
        let fails = |budget: &mut InFlightBudget| {
            budget.result(&plan, Try::First, &failed);
            budget.admit(&plan, &retry)
        };
        let (granted, spent) = (Verdict::Granted(Try::BackingOff), Verdict::Refused(Refusal::BudgetSpent));
        assert_eq!(fails(&mut budget), granted, "half of the five that are left");
        assert_eq!(fails(&mut budget), granted, "half of four");
        assert_eq!(fails(&mut budget), spent, "half of three is one, and two wait in their backoff");
        assert_eq!(budget.waited(&plan, &retry), Verdict::Granted(Try::Retry));
        assert!(!budget.allows(&plan), "four are active again, and it counts on");
        budget.result(&plan, Try::Retry, &failed);
        assert!(!budget.allows(&plan), "half of three, and one waits");
        budget.release(&plan, Try::BackingOff, SimTime::ZERO);
        assert!(budget.allows(&plan));
        budget.release(&plan, Try::First, SimTime::ZERO);
        budget.release(&plan, Try::First, SimTime::ZERO);
        assert!(!budget.allows(&plan), "half of one call is none");
    }
}
