//! A retry budget of tokens, as gRPC counts them (`retry_throttle`, gRFC A6): the bucket begins full; a failure takes
//! one, a success gives `ratio` back; no retry unless more than half of the tokens are there.

use super::grant::Try;
use crate::engine::runtime::policy::{Attempt, Ended, Policy, Refusal, Verdict};
use crate::scenario::TokensPlan;

/// A bucket of tokens, in thousandths.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TokenBudget(u64);

impl TokenBudget {
    /// A full bucket.
    pub fn full(plan: &TokensPlan) -> TokenBudget {
        TokenBudget(plan.max_milli)
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
    pub fn allows(&self, plan: &TokensPlan) -> bool {
        2 * self.0 > plan.max_milli
    }

    /// Tokens in the bucket.
    pub fn level(&self) -> f64 {
        self.0 as f64 / 1000.0
    }
}

impl Policy for TokenBudget {
    type Plan = TokensPlan;
    type Grant = Try;

    fn admit(&mut self, plan: &TokensPlan, attempt: &Attempt) -> Verdict<Try> {
        match attempt.failed {
            None => Verdict::Granted(Try::First),
            Some(_) if self.allows(plan) => Verdict::Granted(Try::BackingOff),
            Some(_) => Verdict::Refused(Refusal::BudgetSpent),
        }
    }

    fn waited(&mut self, _: &TokensPlan, _: &Attempt) -> Verdict<Try> {
        Verdict::Granted(Try::Retry)
    }

    fn result(&mut self, plan: &TokensPlan, _: Try, ended: &Ended) {
        match ended.failed {
            Some(_) => self.failed(),
            None => self.succeeded(plan),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::SimTime;
    use crate::engine::runtime::policy::Ticket;
    use crate::observation::Failure;

    #[test]
    fn tokens_stay_within_the_bucket() {
        let plan = TokensPlan { max_milli: 3000, ratio_milli: 700 };
        let mut tokens = TokenBudget::full(&plan);
        let mut levels = Vec::new();
        for failure in [false, true, true, true, true, false, true] {
            let failed = failure.then_some(Failure::Error);
            tokens.result(&plan, Try::First, &Ended { now: SimTime::ZERO, failed, retryable: true });
            levels.push((tokens.level(), tokens.allows(&plan)));
        }
        let expected =
            [(3.0, true), (2.0, true), (1.0, false), (0.0, false), (0.0, false), (0.7, false), (0.0, false)];
        assert_eq!(levels, expected);
    }

    #[test]
    fn exactly_half_is_not_more_than_half() {
        let plan = TokensPlan { max_milli: 3000, ratio_milli: 0 };
        let first = Attempt::first(SimTime::ZERO, Ticket(0));
        let retry = Attempt { number: 2, failed: Some(Failure::Error), ..first };
        for (level, verdict) in
            [(1500, Verdict::Refused(Refusal::BudgetSpent)), (1501, Verdict::Granted(Try::BackingOff))]
        {
            let mut tokens = TokenBudget(level);
            assert_eq!(tokens.admit(&plan, &retry), verdict, "{level}");
            assert_eq!(
                tokens.admit(&plan, &first),
                Verdict::Granted(Try::First),
                "{level}: a first attempt is none"
            );
        }
    }
}
