//! Steps: what an operation does, in order, as written.

use super::decode::{Decode, Named};
use super::dist::Dist;
use super::health::{HealthCheckPlan, OutlierPlan};
use super::policy::{
    BreakerPlan, BulkheadPlan, HedgePlan, PublishRetry, RateLimitPlan, RetryHost, RetryPlan,
};
use super::shape::{KeyShape, Shape};
use crate::base::{Cursor, Json, SimDuration};
use crate::scenario::report::Report;

/// Steps, one after the other.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Steps(Vec<Step>);

impl Steps {
    /// The steps, in order.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = &Step> {
        self.0.iter()
    }
}

impl Decode for Steps {
    const SHAPE: Shape = Shape::Steps(|| &Step::SHAPE);

    fn decode(full: &Json) -> Steps {
        Steps(Vec::decode(full))
    }
}

tagged! {
    /// One step of an operation.
    pub enum Step Tagged "step" check check {
        /// Compute, which occupies the worker.
        Work "work": Dist,
        /// Wait without computing.
        Sleep "sleep": Dist,
        /// Send a request and wait for the answer.
        Call "call": Call,
        /// Run branches in parallel. It succeeds when all succeed, and fails as soon as one fails. A worker is one
        /// thread: where it holds the job, branches overlap their waits, and their work is done one after the other.
        /// With `release_worker` each takes a worker of its own to compute, and with `processor_sharing` each shares
        /// the workers like a job.
        All "all": Vec<Steps> => Shape::List(&Steps::SHAPE, 64),
        /// Send a message to a queue, an exchange or a log.
        Publish "publish": Publish,
        /// Request and reply over messages.
        Ask "ask": Ask,
        /// Answer the caller now and continue in the background.
        Respond "respond": Respond,
        /// Read from a store.
        Read "read": Read,
        /// Write to a store.
        Write "write": Write,
        /// Apply the version that the message carries to a store.
        Project "project": Project,
        /// Fail with an error.
        Fail "fail": Fail,
        /// Run one of several branches, chosen by weight.
        Choose "choose": Vec<Arm> => Shape::List(&Arm::SHAPE, 64),
        /// Run steps several times, one after the other.
        Repeat "repeat": Repeat,
        /// Run each `do`. If one fails, run the `undo` of those that succeeded, newest first.
        Saga "saga": Vec<SagaStep> => Shape::List(&SagaStep::SHAPE, 64),
        /// Aggregate a stream by event time.
        Window "window": Window,
    }
}

record! {
    /// A request to a service, and its answer.
    pub struct Call check check {
        /// The service.
        #[example("app")]
        to: String => Shape::Node(&["service"]),
        /// The operation to call.
        #[example("book")]
        operation: String = "default" => Shape::Operation("to"),
        /// How long to wait for each attempt. Left out: without limit.
        #[example("1s")]
        timeout: Option<SimDuration> => Shape::Nullable(&Shape::SOME_TIME),
        /// When to retry. Left out: one attempt.
        retry: Option<RetryPlan>,
        /// When to stop calling for a while. Left out: no circuit breaker.
        circuit_breaker: Option<BreakerPlan>,
        /// How many such calls may be under way. Left out: no limit.
        bulkhead: Option<BulkheadPlan>,
        /// How many such calls may start per second. Left out: no limit.
        rate_limit: Option<RateLimitPlan>,
        /// When to send the request again while the first one is unanswered. Left out: never.
        hedge: Option<HedgePlan>,
        /// Which replica a retry or a hedge asks.
        retry_host: RetryHost = "other",
        /// When to send no requests to a replica that fails. Left out: never.
        outlier_detection: Option<OutlierPlan>,
        /// How to find replicas that do not answer, and send them no requests. Left out: no checks.
        health_check: Option<HealthCheckPlan>,
        /// With fewer than this share of the replicas left (of those known to be up), requests go to all of them, as if
        /// nothing were known of their health: Envoy's panic mode.
        panic_threshold: f64 = 0.5 => Shape::CHANCE,
        /// Steps to run instead of failing; the answer then counts as degraded. Left out: the step fails.
        #[example([])]
        fallback: Option<Steps>,
    }
}

record! {
    /// Sending a message.
    pub struct Publish {
        /// The queue, exchange or log.
        #[example("orders")]
        to: String => Shape::Node(&["queue", "exchange", "log"]),
        /// The routing key, for an exchange. Queues ignore it.
        #[example("key")]
        routing_key: Option<String>,
        /// The headers, for an exchange. Queues ignore them.
        #[example({"country": "ch"})]
        headers: Named<String> = {} => Shape::Map(&Shape::Text(200), KeyShape::Ids, 64),
        /// The record's key, for a log; others ignore it. The partition is Kafka's murmur2 of its bytes. Left out: the
        /// digits of the request's key number if its client has `keys`; otherwise the publisher stays with one
        /// partition for 16 records, then chooses another at random.
        #[example("key")]
        key: Option<String>,
        /// Whether to wait for the broker's confirm.
        confirm: bool = false,
        /// How long to wait for each confirm; Kafka's producer waits 30 s (`request.timeout.ms`). What was sent may
        /// arrive all the same. Only with `confirm`. Left out: without limit.
        #[example("30s")]
        timeout: Option<SimDuration> => Shape::Nullable(&Shape::SOME_TIME),
        /// When to send the message again. Only with `confirm`. Left out: one attempt.
        retry: Option<PublishRetry>,
        /// Whether a log recognizes what it is sent again, drops the copy and confirms it, as Kafka does by default
        /// since 3.0. As there, it takes `acks` all. Unlike there, a record that only a later attempt brings comes after
        /// those that were sent in the meantime. Queues and exchanges never recognize a copy: they may hold the message
        /// twice.
        idempotent: bool = true,
    }
}

record! {
    /// Request and reply over messages. The service that consumes `via`, or its dead letters, replies when its
    /// operation succeeds or responds; if it fails, the request returns to its queue. The request can be lost like any
    /// unconfirmed message. A reply that arrives too late is refused: `reply_via` drops or dead-letters it.
    pub struct Ask {
        /// The queue for the request.
        #[example("requests")]
        via: String => Shape::Node(&["queue"]),
        /// The queue for the reply. It delivers the reply to the asking task ahead of all other messages. It may be the
        /// same queue.
        #[example("replies")]
        reply_via: String => Shape::Node(&["queue"]),
        /// How long to wait for the reply. Left out: without limit.
        #[example("1s")]
        timeout: Option<SimDuration> => Shape::Nullable(&Shape::SOME_TIME),
    }
}

record! {
    /// No fields.
    pub struct Respond {}
}

record! {
    /// A read from a store. The operation carries the version that it finds from here on, unless it already carries one
    /// of another store. It waits for a connection and an answer without limit, and fails if the store is down.
    pub struct Read {
        /// The store.
        #[example("db")]
        from: String => Shape::Node(&["store"]),
        /// A fixed key for all requests. Left out: the request's key.
        #[example("key")]
        key: Option<String>,
        /// The copy to read from.
        replica: StoreReplica = "leader",
    }
}

words! {
    /// A copy of a store.
    pub enum StoreReplica {
        /// The copy that takes writes.
        Leader "leader",
        /// A copy that follows the leader.
        Follower "follower",
    }
}

record! {
    /// A write to a store. The operation carries the new version from here on; the next published message takes it
    /// along for a projection.
    pub struct Write {
        /// The store.
        #[example("db")]
        to: String => Shape::Node(&["store"]),
        /// A fixed key for all requests. Left out: the request's key.
        #[example("key")]
        key: Option<String>,
        /// What its effect is called, by which a store knows it again for the same message. Left out: its place among
        /// the writes of its operation to this store, where the operations that consume from the same queue, or as the
        /// same group of a log, count as one.
        #[example("charge")]
        effect: Option<String> => Shape::Nullable(&Shape::Text(200)),
    }
}

record! {
    /// Applying a message's version to a store, under the key that was written. A version that is not newer than the
    /// stored one is ignored, and so is a message without one, so a projection never goes back.
    pub struct Project {
        /// The store.
        #[example("db")]
        to: String => Shape::Node(&["store"]),
    }
}

record! {
    /// Failing with an error.
    pub struct Fail {
        /// Probability that the step fails.
        probability: f64 = 1 => Shape::CHANCE,
        /// The name of the error.
        #[example("declined")]
        error: String = "error",
    }
}

record! {
    /// A branch of a choice.
    pub struct Arm {
        /// Its weight among the branches.
        weight: f64 = 1 => Shape::number(0.0, 1e9),
        /// Its steps.
        #[example([{"work": "20ms"}])]
        then: Steps,
    }
}

record! {
    /// Steps that run several times, one after the other. If one fails, the operation fails. Repeats within each other
    /// multiply: at most 10,000 turns of the innermost one.
    pub struct Repeat check check {
        /// How many times; 0 leaves the steps out.
        #[example(3)]
        times: Times,
        /// The steps.
        #[example([{"call": {"to": "app"}}])]
        steps "do": Steps,
    }
}

/// How many times steps are repeated: a number alone is constant.
#[derive(Clone, Debug, PartialEq)]
pub enum Times {
    /// Always the same.
    Exactly(u16),
    /// Drawn anew each time.
    Drawn(DrawnTimes),
}

impl Decode for Times {
    const SHAPE: Shape = Shape::Either(&Shape::whole(0, 1000), &DrawnTimes::SHAPE);

    fn decode(full: &Json) -> Times {
        match full {
            Json::Number(_) => Times::Exactly(u32::decode(full) as u16),
            _ => Times::Drawn(DrawnTimes::decode(full)),
        }
    }
}

tagged! {
    /// A random number of times.
    pub enum DrawnTimes Tagged "distribution" {
        /// Geometric on 0, 1, 2, … with this mean: after each turn there is another with the same probability. Draws
        /// above 10,000 are cut to it.
        Geometric "geometric": f64 => Shape::number(0.0, 1000.0),
    }
}

impl Repeat {
    /// The most turns of the innermost repeat; the mean where they are drawn.
    fn turns(&self) -> f64 {
        let times = match self.times {
            Times::Exactly(turns) => f64::from(turns),
            Times::Drawn(DrawnTimes::Geometric(mean)) => mean,
        };
        times * self.steps.turns()
    }

    fn check(&self, at: &Cursor, report: &mut Report) {
        let turns = self.turns();
        if turns > MOST_TURNS {
            report.wrong_at(
                at,
                "times",
                problem!("scenario.many-turns", times = &Json::Number(turns).to_string()),
            );
        }
    }
}

/// Repeats within each other make at most so many turns, so that no event takes long.
const MOST_TURNS: f64 = 10_000.0;

impl Steps {
    /// The most turns of a repeat among these steps and within them; 1 without a repeat.
    fn turns(&self) -> f64 {
        let each = |all: &mut dyn Iterator<Item = &Steps>| all.map(Steps::turns).fold(1.0, f64::max);
        let turns = |step: &Step| match step {
            Step::Repeat(repeat) => repeat.turns(),
            Step::Call(call) => each(&mut call.fallback.iter()),
            Step::All(branches) => each(&mut branches.iter()),
            Step::Choose(arms) => each(&mut arms.iter().map(|arm| &arm.then)),
            Step::Saga(steps) => each(&mut steps.iter().flat_map(|step| [&step.act, &step.undo])),
            _ => 1.0,
        };
        self.iter().map(turns).fold(1.0, f64::max)
    }
}

record! {
    /// A step of a saga. If one fails, the steps before it are undone, newest first, and then the operation fails with
    /// the same reason: the saga is compensated. If an undo fails, all its retries included, the saga is stuck. It is
    /// stuck as well if the operation is ended from outside, by a crash or by a failing parallel branch.
    pub struct SagaStep {
        /// The steps to do.
        #[example([{"call": {"to": "payment"}}])]
        act "do": Steps,
        /// The steps that undo them. Left out: nothing to undo.
        #[example([{"call": {"to": "payment", "operation": "refund"}}])]
        undo: Steps = [],
    }
}

record! {
    /// Stream aggregation by event time. The event time of a record is when its request was offered. Each record falls
    /// into one window, from a multiple of `every` to the next, in the group of its key. The clock is the watermark: a
    /// window closes `lateness` after its end and gives one result per group. A record that arrives later is counted as
    /// late and left out. All replicas of a service share the windows, and a crash does not lose them.
    pub struct Window {
        /// Length of a window.
        #[example("10s")]
        every: SimDuration => Shape::INTERVAL,
        /// One group of this name for all records. Left out: a group per key of the requests.
        #[example("key")]
        key: Option<String>,
        /// Where results are published. Left out: nowhere.
        #[example("results")]
        emit_to: Option<String> => Shape::Nullable(&Shape::Node(&["queue", "exchange", "log"])),
        /// How long after its end a window accepts late records.
        lateness: SimDuration = "0s",
    }
}
