//! Hedge: asks again while the first request of an attempt is out. The first good answer counts.

use super::{Attempt, Policy, Refusal, Verdict};
use crate::scenario::HedgePlan;

/// The hedges of one attempt: a policy that is asked after each request whether another may follow, and when.
#[derive(Clone, Copy, Debug, Default)]
pub struct Hedge {
    /// Requests of the attempt that are not answered.
    out: u32,
    /// Requests of the attempt after its first.
    hedges: u32,
}

impl Hedge {
    /// The attempt's first request is sent.
    pub fn first_sent(&mut self) {
        *self = Hedge { out: 1, hedges: 0 };
    }

    /// A request failed. True while others are out that may be answered.
    pub fn others_are_out(&mut self) -> bool {
        self.out = self.out.saturating_sub(1);
        self.out > 0
    }
}

impl Policy for Hedge {
    type Plan = HedgePlan;
    type Grant = ();

    /// A request was sent: when another may follow.
    fn admit(&mut self, plan: &HedgePlan, attempt: &Attempt) -> Verdict<()> {
        if self.hedges < plan.max {
            Verdict::WaitUntil(attempt.now + plan.after)
        } else {
            Verdict::Refused(Refusal::HedgesSent)
        }
    }

    /// The attempt is still not answered: another request is sent.
    fn waited(&mut self, _: &HedgePlan, _: &Attempt) -> Verdict<()> {
        self.out += 1;
        self.hedges += 1;
        Verdict::Granted(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::{SimDuration, SimTime};
    use crate::engine::runtime::policy::Ticket;

    #[test]
    fn an_attempt_fails_when_all_its_requests_have_failed() {
        let plan = HedgePlan { after: SimDuration(10), max: 2 };
        let at = |nanos| Attempt::first(SimTime(nanos), Ticket(0));
        let mut hedge = Hedge::default();
        // Twice: what one attempt sent does not count for the next.
        for start in [0, 1_000] {
            hedge.first_sent();
            assert_eq!(hedge.admit(&plan, &at(start)), Verdict::WaitUntil(SimTime(start + 10)));
            assert_eq!(hedge.waited(&plan, &at(start + 10)), Verdict::Granted(()));
            assert!(hedge.others_are_out(), "one of two failed");
            assert_eq!(hedge.admit(&plan, &at(start + 10)), Verdict::WaitUntil(SimTime(start + 20)));
            assert_eq!(hedge.waited(&plan, &at(start + 20)), Verdict::Granted(()));
            assert_eq!(hedge.admit(&plan, &at(start + 20)), Verdict::Refused(Refusal::HedgesSent));
            assert!(hedge.others_are_out(), "two of three failed");
            assert!(!hedge.others_are_out(), "all failed");
        }
    }
}
