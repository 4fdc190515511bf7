//! The digest: one 64-bit number over the whole event stream, equal on every platform.

use std::hash::{Hash, Hasher};

use super::{Observation, Observer};
use crate::base::SimTime;

/// Hashes every observation with its instant. Two runs that agree in it agree in all that can be seen.
///
/// Not cryptographic: a multiply-and-rotate fold, fast enough to be always on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Digest(u64);

impl Default for Digest {
    fn default() -> Digest {
        Digest(0x9e37_79b9_7f4a_7c15)
    }
}

impl Digest {
    /// The number so far, well mixed.
    pub fn value(self) -> u64 {
        let mut x = self.0;
        x = (x ^ (x >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        x = (x ^ (x >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        x ^ (x >> 31)
    }

    /// The number as results print it: 16 hexadecimal digits.
    pub fn hex(self) -> String {
        format!("{:016x}", self.value())
    }

    #[inline]
    fn fold(&mut self, word: u64) {
        self.0 = (self.0 ^ word).wrapping_mul(0x2545_f491_4f6c_dd1d).rotate_left(29);
    }
}

/// Every width folds as one 64-bit word, so that pointer size and byte order never show.
impl Hasher for Digest {
    fn finish(&self) -> u64 {
        self.value()
    }

    fn write(&mut self, bytes: &[u8]) {
        for &byte in bytes {
            self.fold(u64::from(byte));
        }
    }

    #[inline]
    fn write_u8(&mut self, word: u8) {
        self.fold(u64::from(word));
    }

    #[inline]
    fn write_u32(&mut self, word: u32) {
        self.fold(u64::from(word));
    }

    #[inline]
    fn write_u64(&mut self, word: u64) {
        self.fold(word);
    }

    /// An enum's variant comes as `isize`.
    #[inline]
    fn write_isize(&mut self, word: isize) {
        self.fold(word as i64 as u64);
    }
}

impl Observer for Digest {
    #[inline]
    fn observe(&mut self, at: SimTime, what: Observation) {
        self.fold(at.0);
        what.hash(self);
    }
}
