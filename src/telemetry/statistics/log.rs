//! What a log took, lost and gave, and how far its groups have come.

use crate::base::{ServiceIx, SimDuration, SimTime};
use crate::observation::LogFact;
use crate::scenario::{GroupPlan, LogPlan, Plan};
use crate::telemetry::metrics::{GroupTally, Log, LogTally, Named, Partition, Progress};

/// A log: counts since the warm-up, and where everything stands.
#[derive(Clone, Debug)]
pub(in crate::telemetry) struct LogFold {
    pub counts: LogTally,
    /// The longest that a record has been left uncommitted.
    longest: SimDuration,
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
    /// An edit took it out of the running system: it is behind in nothing.
    retired: bool,
}

/// A group's position in one partition.
#[derive(Clone, Copy, Debug)]
struct Position {
    committed: u64,
    /// When the oldest record was appended that is left to commit; never where there is none.
    oldest: SimTime,
    /// What is before was taken up at least once.
    reached: u64,
    owner: Option<(ServiceIx, u32)>,
}

impl Position {
    /// Nothing is there to commit.
    const BEGINNING: Position = Position { committed: 0, oldest: SimTime::NEVER, reached: 0, owner: None };

    /// How old the oldest record is that is left to commit.
    fn behind(&self, now: SimTime) -> SimDuration {
        if self.oldest == SimTime::NEVER { SimDuration::ZERO } else { now.since(self.oldest) }
    }
}

impl GroupFold {
    fn new(plan: &LogPlan, from: SimTime) -> GroupFold {
        let partitions = vec![Position::BEGINNING; plan.partitions as usize];
        GroupFold { counts: GroupTally::new(from), partitions, retired: false }
    }
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
        LogFold {
            counts: LogTally::new(from),
            longest: SimDuration::ZERO,
            partitions: (0..plan.partitions).map(partition).collect(),
            groups: plan.groups.iter().map(|_| GroupFold::new(plan, from)).collect(),
        }
    }

    /// Groups may have come and gone; what happens to new ones from `from` on is counted.
    pub fn grow(&mut self, plan: &LogPlan, from: SimTime) {
        for (at, group) in plan.groups.iter().enumerate() {
            if at == self.groups.len() {
                self.groups.push(GroupFold::new(plan, from));
            }
            self.groups[at].retired = group.members.is_empty();
        }
    }

    /// Something happened; `counts` is 1 where this instant is measured, else 0.
    pub fn observe(&mut self, at: SimTime, what: LogFact, counts: u64) {
        match what {
            LogFact::Appended { partition, offset } => {
                self.counts.appended += counts;
                self.partitions[partition as usize].end = offset + 1;
                for group in &mut self.groups {
                    let position = &mut group.partitions[partition as usize];
                    position.oldest = position.oldest.min(at);
                }
            }
            LogFact::Refused { .. } => self.counts.refused += counts,
            LogFact::Recognized { .. } => self.counts.recognized += counts,
            LogFact::StoredAgain { .. } => self.counts.stored_again += counts,
            LogFact::Lost { partition, count, end } => {
                self.counts.lost += counts * count;
                self.partitions[partition as usize].end = end;
                for group in &mut self.groups {
                    let position = &mut group.partitions[partition as usize];
                    if position.committed >= end {
                        position.oldest = SimTime::NEVER;
                    }
                }
            }
            LogFact::Leader { partition, leader, in_sync, changed } => {
                self.counts.leader_changes += counts & u64::from(changed);
                let partition = &mut self.partitions[partition as usize];
                (partition.leader, partition.in_sync) = (leader, in_sync);
            }
            LogFact::Dropped { partition, start } => self.partitions[partition as usize].start = start,
            LogFact::Rebalanced { group } => self.groups[group as usize].counts.rebalances += counts,
            LogFact::Assigned { group, partition, to } => self.position(group, partition).owner = to,
            LogFact::Committed { group, partition, offset, oldest } => {
                let position = self.position(group, partition);
                let behind = position.behind(at);
                (position.committed, position.oldest) = (offset, oldest);
                if counts > 0 {
                    self.longest = self.longest.max(behind);
                }
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
            let groups = log.groups.iter().zip(&self.groups).filter(|(_, fold)| !fold.retired);
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
                    lag_ms: position.behind(now).as_millis(),
                    consumer: position.owner.map(consumer),
                };
                (group.name.clone(), progress)
            };
            let groups = log.groups.iter().zip(&self.groups).filter(|(_, fold)| !fold.retired);
            Partition {
                start_offset: partition.start,
                end_offset: partition.end,
                leader: partition.leader,
                in_sync: partition.in_sync,
                groups: Named(groups.map(progress).collect()),
            }
        };
        let worst = self.time_lags(now).max().unwrap_or_default();
        Log {
            lag_ms: worst.as_millis(),
            lag_max_ms: worst.max(self.longest).as_millis(),
            partitions: self.partitions.iter().enumerate().map(partition).collect(),
            rebalances: named(&|group| group.rebalances),
            skipped: named(&|group| group.skipped),
            ..Log::report(&self.counts, from, now)
        }
    }

    /// How old the oldest record is that each group has not committed, in whichever partition.
    pub fn time_lags(&self, now: SimTime) -> impl Iterator<Item = SimDuration> + '_ {
        self.groups.iter().map(move |group| {
            let own = group.partitions.iter().filter(|_| !group.retired);
            let behind = own.map(|position| position.behind(now));
            behind.max().unwrap_or_default()
        })
    }

    /// How far each group is behind in each partition, in records.
    pub fn lags(&self) -> impl Iterator<Item = impl Iterator<Item = u64> + '_> + '_ {
        self.groups.iter().map(|group| {
            let partitions = group.partitions.iter().zip(&self.partitions);
            let behind = |(position, partition): (&Position, &PartitionFold)| {
                partition.end.saturating_sub(position.committed)
            };
            partitions.map(move |pair| if group.retired { 0 } else { behind(pair) })
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::{DistIx, LogIx, NodeIx};
    use crate::scenario::{Acks, Assignor, LogRules, NodeKind, NodePlan};

    fn plan() -> LogPlan {
        LogPlan {
            node: NodeIx(0),
            partitions: 2,
            brokers: 1,
            replication: 1,
            fetch: DistIx(0),
            producers: 0,
            groups: vec![GroupPlan { name: "g".to_owned(), members: Vec::new() }],
            rules: LogRules {
                min_in_sync: 1,
                acks: Acks::All,
                retention: None,
                assignor: Assignor::Range,
                session_timeout: SimDuration(1),
            },
        }
    }

    fn ms(millis: u64) -> SimTime {
        SimTime(millis * 1_000_000)
    }

    #[test]
    fn the_time_lag_is_the_age_of_the_oldest_record_that_is_not_committed() {
        let (log, group) = (plan(), 0);
        let whole = Plan {
            nodes: vec![NodePlan { id: "l".to_owned(), label: None, kind: NodeKind::Log(LogIx(0)) }],
            ..Plan::default()
        };
        let mut fold = LogFold::new(&log, SimTime::ZERO);
        let lags = |fold: &LogFold, now| {
            let figures = fold.figures(&log, &whole, SimTime::ZERO, ms(now));
            (figures.lag_ms, figures.lag_max_ms)
        };
        assert_eq!(lags(&fold, 100), (0.0, 0.0));
        let append = |fold: &mut LogFold, at, partition, offset| {
            fold.observe(ms(at), LogFact::Appended { partition, offset }, 1);
        };
        append(&mut fold, 100, 0, 0);
        append(&mut fold, 150, 0, 1);
        append(&mut fold, 170, 1, 0);
        assert_eq!(lags(&fold, 200), (100.0, 100.0));
        let commit = |fold: &mut LogFold, at, partition, offset, oldest| {
            fold.observe(ms(at), LogFact::Committed { group, partition, offset, oldest }, 1);
        };
        commit(&mut fold, 240, 0, 1, ms(150));
        assert_eq!(lags(&fold, 250), (100.0, 140.0));
        commit(&mut fold, 260, 0, 2, SimTime::NEVER);
        assert_eq!(lags(&fold, 260), (90.0, 140.0));
        // What is lost is not behind any more.
        append(&mut fold, 270, 0, 2);
        fold.observe(ms(275), LogFact::Lost { partition: 0, count: 1, end: 2 }, 1);
        commit(&mut fold, 280, 1, 1, SimTime::NEVER);
        assert_eq!(lags(&fold, 1_000), (0.0, 140.0));
        append(&mut fold, 1_100, 0, 2);
        assert_eq!(lags(&fold, 1_300), (200.0, 200.0));
    }
}
