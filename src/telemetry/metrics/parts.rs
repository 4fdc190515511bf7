//! What values of a result consist of where they are more than a number.

use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};

use crate::base::SimTime;
use crate::observation::{BreakerState, Failure};

/// Things by name, in the order of the scenario; a JSON object.
#[derive(Clone, Debug, PartialEq)]
pub struct Named<T>(pub Vec<(String, T)>);

impl<T> Default for Named<T> {
    fn default() -> Named<T> {
        Named(Vec::new())
    }
}

impl<T> Named<T> {
    /// The one of this name.
    pub fn get(&self, name: &str) -> Option<&T> {
        self.0.iter().find(|(own, _)| own == name).map(|(_, value)| value)
    }
}

impl<T: Serialize> Serialize for Named<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(name, value)| (name, value)))
    }
}

/// Failures by reason, in the order of `Failure::ALL`; a JSON object with a key for every reason.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Failures(pub [u64; Failure::COUNT]);

impl Failures {
    /// Counts one.
    #[inline]
    pub fn count(&mut self, failure: Failure) {
        self.0[failure as usize] += 1;
    }

    /// How many failed for this reason.
    pub fn of(&self, failure: Failure) -> u64 {
        self.0[failure as usize]
    }

    /// How many failed in all.
    pub fn total(&self) -> u64 {
        self.0.iter().sum()
    }
}

impl Serialize for Failures {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(Failure::COUNT))?;
        for failure in Failure::ALL {
            map.serialize_entry(failure.key(), &self.of(failure))?;
        }
        map.end()
    }
}

/// A circuit breaker, as the calls of one operation see it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Breaker {
    /// Its state at the end: `closed`, `open`, `half_open`, `forced_open` or `disabled`.
    pub state: &'static str,
    /// Its first thousand changes.
    pub transitions: Vec<Transition>,
    /// Attempts of these calls that it refused.
    pub not_permitted: u64,
}

/// A change of a circuit breaker.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Transition {
    /// When, in simulated seconds since the very start.
    pub at_s: f64,
    /// Into what state.
    pub to: &'static str,
    /// The share of failures that it judged by; −1 where it changed without a judgement.
    pub failure_rate: f64,
    /// The share of slow calls that it judged by; −1 where it changed without a judgement.
    pub slow_rate: f64,
    /// Which of the two opened it: `failure_rate`, `slow_rate` or `both`; null where it did not open by judging.
    pub opened_by: Option<&'static str>,
}

/// A change of a circuit breaker, as it is folded.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Turn {
    /// When.
    pub at: SimTime,
    /// Into what state.
    pub to: BreakerState,
    /// The calls that it judged by; 0 where it changed without a judgement.
    pub calls: u32,
    /// How many of them failed.
    pub failed: u32,
    /// How many of them were slow.
    pub slow: u32,
}

/// A change of a service's number of replicas.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Scaling {
    /// When, in simulated seconds since the very start.
    pub at_s: f64,
    /// How many there were.
    pub from: u32,
    /// How many there are.
    pub to: u32,
}

/// What a caller did about replicas that were not well. Calls between the same two nodes share it, as far as their settings
/// are the same.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Health {
    /// Replicas that it ejected.
    pub ejections: u64,
    /// For how long replicas were ejected, in seconds: two for a second are two.
    pub ejected_s: f64,
    /// Replicas that are ejected at the end, by their numbers.
    pub ejected: Vec<u32>,
    /// Checks whose result is known.
    pub checks: u64,
    /// Checks that failed.
    pub checks_failed: u64,
    /// For how long replicas were taken for ill by checks, in seconds: two for a second are two.
    pub unhealthy_s: f64,
    /// Replicas that are taken for ill at the end, by their numbers.
    pub unhealthy: Vec<u32>,
}

/// A replica of a service that has several.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize)]
pub struct Replica {
    /// Jobs that came, the refused included. What is lost on the way to it never came.
    pub arrivals: u64,
    /// Jobs that did all their steps.
    pub completed: u64,
    /// Jobs that failed or went down with the replica.
    pub failed: u64,
    /// Jobs refused on arrival or dropped from its waiting room.
    pub rejected: u64,
    /// Jobs that had begun and whose end found nobody waiting for it.
    pub wasted: u64,
    /// From arrival to completion, of completed jobs, on average.
    pub response_ms_mean: f64,
    /// The sum of that, in nanoseconds.
    #[serde(skip)]
    pub response_ns: u64,
}

impl Replica {
    /// With its mean.
    pub fn figures(&self) -> Replica {
        let mean = self.response_ns as f64 / self.completed.max(1) as f64;
        Replica { response_ms_mean: mean / 1e6, ..*self }
    }
}

/// A partition of a log at the end.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Partition {
    /// Offset of the oldest record that retention has left.
    pub start_offset: u64,
    /// Offset of the next record.
    pub end_offset: u64,
    /// The broker that leads, if one does.
    pub leader: Option<u32>,
    /// Copies in sync.
    pub in_sync: u32,
    /// Each group's progress.
    pub groups: Named<Progress>,
}

/// A group's progress in a partition.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Progress {
    /// Everything before this offset counts as processed.
    pub committed: u64,
    /// Records from there to the end.
    pub lag: u64,
    /// How long ago the oldest of them was appended, in milliseconds; 0 where there is none.
    pub lag_ms: f64,
    /// The member that reads it, as service and replica, if one does.
    pub consumer: Option<String>,
}
