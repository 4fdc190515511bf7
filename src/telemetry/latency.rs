//! Latencies: percentiles from a histogram, the mean and the maximum exactly.

use hdrhistogram::Histogram;
use serde::Serialize;

use crate::base::SimDuration;

/// Many durations. Percentiles are within 0.4 % of a recorded value; mean and maximum are exact.
///
/// A high-dynamic-range histogram of two significant digits over whole nanoseconds: at most 15 KB as long as
/// nothing is above ten seconds, 25 KB at the longest duration that can be drawn.
#[derive(Clone, Debug)]
pub struct Latency {
    histogram: Histogram<u32>,
    sum: u128,
    max: u64,
}

impl Default for Latency {
    fn default() -> Latency {
        // Two digits are always allowed, so this never fails.
        let histogram = Histogram::new(2).expect("2 significant digits are within 0..=5");
        Latency { histogram, sum: 0, max: 0 }
    }
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
    #[inline]
    pub fn record(&mut self, length: SimDuration) {
        // Growing cannot fail where `usize` has 32 bits or more: 64 bits of value need 7,424 counters.
        let _ = self.histogram.record(length.0);
        self.sum += u128::from(length.0);
        self.max = self.max.max(length.0);
    }

    /// How many were recorded.
    pub fn count(&self) -> u64 {
        self.histogram.len()
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
        if self.count() == 0 {
            return [SimDuration::ZERO; N];
        }
        let mut found = [SimDuration::ZERO; N];
        for (value, quantile) in found.iter_mut().zip(quantiles) {
            // The library answers with the top of a bucket; its middle halves the error. No percentile is
            // above the maximum, which is known exactly.
            let top = self.histogram.value_at_quantile(quantile);
            *value = SimDuration(self.histogram.median_equivalent(top).min(self.max));
        }
        found
    }

    /// Counts all that `other` counted.
    pub fn merge(&mut self, other: &Latency) {
        // Fails only where a histogram may not grow; these may.
        let _ = self.histogram.add(&other.histogram);
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
            self.histogram.reset();
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
