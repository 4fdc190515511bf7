//! Clients in a plan.

use crate::base::{DistIx, NodeIx, Pc, SimDuration, SimTime, Zipf};

/// A client.
#[derive(Clone, Debug, PartialEq)]
pub struct ClientPlan {
    /// The node.
    pub node: NodeIx,
    /// When requests come.
    pub arrivals: ArrivalPlan,
    /// First instruction of what each request does.
    pub entry: Pc,
    /// After it an answer is late.
    pub deadline: Option<SimDuration>,
    /// What is called learns of the deadline.
    pub propagate: bool,
    /// How requests are keyed; none: every request has key 0.
    pub keys: Option<Zipf>,
}

/// When requests come.
#[derive(Clone, Debug, PartialEq)]
pub enum ArrivalPlan {
    /// At a rate that is linear between (instant, requests per second) points; before the first point the
    /// first rate holds, after the last the last. At least one point, in order of time.
    Open {
        /// The points.
        profile: Vec<(SimTime, f64)>,
        /// Evenly spaced (true) or Poisson.
        even: bool,
    },
    /// By users who think, ask, wait for the end of their request, and think again.
    Closed {
        /// How many.
        users: u32,
        /// For how long they think.
        think: DistIx,
    },
}
