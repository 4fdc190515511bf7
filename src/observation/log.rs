//! What can be seen to happen at a log.

use crate::base::ServiceIx;

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
    /// Records are gone: no follower had them when their leader went, or with `acks` 0 nobody was there to take them.
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
        /// The broker that leads now, if one does.
        leader: Option<u32>,
        /// Copies in sync.
        in_sync: u32,
        /// Another broker leads than before.
        changed: bool,
    },
    /// Retention dropped old records.
    Dropped {
        /// Of which partition.
        partition: u32,
        /// Offset of the oldest record that is left.
        start: u64,
    },
    /// A group begins to share the partitions anew.
    Rebalanced {
        /// Which group.
        group: u32,
    },
    /// A partition was given to a member of a group, or to nobody.
    Assigned {
        /// Which group.
        group: u32,
        /// Which partition.
        partition: u32,
        /// The member: a replica of a service.
        to: Option<(ServiceIx, u32)>,
    },
    /// A group committed an offset: everything before counts as processed.
    Committed {
        /// Which group.
        group: u32,
        /// In which partition.
        partition: u32,
        /// The offset.
        offset: u64,
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
    /// A worker of a member takes up a record.
    Taken {
        /// For which group.
        group: u32,
        /// Of which partition.
        partition: u32,
        /// Which record.
        offset: u64,
        /// Number of the lease under which the member reads: a new one each time reading begins anew.
        lease: u16,
    },
}
