//! How callers pick a replica.

use super::hash_ring::Ring;
use crate::base::{OpIx, ServiceIx, Stream};
use crate::scenario::{Balance, Plan};

/// What callers know of a service's replicas: which are up, and how many requests each has been sent that have not
/// ended. All callers share this knowledge, as behind one load balancer. They learn of crashes and of new replicas
/// at once, or, with a discovery that is refreshed now and then, only by that.
#[derive(Clone, Debug)]
struct Replicas {
    outstanding: Vec<u32>,
    up: Vec<bool>,
    /// How many take new requests: replicas beyond were taken away and finish what they have.
    active: u32,
    /// What was so when callers looked last; none where they see it at once.
    seen: Option<(Vec<bool>, u32)>,
    next: u32,
    stream: Stream,
    /// For all replicas there ever were, where keys say which one.
    ring: Option<Ring>,
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
        let replicas = |service: &crate::scenario::ServicePlan| {
            let up = vec![true; service.replicas as usize];
            Replicas {
                outstanding: vec![0; up.len()],
                active: service.replicas,
                seen: service.discovery.map(|_| (up.clone(), service.replicas)),
                up,
                next: 0,
                stream: Stream::new(plan.seed, plan.id(service.node), "balance"),
                ring: (service.balance == Balance::ConsistentHash).then(|| Ring::new(service.replicas)),
            }
        };
        Directory {
            services: plan.services.iter().map(replicas).collect(),
            owners: plan.operations.iter().map(|operation| operation.service).collect(),
        }
    }

    /// Picks the replica that a new request with this key goes to, and counts it there. One that callers know to be
    /// down is picked only where all are: it will refuse.
    #[inline]
    pub fn pick(&mut self, op: OpIx, key: u32, plan: &Plan) -> u32 {
        let service = self.owners[op.at()];
        let replicas = &mut self.services[service.at()];
        let picked = match replicas.active {
            1 if replicas.seen.is_none() => 0,
            _ => replicas.pick(plan.services[service.at()].balance, key),
        };
        replicas.outstanding[picked as usize] += 1;
        picked
    }

    /// A request has ended, or will never arrive.
    #[inline]
    pub fn released(&mut self, op: OpIx, replica: u32) {
        self.ended(self.owners[op.at()], replica);
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

    /// How many replicas of a service take new work.
    pub fn active(&self, service: ServiceIx) -> u32 {
        self.services[service.at()].active
    }

    /// From now on so many replicas take new requests.
    pub fn resize(&mut self, service: ServiceIx, count: u32) {
        let replicas = &mut self.services[service.at()];
        let known = replicas.up.len().max(count as usize);
        if known > replicas.up.len() && replicas.ring.is_some() {
            replicas.ring = Some(Ring::new(known as u32));
        }
        replicas.up.resize(known, true);
        replicas.outstanding.resize(known, 0);
        replicas.active = count;
    }

    /// Callers look at what is so.
    pub fn refresh(&mut self, service: ServiceIx) {
        let replicas = &mut self.services[service.at()];
        if let Some((up, active)) = &mut replicas.seen {
            up.clone_from(&replicas.up);
            *active = replicas.active;
        }
    }
}

impl Replicas {
    fn pick(&mut self, balance: Balance, key: u32) -> u32 {
        let Replicas { outstanding, stream, ring, .. } = self;
        let (up, count) = match &self.seen {
            Some((up, active)) => (up, *active),
            None => (&self.up, self.active),
        };
        let up = &up[..count as usize];
        let any_up = up.contains(&true);
        let usable = |replica: u32| replica < count && (up[replica as usize] || !any_up);
        let load = |replica: u32| outstanding[replica as usize];
        let mut nth = |but: Option<u32>| {
            let choices = || (0..count).filter(|&replica| usable(replica) && Some(replica) != but);
            let drawn = stream.below(choices().count() as u64) as usize;
            choices().nth(drawn)
        };
        match balance {
            Balance::RoundRobin => {
                let mut picked = self.next % count;
                while !usable(picked) {
                    picked = (picked + 1) % count;
                }
                self.next = picked + 1;
                picked
            }
            Balance::Random => nth(None).unwrap_or(0),
            Balance::LeastOutstanding => (0..count)
                .filter(|&replica| usable(replica))
                .min_by_key(|&replica| load(replica))
                .unwrap_or(0),
            Balance::PowerOfTwo => {
                let first = nth(None).unwrap_or(0);
                let second = nth(Some(first)).unwrap_or(first);
                if load(second) < load(first) { second } else { first }
            }
            Balance::ConsistentHash => ring.as_ref().map_or(0, |ring| ring.pick(key, usable)),
        }
    }
}
