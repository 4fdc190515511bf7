//! Rate limit: a token bucket, refilled continuously.
//!
//! The bucket begins full, `burst` tokens deep. Who finds too few waits until there are enough, if that is not longer
//! than `max_wait`, and takes them at once, so that the bucket goes below zero; who is refused takes nothing.

use super::{Attempt, Policy, Refusal, Verdict};
use crate::base::{SimDuration, SimTime};
use crate::scenario::RateLimitPlan;

/// What rounding may cost of a wait, in nanoseconds.
const ROUNDING: f64 = 1e-3;

/// A token bucket.
#[derive(Clone, Copy, Debug, Default)]
pub struct RateLimit {
    /// Tokens that were taken and have not been refilled, as of `at`.
    owed: f64,
    at: SimTime,
}

impl RateLimit {
    /// Tokens in the bucket at `now`, 0 to its burst.
    pub fn level(&self, plan: &RateLimitPlan, now: SimTime) -> f64 {
        let refilled = now.since(self.at).0 as f64 * 1e-9 * plan.rate;
        (f64::from(plan.burst) - (self.owed - refilled).max(0.0)).max(0.0)
    }

    /// Takes so many tokens: how long to wait for them, or none where that is too long. A bucket never holds more
    /// than `burst`, however long one waits.
    pub fn acquire(&mut self, plan: &RateLimitPlan, now: SimTime, tokens: f64) -> Option<SimDuration> {
        let refilled = now.since(self.at).0 as f64 * 1e-9 * plan.rate;
        self.owed = (self.owed - refilled).max(0.0);
        self.at = now;
        let burst = f64::from(plan.burst);
        if tokens > burst {
            return None;
        }
        let missing = self.owed + tokens - burst;
        // `as` saturates and sends what is negative to zero.
        let wait = SimDuration(libm::ceil(missing / plan.rate * 1e9 - ROUNDING) as u64);
        if wait > plan.max_wait {
            return None;
        }
        self.owed += tokens;
        Some(wait)
    }
}

/// An attempt costs a token. One that is never sent does not give it back.
impl Policy for RateLimit {
    type Plan = RateLimitPlan;
    type Grant = ();

    fn admit(&mut self, plan: &RateLimitPlan, attempt: &Attempt) -> Verdict<()> {
        match self.acquire(plan, attempt.now, 1.0) {
            Some(SimDuration::ZERO) => Verdict::Granted(()),
            Some(wait) => Verdict::WaitUntil(attempt.now + wait),
            None => Verdict::Refused(Refusal::RateLimited),
        }
    }

    /// Its token was taken when the wait began.
    fn waited(&mut self, _: &RateLimitPlan, _: &Attempt) -> Verdict<()> {
        Verdict::Granted(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::runtime::policy::Ticket;

    #[test]
    fn an_attempt_that_waits_has_its_token() {
        let plan = RateLimitPlan { rate: 10.0, burst: 1, max_wait: SimDuration::from_millis(100) };
        let mut limit = RateLimit::default();
        let at = |millis| Attempt::first(SimTime::ZERO + SimDuration::from_millis(millis), Ticket(0));
        assert_eq!(limit.admit(&plan, &at(0)), Verdict::Granted(()));
        assert_eq!(limit.admit(&plan, &at(0)), Verdict::WaitUntil(at(100).now));
        assert_eq!(limit.admit(&plan, &at(50)), Verdict::Refused(Refusal::RateLimited));
        assert_eq!(limit.waited(&plan, &at(100)), Verdict::Granted(()));
        assert_eq!(limit.admit(&plan, &at(100)), Verdict::WaitUntil(at(200).now));
    }

    #[test]
    fn tokens_come_back_continuously_and_exactly() {
        let plan =
            |rate, burst, wait_ms| RateLimitPlan { rate, burst, max_wait: SimDuration::from_millis(wait_ms) };
        type Asked = &'static [(u64, f64, Option<u64>)];
        let cases: [(RateLimitPlan, Asked); 5] = [
            // A third of a second is no whole number of nanoseconds: enough is there only after it.
            (plan(3.0, 1, 0), &[(0, 1.0, Some(0)), (333_333_333, 1.0, None), (333_333_334, 1.0, Some(0))]),
            (plan(10.0, 1, 0), &[(0, 1.0, Some(0)), (99_999_999, 1.0, None), (100_000_000, 1.0, Some(0))]),
            // A refusal takes nothing, a wait takes at once.
            (
                plan(1.0, 1, 1000),
                &[(0, 1.0, Some(0)), (0, 1.0, Some(1_000_000_000)), (0, 1.0, None), (1, 1.0, None)],
            ),
            // No more than the burst gathers.
            (plan(10.0, 2, 0), &[(3_600_000_000_000, 2.0, Some(0)), (3_600_000_000_000, 1.0, None)]),
            (
                plan(10.0, 10, 3_600_000),
                &[(0, 11.0, None), (0, 10.0, Some(0)), (0, 10.0, Some(1_000_000_000))],
            ),
        ];
        for (plan, steps) in cases {
            let mut limit = RateLimit::default();
            for &(at, tokens, expected) in steps {
                let got = limit.acquire(&plan, SimTime(at), tokens);
                assert_eq!(got, expected.map(SimDuration), "{plan:?} at {at}");
            }
        }
    }

    #[test]
    fn a_long_run_loses_no_token() {
        let plan = RateLimitPlan { rate: 7.0, burst: 3, max_wait: SimDuration::ZERO };
        let mut limit = RateLimit::default();
        let asked = (0..1_000_000u64).map(|step| step * 1_000_000);
        let permitted = asked.filter(|&at| limit.acquire(&plan, SimTime(at), 1.0).is_some()).count();
        // 1,000 s at 7/s, and the first three.
        assert!((7_002..=7_003).contains(&permitted), "{permitted}");
    }
}
