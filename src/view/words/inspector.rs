//! Words of the inspector.

table! {
/// What a client is.
pub const CLIENT: &str = "client: a source of requests";
/// What a service is.
pub const SERVICE: &str = "service: workers that run operations";
/// What a queue is.
pub const QUEUE: &str = "queue: each message to one consumer";
/// What an exchange is.
pub const EXCHANGE: &str = "exchange: publish/subscribe routing";
/// What a log is.
pub const LOG: &str = "log: partitioned, replicated, replayable";
/// What a store is.
pub const STORE: &str = "store: a database";
/// A client, without what that is.
pub const A_CLIENT: &str = "client";
/// A service, without what that is.
pub const A_SERVICE: &str = "service";
/// A queue, without what that is.
pub const A_QUEUE: &str = "queue";
/// An exchange, without what that is.
pub const AN_EXCHANGE: &str = "exchange";
/// A log, without what that is.
pub const A_LOG: &str = "log";
/// A store, without what that is.
pub const A_STORE: &str = "store";
/// What a link is.
pub const LINK: &str = "link: messages under way, both directions";
/// What a message is.
pub const MESSAGE: &str = "message on its link";

/// Between the ends of a link.
pub const ARROW: &str = " → ";
/// Before a message's number.
pub const NUMBER: &str = "Message ";

/// The title of what holds for a node.
pub const PARAMETERS: &str = "Parameters";
/// The title of a link's own latency and loss, before its ends.
pub const LINK_OWN: &str = "Link ";
/// What is said where a link has nothing of its own.
pub const LINK_SHARED: &str = "As every link: the scenario's network. A change here concerns all of them.";
/// The same, on what gives it its own.
pub const LINK_ADD: &str = "Give this link its own";
/// Before the name of an operation that calls, publishes or reads, and the step.
pub const IN: &str = "In ";
/// The operation of a client.
pub const REQUESTS: &str = "each request";

/// A switch that is on.
pub const ON: &str = "on";
/// A switch that is off.
pub const OFF: &str = "off";
/// In place of what is left out.
pub const NONE: &str = "none";
/// Between the least and the greatest of a range.
pub const UP_TO: &str = " to ";
/// Before the least, where it is excluded.
pub const ABOVE: &str = "above ";
/// After a number that is a rate.
pub const PER_SECOND: &str = "/s, ";
/// After a number that is a factor.
pub const TIMES: &str = "×";
}

/// What items of lists are called, by the list's field.
pub const ITEMS: [(&str, &str); 7] = [
    ("bindings", word!("Binding ")),
    ("consumes", word!("Source ")),
    ("choose", word!("Branch ")),
    ("all", word!("Branch ")),
    ("saga", word!("Step ")),
    ("profile", word!("Point ")),
    ("empirical", word!("Value ")),
];
/// What the two of a pair are called, by the field that holds the pair or a list of them.
pub const PAIRS: [(&str, [&str; 2]); 3] = [
    ("uniform", [word!("From"), word!("To")]),
    ("profile", [word!("At"), word!("Rate")]),
    ("empirical", [word!("Value"), word!("Weight")]),
];
table! {
/// Between a step's number and what it does.
pub const STEP: &str = ". ";
}

/// Words of live numbers.
pub mod figure {
    table! {
    /// Requests per second.
    pub const OFFERED: &str = "Offered";
    /// Good answers per second.
    pub const GOOD: &str = "Good";
    /// Late answers per second.
    pub const LATE: &str = "Late";
    /// Answers by a fallback per second.
    pub const DEGRADED: &str = "Degraded";
    /// Failures.
    pub const FAILED: &str = "Failed";
    /// What one in a hundred exceeds.
    pub const P99: &str = "Latency, p99";
    /// What has not ended or arrived.
    pub const OPEN: &str = "Under way";
    /// People behind a closed workload.
    pub const USERS: &str = "Users";
    /// Workers that compute.
    pub const BUSY: &str = "Workers busy";
    /// Workers that wait for a downstream answer.
    pub const BLOCKED: &str = "Workers blocked";
    /// Workers with nothing to do.
    pub const FREE: &str = "Workers free";
    /// What waits for a worker or a connection.
    pub const WAITING: &str = "Waiting";
    /// Messages for the next consumer.
    pub const READY: &str = "Ready";
    /// Messages with a consumer.
    pub const UNACKED: &str = "Unacknowledged";
    /// The age of the oldest ready message.
    pub const OLDEST: &str = "Oldest";
    /// Connections in use.
    pub const CONNECTIONS: &str = "Connections busy";
    /// Keys that have a version.
    pub const KEYS: &str = "Keys";
    /// Versions made.
    pub const VERSIONS: &str = "Versions";
    /// Records by which all groups are behind.
    pub const LAG: &str = "Groups behind";
    /// Partitions without a leader.
    pub const LEADERLESS: &str = "Without leader";
    /// How often a group shared its partitions anew.
    pub const REBALANCES: &str = "Rebalances";
    /// What vanished.
    pub const LOST: &str = "Lost";
    /// Messages per second, there.
    pub const SENT_RATE: &str = "Sent";
    /// Messages per second, back.
    pub const BACK_RATE: &str = "Sent back";
    /// Which try of its call.
    pub const ATTEMPT: &str = "Attempt";
    /// The request that it belongs to.
    pub const REQUEST: &str = "Request";
    /// Since it was sent.
    pub const TRAVELLED: &str = "Under way for";
    /// Until it is there.
    pub const ARRIVES: &str = "Arrives in";
    /// Until its sender stops waiting.
    pub const PATIENCE: &str = "Patience left";
    /// Between two numbers.
    pub const OF: &str = " of ";
    }
}

/// Words for replicas.
pub mod replica {
    table! {
    /// Before its number.
    pub const REPLICA: &str = "Replica ";
    /// After a count.
    pub const BUSY: &str = " busy";
    /// After a count.
    pub const BLOCKED: &str = " blocked";
    /// After a count.
    pub const WAITING: &str = " waiting";
    /// Its work is lost and it refuses.
    pub const CRASHED: &str = "crashed";
    /// It stands still.
    pub const PAUSED: &str = "paused";
    /// Between two facts.
    pub const AND: &str = ", ";
    }
}

/// Words for circuit breakers.
pub mod breaker {
    table! {
    /// Before the operation whose calls alone ask it.
    pub const FOR: &str = "for ";
    /// What it is called.
    pub const BREAKER: &str = "Circuit breaker ";
    /// Between a share and a number of calls.
    pub const OF: &str = " of ";
    /// After a share of calls.
    pub const FAILED: &str = " failed";
    /// Between two facts.
    pub const AND: &str = ", ";
    }
    /// What it can be set to, in the order of the switch.
    pub const CHOICES: [&str; 3] = [word!("Automatic"), word!("Hold open"), word!("Disable")];
}

/// A breaker's state.
pub fn state(state: crate::observation::BreakerState) -> &'static str {
    use crate::observation::BreakerState;
    match state {
        BreakerState::Closed => word!("closed"),
        BreakerState::Open => word!("open"),
        BreakerState::HalfOpen => word!("half-open"),
        BreakerState::ForcedOpen => word!("held open"),
        BreakerState::Disabled => word!("disabled"),
    }
}
