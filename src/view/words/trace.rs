//! Words on traces and their waterfalls.

table! {
/// A list.
pub const SLOWEST: &str = "Slowest";
/// A list.
pub const FAILED: &str = "Failed";
/// A list.
pub const RETRIED: &str = "Retried";
/// A list.
pub const RANDOM: &str = "Random";
/// Before the number of an attempt.
pub const TRY: &str = "try ";
/// An attempt that asks again while its first request is out.
pub const HEDGE: &str = "asked again";
/// A message that was delivered before.
pub const AGAIN: &str = "delivered again";
/// After a duration, and beside a bar: waits for a worker.
pub const WAITING: &str = "waiting";
/// After a duration, and beside a bar: computes.
pub const WORKING: &str = "working";
/// After a duration, and beside a bar: waits for an answer.
pub const BLOCKED: &str = "blocked";
/// After a duration, and beside a bar: on its way.
pub const NETWORK: &str = "on the network";
/// After a duration, and beside a bar: at a broker.
pub const QUEUE: &str = "in a queue";
/// After a duration, and beside a bar: read or written.
pub const STORE: &str = "at a store";
/// How something ended: not yet.
pub const GOES_ON: &str = "goes on";
/// How something ended.
pub const ERROR: &str = "error";
/// How something ended: whoever began it went away first.
pub const ABANDONED: &str = "abandoned";
/// After how something ended for its caller.
pub const FOR_NOBODY: &str = ", then went on for nobody";
/// How a publication ended: nobody has its message yet.
pub const PENDING: &str = "not handed over";
/// Between parts of a sentence.
pub const COMMA: &str = ", ";
/// Before how something ended.
pub const THEN: &str = "; ";
/// After a number.
pub const MISSED: &str =
    " requests were not followed: too many were under way at once. The lists are a sample.";
/// Before how many messages of a request are under way now.
pub const NOW: &str = "Messages under way now: ";
/// Before the nodes that are at work for it.
pub const AT: &str = "; at ";
/// Head of a column.
pub const WHERE: &str = "Where";
/// Head of a column.
pub const BEGINS: &str = "Begins after";
/// Head of a column.
pub const LASTS: &str = "Takes";
/// Head of a column.
pub const ENDS: &str = "Ends";
/// In front of a row of a table, once for each level below the first.
pub const DEEPER: &str = "› ";
}
