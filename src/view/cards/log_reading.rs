//! What a log's card shows: partitions with where groups stand in them, the groups, the brokers.

use super::state::State;
use crate::observation::{ClaimState, GroupState, PartitionState};
use crate::scenario::LogPlan;
use crate::view::canvas::theme::Token;

/// At most so many partitions have a track of their own; the rest is told together.
pub const MOST_TRACKS: u32 = 8;
/// More brokers than this have no chip each.
pub const MOST_BROKERS: u32 = 4;
/// At most so many groups have a marker and a line; of the rest the number is told.
pub const MOST_GROUPS: usize = 3;

/// A partition, and where groups stand in it.
#[derive(Clone, Debug, PartialEq)]
pub struct Track {
    /// The partition's number.
    pub number: u32,
    /// How it stands.
    pub partition: PartitionState,
    /// Where the first groups stand in it.
    pub claims: [ClaimState; MOST_GROUPS],
    /// Records by which all groups are behind in it, all together.
    pub lag: u64,
}

impl Track {
    /// Records by which one of the first groups is behind, the most of any.
    pub(super) fn behind(&self, groups: usize) -> u64 {
        let lag = |claim: &ClaimState| self.partition.end.saturating_sub(claim.committed);
        self.claims.iter().take(groups).map(lag).max().unwrap_or(0)
    }
}

/// What a log's card shows.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct LogReading {
    /// The first [`MOST_TRACKS`] partitions, each with where the first [`MOST_GROUPS`] groups stand in it. If the one in
    /// which a group is furthest behind is none of them, it takes the last one's place.
    pub tracks: Vec<Track>,
    /// Partitions there are.
    pub partitions: u32,
    /// Records by which groups are behind in partitions without a track, all together.
    pub lag_elsewhere: u64,
    /// The first [`MOST_GROUPS`] groups.
    pub groups: Vec<GroupReading>,
    /// Groups there are.
    pub all_groups: u32,
    /// Brokers: whether each is up, of the first [`MOST_BROKERS`].
    pub brokers: Vec<bool>,
    /// Brokers that are down.
    pub down: u32,
    /// Partitions that each of the first [`MOST_BROKERS`] leads.
    pub leads: Vec<Vec<u32>>,
    /// Partitions without a leader.
    pub leaderless: u32,
    /// Fewest copies in sync, over all partitions.
    pub in_sync: u32,
    /// It is paused.
    pub paused: bool,
    /// Partition and offset of the records of the request whose trace is shown.
    pub traced: Vec<(u32, u64)>,
    /// Partitions that a text speaks of.
    pub looked_at: Vec<u32>,
}

/// What a log's card shows of a group.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct GroupReading {
    /// Records that it has not committed, all partitions together.
    pub lag: u64,
    /// The partition in which most of them are, where there is more than one partition.
    pub worst: Option<u32>,
    /// Its members.
    pub state: GroupState,
}

impl LogReading {
    /// Its state in a word.
    pub fn state(&self, plan: &LogPlan) -> State {
        let rebalancing = self.groups.iter().any(|group| group.state.rebalancing);
        if self.paused {
            return State::new(text!("state.paused"), Token::Failed);
        }
        if self.leaderless > 0 {
            return State::new(text!("state.leaderless"), Token::Failed);
        }
        if self.down > 0 {
            let first = self.brokers.iter().position(|up| !up).filter(|_| self.down == 1);
            let word = match first {
                Some(broker) => say!("state.broker-down", broker = broker),
                None => say!("state.brokers-down", count = self.down),
            };
            return State::new(word, Token::Failed);
        }
        if rebalancing {
            return State::new(text!("state.rebalancing"), Token::Late);
        }
        if self.in_sync < plan.replication {
            State::new(text!("state.not-in-sync"), Token::Late)
        } else {
            State::default()
        }
    }

    /// Records by which all groups are behind together.
    pub fn lag(&self) -> u64 {
        self.groups.iter().map(|group| group.lag).sum()
    }
}
