//! A group's claim on one partition: who reads it, how far, and what is in the reader's hands.
//!
//! Offsets as in Kafka: the position is the next record to be read, the committed offset is where a new owner goes
//! on. Each time when reading begins anew (another owner, a failed record, a restart) the claim gets a new lease;
//! words on records of an older lease are too late and change nothing, as commits of an older generation.

use std::collections::VecDeque;

use crate::engine::kernel::message::RecordDelivery;

/// A record in its reader's hands.
#[derive(Clone, Copy, Debug)]
struct Held {
    offset: u64,
    done: bool,
}

/// A claim.
#[derive(Clone, Debug, Default)]
pub struct PartitionAssignment {
    /// The member that reads, by its place in the group.
    pub owner: Option<u32>,
    /// Its owner is to give it up: nothing more is handed over.
    pub revoking: bool,
    /// It stands in its owner's line of partitions with something to read.
    pub listed: bool,
    /// The next record to be handed over.
    pub position: u64,
    /// Where a new owner goes on.
    pub committed: u64,
    /// Records dropped by retention before the group had read them.
    pub skipped: u64,
    /// What is before was handed over at least once.
    reached: u64,
    lease: u16,
    /// Number, within the lease, of the oldest record held.
    first: u32,
    held: VecDeque<Held>,
    unprocessed: u32,
}

impl PartitionAssignment {
    /// Records handed over that are not processed.
    pub fn unprocessed(&self) -> u32 {
        self.unprocessed
    }

    /// Records that it remembers to have handed over.
    pub fn held(&self) -> usize {
        self.held.len()
    }

    /// What is before has been processed.
    pub fn processed(&self) -> u64 {
        self.held.front().map_or(self.position, |held| held.offset)
    }

    /// Hands over the record at the position; says under which name, and whether it was handed over before.
    pub fn hand_over(&mut self, partition: u32) -> (RecordDelivery, bool) {
        let offset = self.position;
        let serial = self.first.wrapping_add(self.held.len() as u32);
        self.held.push_back(Held { offset, done: false });
        self.unprocessed += 1;
        self.position += 1;
        let again = offset < self.reached;
        self.reached = self.reached.max(self.position);
        let delivery =
            RecordDelivery { partition: partition as u16, lease: self.lease, serial, offset: offset as u32 };
        (delivery, again)
    }

    /// The reader has processed a record, or failed to. Gives how many fewer are in its hands: after a failure all
    /// that followed are taken back, to be read again from the failed one on.
    pub fn ack(&mut self, delivery: RecordDelivery, processed: bool) -> u32 {
        let at = delivery.serial.wrapping_sub(self.first) as usize;
        if delivery.lease != self.lease || self.held.get(at).is_none_or(|held| held.done) {
            return 0;
        }
        if !processed {
            // It reads one record of a partition after the other: those before are processed, heard of or not.
            self.position = self.held[at].offset;
            return self.renew();
        }
        self.held[at].done = true;
        self.unprocessed -= 1;
        while self.held.front().is_some_and(|held| held.done) {
            self.held.pop_front();
            self.first = self.first.wrapping_add(1);
        }
        1
    }

    /// Reading begins at an offset, or where it was if that is later.
    pub fn begin_at(&mut self, offset: u64) {
        self.commit(offset);
        self.rewind(offset);
        self.reached = self.reached.max(self.position);
    }

    /// Moves the committed offset, which never goes back. True if it moved.
    pub fn commit(&mut self, offset: u64) -> bool {
        let moves = offset > self.committed;
        self.committed = self.committed.max(offset);
        moves
    }

    /// What is in the reader's hands is forgotten; reading goes on at the committed offset, or at `start` if that is
    /// later. Gives how many fewer are in its hands.
    pub fn rewind(&mut self, start: u64) -> u32 {
        self.position = self.committed;
        let back = self.renew();
        self.skip(start);
        back
    }

    /// Retention has dropped what is before `start`. True if the committed offset moved.
    pub fn skip(&mut self, start: u64) -> bool {
        if self.position < start {
            self.skipped += start - self.position;
            self.position = start;
        }
        self.held.is_empty() && self.commit(start)
    }

    fn renew(&mut self) -> u32 {
        self.lease = self.lease.wrapping_add(1);
        self.first = 0;
        self.held.clear();
        std::mem::take(&mut self.unprocessed)
    }
}
