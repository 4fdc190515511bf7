//! Every text that the view makes, in one table, and the sentences made of them.

pub mod chart;
pub mod inspector;
pub mod said;
pub mod teacher;
pub mod terms;
pub mod theory;
pub mod trace;

use super::glyph::Glyph;
use crate::observation::{Failure, LossReason};

/// Words on cards.
pub mod card {
    table! {
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
    /// After a number: keys that have a version.
    pub const KEYS: &str = " keys";
    /// After a number: reads that were stale.
    pub const STALE: &str = " stale reads";
    /// Before a number: how many versions were made.
    pub const VERSION: &str = "v ";
    /// Nothing is missing in a copy.
    pub const UP_TO_DATE: &str = "up to date";
    /// Before what a store's followers miss.
    pub const FOLLOWERS: &str = "followers ";
    /// After a number: jobs in the waiting room.
    pub const WAITING: &str = " waiting";
    /// After a number: workers.
    pub const WORKERS: &str = " w";
    /// After a number.
    pub const REPLICAS: &str = " replicas";
    /// Between two numbers, the present one and the one to come.
    pub const TO: &str = " → ";
    /// Between two numbers: so many of so many.
    pub const TIMES: &str = " × ";
    /// After a number: replicas that start up.
    pub const STARTING: &str = " starting";
    /// After a number: replicas that were taken away and finish what they have.
    pub const LEAVING: &str = " leaving";
    /// After a number: people behind a closed workload.
    pub const USERS: &str = " users";
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
    /// After "unacked n of m".
    pub const PREFETCH: &str = " (prefetch)";
    /// Before a number of deliveries that were not the first.
    pub const REDELIVERED: &str = "redelivered ";
    /// Between the messages that an exchange took and those that it sent.
    pub const ROUTED: &str = " → ";
    /// After the number of messages that an exchange sent.
    pub const COPIES: &str = " copies";
    /// After the number of a log's partitions.
    pub const PARTITIONS: &str = " partitions";
    /// After one partition's number.
    pub const PARTITION: &str = " partition";
    /// Before the number of copies of a partition.
    pub const REPLICATION: &str = "replication ";
    /// Before whose word a producer waits for.
    pub const ACKS: &str = "acks ";
    /// Before a partition's number.
    pub const P: &str = "p";
    /// Before a broker's number.
    pub const B: &str = "B";
    /// Between a broker and the partitions that it leads.
    pub const LEADS: &str = " leads ";
    /// After a broker: it is down.
    pub const DOWN: &str = " down";
    /// After a number.
    pub const BROKERS: &str = " brokers";
    /// In place of a leader's name.
    pub const NOBODY: &str = "–";
    /// After the number of records by which somebody is behind.
    pub const LAG: &str = " behind";
    /// Between a group and its lag.
    pub const LAGS: &str = " lag ";
    /// Before the partition that is the furthest behind.
    pub const MOST_ON: &str = ", most on p";
    /// After a number: members of a group.
    pub const MEMBERS: &str = " members";
    /// After a number: members that are not heard of.
    pub const SILENT: &str = " silent";
    /// No group reads a log.
    pub const NO_GROUP: &str = "no group reads it";
    /// After a number: groups for which there is no line.
    pub const MORE_GROUPS: &str = " more groups";
    /// Before "n/m".
    pub const IN_SYNC: &str = "in sync ";
    /// Before a number: records in one cell of a lane.
    pub const CELL: &str = "1 cell = ";
    /// Between two facts.
    pub const DOT: &str = " · ";
    /// Before a count of what is not told one by one.
    pub const MORE: &str = " +";
    /// There is more than is told.
    pub const AND_MORE: &str = " …";
    /// Before a count of losses.
    pub const LOST: &str = "✕ ";
    }
}

/// Words for the state of a node.
pub mod state {
    table! {
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
    /// A client sends what cannot be processed; before a share.
    pub const POISON: &str = "poison ";
    /// A dead-letter queue holds messages that were delivered too often; before how often is allowed.
    pub const MAX_DELIVERIES: &str = "max deliveries (";
    }
    /// It holds messages, for another reason.
    pub const DEAD_LETTERS: [&str; 4] =
        [word!("queue full"), word!("refused for good"), word!("expired"), word!("max deliveries")];
    table! {
    /// Some copies of a partition are not in sync.
    pub const NOT_IN_SYNC: &str = "not in sync";
    }
}

/// Words for faults, on buttons.
pub mod fault {
    table! {
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
}

table! {
/// Between the titles of two scenarios that are compared.
pub const AGAINST: &str = " against ";
}

/// Words on links and about dots.
pub mod stage {
    table! {
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
    /// Links on which dots would say nothing.
    pub const DENSITY: &str = "a link's width is its messages per second";
    /// The same, shorter.
    pub const DENSITY_SHORT: &str = "width = messages/s";
    /// Before a rate: along the flow.
    pub const FORTH: &str = "→ ";
    /// Before a rate: against the flow.
    pub const BACK: &str = "← ";
    /// The same where the flow goes down.
    pub const DOWN: &str = "↓ ";
    /// The same where the flow goes down.
    pub const UP: &str = "↑ ";
    }
}

/// Words on circuit breakers and other guards of a link.
pub mod guard {
    table! {
    /// All pass.
    pub const CLOSED: &str = "closed";
    /// None passes.
    pub const OPEN: &str = "open";
    /// A few pass.
    pub const HALF_OPEN: &str = "half-open";
    /// Somebody holds it open.
    pub const FORCED_OPEN: &str = "held open";
    /// Somebody made it let everything pass.
    pub const DISABLED: &str = "disabled";
    /// Between a share and the number of calls of which it is.
    pub const OF: &str = " of ";
    /// After "12 % of 20".
    pub const FAILED: &str = " failed";
    /// After "12 % of 20".
    pub const SLOW: &str = " slow";
    /// Before how long it stays open.
    pub const PROBE_IN: &str = "probe in ";
    /// Its time is over: whoever calls next is a probe.
    pub const NEXT_PROBES: &str = "next call probes";
    /// After "1 of 3".
    pub const PROBES: &str = " probes";
    /// After "1 of 3": so many breakers of a link are in the state that is shown.
    pub const BREAKERS: &str = " breakers";
    /// After "24 of 25": calls inside a bulkhead.
    pub const INSIDE: &str = " inside";
    /// After "3 of 10": tokens of a rate limit.
    pub const TOKENS: &str = " tokens";
    /// Retries are no longer allowed.
    pub const BUDGET_SPENT: &str = "retry budget spent";
    }
}

/// What the line of time says to those who do not see it.
pub mod timeline {
    table! {
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
}

/// Why something failed, in a few words, after a count: "34 queue full".
pub fn failure(reason: Failure) -> &'static str {
    match reason {
        Failure::Timeout => word!("timed out"),
        Failure::Error => word!("in error"),
        Failure::Rejected => word!("queue full"),
        Failure::BreakerOpen => word!("breaker open"),
        Failure::RateLimited => word!("rate limited"),
        Failure::BulkheadFull => word!("bulkhead full"),
        Failure::Unavailable => word!("nobody there"),
    }
}

/// Why a message vanished on its link, after a count.
pub fn loss(reason: LossReason) -> &'static str {
    match reason {
        LossReason::Link => word!("lost on the link"),
        LossReason::Partition => word!("cut off"),
    }
}

/// Glyphs of messages and workers, with what they mean.
pub const LEGEND: [(Glyph, &str); 10] = [
    (Glyph::Request(Some(11)), word!("request; the ring drains to its timeout")),
    (Glyph::Reply, word!("reply")),
    (Glyph::Failed, word!("failed, with its reason where it died")),
    (Glyph::Retry(Some(super::glyph::RING_STEPS)), word!("retry: second and later attempts")),
    (Glyph::Message, word!("message in a queue or on its way")),
    (Glyph::Redelivered, word!("message delivered again")),
    (Glyph::Poison, word!("message that cannot be processed, or a dead letter")),
    (Glyph::Busy, word!("worker, busy")),
    (Glyph::Blocked, word!("worker, blocked: waits for an answer")),
    (Glyph::Free, word!("worker, free")),
];

/// The same for the small words of brokers and consumers.
pub const LEGEND_OF_WORDS: [(Glyph, &str); 2] =
    [(Glyph::Confirm, word!("confirmed or acknowledged")), (Glyph::Refusal, word!("refused or given back"))];

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

table! {
/// After a count: jobs that went down with their replica.
pub const LOST_IN_CRASH: &str = "lost in the crash";
/// After a count: calls that a service gave up.
pub const CALLS_TIMED_OUT: &str = "calls timed out";
/// After a count: messages that a queue refused.
pub const PUBLISH_REFUSED: &str = "refused";
/// After a count: requests that a service dropped because they had waited too long.
pub const SHED: &str = "shed, waited too long";
/// After a count: updates of a store.
pub const LOST_UPDATES: &str = "lost updates";
/// After a count: effects of a store.
pub const DUPLICATE_EFFECTS: &str = "duplicate effects";
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
}

/// How an exchange routes.
pub mod routing {
    table! {
    /// By equal keys.
    pub const DIRECT: &str = "direct";
    /// To all.
    pub const FANOUT: &str = "fanout";
    /// By patterns.
    pub const TOPIC: &str = "topic";
    /// By headers.
    pub const HEADERS: &str = "headers";
    }
}

/// Whose word a producer waits for.
pub const ACKS: [&str; 3] = ["0", "1", word!("all")];

/// What lanes are called in charts.
pub const LETTERS: [&str; 2] = ["A", "B"];

/// Rows of the comparison of two lanes.
pub mod compare {
    table! {
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
    /// Answers after the deadline, per second.
    pub const LATE: &str = "Late";
    /// Answers by a fallback, per second.
    pub const DEGRADED: &str = "Degraded";
    /// Messages that are ready in queues, mean.
    pub const DEPTH: &str = "Waiting in queues";
    /// Records by which groups are behind in logs, now.
    pub const LAG: &str = "Behind in logs";
    /// Messages lost since the start.
    pub const LOST: &str = "Messages lost in all";
    /// Jobs that were ended for nobody, per second.
    pub const WASTED: &str = "Wasted work";
    /// Before a ratio.
    pub const TIMES: &str = "×";
    }
}
