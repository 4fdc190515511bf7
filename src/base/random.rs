//! Named random streams: one generator per (seed, node, purpose).
//!
//! A change to one part never shifts the draws of another, so two variants of a system meet the same
//! arrivals (common random numbers).

use rand::rngs::Xoshiro256PlusPlus;
use rand::{Rng, SeedableRng};

use super::bound::within;

/// Mixes a word so that near ones give unrelated ones (SplitMix64's finalizer: a bijection that leaves 0 alone).
pub fn mix(mut x: u64) -> u64 {
    x = (x ^ (x >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    x = (x ^ (x >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    x ^ (x >> 31)
}

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

    /// Standard normal, by inversion: one draw is one number, and no trigonometry is needed.
    pub fn normal(&mut self) -> f64 {
        normal_quantile(self.unit() + 0.5 / (1u64 << 53) as f64)
    }

    /// Uniform in 0..`bound`, by multiplication; 0 if `bound` is 0. The bias is below `bound`/2⁶⁴.
    #[inline]
    pub fn below(&mut self, bound: u64) -> u64 {
        ((u128::from(self.0.next_u64()) * u128::from(bound)) >> 64) as u64
    }

    /// True with the given probability. Draws nothing where the answer is certain.
    #[inline(always)]
    pub fn chance(&mut self, probability: f64) -> bool {
        probability > 0.0 && self.happens(probability)
    }

    /// The same where it is not impossible. Out of line: most faults are not there most of the time.
    #[inline(never)]
    fn happens(&mut self, probability: f64) -> bool {
        probability >= 1.0 || self.unit() < probability
    }
}

/// The standard normal quantile of p in (0, 1), to about 16 digits: algorithm AS 241, PPND16 (Wichura, Applied
/// Statistics 37(3), 1988).
fn normal_quantile(p: f64) -> f64 {
    let q = p - 0.5;
    if q.abs() <= 0.425 {
        return q * ratio(0.180625 - q * q, &CENTRE);
    }
    let r = libm::sqrt(-libm::log(if q < 0.0 { p } else { 1.0 - p }));
    let tail = if r <= 5.0 { ratio(r - 1.6, &TAIL) } else { ratio(r - 5.0, &FAR_TAIL) };
    if q < 0.0 { -tail } else { tail }
}

/// A quotient of two polynomials: coefficients from the highest power, (numerator, denominator).
fn ratio(x: f64, coefficients: &[(f64, f64); 8]) -> f64 {
    let (above, below) =
        coefficients.iter().fold((0.0, 0.0), |(above, below), (a, b)| (above * x + a, below * x + b));
    above / below
}

const CENTRE: [(f64, f64); 8] = [
    (2.509_080_928_730_122_7e3, 5.226_495_278_852_854e3),
    (3.343_057_558_358_813e4, 2.872_908_573_572_194_3e4),
    (6.726_577_092_700_87e4, 3.930_789_580_009_271e4),
    (4.592_195_393_154_987e4, 2.121_379_430_158_659_7e4),
    (1.373_169_376_550_946_2e4, 5.394_196_021_424_751e3),
    (1.971_590_950_306_551_3e3, 6.871_870_074_920_579e2),
    (1.331_416_678_917_843_8e2, 4.231_333_070_160_091e1),
    (3.387_132_872_796_366_5, 1.0),
];
const TAIL: [(f64, f64); 8] = [
    (7.745_450_142_783_414e-4, 1.050_750_071_644_416_9e-9),
    (2.272_384_498_926_918_4e-2, 5.475_938_084_995_345e-4),
    (2.417_807_251_774_506e-1, 1.519_866_656_361_645_7e-2),
    (1.270_458_252_452_368_4, 1.481_039_764_274_800_8e-1),
    (3.647_848_324_763_204_5, 6.897_673_349_851e-1),
    (5.769_497_221_460_691, 1.676_384_830_183_803_8),
    (4.630_337_846_156_546, 2.053_191_626_637_759),
    (1.423_437_110_749_683_5, 1.0),
];
const FAR_TAIL: [(f64, f64); 8] = [
    (2.010_334_399_292_288_1e-7, 2.044_263_103_389_939_8e-15),
    (2.711_555_568_743_487_6e-5, 1.421_511_758_316_446e-7),
    (1.242_660_947_388_078_4e-3, 1.846_318_317_510_054_8e-5),
    (2.653_218_952_657_612_4e-2, 7.868_691_311_456_133e-4),
    (2.965_605_718_285_048_7e-1, 1.487_536_129_085_061_5e-2),
    (1.784_826_539_917_291_3, 1.369_298_809_227_358e-1),
    (5.463_784_911_164_114, 5.998_322_065_558_88e-1),
    (6.657_904_643_501_103, 1.0),
];

/// Zipf's law over 0..count: the k-th key (from 1) has weight k^−skew. A skew of 0 is uniform.
///
/// Sampled by rejection-inversion (Hörmann and Derflinger, "Rejection-inversion to generate variates from
/// monotone discrete distributions", ACM TOMACS 6(3), 1996): no table, any count.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Zipf {
    count: u32,
    skew: f64,
    /// H(3/2) − 1, H(count + 1/2) and the shortcut bound of the paper.
    upper: f64,
    lower: f64,
    shortcut: f64,
}

impl Zipf {
    /// Over `count` ≥ 1 keys with `skew` ≥ 0.
    pub fn new(count: u32, skew: f64) -> Zipf {
        let mut zipf = Zipf { count: count.max(1), skew, upper: 0.0, lower: 0.0, shortcut: 0.0 };
        if skew > 0.0 {
            zipf.upper = zipf.integral(1.5) - 1.0;
            zipf.lower = zipf.integral(f64::from(zipf.count) + 0.5);
            zipf.shortcut = 2.0 - zipf.inverse(zipf.integral(2.5) - libm::pow(2.0, -skew));
        }
        zipf
    }

    /// One key, in 0..count.
    pub fn sample(&self, stream: &mut Stream) -> u32 {
        if self.skew <= 0.0 {
            return stream.below(u64::from(self.count)) as u32;
        }
        loop {
            let u = self.lower + stream.unit() * (self.upper - self.lower);
            let x = self.inverse(u);
            let k = within(libm::floor(x + 0.5), 1.0, f64::from(self.count));
            if k - x <= self.shortcut || u >= self.integral(k + 0.5) - libm::pow(k, -self.skew) {
                return k as u32 - 1;
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
    fn normal_quantiles_are_those_of_the_tables() {
        let table = [
            (0.5, 0.0),
            (0.975, 1.959963984540054),
            (0.9, 1.2815515655446004),
            (1e-4, -3.719016485455709),
            (1e-15, -7.941345326170997),
        ];
        for (p, quantile) in table {
            assert!((normal_quantile(p) - quantile).abs() < 1e-9, "{p}: {}", normal_quantile(p));
        }
    }

    #[test]
    fn zipf_has_the_weights_of_the_law() {
        for skew in [0.0, 0.5, 0.9, 1.0, 1.7] {
            let (count, draws) = (20_u32, 400_000);
            let zipf = Zipf::new(count, skew);
            let mut stream = Stream::new(7, "keys", "zipf");
            let mut seen = vec![0_u32; count as usize];
            for _ in 0..draws {
                seen[zipf.sample(&mut stream) as usize] += 1;
            }
            let weight = |k: u32| libm::pow(f64::from(k + 1), -skew);
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
