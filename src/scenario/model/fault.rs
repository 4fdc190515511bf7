//! Faults, as written.

use super::dist::Dist;
use super::kinds::ANY_NODE;
use super::shape::Shape;
use crate::base::SimDuration;

record! {
    /// A fault by the clock.
    pub struct Entry {
        /// When it sets in, from the start of the run.
        #[example("30s")]
        at: SimDuration,
        /// For how long; left out: for good.
        #[example("10s")]
        lasts "for": Option<SimDuration> => Shape::Nullable(&Shape::SOME_TIME),
        /// What goes wrong.
        #[example({"slow": {"node": "app", "factor": 10}})]
        fault: Fault,
    }
}

tagged! {
    /// Something going wrong.
    pub enum Fault Tagged "fault" check check {
        /// Work that begins takes longer.
        Slow "slow": Slow,
        /// Operations fail as they begin.
        Error "error": ErrorFault,
        /// Work in progress is lost and connections are refused.
        Crash "crash": Crash,
        /// A node stops and keeps its memory.
        Pause "pause": Pause,
        /// Nothing passes between two nodes.
        Partition "partition": Partition,
        /// A link takes longer.
        Latency "latency": LatencyFault,
        /// A link drops messages.
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
    /// Work that begins takes `factor` times as long; at a store, accesses that get their connection.
    pub struct Slow {
        /// The service or store.
        #[example("app")]
        node: String => Shape::Node(&["service", "store"]),
        /// How many times as long.
        #[unit = "times"]
        #[example(10)]
        factor: f64 => Shape::number(0.001, 10_000.0),
    }
}

record! {
    /// Operations fail as they begin; at a store, accesses as they get their connection, without effect.
    pub struct ErrorFault {
        /// The service or store.
        #[example("app")]
        node: String => Shape::Node(&["service", "store"]),
        /// How likely.
        #[example(0.1)]
        probability: f64 => Shape::CHANCE,
    }
}

record! {
    /// Work in progress is lost and connections are refused. A store keeps what was committed: its accesses fail
    /// with `unavailable` and have no effect.
    pub struct Crash {
        /// The service or store.
        #[example("app")]
        node: String => Shape::Node(&["service", "store"]),
        /// Which replica, from 0; left out: all.
        #[example(0)]
        replica: Option<u32> => Shape::Nullable(&Shape::whole(0, 999)),
    }
}

record! {
    /// A node stops and keeps its memory: what reaches it waits unseen.
    pub struct Pause {
        /// The service, queue, exchange, log or store.
        #[example("app")]
        node: String => Shape::Node(&["service", "queue", "exchange", "log", "store"]),
    }
}

record! {
    /// Nothing passes between two nodes, in either direction.
    pub struct Partition {
        /// The two.
        #[example(["web", "app"])]
        between: (String, String) => Shape::Pair(&[Shape::Node(ANY_NODE), Shape::Node(ANY_NODE)]),
    }
}

record! {
    /// A link takes longer.
    pub struct LatencyFault {
        /// Its sender.
        #[example("web")]
        from: String => Shape::Node(ANY_NODE),
        /// Its receiver.
        #[example("app")]
        to: String => Shape::Node(ANY_NODE),
        /// By how much.
        #[example("100ms")]
        add: Dist,
    }
}

record! {
    /// A link drops messages.
    pub struct LossFault {
        /// Its sender.
        #[example("web")]
        from: String => Shape::Node(ANY_NODE),
        /// Its receiver.
        #[example("app")]
        to: String => Shape::Node(ANY_NODE),
        /// How likely.
        #[example(0.1)]
        probability: f64 => Shape::CHANCE,
    }
}

record! {
    /// A client's rate is multiplied; closed: its thinking is that much shorter.
    pub struct Surge {
        /// The client.
        #[example("web")]
        client: String => Shape::Node(&["client"]),
        /// By how much.
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
        /// Which broker, from 0.
        #[example(0)]
        broker: u32 => Shape::whole(0, 999),
    }
}

record! {
    /// Messages whose processing always fails: every operation that a message of such a request starts, wherever it was
    /// sent, fails as its worker takes it up. Calls are not concerned.
    pub struct Poison {
        /// The client whose requests send them, from the beginning of the fault to its end.
        #[example("web")]
        client: String => Shape::Node(&["client"]),
        /// How likely.
        #[example(0.01)]
        probability: f64 => Shape::CHANCE,
    }
}
