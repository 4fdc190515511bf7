//! Every text that the view makes, in one table, and the sentences made of them.

use super::glyph::Glyph;
use crate::observation::{Failure, LossReason};

/// Words on cards.
pub mod card {
    /// Good answers.
    pub const GOOD: &str = "good";
    /// Answers after the deadline.
    pub const LATE: &str = "late";
    /// Failed requests.
    pub const FAILED: &str = "failed";
    /// Answers by a fallback.
    pub const DEGRADED: &str = "degraded";
    /// 99th percentile of latency.
    pub const P99: &str = "p99";
    /// No answer yet, or none in the last seconds.
    pub const NO_ANSWER: &str = "no answer";
    /// After a number: connections in use.
    pub const CONNECTIONS: &str = " busy";
    /// After a number: keys that have a version.
    pub const KEYS: &str = " keys";
    /// After a number: reads that were stale.
    pub const STALE: &str = " stale";
    /// After a number: jobs in the waiting room.
    pub const WAITING: &str = " waiting";
    /// After a number: workers.
    pub const WORKERS: &str = " w";
    /// After a number.
    pub const REPLICAS: &str = " replicas";
    /// After a number: workers that compute.
    pub const BUSY: &str = " busy";
    /// After a number: workers that wait for a downstream answer.
    pub const BLOCKED_COUNT: &str = " blocked";
    /// After a number: workers with nothing to do.
    pub const FREE: &str = " free";
    /// Between two numbers.
    pub const OF: &str = " of ";
    /// Before the number of ready messages.
    pub const DEPTH: &str = "depth ";
    /// Before the age of the oldest ready message.
    pub const OLDEST: &str = "oldest ";
    /// Before the number of unacknowledged messages.
    pub const UNACKED: &str = "unacked ";
    /// Between the messages that an exchange took and those that it sent.
    pub const ROUTED: &str = " → ";
    /// After the number of messages that an exchange sent.
    pub const COPIES: &str = " copies";
    /// After the number of a log's partitions.
    pub const PARTITIONS: &str = " partitions";
    /// After the number of records that a log took.
    pub const RECORDS: &str = " records";
    /// After the number of records by which a log's groups are behind.
    pub const LAG: &str = " behind";
    /// Between two facts.
    pub const DOT: &str = " · ";
    /// Before a count of losses.
    pub const LOST: &str = "✕ ";
}

/// Words for the state of a node.
pub mod state {
    /// No replica is there.
    pub const CRASHED: &str = "crashed";
    /// A partition has no leader.
    pub const LEADERLESS: &str = "no leader";
    /// A group shares its partitions anew.
    pub const REBALANCING: &str = "rebalancing";
    /// It stands still and keeps its memory.
    pub const PAUSED: &str = "paused";
    /// Before a factor.
    pub const SLOW: &str = "slow ×";
    /// Before a share.
    pub const ERRORS: &str = "errors ";
    /// Every worker waits for a downstream answer.
    pub const ALL_BLOCKED: &str = "all blocked";
    /// At least half of the workers wait for a downstream answer.
    pub const BLOCKED: &str = "blocked";
    /// The waiting room refuses.
    pub const FULL: &str = "full";
    /// Healthy, but whoever calls it has no worker left to do so.
    pub const STARVING: &str = "starving";
    /// A client sends more than usual; before a factor.
    pub const SURGE: &str = "surge ×";
}

/// Words for faults, on buttons.
pub mod fault {
    /// Before a replica's number.
    pub const REPLICA: &str = " #";
    /// After a node.
    pub const CRASHES: &str = " crashes";
    /// After a node.
    pub const PAUSES: &str = " pauses";
    /// Between two nodes.
    pub const AND: &str = " and ";
    /// After two nodes.
    pub const CUT_OFF: &str = "cut off";
    /// Between the ends of a link.
    pub const TO: &str = " → ";
    /// After a log, before a broker's number.
    pub const BROKER: &str = ": broker ";
    /// After a broker.
    pub const DOWN: &str = " down";
    /// After a client, before a probability.
    pub const POISON: &str = ": poison ";
}

/// Between the titles of two scenarios that are compared.
pub const AGAINST: &str = " against ";

/// Words on links and about dots.
pub mod stage {
    /// Every message is drawn.
    pub const ONE_DOT: &str = "1 dot = 1";
    /// Before the number of messages per dot.
    pub const DOT_IS: &str = "1 dot = ";
    /// Hops that take less than a frame.
    pub const TOO_SHORT: &str = "hops too short to see: sampled";
    /// The same, shorter.
    pub const SAMPLED: &str = "sampled";
    /// On a cut link.
    pub const CUT: &str = "cut";
    /// Before added latency.
    pub const ADDED: &str = "+";
    /// Before a probability of loss.
    pub const LOSES: &str = "loses ";
    /// After a number of messages on a link.
    pub const UNDER_WAY: &str = " under way";
}

/// What the line of time says to those who do not see it.
pub mod timeline {
    /// Between the present and the furthest instant.
    pub const OF: &str = " of ";
    /// After a number.
    pub const SWITCHES: &str = " breaker changes, ";
    /// Before the time at which another future was left.
    pub const LEFT: &str = "; another future was left at ";
    /// After a time.
    pub const PASSED: &str = " simulated; ";
    /// After a number.
    pub const FAULTS: &str = " faults, ";
    /// After a number.
    pub const SETTINGS: &str = " settings changed";
}

/// Why something failed, in a few words, after a count: "34 queue full".
pub fn failure(reason: Failure) -> &'static str {
    match reason {
        Failure::Timeout => "timed out",
        Failure::Error => "errors",
        Failure::Rejected => "queue full",
        Failure::BreakerOpen => "breaker open",
        Failure::RateLimited => "over the rate limit",
        Failure::BulkheadFull => "bulkhead full",
        Failure::Unavailable => "nobody there",
    }
}

/// Why a message vanished on its link, after a count.
pub fn loss(reason: LossReason) -> &'static str {
    match reason {
        LossReason::Link => "lost on the link",
        LossReason::Partition => "cut off",
    }
}

/// Glyphs of messages and workers, with what they mean.
pub const LEGEND: [(Glyph, &str); 9] = [
    (Glyph::Request(Some(11)), "request; the ring drains to its timeout"),
    (Glyph::Reply, "reply"),
    (Glyph::Failed, "failed, with its reason where it died"),
    (Glyph::Retry(Some(super::glyph::RING_STEPS)), "retry: second and later attempts"),
    (Glyph::Message, "message in a queue or on its way"),
    (Glyph::Redelivered, "message delivered again"),
    (Glyph::Busy, "worker, busy"),
    (Glyph::Blocked, "worker, blocked: waits for an answer"),
    (Glyph::Free, "worker, free"),
];

/// A node's id as a title: `app1` is "App 1", `order-db` "Order db".
pub fn title(out: &mut String, id: &str) {
    let mut before = None;
    for c in id.chars() {
        let c = if c == '-' || c == '_' { ' ' } else { c };
        if c.is_ascii_digit() && before.is_some_and(|before: char| before.is_ascii_alphabetic()) {
            out.push(' ');
        }
        out.push(if before.is_none() { c.to_ascii_uppercase() } else { c });
        before = Some(c);
    }
}

/// After a count: jobs that went down with their replica.
pub const LOST_IN_CRASH: &str = "lost in the crash";
/// After a count: calls that a service gave up.
pub const CALLS_TIMED_OUT: &str = "calls timed out";
/// After a count: messages that a queue refused.
pub const PUBLISH_REFUSED: &str = "refused";
/// After a count: messages that no binding of an exchange matched.
pub const UNROUTABLE: &str = "unroutable";
/// After a count: messages that a queue dropped.
pub const DROPPED: &str = "dropped";
/// After a count: messages whose time to live ran out.
pub const EXPIRED: &str = "expired";
/// After a count: messages that a queue dead-lettered.
pub const DEAD_LETTERED: &str = "dead-lettered";

/// Records that no follower had when their leader went.
pub const RECORDS_LOST: &str = "records lost";

/// How an exchange routes.
pub mod routing {
    /// By equal keys.
    pub const DIRECT: &str = "direct";
    /// To all.
    pub const FANOUT: &str = "fanout";
    /// By patterns.
    pub const TOPIC: &str = "topic";
    /// By headers.
    pub const HEADERS: &str = "headers";
}

/// What lanes are called in charts.
pub const LETTERS: [&str; 2] = ["A", "B"];

/// Words on charts.
pub mod chart {
    /// Title.
    pub const ANSWERS: &str = "Answers";
    /// Title.
    pub const LATENCY: &str = "Latency";
    /// Title.
    pub const WAITING: &str = "Waiting";
    /// Title.
    pub const BLOCKED: &str = "Workers blocked";
    /// Beside a title.
    pub const PER_SECOND: &str = "per second";
    /// Beside a title, before the number of all workers.
    pub const OF: &str = "of ";
    /// After a title: both lanes are shown.
    pub const A_AND_B: &str = ", A dashed and B solid";
    /// Requests offered.
    pub const OFFERED: &str = "offered";
    /// Good answers.
    pub const GOOD: &str = "good";
    /// Answers after the deadline.
    pub const LATE: &str = "late";
    /// Answers by a fallback.
    pub const DEGRADED: &str = "degraded";
    /// Failed requests.
    pub const FAILED: &str = "failed";
    /// Median latency.
    pub const P50: &str = "p50";
    /// 95th percentile of latency.
    pub const P95: &str = "p95";
    /// 99th percentile of latency.
    pub const P99: &str = "p99";
    /// Jobs in waiting rooms.
    pub const IN_ROOMS: &str = "jobs";
    /// Ready messages in queues.
    pub const IN_QUEUES: &str = "queue";
    /// Workers that wait for a downstream answer.
    pub const BLOCKED_LINE: &str = "blocked";
    /// Nothing was measured yet.
    pub const NOTHING_YET: &str = "nothing measured yet";
    /// Nobody was answered yet.
    pub const NO_ANSWERS_YET: &str = "no answers yet";
    /// Head of a table's first column.
    pub const TIME: &str = "Time";
}

/// Rows of the comparison of two lanes.
pub mod compare {
    /// Before a length of time.
    pub const LAST: &str = "The last ";
    /// Good answers per second.
    pub const GOODPUT: &str = "Good answers";
    /// Failed requests per second.
    pub const FAILED: &str = "Failed";
    /// Median latency.
    pub const P50: &str = "Latency, p50";
    /// 99th percentile of latency.
    pub const P99: &str = "Latency, p99";
    /// Workers that wait for a downstream answer, mean.
    pub const BLOCKED: &str = "Workers blocked";
    /// Jobs that were ended for nobody, per second.
    pub const WASTED: &str = "Wasted work";
    /// Before a ratio.
    pub const TIMES: &str = "×";
}

/// Parts of sentences.
pub mod said {
    /// After a rate.
    pub const OFFERED: &str = " offered";
    /// After "n of m".
    pub const WORKERS_BUSY: &str = " workers busy";
    /// After "n of m".
    pub const WORKERS_BLOCKED: &str = " workers blocked";
    /// Nobody is there to work.
    pub const NO_WORKERS: &str = "no worker is there";
    /// Before whom workers wait for.
    pub const ON: &str = " on ";
    /// Between two of them.
    pub const OR: &str = " or ";
    /// After a number of messages; a number of unacknowledged ones follows.
    pub const READY: &str = " messages ready, ";
    /// After a number of messages.
    pub const UNACKED: &str = " unacknowledged";
}
