//! What every store has written, for telling how far a read model is behind: it measures and changes nothing.

use std::collections::{BTreeMap, VecDeque};

use crate::base::{SimTime, StoreIx};
use crate::engine::kernel::slab::tree_of;
use crate::observation::Lag;

/// The instants of so many newest writes of a key are kept. A read that is further behind counts as stale since the
/// oldest of them.
const KEPT: usize = 16;

/// So many keys are looked through for one picture; of more it is not said how old what they miss is.
pub const MOST_LOOKED_AT: usize = 1_024;

/// What a read model has of the stores that it projects.
pub trait Projections {
    /// The stores whose versions were projected, with how many, all keys together.
    fn sources(&self) -> impl Iterator<Item = (StoreIx, u64)>;

    /// The version of a source's key that was projected; 0 for none.
    fn projected(&self, key: u32, source: StoreIx) -> u32;
}

/// The newest versions of all keys of all stores. Kept only where something is projected.
#[derive(Clone, Debug, Default)]
pub struct WriteHistory {
    wanted: bool,
    keys: BTreeMap<(u32, u32), Writes>,
    /// Versions made by each store, all keys together.
    totals: Totals<StoreIx>,
}

/// Numbers of versions by the few stores that they are of, in the order of the stores.
#[derive(Clone, Debug)]
pub struct Totals<K>(Vec<(K, u64)>);

impl<K: Copy + Ord> Totals<K> {
    /// So many more of a store.
    pub fn add(&mut self, store: K, count: u64) {
        match self.0.binary_search_by_key(&store, |(known, _)| *known) {
            Ok(at) => self.0[at].1 += count,
            Err(at) => self.0.insert(at, (store, count)),
        }
    }

    /// How many there are of a store.
    pub fn of(&self, store: K) -> u64 {
        self.0.binary_search_by_key(&store, |(known, _)| *known).map_or(0, |at| self.0[at].1)
    }

    /// All of them.
    pub fn iter(&self) -> impl Iterator<Item = &(K, u64)> {
        self.0.iter()
    }
}

impl<K> Default for Totals<K> {
    fn default() -> Totals<K> {
        Totals(Vec::new())
    }
}

#[derive(Clone, Debug, Default)]
struct Writes {
    version: u32,
    /// Of the newest versions, in order.
    instants: VecDeque<SimTime>,
}

impl WriteHistory {
    /// Nothing is written yet; `wanted` where somebody will ask.
    pub fn new(wanted: bool) -> WriteHistory {
        WriteHistory { wanted, ..WriteHistory::default() }
    }

    /// Somebody will ask from now on.
    pub fn want(&mut self) {
        self.wanted = true;
    }

    /// Keys that were written, for the bound on live objects.
    pub fn live_objects(&self) -> usize {
        self.keys.len()
    }

    /// About how many bytes a clone takes: the instants are as many as may be, most keys are written often.
    pub fn memory_bytes(&self) -> usize {
        self.keys.len() * (tree_of::<((u32, u32), Writes)>() + KEPT * size_of::<SimTime>())
    }

    /// A store made a version of a key.
    pub fn wrote(&mut self, store: StoreIx, key: u32, version: u32, now: SimTime) {
        if !self.wanted {
            return;
        }
        let writes = self.keys.entry((store.0, key)).or_default();
        self.totals.add(store, version.saturating_sub(writes.version).into());
        writes.version = version;
        if writes.instants.len() == KEPT {
            writes.instants.pop_front();
        }
        writes.instants.push_back(now);
    }

    /// How far a read model is behind the stores that it projects; `source` stands for them before the first
    /// projection.
    pub fn lag(&self, model: &impl Projections, source: Option<StoreIx>) -> Lag {
        let mut lag = Lag::default();
        let unseen = source.filter(|source| model.sources().all(|(seen, _)| seen != *source));
        let sources = model.sources().chain(unseen.map(|source| (source, 0)));
        for (store, projected) in sources {
            let made = self.totals.of(store);
            lag.versions += made.saturating_sub(projected);
            if made > projected {
                lag.since = lag.since.into_iter().chain(self.missing_since(model, store)).min();
            }
        }
        lag
    }

    /// When the first write of a store was made that a read model misses, as far as is known; none where the store
    /// has more than [`MOST_LOOKED_AT`] keys.
    fn missing_since(&self, model: &impl Projections, store: StoreIx) -> Option<SimTime> {
        let keys = || self.keys.range((store.0, 0)..=(store.0, u32::MAX));
        if keys().take(MOST_LOOKED_AT + 1).count() > MOST_LOOKED_AT {
            return None;
        }
        let since = |(&(_, key), _): (&(u32, u32), &Writes)| {
            let (behind, since) = self.behind(store, key, model.projected(key, store), SimTime::NEVER);
            (behind > 0).then_some(since)
        };
        keys().filter_map(since).min()
    }

    /// How many versions of a store's key `version` is behind, and when the first of them was written.
    pub fn behind(&self, store: StoreIx, key: u32, version: u32, now: SimTime) -> (u32, SimTime) {
        let Some(writes) = self.keys.get(&(store.0, key)) else { return (0, now) };
        let behind = writes.version.saturating_sub(version);
        let first = writes.instants.len().saturating_sub(behind as usize);
        (behind, if behind == 0 { now } else { writes.instants.get(first).copied().unwrap_or(now) })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_read_model_is_behind_since_the_first_write_that_it_misses() {
        let mut write_history = WriteHistory::new(true);
        let store = StoreIx(1);
        for version in 1..=20 {
            write_history.wrote(store, 5, version, SimTime(u64::from(version) * 100));
        }
        let behind = |version| write_history.behind(store, 5, version, SimTime(9_000));
        assert_eq!(behind(20), (0, SimTime(9_000)));
        assert_eq!(behind(17), (3, SimTime(1_800)));
        // Too far behind to know exactly: the sixteen newest writes are known.
        assert_eq!(behind(0), (20, SimTime(500)));
        assert_eq!(write_history.behind(store, 6, 0, SimTime(1)), (0, SimTime(1)));
    }
}
