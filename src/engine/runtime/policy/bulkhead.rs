//! Bulkhead: how many calls may be out at one time, and who waits for a place.
//!
//! resilience4j's `SemaphoreBulkhead` with a fair semaphore: whoever finds no place waits at most `max_wait`, first
//! come, first served; a place freed goes to the longest waiter before any newcomer.

use std::collections::VecDeque;

use super::{Attempt, Ended, Policy, Refusal, Ticket, Verdict};
use crate::base::SimTime;
use crate::scenario::BulkheadPlan;

/// A bulkhead. What an attempt is granted is a place.
#[derive(Clone, Debug, Default)]
pub struct Bulkhead {
    inside: u32,
    /// Who waits until when, in the order in which they came.
    waiting: VecDeque<(Ticket, SimTime)>,
}

impl Bulkhead {
    /// How many are inside.
    pub fn inside(&self) -> u32 {
        self.inside
    }

    /// How many wait.
    pub fn waiting(&self) -> u32 {
        self.waiting.len() as u32
    }

    /// Takes out one who has waited long enough: a wait ends at exactly its beginning + `max_wait`.
    pub fn give_up(&mut self, now: SimTime) -> Option<Ticket> {
        // Not always the first: a wait that was begun under another plan may be longer.
        let at = self.waiting.iter().position(|&(_, until)| until <= now)?;
        self.waiting.remove(at).map(|(who, _)| who)
    }

    /// One who is inside leaves; `next` says who comes in instead.
    fn leave(&mut self) {
        self.inside = self.inside.saturating_sub(1);
    }
}

impl Policy for Bulkhead {
    type Plan = BulkheadPlan;
    type Grant = ();

    fn admit(&mut self, plan: &BulkheadPlan, attempt: &Attempt) -> Verdict<()> {
        if self.inside < plan.max_concurrent {
            self.inside += 1;
            return Verdict::Granted(());
        }
        if plan.max_wait.0 == 0 {
            return Verdict::Refused(Refusal::BulkheadFull);
        }
        let until = attempt.now + plan.max_wait;
        self.waiting.push_back((attempt.ticket, until));
        Verdict::WaitUntil(until)
    }

    fn waited(&mut self, _: &BulkheadPlan, attempt: &Attempt) -> Verdict<()> {
        self.withdraw(attempt.ticket);
        Verdict::Refused(Refusal::BulkheadFull)
    }

    fn withdraw(&mut self, waits: Ticket) {
        if let Some(at) = self.waiting.iter().position(|&(who, _)| who == waits) {
            self.waiting.remove(at);
        }
    }

    fn result(&mut self, _: &BulkheadPlan, (): (), _: &Ended) {
        self.leave();
    }

    fn release(&mut self, _: &BulkheadPlan, (): (), _: SimTime) {
        self.leave();
    }

    /// Who waits longest comes in, if there is a place.
    fn next(&mut self, plan: &BulkheadPlan, now: SimTime) -> Option<(Ticket, ())> {
        while self.give_up(now).is_some() {}
        if self.inside >= plan.max_concurrent {
            return None;
        }
        let (who, _) = self.waiting.pop_front()?;
        self.inside += 1;
        Some((who, ()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::SimDuration;

    fn plan(max_concurrent: u32, wait_ms: u64) -> BulkheadPlan {
        BulkheadPlan { max_concurrent, max_wait: SimDuration::from_millis(wait_ms) }
    }

    fn ms(millis: u64) -> SimTime {
        SimTime::ZERO + SimDuration::from_millis(millis)
    }

    fn attempt(who: u32, millis: u64) -> Attempt {
        Attempt::first(ms(millis), Ticket(who))
    }

    fn next(bulkhead: &mut Bulkhead, plan: &BulkheadPlan, millis: u64) -> Option<u32> {
        bulkhead.next(plan, ms(millis)).map(|(Ticket(who), ())| who)
    }

    #[test]
    fn a_freed_place_goes_to_who_waits_longest() {
        let plan = plan(1, 50);
        let mut bulkhead = Bulkhead::default();
        let verdicts = [0, 10, 20, 30].map(|at| bulkhead.admit(&plan, &attempt(at as u32 / 10, at)));
        let until = |millis| Verdict::WaitUntil(ms(millis));
        assert_eq!(verdicts, [Verdict::Granted(()), until(60), until(70), until(80)]);
        // 1 gives up at exactly 60 ms; 2 withdraws: the place is for 3.
        assert_eq!(bulkhead.give_up(ms(59)), None);
        bulkhead.withdraw(Ticket(2));
        assert_eq!(bulkhead.waiting(), 2);
        bulkhead.result(&plan, (), &Ended { now: ms(60), failed: None, retryable: false });
        assert_eq!((next(&mut bulkhead, &plan, 60), next(&mut bulkhead, &plan, 60)), (Some(3), None));
        assert_eq!((bulkhead.inside(), bulkhead.give_up(ms(1_000))), (1, None));
    }

    #[test]
    fn who_has_waited_is_refused_and_waits_no_more() {
        let plan = plan(1, 50);
        let mut bulkhead = Bulkhead::default();
        bulkhead.admit(&plan, &attempt(0, 0));
        bulkhead.admit(&plan, &attempt(1, 0));
        assert_eq!(bulkhead.waited(&plan, &attempt(1, 50)), Verdict::Refused(Refusal::BulkheadFull));
        bulkhead.release(&plan, (), ms(50));
        assert_eq!((bulkhead.inside(), next(&mut bulkhead, &plan, 50)), (0, None));
    }

    #[test]
    fn a_plan_may_change_under_those_who_wait() {
        let mut bulkhead = Bulkhead::default();
        for who in 0..3 {
            bulkhead.admit(&plan(1, 100), &attempt(who, 0));
        }
        let wider = plan(3, 100);
        assert_eq!((next(&mut bulkhead, &wider, 1), next(&mut bulkhead, &wider, 1)), (Some(1), Some(2)));
        let narrower = plan(0, 0);
        assert_eq!(bulkhead.admit(&narrower, &attempt(3, 2)), Verdict::Refused(Refusal::BulkheadFull));
        for _ in 0..5 {
            bulkhead.release(&narrower, (), ms(2));
        }
        assert_eq!(bulkhead.inside(), 0, "who is not inside cannot leave");
    }
}
