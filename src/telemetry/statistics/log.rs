//! What a log took, lost and gave, and how far its groups have come.

use crate::base::{ServiceIx, SimTime};
use crate::observation::LogFact;
use crate::scenario::{GroupPlan, LogPlan, Plan};
use crate::telemetry::metrics::{GroupTally, Log, LogTally, Named, Partition, Progress};

/// A log: counts since the warm-up, and where everything stands.
#[derive(Clone, Debug)]
pub(in crate::telemetry) struct LogFold {
    pub counts: LogTally,
    partitions: Vec<PartitionFold>,
    pub groups: Vec<GroupFold>,
}

/// Where a partition stands.
#[derive(Clone, Copy, Debug)]
struct PartitionFold {
    start: u64,
    end: u64,
    leader: Option<u32>,
    in_sync: u32,
}

/// A group: its counts, and how far it has come in each partition.
#[derive(Clone, Debug)]
pub(in crate::telemetry) struct GroupFold {
    pub counts: GroupTally,
    partitions: Vec<Position>,
}

/// A group's position in one partition.
#[derive(Clone, Copy, Debug, Default)]
struct Position {
    committed: u64,
    /// What is before was taken up at least once.
    reached: u64,
    owner: Option<(ServiceIx, u32)>,
}

impl LogFold {
    /// About how many bytes a clone takes.
    pub fn memory_bytes(&self) -> usize {
        let positions: usize = self.groups.iter().map(|group| size_of_val(&group.partitions[..])).sum();
        size_of::<LogFold>() + size_of_val(&self.partitions[..]) + size_of_val(&self.groups[..]) + positions
    }

    /// Empty; what happens from `from` on is counted.
    pub fn new(plan: &LogPlan, from: SimTime) -> LogFold {
        let partition = |number: u32| PartitionFold {
            start: 0,
            end: 0,
            leader: Some(number % plan.brokers),
            in_sync: plan.replication,
        };
        let group = |_| GroupFold {
            counts: GroupTally::new(from),
            partitions: vec![Position::default(); plan.partitions as usize],
        };
        LogFold {
            counts: LogTally::new(from),
            partitions: (0..plan.partitions).map(partition).collect(),
            groups: plan.groups.iter().map(group).collect(),
        }
    }

    /// Something happened; `counts` is 1 where this instant is measured, else 0.
    pub fn observe(&mut self, what: LogFact, counts: u64) {
        match what {
            LogFact::Appended { partition, offset } => {
                self.counts.appended += counts;
                self.partitions[partition as usize].end = offset + 1;
            }
            LogFact::Refused { .. } => self.counts.refused += counts,
            LogFact::Recognized { .. } => self.counts.recognized += counts,
            LogFact::StoredAgain { .. } => self.counts.stored_again += counts,
            LogFact::Lost { partition, count, end } => {
                self.counts.lost += counts * count;
                self.partitions[partition as usize].end = end;
            }
            LogFact::Leader { partition, leader, in_sync, changed } => {
                self.counts.leader_changes += counts & u64::from(changed);
                let partition = &mut self.partitions[partition as usize];
                (partition.leader, partition.in_sync) = (leader, in_sync);
            }
            LogFact::Dropped { partition, start } => self.partitions[partition as usize].start = start,
            LogFact::Rebalanced { group } => self.groups[group as usize].counts.rebalances += counts,
            LogFact::Assigned { group, partition, to } => self.position(group, partition).owner = to,
            LogFact::Committed { group, partition, offset } => {
                self.position(group, partition).committed = offset;
            }
            LogFact::Skipped { group, count, .. } => {
                self.groups[group as usize].counts.skipped += counts * count;
            }
            LogFact::GivenUp { group, dead_lettered, .. } => {
                let dead = counts & u64::from(dead_lettered);
                self.groups[group as usize].counts.given_up += counts;
                self.counts.given_up += counts;
                self.counts.dead_lettered += dead;
            }
            LogFact::Taken { group, partition, offset, .. } => {
                let position = self.position(group, partition);
                let again = counts & u64::from(offset < position.reached);
                position.reached = position.reached.max(offset + 1);
                let group = &mut self.groups[group as usize].counts;
                group.taken += counts;
                group.duplicates += again;
                self.counts.delivered += counts;
                self.counts.duplicates += again;
            }
        }
    }

    fn position(&mut self, group: u32, partition: u32) -> &mut Position {
        &mut self.groups[group as usize].partitions[partition as usize]
    }

    /// The figures from `from` to `now`.
    pub fn figures(&self, log: &LogPlan, plan: &Plan, from: SimTime, now: SimTime) -> Log {
        let named = |of: &dyn Fn(&GroupTally) -> u64| {
            let groups = log.groups.iter().zip(&self.groups);
            Named(groups.map(|(group, fold)| (group.name.clone(), of(&fold.counts))).collect())
        };
        let consumer = |(service, replica): (ServiceIx, u32)| {
            let id = plan.id(plan.services[service.at()].node);
            [id, "/", &replica.to_string()].concat()
        };
        let partition = |(at, partition): (usize, &PartitionFold)| {
            let progress = |(group, fold): (&GroupPlan, &GroupFold)| {
                let position = &fold.partitions[at];
                let progress = Progress {
                    committed: position.committed,
                    lag: partition.end.saturating_sub(position.committed),
                    consumer: position.owner.map(consumer),
                };
                (group.name.clone(), progress)
            };
            Partition {
                start_offset: partition.start,
                end_offset: partition.end,
                leader: partition.leader,
                in_sync: partition.in_sync,
                groups: Named(log.groups.iter().zip(&self.groups).map(progress).collect()),
            }
        };
        Log {
            partitions: self.partitions.iter().enumerate().map(partition).collect(),
            rebalances: named(&|group| group.rebalances),
            skipped: named(&|group| group.skipped),
            ..Log::report(&self.counts, from, now)
        }
    }

    /// How far each group is behind in each partition, in records.
    pub fn lags(&self) -> impl Iterator<Item = impl Iterator<Item = u64> + '_> + '_ {
        self.groups.iter().map(|group| {
            let partitions = group.partitions.iter().zip(&self.partitions);
            partitions.map(|(position, partition)| partition.end.saturating_sub(position.committed))
        })
    }
}
