//! Faults, as written.

use super::dist::Dist;
use super::kinds::ANY_NODE;
use super::shape::Shape;
use crate::base::SimDuration;

record! {
    /// A fault that begins at a given instant.
    pub struct Entry {
        /// When it begins, from the start of the run.
        #[example("30s")]
        at: SimDuration,
        /// How long it lasts. Left out: until the end.
        #[example("10s")]
        lasts "for": Option<SimDuration> => Shape::Nullable(&Shape::SOME_TIME),
        /// The fault.
        #[example({"slow": {"node": "app", "factor": 10}})]
        fault: Fault,
    }
}

tagged! {
    /// A fault. Those of one kind that overlap work together: factors of `slow` and of `surge` multiply, times of
    /// `latency` add up, and probabilities of `error`, `loss` and `poison` are independent chances. What two of `crash`,
    /// `pause`, `partition` or `broker_down` hit comes back when both are over.
    pub enum Fault Tagged "fault" check check {
        /// Work takes longer.
        Slow "slow": Slow,
        /// Operations fail as they start.
        Error "error": ErrorFault,
        /// Work in progress is lost and connections are refused.
        Crash "crash": Crash,
        /// A node stops but keeps its memory.
        Pause "pause": Pause,
        /// Nothing passes between two nodes.
        Partition "partition": Partition,
        /// A link takes longer.
        Latency "latency": LatencyFault,
        /// A link loses messages.
        Loss "loss": LossFault,
        /// A client's rate is multiplied.
        Surge "surge": Surge,
        /// A broker of a log is down.
        BrokerDown "broker_down": BrokerDown,
        /// Messages whose processing always fails.
        Poison "poison": Poison,
    }
}

record! {
    /// Work that starts takes `factor` times as long; at a store, accesses that get their connection.
    pub struct Slow {
        /// The service or store.
        #[example("app")]
        node: String => Shape::Node(&["service", "store"]),
        /// The factor.
        #[unit = "times"]
        #[example(10)]
        factor: f64 => Shape::number(0.001, 10_000.0),
    }
}

record! {
    /// Operations fail as they start; at a store, accesses fail as they get their connection, without effect.
    pub struct ErrorFault {
        /// The service or store.
        #[example("app")]
        node: String => Shape::Node(&["service", "store"]),
        /// Probability of failing.
        #[example(0.1)]
        probability: f64 => Shape::CHANCE,
    }
}

record! {
    /// Work in progress is lost and connections are refused. A store keeps what was committed; its accesses fail with
    /// `unavailable` and have no effect.
    pub struct Crash {
        /// The service or store.
        #[example("app")]
        node: String => Shape::Node(&["service", "store"]),
        /// The replica, from 0. Left out: all replicas.
        #[example(0)]
        replica: Option<u32> => Shape::Nullable(&Shape::whole(0, 999)),
    }
}

record! {
    /// A node stops but keeps its memory. What arrives waits until it continues.
    pub struct Pause {
        /// The service, queue, exchange, log or store.
        #[example("app")]
        node: String => Shape::Node(&["service", "queue", "exchange", "log", "store"]),
    }
}

record! {
    /// Nothing passes between two nodes, in either direction.
    pub struct Partition {
        /// The two nodes.
        #[example(["web", "app"])]
        between: (String, String) => Shape::Pair(&[Shape::Node(ANY_NODE), Shape::Node(ANY_NODE)]),
    }
}

record! {
    /// A link takes longer.
    pub struct LatencyFault {
        /// The sender.
        #[example("web")]
        from: String => Shape::Node(ANY_NODE),
        /// The receiver.
        #[example("app")]
        to: String => Shape::Node(ANY_NODE),
        /// The additional latency.
        #[example("100ms")]
        add: Dist,
    }
}

record! {
    /// A link loses messages.
    pub struct LossFault {
        /// The sender.
        #[example("web")]
        from: String => Shape::Node(ANY_NODE),
        /// The receiver.
        #[example("app")]
        to: String => Shape::Node(ANY_NODE),
        /// Probability of losing a message.
        #[example(0.1)]
        probability: f64 => Shape::CHANCE,
    }
}

record! {
    /// A client's rate is multiplied. With closed arrivals, the think time is divided instead.
    pub struct Surge {
        /// The client.
        #[example("web")]
        client: String => Shape::Node(&["client"]),
        /// The factor.
        #[unit = "times"]
        #[example(5)]
        factor: f64 => Shape::number(0.001, 1000.0),
    }
}

record! {
    /// A broker of a log is down.
    pub struct BrokerDown {
        /// The log.
        #[example("log")]
        log: String => Shape::Node(&["log"]),
        /// The broker, from 0.
        #[example(0)]
        broker: u32 => Shape::whole(0, 999),
    }
}

record! {
    /// Messages whose processing always fails. Every operation that starts from a message of such a request fails as
    /// its worker takes it, wherever the message was sent. Calls are not affected.
    pub struct Poison {
        /// The client whose requests send such messages while the fault lasts.
        #[example("web")]
        client: String => Shape::Node(&["client"]),
        /// Probability that a request is affected.
        #[example(0.01)]
        probability: f64 => Shape::CHANCE,
    }
}
