//! A hash ring: which replica has a key, so that few keys move when a replica comes or goes.
//!
//! Karger et al., "Consistent hashing and random trees" (STOC 1997), with points per replica as in libketama and in
//! Envoy's `ring_hash`. A key belongs to the first point at or after its own place on the ring whose replica can be
//! used: one that goes gives its keys to the others and takes nobody else's.

use crate::base::{mix, sort};

/// Points of each replica: their shares differ by about a tenth (1/√POINTS).
const POINTS: u64 = 100;

/// Points of replicas, in order around the ring.
#[derive(Clone, Debug, Default)]
pub struct Ring(Vec<(u64, u32)>);

impl Ring {
    /// The ring of so many replicas.
    pub fn new(replicas: u32) -> Ring {
        let points = |replica: u32| {
            (0..POINTS).map(move |point| (mix(place(u64::from(replica) * POINTS + point, 1)), replica))
        };
        let mut ring: Vec<_> = (0..replicas).flat_map(points).collect();
        sort(&mut ring);
        Ring(ring)
    }

    /// The replica of a key, among those that can be used; the first where none can.
    pub fn pick(&self, key: u32, usable: impl Fn(u32) -> bool) -> u32 {
        let at = mix(place(key.into(), 2));
        let from = self.0.partition_point(|&(point, _)| point < at);
        let around = self.0[from..].iter().chain(&self.0[..from]);
        around.map(|&(_, replica)| replica).find(|&replica| usable(replica)).unwrap_or(0)
    }
}

/// Keys and points begin at unrelated places (a fixed odd multiplier spreads neighbours before they are mixed).
fn place(number: u64, kind: u64) -> u64 {
    (number + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ kind << 62
}

#[cfg(test)]
mod tests {
    use super::*;

    const KEYS: u32 = 20_000;

    fn owners(ring: &Ring, usable: impl Fn(u32) -> bool + Copy) -> Vec<u32> {
        (0..KEYS).map(|key| ring.pick(key, usable)).collect()
    }

    #[test]
    fn few_keys_move_when_a_replica_comes_or_goes() {
        for replicas in [2, 5, 10] {
            let ring = Ring::new(replicas);
            let before = owners(&ring, |_| true);
            for replica in 0..replicas {
                let share = before.iter().filter(|&&owner| owner == replica).count() as f64 / f64::from(KEYS);
                let fair = 1.0 / f64::from(replicas);
                assert!((share / fair - 1.0).abs() < 0.4, "{replica} of {replicas} has {share}");
            }
            let without = owners(&ring, |replica| replica != 0);
            let moved = before.iter().zip(&without).filter(|(a, b)| a != b);
            assert!(moved.clone().all(|(&before, _)| before == 0), "only the keys of the one that went");
            assert!(without.iter().all(|&owner| owner != 0));
            let larger = owners(&Ring::new(replicas + 1), |_| true);
            assert!(
                before.iter().zip(&larger).all(|(&a, &b)| a == b || b == replicas),
                "only to the new one"
            );
            assert_eq!(owners(&Ring::new(replicas + 1), |replica| replica < replicas), before);
        }
        assert_eq!(Ring::new(3).pick(1, |_| false), 0);
    }
}
