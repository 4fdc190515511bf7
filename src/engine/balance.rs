//! How callers pick a replica.

use super::network::Payload;
use crate::base::{OpIx, ServiceIx, Stream};
use crate::scenario::{Balance, Plan};

/// What callers know of a service's replicas: which are up, and how many requests each has been sent that have not
/// ended. All callers share this knowledge, as behind one load balancer, and learn of a crash at once.
#[derive(Clone, Debug)]
struct Replicas {
    outstanding: Vec<u32>,
    up: Vec<bool>,
    /// How many take new requests: replicas beyond were taken away and finish what they have.
    active: u32,
    next: u32,
    stream: Stream,
}

/// The directory of all services.
#[derive(Clone, Debug)]
pub struct Directory {
    services: Vec<Replicas>,
    /// The service of each operation.
    owners: Vec<ServiceIx>,
}

impl Directory {
    /// Everything up, nothing outstanding.
    pub fn new(plan: &Plan) -> Directory {
        let replicas = |service: &crate::scenario::ServicePlan| Replicas {
            outstanding: vec![0; service.replicas as usize],
            up: vec![true; service.replicas as usize],
            active: service.replicas,
            next: 0,
            stream: Stream::new(plan.seed, plan.id(service.node), "balance"),
        };
        Directory {
            services: plan.services.iter().map(replicas).collect(),
            owners: plan.operations.iter().map(|operation| operation.service).collect(),
        }
    }

    /// Picks the replica that a new request goes to, and counts it there. A crashed one is picked only where all
    /// have crashed: it will refuse.
    #[inline]
    pub fn pick(&mut self, op: OpIx, plan: &Plan) -> u32 {
        let service = self.owners[op.at()];
        let replicas = &mut self.services[service.at()];
        let picked = match replicas.active {
            1 => 0,
            _ => replicas.pick(plan.services[service.at()].balance),
        };
        replicas.outstanding[picked as usize] += 1;
        picked
    }

    /// A request has ended, or will never arrive.
    #[inline]
    pub fn released(&mut self, payload: &Payload) {
        if let Payload::Request { op, replica, .. } = payload {
            self.ended(self.owners[op.at()], *replica);
        }
    }

    /// A request at a replica has ended.
    #[inline]
    pub fn ended(&mut self, service: ServiceIx, replica: u32) {
        self.services[service.at()].outstanding[replica as usize] -= 1;
    }

    /// A replica crashed or came back.
    pub fn set_up(&mut self, service: ServiceIx, replica: u32, up: bool) {
        self.services[service.at()].up[replica as usize] = up;
    }

    /// A person changed the number of replicas.
    pub fn resize(&mut self, service: ServiceIx, count: u32) {
        let replicas = &mut self.services[service.at()];
        let known = replicas.up.len().max(count as usize);
        replicas.up.resize(known, true);
        replicas.outstanding.resize(known, 0);
        replicas.active = count;
    }
}

impl Replicas {
    fn pick(&mut self, balance: Balance) -> u32 {
        let count = self.active;
        let any_up = self.up[..count as usize].contains(&true);
        let usable = |up: &[bool], replica: u32| up[replica as usize] || !any_up;
        match balance {
            Balance::RoundRobin => {
                let mut picked = self.next % count;
                while !usable(&self.up, picked) {
                    picked = (picked + 1) % count;
                }
                self.next = picked + 1;
                picked
            }
            Balance::Random => {
                let choices = (0..count).filter(|&r| usable(&self.up, r)).count() as u64;
                let nth = self.stream.below(choices) as usize;
                (0..count).filter(|&r| usable(&self.up, r)).nth(nth).unwrap_or(0)
            }
            Balance::LeastOutstanding => (0..count)
                .filter(|&r| usable(&self.up, r))
                .min_by_key(|&r| self.outstanding[r as usize])
                .unwrap_or(0),
        }
    }
}
