//! Going to any moment of a run, changing something there, and the future that was left.

use std::sync::Arc;

use super::checkpoints::Checkpoint;
use super::{Action, Ghost, Session, VariantRun};
use crate::base::{SimDuration, SimTime};
use crate::scenario::{ArrivalPlan, Plan};
use crate::telemetry::{KEPT, WIDTH, Window};

/// So long after the last thing that a scenario has planned is its end.
const AFTERMATH: SimDuration = SimDuration(30_000_000_000);

/// A frame goes at most so far, half of what the closed windows tell of: who looks at them after every frame misses
/// none.
const LONGEST_STRIDE: SimDuration = SimDuration(WIDTH.0 * KEPT as u64 / 2);

/// No scenario ends before this.
const SHORTEST: SimTime = SimTime(60_000_000_000);

impl Session {
    /// The furthest instant that the run has reached; what was left at a fork does not count.
    pub fn horizon(&self) -> SimTime {
        self.horizon
    }

    /// The variants as they stood at the horizon; the present ones where nothing lies ahead, or where it was not kept.
    pub fn furthest(&self) -> &[VariantRun] {
        self.past.front.as_ref().map_or(self.variants(), |front| &front.variants)
    }

    /// The checkpoints, for those who want to know how many there are and what they weigh.
    pub fn checkpoints(&self) -> &super::Checkpoints {
        &self.past
    }

    /// Goes to a moment of the run: back to what was, or on to what will be. Everything that was done until then is
    /// done, everything after it still comes. Whether time passes stays as it is.
    ///
    /// Within 50 ms for every moment of the first ten minutes of a run of moderate size (see `checkpoints`); beyond the
    /// horizon it takes what it takes, then [`Session::go_to`] is better.
    pub fn seek(&mut self, to: SimTime) {
        self.jump(to);
        self.toward = None;
        self.run_until(to);
    }

    /// Goes to a moment as [`Session::seek`] does, but in frames: as fast as it can, a frame's budget at a time. What
    /// is done on the way is done where it is then.
    pub fn go_to(&mut self, to: SimTime) {
        self.jump(to);
        self.toward = (self.now < to).then_some((self.now, to));
    }

    /// Where [`Session::go_to`] is going, and how much of the way is behind it, 0 to 1; none where it is not under way.
    /// As long as it is, frames have to be called, also while time does not pass.
    pub fn going(&self) -> Option<(SimTime, f64)> {
        let (from, to) = self.toward?;
        Some((to, self.now.since(from).as_secs() / to.since(from).as_secs().max(f64::MIN_POSITIVE)))
    }

    /// When everything that the scenarios have planned is over: half a minute after the last entry of a timeline or of
    /// a profile of arrivals, and at least a minute.
    pub fn end(&self) -> SimTime {
        let ends = self.variants.iter().filter_map(|variant| last_planned(variant.plan())).max();
        ends.map_or(SHORTEST, |last| SHORTEST.max(last + AFTERMATH))
    }

    /// The future that was left when the run last forked; none where it did not since it began.
    pub fn ghost(&self) -> Option<&Ghost> {
        self.ghost.as_deref()
    }

    /// How often the run has taken another future, since the session began: what comes after the ghost's instant is
    /// another one then.
    pub fn futures(&self) -> u32 {
        self.futures
    }

    /// Goes on as the ghost did, with the same actions; what was the future until now is the ghost then. The moment
    /// stays (or is the ghost's last): frames bring the run there (`Session::going`). False where there is no ghost.
    pub fn unfork(&mut self) -> bool {
        self.unedited = None;
        let Some(ghost) = self.ghost.take() else { return false };
        let left = Ghost {
            at: ghost.at,
            until: self.horizon,
            variants: self.future(ghost.at, ghost.shared),
            log: std::mem::replace(&mut self.log, ghost.log),
            shared: ghost.shared,
        };
        self.past.forget_after(ghost.at, ghost.shared);
        self.ghost = Some(Box::new(left));
        self.futures += 1;
        let now = self.now.min(ghost.until);
        self.horizon = ghost.until;
        if self.now > ghost.at || self.done > ghost.shared {
            // The variants have seen what is no more.
            self.past.restore(now, &mut self.variants, &mut self.now, &mut self.done);
        }
        self.toward = (self.now < now).then_some((self.now, now));
        true
    }

    /// Another future begins now.
    pub(super) fn fork(&mut self) {
        let ghost = Ghost {
            at: self.now,
            until: self.horizon,
            variants: self.future(self.now, self.done),
            log: self.log.clone(),
            shared: self.done,
        };
        self.ghost = Some(Box::new(ghost));
        self.futures += 1;
        // What neither future has come to is planned for both.
        let planned = self.log.split_off(self.log.partition_point(|logged| logged.at <= self.horizon));
        self.log.truncate(self.done);
        self.log.extend(planned);
        self.past.forget_after(self.now, self.done);
        self.horizon = self.now;
    }

    /// Of each variant, the windows that are known of the time after an instant and so many actions, up to the next edit:
    /// what was measured after that is of another system than the one that is left to compare it with.
    fn future(&self, after: SimTime, shared: usize) -> Vec<Vec<Arc<Window>>> {
        let mut left = self.log.iter().skip(shared);
        let edit = left.find(|logged| matches!(logged.action, Action::Edit { .. }));
        let until = edit.map_or(SimTime::NEVER, |edit| edit.at);
        let mut found: Vec<Vec<Arc<Window>>> = self.variants.iter().map(|_| Vec::new()).collect();
        let kept = &self.past.kept[self.past.kept.partition_point(|kept| kept.at <= after)..];
        let (seen, coming) = kept.split_at(kept.partition_point(|kept| kept.at <= self.now));
        let seen = seen.iter().map(|kept| &kept.variants).chain(std::iter::once(&self.variants));
        let coming = coming.iter().chain(&self.past.front).map(|kept| &kept.variants);
        for variants in seen.chain(coming) {
            for (found, variant) in found.iter_mut().zip(variants) {
                let known = found.last().map_or(after, |last| last.end);
                let new = variant.telemetry().windows().shared();
                let new = new.filter(|window| window.end > known && window.end <= until);
                found.extend(new.take(KEPT - found.len()).cloned());
            }
        }
        found
    }

    /// One frame on the way to where it goes.
    pub(super) fn approach(&mut self, within_budget: &mut dyn FnMut() -> bool) {
        let Some((_, to)) = self.toward else { return };
        self.advance(to.min(self.now + LONGEST_STRIDE), within_budget);
        if self.now >= to || self.halted().is_some() {
            self.toward = None;
        }
    }

    /// To the nearest checkpoint at or before an instant, unless the present is nearer.
    fn jump(&mut self, to: SimTime) {
        let Some((at, front)) = self.past.nearest(to) else { return };
        if to < self.now || at > self.now || front {
            self.restore(to);
        }
    }

    /// To the nearest checkpoint at or before an instant. The variants at the horizon are not lost.
    fn restore(&mut self, to: SimTime) {
        self.unedited = None;
        if self.now >= self.horizon && self.past.front.is_none() {
            let variants = std::mem::take(&mut self.variants);
            self.past.front = Some(Checkpoint::of(variants, self.now, self.done));
        }
        self.past.restore(to, &mut self.variants, &mut self.now, &mut self.done);
    }
}

/// The last instant for which a plan has something planned.
fn last_planned(plan: &Plan) -> Option<SimTime> {
    let faults = plan.timeline.iter().map(|entry| entry.at + entry.lasts.unwrap_or(SimDuration::ZERO));
    let rates = plan.clients.iter().filter_map(|client| match &client.arrivals {
        ArrivalPlan::Open { profile, .. } => profile.last().map(|(at, _)| *at),
        ArrivalPlan::Closed { .. } => None,
    });
    faults.chain(rates).max()
}
