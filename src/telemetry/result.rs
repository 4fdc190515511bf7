//! The result of a run: the figures that `--format json` prints, keys and order as the scenario language's
//! reference lists them.
//!
//! Every number comes from integers by IEEE arithmetic alone, so the text is the same on every platform.

use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};

use super::latency::Summary;
use crate::observation::Failure;

/// What a whole run came to.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct RunResult {
    /// Version of this format: 1.
    pub schema: u32,
    /// Title of the scenario.
    pub title: String,
    /// Seed of the run.
    pub seed: u64,
    /// Measured time in simulated seconds, without the warm-up.
    pub simulated_s: f64,
    /// The warm-up before it, in simulated seconds.
    pub warmup_s: f64,
    /// Events handled, those of the warm-up included.
    pub events: u64,
    /// Digest of the whole event stream: 16 hexadecimal digits.
    pub digest: String,
    /// Clients by id.
    pub clients: Named<Client>,
    /// Services by id.
    pub services: Named<Service>,
    /// Calls by caller, callee and operation.
    pub calls: Vec<Call>,
    /// Queues by id.
    pub queues: Named<Queue>,
    /// Exchanges by id.
    pub exchanges: Named<Exchange>,
    /// Logs by id.
    pub logs: Named<Log>,
    /// Stores by id.
    pub stores: Named<Store>,
    /// Sagas by the name of their operation (a client's: by its id); where several nodes have sagas under one name,
    /// by `node.name`.
    pub sagas: Named<Saga>,
    /// Window steps by the name of their operation, as sagas.
    pub windows: Named<Window>,
    /// What became of every message.
    pub ledger: Ledger,
}

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
pub struct Failures(pub [u64; 7]);

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
        let mut map = serializer.serialize_map(Some(Failure::ALL.len()))?;
        for failure in Failure::ALL {
            map.serialize_entry(failure.key(), &self.of(failure))?;
        }
        map.end()
    }
}

/// A client's requests.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Client {
    /// Requests offered.
    pub offered: u64,
    /// Answers: good, late and degraded.
    pub answered: u64,
    /// Answers without error within the deadline.
    pub good: u64,
    /// Answers after the deadline.
    pub late: u64,
    /// Answers in time by a fallback.
    pub degraded: u64,
    /// Requests without an answer, by reason.
    pub failed: Failures,
    /// Requests that have not ended.
    pub in_flight: u64,
    /// Requests offered per simulated second.
    pub offered_per_s: f64,
    /// Good answers per simulated second.
    pub goodput_per_s: f64,
    /// From offer to answer.
    pub latency_ms: Summary,
}

/// A service's jobs and workers, all replicas together.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Service {
    /// Jobs that came, the refused included.
    pub arrivals: u64,
    /// Jobs that got a worker.
    pub started: u64,
    /// Jobs that did all their steps.
    pub completed: u64,
    /// Jobs that failed or went down with their replica.
    pub failed: u64,
    /// Jobs refused on arrival, for want of room or of a live replica.
    pub rejected: u64,
    /// Jobs dropped when a worker freed, because they had waited too long.
    pub shed: u64,
    /// Of the failed: jobs whose deadline was past when they were to begin or to go on.
    pub expired: u64,
    /// Jobs that ended when their caller had stopped waiting.
    pub wasted: u64,
    /// Share of the workers' time in which they were held, busy or blocked: 0 to 1.
    pub utilization: f64,
    /// Mean number of workers computing.
    pub busy_mean: f64,
    /// Mean number of workers held while waiting for a downstream answer.
    pub blocked_mean: f64,
    /// Mean number of jobs in the waiting room.
    pub queue_length_mean: f64,
    /// Most jobs in the waiting rooms at once.
    pub queue_length_max: u64,
    /// Mean number of jobs, waiting or begun.
    pub in_system_mean: f64,
    /// From arrival to the first worker, of jobs that got one.
    pub waiting_ms: Summary,
    /// From arrival to completion, of completed jobs.
    pub response_ms: Summary,
    /// Its operations by name.
    pub operations: Named<Operation>,
}

/// An operation's jobs.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Operation {
    /// Jobs that did all their steps.
    pub completed: u64,
    /// Jobs that failed or went down with their replica.
    pub failed: u64,
    /// From arrival to completion, of completed jobs.
    pub response_ms: Summary,
}

/// The calls between two nodes for one operation.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Call {
    /// Id of the caller.
    pub from: String,
    /// Id of the callee.
    pub to: String,
    /// The operation called.
    pub operation: String,
    /// Calls begun.
    pub calls: u64,
    /// Requests sent: first tries, retries and hedges.
    pub attempts: u64,
    /// Tries sent after the first.
    pub retries: u64,
    /// Requests sent while a try's first request was out.
    pub hedges: u64,
    /// Calls answered in the end.
    pub ok: u64,
    /// Calls that failed in the end, by the reason of their last try.
    pub failed: Failures,
    /// From the call's beginning to its answer, of answered calls.
    pub latency_ms: Summary,
    /// The circuit breaker that these calls ask; null where they ask none.
    pub breaker: Option<Breaker>,
}

/// A circuit breaker, as the calls of one operation see it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Breaker {
    /// Its state at the end: `closed`, `open`, `half_open`, `forced_open` or `disabled`.
    pub state: &'static str,
    /// Its first thousand changes.
    pub transitions: Vec<Transition>,
    /// Tries of these calls that it refused.
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
}

/// A queue's messages.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Queue {
    /// Messages taken.
    pub published: u64,
    /// Messages refused.
    pub rejected: u64,
    /// Messages dropped, and neither expired nor dead-lettered: by a full queue, after too many deliveries or refused for
    /// good (late replies), where there is no dead-letter queue; and those that would go round in a cycle.
    pub dropped: u64,
    /// Deliveries, repeated ones included.
    pub delivered: u64,
    /// Repeated deliveries.
    pub redelivered: u64,
    /// Messages acknowledged.
    pub acked: u64,
    /// Messages whose time to live ran out, and that were not dead-lettered.
    pub expired: u64,
    /// Messages moved to a dead-letter queue.
    pub dead_lettered: u64,
    /// Messages ready for a consumer at the end.
    pub ready: u32,
    /// Messages delivered and not yet acknowledged at the end.
    pub unacked: u32,
    /// Mean depth: ready and unacknowledged messages.
    pub depth_mean: f64,
    /// Greatest depth.
    pub depth_max: u64,
    /// From publishing to delivery.
    pub age_ms: Summary,
}

/// An exchange's messages.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Exchange {
    /// Messages that came, those from other exchanges included.
    pub published: u64,
    /// Copies sent on to queues and exchanges (what RabbitMQ calls `publish_out`).
    pub routed: u64,
    /// Messages that no binding matched, and that were dropped therefore.
    pub unroutable: u64,
}
/// A store's accesses.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Store {
    /// Reads done.
    pub reads: u64,
    /// Writes and projections done, those without effect included.
    pub writes: u64,
    /// Reads whose version was behind.
    pub stale_reads: u64,
    /// Versions that a stale read was behind, on average.
    pub staleness_versions_mean: f64,
    /// How long before a stale read the first write was that it misses.
    pub staleness_ms: Summary,
    /// Effects that a message had again.
    pub duplicate_effects: u64,
    /// Updates lost: overwritten unseen, told or done by halves, or skipped by this read model.
    pub lost_updates: u64,
    /// Share of connections in use.
    pub utilization: f64,
}

/// Sagas.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Saga {
    /// Begun. Those that go on are begun and nothing else yet.
    pub started: u64,
    /// All of it done.
    pub completed: u64,
    /// Undone after a failure.
    pub compensated: u64,
    /// Half done for ever: an undo failed, or the operation was lost.
    pub stuck: u64,
}

/// A window step.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Window {
    /// Records that came.
    pub records: u64,
    /// Of them, after their window had closed: counted nowhere.
    pub late: u64,
    /// Windows closed.
    pub windows: u64,
    /// Results given: one per group of a closed window.
    pub results: u64,
}

/// A log's records and groups.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Log {
    /// Records appended.
    pub appended: u64,
    /// Records refused: no leader, or too few replicas in sync.
    pub refused: u64,
    /// Records gone with a leader before any follower had them, and with `acks` 0 those sent to nobody.
    pub lost: u64,
    /// How often another broker became a partition's leader.
    pub leader_changes: u64,
    /// Its partitions, at the end.
    pub partitions: Vec<Partition>,
    /// How often each group shared the partitions anew, its first time left out.
    pub rebalances: Named<u64>,
    /// Records that retention dropped before the group had read them.
    pub skipped: Named<u64>,
    /// Records that workers took up, all groups together.
    pub delivered: u64,
    /// Records of these that the same group had taken up before.
    pub duplicates: u64,
}

/// A partition at the end.
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
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Progress {
    /// Everything before this offset counts as processed.
    pub committed: u64,
    /// Records from there to the end.
    pub lag: u64,
    /// The member that reads it, as service and replica, if one does.
    pub consumer: Option<String>,
}

/// What became of every message since the very start; created is the sum of the rest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Ledger {
    /// Messages that came into being.
    pub created: u64,
    /// Handled, refused with an answer, or acknowledged.
    pub consumed: u64,
    /// Moved to a dead-letter queue.
    pub dead_lettered: u64,
    /// Expired.
    pub expired: u64,
    /// Dropped by a full queue.
    pub dropped: u64,
    /// Lost on a link or with a crashed replica.
    pub lost: u64,
    /// Alive at the end.
    pub in_flight: u64,
}

impl Ledger {
    /// Whether every message is accounted for.
    pub fn balances(&self) -> bool {
        let Ledger { created, consumed, dead_lettered, expired, dropped, lost, in_flight } = *self;
        created == consumed + dead_lettered + expired + dropped + lost + in_flight
    }
}
