//! Load balancing: how callers pick a replica.

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
    /// What callers saw when they looked last (up, active); none where they see changes at once.
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

    /// Callers look up which replicas there are.
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::Scenario;

    const SERVICE: ServiceIx = ServiceIx(0);
    const OP: OpIx = OpIx(0);

    /// Three replicas of one service, and what callers know of them.
    struct Three {
        plan: Plan,
        directory: Directory,
    }

    impl Three {
        fn new(service: &str) -> Three {
            let text = [
                r#"{"schema": 1, "nodes": {
                    "web": {"kind": "client", "arrivals": {"poisson": {"rate": 1}},
                        "operation": [{"call": {"to": "app"}}]},
                    "app": {"kind": "service", "replicas": 3, "operations": {"default": [{"work": "1ms"}]}, "#,
                service,
                "}}}",
            ]
            .concat();
            let plan = Scenario::read(&text).and_then(|scenario| scenario.plan()).expect("a good scenario");
            Three { directory: Directory::new(&plan), plan }
        }

        fn pick(&mut self, key: u32) -> u32 {
            self.directory.pick(OP, key, &self.plan)
        }

        fn picks(&mut self, count: u32) -> Vec<u32> {
            (0..count).map(|key| self.pick(key)).collect()
        }
    }

    #[test]
    fn round_robin_goes_around_past_those_that_are_down() {
        let mut three = Three::new(r#""balance": "round_robin""#);
        assert_eq!(three.picks(4), [0, 1, 2, 0]);
        three.directory.set_up(SERVICE, 1, false);
        assert_eq!(three.picks(3), [2, 0, 2]);
        for replica in [0, 2] {
            three.directory.set_up(SERVICE, replica, false);
        }
        assert_eq!(three.picks(3), [0, 1, 2], "where all are down, one of them refuses");
    }

    #[test]
    fn least_outstanding_goes_where_the_fewest_are() {
        let mut three = Three::new(r#""balance": "least_outstanding""#);
        let mut first = three.picks(3);
        first.sort_unstable();
        assert_eq!(first, [0, 1, 2]);
        three.directory.ended(SERVICE, 1);
        assert_eq!(three.pick(0), 1);
        three.directory.released(OP, 2);
        assert_eq!(three.pick(0), 2);
    }

    #[test]
    fn power_of_two_never_takes_the_more_loaded_of_two() {
        let mut three = Three::new(r#""balance": "power_of_two""#);
        // One replica has more than all others will get: of any two it is the more loaded.
        for _ in 0..1_000 {
            three.directory.services[0].outstanding[1] += 1;
        }
        let picks = three.picks(300);
        assert!(!picks.contains(&1));
        let even = picks.iter().filter(|&&replica| replica == 0).count();
        assert!((140..=160).contains(&even), "{even}: it evens out the others");
    }

    #[test]
    fn random_takes_all_that_are_up() {
        let mut three = Three::new(r#""balance": "random""#);
        three.directory.set_up(SERVICE, 0, false);
        let picks = three.picks(300);
        let of_one = picks.iter().filter(|&&replica| replica == 1).count();
        assert!(!picks.contains(&0) && (100..=200).contains(&of_one), "{of_one}");
    }

    #[test]
    fn a_key_stays_with_its_replica() {
        let mut three = Three::new(r#""balance": "consistent_hash""#);
        let before = three.picks(100);
        assert_eq!(three.picks(100), before);
        assert!((0..3).all(|replica| before.contains(&replica)));
    }

    #[test]
    fn callers_with_a_discovery_learn_by_it_alone() {
        let mut three = Three::new(r#""balance": "round_robin", "discovery": {"refresh": "1s"}"#);
        three.directory.set_up(SERVICE, 0, false);
        three.directory.resize(SERVICE, 4);
        assert_eq!(three.picks(4), [0, 1, 2, 0]);
        three.directory.refresh(SERVICE);
        assert_eq!(three.picks(4), [1, 2, 3, 1]);
        assert_eq!(three.directory.active(SERVICE), 4);
    }
}
