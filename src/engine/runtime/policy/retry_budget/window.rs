//! A retry budget as Linkerd counts it: a balance of what requests of the last `ttl` deposited and retries withdrew,
//! above a reserve of `min_per_second`.
//!
//! linkerd2-proxy keeps the budget of a service profile in tower's `TpsBudget` (`tower/src/retry/budget/tps_budget.rs`),
//! which follows Finagle's `RetryBudget`. An attempt that need not be tried again deposits: it was answered, or failed in
//! a way that the retry policy does not cover (`linkerd/app/outbound/src/http/retry.rs`). A retry withdraws, when it is
//! decided. So where everything fails nothing is deposited, and the reserve alone is left.
//!
//! Tokens are whole. Up to a ratio of 1 a deposit is one token and a retry costs ⌊1 ÷ ratio⌋; above it a deposit is
//! 1,000 tokens and a retry costs ⌊1,000 ÷ ratio⌋. The `ttl` is ten slots; a deposit and a withdrawal are forgotten
//! together with their slot, the reserve never is. As in tower, a slot ends with the first question after its time, and
//! the next begins there.

use super::grant::Try;
use crate::base::SimTime;
use crate::engine::runtime::policy::{Attempt, Ended, Policy, Refusal, Verdict};
use crate::scenario::WindowBudgetPlan;

/// Slots of the `ttl`.
const SLOTS: u64 = 10;

/// What a request deposits and what a retry costs, in whole tokens, as tower's `TpsBudget::new` counts them.
fn deposit_and_cost(plan: &WindowBudgetPlan) -> (i64, i64) {
    // `as` saturates.
    match plan.ratio {
        0.0 => (0, 1),
        ratio if ratio <= 1.0 => (1, (1.0 / ratio) as i64),
        ratio => (1000, (1000.0 / ratio) as i64),
    }
}

/// What is there besides deposits: `min_per_second` retries for each whole second of the `ttl`.
fn reserve(plan: &WindowBudgetPlan, cost: i64) -> i64 {
    let seconds = (plan.ttl.0 / 1_000_000_000) as i64;
    i64::from(plan.min_per_second).saturating_mul(seconds).saturating_mul(cost)
}

/// What was deposited less what was withdrawn, slot by slot.
#[derive(Clone, Copy, Debug, Default)]
pub struct WindowBudget {
    slots: [i64; SLOTS as usize],
    /// The slot that the present one is kept in when it ends.
    index: usize,
    /// The present slot.
    present: i64,
    /// When it began.
    since: SimTime,
}

impl WindowBudget {
    /// A request that need not be tried again deposits.
    pub fn deposit(&mut self, plan: &WindowBudgetPlan, now: SimTime) {
        self.expire(plan, now);
        self.present = self.present.saturating_add(deposit_and_cost(plan).0);
    }

    /// A retry withdraws, if the balance covers it.
    pub fn withdraw(&mut self, plan: &WindowBudgetPlan, now: SimTime) -> bool {
        self.expire(plan, now);
        let (_, cost) = deposit_and_cost(plan);
        let covered = self.balance(plan, cost) >= cost;
        if covered {
            self.present = self.present.saturating_sub(cost);
        }
        covered
    }

    /// Whether the balance would cover another retry.
    pub fn allows(&self, plan: &WindowBudgetPlan, now: SimTime) -> bool {
        let mut then = *self;
        then.expire(plan, now);
        let (_, cost) = deposit_and_cost(plan);
        then.balance(plan, cost) >= cost
    }

    fn balance(&self, plan: &WindowBudgetPlan, cost: i64) -> i64 {
        let slots = self.slots.iter().copied().fold(0, i64::saturating_add);
        self.present.saturating_add(slots).saturating_add(reserve(plan, cost))
    }

    /// Ends the present slot if its time is over, and forgets the slots that are older than the `ttl`.
    fn expire(&mut self, plan: &WindowBudgetPlan, now: SimTime) {
        let (elapsed, slot) = (now.since(self.since).0, (plan.ttl.0 / SLOTS).max(1));
        if elapsed < slot {
            return;
        }
        self.slots[self.index] = std::mem::take(&mut self.present);
        // Nobody asked during these whole slots.
        let skipped = (elapsed - 1) / slot;
        for step in 1..=skipped.min(SLOTS) {
            self.slots[(self.index as u64 + step) as usize % SLOTS as usize] = 0;
        }
        self.index = ((self.index as u64 + 1 + skipped) % SLOTS) as usize;
        self.since = now;
    }
}

impl Policy for WindowBudget {
    type Plan = WindowBudgetPlan;
    type Grant = Try;

    fn admit(&mut self, plan: &WindowBudgetPlan, attempt: &Attempt) -> Verdict<Try> {
        match attempt.failed {
            None => Verdict::Granted(Try::First),
            Some(_) if self.withdraw(plan, attempt.now) => Verdict::Granted(Try::BackingOff),
            Some(_) => Verdict::Refused(Refusal::BudgetSpent),
        }
    }

    /// The backoff is over: its tokens were withdrawn when it began.
    fn waited(&mut self, _: &WindowBudgetPlan, _: &Attempt) -> Verdict<Try> {
        Verdict::Granted(Try::Retry)
    }

    fn result(&mut self, plan: &WindowBudgetPlan, _: Try, ended: &Ended) {
        if !ended.retryable {
            self.deposit(plan, ended.now);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::SimDuration;
    use crate::engine::runtime::policy::Ticket;
    use crate::observation::Failure;

    fn plan(ratio: f32, min_per_second: u32, ttl_ms: u64) -> WindowBudgetPlan {
        WindowBudgetPlan { ratio, min_per_second, ttl: SimDuration::from_millis(ttl_ms) }
    }

    fn ms(millis: u64) -> SimTime {
        SimTime::ZERO + SimDuration::from_millis(millis)
    }

    #[test]
    fn a_ratio_is_a_whole_number_of_tokens() {
        for (ratio, min_per_second, ttl_ms, deposit, cost, reserve) in [
            (0.2, 10, 10_000, 1, 5, 500),
            (0.1, 0, 1_000, 1, 10, 0),
            (0.3, 1, 1_000, 1, 3, 3),
            (1.0, 5, 1_000, 1, 1, 5),
            (2.0, 1, 1_000, 1000, 500, 500),
            (1000.0, 1, 1_000, 1000, 1, 1),
            // Without a ratio nothing is deposited, and the reserve alone is there; it counts whole seconds.
            (0.0, 2, 2_900, 0, 1, 4),
        ] {
            let plan = plan(ratio, min_per_second, ttl_ms);
            assert_eq!(deposit_and_cost(&plan), (deposit, cost), "{ratio}");
            assert_eq!(super::reserve(&plan, cost), reserve, "{ratio}");
        }
    }

    /// tower's own tests (`tps_empty`, `tps_leaky`, `tps_slots`, `tps_reserve`).
    #[test]
    fn it_does_what_tower_does() {
        let mut budget = WindowBudget::default();
        assert!(!budget.withdraw(&plan(1.0, 0, 1_000), ms(0)));

        let mut budget = WindowBudget::default();
        budget.deposit(&plan(1.0, 0, 1_000), ms(0));
        assert!(!budget.withdraw(&plan(1.0, 0, 1_000), ms(3_000)));

        let half = plan(0.5, 0, 1_000);
        let mut budget = WindowBudget::default();
        budget.deposit(&half, ms(0));
        budget.deposit(&half, ms(0));
        assert!(budget.withdraw(&half, ms(901)));
        for at in [2_902, 3_203, 4_004] {
            budget.deposit(&half, ms(at));
        }
        assert!(budget.withdraw(&half, ms(4_004)), "the first is forgotten, the two others are not");
        assert!(!budget.withdraw(&half, ms(4_004)));

        let reserve = plan(1.0, 5, 1_000);
        let mut budget = WindowBudget::default();
        let withdrawn = (0..6).map(|_| budget.withdraw(&reserve, ms(0))).filter(|&covered| covered);
        assert_eq!(withdrawn.count(), 5);
        assert!(
            !budget.allows(&reserve, ms(999)) && budget.allows(&reserve, ms(5_000)),
            "withdrawals expire"
        );
    }

    #[test]
    fn what_is_not_to_be_retried_deposits_and_a_retry_withdraws() {
        let plan = plan(0.5, 0, 10_000);
        let first = Attempt::first(ms(0), Ticket(0));
        let retry = Attempt { number: 2, failed: Some(Failure::Error), ..first };
        let ended = |failed, retryable| Ended { now: ms(0), failed, retryable };
        let mut budget = WindowBudget::default();
        let spent = Verdict::Refused(Refusal::BudgetSpent);
        assert_eq!(budget.admit(&plan, &first), Verdict::Granted(Try::First));
        budget.result(&plan, Try::First, &ended(Some(Failure::Error), true));
        assert_eq!(budget.admit(&plan, &retry), spent, "a failure that is to be retried deposits nothing");
        budget.result(&plan, Try::First, &ended(None, false));
        assert_eq!(budget.admit(&plan, &retry), spent, "a retry costs two");
        budget.result(&plan, Try::First, &ended(Some(Failure::Timeout), false));
        assert_eq!(budget.admit(&plan, &retry), Verdict::Granted(Try::BackingOff));
        assert_eq!(budget.waited(&plan, &retry), Verdict::Granted(Try::Retry));
        budget.release(&plan, Try::Retry, ms(0));
        assert_eq!(budget.admit(&plan, &retry), spent, "what is withdrawn does not come back but by time");
    }

    #[test]
    fn long_silence_forgets_everything_at_once() {
        let plan = plan(1.0, 0, 1_000);
        for silence in [1_001, 1_100, 1_101, 10_000, 1_000_000_000] {
            let mut budget = WindowBudget::default();
            budget.deposit(&plan, ms(50));
            assert!(!budget.withdraw(&plan, ms(1_100 + silence)), "{silence}");
            budget.deposit(&plan, ms(1_100 + silence));
            assert!(budget.withdraw(&plan, ms(1_100 + silence)), "{silence}");
        }
    }
}
