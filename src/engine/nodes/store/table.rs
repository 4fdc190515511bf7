//! What a store holds: a version per key, what its followers have of it, and what a read model has missed.

use std::collections::{BTreeMap, VecDeque};

use crate::base::{SimDuration, SimTime, StoreIx};
use crate::engine::kernel::slab::tree_of;
use crate::engine::runtime::write_history::{MOST_LOOKED_AT, Projections, Totals};
use crate::observation::Lag;

/// Keys with their versions. A key that was never written has version 0 and no row.
#[derive(Clone, Debug, Default)]
pub struct Table {
    /// By key and, where it was projected, source: a read model of several stores has a version of each.
    rows: BTreeMap<(u32, Option<StoreIx>), Row>,
    /// Writes on their way to followers.
    shipped: usize,
    /// Versions made (under no store) and projected (under their store), all keys together.
    totals: Totals<Option<StoreIx>>,
}

#[derive(Clone, Debug, Default)]
struct Row {
    version: u32,
    /// Which of the 64 versions before the present one were projected, the lowest bit for the present one.
    projected: u64,
    /// The version at the followers.
    followed: u32,
    /// Newer ones on their way there.
    shipped: VecDeque<Shipped>,
}

/// A write on its way to the followers.
#[derive(Clone, Copy, Debug)]
struct Shipped {
    version: u32,
    committed: SimTime,
    arrives: SimTime,
}

/// What a read finds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Found {
    /// The version.
    pub version: u32,
    /// Of which store, where it was projected.
    pub source: Option<StoreIx>,
    /// How many versions of this store it is behind.
    pub behind: u32,
    /// When the first of them was written.
    pub since: SimTime,
}

/// What a projection came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Projected {
    /// It is the newest; so many versions were skipped.
    Newer(u32),
    /// A newer one is there; whether this one had been missing.
    Older(bool),
}

impl Table {
    /// Keys that have a version; those with versions of several stores once for each.
    pub fn keys(&self) -> usize {
        self.rows.len()
    }

    /// Versions made and projected, all keys together.
    pub fn versions(&self) -> u64 {
        self.totals.iter().map(|(_, count)| count).sum()
    }

    /// How far the followers are behind at `now`; none where there are more than [`MOST_LOOKED_AT`] keys.
    pub fn followers_lag(&self, now: SimTime) -> Option<Lag> {
        if self.rows.len() > MOST_LOOKED_AT {
            return None;
        }
        let mut lag = Lag::default();
        for shipped in self.rows.values().flat_map(|row| &row.shipped).filter(|shipped| shipped.arrives > now)
        {
            lag.versions += 1;
            lag.since = Some(lag.since.map_or(shipped.committed, |since| since.min(shipped.committed)));
        }
        Some(lag)
    }

    /// Rows and writes on their way, for the bound on live objects.
    pub fn live_objects(&self) -> usize {
        self.rows.len() + self.shipped
    }

    /// About how many bytes a clone takes.
    pub fn memory_bytes(&self) -> usize {
        self.rows.len() * tree_of::<((u32, Option<StoreIx>), Row)>() + self.shipped * size_of::<Shipped>()
    }

    /// The newest version of a key that was made here.
    pub fn version(&self, key: u32) -> u32 {
        self.rows.get(&(key, None)).map_or(0, |row| row.version)
    }

    /// What the leader has of a key, or a follower: gives `each` version, first the store's own.
    pub fn read(&mut self, key: u32, follower: bool, now: SimTime, mut each: impl FnMut(Found)) {
        let (mut arrived, last) = (0, Some(StoreIx(u32::MAX)));
        for (&(_, source), row) in self.rows.range_mut((key, None)..=(key, last)) {
            arrived += row.arrive(now);
            each(match row.shipped.front() {
                Some(first) if follower => Found {
                    version: row.followed,
                    source,
                    behind: row.version.saturating_sub(row.followed),
                    since: first.committed,
                },
                _ => Found { version: row.version, source, behind: 0, since: now },
            });
        }
        self.shipped -= arrived;
    }

    /// Makes a key's next version, which reaches the followers after `lag`, and gives it.
    pub fn write(&mut self, key: u32, now: SimTime, lag: Option<SimDuration>) -> u32 {
        let row = self.rows.entry((key, None)).or_default();
        row.version += 1;
        self.totals.add(None, 1);
        self.shipped -= row.arrive(now);
        self.shipped += row.ship(now, lag);
        row.version
    }

    /// Applies version `version` of `source`'s key, unless it is not newer.
    pub fn project(
        &mut self,
        key: u32,
        version: u32,
        source: StoreIx,
        now: SimTime,
        lag: Option<SimDuration>,
    ) -> Projected {
        let row = self.rows.entry((key, Some(source))).or_default();
        if version <= row.version {
            let bit = 1_u64.checked_shl(row.version - version).unwrap_or(0);
            let missing = bit != 0 && row.projected & bit == 0;
            row.projected |= bit;
            return Projected::Older(missing);
        }
        let step = version - row.version;
        row.projected = row.projected.checked_shl(step).unwrap_or(0) | 1;
        row.version = version;
        self.totals.add(Some(source), step.into());
        self.shipped -= row.arrive(now);
        self.shipped += row.ship(now, lag);
        Projected::Newer(step - 1)
    }
}

impl Projections for Table {
    fn sources(&self) -> impl Iterator<Item = (StoreIx, u64)> {
        self.totals.iter().filter_map(|&(source, count)| Some((source?, count)))
    }

    fn projected(&self, key: u32, source: StoreIx) -> u32 {
        self.rows.get(&(key, Some(source))).map_or(0, |row| row.version)
    }
}

impl Row {
    /// Takes what has reached the followers by `now`; says how many writes that were.
    fn arrive(&mut self, now: SimTime) -> usize {
        let mut count = 0;
        while let Some(first) = self.shipped.front()
            && first.arrives <= now
        {
            self.followed = first.version;
            self.shipped.pop_front();
            count += 1;
        }
        count
    }

    /// Sends the present version to the followers; says how many writes are under way by that. One key's writes
    /// never overtake each other.
    fn ship(&mut self, now: SimTime, lag: Option<SimDuration>) -> usize {
        let Some(lag) = lag else { return 0 };
        let arrives = self.shipped.back().map_or(SimTime::ZERO, |last| last.arrives).max(now + lag);
        self.shipped.push_back(Shipped { version: self.version, committed: now, arrives });
        1
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SOURCE: StoreIx = StoreIx(3);

    fn at(seconds: f64) -> SimTime {
        SimTime::from_secs(seconds)
    }

    /// Projects versions in order and compares how many are missing in the end.
    fn check(versions: &[u32], missing: i64) {
        let mut table = Table::default();
        let mut seen = 0;
        for &version in versions {
            seen += match table.project(7, version, SOURCE, at(0.0), None) {
                Projected::Newer(skipped) => i64::from(skipped),
                Projected::Older(was_missing) => -i64::from(was_missing),
            };
        }
        assert_eq!(seen, missing, "{versions:?}");
        // Another source counts by itself.
        assert_eq!(table.project(7, 1, StoreIx(0), at(0.0), None), Projected::Newer(0), "{versions:?}");
        let mut found = Vec::new();
        table.read(7, false, at(1.0), |row| found.push((row.source, row.version)));
        let newest = versions.iter().copied().max().unwrap_or(0);
        assert_eq!(found, [(Some(StoreIx(0)), 1), (Some(SOURCE), newest)], "{versions:?}");
    }

    #[test]
    fn a_read_model_knows_what_it_has_missed() {
        check(&[1, 2, 3], 0);
        check(&[1, 3], 1);
        check(&[2, 5, 3], 2);
        check(&[3, 2, 1], 0);
        check(&[3, 2, 2, 2, 1, 3], 0);
        check(&[100, 1], 99);
        check(&[64, 1], 62);
        check(&[1, 1 << 31, 2], (1 << 31) - 2);
    }

    #[test]
    fn followers_lag_by_what_is_drawn_and_keep_the_order() {
        let mut table = Table::default();
        let second = SimDuration::from_millis(1000);
        for (version, lag) in [(1, 3), (2, 0), (3, 5)] {
            assert_eq!(table.write(1, at(10.0), Some(SimDuration(second.0 * lag))), version);
        }
        let read = |table: &mut Table, seconds| {
            let mut found = None;
            table.read(1, true, at(seconds), |row| found = Some((row.version, row.behind, row.since)));
            found.expect("a row")
        };
        assert_eq!(read(&mut table, 12.0), (0, 3, at(10.0)));
        assert_eq!(table.live_objects(), 4);
        // The second write waits for the first.
        assert_eq!(read(&mut table, 13.0), (2, 1, at(10.0)));
        assert_eq!(read(&mut table, 15.0), (3, 0, at(15.0)));
        assert_eq!((table.version(1), table.live_objects()), (3, 1));
        table.read(2, true, at(0.0), |_| panic!("nothing is there"));
    }
}
