//! Services, as written.

use super::decode::Named;
use super::kinds::LABEL;
use super::shape::{KeyShape, Shape};
use super::step::Steps;
use crate::base::SimDuration;

node! {
    /// A service: replicas with workers that run operations.
    pub struct Service check check {
        /// Number of replicas.
        #[unit = "replicas"]
        replicas: u32 = 1 => Shape::whole(1, 1000),
        /// Workers of each replica.
        #[unit = "workers"]
        workers: u32 = 1 => Shape::whole(1, 10_000),
        /// Places in the waiting room of each replica. `null`: unbounded; 0: no waiting room. Messages that it consumes
        /// are not refused for want of a place: `prefetch` bounds them. They wait in the same room, though, and take
        /// places there, so that requests are refused the sooner.
        #[unit = "requests"]
        #[example(100)]
        queue: Option<u32> => Shape::Nullable(&Shape::whole(0, 1_000_000)),
        /// The order in which jobs leave the waiting room.
        discipline: Discipline = "fifo",
        /// What happens to the worker while its job waits for a call. With `processor_sharing` no job holds a worker, so
        /// it makes no difference.
        while_waiting: WhileWaiting = "hold_worker",
        /// How callers choose a replica.
        balance: Balance = "round_robin",
        /// Who counts the outstanding requests that `least_outstanding` and `power_of_two` go by. A request is outstanding
        /// until its answer, its refusal or its timeout has reached its caller.
        counted: Counted = "caller",
        /// How soon callers learn of crashed and new replicas. Left out: at once.
        discovery: Option<Discovery>,
        /// The operations it offers, by name. A caller that names none gets `default`.
        #[example({"default": [{"work": "20ms"}]})]
        operations: Named<Steps> = {} => Shape::Map(&Steps::SHAPE, KeyShape::Names, 64),
        /// The names of its operations on the screen, in any language. Left out: their own names.
        #[example({"book": "Book a seat"})]
        operation_labels: Named<String> = {} => Shape::Map(&LABEL, KeyShape::Operations, 64),
        /// The queues and logs it consumes from.
        #[example([{"from": "orders"}])]
        consumes: Vec<Consume> = [] => Shape::List(&Consume::SHAPE, 64),
        /// Which requests it refuses on arrival or drops from its waiting room.
        admission: Option<Admission>,
        /// How the number of replicas follows the load.
        autoscale: Option<AutoscalePlan>,
    }
}

words! {
    /// The order in which jobs leave a waiting room.
    pub enum Discipline {
        /// First come, first served.
        Fifo "fifo",
        /// Last come, first served, without preemption.
        Lifo "lifo",
        /// No waiting room: all jobs share the workers equally, each at the speed of at most one worker.
        ProcessorSharing "processor_sharing",
    }
}

words! {
    /// What happens to a worker while its job waits.
    pub enum WhileWaiting {
        /// The job keeps its worker: a blocking service.
        HoldWorker "hold_worker",
        /// The worker is released and takes other jobs: a non-blocking service.
        ReleaseWorker "release_worker",
    }
}

words! {
    /// How callers choose a replica.
    pub enum Balance {
        /// Each replica in turn.
        RoundRobin "round_robin",
        /// A replica at random.
        Random "random",
        /// The replica with the fewest outstanding requests; one of them at random where several have as few.
        LeastOutstanding "least_outstanding",
        /// Of two different replicas drawn at random the one with fewer outstanding requests; where both have as many,
        /// the one drawn first.
        PowerOfTwo "power_of_two",
        /// By the request's key, on a hash ring with 100 points per replica. A key keeps its replica; when a replica
        /// joins or leaves, only its own keys move. Requests without a key all go to one replica.
        ConsistentHash "consistent_hash",
    }
}

impl Balance {
    /// Whether it looks at outstanding requests.
    pub fn goes_by_load(self) -> bool {
        matches!(self, Balance::LeastOutstanding | Balance::PowerOfTwo)
    }
}

words! {
    /// Who counts a service's outstanding requests.
    pub enum Counted {
        /// Each calling node its own, its replicas together: it knows nothing of what others have sent.
        Caller "caller",
        /// All callers together, as a load balancer in front of the service does.
        Shared "shared",
    }
}

record! {
    /// How soon callers learn of crashed and new replicas. They refresh their list at `refresh`, twice `refresh`, and
    /// so on. In between they use the old list: a crashed replica refuses connections, a new one gets no requests, a
    /// removed one still serves.
    pub struct Discovery {
        /// Time between two refreshes.
        #[example("5s")]
        refresh: SimDuration => Shape::INTERVAL,
    }
}

record! {
    /// A subscription to a queue or a log.
    pub struct Consume check check {
        /// The queue or log.
        #[example("orders")]
        from: String => Shape::Node(&["queue", "log"]),
        /// The operation to run for each message.
        #[example("ship")]
        operation: String = "default" => Shape::Operation(""),
        /// The consumer group, for a log. Each group gets every record; each member gets some of the partitions. The
        /// members are the replicas of every service that names the group. A new group starts at the oldest record.
        /// Left out: the service's id. Queues ignore it.
        #[example("shipping")]
        group: Option<String> => Shape::Nullable(&Shape::Name),
        /// The most unacknowledged messages that each replica may hold. Of a log it works on one record of a partition at
        /// a time, and on different partitions side by side, as far as it has workers: more workers than it has
        /// partitions are of no use. The other records that it holds wait outside the waiting room.
        #[unit = "messages"]
        prefetch: u32 = 10 => Shape::whole(1, 10_000),
        /// When a message is acknowledged.
        ack: Ack = "after",
        /// How long a failed message waits before it is returned to the queue, or delivered again by the log. One that is
        /// rejected does not wait.
        nack_delay: SimDuration = "0s",
        /// What becomes of a message whose operation fails. With `ack` before there is nothing left to decide.
        on_failure: OnFailure = "requeue",
        /// How often a member tries a record of a log before it gives it up: it writes the record to `dead_letter` and
        /// goes on with the next one. Until then the record holds up its partition. The member counts failures in its
        /// memory: after a crash, or at another member, the count begins anew. Spring for Kafka tries ten times, and
        /// Kafka's share groups five times. Queues ignore it: they have their own. Left out: unlimited.
        #[unit = "deliveries"]
        #[example(10)]
        max_deliveries: Option<u32> => Shape::Nullable(&Shape::whole(1, 1_000_000)),
        /// The queue or log to which a member writes a record of a log that it gives up or rejects. The copy is not lost
        /// on its way, but a full queue may refuse it. Queues ignore it: they have their own. Left out: the record is
        /// skipped.
        #[example("dead")]
        dead_letter: Option<String> => Shape::Nullable(&Shape::Node(&["queue", "log"])),
        /// How often a group member commits its offsets, for a log. Left out: after every record. Queues ignore it.
        #[example("5s")]
        commit_every: Option<SimDuration> => Shape::Nullable(&Shape::INTERVAL),
    }
}

words! {
    /// When a message is acknowledged, or for a log the offset after it committed.
    pub enum Ack {
        /// After its operation succeeds. A log delivers a failed record again, together with those after it in its
        /// partition that the member has in hand.
        After "after",
        /// Before its operation. From a queue: when a worker takes it up, so what still waits in the waiting room is not
        /// acknowledged and returns to the queue if the replica crashes. From a log: when the log hands it over (or with
        /// `commit_every` at the next commit after that), so what is on its way or waits at a member that crashes is
        /// lost. A failure changes nothing any more.
        Before "before",
    }
}

words! {
    /// What becomes of a message whose operation fails.
    pub enum OnFailure {
        /// It returns to its queue, and is delivered again: RabbitMQ's `basic.nack` with `requeue`. A log delivers it again
        /// to the same member.
        Requeue "requeue",
        /// It is not delivered again: RabbitMQ's `basic.reject` without `requeue`. The queue dead-letters it, or drops it
        /// where it has no `dead_letter`; a record of a log goes to the `dead_letter` of the subscription, or is skipped.
        Reject "reject",
    }
}

record! {
    /// Which requests a service refuses. Messages that it consumes are bounded by `prefetch` instead.
    pub struct Admission {
        /// A rate limit for all replicas together. Requests above it are answered `rate_limited`, which a caller's
        /// retry policy treats like `rejected`.
        rate_limit: Option<Bucket>,
        /// Load shedding: which requests are answered `rejected` when a worker becomes free, because they waited too
        /// long.
        shed: Option<Shed>,
    }
}

record! {
    /// A token bucket.
    pub struct Bucket {
        /// Tokens added per second.
        #[unit = "requests per second"]
        #[example(100)]
        rate: f64 => Shape::positive(1e6),
        /// The most tokens it holds.
        #[unit = "requests"]
        burst: u32 = 1 => Shape::whole(1, 1_000_000),
    }
}

record! {
    /// Dropping requests that waited too long.
    pub struct Shed {
        /// Requests that waited longer than this are dropped.
        #[example("100ms")]
        above_wait: SimDuration,
    }
}

record! {
    /// How the number of replicas follows the load, in the way of Kubernetes' HorizontalPodAutoscaler. Every `every`,
    /// the wanted number is the ready replicas times the measured utilization divided by `target_utilization`, rounded
    /// up; within 10 % of the target nothing changes. The utilization is the share of the ready replicas' workers that
    /// were held since the last decision. Replicas that are starting count as idle when scaling up. A removed replica
    /// takes no new work and finishes what it has. There is no stabilization window. The service starts with
    /// `replicas`.
    #[derive(Copy)]
    pub struct AutoscalePlan "Autoscale" check check {
        /// The fewest replicas.
        #[unit = "replicas"]
        min: u32 = 1 => Shape::whole(1, 1000),
        /// The most replicas.
        #[unit = "replicas"]
        max: u32 = 10 => Shape::whole(1, 1000),
        /// The utilization to aim for.
        target "target_utilization": f64 = 0.6 => Shape::positive(1.0),
        /// Time between two decisions.
        every: SimDuration = "15s" => Shape::INTERVAL,
        /// How long a new replica takes to become ready.
        startup: SimDuration = "30s",
    }
}
