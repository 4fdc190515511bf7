//! Faults, as written.

use super::dist::Dist;
use super::node::ANY_NODE;
use crate::base::SimDuration;
use crate::scenario::shape::Shape;

record! {
    /// A fault by the clock.
    pub struct Entry<'a> {
        /// When it sets in, from the start of the run.
        at: SimDuration,
        /// For how long; left out: for good.
        lasts "for": Option<SimDuration> => Shape::Nullable(&Shape::SOME_TIME),
        /// What goes wrong.
        fault: Fault<'a>,
    }
}

tagged! {
    /// Something going wrong.
    pub enum Fault<'a> Tagged "fault" check check {
        /// Work that begins takes longer.
        Slow "slow": Slow<'a>,
        /// Operations fail as they begin.
        Error "error": ErrorFault<'a>,
        /// Work in progress is lost and connections are refused.
        Crash "crash": Crash<'a>,
        /// A node stops and keeps its memory.
        Pause "pause": Pause<'a>,
        /// Nothing passes between two nodes.
        Partition "partition": Partition<'a>,
        /// A link takes longer.
        Latency "latency": LatencyFault<'a>,
        /// A link drops messages.
        Loss "loss": LossFault<'a>,
        /// A client's rate is multiplied.
        Surge "surge": Surge<'a>,
        /// A broker of a log is down.
        BrokerDown "broker_down": BrokerDown<'a>,
        /// Messages whose processing always fails.
        Poison "poison": Poison<'a>,
    }
}

record! {
    /// Work that begins takes `factor` times as long; at a store, accesses that get their connection.
    pub struct Slow<'a> {
        /// The service or store.
        node: &'a str => Shape::Node(&["service", "store"]),
        /// How many times as long.
        factor: f64 => Shape::number(0.001, 10_000.0),
    }
}

record! {
    /// Operations fail as they begin; at a store, accesses as they get their connection, without effect.
    pub struct ErrorFault<'a> {
        /// The service or store.
        node: &'a str => Shape::Node(&["service", "store"]),
        /// How likely.
        probability: f64 => Shape::CHANCE,
    }
}

record! {
    /// Work in progress is lost and connections are refused. A store keeps what was committed: its accesses fail
    /// with `unavailable` and have no effect.
    pub struct Crash<'a> {
        /// The service or store.
        node: &'a str => Shape::Node(&["service", "store"]),
        /// Which replica, from 0; left out: all.
        replica: Option<u32> => Shape::Nullable(&Shape::whole(0, 999)),
    }
}

record! {
    /// A node stops and keeps its memory: what reaches it waits unseen.
    pub struct Pause<'a> {
        /// The service, queue, exchange, log or store.
        node: &'a str => Shape::Node(&["service", "queue", "exchange", "log", "store"]),
    }
}

record! {
    /// Nothing passes between two nodes, in either direction.
    pub struct Partition<'a> {
        /// The two.
        between: (&'a str, &'a str) => Shape::Pair(&[Shape::Node(ANY_NODE), Shape::Node(ANY_NODE)]),
    }
}

record! {
    /// A link takes longer.
    pub struct LatencyFault<'a> {
        /// Its sender.
        from: &'a str => Shape::Node(ANY_NODE),
        /// Its receiver.
        to: &'a str => Shape::Node(ANY_NODE),
        /// By how much.
        add: Dist<'a>,
    }
}

record! {
    /// A link drops messages.
    pub struct LossFault<'a> {
        /// Its sender.
        from: &'a str => Shape::Node(ANY_NODE),
        /// Its receiver.
        to: &'a str => Shape::Node(ANY_NODE),
        /// How likely.
        probability: f64 => Shape::CHANCE,
    }
}

record! {
    /// A client's rate is multiplied; closed: its thinking is that much shorter.
    pub struct Surge<'a> {
        /// The client.
        client: &'a str => Shape::Node(&["client"]),
        /// By how much.
        factor: f64 => Shape::number(0.001, 1000.0),
    }
}

record! {
    /// A broker of a log is down.
    pub struct BrokerDown<'a> {
        /// The log.
        log: &'a str => Shape::Node(&["log"]),
        /// Which broker, from 0.
        broker: u32 => Shape::whole(0, 999),
    }
}

record! {
    /// Messages whose processing always fails: every operation that a message of such a request starts, wherever it was
    /// sent, fails as its worker takes it up. Calls are not concerned.
    pub struct Poison<'a> {
        /// The client whose requests send them, from the beginning of the fault to its end.
        client: &'a str => Shape::Node(&["client"]),
        /// How likely.
        probability: f64 => Shape::CHANCE,
    }
}
