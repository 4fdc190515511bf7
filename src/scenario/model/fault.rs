//! Faults, as written.

use super::dist::Dist;
use super::node::ANY_NODE;
use crate::base::SimDuration;
use crate::scenario::shape::Shape;

record! {
    /// A fault by the clock.
    pub struct Entry {
        /// When it sets in, from the start of the run.
        at: SimDuration,
        /// For how long; left out: for good.
        lasts "for": Option<SimDuration> => Shape::Nullable(&Shape::SOME_TIME),
        /// What goes wrong.
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
        @later BrokerDown "broker_down": BrokerDown,
        /// Messages whose processing always fails.
        @later Poison "poison": Poison,
    }
}

record! {
    /// Work that begins takes `factor` times as long.
    pub struct Slow {
        /// The service.
        node: String => Shape::Node(&["service"]),
        /// How many times as long.
        factor: f64 => Shape::number(0.001, 10_000.0),
    }
}

record! {
    /// Operations fail as they begin.
    pub struct ErrorFault {
        /// The service.
        node: String => Shape::Node(&["service"]),
        /// How likely.
        probability: f64 => Shape::CHANCE,
    }
}

record! {
    /// Work in progress is lost and connections are refused.
    pub struct Crash {
        /// The service.
        node: String => Shape::Node(&["service"]),
        /// Which replica, from 0; left out: all.
        replica: Option<u32> => Shape::Nullable(&Shape::whole(0, 999)),
    }
}

record! {
    /// A node stops and keeps its memory: what reaches it waits unseen.
    pub struct Pause {
        /// The service or queue.
        node: String => Shape::Node(&["service", "queue"]),
    }
}

record! {
    /// Nothing passes between two nodes, in either direction.
    pub struct Partition {
        /// The two.
        between: (String, String) => Shape::Pair(&[Shape::Node(ANY_NODE), Shape::Node(ANY_NODE)]),
    }
}

record! {
    /// A link takes longer.
    pub struct LatencyFault {
        /// Its sender.
        from: String => Shape::Node(ANY_NODE),
        /// Its receiver.
        to: String => Shape::Node(ANY_NODE),
        /// By how much.
        add: Dist,
    }
}

record! {
    /// A link drops messages.
    pub struct LossFault {
        /// Its sender.
        from: String => Shape::Node(ANY_NODE),
        /// Its receiver.
        to: String => Shape::Node(ANY_NODE),
        /// How likely.
        probability: f64 => Shape::CHANCE,
    }
}

record! {
    /// A client's rate is multiplied; closed: its thinking is that much shorter.
    pub struct Surge {
        /// The client.
        client: String => Shape::Node(&["client"]),
        /// By how much.
        factor: f64 => Shape::number(0.001, 1000.0),
    }
}

record! {
    /// A broker of a log is down.
    pub struct BrokerDown {
        /// The log.
        log: String => Shape::Node(&["log"]),
        /// Which broker, from 0.
        broker: u32 => Shape::whole(0, 999),
    }
}

record! {
    /// Messages whose processing always fails.
    pub struct Poison {
        /// The client whose requests send them.
        client: String => Shape::Node(&["client"]),
        /// How likely.
        probability: f64 => Shape::CHANCE,
    }
}
