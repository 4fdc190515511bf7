//! Answers by latency in few bands: what the latency map shows of a window.

use super::latency::Latency;
use crate::base::SimDuration;

/// Answers by latency, in bands of half a doubling each: band b begins at [`Spread::begins`] of it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Spread {
    /// The band of the first count.
    pub first: u32,
    /// How many answers fell in this band and those after it. The first and the last are above zero.
    pub counts: Vec<u32>,
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

    /// Becomes the counts of a latency's recordings, in the memory that it has.
    pub(super) fn take(&mut self, latency: &Latency) {
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
}
