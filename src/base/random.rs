//! Named random streams: one generator per (seed, node, purpose).
//!
//! A change to one part never shifts the draws of another, so two variants of a system meet the same
//! arrivals (common random numbers).

use rand::rngs::Xoshiro256PlusPlus;
use rand::{Rng, SeedableRng};

use super::within;

/// One named stream of random numbers (Xoshiro256++).
#[derive(Clone, Debug)]
pub struct Stream(Xoshiro256PlusPlus);

impl Stream {
    /// The stream of `purpose` at `node` under `seed`.
    pub fn new(seed: u64, node: &str, purpose: &str) -> Stream {
        // FNV-1a over bytes, the names kept apart by a byte that no name contains.
        let mut hash = 0xcbf2_9ce4_8422_2325_u64;
        let bytes = seed.to_le_bytes().into_iter().chain(node.bytes()).chain([0xff]).chain(purpose.bytes());
        for byte in bytes {
            hash = (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3);
        }
        // `seed_from_u64` runs the hash through SplitMix64, so that near seeds give unrelated states.
        Stream(Xoshiro256PlusPlus::seed_from_u64(hash))
    }

    /// Uniform in [0, 1), with 53 bits.
    #[inline]
    pub fn unit(&mut self) -> f64 {
        (self.0.next_u64() >> 11) as f64 * (1.0 / (1u64 << 53) as f64)
    }

    /// Exponential with mean 1, by inversion (so that one draw is one number: streams stay in step).
    #[inline]
    pub fn exponential(&mut self) -> f64 {
        -libm::log(1.0 - self.unit())
    }

    /// Standard normal, by the Box–Muller cosine branch (two draws, always).
    pub fn normal(&mut self) -> f64 {
        let radius = libm::sqrt(2.0 * self.exponential());
        radius * libm::cos(core::f64::consts::TAU * self.unit())
    }

    /// Uniform in 0..`bound`, by multiplication; 0 if `bound` is 0. The bias is below `bound`/2⁶⁴.
    #[inline]
    pub fn below(&mut self, bound: u64) -> u64 {
        ((u128::from(self.0.next_u64()) * u128::from(bound)) >> 64) as u64
    }

    /// True with the given probability. Draws nothing where the answer is certain.
    #[inline]
    pub fn chance(&mut self, probability: f64) -> bool {
        probability > 0.0 && (probability >= 1.0 || self.unit() < probability)
    }
}

/// Zipf's law over 0..count: the k-th key (from 1) has weight k^−skew. A skew of 0 is uniform.
///
/// Sampled by rejection-inversion (Hörmann and Derflinger, "Rejection-inversion to generate variates from
/// monotone discrete distributions", ACM TOMACS 6(3), 1996): no table, any count.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Zipf {
    count: u64,
    skew: f64,
    /// H(3/2) − 1, H(count + 1/2) and the shortcut bound of the paper.
    upper: f64,
    lower: f64,
    shortcut: f64,
}

impl Zipf {
    /// Over `count` ≥ 1 keys with `skew` ≥ 0.
    pub fn new(count: u64, skew: f64) -> Zipf {
        let mut zipf = Zipf { count: count.max(1), skew, upper: 0.0, lower: 0.0, shortcut: 0.0 };
        if skew > 0.0 {
            zipf.upper = zipf.integral(1.5) - 1.0;
            zipf.lower = zipf.integral(zipf.count as f64 + 0.5);
            zipf.shortcut = 2.0 - zipf.inverse(zipf.integral(2.5) - libm::pow(2.0, -skew));
        }
        zipf
    }

    /// One key, in 0..count.
    pub fn sample(&self, stream: &mut Stream) -> u64 {
        if self.skew <= 0.0 {
            return stream.below(self.count);
        }
        loop {
            let u = self.lower + stream.unit() * (self.upper - self.lower);
            let x = self.inverse(u);
            let k = within(libm::floor(x + 0.5), 1.0, self.count as f64);
            if k - x <= self.shortcut || u >= self.integral(k + 0.5) - libm::pow(k, -self.skew) {
                return k as u64 - 1;
            }
        }
    }

    /// The integral of x^−skew.
    fn integral(&self, x: f64) -> f64 {
        let log = libm::log(x);
        let t = (1.0 - self.skew) * log;
        if t.abs() > 1e-8 { libm::expm1(t) / t * log } else { (1.0 + t / 2.0) * log }
    }

    fn inverse(&self, u: f64) -> f64 {
        let t = (u * (1.0 - self.skew)).max(-1.0);
        let log = if t.abs() > 1e-8 { libm::log1p(t) / t * u } else { (1.0 - t / 2.0) * u };
        libm::exp(log)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn streams_are_named() {
        let first = |seed, node, purpose| Stream::new(seed, node, purpose).unit();
        assert_eq!(first(1, "web", "arrivals"), first(1, "web", "arrivals"));
        assert_ne!(first(1, "web", "arrivals"), first(2, "web", "arrivals"));
        assert_ne!(first(1, "web", "arrivals"), first(1, "web", "keys"));
        assert_ne!(first(1, "ab", "c"), first(1, "a", "bc"));
    }

    #[test]
    fn zipf_has_the_weights_of_the_law() {
        for skew in [0.0, 0.5, 0.9, 1.0, 1.7] {
            let (count, draws) = (20_u64, 400_000);
            let zipf = Zipf::new(count, skew);
            let mut stream = Stream::new(7, "keys", "zipf");
            let mut seen = vec![0_u32; count as usize];
            for _ in 0..draws {
                seen[zipf.sample(&mut stream) as usize] += 1;
            }
            let weight = |k: u64| libm::pow((k + 1) as f64, -skew);
            let total: f64 = (0..count).map(weight).sum();
            for k in 0..count {
                let p = weight(k) / total;
                let deviation = libm::sqrt(p * (1.0 - p) * f64::from(draws));
                let error = (f64::from(seen[k as usize]) - p * f64::from(draws)).abs();
                assert!(error < 5.0 * deviation, "skew {skew}, key {k}: {error} > 5·{deviation}");
            }
        }
    }
}
