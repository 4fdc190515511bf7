//! Distributions of durations, drawn with `libm` alone so that every platform draws the same.

use std::sync::Arc;

use super::random::Stream;
use super::time::SimDuration;

/// The longest duration that a draw can give: 1,000 hours. Longer draws are cut to it.
pub const MAX_SAMPLE: SimDuration = SimDuration(3_600_000 * 1_000_000_000);

/// A distribution of non-negative durations, ready to be drawn from. Means and bounds in nanoseconds.
#[derive(Clone, Debug, PartialEq)]
pub enum Dist {
    /// Always the same.
    Constant(SimDuration),
    /// Exponential with this mean.
    Exponential(f64),
    /// Uniform between the two, the lower first.
    Uniform(f64, f64),
    /// The sum of `k` exponentials of mean `mean`/k; cv² = 1/k.
    Erlang {
        /// Mean of the sum.
        mean: f64,
        /// Number of stages, 1 to 1,000.
        k: u32,
    },
    /// Two exponential branches with balanced means: p₁·m₁ = p₂·m₂ = mean/2; cv ≥ 1.
    Hyperexponential {
        /// Probability of the first branch, (1 + √((cv²−1)/(cv²+1)))/2.
        p: f64,
        /// Mean of the first branch.
        first: f64,
        /// Mean of the second branch.
        second: f64,
    },
    /// e^(mu + sigma·N) with N standard normal.
    Lognormal {
        /// Mean of the logarithm.
        mu: f64,
        /// Standard deviation of the logarithm.
        sigma: f64,
    },
    /// Pareto from `min` with tail index `alpha`, cut at `max`: the mass beyond gathers at `max`, or is spread over what is
    /// below.
    Pareto {
        /// Least value.
        min: f64,
        /// Tail index.
        alpha: f64,
        /// Greatest value.
        max: f64,
        /// Nothing gathers at `max`: as if draws beyond were drawn again.
        truncated: bool,
    },
    /// One of the values, by cumulative weight (the last is 1).
    Empirical(Arc<[(SimDuration, f64)]>),
}

impl Dist {
    /// The hyperexponential with this mean and coefficient of variation (≥ 1), balanced means.
    pub fn hyperexponential(mean: f64, cv: f64) -> Dist {
        let squared = cv * cv;
        let p = (1.0 + libm::sqrt(((squared - 1.0) / (squared + 1.0)).max(0.0))) / 2.0;
        Dist::Hyperexponential { p, first: mean / (2.0 * p), second: mean / (2.0 * (1.0 - p)) }
    }

    /// The lognormal with this mean and coefficient of variation: σ² = ln(1 + cv²), μ = ln(mean) − σ²/2.
    pub fn lognormal(mean: f64, cv: f64) -> Dist {
        let variance = libm::log1p(cv * cv);
        Dist::Lognormal { mu: libm::log(mean) - variance / 2.0, sigma: libm::sqrt(variance) }
    }

    /// The empirical distribution over (value, weight); weights need not sum to 1 but must be positive.
    pub fn empirical(values: &[(SimDuration, f64)]) -> Dist {
        let total: f64 = values.iter().map(|(_, weight)| weight).sum();
        let mut sum = 0.0;
        let mut cumulative: Vec<_> = values
            .iter()
            .map(|&(value, weight)| {
                sum += weight / total;
                (value, sum)
            })
            .collect();
        if let Some(last) = cumulative.last_mut() {
            last.1 = 1.0;
        }
        Dist::Empirical(cumulative.into())
    }

    /// A moment of a truncated Pareto distribution [min, alpha, max], by the moment of the one whose mass beyond `max`
    /// gathers there, and by what a value there contributes to that.
    pub fn truncated([min, alpha, max]: [f64; 3], gathered: f64, at_max: f64) -> f64 {
        let beyond = beyond(min, alpha, max);
        if beyond < 1.0 { (gathered - beyond * at_max) / (1.0 - beyond) } else { gathered }
    }

    /// One draw, cut to 0..=[`MAX_SAMPLE`] and rounded to the nanosecond.
    #[inline(always)]
    pub fn sample(&self, stream: &mut Stream) -> SimDuration {
        match self {
            Dist::Constant(value) => *value,
            _ => self.draw(stream),
        }
    }

    /// Sends what is drawn most a short way.
    #[inline(never)]
    fn draw(&self, stream: &mut Stream) -> SimDuration {
        match self {
            Dist::Exponential(mean) => rounded(mean * stream.exponential()),
            _ => self.draw_rarer(stream),
        }
    }

    #[inline(never)]
    fn draw_rarer(&self, stream: &mut Stream) -> SimDuration {
        let nanos = match self {
            Dist::Constant(value) => return *value,
            Dist::Exponential(mean) => mean * stream.exponential(),
            Dist::Uniform(low, high) => low + (high - low) * stream.unit(),
            Dist::Erlang { mean, k } => {
                let stage = mean / f64::from(*k);
                (0..*k).map(|_| stage * stream.exponential()).sum()
            }
            Dist::Hyperexponential { p, first, second } => {
                let mean = if stream.unit() < *p { first } else { second };
                mean * stream.exponential()
            }
            Dist::Lognormal { mu, sigma } => libm::exp(mu + sigma * stream.normal()),
            Dist::Pareto { min, alpha, max, truncated: false } => {
                (min * libm::exp(stream.exponential() / alpha)).min(*max)
            }
            Dist::Pareto { min, alpha, max, truncated: true } => {
                let above = 1.0 - stream.unit() * (1.0 - beyond(*min, *alpha, *max));
                (min * libm::pow(above, -1.0 / alpha)).min(*max)
            }
            Dist::Empirical(values) => {
                let u = stream.unit();
                let at = values.partition_point(|&(_, cumulative)| cumulative <= u);
                return values[at.min(values.len() - 1)].0;
            }
        };
        rounded(nanos)
    }

    /// The mean in nanoseconds (of the cut distribution, for Pareto).
    pub fn mean(&self) -> f64 {
        match self {
            Dist::Constant(value) => value.0 as f64,
            Dist::Exponential(mean) | Dist::Erlang { mean, .. } => *mean,
            Dist::Uniform(low, high) => (low + high) / 2.0,
            Dist::Hyperexponential { p, first, second } => p * first + (1.0 - p) * second,
            Dist::Lognormal { mu, sigma } => libm::exp(mu + sigma * sigma / 2.0),
            Dist::Pareto { min, alpha, max, truncated } => {
                // E[min(X, max)] = min + ∫ (min/x)^α dx from min to max.
                let ratio = max / min;
                let gathered = if (alpha - 1.0).abs() < 1e-9 {
                    min * (1.0 + libm::log(ratio))
                } else {
                    min * (1.0 + (1.0 - libm::pow(ratio, 1.0 - alpha)) / (alpha - 1.0))
                };
                if *truncated { Dist::truncated([*min, *alpha, *max], gathered, *max) } else { gathered }
            }
            Dist::Empirical(values) => {
                let mut before = 0.0;
                values
                    .iter()
                    .map(|&(value, cumulative)| {
                        let weight = cumulative - std::mem::replace(&mut before, cumulative);
                        value.0 as f64 * weight
                    })
                    .sum()
            }
        }
    }
}

/// The probability that a Pareto distribution gives more than `max`.
fn beyond(min: f64, alpha: f64, max: f64) -> f64 {
    libm::pow(min / max, alpha)
}

/// A draw as a duration: to the nanosecond, and not too long.
#[inline(always)]
fn rounded(nanos: f64) -> SimDuration {
    // `as` saturates and sends NaN to zero; signed, because processors convert to that.
    SimDuration(((nanos + 0.5) as i64).clamp(0, MAX_SAMPLE.0 as i64) as u64)
}

#[cfg(test)]
mod tests {
    use super::*;

    const MS: f64 = 1e6;

    /// Draws many and compares mean and coefficient of variation, the latter where it exists.
    fn check(dist: Dist, mean_ms: f64, cv: Option<f64>) {
        let draws = 400_000;
        let mut stream = Stream::new(3, "dist", "check");
        let (mut sum, mut squares) = (0.0, 0.0);
        for _ in 0..draws {
            let x = dist.sample(&mut stream).as_millis();
            sum += x;
            squares += x * x;
        }
        let mean = sum / f64::from(draws);
        let seen_cv = libm::sqrt((squares / f64::from(draws) - mean * mean).max(0.0)) / mean;
        assert!((mean / mean_ms - 1.0).abs() < 0.02, "{dist:?}: mean {mean} for {mean_ms}");
        assert!((dist.mean() / MS / mean_ms - 1.0).abs() < 1e-6, "{dist:?}: stated mean {}", dist.mean());
        if let Some(cv) = cv {
            assert!((seen_cv - cv).abs() < 0.05 * cv.max(0.2), "{dist:?}: cv {seen_cv} for {cv}");
        }
    }

    #[test]
    fn draws_have_the_stated_moments() {
        check(Dist::Constant(SimDuration::from_millis(20)), 20.0, Some(0.0));
        check(Dist::Exponential(20.0 * MS), 20.0, Some(1.0));
        check(Dist::Uniform(10.0 * MS, 30.0 * MS), 20.0, Some(20.0 / libm::sqrt(12.0) / 20.0));
        check(Dist::Erlang { mean: 20.0 * MS, k: 4 }, 20.0, Some(0.5));
        check(Dist::hyperexponential(20.0 * MS, 2.0), 20.0, Some(2.0));
        check(Dist::lognormal(20.0 * MS, 1.5), 20.0, Some(1.5));
        check(
            Dist::Pareto { min: 5.0 * MS, alpha: 1.5, max: 1e4 * MS, truncated: false },
            5.0 * (1.0 + (1.0 - libm::pow(2000.0, -0.5)) / 0.5),
            None,
        );
        // ∫ x·αx^(−α−1) dx over 1 to 10, divided by what lies there: 9/10 for α = 1, 99/100 for α = 2.
        for (alpha, mean) in [(1.0, 10.0 * libm::log(10.0) / 9.0), (2.0, 2.0 * 0.9 * 100.0 / 99.0)] {
            check(Dist::Pareto { min: MS, alpha, max: 10.0 * MS, truncated: true }, mean, None);
        }
        check(Dist::Pareto { min: MS, alpha: 2.0, max: MS, truncated: true }, 1.0, Some(0.0));
        let values = [(SimDuration::from_millis(10), 3.0), (SimDuration::from_millis(50), 1.0)];
        check(Dist::empirical(&values), 20.0, Some(libm::sqrt(300.0) / 20.0));
    }

    /// A tenth of all draws of this index is beyond ten times the least.
    #[test]
    fn what_is_beyond_the_cut_gathers_there_or_is_spread() {
        for (truncated, expected) in [(false, 0.1), (true, 0.0)] {
            let dist = Dist::Pareto { min: MS, alpha: 1.0, max: 10.0 * MS, truncated };
            let mut stream = Stream::new(3, "dist", "cut");
            let draws: Vec<SimDuration> = (0..100_000).map(|_| dist.sample(&mut stream)).collect();
            let least = draws.iter().min().expect("some");
            assert!((1.0..1.001).contains(&least.as_millis()), "{truncated}: {least}");
            let cut = draws.iter().filter(|draw| draw.as_millis() > 9.9999).count() as f64 / 1e5;
            assert!((cut - expected).abs() < 0.005, "{truncated}: {cut}");
            assert!(draws.iter().all(|draw| draw.as_millis() <= 10.0));
        }
    }
}
