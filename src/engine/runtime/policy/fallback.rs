//! Fallback: steps that run instead of the failure of a call.

use super::{Attempt, Policy, Refusal, Verdict};
use crate::base::Pc;

/// The fallback of a call. It remembers nothing: it is asked when the call would fail.
///
/// It is the outermost policy: it covers whatever made the call fail, its own policies' refusals included. The answer
/// of its steps counts as degraded.
#[derive(Clone, Copy, Debug)]
pub struct Fallback;

impl Policy for Fallback {
    /// Its first instruction; `None`: the call fails.
    type Plan = Option<Pc>;
    type Grant = Pc;

    #[inline(always)]
    fn admit(&mut self, plan: &Option<Pc>, _: &Attempt) -> Verdict<Pc> {
        plan.map_or(Verdict::Refused(Refusal::NoFallback), Verdict::Granted)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::SimTime;
    use crate::engine::runtime::policy::Ticket;
    use crate::observation::Failure;

    #[test]
    fn it_covers_every_failure_where_there_is_one() {
        for failure in Failure::ALL {
            let attempt = Attempt { failed: Some(failure), ..Attempt::first(SimTime::ZERO, Ticket(0)) };
            assert_eq!(Fallback.admit(&Some(Pc(7)), &attempt), Verdict::Granted(Pc(7)), "{failure:?}");
            assert_eq!(Fallback.admit(&None, &attempt), Verdict::Refused(Refusal::NoFallback), "{failure:?}");
        }
    }
}
