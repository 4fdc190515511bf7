//! What a store, a saga or a window step did.

use crate::base::SimTime;
use crate::observation::{Effect, SagaEnd};
use crate::telemetry::{Latency, Level, result};

/// A store since the warm-up.
#[derive(Clone, Debug)]
pub(super) struct StoreTally {
    reads: u64,
    writes: u64,
    duplicates: u64,
    lost: u64,
    found: u64,
    /// Versions that stale reads were behind, all together.
    behind: u64,
    /// How long stale reads had been behind.
    staleness: Latency,
    busy: Level,
    total: Level,
}

impl StoreTally {
    /// About how many bytes a clone takes.
    pub fn weight(&self) -> usize {
        size_of::<StoreTally>() + self.staleness.weight()
    }

    /// Idle, with so many connections.
    pub fn new(connections: u32, warmup: SimTime) -> StoreTally {
        StoreTally {
            reads: 0,
            writes: 0,
            duplicates: 0,
            lost: 0,
            found: 0,
            behind: 0,
            staleness: Latency::default(),
            busy: Level::new(0, warmup),
            total: Level::new(connections.into(), warmup),
        }
    }

    /// Its connections are these now.
    pub fn connections(&mut self, at: SimTime, busy: u32, total: u32) {
        self.busy.set(at, busy.into());
        self.total.set(at, total.into());
    }

    /// A measured read, so many versions behind since then.
    pub fn read(&mut self, at: SimTime, behind: u32, since: SimTime) {
        self.reads += 1;
        if behind > 0 {
            self.behind += u64::from(behind);
            self.staleness.record(at.since(since));
        }
    }

    /// A measured write or projection.
    pub fn wrote(&mut self, effect: Effect) {
        self.writes += 1;
        self.duplicates += u64::from(effect == Effect::Duplicated);
    }

    /// Updates were lost.
    pub fn lost(&mut self, count: u64) {
        self.lost += count;
    }

    /// One of them was found.
    pub fn found(&mut self, count: u64) {
        self.found += count;
    }

    /// Stale reads, effects that a message had again, lost updates.
    pub fn mishaps(&self) -> [u64; 3] {
        [self.staleness.count(), self.duplicates, self.lost.saturating_sub(self.found)]
    }

    /// The figures up to `now`.
    pub fn figures(&self, now: SimTime) -> result::Store {
        let stale = self.staleness.count();
        result::Store {
            reads: self.reads,
            writes: self.writes,
            stale_reads: stale,
            staleness_versions_mean: if stale == 0 { 0.0 } else { self.behind as f64 / stale as f64 },
            staleness_ms: self.staleness.summary(),
            duplicate_effects: self.duplicates,
            lost_updates: self.lost.saturating_sub(self.found),
            utilization: match self.total.area(now) {
                0 => 0.0,
                present => self.busy.area(now) as f64 / present as f64,
            },
        }
    }
}

impl result::Saga {
    /// A saga ended.
    pub(super) fn ended(&mut self, end: SagaEnd, counts: u64) {
        *match end {
            SagaEnd::Completed => &mut self.completed,
            SagaEnd::Compensated => &mut self.compensated,
            SagaEnd::Stuck => &mut self.stuck,
        } += counts;
    }

    /// Those of another step under the same name.
    pub(super) fn add(&mut self, other: &result::Saga) {
        self.started += other.started;
        self.completed += other.completed;
        self.compensated += other.compensated;
        self.stuck += other.stuck;
    }
}

impl result::Window {
    /// Those of another step under the same name.
    pub(super) fn add(&mut self, other: &result::Window) {
        self.records += other.records;
        self.late += other.late;
        self.windows += other.windows;
        self.results += other.results;
    }
}
