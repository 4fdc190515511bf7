//! Load balancing: how callers pick a replica.

mod choice;
mod hash_ring;
mod health;
pub mod health_check;
mod load;
pub mod outlier;
mod requests;

use crate::base::{HealthIx, OpIx, ServiceIx, SimTime, Stream};
use crate::engine::kernel::slab::Slot;
use crate::scenario::{Balance, CallPlan, Counted, Plan, RetryHost, ServicePlan};
use choice::Choice;
use hash_ring::Ring;
use health::Health;
use load::{Counter, Load};
use requests::{Requests, Sent};

/// What callers know of a service's replicas: which are up, and how many requests each has that are waited for. All
/// callers share the list, as behind one registry. They learn of crashes and of new replicas at once, or, with a discovery
/// that is refreshed now and then, only by that.
#[derive(Clone, Debug)]
struct Replicas {
    load: Load,
    up: Vec<bool>,
    /// How many take new requests: replicas beyond were taken away and finish what they have.
    active: u32,
    /// What callers saw when they looked last (up, active); none where they see changes at once.
    seen: Option<(Vec<bool>, u32)>,
    /// Those of them that callers take for usable, in order: the ones that are up; where none is, all.
    live: Vec<u32>,
    next: u32,
    stream: Stream,
    /// Draws among replicas that are equally good.
    ties: Stream,
    /// For all replicas there ever were, where keys say which one.
    ring: Option<Ring>,
    /// The next look of its callers is on the calendar.
    looks: bool,
}

/// The directory of all services.
#[derive(Clone, Debug)]
pub struct Directory {
    services: Vec<Replicas>,
    /// The service of each operation.
    owners: Vec<ServiceIx>,
    requests: Requests,
    /// What callers know of the health of replicas.
    healths: Vec<Health>,
}

impl Directory {
    /// Everything up, nothing outstanding.
    pub fn new(plan: &Plan) -> Directory {
        let mut directory = Directory {
            services: Vec::new(),
            owners: Vec::new(),
            requests: Requests::default(),
            healths: Vec::new(),
        };
        directory.grow(plan);
        directory
    }

    /// Adds what an edit has added to the plan, and goes by what it has changed in how callers find a service's
    /// replicas.
    pub fn grow(&mut self, plan: &Plan) {
        for (own, service) in self.services.iter_mut().zip(&plan.services) {
            let hashes = service.balance == Balance::ConsistentHash;
            if own.ring.is_some() != hashes {
                own.ring = hashes.then(|| Ring::new(own.up.len() as u32));
            }
            if own.seen.is_some() != service.discovery.is_some() {
                own.seen = service.discovery.map(|_| (own.up.clone(), own.active));
                own.look();
            }
        }
        let known = self.services.len();
        self.services.extend(plan.services[known..].iter().map(|service| Replicas::new(service, plan)));
        let known = self.owners.len();
        self.owners.extend(plan.operations[known..].iter().map(|operation| operation.service));
        self.healths.resize_with(plan.healths.len(), Health::default);
    }

    /// Whether the next look of a service's callers has to be put on the calendar: they look now and then, and it is
    /// not there yet. Then it is.
    pub fn begins_to_look(&mut self, service: ServiceIx) -> bool {
        let own = &mut self.services[service.at()];
        own.seen.is_some() && !std::mem::replace(&mut own.looks, true)
    }

    /// About how many bytes a clone takes beside what callers know of replicas.
    pub fn memory_bytes(&self) -> usize {
        self.requests.memory_bytes()
    }

    /// Picks the replica that the next request of a call with this key goes to. One that callers know to be down is
    /// picked only where all are: it will refuse. `requests` is what the call keeps until its end.
    #[inline]
    pub fn pick(&mut self, call: &CallPlan, key: u32, requests: &mut Option<Slot>, plan: &Plan) -> u32 {
        let service = self.owners[call.op.at()];
        let replicas = &self.services[service.at()];
        match replicas.active {
            1 if replicas.seen.is_none() => 0,
            _ => self.pick_among(service, call, key, requests, plan),
        }
    }

    #[inline(never)]
    fn pick_among(
        &mut self,
        service: ServiceIx,
        call: &CallPlan,
        key: u32,
        requests: &mut Option<Slot>,
        plan: &Plan,
    ) -> u32 {
        let own = &plan.services[service.at()];
        let counter = match own.counted {
            Counted::Shared => Counter::SHARED,
            Counted::Caller => Counter::of(plan.links[call.out.at()].from),
        };
        let goes_elsewhere = call.retry_host == RetryHost::Other;
        let asked = if goes_elsewhere { self.requests.of(*requests) } else { &[] };
        let replicas = &mut self.services[service.at()];
        let health = call.policies.as_ref().and_then(|policies| policies.health);
        let barred =
            health.map(|health| (&self.healths[health.at()], plan.healths[health.at()].panic_threshold));
        let barred = barred.filter(|(known, threshold)| known.chooses(replicas.visible(), *threshold));
        let barred = barred.map(|(known, _)| known);
        let picked = replicas.pick(own.balance, key, counter, asked, barred);
        let may_follow = call.retry.attempts > 1 || call.hedges();
        if own.balance.goes_by_load() || goes_elsewhere && may_follow || health.is_some() {
            let call = *requests.get_or_insert_with(|| self.requests.begin());
            self.requests.of_mut(call).push(Sent { replica: picked, waits: true, counted: Some(counter) });
            replicas.load.sent(counter, picked);
        }
        picked
    }

    /// The caller waits for no request of its present attempt any more: one was answered, all failed or it gave up.
    #[inline(never)]
    pub fn attempt_ended(&mut self, call: Slot, op: OpIx) {
        let load = &mut self.services[self.owners[op.at()].at()].load;
        for sent in self.requests.of_mut(call) {
            sent.waits = false;
            if let Some(counter) = sent.counted.take() {
                load.ended(counter, sent.replica);
            }
        }
    }

    /// One of several requests of an attempt failed, as the caller has learnt.
    pub fn request_failed(&mut self, call: Slot, op: OpIx, replica: u32) {
        let load = &mut self.services[self.owners[op.at()].at()].load;
        let mut sent = self.requests.of_mut(call).iter_mut();
        if let Some(sent) = sent.find(|sent| sent.replica == replica && sent.counted.is_some())
            && let Some(counter) = sent.counted.take()
        {
            load.ended(counter, replica);
        }
    }

    /// The caller has heard of one of its requests, to this replica.
    pub fn heard(&mut self, call: Slot, replica: u32) {
        let mut sent = self.requests.of_mut(call).iter_mut();
        if let Some(sent) = sent.find(|sent| sent.replica == replica && sent.waits) {
            sent.waits = false;
        }
    }

    /// A replica to which the call has a request out that it gives up now; none where there is no such request left.
    pub fn give_up(&mut self, call: Slot) -> Option<u32> {
        let sent = self.requests.of_mut(call).iter_mut().find(|sent| sent.waits)?;
        sent.waits = false;
        Some(sent.replica)
    }

    /// A request failed or did not, for all that a caller knows. Whether its replica is ejected for it.
    pub fn result(
        &mut self,
        health: HealthIx,
        replica: u32,
        failed: bool,
        now: SimTime,
        plan: &Plan,
    ) -> bool {
        let own = &plan.healths[health.at()];
        let of = self.services[own.to.at()].visible().len() as u32;
        self.healths[health.at()].result(own, now, replica, failed, of)
    }

    /// An interval of a caller's outlier detection ends. Gives the replicas that return.
    pub fn outlier_interval(&mut self, health: HealthIx, now: SimTime, plan: &Plan) -> Vec<u32> {
        self.healths[health.at()].interval(&plan.healths[health.at()], now)
    }

    /// A caller checks the replicas that it sees. Gives how many there are, and the number of the round.
    pub fn begin_checks(&mut self, health: HealthIx, plan: &Plan) -> (u32, u32) {
        let replicas = self.services[plan.healths[health.at()].to.at()].visible().len() as u32;
        (replicas, self.healths[health.at()].begin_checks(replicas))
    }

    /// Whether this is the answer to a check that a caller waits for.
    pub fn check_answered(&mut self, health: HealthIx, replica: u32, round: u32) -> bool {
        self.healths[health.at()].check_answered(replica, round)
    }

    /// The next replica that has not answered a caller in a round that is over.
    pub fn check_timed_out(&mut self, health: HealthIx, round: u32) -> Option<u32> {
        self.healths[health.at()].check_timed_out(round)
    }

    /// A check passed or failed. Whether the replica is well from now on, where that has changed, and whether it was
    /// ejected and returns.
    pub fn checked(
        &mut self,
        health: HealthIx,
        replica: u32,
        passed: bool,
        now: SimTime,
        plan: &Plan,
    ) -> (Option<bool>, bool) {
        self.healths[health.at()].checked(&plan.healths[health.at()], now, replica, passed)
    }

    /// Whether a caller's checks have found a replica ill.
    pub fn is_unhealthy(&self, health: HealthIx, replica: u32) -> bool {
        self.healths[health.at()].is_unhealthy(replica)
    }

    /// Whether a caller has ejected a replica.
    pub fn is_ejected(&self, health: HealthIx, replica: u32) -> bool {
        self.healths[health.at()].is_ejected(replica)
    }

    /// A call is over.
    #[inline(never)]
    pub fn call_ended(&mut self, call: Slot, op: OpIx) {
        self.attempt_ended(call, op);
        self.requests.end(call);
    }

    /// A replica crashed or came back.
    pub fn set_up(&mut self, service: ServiceIx, replica: u32, up: bool) {
        let replicas = &mut self.services[service.at()];
        replicas.up[replica as usize] = up;
        replicas.look();
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
        replicas.active = count;
        replicas.look();
    }

    /// Callers look up which replicas there are.
    pub fn refresh(&mut self, service: ServiceIx) {
        let replicas = &mut self.services[service.at()];
        replicas.looks = false;
        if let Some((up, active)) = &mut replicas.seen {
            up.clone_from(&replicas.up);
            *active = replicas.active;
        }
        replicas.look();
    }
}

impl Replicas {
    /// Everything up, nothing outstanding.
    fn new(service: &ServicePlan, plan: &Plan) -> Replicas {
        let up = vec![true; service.replicas as usize];
        let stream = |purpose| Stream::new(plan.seed, plan.id(service.node), purpose);
        Replicas {
            load: Load::default(),
            active: service.replicas,
            seen: service.discovery.map(|_| (up.clone(), service.replicas)),
            up,
            live: (0..service.replicas).collect(),
            next: 0,
            stream: stream("balance"),
            ties: stream("balance ties"),
            ring: (service.balance == Balance::ConsistentHash).then(|| Ring::new(service.replicas)),
            looks: false,
        }
    }

    /// The replicas that callers see, by whether they are up.
    fn visible(&self) -> &[bool] {
        match &self.seen {
            Some((up, active)) => &up[..*active as usize],
            None => &self.up[..self.active as usize],
        }
    }

    /// What callers see may have changed.
    fn look(&mut self) {
        let mut live = std::mem::take(&mut self.live);
        let up = self.visible();
        let all = || 0..up.len() as u32;
        live.clear();
        live.extend(all().filter(|&replica| up[replica as usize]));
        if live.is_empty() {
            live.extend(all());
        }
        self.live = live;
    }

    /// Picks one that is up and not barred, and of those one that this call has not asked yet, as far as there are any.
    fn pick(
        &mut self,
        balance: Balance,
        key: u32,
        counter: Counter,
        asked: &[Sent],
        barred: Option<&Health>,
    ) -> u32 {
        let visible = self.visible().len() as u32;
        let Replicas { load, live, next, stream, ties, ring, .. } = self;
        // Whoever knows something to be barred has others left.
        let free = |known: &Health| {
            live.iter().copied().filter(|&replica| !known.bars(replica)).collect::<Vec<u32>>()
        };
        let free = barred.map(free);
        let choice = Choice::new(free.as_deref().unwrap_or(live), asked);
        let load = |replica: u32| load.of(counter, replica);
        match balance {
            Balance::RoundRobin => {
                let picked = choice.from(*next % visible);
                *next = picked + 1;
                picked
            }
            Balance::Random => choice.nth(stream.below(choice.count())),
            Balance::LeastOutstanding => {
                let loads = || choice.all().map(load);
                let least = loads().min().unwrap_or(0);
                let equal = loads().filter(|&load| load == least).count() as u64;
                // Nothing is drawn where there is nothing to choose.
                let drawn = if equal > 1 { ties.below(equal) } else { 0 };
                let mut best = choice.all().filter(|&replica| load(replica) == least);
                best.nth(drawn as usize).unwrap_or(0)
            }
            Balance::PowerOfTwo => {
                let at = stream.below(choice.count());
                let others = choice.count() - 1;
                // Drawn wherever there are two, also where only one can be used.
                let other = if visible > 1 { stream.below(others) } else { 0 };
                let first = choice.nth(at);
                let second = if others > 0 { choice.nth(other + u64::from(other >= at)) } else { first };
                // Which of two that are equal came first was drawn.
                if load(second) < load(first) { second } else { first }
            }
            Balance::ConsistentHash => {
                ring.as_ref().map_or(0, |ring| ring.pick(key, |replica| choice.has(replica)))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::NodeIx;
    use crate::scenario::Scenario;

    const SERVICE: ServiceIx = ServiceIx(0);
    const OP: OpIx = OpIx(0);
    /// The client is the first node.
    const WEB: NodeIx = NodeIx(0);

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

        /// The first request of a call, which does not end.
        fn pick(&mut self, key: u32) -> u32 {
            self.again(key, &mut None)
        }

        /// The next request of a call.
        fn again(&mut self, key: u32, call: &mut Option<Slot>) -> u32 {
            self.directory.pick(&self.plan.calls[0], key, call, &self.plan)
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
        let mut calls = [None; 3];
        let first = calls.each_mut().map(|call| three.again(0, call));
        let mut all = first;
        all.sort_unstable();
        assert_eq!(all, [0, 1, 2]);
        for ended in [1, 0] {
            let call = calls[ended].take().expect("it knows its requests");
            three.directory.call_ended(call, OP);
            assert_eq!(three.pick(0), first[ended]);
        }
    }

    #[test]
    fn power_of_two_never_takes_the_more_loaded_of_two() {
        let mut three = Three::new(r#""balance": "power_of_two""#);
        // One replica has more than all others will get: of any two it is the more loaded.
        for _ in 0..1_000 {
            three.directory.services[0].load.sent(Counter::of(WEB), 1);
        }
        let picks = three.picks(300);
        assert!(!picks.contains(&1));
        let even = picks.iter().filter(|&&replica| replica == 0).count();
        assert!((140..=160).contains(&even), "{even}: it evens out the others");
    }

    #[test]
    fn equally_good_ones_are_chosen_among_at_random() {
        for balance in ["least_outstanding", "power_of_two"] {
            let mut three = Three::new(&format!(r#""balance": "{balance}""#));
            let mut picks = [0; 3];
            for _ in 0..3_000 {
                let mut call = None;
                picks[three.again(0, &mut call) as usize] += 1;
                three.directory.call_ended(call.expect("it knows its requests"), OP);
            }
            assert!(picks.iter().all(|picks| (900..=1_100).contains(picks)), "{balance}: {picks:?}");
        }
    }

    #[test]
    fn a_request_counts_for_its_caller_or_for_all() {
        for (counted, expected) in [("caller", 1), ("shared", 0)] {
            let mut three = Three::new(&format!(r#""balance": "least_outstanding", "counted": "{counted}""#));
            three.directory.services[0].load.sent(Counter::SHARED, 1);
            three.directory.services[0].load.sent(Counter::of(NodeIx(7)), 2);
            let (load, first) = (three.directory.services[0].load.clone(), three.pick(0));
            assert_eq!(load.of(Counter::of(WEB), first), 0);
            let alone = (0..100).filter(|_| {
                let mut call = None;
                let picked = three.again(0, &mut call);
                three.directory.call_ended(call.expect("it knows its requests"), OP);
                picked == 1
            });
            assert_eq!(usize::from(alone.count() > 0), expected, "{counted}");
        }
    }

    #[test]
    fn another_request_of_a_call_asks_another_replica() {
        for balance in ["round_robin", "random", "least_outstanding", "power_of_two", "consistent_hash"] {
            let mut three = Three::new(&format!(r#""balance": "{balance}""#));
            three.plan.calls[0].retry.attempts = 3;
            for key in 0..50 {
                let mut call = None;
                let mut asked = [0; 3].map(|_: u32| three.again(key, &mut call));
                assert!(three.again(key, &mut call) < 3, "{balance}: all were asked: any");
                asked.sort_unstable();
                assert_eq!(asked, [0, 1, 2], "{balance}");
                three.directory.call_ended(call.expect("it knows its requests"), OP);
            }
            three.directory.set_up(SERVICE, 1, false);
            let mut call = None;
            let asked = [0; 4].map(|_: u32| three.again(0, &mut call));
            assert!(
                !asked.contains(&1) && asked[0] != asked[1],
                "{balance}: not one that is down: {asked:?}"
            );
            three.plan.calls[0].retry_host = RetryHost::Any;
            let same = (0..100).filter(|_| {
                let mut call = None;
                three.again(0, &mut call) == three.again(0, &mut call)
            });
            let expected = if balance == "consistent_hash" { 100..=100 } else { 0..=80 };
            assert!(expected.contains(&same.count()), "{balance}");
        }
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
