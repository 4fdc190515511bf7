//! A window: what was measured in one short stretch of time.

use super::latency::Latency;
use super::metrics::{
    BreakerChanges, Call, Client, Exchange, Group, Ledger, Log, Measured, Queue, Saga, Service, Store,
    WindowStep,
};
use super::spread::Spread;
use super::statistics::Statistics;
use crate::base::{SimDuration, SimTime};
use crate::observation::BreakerState;

/// A log with more pairs of group and partition than this is measured by group alone.
pub const MOST_LAGS: usize = 64;

/// Subjects of which windows keep what was added up: the list of each, and where its tallies are.
macro_rules! subjects {
    ($($(#[$about:meta])* $list:ident: $subject:ty = $tallies:expr;)*) => {
        /// What was added up until an instant, of everything that windows keep.
        #[derive(Clone, Debug, Default)]
        pub(super) struct Totals {
            $($list: Vec<<$subject as Measured>::Sums>,)*
        }

        impl Totals {
            /// Becomes what was added up until `now`, in the memory that it has.
            pub fn take(&mut self, statistics: &Statistics, now: SimTime) {
                $(refill(
                    &mut self.$list,
                    tallies(statistics, $tallies).map(|tally| <$subject>::sums(tally, now)),
                );)*
            }

            /// There is more, of which nothing was added up; `groups` are those that each log had.
            pub fn grow(&mut self, groups: &[usize], statistics: &Statistics) {
                // Those of one log stand together: its new ones come between.
                let mut known = std::mem::take(&mut self.groups).into_iter();
                for (at, now) in statistics.groups().into_iter().enumerate() {
                    let before = groups.get(at).copied().unwrap_or(0);
                    self.groups.extend(known.by_ref().take(before));
                    self.groups.resize_with(self.groups.len() + now - before, Default::default);
                }
                $(
                    let count = tallies(statistics, $tallies).count();
                    self.$list.resize_with(count, Default::default);
                )*
            }

            /// About how many bytes a clone takes beside itself.
            pub fn memory_bytes(&self) -> usize {
                0 $(+ size_of_val(&self.$list[..]))*
            }
        }

        /// One stretch of time. It holds what happened from `start` on and before `end`.
        #[derive(Clone, Debug, Default, PartialEq)]
        pub struct Window {
            /// Its first instant.
            pub start: SimTime,
            /// The instant after its last; for the open window, now.
            pub end: SimTime,
            $($(#[$about])* pub $list: Vec<<$subject as Measured>::Window>,)*
            /// By `ClientIx`: latency of the answers of this window, 50th, 95th and 99th percentile; none without an
            /// answer.
            pub percentiles: Vec<Option<[SimDuration; 3]>>,
            /// By `ClientIx`: how many answers took how long, for the percentiles of longer stretches.
            pub spreads: Vec<Spread>,
            /// By `QueueIx`: ready messages at the window's end.
            pub ready: Vec<u32>,
            /// By `LogIx`: how far its groups were behind at the window's end, in records: by group and within it by
            /// partition; by group alone where these would be more than [`MOST_LAGS`].
            pub lags: Vec<Vec<u32>>,
            /// By group, as in `groups`: how old the oldest record was that it had not committed at the window's end.
            pub time_lags: Vec<SimDuration>,
            /// By `BreakerIx`: how it stood at the window's end.
            pub breaker_states: Vec<BreakerState>,
        }

        impl Window {
            /// Becomes what was added up between two instants, in the memory that it has.
            pub(super) fn take(&mut self, before: &Totals, after: &Totals) {
                $(refill(
                    &mut self.$list,
                    before.$list.iter().zip(&after.$list).map(|(one, other)| <$subject>::between(one, other)),
                );)*
            }

            /// About how many bytes the lists of sums take.
            fn sums_bytes(&self) -> usize {
                0 $(+ size_of_val(&self.$list[..]))*
            }
        }

        $(impl Windowed for $subject {
            fn of(window: &Window) -> &[Self::Window] {
                &window.$list
            }
        })*
    };
}

/// A subject of which windows keep what was added up.
pub trait Windowed: Measured {
    /// What a window keeps of all things of this kind, by their index.
    fn of(window: &Window) -> &[Self::Window];
}

subjects! {
    /// By `ClientIx`. Requests count in the window in which they end.
    clients: Client = |all| all.clients.iter();
    /// By `ServiceIx`.
    services: Service = |all| all.services.iter();
    /// By `EdgeIx`.
    calls: Call = |all| all.calls.iter();
    /// By `QueueIx`.
    queues: Queue = |all| all.queues.iter();
    /// By `ExchangeIx`.
    exchanges: Exchange = |all| all.exchanges.iter();
    /// By `LogIx`.
    logs: Log = |all| all.logs.iter().map(|log| &log.counts);
    /// The groups of the first log, then those of the second, and so on.
    groups: Group = |all| all.logs.iter().flat_map(|log| &log.groups).map(|group| &group.counts);
    /// By `StoreIx`.
    stores: Store = |all| all.stores.iter();
    /// By `BreakerIx`.
    breakers: BreakerChanges = |all| all.breakers.iter();
    /// By `SagaIx`.
    sagas: Saga = |all| all.sagas.iter();
    /// By `WindowIx`.
    window_steps: WindowStep = |all| all.window_steps.iter();
    /// One: all messages together.
    ledger: Ledger = |all| std::iter::once(&all.ledger);
}

impl Window {
    /// How long it is.
    pub fn length(&self) -> SimDuration {
        self.end.since(self.start)
    }

    /// The mean over its time of a level, from its integral; 0 where no time has passed.
    pub fn mean(&self, integral: u64) -> f64 {
        match self.length().0 {
            0 => 0.0,
            length => integral as f64 / length as f64,
        }
    }

    /// Latency of a client's answers over several windows together, 50th, 95th and 99th percentile; none without an
    /// answer, or where there is no such client.
    pub fn percentiles_over<'a>(
        windows: impl Iterator<Item = &'a Window>,
        client: usize,
    ) -> Option<[SimDuration; 3]> {
        Spread::quantiles(windows.filter_map(|window| window.spreads.get(client)), [0.5, 0.95, 0.99])
    }

    /// About how many bytes it takes.
    pub(super) fn memory_bytes(&self) -> usize {
        let spreads: usize = self.spreads.iter().map(Spread::memory_bytes).sum();
        let lags: usize = self.lags.iter().map(|lags| lags.capacity() * 4).sum();
        size_of::<Window>()
            + self.sums_bytes()
            + size_of_val(&self.percentiles[..])
            + size_of_val(&self.spreads[..])
            + size_of_val(&self.ready[..])
            + size_of_val(&self.lags[..])
            + size_of_val(&self.time_lags[..])
            + size_of_val(&self.breaker_states[..])
            + spreads
            + lags
    }

    /// Takes down the latencies of the window, and how things stand at its end.
    pub(super) fn take_ends(&mut self, latencies: &[Latency], statistics: &Statistics) {
        let percentiles =
            |latency: &Latency| (latency.count() > 0).then(|| latency.quantiles([0.5, 0.95, 0.99]));
        refill(&mut self.percentiles, latencies.iter().map(percentiles));
        self.spreads.resize_with(latencies.len(), Spread::default);
        for (spread, latency) in self.spreads.iter_mut().zip(latencies) {
            spread.take(latency);
        }
        refill(&mut self.ready, statistics.queues.iter().map(|queue| queue.ready.value() as u32));
        refill(&mut self.breaker_states, statistics.breakers.iter().map(|breaker| breaker.state));
        self.lags.resize_with(statistics.logs.len(), Vec::new);
        for (lags, log) in self.lags.iter_mut().zip(&statistics.logs) {
            take_lags(lags, log.lags());
        }
        let end = self.end;
        self.time_lags.clear();
        self.time_lags.extend(statistics.logs.iter().flat_map(|log| log.time_lags(end)));
    }
}

/// How far groups are behind, by partition where these are not too many.
fn take_lags(lags: &mut Vec<u32>, behind: impl Iterator<Item = impl Iterator<Item = u64>>) {
    let short = |lag: u64| u32::try_from(lag).unwrap_or(u32::MAX);
    lags.clear();
    let groups: Vec<Vec<u64>> = behind.map(Iterator::collect).collect();
    let each = groups.iter().map(Vec::len).sum::<usize>() <= MOST_LAGS;
    for group in groups {
        if each {
            lags.extend(group.into_iter().map(short));
        } else {
            lags.push(short(group.into_iter().sum()));
        }
    }
}

/// Fills a list anew, with room for as many as there are and no more.
fn refill<T>(list: &mut Vec<T>, items: impl Iterator<Item = T>) {
    list.clear();
    let (least, most) = items.size_hint();
    list.reserve_exact(most.unwrap_or(least));
    list.extend(items);
}

/// Calls a closure with a lifetime that the compiler would not infer for it.
fn tallies<'a, T: 'a, I: Iterator<Item = &'a T>>(
    statistics: &'a Statistics,
    of: impl FnOnce(&'a Statistics) -> I,
) -> I {
    of(statistics)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_log_with_many_partitions_is_measured_by_group() {
        let lags = |groups: &[&[u64]]| {
            let mut lags = vec![7];
            take_lags(&mut lags, groups.iter().map(|group| group.iter().copied()));
            lags
        };
        assert_eq!(lags(&[&[4, 5], &[4, u64::MAX]]), [4, 5, 4, u32::MAX]);
        let (wide, half) = ([1; MOST_LAGS], [2; MOST_LAGS / 2]);
        assert_eq!(lags(&[&wide]), [1; MOST_LAGS]);
        assert_eq!(lags(&[&half, &wide]), [MOST_LAGS as u32, MOST_LAGS as u32]);
    }
}
