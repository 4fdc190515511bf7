//! Retry: whether a failed attempt is followed by another, and how long to wait before it.
//!
//! Backoff as in the AWS Architecture Blog's "Exponential Backoff And Jitter" (2015); the cap comes before the
//! jitter.

use super::{Attempt, Policy, Refusal, Verdict};
use crate::base::{SimDuration, Stream};
use crate::observation::Failure;
use crate::scenario::{Backoff, Jitter, RetryPlan};

/// The retries of one call.
#[derive(Clone, Copy, Debug, Default)]
pub struct Retry {
    /// The wait before the last retry, for decorrelated jitter.
    previous: Option<SimDuration>,
}

impl Retry {
    /// Draws the wait before retry number `retry` (from 1). Without jitter nothing is drawn.
    pub fn back_off(&mut self, backoff: &Backoff, retry: u32, stream: &mut Stream) -> SimDuration {
        let random = if backoff.jitter == Jitter::None { 0.0 } else { stream.unit() };
        let wait = delay(backoff, retry, self.previous, random);
        self.previous = Some(wait);
        wait
    }
}

impl Policy for Retry {
    type Plan = RetryPlan;
    type Grant = ();

    /// The first attempt, or another after one that failed. What is granted to the latter is a wait of
    /// [`Retry::back_off`].
    #[inline(always)]
    fn admit(&mut self, plan: &RetryPlan, attempt: &Attempt) -> Verdict<()> {
        match attempt.failed {
            Some(failure) if !covers(plan, failure) || attempt.number > plan.attempts => {
                Verdict::Refused(Refusal::NotRetried)
            }
            _ => self.waited(plan, attempt),
        }
    }

    /// The backoff is over: the attempt is made if the request still has time.
    #[inline(always)]
    fn waited(&mut self, _: &RetryPlan, attempt: &Attempt) -> Verdict<()> {
        if attempt.deadline > attempt.now {
            Verdict::Granted(())
        } else {
            Verdict::Refused(Refusal::TimedOut)
        }
    }
}

/// Whether an attempt that failed like this may be tried again, whatever its number.
pub fn covers(plan: &RetryPlan, failure: Failure) -> bool {
    match failure {
        Failure::Timeout => plan.on.timeout,
        // A refused connection is an error to its caller.
        Failure::Error | Failure::Unavailable => plan.on.error,
        // Of an attempt that was made, this is the callee's own limit.
        Failure::Rejected | Failure::RateLimited => plan.on.rejected,
        // The caller's own policies refused: trying again at once would only ask them again.
        Failure::BreakerOpen | Failure::BulkheadFull => false,
    }
}

/// The wait before retry number `retry` (from 1), with `random` in [0, 1] for the draw. `previous` is the wait
/// before the retry before, which decorrelated jitter looks at instead of the number.
pub fn delay(backoff: &Backoff, retry: u32, previous: Option<SimDuration>, random: f64) -> SimDuration {
    let cap = backoff.cap.0 as f64;
    let base = backoff.base.0 as f64;
    let nanos = match backoff.jitter {
        Jitter::Decorrelated => {
            let previous = previous.map_or(base, |wait| wait.0 as f64);
            (base + random * (3.0 * previous - base)).min(cap)
        }
        jitter => {
            // A factor's power may be infinite, and 0 times it no number: `min` then gives the cap.
            let grown = base * libm::pow(backoff.factor, f64::from(retry.saturating_sub(1)));
            let grown = grown.min(cap);
            match jitter {
                Jitter::Full => random * grown,
                Jitter::Equal => grown / 2.0 + random * grown / 2.0,
                _ => grown,
            }
        }
    };
    SimDuration(libm::round(nanos) as u64)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::SimTime;
    use crate::engine::runtime::policy::Ticket;
    use crate::scenario::RetryOn;

    fn check_delay(jitter: Jitter, retry: u32, previous_ms: Option<u64>, random: f64, expected_ms: u64) {
        let backoff = Backoff {
            base: SimDuration::from_millis(100),
            factor: 2.0,
            cap: SimDuration::from_millis(10_000),
            jitter,
        };
        let got = delay(&backoff, retry, previous_ms.map(SimDuration::from_millis), random);
        assert_eq!(got, SimDuration::from_millis(expected_ms), "{jitter:?} {retry} {previous_ms:?} {random}");
    }

    #[test]
    fn the_formulas_hold() {
        check_delay(Jitter::None, 1, None, 0.7, 100);
        check_delay(Jitter::None, 4, None, 0.0, 800);
        check_delay(Jitter::None, 8, None, 0.0, 10_000);
        check_delay(Jitter::None, u32::MAX, None, 0.0, 10_000);
        check_delay(Jitter::Full, 1, None, 0.5, 50);
        check_delay(Jitter::Full, 3, None, 1.0, 400);
        check_delay(Jitter::Equal, 2, None, 0.5, 150);
        check_delay(Jitter::Decorrelated, 9, None, 0.5, 200);
        check_delay(Jitter::Decorrelated, 1, Some(1_000), 1.0, 3_000);
        check_delay(Jitter::Decorrelated, 1, Some(9_000), 1.0, 10_000);
    }

    fn plan() -> RetryPlan {
        let backoff =
            Backoff { base: SimDuration(100), factor: 2.0, cap: SimDuration(1_000), jitter: Jitter::None };
        RetryPlan {
            attempts: 3,
            on: RetryOn { timeout: true, error: false, rejected: true },
            backoff,
            budget: None,
        }
    }

    #[test]
    fn an_attempt_follows_what_is_covered_while_attempts_and_time_are_left() {
        let first = Attempt { deadline: SimTime(50), ..Attempt::first(SimTime(10), Ticket(0)) };
        let granted = Verdict::Granted(());
        let (never, late) = (Verdict::Refused(Refusal::NotRetried), Verdict::Refused(Refusal::TimedOut));
        for (number, failed, now, expected) in [
            (1, None, 10, granted),
            (1, None, 50, late),
            (2, Some(Failure::Timeout), 10, granted),
            (3, Some(Failure::Rejected), 49, granted),
            (3, Some(Failure::Rejected), 50, late),
            (4, Some(Failure::Rejected), 10, never),
            (2, Some(Failure::Error), 10, never),
            (2, Some(Failure::Unavailable), 10, never),
            (2, Some(Failure::BreakerOpen), 10, never),
            (2, Some(Failure::BulkheadFull), 10, never),
        ] {
            let attempt = Attempt { number, failed, now: SimTime(now), ..first };
            assert_eq!(Retry::default().admit(&plan(), &attempt), expected, "{attempt:?}");
        }
        let after_backoff = |now| Attempt { number: 2, now: SimTime(now), ..first };
        assert_eq!(Retry::default().waited(&plan(), &after_backoff(49)), granted);
        assert_eq!(Retry::default().waited(&plan(), &after_backoff(50)), late);
    }

    #[test]
    fn the_next_wait_of_decorrelated_jitter_builds_on_the_one_before() {
        let backoff = Backoff { jitter: Jitter::Decorrelated, cap: SimDuration(u64::MAX), ..plan().backoff };
        let (mut retry, mut stream) = (Retry::default(), Stream::new(1, "retry", "test"));
        let mut previous = backoff.base;
        for number in 1..20 {
            let wait = retry.back_off(&backoff, number, &mut stream);
            assert!(wait >= backoff.base && wait.0 <= 3 * previous.0, "{wait:?} after {previous:?}");
            previous = wait;
        }
        // Without jitter nothing is drawn.
        let mut untouched = stream.clone();
        assert_eq!(retry.back_off(&plan().backoff, 2, &mut stream), SimDuration(200));
        assert_eq!(stream.unit(), untouched.unit());
    }
}
