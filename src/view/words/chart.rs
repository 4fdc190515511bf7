//! Words on charts. Their titles are in the table of charts.

table! {
/// Beside a title.
pub const PER_SECOND: &str = "per second";
/// Beside a title, before the number of all workers.
pub const OF: &str = "of ";
/// After a title: both lanes are shown.
pub const A_AND_B: &str = ", A dashed and B solid";
/// A curve that a reader has drawn.
pub const GUESS: &str = "your guess";
/// What came of it.
pub const MEASURED: &str = "measured";
/// In a chart that waits for a curve.
pub const DRAW_HERE: &str = "Draw your curve here";
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
/// Between a chart's title and the node that it is of.
pub const OF_NODE: &str = " · ";
/// Beside a title: values are means.
pub const MEAN: &str = "mean";
/// Beside a title: the scale is logarithmic.
pub const LOG: &str = "log scale";
/// Beside a title: counts of answers.
pub const ANSWERS_EACH: &str = "answers";
/// Beside a title: of the oldest ready message.
pub const OLDEST: &str = "oldest ready";
/// Beside a title.
pub const RECORDS: &str = "records";
/// Between the ends of a band of latencies.
pub const UP_TO: &str = " – ";
/// The services of the system together.
pub const ALL_JOBS: &str = "all";
/// The queues of the system together.
pub const ALL_QUEUES: &str = "all";
/// The store whose reads are furthest behind.
pub const STALEST: &str = "worst";
/// Workers that there are.
pub const THERE_ARE: &str = "there are";
/// Workers that compute.
pub const BUSY_LINE: &str = "busy";
/// After a queue: its unacknowledged messages.
pub const UNACKED: &str = " unacked";
/// Between a group and the number of a partition.
pub const PARTITION: &str = " p";
/// Nobody read yet.
pub const NO_READS_YET: &str = "no reads yet";
/// Between an instant and what holds then.
pub const COLON: &str = ": ";
/// Between two values.
pub const COMMA: &str = ", ";
/// After a number: rows that do not fit.
pub const MORE: &str = " more";
/// Before what was in the future that was left.
pub const LEFT: &str = "left: ";
/// Head of the first column of a file.
pub const TIME_IN_SECONDS: &str = "time (s)";
/// After the name of a column of a file.
pub const IN_SECONDS: &str = " (s)";
/// After the name of a column of a file.
pub const IN_PER_SECOND: &str = " (1/s)";
/// State of a circuit breaker.
pub const CLOSED: &str = "closed";
/// State of a circuit breaker.
pub const OPEN: &str = "open";
/// State of a circuit breaker.
pub const HALF_OPEN: &str = "half-open";
/// State of a circuit breaker.
pub const FORCED_OPEN: &str = "forced open";
/// State of a circuit breaker.
pub const DISABLED: &str = "disabled";
}
