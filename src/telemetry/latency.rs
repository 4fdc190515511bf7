//! Latencies: percentiles from a histogram, the mean and the maximum exactly.

use serde::Serialize;

use crate::base::SimDuration;

/// Many durations. Percentiles are within 0.4 % of a recorded value; mean and maximum are exact.
///
/// Counters over whole nanoseconds, as wide as the values are great (the buckets of HdrHistogram with two significant
/// digits: Gil Tene, hdrhistogram.org): below 256 one each, above that 128 to every doubling. At most 15 KB as long as
/// nothing is above ten seconds, 30 KB whatever comes.
#[derive(Clone, Debug, Default)]
pub struct Latency {
    counts: Vec<u32>,
    count: u64,
    sum: u128,
    max: u64,
}

/// The counter for a value, 0 to 7,423.
#[inline]
fn place(value: u64) -> usize {
    let shift = 56 - (value | 255).leading_zeros();
    ((shift as usize) << 7) + (value >> shift) as usize
}

/// The middle of what a counter counts: what its values are taken for.
pub(super) fn middle(place: usize) -> u64 {
    match (place >> 7).saturating_sub(1) {
        0 => place as u64,
        shift => (((place & 127) as u64 + 128) << shift) + (1 << (shift - 1)),
    }
}

/// The values that shares `quantiles` (ascending, 0 to 1) of what counters counted do not exceed; zero where they counted
/// nothing. No percentile is above the greatest value, which is known exactly.
pub(super) fn quantiles_of<const N: usize>(
    counts: &[u32],
    count: u64,
    max: u64,
    quantiles: [f64; N],
) -> [SimDuration; N] {
    let mut found = [SimDuration::ZERO; N];
    if count == 0 {
        return found;
    }
    let (mut at, mut seen) = (0, u64::from(counts[0]));
    for (value, quantile) in found.iter_mut().zip(quantiles) {
        let rank = (libm::ceil(quantile * count as f64) as u64).clamp(1, count);
        while seen < rank && at + 1 < counts.len() {
            at += 1;
            seen += u64::from(counts[at]);
        }
        *value = SimDuration(middle(at).min(max));
    }
    found
}

/// A latency distribution in milliseconds, as results show it. All zero where nothing was recorded.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize)]
pub struct Summary {
    /// Arithmetic mean, exact.
    pub mean: f64,
    /// 50th percentile, within 0.4 %, as are the others.
    pub p50: f64,
    /// 95th percentile.
    pub p95: f64,
    /// 99th percentile.
    pub p99: f64,
    /// 99.9th percentile.
    pub p999: f64,
    /// Greatest, exact.
    pub max: f64,
    /// How many.
    pub count: u64,
}

impl Latency {
    /// Counts one duration.
    #[inline(never)]
    pub fn record(&mut self, length: SimDuration) {
        let place = place(length.0);
        match self.counts.as_mut_slice().get_mut(place) {
            Some(counter) => *counter = counter.saturating_add(1),
            None => self.count_longest(place),
        }
        self.count += 1;
        self.sum += u128::from(length.0);
        self.max = self.max.max(length.0);
    }

    /// How many bytes it takes beside itself.
    pub fn memory_bytes(&self) -> usize {
        size_of_val(&self.counts[..])
    }

    /// Nothing as long was recorded before.
    #[cold]
    #[inline(never)]
    fn count_longest(&mut self, place: usize) {
        self.counts.resize(place + 1, 0);
        self.counts[place] = 1;
    }

    /// How many were recorded.
    pub fn count(&self) -> u64 {
        self.count
    }

    /// The greatest recorded value, exact; zero where nothing was recorded.
    pub fn max(&self) -> SimDuration {
        SimDuration(self.max)
    }

    /// The counters that are not zero, the shortest first: which, and how often.
    pub(super) fn counted(&self) -> impl Iterator<Item = (usize, u32)> {
        self.counts.iter().copied().enumerate().filter(|(_, count)| *count > 0)
    }

    /// The arithmetic mean in milliseconds; zero where nothing was recorded.
    pub fn mean_ms(&self) -> f64 {
        match self.count() {
            0 => 0.0,
            count => self.sum as f64 / count as f64 / 1e6,
        }
    }

    /// The values that shares `quantiles` (ascending, 0 to 1) of the recorded ones do not exceed; zero where
    /// nothing was recorded.
    pub fn quantiles<const N: usize>(&self, quantiles: [f64; N]) -> [SimDuration; N] {
        quantiles_of(&self.counts, self.count, self.max, quantiles)
    }

    /// Counts all that `other` counted.
    pub fn merge(&mut self, other: &Latency) {
        if self.counts.len() < other.counts.len() {
            self.counts.resize(other.counts.len(), 0);
        }
        for (counter, more) in self.counts.iter_mut().zip(&other.counts) {
            *counter = counter.saturating_add(*more);
        }
        self.count += other.count;
        self.sum += other.sum;
        self.max = self.max.max(other.max);
    }

    /// What results show.
    pub fn summary(&self) -> Summary {
        let [p50, p95, p99, p999] = self.quantiles([0.5, 0.95, 0.99, 0.999]).map(SimDuration::as_millis);
        let max = SimDuration(self.max).as_millis();
        Summary { mean: self.mean_ms(), p50, p95, p99, p999, max, count: self.count() }
    }

    /// Forgets everything and keeps the memory.
    pub fn clear(&mut self) {
        if self.count() > 0 {
            self.counts.fill(0);
            self.count = 0;
            self.sum = 0;
            self.max = 0;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Records 1..=count times `unit` and compares with what is known of it.
    fn check(count: u64, unit: u64) {
        let mut latency = Latency::default();
        for k in 1..=count {
            latency.record(SimDuration(k * unit));
        }
        let summary = latency.summary();
        assert_eq!(summary.count, count);
        assert_eq!(summary.max, SimDuration(count * unit).as_millis());
        let mean = (count + 1) as f64 / 2.0 * unit as f64 / 1e6;
        assert!((summary.mean - mean).abs() <= 1e-12 * mean, "mean {} for {mean}", summary.mean);
        for (quantile, seen) in
            [(0.5, summary.p50), (0.95, summary.p95), (0.99, summary.p99), (0.999, summary.p999)]
        {
            let exact = libm::ceil(quantile * count as f64) * unit as f64 / 1e6;
            assert!(
                (seen / exact - 1.0).abs() <= 0.004,
                "{count} × {unit} ns: p{quantile} {seen} for {exact}"
            );
        }
    }

    #[test]
    fn percentiles_are_near_and_the_rest_exact() {
        check(1, 1);
        check(1, 123_456_789);
        check(100, 1);
        check(10_000, 1_000);
        check(10_000, 1_234_567);
        check(1_000, 3_600_000_000_000);
    }

    #[test]
    fn nothing_recorded_is_all_zero_and_clearing_forgets() {
        let mut latency = Latency::default();
        assert_eq!(latency.summary(), Summary::default());
        latency.record(SimDuration::ZERO);
        assert_eq!(latency.summary(), Summary { count: 1, ..Summary::default() });
        latency.record(SimDuration::from_millis(9));
        latency.clear();
        assert_eq!(latency.summary(), Summary::default());
        latency.record(SimDuration(u64::MAX));
        assert_eq!(latency.count(), 1);
    }
}
