//! Faults in a plan.

use crate::base::{ClientIx, Dist, LinkIx, LogIx, NodeIx, ServiceIx, SimDuration, SimTime};
pub use crate::scenario::model::fault::FaultReplicas;

/// A fault by the clock.
#[derive(Clone, Debug, PartialEq)]
pub struct TimelinePlan {
    /// When it sets in.
    pub at: SimTime,
    /// For how long; none: for good.
    pub lasts: Option<SimDuration>,
    /// What.
    pub fault: Fault,
}

/// Something going wrong. Faults of one kind on one thing add up: factors multiply, probabilities combine as
/// independent chances, delays add.
#[derive(Clone, Debug, PartialEq)]
pub enum Fault {
    /// Work that begins (at a store: an access that gets its connection) takes `factor` times as long.
    Slow {
        /// Which service or store.
        node: NodeIx,
        /// How many times as long.
        factor: f64,
        /// Which replicas, of a service; none: all.
        replica: Option<FaultReplicas>,
    },
    /// An operation fails, with this probability, as its worker takes it up; an access to a store as it gets its
    /// connection.
    Error {
        /// Which service or store.
        node: NodeIx,
        /// How likely.
        probability: f64,
        /// Which replicas, of a service; none: all.
        replica: Option<FaultReplicas>,
    },
    /// A replica (or all), or a store, loses its work and its waiting room and refuses connections.
    Crash {
        /// Which service or store.
        node: NodeIx,
        /// Which replicas, of a service; none: all.
        replica: Option<FaultReplicas>,
    },
    /// A service, queue, log or store stops and keeps its memory; what reaches it waits unseen.
    Pause {
        /// Which node.
        node: NodeIx,
        /// Which replicas, of a service; none: the whole node.
        replica: Option<FaultReplicas>,
    },
    /// Nothing passes between two nodes, in either direction.
    Partition {
        /// One.
        a: NodeIx,
        /// The other.
        b: NodeIx,
        /// Of one of them, a service, these replicas alone; none: everything.
        replica: Option<(ServiceIx, FaultReplicas)>,
    },
    /// A link takes longer.
    Latency {
        /// Which link.
        link: LinkIx,
        /// By how much.
        add: Dist,
        /// Of the service at one end, these replicas alone; none: everything.
        replica: Option<(ServiceIx, FaultReplicas)>,
    },
    /// A link drops messages.
    Loss {
        /// Which link.
        link: LinkIx,
        /// How likely.
        probability: f64,
        /// Of the service at one end, these replicas alone; none: everything.
        replica: Option<(ServiceIx, FaultReplicas)>,
    },
    /// A broker of a log is down.
    BrokerDown {
        /// Which log.
        log: LogIx,
        /// Which broker.
        broker: u32,
    },
    /// A client's rate is multiplied (closed: its thinking is that much shorter).
    Surge {
        /// Which client.
        client: ClientIx,
        /// By how much.
        factor: f64,
    },
    /// A client's requests send messages whose processing always fails.
    Poison {
        /// Which client.
        client: ClientIx,
        /// How likely.
        probability: f64,
    },
}

impl Fault {
    /// Which replicas it hits, where it does not hit all of them.
    pub fn replica(&self) -> Option<FaultReplicas> {
        match self {
            Fault::Slow { replica, .. }
            | Fault::Error { replica, .. }
            | Fault::Crash { replica, .. }
            | Fault::Pause { replica, .. } => *replica,
            Fault::Partition { replica, .. }
            | Fault::Latency { replica, .. }
            | Fault::Loss { replica, .. } => replica.map(|(_, replicas)| replicas),
            Fault::BrokerDown { .. } | Fault::Surge { .. } | Fault::Poison { .. } => None,
        }
    }
}
