//! Services, as written.

use super::decode::Named;
use super::shape::Shape;
use super::step::Steps;
use crate::base::SimDuration;

record! {
    /// Workers that run operations.
    pub struct Service {
        /// Replicas.
        #[unit = "replicas"]
        replicas: u32 = 1 => Shape::whole(1, 1000),
        /// Workers of each replica.
        #[unit = "workers"]
        workers: u32 = 1 => Shape::whole(1, 10_000),
        /// Places in the waiting room of each replica; null: without bound, 0: none.
        #[unit = "requests"]
        #[example(100)]
        queue: Option<u32> => Shape::Nullable(&Shape::whole(0, 1_000_000)),
        /// In which order the waiting room empties.
        discipline: Discipline = "fifo",
        /// What happens to the worker while a call is out.
        while_waiting: WhileWaiting = "hold_worker",
        /// How callers pick a replica.
        balance: Balance = "round_robin",
        /// When callers see crashes and new replicas; left out: at once.
        discovery: Option<Discovery>,
        /// What it can do, by name; `default` is what runs where a caller names none.
        #[example({"default": [{"work": "20ms"}]})]
        operations: Named<Steps> = {} => Shape::Map(&Steps::SHAPE, false, 64),
        /// Where it takes messages from.
        #[example([{"from": "orders"}])]
        consumes: Vec<Consume> = [] => Shape::List(&Consume::SHAPE, 64),
        /// What it refuses to take on.
        admission: Option<Admission>,
        /// How its number of replicas follows the load.
        autoscale: Option<AutoscalePlan>,
    }
}

words! {
    /// In which order a waiting room empties.
    pub enum Discipline {
        /// First come, first served.
        Fifo "fifo",
        /// Last come, first served, without preemption.
        Lifo "lifo",
        /// No waiting room: all jobs share the workers equally, none faster than one worker.
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
        /// The one with the fewest jobs in the system; ties go to the lowest replica.
        LeastOutstanding "least_outstanding",
        /// The less loaded of two different ones drawn at random; ties go to the one drawn first.
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
    pub struct Discovery {
        /// How often they look.
        #[example("5s")]
        refresh: SimDuration => Shape::SOME_TIME,
    }
}

record! {
    /// A subscription to a queue or a log.
    pub struct Consume check check {
        /// The queue or log.
        #[example("orders")]
        from: String => Shape::Node(&["queue", "log"]),
        /// The operation that each message runs.
        #[example("ship")]
        operation: String = "default" => Shape::Name,
        /// The consumer group, for a log: each group gets every record, each of its members some of the partitions. Replicas
        /// of all services that name it are its members; a group that is new begins at the oldest record. Left out: the
        /// service's id. A queue ignores it.
        #[example("shipping")]
        group: Option<String> => Shape::Nullable(&Shape::Name),
        /// Unacknowledged messages of each replica at most.
        #[unit = "messages"]
        prefetch: u32 = 10 => Shape::whole(1, 10_000),
        /// When a message is acknowledged.
        ack: Ack = "after",
        /// How long a failed message waits before it is given back.
        nack_delay: SimDuration = "0s",
        /// How often a member of a group commits its offsets, for a log; left out: with every record. A queue ignores it.
        #[example("5s")]
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
    pub struct Admission {
        /// So many a second, all replicas together; more are answered `rate_limited`, which a caller's retry treats as
        /// `rejected`.
        rate_limit: Option<Bucket>,
        /// What has waited too long when a worker frees: it is answered `rejected`.
        shed: Option<Shed>,
    }
}

record! {
    /// A token bucket.
    pub struct Bucket {
        /// Tokens a second.
        #[unit = "requests per second"]
        #[example(100)]
        rate: f64 => Shape::positive(1e6),
        /// How many tokens it holds.
        #[unit = "requests"]
        burst: u32 = 1 => Shape::whole(1, 1_000_000),
    }
}

record! {
    /// Dropping what has waited too long.
    pub struct Shed {
        /// What waited strictly longer.
        #[example("100ms")]
        above_wait: SimDuration,
    }
}

record! {
    /// How a service's number of replicas follows the load, as Kubernetes' HorizontalPodAutoscaler has it: every
    /// `every` the number of ready replicas times the share of their workers that was held since the last decision,
    /// divided by `target_utilization` and rounded up, is wanted, unless the share is within 10 % of its target.
    /// Replicas that are starting count as idle when more are wanted. One that is taken away takes no new work and
    /// finishes what it has; no time passes before (no stabilization window). It begins with `replicas`.
    #[derive(Copy)]
    pub struct AutoscalePlan "Autoscale" check check {
        /// Fewest replicas.
        #[unit = "replicas"]
        min: u32 = 1 => Shape::whole(1, 1000),
        /// Most replicas.
        #[unit = "replicas"]
        max: u32 = 10 => Shape::whole(1, 1000),
        /// The utilization to aim at.
        target "target_utilization": f64 = 0.6 => Shape::positive(1.0),
        /// How often it decides.
        every: SimDuration = "15s" => Shape::SOME_TIME,
        /// How long a new replica takes to be ready.
        startup: SimDuration = "30s",
    }
}
