//! What cards show of the figures, without what takes long to find.

use super::Statistics;
use crate::base::{QueueIx, StoreIx};

impl Statistics {
    /// Deliveries of a queue that were not the first of their message.
    pub fn redelivered(&self, queue: QueueIx) -> u64 {
        self.queues[queue.at()].redelivered
    }

    /// A store's stale reads, effects that a message had again, and lost updates.
    pub fn mishaps(&self, store: StoreIx) -> [u64; 3] {
        self.stores[store.at()].mishaps()
    }
}
