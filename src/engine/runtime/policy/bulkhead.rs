//! Bulkhead: how many calls may be out at one time, and who waits for a place.
//!
//! resilience4j's `SemaphoreBulkhead` with a fair semaphore: whoever finds no place waits at most `max_wait`, first
//! come, first served; a place freed goes to the longest waiter before any newcomer.

use std::collections::VecDeque;

use crate::base::SimTime;
use crate::scenario::BulkheadPlan;

/// What somebody who wants a place is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Entry {
    /// Come in.
    Admitted,
    /// Wait.
    Waiting,
    /// There is no place.
    Refused,
}

/// A bulkhead. Who waits is known by a number that is the caller's business.
#[derive(Clone, Debug, Default)]
pub struct Bulkhead {
    inside: u32,
    /// Who waits until when, in the order in which they came.
    waiting: VecDeque<(u64, SimTime)>,
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

    /// Somebody wants a place.
    pub fn enter(&mut self, plan: &BulkheadPlan, now: SimTime, who: u64) -> Entry {
        if self.inside < plan.max_concurrent {
            self.inside += 1;
            return Entry::Admitted;
        }
        if plan.max_wait.0 == 0 {
            return Entry::Refused;
        }
        self.waiting.push_back((who, now + plan.max_wait));
        Entry::Waiting
    }

    /// Somebody inside leaves; `admit` says who comes in instead.
    pub fn leave(&mut self) {
        self.inside = self.inside.saturating_sub(1);
    }

    /// Who waits longest comes in, if there is a place. Call it until there is none, after whoever leaves.
    pub fn admit(&mut self, plan: &BulkheadPlan, now: SimTime) -> Option<u64> {
        while self.give_up(now).is_some() {}
        if self.inside >= plan.max_concurrent {
            return None;
        }
        let (who, _) = self.waiting.pop_front()?;
        self.inside += 1;
        Some(who)
    }

    /// Takes out who has waited long enough, if there is one: a wait ends at exactly its beginning + `max_wait`.
    pub fn give_up(&mut self, now: SimTime) -> Option<u64> {
        // Not always the first: a wait that was begun under another plan may be longer.
        let at = self.waiting.iter().position(|&(_, until)| until <= now)?;
        self.waiting.remove(at).map(|(who, _)| who)
    }

    /// Somebody waits no more. False if they did not wait.
    pub fn withdraw(&mut self, who: u64) -> bool {
        let found = self.waiting.iter().position(|&(other, _)| other == who);
        found.is_some_and(|at| self.waiting.remove(at).is_some())
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

    #[test]
    fn a_freed_place_goes_to_who_waits_longest() {
        let plan = plan(1, 50);
        let mut bulkhead = Bulkhead::default();
        let entries: Vec<Entry> = (0..4).map(|who| bulkhead.enter(&plan, ms(who * 10), who)).collect();
        assert_eq!(entries, [Entry::Admitted, Entry::Waiting, Entry::Waiting, Entry::Waiting]);
        // 1 gives up at exactly 60 ms; 2 withdraws: the place is for 3.
        assert_eq!(bulkhead.give_up(ms(59)), None);
        assert!(bulkhead.withdraw(2) && !bulkhead.withdraw(2));
        bulkhead.leave();
        assert_eq!((bulkhead.admit(&plan, ms(60)), bulkhead.admit(&plan, ms(60))), (Some(3), None));
        assert_eq!((bulkhead.inside(), bulkhead.give_up(ms(1_000))), (1, None));
    }

    #[test]
    fn a_plan_may_change_under_those_who_wait() {
        let mut bulkhead = Bulkhead::default();
        for who in 0..3 {
            bulkhead.enter(&plan(1, 100), ms(0), who);
        }
        let wider = plan(3, 100);
        assert_eq!((bulkhead.admit(&wider, ms(1)), bulkhead.admit(&wider, ms(1))), (Some(1), Some(2)));
        let narrower = plan(0, 0);
        assert_eq!(bulkhead.enter(&narrower, ms(2), 3), Entry::Refused);
        for _ in 0..5 {
            bulkhead.leave();
        }
        assert_eq!(bulkhead.inside(), 0, "who is not inside cannot leave");
    }
}
