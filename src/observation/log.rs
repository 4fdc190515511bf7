//! What can be seen to happen at a log.

use crate::base::{ServiceIx, SimTime};

/// One fact about a log. Groups are counted as in its plan, offsets from 0 in each partition.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum LogFact {
    /// A record was appended.
    Appended {
        /// To which partition.
        partition: u32,
        /// At which offset.
        offset: u64,
    },
    /// A record was refused: no leader, or too few replicas in sync.
    Refused {
        /// By which partition.
        partition: u32,
    },
    /// A record that was sent again was recognized: the log has it already, and drops the copy.
    Recognized {
        /// In which partition.
        partition: u32,
    },
    /// A record was appended again: its publisher sent it again. `Appended` precedes.
    StoredAgain {
        /// To which partition.
        partition: u32,
    },
    /// Records were lost: no follower had them when their leader went away, or with `acks` 0 no leader was there.
    Lost {
        /// Of which partition.
        partition: u32,
        /// How many.
        count: u64,
        /// Offset of its next record from now on.
        end: u64,
    },
    /// A partition's leader or its replicas in sync changed.
    Leader {
        /// Which partition.
        partition: u32,
        /// The broker that leads now; `None` without a leader.
        leader: Option<u32>,
        /// Copies in sync.
        in_sync: u32,
        /// The leader is not the one of before.
        changed: bool,
    },
    /// Retention dropped old records.
    Dropped {
        /// Of which partition.
        partition: u32,
        /// Offset of the oldest remaining record.
        start: u64,
    },
    /// A group began to rebalance.
    Rebalanced {
        /// Which group.
        group: u32,
    },
    /// A partition was assigned to a member of a group, or to no member.
    Assigned {
        /// Which group.
        group: u32,
        /// Which partition.
        partition: u32,
        /// The member: a replica of a service.
        to: Option<(ServiceIx, u32)>,
    },
    /// A group committed an offset: every record before it counts as processed.
    Committed {
        /// Which group.
        group: u32,
        /// In which partition.
        partition: u32,
        /// The offset.
        offset: u64,
        /// When the record at this offset was appended, the oldest that is left to commit; [`SimTime::NEVER`] where there
        /// is none. A digest leaves it out.
        oldest: SimTime,
    },
    /// Retention dropped records that a group had not read.
    Skipped {
        /// Which group.
        group: u32,
        /// In which partition.
        partition: u32,
        /// How many.
        count: u64,
    },
    /// A member gave up a record that had failed too often, and goes on with the next one.
    GivenUp {
        /// Of which group.
        group: u32,
        /// In which partition.
        partition: u32,
        /// Which record.
        offset: u64,
        /// It was written to a dead-letter queue or log; else it is skipped.
        dead_lettered: bool,
    },
    /// A worker of a member began to process a record.
    Taken {
        /// For which group.
        group: u32,
        /// Of which partition.
        partition: u32,
        /// Which record.
        offset: u64,
        /// Number of the lease under which the member reads. Each time reading starts over, the number changes.
        lease: u16,
    },
}
