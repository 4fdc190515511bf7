//! Levels: what holds from one change to the next, integrated over time.

use crate::base::SimTime;

/// A whole number that changes at instants, with its integral over time and its maximum.
///
/// The integral is kept lazily (area += level × time since the last change) and exactly, in whole
/// level-nanoseconds, so that means never depend on how a run is sliced.
#[derive(Clone, Copy, Debug)]
pub struct Level {
    value: u64,
    max: u64,
    /// Up to here the area is complete; before measuring begins, where it will begin.
    since: SimTime,
    area: u128,
}

impl Level {
    /// A level of `value` whose integral and maximum are measured from `from` on.
    pub fn new(value: u64, from: SimTime) -> Level {
        Level { value, max: value, since: from, area: 0 }
    }

    /// It becomes `value` at `at`. Instants never go back.
    #[inline]
    pub fn set(&mut self, at: SimTime, value: u64) {
        if at >= self.since {
            self.area += product(self.value, at.0 - self.since.0);
            self.since = at;
            self.max = self.max.max(value);
        } else {
            // Not yet measured: the maximum begins as what holds when measuring begins.
            self.max = value;
        }
        self.value = value;
    }

    /// It grows by one.
    #[inline]
    pub fn up(&mut self, at: SimTime) {
        self.set(at, self.value + 1);
    }

    /// It shrinks by one; zero stays zero.
    #[inline]
    pub fn down(&mut self, at: SimTime) {
        debug_assert!(self.value > 0, "a level fell below zero: something left that had never come");
        self.set(at, self.value.saturating_sub(1));
    }

    /// A part of it that was `before` is `now`.
    #[inline(always)]
    fn shift(&mut self, at: SimTime, before: u32, now: u32) {
        if before != now {
            self.set(at, self.value - u64::from(before) + u64::from(now));
        }
    }

    /// What it is now.
    #[inline]
    pub fn value(&self) -> u64 {
        self.value
    }

    /// The greatest value since measuring began, the one that held then included.
    pub fn max(&self) -> u64 {
        self.max
    }

    /// Its integral up to `now`, in level-nanoseconds.
    pub fn area(&self, now: SimTime) -> u128 {
        self.area + product(self.value, now.since(self.since).0)
    }

    /// Its mean from `from`, where measuring began, to `now`; what it is now where no time has passed.
    pub fn mean(&self, from: SimTime, now: SimTime) -> f64 {
        match now.since(from).0 {
            0 => self.value as f64,
            length => self.area(now) as f64 / length as f64,
        }
    }

    /// Measures anew from `at` on, where the level stays as it is.
    pub fn restart(&mut self, at: SimTime) {
        *self = Level::new(self.value, at);
    }
}

/// level × nanoseconds. Where both fit 32 bits so does the product fit 64, which spares 32-bit targets a call.
#[inline]
fn product(level: u64, nanos: u64) -> u128 {
    if cfg!(target_pointer_width = "32") && (level | nanos) >> 32 == 0 {
        u128::from(level * nanos)
    } else {
        u128::from(level) * u128::from(nanos)
    }
}

/// The workers of a service: absolute numbers per replica in, levels over all replicas out.
#[derive(Clone, Debug)]
pub struct Workers {
    /// Busy, blocked and present workers by replica.
    replicas: Vec<[u32; 3]>,
    /// Workers computing.
    pub busy: Level,
    /// Workers held while waiting for a downstream answer.
    pub blocked: Level,
    /// Workers there are.
    pub total: Level,
}

impl Workers {
    /// All free, measured from `from` on.
    pub fn new(replicas: u32, workers: u32, from: SimTime) -> Workers {
        Workers {
            replicas: vec![[0, 0, workers]; replicas as usize],
            busy: Level::new(0, from),
            blocked: Level::new(0, from),
            total: Level::new(u64::from(replicas) * u64::from(workers), from),
        }
    }

    /// One replica's numbers as they now are: busy, blocked, total.
    #[inline(always)]
    pub fn set(&mut self, at: SimTime, replica: u32, [busy, blocked, total]: [u32; 3]) {
        let now = [busy, blocked, total];
        let before = match self.replicas.as_mut_slice().get_mut(replica as usize) {
            Some(known) => std::mem::replace(known, now),
            None => self.grow(replica as usize, now),
        };
        self.busy.shift(at, before[0], busy);
        self.blocked.shift(at, before[1], blocked);
        self.total.shift(at, before[2], total);
    }

    /// A replica is new: it had nothing before.
    #[cold]
    #[inline(never)]
    fn grow(&mut self, replica: usize, now: [u32; 3]) -> [u32; 3] {
        self.replicas.resize(replica + 1, [0; 3]);
        std::mem::replace(&mut self.replicas[replica], now)
    }

    /// Measures anew from `at` on.
    pub fn restart(&mut self, at: SimTime) {
        self.busy.restart(at);
        self.blocked.restart(at);
        self.total.restart(at);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Applies (instant, value) and compares mean and maximum over `from`..`until`.
    fn check(from: u64, changes: &[(u64, u64)], until: u64, mean: f64, max: u64) {
        let mut level = Level::new(1, SimTime(from));
        for &(at, value) in changes {
            level.set(SimTime(at), value);
        }
        let seen = level.mean(SimTime(from), SimTime(until));
        assert!((seen - mean).abs() < 1e-12, "{changes:?} from {from}: mean {seen}, not {mean}");
        assert_eq!(level.max(), max, "{changes:?} from {from}: maximum");
    }

    #[test]
    fn means_are_weighted_by_time() {
        check(0, &[], 10, 1.0, 1);
        check(0, &[(4, 3), (6, 0)], 10, (4.0 + 2.0 * 3.0) / 10.0, 3);
        // Before measuring begins nothing counts but the value that holds then.
        check(5, &[(1, 9), (2, 4), (7, 2)], 10, (2.0 * 4.0 + 3.0 * 2.0) / 5.0, 4);
        check(5, &[(5, 6)], 10, 6.0, 6);
        // No time, no mean: what holds.
        check(5, &[(5, 6)], 5, 6.0, 6);
        // Beyond 64 bits.
        check(0, &[(0, 1 << 40)], 1 << 40, (1u64 << 40) as f64, 1 << 40);
    }

    #[test]
    fn workers_add_up_over_replicas() {
        let mut workers = Workers::new(2, 4, SimTime::ZERO);
        workers.set(SimTime(10), 0, [3, 1, 4]);
        workers.set(SimTime(20), 1, [0, 0, 0]);
        workers.set(SimTime(30), 2, [1, 0, 4]);
        let mean = |level: &Level| level.mean(SimTime::ZERO, SimTime(40));
        assert_eq!(mean(&workers.busy), (3.0 * 20.0 + 4.0 * 10.0) / 40.0);
        assert_eq!(mean(&workers.blocked), 30.0 / 40.0);
        assert_eq!(mean(&workers.total), (8.0 * 20.0 + 4.0 * 10.0 + 8.0 * 10.0) / 40.0);
        workers.restart(SimTime(40));
        assert_eq!(workers.busy.mean(SimTime(40), SimTime(50)), 4.0);
    }
}
