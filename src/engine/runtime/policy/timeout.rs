//! Timeout: how long the caller waits for the answer to an attempt, hedges included.

use super::{Attempt, Policy, Refusal, Verdict};
use crate::base::{SimDuration, SimTime};

/// The timeout of a call. It remembers nothing: it is asked about an attempt at the instant when that is sent.
///
/// The request's own deadline ends the wait too. The callee learns of neither.
#[derive(Clone, Copy, Debug)]
pub struct Timeout;

impl Policy for Timeout {
    /// How long to wait; `None`: until the request's deadline.
    type Plan = Option<SimDuration>;
    type Grant = ();

    #[inline(always)]
    fn admit(&mut self, plan: &Option<SimDuration>, attempt: &Attempt) -> Verdict<()> {
        let ends = plan.map_or(SimTime::NEVER, |timeout| attempt.now + timeout);
        Verdict::WaitUntil(ends.min(attempt.deadline))
    }

    fn waited(&mut self, _: &Option<SimDuration>, _: &Attempt) -> Verdict<()> {
        Verdict::Refused(Refusal::TimedOut)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::runtime::policy::Ticket;

    #[test]
    fn the_earlier_of_timeout_and_deadline_ends_the_wait() {
        let sent = SimTime(1_000);
        for (timeout, deadline, ends) in [
            (None, u64::MAX, u64::MAX),
            (None, 1_700, 1_700),
            (Some(500), u64::MAX, 1_500),
            (Some(500), 1_200, 1_200),
            (Some(u64::MAX), u64::MAX, u64::MAX),
        ] {
            let attempt = Attempt { deadline: SimTime(deadline), ..Attempt::first(sent, Ticket(0)) };
            let verdict = Timeout.admit(&timeout.map(SimDuration), &attempt);
            assert_eq!(verdict, Verdict::WaitUntil(SimTime(ends)), "{timeout:?} {deadline}");
            assert_eq!(Timeout.waited(&None, &attempt), Verdict::Refused(Refusal::TimedOut));
        }
    }
}
