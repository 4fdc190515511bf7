//! Levels: what holds from one change to the next, integrated over time.

use crate::base::SimTime;

/// A whole number that changes at instants, with its integral over time.
///
/// The integral is kept lazily (area += level × time since the last change) and exactly, in whole
/// level-nanoseconds, so that means never depend on how a run is sliced.
#[derive(Clone, Copy, Debug)]
pub struct Level {
    value: u64,
    /// Up to here the area is complete; before measuring begins, where it will begin.
    since: SimTime,
    area: u128,
}

impl Level {
    /// A level of `value` whose integral is measured from `from` on.
    pub fn new(value: u64, from: SimTime) -> Level {
        Level { value, since: from, area: 0 }
    }

    /// It becomes `value` at `at`. Instants never go back.
    pub fn set(&mut self, at: SimTime, value: u64) {
        if at >= self.since {
            self.area += product(self.value, at.0 - self.since.0);
            self.since = at;
        }
        self.value = value;
    }

    /// It grows by one.
    pub fn up(&mut self, at: SimTime) {
        self.set(at, self.value + 1);
    }

    /// It shrinks by one; zero stays zero.
    pub fn down(&mut self, at: SimTime) {
        debug_assert!(self.value > 0, "a level fell below zero: something left that had never come");
        self.set(at, self.value.saturating_sub(1));
    }

    /// A part of it that was `before` is `now`.
    pub(super) fn shift(&mut self, at: SimTime, before: u32, now: u32) {
        if before != now {
            self.set(at, self.value - u64::from(before) + u64::from(now));
        }
    }

    /// What it is now.
    pub fn value(&self) -> u64 {
        self.value
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
}

/// A level that also knows its greatest value.
#[derive(Clone, Copy, Debug)]
pub struct Peak {
    level: Level,
    max: u64,
}

impl Peak {
    /// A level of `value` whose integral and maximum are measured from `from` on.
    pub fn new(value: u64, from: SimTime) -> Peak {
        Peak { level: Level::new(value, from), max: value }
    }

    /// It becomes `value` at `at`. Instants never go back.
    pub fn set(&mut self, at: SimTime, value: u64) {
        // Before anything is measured, the maximum is what will hold when measuring begins.
        self.max = if at >= self.level.since { self.max.max(value) } else { value };
        self.level.set(at, value);
    }

    /// It grows by one.
    pub fn up(&mut self, at: SimTime) {
        self.set(at, self.level.value + 1);
    }

    /// It shrinks by one; zero stays zero.
    pub fn down(&mut self, at: SimTime) {
        // The maximum is never below what is left, once there is one.
        if at < self.level.since {
            self.max = self.level.value.saturating_sub(1);
        }
        self.level.down(at);
    }

    /// What it is now.
    pub fn value(&self) -> u64 {
        self.level.value
    }

    /// The greatest value since measuring began, the one that held then included.
    pub fn max(&self) -> u64 {
        self.max
    }

    /// Its integral up to `now`, in level-nanoseconds.
    pub fn area(&self, now: SimTime) -> u128 {
        self.level.area(now)
    }

    /// Its mean from `from`, where measuring began, to `now`; what it is now where no time has passed.
    pub fn mean(&self, from: SimTime, now: SimTime) -> f64 {
        self.level.mean(from, now)
    }
}

/// level × nanoseconds. Where both fit 32 bits so does the product fit 64, which spares 32-bit targets a call.
fn product(level: u64, nanos: u64) -> u128 {
    if cfg!(target_pointer_width = "32") && (level | nanos) >> 32 == 0 {
        u128::from(level * nanos)
    } else {
        u128::from(level) * u128::from(nanos)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Applies (instant, value) and compares mean and maximum over `from`..`until`.
    fn check(from: u64, changes: &[(u64, u64)], until: u64, mean: f64, max: u64) {
        let mut level = Peak::new(1, SimTime(from));
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
        // The maximum begins as what holds when measuring begins, not as what held before.
        check(5, &[(1, 9), (2, 4)], 10, 4.0, 4);
        // Beyond 64 bits.
        check(0, &[(0, 1 << 40)], 1 << 40, (1u64 << 40) as f64, 1 << 40);
    }

    #[test]
    fn counting_up_and_down_is_setting() {
        let (mut counted, mut set) = (Peak::new(2, SimTime(5)), Peak::new(2, SimTime(5)));
        for (at, up, value) in [(1, true, 3), (2, false, 2), (4, false, 1), (6, true, 2), (8, false, 1)] {
            if up {
                counted.up(SimTime(at))
            } else {
                counted.down(SimTime(at))
            }
            set.set(SimTime(at), value);
        }
        let of = |peak: Peak| (peak.value(), peak.max(), peak.area(SimTime(20)));
        assert_eq!(of(counted), of(set));
        assert_eq!(of(set), (1, 2, 1 + 2 * 2 + 12));
    }
}
