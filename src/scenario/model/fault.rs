//! Faults, as written.

use super::decode::Decode;
use super::dist::Dist;
use super::kinds::ANY_NODE;
use super::shape::Shape;
use crate::base::{Json, SimDuration};

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

/// Which replicas of a service a fault hits.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum FaultReplicas {
    /// The one of this number, from 0.
    One(u32),
    /// The first ones: this share of the service's `replicas`, rounded up. More than 0 and less than 1.
    Share(f64),
}

impl FaultReplicas {
    /// Whether it hits a replica of a service that is planned with so many.
    pub fn hits(self, replica: u32, of: u32) -> bool {
        match self {
            FaultReplicas::One(number) => number == replica,
            // A product of decimals may be a little above its value.
            FaultReplicas::Share(share) => f64::from(replica) < libm::ceil(share * f64::from(of) - 1e-9),
        }
    }

    /// As it is written.
    pub fn number(self) -> f64 {
        match self {
            FaultReplicas::One(number) => number.into(),
            FaultReplicas::Share(share) => share,
        }
    }
}

impl Decode for FaultReplicas {
    const SHAPE: Shape = Shape::number(0.0, 999.0);

    fn decode(full: &Json) -> FaultReplicas {
        let number = f64::decode(full);
        if number > 0.0 && number < 1.0 {
            FaultReplicas::Share(number)
        } else {
            FaultReplicas::One(number as u32)
        }
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
        /// The replica of the service, from 0, or a share of its replicas: 0.25 is the first quarter of them, rounded
        /// up. Left out: all replicas.
        #[example(0)]
        replica: Option<FaultReplicas>,
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
        /// The replica of the service, from 0, or a share of its replicas: 0.25 is the first quarter of them, rounded
        /// up. Left out: all replicas.
        #[example(0)]
        replica: Option<FaultReplicas>,
    }
}

record! {
    /// Work in progress is lost and connections are refused. A store keeps what was committed; its accesses fail with
    /// `unavailable` and have no effect.
    pub struct Crash {
        /// The service or store.
        #[example("app")]
        node: String => Shape::Node(&["service", "store"]),
        /// The replica of the service, from 0, or a share of its replicas: 0.25 is the first quarter of them, rounded
        /// up. Left out: all replicas.
        #[example(0)]
        replica: Option<FaultReplicas>,
    }
}

record! {
    /// A node stops but keeps its memory. What arrives waits until it continues.
    pub struct Pause {
        /// The service, queue, exchange, log or store.
        #[example("app")]
        node: String => Shape::Node(&["service", "queue", "exchange", "log", "store"]),
        /// The replica of the service, from 0, or a share of its replicas: 0.25 is the first quarter of them, rounded
        /// up. Left out: the whole node.
        #[example(0)]
        replica: Option<FaultReplicas>,
    }
}

record! {
    /// Nothing passes between two nodes, in either direction.
    pub struct Partition {
        /// The two nodes.
        #[example(["web", "app"])]
        between: (String, String) => Shape::Pair(&[Shape::Node(ANY_NODE), Shape::Node(ANY_NODE)]),
        /// The replica, from 0, or a share of the replicas (0.25: the first quarter of them, rounded up) of the service
        /// that the other node calls, or that consumes from it. Requests to it and messages delivered to it do not
        /// pass, nor do its answers and acknowledgements. Left out: all replicas, and everything.
        #[example(0)]
        replica: Option<FaultReplicas>,
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
        /// The replica, from 0, or a share of the replicas (0.25: the first quarter of them, rounded up) of the service
        /// that the other node calls, or that consumes from it. Left out: all replicas, and everything on the link.
        #[example(0)]
        replica: Option<FaultReplicas>,
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
        /// The replica, from 0, or a share of the replicas (0.25: the first quarter of them, rounded up) of the service
        /// that the other node calls, or that consumes from it. Left out: all replicas, and everything on the link.
        #[example(0)]
        replica: Option<FaultReplicas>,
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
