//! How the latencies of a window are spread: as exact as a histogram, and as small as a window's few answers.

use super::latency::{Latency, middle, quantiles_of};
use crate::base::SimDuration;

/// Answers by latency: what a [`Latency`] counted, without its empty counters. So the percentiles of several windows
/// together are those that one histogram over all of them would give.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Spread {
    /// Counters, the shortest latency first, and how many answers each has; one with more than fit stands there again.
    counts: Vec<(u16, u16)>,
    /// The greatest latency, in nanoseconds.
    max: u64,
}

impl Spread {
    /// The latency at which a band begins, of half a doubling each: 0, 64 ns, 128 ns, 192 ns, 256 ns, 384 ns, …
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

    /// Becomes the counts of a latency's recordings, in the memory that it has.
    pub(super) fn take(&mut self, latency: &Latency) {
        self.max = latency.max().0;
        self.counts.clear();
        for (place, mut count) in latency.counted() {
            while count > 0 {
                let part = count.min(u32::from(u16::MAX));
                self.counts.push((place as u16, part as u16));
                count -= part;
            }
        }
    }

    /// Answers by band (see [`Spread::begins`]), the shortest first: the band, and how many more it has.
    pub fn bands(&self) -> impl DoubleEndedIterator<Item = (u32, u32)> {
        self.counts.iter().map(|&(place, count)| (u32::from(place) >> 6, u32::from(count)))
    }

    /// How many answers there are.
    pub fn count(&self) -> u64 {
        self.counts.iter().map(|&(_, count)| u64::from(count)).sum()
    }

    /// How many answers took longer than this, as exact as percentiles are.
    pub fn above(&self, bound: SimDuration) -> u64 {
        let longer = self.counts.iter().rev().take_while(|(place, _)| middle(usize::from(*place)) > bound.0);
        longer.map(|&(_, count)| u64::from(count)).sum()
    }

    /// The values that shares `quantiles` (ascending, 0 to 1) of the answers of several spreads together do not exceed;
    /// none where there is no answer.
    pub fn quantiles<'a, const N: usize>(
        spreads: impl Iterator<Item = &'a Spread>,
        quantiles: [f64; N],
    ) -> Option<[SimDuration; N]> {
        let (mut counts, mut count, mut max): (Vec<u32>, u64, u64) = (Vec::new(), 0, 0);
        for spread in spreads {
            max = max.max(spread.max);
            let Some((last, _)) = spread.counts.last() else { continue };
            counts.resize(counts.len().max(usize::from(*last) + 1), 0);
            for &(place, more) in &spread.counts {
                let counter = &mut counts[usize::from(place)];
                *counter = counter.saturating_add(u32::from(more));
                count += u64::from(more);
            }
        }
        (count > 0).then(|| quantiles_of(&counts, count, max, quantiles))
    }

    /// About how many bytes it takes beside itself.
    pub(super) fn memory_bytes(&self) -> usize {
        self.counts.capacity() * size_of::<(u16, u16)>()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn latency(nanos: impl IntoIterator<Item = u64>) -> Latency {
        let mut latency = Latency::default();
        nanos.into_iter().for_each(|nanos| latency.record(SimDuration(nanos)));
        latency
    }

    #[test]
    fn bands_are_halves_of_doublings_and_lose_nothing() {
        let begins: Vec<u64> = (0..9).map(|band| Spread::begins(band).0).collect();
        assert_eq!(begins, [0, 64, 128, 192, 256, 384, 512, 768, 1024]);
        assert!((0..115).all(|band| Spread::begins(band) < Spread::begins(band + 1)));
        for nanos in [0, 63, 64, 200, 255, 256, 383, 384, 1_000, 84_000_000, 8_200_000_000, u64::MAX] {
            let spread = Spread::of(&latency([nanos]));
            let bands: Vec<(u32, u32)> = spread.bands().collect();
            let [(band, 1)] = bands[..] else { panic!("{nanos}: {bands:?}") };
            assert!(Spread::begins(band).0 <= nanos, "{nanos}");
            let next = Spread::begins(band + 1).0;
            assert!(nanos < next || band == 115, "{nanos} below {next}");
        }
        let both: Vec<(u32, u32)> = Spread::of(&latency([100, 1_000])).bands().collect();
        assert_eq!(both, [(1, 1), (7, 1)]);
        assert_eq!(Spread::of(&Latency::default()), Spread::default());
    }

    #[test]
    fn percentiles_of_several_are_those_of_one_histogram() {
        let part = |from: u64, step: u64| (0..700).map(move |k| 1_000_000 * from + k * step);
        let parts =
            [latency(part(1, 9_000)), latency(part(5, 80_001)), Latency::default(), latency([7; 70_000])];
        let spreads: Vec<Spread> = parts.iter().map(Spread::of).collect();
        let mut all = Latency::default();
        parts.iter().for_each(|part| all.merge(part));
        let shares = [0.5, 0.99, 0.995];
        assert_eq!(Spread::quantiles(spreads.iter(), shares), Some(all.quantiles(shares)));
        assert_eq!(Spread::quantiles(spreads[2..3].iter(), shares), None);
        assert_eq!(spreads.iter().map(Spread::count).sum::<u64>(), all.count());
        assert_eq!(spreads[1].above(SimDuration(4_900_000)), 700);
        assert_eq!(spreads[1].above(SimDuration(70_000_000)), 0);
    }
}
