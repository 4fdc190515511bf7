//! What a log took, lost and gave, and how far its groups have come.

use crate::base::ServiceIx;
use crate::observation::LogFact;
use crate::scenario::{LogPlan, Plan};
use crate::telemetry::result::{self, Named};

/// A log: counts since the warm-up, and where everything stands.
#[derive(Clone, Debug)]
pub(super) struct LogTally {
    appended: u64,
    refused: u64,
    lost: u64,
    leader_changes: u64,
    delivered: u64,
    duplicates: u64,
    partitions: Vec<PartitionTally>,
    groups: Vec<GroupTally>,
}

/// Where a partition stands.
#[derive(Clone, Copy, Debug)]
struct PartitionTally {
    start: u64,
    end: u64,
    leader: Option<u32>,
    in_sync: u32,
}

/// A group: its counts, and how far it has come in each partition.
#[derive(Clone, Debug)]
struct GroupTally {
    rebalances: u64,
    skipped: u64,
    places: Vec<Place>,
}

/// A group in one partition.
#[derive(Clone, Copy, Debug, Default)]
struct Place {
    committed: u64,
    /// What is before was taken up at least once.
    reached: u64,
    owner: Option<(ServiceIx, u32)>,
}

impl LogTally {
    /// About how many bytes a clone takes.
    pub fn weight(&self) -> usize {
        let places: usize = self.groups.iter().map(|group| size_of_val(&group.places[..])).sum();
        size_of::<LogTally>() + size_of_val(&self.partitions[..]) + size_of_val(&self.groups[..]) + places
    }

    /// Empty.
    pub fn new(plan: &LogPlan) -> LogTally {
        let partition = |number: u32| PartitionTally {
            start: 0,
            end: 0,
            leader: Some(number % plan.brokers),
            in_sync: plan.replication,
        };
        let group = |_| GroupTally {
            rebalances: 0,
            skipped: 0,
            places: vec![Place::default(); plan.partitions as usize],
        };
        LogTally {
            appended: 0,
            refused: 0,
            lost: 0,
            leader_changes: 0,
            delivered: 0,
            duplicates: 0,
            partitions: (0..plan.partitions).map(partition).collect(),
            groups: plan.groups.iter().map(group).collect(),
        }
    }

    /// Something happened; `counts` is 1 where this instant is measured, else 0.
    pub fn observe(&mut self, what: LogFact, counts: u64) {
        match what {
            LogFact::Appended { partition, offset } => {
                self.appended += counts;
                self.partitions[partition as usize].end = offset + 1;
            }
            LogFact::Refused { .. } => self.refused += counts,
            LogFact::Lost { partition, count, end } => {
                self.lost += counts * count;
                self.partitions[partition as usize].end = end;
            }
            LogFact::Leader { partition, leader, in_sync, changed } => {
                self.leader_changes += counts & u64::from(changed);
                let partition = &mut self.partitions[partition as usize];
                (partition.leader, partition.in_sync) = (leader, in_sync);
            }
            LogFact::Dropped { partition, start } => self.partitions[partition as usize].start = start,
            LogFact::Rebalanced { group } => self.groups[group as usize].rebalances += counts,
            LogFact::Assigned { group, partition, to } => self.place(group, partition).owner = to,
            LogFact::Committed { group, partition, offset } => {
                self.place(group, partition).committed = offset;
            }
            LogFact::Skipped { group, count, .. } => self.groups[group as usize].skipped += counts * count,
            LogFact::Taken { group, partition, offset, .. } => {
                let place = self.place(group, partition);
                let again = offset < place.reached;
                place.reached = place.reached.max(offset + 1);
                self.delivered += counts;
                self.duplicates += counts & u64::from(again);
            }
        }
    }

    fn place(&mut self, group: u32, partition: u32) -> &mut Place {
        &mut self.groups[group as usize].places[partition as usize]
    }

    /// The figures up to now.
    pub fn figures(&self, log: &LogPlan, plan: &Plan) -> result::Log {
        let named = |of: &dyn Fn(&GroupTally) -> u64| {
            let groups = log.groups.iter().zip(&self.groups);
            Named(groups.map(|(group, tally)| (group.name.clone(), of(tally))).collect())
        };
        let consumer = |(service, replica): (ServiceIx, u32)| {
            let id = plan.id(plan.services[service.at()].node);
            [id, "/", &replica.to_string()].concat()
        };
        let partition = |(at, partition): (usize, &PartitionTally)| {
            let progress = |(group, tally): (&crate::scenario::GroupPlan, &GroupTally)| {
                let place = &tally.places[at];
                let progress = result::Progress {
                    committed: place.committed,
                    lag: partition.end.saturating_sub(place.committed),
                    consumer: place.owner.map(consumer),
                };
                (group.name.clone(), progress)
            };
            result::Partition {
                start_offset: partition.start,
                end_offset: partition.end,
                leader: partition.leader,
                in_sync: partition.in_sync,
                groups: Named(log.groups.iter().zip(&self.groups).map(progress).collect()),
            }
        };
        result::Log {
            appended: self.appended,
            refused: self.refused,
            lost: self.lost,
            leader_changes: self.leader_changes,
            partitions: self.partitions.iter().enumerate().map(partition).collect(),
            rebalances: named(&|group| group.rebalances),
            skipped: named(&|group| group.skipped),
            delivered: self.delivered,
            duplicates: self.duplicates,
        }
    }

    /// Records taken, and how far all groups are behind together: what a card shows.
    pub fn summary(&self) -> (u64, u64) {
        let ends = |group: &GroupTally| -> u64 {
            let places = group.places.iter().zip(&self.partitions);
            places.map(|(place, partition)| partition.end.saturating_sub(place.committed)).sum()
        };
        (self.appended, self.groups.iter().map(ends).sum())
    }

    /// Records refused and lost.
    pub fn losses(&self) -> [u64; 2] {
        [self.refused, self.lost]
    }
}
