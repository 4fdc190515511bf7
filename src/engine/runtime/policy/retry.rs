//! Retry: whether to try again, and how long to wait before.
//!
//! Backoff as in the AWS Architecture Blog's "Exponential Backoff And Jitter" (2015); the cap comes before the
//! jitter.

use crate::base::{SimDuration, Stream};
use crate::observation::Failure;
use crate::scenario::{Backoff, Jitter, RetryPlan};

/// Whether a failed attempt (number `attempt`, from 1) is followed by another.
pub fn tries_again(policy: &RetryPlan, attempt: u32, failure: Failure) -> bool {
    let covered = match failure {
        Failure::Timeout => policy.on.timeout,
        // A refused connection is an error to its caller.
        Failure::Error | Failure::Unavailable => policy.on.error,
        // Of an attempt that was made, this is the callee's own limit.
        Failure::Rejected | Failure::RateLimited => policy.on.rejected,
        // The caller's own policies refused: trying again at once would only ask them again.
        Failure::BreakerOpen | Failure::BulkheadFull => false,
    };
    covered && attempt < policy.attempts
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

/// The wait before the next attempt, drawn. Without jitter nothing is drawn.
pub fn draw(
    backoff: &Backoff,
    retry: u32,
    previous: Option<SimDuration>,
    stream: &mut Stream,
) -> SimDuration {
    let random = if backoff.jitter == Jitter::None { 0.0 } else { stream.unit() };
    delay(backoff, retry, previous, random)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(jitter: Jitter, retry: u32, previous_ms: Option<u64>, random: f64, expected_ms: u64) {
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
        check(Jitter::None, 1, None, 0.7, 100);
        check(Jitter::None, 4, None, 0.0, 800);
        check(Jitter::None, 8, None, 0.0, 10_000);
        check(Jitter::None, u32::MAX, None, 0.0, 10_000);
        check(Jitter::Full, 1, None, 0.5, 50);
        check(Jitter::Full, 3, None, 1.0, 400);
        check(Jitter::Equal, 2, None, 0.5, 150);
        check(Jitter::Decorrelated, 9, None, 0.5, 200);
        check(Jitter::Decorrelated, 1, Some(1_000), 1.0, 3_000);
        check(Jitter::Decorrelated, 1, Some(9_000), 1.0, 10_000);
    }
}
