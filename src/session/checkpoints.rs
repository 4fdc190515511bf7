//! Checkpoints: clones of the variants along a run, so that any moment of it is near one.
//!
//! **Spacing** is counted in what it costs to run again (events handled, and actions, which cost as much as many
//! events), not in simulated time: from any moment to the checkpoint before it are at most so many events.
//!
//! **Memory.** A checkpoint shares the scenario, the plan and the closed windows with the variants; what it copies is
//! the system (what lives in it) and the histograms of what was measured: some hundred kilobytes a variant
//! ([`VariantRun::weight`]). All together they weigh at most [`BUDGET`]. During the first ten simulated minutes of a
//! run as many are taken as the spacing says, further apart where the memory would not last that long; from then on
//! they weigh at most three quarters of that, however long the run. When one too many is there, one goes whose absence
//! is felt least: that leaves the cheapest gap, after the first ten minutes beside how long ago it is. So every moment
//! of ten minutes is as near to one as every other, and in longer runs they stand dense near the present and ever
//! thinner before.
//!
//! A run that is heavier than [`HEAVIEST`] (a queue of a hundred thousand messages) has no further checkpoints until it
//! is lighter again: to copy it would take longer than a frame has. To go back to such a moment takes longer.

use crate::base::{SimDuration, SimTime};
use crate::telemetry::{KEPT, WIDTH};

use super::VariantRun;

/// From one checkpoint to the next are at most so many events, as far as the budget allows: what runs in a fraction of
/// 50 ms in a browser.
const SPACING: u64 = 40_000;

/// So many events' time does it take to do an action again: a scenario is read and compiled.
const ACTION: u64 = 2_000;

/// And at most so much simulated time, however little happens.
const LONGEST: SimDuration = SimDuration(20_000_000_000);

/// What all checkpoints of a session weigh at most, in bytes.
pub const BUDGET: usize = 128 << 20;

/// No checkpoint is taken of variants that weigh more than this together, in bytes.
pub const HEAVIEST: usize = 8 << 20;

/// After so much simulated time the checkpoints weigh no more than three quarters of what they do then. The rest is for
/// the holes between pieces of different lengths that come and go: a browser's program never gives memory back.
const GROWS: SimTime = SimTime(600_000_000_000);

/// About so many bytes a changed scenario takes with its plan, which a checkpoint shares with those beside it only as
/// long as nothing is set.
const SETTINGS: usize = 64 << 10;

/// The variants as they stood at an instant, after everything that happened at it and the first `done` logged actions.
#[derive(Clone, Debug)]
pub(super) struct Checkpoint {
    pub at: SimTime,
    pub done: usize,
    pub variants: Vec<VariantRun>,
    /// What it costs to get there from time zero.
    cost: u64,
    weight: usize,
    /// What one closed window of every variant weighs.
    window: usize,
}

/// The checkpoints of a run, in order of time. The first is time zero and never goes.
#[derive(Clone, Debug, Default)]
pub struct Checkpoints {
    pub(super) kept: Vec<Checkpoint>,
    /// The variants at the horizon, moved here while the present lies before it. However heavy: it is the only one.
    pub(super) front: Option<Checkpoint>,
    /// What they may weigh from now on, once that is settled.
    limit: Option<usize>,
}

impl Checkpoint {
    pub(super) fn of(variants: Vec<VariantRun>, at: SimTime, done: usize) -> Checkpoint {
        let weight = variants.iter().map(VariantRun::weight).sum();
        let window = variants.iter().map(|variant| variant.telemetry().windows().memory_bytes_of_one()).sum();
        Checkpoint { at, done, cost: cost(&variants, done), weight, window, variants }
    }
}

/// What it costs to run to where the variants stand, from time zero, in events.
fn cost(variants: &[VariantRun], done: usize) -> u64 {
    variants.iter().map(|variant| variant.simulation().events()).sum::<u64>() + done as u64 * ACTION
}

impl Checkpoints {
    /// Of a run that begins now.
    pub(super) fn begin(variants: &[VariantRun]) -> Checkpoints {
        let zero = Checkpoint::of(variants.to_vec(), SimTime::ZERO, 0);
        Checkpoints { kept: vec![zero], ..Checkpoints::default() }
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.kept.len()
    }

    /// Whether there is none: where no run has begun.
    pub fn is_empty(&self) -> bool {
        self.kept.is_empty()
    }

    /// The most events from one of them to the next: what it takes at most to go to a moment between them.
    pub fn farthest(&self) -> u64 {
        self.kept.windows(2).map(|two| two[1].cost.saturating_sub(two[0].cost)).max().unwrap_or(0)
    }

    /// What they weigh, in bytes, the closed windows that they share with each other counted once. An estimate; of
    /// what the variants at the horizon weigh nothing is in it.
    pub fn weight(&self) -> usize {
        let reach = WIDTH.0.saturating_mul(KEPT as u64);
        let mut covered = SimTime::ZERO;
        let mut before: &[VariantRun] = &[];
        let mut weight = 0;
        for kept in &self.kept {
            let tuned = kept.variants.iter().zip(before).filter(|(variant, before)| !variant.shares(before));
            weight += tuned.count() * SETTINGS;
            before = &kept.variants;
            let from = SimTime(kept.at.0.saturating_sub(reach)).max(covered);
            let windows = (kept.at.since(from).0 / WIDTH.0) as usize;
            weight += kept.weight + windows * kept.window;
            covered = kept.at;
        }
        weight
    }

    /// The run has come to `now`: takes a checkpoint if it is time for one.
    pub(super) fn pass(&mut self, variants: &[VariantRun], now: SimTime, done: usize) {
        let cost = cost(variants, done);
        self.front.take_if(|front| (front.at, front.done) <= (now, done));
        if self.limit.is_none() && now > GROWS {
            self.limit = Some(self.weight().min(BUDGET) / 4 * 3);
        }
        let place = self.kept.partition_point(|kept| (kept.at, kept.done) <= (now, done));
        let Some(before) = place.checked_sub(1).map(|before| &self.kept[before]) else { return };
        // What was run before does not stop at the same instants again.
        let near = self.kept.get(place).is_some_and(|after| {
            after.cost.saturating_sub(cost) < SPACING / 2 && after.at.since(now) < SimDuration(LONGEST.0 / 2)
        });
        let (events, long) = (cost.saturating_sub(before.cost), now.since(before.at) >= LONGEST);
        if near || events < SPACING && !long {
            return;
        }
        let weight = variants.iter().map(VariantRun::weight).sum::<usize>();
        if events < self.spacing(weight, variants, now) && !long {
            return;
        }
        // Whoever goes back to a moment waits for it: there no other is let go for one more.
        let again = place < self.kept.len() || self.front.is_some();
        if weight > HEAVIEST || again && self.weight() + weight > self.limit() {
            return;
        }
        // Those that go make room first: what there is at once is all that is ever taken.
        let place = place - self.thin(weight);
        self.kept.insert(place, Checkpoint::of(variants.to_vec(), now, done));
    }

    /// How far apart the next ones are to be. Where the first ten minutes will not have room for one every [`SPACING`],
    /// as it looks by now, they are as far apart from the beginning as there is room for: to let every other one go
    /// later would leave gaps of twice that.
    fn spacing(&self, weight: usize, variants: &[VariantRun], now: SimTime) -> u64 {
        if now > GROWS {
            return SPACING;
        }
        // The first weighs next to nothing. A little less than there is room for: what is to come may weigh more.
        let each = self.weight().checked_div(self.kept.len() - 1).unwrap_or(0).max(weight);
        let room = BUDGET as f64 * 0.95 / each.max(1) as f64;
        // What a person does now is not done for ten minutes.
        let whole = cost(variants, 0) as f64 * GROWS.as_secs() / now.as_secs().max(1.0);
        SPACING.max((whole / room) as u64)
    }

    /// What they may weigh.
    fn limit(&self) -> usize {
        self.limit.unwrap_or(BUDGET)
    }

    /// Lets checkpoints go until the others are light enough for one more of a weight; says how many went.
    fn thin(&mut self, more: usize) -> usize {
        let (before, limit) = (self.kept.len(), self.limit().saturating_sub(more));
        while self.kept.len() > 2 && self.weight() > limit {
            let (now, newest) = self.kept.last().map_or((SimTime::ZERO, 0), |last| (last.at, last.cost));
            let gap = |three: &[Checkpoint]| {
                let age = newest.saturating_sub(three[1].cost) + SPACING;
                let age = if now <= GROWS { 1 } else { age };
                three[2].cost.saturating_sub(three[0].cost) as f64 / age as f64
            };
            let gaps = self.kept.windows(3).map(gap).enumerate();
            let least = gaps.min_by(|(_, a), (_, b)| a.total_cmp(b)).map_or(1, |(at, _)| at + 1);
            self.kept.remove(least);
        }
        before - self.kept.len()
    }

    /// The nearest checkpoint at or before an instant: its instant, and whether it is the front.
    pub(super) fn nearest(&self, to: SimTime) -> Option<(SimTime, bool)> {
        match &self.front {
            Some(front) if front.at <= to => Some((front.at, true)),
            _ => self.kept.iter().rev().find(|kept| kept.at <= to).map(|kept| (kept.at, false)),
        }
    }

    /// Brings the variants to the nearest checkpoint at or before an instant.
    pub(super) fn restore(
        &mut self,
        to: SimTime,
        variants: &mut Vec<VariantRun>,
        now: &mut SimTime,
        done: &mut usize,
    ) {
        let front = self.front.take_if(|front| front.at <= to);
        let kept = || self.kept.iter().rev().find(|kept| kept.at <= to).cloned();
        let Some(checkpoint) = front.or_else(kept) else { return };
        (*now, *done) = (checkpoint.at, checkpoint.done);
        *variants = checkpoint.variants;
    }

    /// Another future begins after `at` and so many actions: what was kept of the old one goes.
    pub(super) fn forget_after(&mut self, at: SimTime, done: usize) {
        self.kept.retain(|kept| kept.at <= at && kept.done <= done);
        self.front = None;
    }

    /// Every checkpoint is of other variants from now on, and other actions were done by then.
    pub(super) fn rearrange(
        &mut self,
        variants: &dyn Fn(&mut Vec<VariantRun>),
        done: &dyn Fn(usize) -> usize,
    ) {
        for kept in self.kept.iter_mut().chain(&mut self.front) {
            let mut changed = std::mem::take(&mut kept.variants);
            variants(&mut changed);
            *kept = Checkpoint::of(changed, kept.at, done(kept.done));
        }
        if self.limit.is_some() {
            // As many as before: two variants may weigh twice as much as one.
            self.limit = Some(self.weight().min(BUDGET));
        }
        self.thin(0);
    }
}
