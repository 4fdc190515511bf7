//! The ledger: every message that came into being, and what became of it.

use crate::observation::Fate;
use crate::telemetry::result;

/// Messages since the very start of the run.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct LedgerTally {
    pub created: u64,
    consumed: u64,
    dead_lettered: u64,
    expired: u64,
    dropped: u64,
    lost: u64,
}

impl LedgerTally {
    /// A message's life ended.
    #[inline]
    pub fn settled(&mut self, fate: Fate) {
        let entry = match fate {
            Fate::Consumed => &mut self.consumed,
            Fate::DeadLettered => &mut self.dead_lettered,
            Fate::Expired => &mut self.expired,
            Fate::Dropped => &mut self.dropped,
            Fate::Lost => &mut self.lost,
        };
        *entry += 1;
    }

    /// The figures, with the messages that are alive.
    pub fn figures(&self, in_flight: u64) -> result::Ledger {
        let LedgerTally { created, consumed, dead_lettered, expired, dropped, lost } = *self;
        result::Ledger { created, consumed, dead_lettered, expired, dropped, lost, in_flight }
    }
}
