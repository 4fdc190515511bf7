//! The details of each window: latencies by length, waits, depths, lags, staleness.

use super::counts::Counts;
use super::latency::Latency;
use crate::base::{SimDuration, SimTime};
use crate::observation::{BreakerState, LogFact, Observation};
use crate::scenario::Plan;

/// A log with more pairs of group and partition than this is measured by group alone.
pub const MOST_LAGS: usize = 64;

/// A window's further figures. Its memory is used again for the next window.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Details {
    /// By `ClientIx`: how many answers took how long.
    pub spreads: Vec<Spread>,
    /// By `ServiceIx`: how long jobs waited for a worker.
    pub waits: Vec<WaitWindow>,
    /// By `QueueIx`: ready messages at the window's end.
    pub ready: Vec<u32>,
    /// By `LogIx`: how far groups were behind at the window's end.
    pub lags: Vec<LagWindow>,
    /// By `StoreIx`: how stale reads were.
    pub stores: Vec<StoreWindow>,
    /// What else happened, in the order of [`Places`](super::Places).
    pub counts: Vec<i32>,
    /// By `BreakerIx`: how it stood at the window's end.
    pub breakers: Vec<BreakerState>,
}

/// Answers by latency, in bands of half a doubling each: band b begins at [`Spread::begins`] of it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Spread {
    /// The band of the first count.
    pub first: u32,
    /// How many answers fell in this band and those after it. The first and the last are above zero.
    pub counts: Vec<u32>,
}

/// How long jobs waited for their first worker, those included that found one free.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct WaitWindow {
    /// Jobs that got their first worker in this window.
    pub started: u32,
    /// Their waits together.
    pub waited: SimDuration,
}

/// How far a log's groups were behind at a window's end, in records.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LagWindow {
    /// By group and within it by partition; by group alone where these would be more than [`MOST_LAGS`].
    pub lags: Vec<u32>,
}

/// How stale the reads of a store were.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct StoreWindow {
    /// Reads.
    pub reads: u32,
    /// Those that missed at least one version.
    pub stale: u32,
    /// Versions that they missed, all together.
    pub versions: u64,
    /// For how long they had been behind, all together.
    pub behind: SimDuration,
    /// The longest of these.
    pub worst: SimDuration,
}

impl Spread {
    /// The latency at which a band begins: 0, 64 ns, 128 ns, 192 ns, 256 ns, 384 ns, 512 ns, 768 ns, …
    pub fn begins(band: u32) -> SimDuration {
        match (band >> 1).saturating_sub(1) {
            0 => SimDuration(u64::from(band) * 64),
            shift => SimDuration((u64::from(band & 1) * 64 + 128) << shift.min(56)),
        }
    }

    /// The counts of a latency's recordings.
    pub fn of(latency: &Latency) -> Spread {
        let mut spread = Spread::default();
        spread.take(latency);
        spread
    }

    fn take(&mut self, latency: &Latency) {
        self.first = 0;
        self.counts.clear();
        for count in latency.halves() {
            if count == 0 && self.counts.is_empty() {
                self.first += 1;
            } else {
                self.counts.push(count);
            }
        }
        while self.counts.last() == Some(&0) {
            self.counts.pop();
        }
    }
}

impl WaitWindow {
    /// The mean wait in seconds; no number where nothing started.
    pub fn mean(&self) -> f64 {
        if self.started == 0 { f64::NAN } else { self.waited.as_secs() / f64::from(self.started) }
    }
}

impl StoreWindow {
    /// How long reads were behind on average, fresh ones counting as not at all, in seconds; no number without a read.
    pub fn behind_mean(&self) -> f64 {
        if self.reads == 0 { f64::NAN } else { self.behind.as_secs() / f64::from(self.reads) }
    }

    /// How many versions reads missed on average; no number without a read.
    pub fn versions_mean(&self) -> f64 {
        if self.reads == 0 { f64::NAN } else { self.versions as f64 / f64::from(self.reads) }
    }
}

impl Details {
    /// About how many bytes it takes.
    pub fn weight(&self) -> usize {
        let spreads: usize = self.spreads.iter().map(|spread| spread.counts.capacity() * 4).sum();
        let lags: usize = self.lags.iter().map(|lags| lags.lags.capacity() * 4).sum();
        size_of::<Details>()
            + size_of_val(&self.spreads[..])
            + size_of_val(&self.waits[..])
            + size_of_val(&self.ready[..])
            + size_of_val(&self.lags[..])
            + size_of_val(&self.stores[..])
            + size_of_val(&self.counts[..])
            + size_of_val(&self.breakers[..])
            + spreads
            + lags
    }
}

/// The further figures of the open window.
#[derive(Clone, Debug)]
pub(super) struct OpenDetails {
    waits: Vec<WaitWindow>,
    stores: Vec<StoreWindow>,
    ready: Vec<u32>,
    logs: Vec<OpenLog>,
    counts: Counts,
}

/// Where a log and its groups stand.
#[derive(Clone, Debug)]
struct OpenLog {
    /// Offset of the next record, by partition.
    ends: Vec<u64>,
    /// Committed offsets, by group and within it by partition.
    committed: Vec<u64>,
}

impl OpenDetails {
    pub fn new(plan: &Plan) -> OpenDetails {
        let log = |log: &crate::scenario::LogPlan| OpenLog {
            ends: vec![0; log.partitions as usize],
            committed: vec![0; log.partitions as usize * log.groups.len()],
        };
        OpenDetails {
            waits: vec![WaitWindow::default(); plan.services.len()],
            stores: vec![StoreWindow::default(); plan.stores.len()],
            ready: vec![0; plan.queues.len()],
            logs: plan.logs.iter().map(log).collect(),
            counts: Counts::new(plan),
        }
    }

    /// About how many bytes a clone takes.
    pub fn weight(&self) -> usize {
        let logs = self.logs.iter().map(|log| (log.ends.len() + log.committed.len()) * 8);
        size_of::<OpenDetails>()
            + size_of_val(&self.waits[..])
            + size_of_val(&self.stores[..])
            + size_of_val(&self.ready[..])
            + size_of_val(&self.logs[..])
            + logs.sum::<usize>()
            + self.counts.weight()
    }

    #[inline(always)]
    pub fn observe(&mut self, at: SimTime, what: Observation) {
        self.counts.observe(what);
        match what {
            Observation::Started { service, arrived, .. } => {
                let wait = &mut self.waits[service.at()];
                wait.started += 1;
                wait.waited = wait.waited + at.since(arrived);
            }
            Observation::Log { log, what } => self.logs[log.at()].observe(what),
            Observation::Read { store, behind, since } => self.stores[store.at()].read(at, behind, since),
            _ => {}
        }
    }

    /// A queue's contents changed.
    #[inline]
    pub fn depth(&mut self, queue: usize, ready: u32) {
        self.ready[queue] = ready;
    }

    /// Another window begins.
    pub fn restart(&mut self) {
        self.waits.fill(WaitWindow::default());
        self.stores.fill(StoreWindow::default());
        self.counts.restart();
    }

    /// Writes what the open window holds.
    pub fn write<'a>(&self, latencies: impl Iterator<Item = &'a Latency>, details: &mut Details) {
        for (client, latency) in latencies.enumerate() {
            if details.spreads.len() == client {
                details.spreads.push(Spread::default());
            }
            details.spreads[client].take(latency);
        }
        details.waits.clone_from(&self.waits);
        details.ready.clone_from(&self.ready);
        details.stores.clone_from(&self.stores);
        details.counts.clone_from(&self.counts.list);
        details.breakers.clone_from(&self.counts.breakers);
        details.lags.resize_with(self.logs.len(), LagWindow::default);
        for (log, window) in self.logs.iter().zip(&mut details.lags) {
            log.write(&mut window.lags);
        }
    }
}

impl StoreWindow {
    fn read(&mut self, at: SimTime, behind: u32, since: SimTime) {
        self.reads += 1;
        if behind > 0 {
            let length = at.since(since);
            self.stale += 1;
            self.versions += u64::from(behind);
            self.behind = self.behind + length;
            self.worst = self.worst.max(length);
        }
    }
}

impl OpenLog {
    fn observe(&mut self, what: LogFact) {
        match what {
            LogFact::Appended { partition, offset } => self.ends[partition as usize] = offset + 1,
            LogFact::Lost { partition, end, .. } => self.ends[partition as usize] = end,
            LogFact::Committed { group, partition, offset } => {
                let partitions = self.ends.len();
                self.committed[group as usize * partitions + partition as usize] = offset;
            }
            _ => {}
        }
    }

    fn write(&self, lags: &mut Vec<u32>) {
        let partitions = self.ends.len().max(1);
        lags.clear();
        let behind = |(end, committed): (&u64, &u64)| end.saturating_sub(*committed);
        let short = |lag: u64| u32::try_from(lag).unwrap_or(u32::MAX);
        for group in self.committed.chunks(partitions) {
            let each = self.ends.iter().zip(group).map(behind);
            if self.committed.len() <= MOST_LAGS {
                lags.extend(each.map(short));
            } else {
                lags.push(short(each.sum()));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bands_are_halves_of_doublings_and_lose_nothing() {
        let begins: Vec<u64> = (0..9).map(|band| Spread::begins(band).0).collect();
        assert_eq!(begins, [0, 64, 128, 192, 256, 384, 512, 768, 1024]);
        assert!((0..115).all(|band| Spread::begins(band) < Spread::begins(band + 1)));
        for nanos in [0, 63, 64, 200, 255, 256, 383, 384, 1_000, 84_000_000, 8_200_000_000, u64::MAX] {
            let mut latency = Latency::default();
            latency.record(SimDuration(nanos));
            let spread = Spread::of(&latency);
            assert_eq!(spread.counts, [1], "{nanos}");
            assert!(Spread::begins(spread.first).0 <= nanos, "{nanos}");
            let next = Spread::begins(spread.first + 1).0;
            assert!(nanos < next || spread.first == 115, "{nanos} below {next}");
        }
        let mut both = Latency::default();
        both.record(SimDuration(100));
        both.record(SimDuration(1_000));
        assert_eq!(Spread::of(&both), Spread { first: 1, counts: vec![1, 0, 0, 0, 0, 0, 1] });
        assert_eq!(Spread::of(&Latency::default()), Spread { first: 0, counts: Vec::new() });
    }

    #[test]
    fn a_log_with_many_partitions_is_measured_by_group() {
        for (partitions, each) in [(2_usize, true), (MOST_LAGS, false)] {
            let mut log = OpenLog { ends: vec![0; partitions], committed: vec![0; 2 * partitions] };
            for offset in 0..5 {
                log.observe(LogFact::Appended { partition: 0, offset });
                log.observe(LogFact::Appended { partition: 1, offset });
            }
            log.observe(LogFact::Committed { group: 1, partition: 1, offset: 3 });
            log.observe(LogFact::Lost { partition: 0, count: 1, end: 4 });
            let mut lags = Vec::new();
            log.write(&mut lags);
            assert_eq!(lags, if each { vec![4, 5, 4, 2] } else { vec![9, 6] });
        }
    }
}
