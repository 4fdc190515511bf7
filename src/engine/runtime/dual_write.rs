//! Dual writes: an operation that writes to a store and publishes a message does both or loses an update.
//!
//! It counts what is lost and changes nothing. Which publication belongs to which write is known before the run
//! ([`Pair`]).

use crate::base::StoreIx;
use crate::scenario::Pair;

/// How far an operation is with a dual write.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct DualWrite(Option<Half>);

/// The half that is done without the other. Stores by their number: a scenario has at most 256 nodes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Half {
    /// It was written, and is to be published.
    Written(u8),
    /// It was published, and is to be written.
    Published(u8),
}

impl DualWrite {
    /// The operation has written to a store; `owes_publish` if it is to tell of it.
    pub fn wrote(&mut self, store: StoreIx, owes_publish: bool) {
        self.0 = owes_publish.then_some(Half::Written(store.0 as u8));
    }

    /// The operation has sent a message that is one half of `pair`; `waits` for the broker's confirm.
    pub fn published(&mut self, pair: Option<&Pair>, waits: bool) {
        match pair {
            Some(Pair::AfterWrite) if !waits => self.0 = None,
            Some(Pair::BeforeWrite(store)) => self.0 = Some(Half::Published(store.0 as u8)),
            _ => {}
        }
    }

    /// The broker took the message, or refused it: what was to be published is, what was published first was not.
    pub fn confirmed(&mut self, accepted: bool) {
        match (self.0, accepted) {
            (Some(Half::Written(_)), true) | (Some(Half::Published(_)), false) => self.0 = None,
            _ => {}
        }
    }

    /// What was done is undone.
    pub fn undone(&mut self) {
        self.0 = None;
    }

    /// A branch is done: what it did goes on with its parent.
    pub fn join(&mut self, branch: DualWrite) {
        self.0 = branch.0.or(self.0);
    }

    /// The operation ends badly: the store whose update is lost, if one is.
    pub fn lost(self) -> Option<StoreIx> {
        self.0.map(|(Half::Written(store) | Half::Published(store))| StoreIx(store.into()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const STORE: StoreIx = StoreIx(254);

    fn written() -> DualWrite {
        let mut dual = DualWrite::default();
        dual.wrote(STORE, true);
        dual
    }

    fn published() -> DualWrite {
        let mut dual = DualWrite::default();
        dual.published(Some(&Pair::BeforeWrite(STORE)), true);
        dual
    }

    fn check(mut dual: DualWrite, act: impl FnOnce(&mut DualWrite), lost: Option<StoreIx>) {
        act(&mut dual);
        assert_eq!(dual.lost(), lost);
    }

    #[test]
    fn half_a_dual_write_is_a_lost_update() {
        check(written(), |_| {}, Some(STORE));
        check(published(), |_| {}, Some(STORE));
        check(DualWrite::default(), |dual| dual.wrote(STORE, false), None);
        check(DualWrite::default(), |dual| dual.published(None, true), None);
    }

    #[test]
    fn the_other_half_makes_it_whole() {
        check(written(), |dual| dual.published(Some(&Pair::AfterWrite), false), None);
        check(published(), |dual| dual.wrote(STORE, false), None);
        // A publication whose confirm is awaited is done only with that.
        check(written(), |dual| dual.published(Some(&Pair::AfterWrite), true), Some(STORE));
        check(written(), |dual| dual.confirmed(true), None);
        check(written(), |dual| dual.confirmed(false), Some(STORE));
        // What the broker refused was never published: nothing is to be written for it.
        check(published(), |dual| dual.confirmed(false), None);
        check(published(), |dual| dual.confirmed(true), Some(STORE));
    }

    #[test]
    fn a_branch_hands_on_what_it_did() {
        check(DualWrite::default(), |dual| dual.join(written()), Some(STORE));
        check(written(), |dual| dual.join(DualWrite::default()), Some(STORE));
        check(written(), DualWrite::undone, None);
    }

    #[test]
    fn it_takes_two_bytes_of_a_task() {
        assert_eq!(size_of::<DualWrite>(), 2);
    }
}
