//! Clients and services, as written.

use super::broker::{Exchange, Log, Queue};
use super::dist::Dist;
use super::step::Steps;
use super::store::Store;
use crate::base::SimDuration;
use crate::scenario::shape::{Given, List, Named, Shape};

/// Every kind of node.
pub(in crate::scenario) const ANY_NODE: &[&str] = &["client", "service", "queue", "exchange", "log", "store"];

tagged! {
    /// A node: its field `kind` says what it is.
    pub enum Node<'a> Kinds "kind" {
        /// A source of requests.
        Client "client": Client<'a>,
        /// Workers that run operations.
        Service "service": Service<'a>,
        /// A point-to-point queue.
        Queue "queue": Queue<'a>,
        /// Publish/subscribe routing.
        Exchange "exchange": Exchange<'a>,
        /// A partitioned, replicated, replayable log.
        Log "log": Log<'a>,
        /// A database.
        Store "store": Store<'a>,
    }
}

record! {
    /// A source of requests.
    pub struct Client<'a> {
        /// When requests come.
        arrivals: Arrivals<'a>,
        /// The steps that each request runs, without a limit of workers.
        operation: Steps<'a>,
        /// After it an answer is worthless; left out: never.
        deadline: Option<SimDuration> => Shape::Nullable(&Shape::SOME_TIME),
        /// Whether what is called learns of the deadline. No call then waits beyond it, no service begins or goes on with
        /// a step after it: the job ends as failed (`timeout`) and is counted. What is published, and what is done
        /// after a `respond`, is under no deadline.
        propagate_deadline: bool = Given::Flag(false),
        /// How requests are keyed; left out: all have one key.
        keys: Option<Keys<'a>>,
    }
}

tagged! {
    /// When requests come.
    pub enum Arrivals<'a> Tagged "kind of arrivals" check check {
        /// At random, independently of each other.
        Poisson "poisson": Rate<'a>,
        /// Evenly spaced.
        Constant "constant": Rate<'a>,
        /// Poisson whose rate is linear between points of (instant, requests per second); the last is held.
        Profile "profile": List<'a, (SimDuration, f64)>
            => Shape::List(&Shape::Pair(&[Shape::Duration(false), Shape::number(0.0, 1e6)]), 1000),
        /// By users who think, ask, wait for the answer, and think again.
        Closed "closed": Closed<'a>,
    }
}

record! {
    /// A rate of requests.
    pub struct Rate<'a> {
        /// Requests per second.
        rate: f64 => Shape::number(0.0, 1e6),
    }
}

record! {
    /// Users who think, ask, wait for the answer, and think again.
    pub struct Closed<'a> {
        /// How many.
        users: u32 => Shape::whole(1, 1_000_000),
        /// For how long they think.
        think: Dist<'a>,
    }
}

record! {
    /// Keys by Zipf's law.
    pub struct Keys<'a> {
        /// How many different keys.
        count: u32 = Given::Number(1000.0) => Shape::whole(1, 1_000_000_000),
        /// How unequal: 0 is uniform.
        skew: f64 = Given::Number(0.0) => Shape::number(0.0, 10.0),
    }
}

record! {
    /// Workers that run operations.
    pub struct Service<'a> {
        /// Replicas.
        replicas: u32 = Given::Number(1.0) => Shape::whole(1, 1000),
        /// Workers of each replica.
        workers: u32 = Given::Number(1.0) => Shape::whole(1, 10_000),
        /// Places in the waiting room of each replica; null: without bound, 0: none.
        queue: Option<u32> => Shape::Nullable(&Shape::whole(0, 1_000_000)),
        /// In which order the waiting room empties.
        discipline: Discipline = Given::Text("fifo"),
        /// What happens to the worker while a call is out.
        while_waiting: WhileWaiting = Given::Text("hold_worker"),
        /// How callers pick a replica.
        balance: Balance = Given::Text("round_robin"),
        /// When callers see crashes and new replicas; left out: at once.
        discovery: Option<Discovery<'a>>,
        /// What it can do, by name; `default` is what runs where a caller names none.
        operations: Named<'a, Steps<'a>> = Given::Empty => Shape::Map(&Shape::Steps, false, 64),
        /// Where it takes messages from.
        consumes: List<'a, Consume<'a>> = Given::Texts(&[]) => Shape::List(&Consume::SHAPE, 64),
        /// What it refuses to take on.
        admission: Option<Admission<'a>>,
        /// How its number of replicas follows the load.
        autoscale: Option<Autoscale<'a>>,
    }
}

words! {
    /// In which order a waiting room empties.
    pub enum Discipline {
        /// First come, first served.
        Fifo "fifo",
        /// Last come, first served.
        Lifo "lifo",
        /// No waiting room: all share the workers.
        ProcessorSharing "processor_sharing",
    }
}

words! {
    /// What happens to a worker while its job waits.
    pub enum WhileWaiting {
        /// It is held: a blocking service.
        HoldWorker "hold_worker",
        /// It is given back: a non-blocking service.
        ReleaseWorker "release_worker",
    }
}

words! {
    /// How callers pick a replica.
    pub enum Balance {
        /// In turn.
        RoundRobin "round_robin",
        /// At random.
        Random "random",
        /// The one with the fewest jobs.
        LeastOutstanding "least_outstanding",
        /// The less loaded of two different ones drawn at random.
        PowerOfTwo "power_of_two",
        /// By the request's key, on a hash ring with 100 points for each replica: a key keeps its replica, and when one
        /// comes or goes only its own keys move. Requests without a key all go to one replica.
        ConsistentHash "consistent_hash",
    }
}

record! {
    /// When callers see crashes and new replicas: at `refresh`, twice that, and so on. Until then they ask who was
    /// there before: a replica that crashed refuses, a new one has nothing to do, one that was taken away still
    /// serves.
    pub struct Discovery<'a> {
        /// How often they look.
        refresh: SimDuration => Shape::SOME_TIME,
    }
}

record! {
    /// A subscription to a queue or a log.
    pub struct Consume<'a> check check {
        /// The queue or log.
        from: &'a str => Shape::Node(&["queue", "log"]),
        /// The operation that each message runs.
        operation: &'a str = Given::Text("default") => Shape::Name,
        /// The consumer group, for a log: each group gets every record, each of its members some of the partitions. Replicas
        /// of all services that name it are its members; a group that is new begins at the oldest record. Left out: the
        /// service's id. A queue ignores it.
        group: Option<&'a str> => Shape::Nullable(&Shape::Name),
        /// Unacknowledged messages of each replica at most.
        prefetch: u32 = Given::Number(10.0) => Shape::whole(1, 10_000),
        /// When a message is acknowledged.
        ack: Ack = Given::Text("after"),
        /// How long a failed message waits before it is given back.
        nack_delay: SimDuration = Given::Text("0s"),
        /// How often a member of a group commits its offsets, for a log; left out: with every record. A queue ignores it.
        commit_every: Option<SimDuration> => Shape::Nullable(&Shape::SOME_TIME),
    }
}

words! {
    /// When a message is acknowledged.
    pub enum Ack {
        /// When its operation has ended well. A log hands a record that failed over again, with all that follow in its
        /// partition.
        After "after",
        /// When a worker takes it; for a log as soon as it is handed over, so that none is processed twice.
        Before "before",
    }
}

record! {
    /// What requests a service refuses to take on. Messages that it consumes are bounded by its prefetch instead.
    pub struct Admission<'a> {
        /// So many a second, all replicas together; more are answered `rate_limited`, which a caller's retry treats as
        /// `rejected`.
        rate_limit: Option<Bucket<'a>>,
        /// What has waited too long when a worker frees: it is answered `rejected`.
        shed: Option<Shed<'a>>,
    }
}

record! {
    /// A token bucket.
    pub struct Bucket<'a> {
        /// Tokens a second.
        rate: f64 => Shape::positive(1e6),
        /// How many tokens it holds.
        burst: u32 = Given::Number(1.0) => Shape::whole(1, 1_000_000),
    }
}

record! {
    /// Dropping what has waited too long.
    pub struct Shed<'a> {
        /// What waited strictly longer.
        above_wait: SimDuration,
    }
}

record! {
    /// How a service's number of replicas follows the load, as Kubernetes' HorizontalPodAutoscaler has it: every
    /// `every` the number of ready replicas times the share of their workers that was held since the last decision,
    /// divided by `target_utilization` and rounded up, is wanted, unless the share is within 10 % of its target.
    /// Replicas that are starting count as idle when more are wanted. One that is taken away takes no new work and
    /// finishes what it has; no time passes before (no stabilization window). It begins with `replicas`.
    pub struct Autoscale<'a> check check {
        /// Fewest replicas.
        min: u32 = Given::Number(1.0) => Shape::whole(1, 1000),
        /// Most replicas.
        max: u32 = Given::Number(10.0) => Shape::whole(1, 1000),
        /// The utilization to aim at.
        target_utilization: f64 = Given::Number(0.6) => Shape::positive(1.0),
        /// How often it decides.
        every: SimDuration = Given::Text("15s") => Shape::SOME_TIME,
        /// How long a new replica takes to be ready.
        startup: SimDuration = Given::Text("30s"),
    }
}
