//! How a service's replicas come, go and are found.

use super::{Balance, ServicePlan};
use crate::base::SimDuration;

/// How a service's number of replicas follows the load.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct AutoscalePlan {
    /// Fewest replicas, at least 1.
    pub min: u32,
    /// Most replicas, at least `min`.
    pub max: u32,
    /// The share of workers held to aim at, above 0.
    pub target: f64,
    /// How often it decides.
    pub every: SimDuration,
    /// How long a new replica takes until it takes work.
    pub startup: SimDuration,
}

impl ServicePlan {
    /// Whether only numbers differ.
    pub(super) fn same_scaling(&self, other: &ServicePlan) -> bool {
        let hashes = |service: &ServicePlan| service.balance == Balance::ConsistentHash;
        self.discovery.is_some() == other.discovery.is_some()
            && self.autoscale.is_some() == other.autoscale.is_some()
            && hashes(self) == hashes(other)
    }
}
