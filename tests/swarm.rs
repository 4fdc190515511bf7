//! What must hold of every scenario, over a swarm of random ones.
//!
//! The scenarios come from consecutive seeds: set `CASCADE_SEED` to begin elsewhere and `CASCADE_CASES` for more. A
//! failure prints its seed and a scenario that is as small as it still fails.

#[path = "support/generate.rs"]
mod generate;
#[path = "support/minimise.rs"]
mod minimise;
#[path = "support/mod.rs"]
mod support;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use cascade::base::{ClientIx, LogIx, ServiceIx, SimTime, Stream};
use cascade::engine::Simulation;
use cascade::observation::{Digest, Effect, LogFact, Observation, Observer, Scope, SpanFact};
use cascade::scenario::{Acks, Broker, Plan, PolicyPlan, Scenario};
use cascade::telemetry::result::RunResult;
use cascade::telemetry::{RunFacts, Statistics};
use serde_json::Value;

/// How long each scenario runs, in simulated seconds.
const SECONDS: f64 = 10.0;

fn number(variable: &str, default: u64) -> u64 {
    std::env::var(variable).ok().and_then(|text| text.parse().ok()).unwrap_or(default)
}

#[test]
fn every_property_holds_over_a_swarm() {
    let (first, cases) = (number("CASCADE_SEED", 1), number("CASCADE_CASES", 1_000));
    println!("seeds {first}..{}", first + cases);
    let next = AtomicU64::new(first);
    let work = || {
        let mut sums = (0, 0);
        loop {
            let seed = next.fetch_add(1, Ordering::Relaxed);
            if seed >= first + cases {
                return sums;
            }
            let (offered, published) = check(seed);
            sums = (sums.0 + offered, sums.1 + published);
        }
    };
    let (offered, published) = std::thread::scope(|scope| {
        let threads: Vec<_> = (0..2).map(|_| scope.spawn(work)).collect();
        let sums = threads.into_iter().map(|thread| thread.join().expect("all hold"));
        sums.fold((0, 0), |a, b| (a.0 + b.0, a.1 + b.1))
    });
    // A generator that makes nothing happen would prove nothing.
    assert!(offered > 200 * cases && published > 20 * cases, "{offered} requests, {published} messages");
}

/// Checks one scenario and says how many requests and messages it had. One that fails is told as small as it still
/// fails.
fn check(seed: u64) -> (u64, u64) {
    let scenario = generate::scenario(seed);
    let checked = std::panic::catch_unwind(|| check_scenario(&scenario, seed));
    checked.unwrap_or_else(|_| {
        let fails = |scenario: &Value| {
            let good = Scenario::read(&scenario.to_string()).and_then(|scenario| scenario.plan()).is_ok();
            good && std::panic::catch_unwind(|| check_scenario(scenario, seed)).is_err()
        };
        std::panic::set_hook(Box::new(|_| {}));
        let least = minimise::minimise(&scenario, 500, fails);
        drop(std::panic::take_hook());
        check_again(&least, seed);
        panic!("seed {seed} fails, but not its smallest scenario:\n{scenario:#}\n{least:#}");
    })
}

/// Fails once more, to be read.
fn check_again(least: &Value, seed: u64) {
    eprintln!("seed {seed}, as small as it still fails:\n{least:#}");
    check_scenario(least, seed);
}

#[test]
fn failures_are_made_small() {
    let scenario = generate::scenario(7);
    let has = |value: &Value| value.pointer("/nodes/service0/workers").is_some();
    assert!(has(&scenario));
    let least = minimise::minimise(&scenario, 10_000, has);
    let workers = &scenario["nodes"]["service0"]["workers"];
    assert_eq!(least, serde_json::json!({ "nodes": { "service0": { "workers": workers } } }));
}

/// Every name of a field and every word of the language occurs, so nothing of it is left untested.
#[test]
fn the_generator_speaks_the_whole_language() {
    fn names(value: &Value, found: &mut BTreeSet<String>) {
        match value {
            Value::Object(members) => {
                for (key, member) in members {
                    found.insert(key.clone());
                    names(member, found);
                }
            }
            Value::Array(items) => items.iter().for_each(|item| names(item, found)),
            Value::String(word) => drop(found.insert(word.clone())),
            _ => {}
        }
    }
    fn words(schema: &Value, found: &mut BTreeSet<String>) {
        match schema {
            Value::Object(members) => {
                let properties = members.get("properties").and_then(Value::as_object);
                found.extend(properties.into_iter().flat_map(|properties| properties.keys().cloned()));
                let listed = members.get("enum").and_then(Value::as_array);
                let listed = listed.into_iter().flatten().chain(members.get("const"));
                found.extend(listed.filter_map(Value::as_str).map(ToOwned::to_owned));
                members.values().for_each(|member| words(member, found));
            }
            Value::Array(items) => items.iter().for_each(|item| words(item, found)),
            _ => {}
        }
    }
    let mut spoken = BTreeSet::new();
    (1..=1_000).for_each(|seed| names(&generate::scenario(seed), &mut spoken));
    let schema = serde_json::from_str(&cascade::scenario::schema().to_string()).expect("JSON");
    let mut language = BTreeSet::new();
    words(&schema, &mut language);
    let missing: Vec<&String> = language.difference(&spoken).collect();
    assert!(missing.is_empty() && language.len() > 100, "never generated: {missing:?}");
}

fn check_scenario(scenario: &Value, seed: u64) -> (u64, u64) {
    let read = Scenario::read(&scenario.to_string()).expect("the generator writes good scenarios");
    assert_eq!(Scenario::read(&read.print()).as_ref(), Ok(&read), "parse–print–parse is the identity");

    let plan = support::plan(scenario, seed);
    let (result, simulation) = straight(&plan);
    conserves(&plan, &result, &simulation);
    assert_eq!(sliced(&plan, seed), result.digest, "playback does not change what happens");
    assert_eq!(restored(&plan, seed), result.digest, "a checkpoint goes on as the original");

    let offered = result.clients.0.iter().map(|(_, client)| client.offered).sum();
    let published = result.queues.0.iter().map(|(_, queue)| queue.published).sum::<u64>()
        + result.logs.0.iter().map(|(_, log)| log.appended).sum::<u64>();
    (offered, published)
}

/// A group in a partition: what is committed, and the last lease with the last offset taken under it.
type Reader = (u64, u16, Option<u64>);

/// Counts that can be checked against one another while the run goes on.
struct Watch<'p> {
    plan: &'p Plan,
    now: SimTime,
    in_system: Vec<i64>,
    /// Effects of messages at idempotent consumers.
    effects: BTreeSet<(u32, u32, u64)>,
    /// Permits that each half-open breaker has let out.
    probes: Vec<u32>,
    /// Attempts under way of each edge.
    attempts: Vec<u32>,
    /// By log and partition: the offset of the next record.
    ends: BTreeMap<(u32, u32), u64>,
    /// By log, group and partition.
    readers: BTreeMap<(u32, u32, u32), Reader>,
}

impl Watch<'_> {
    /// Offsets have no gaps, nothing is committed or read that was not written, and whoever reads under one lease reads
    /// in order.
    fn log(&mut self, log: LogIx, what: LogFact) {
        match what {
            LogFact::Appended { partition, offset } => {
                let end = self.ends.entry((log.0, partition)).or_default();
                assert_eq!(offset, *end, "offsets have no gaps");
                *end += 1;
            }
            LogFact::Lost { partition, end, .. } => {
                let known = self.ends.entry((log.0, partition)).or_default();
                assert!(end <= *known, "losing makes no log longer");
                *known = end;
            }
            LogFact::Committed { group, partition, offset, .. } => {
                let end = self.ends.get(&(log.0, partition)).copied().unwrap_or(0);
                let reader = self.readers.entry((log.0, group, partition)).or_default();
                assert!(reader.0 < offset && offset <= end, "{reader:?} then {offset} of {end}");
                reader.0 = offset;
            }
            LogFact::Taken { group, partition, offset, lease } => {
                assert!(offset < self.ends.get(&(log.0, partition)).copied().unwrap_or(0));
                let reader = self.readers.entry((log.0, group, partition)).or_default();
                if reader.1 == lease {
                    assert!(reader.2.is_none_or(|last| last < offset), "{reader:?} then {offset}");
                } else if (lease.wrapping_sub(reader.1) as i16) < 0 {
                    // One who has not heard yet that another reads.
                    return;
                }
                (reader.1, reader.2) = (lease, Some(offset));
            }
            LogFact::StoredAgain { .. } => {
                let to_it = self.plan.publishes.iter().filter(|publish| publish.to == Broker::Log(log));
                let guards: Vec<_> = to_it.filter_map(|publish| publish.guard.as_ref()).collect();
                let idempotent = guards.iter().all(|guard| guard.idempotent);
                let all = self.plan.logs[log.at()].rules.acks == Acks::All;
                assert!(!(idempotent && all), "an idempotent producer adds no duplicate");
            }
            _ => {}
        }
    }
}

impl Observer for Watch<'_> {
    fn observe(&mut self, at: SimTime, what: Observation) {
        assert!(at >= self.now, "time never goes back");
        self.now = at;
        match what {
            Observation::Arrived { service, .. } => self.in_system[service.at()] += 1,
            Observation::Refused { service, .. }
            | Observation::Shed { service, .. }
            | Observation::Finished { service, .. } => {
                self.in_system[service.at()] -= 1;
                assert!(self.in_system[service.at()] >= 0, "no service is emptier than empty");
            }
            Observation::Workers { service, busy, blocked, total, .. } => {
                let workers = self.plan.services[service.at()].workers;
                assert!(
                    busy + blocked <= workers && total <= workers,
                    "{busy} + {blocked} of {workers} workers"
                );
            }
            Observation::Wrote { store, access, message, effect } if self.plan.stores[store.at()].unique => {
                assert_ne!(effect, Effect::Duplicated, "an idempotent consumer");
                if effect == Effect::Applied && message != 0 {
                    assert!(
                        self.effects.insert((store.0, self.plan.accesses[access.at()].effect, message)),
                        "message {message} had its effect twice"
                    );
                }
            }
            Observation::Log { log, what } => self.log(log, what),
            Observation::Connections { store, busy, .. } => {
                assert!(busy <= self.plan.stores[store.at()].connections, "{busy} connections");
            }
            Observation::Attempted { attempt, edge } => {
                assert!((1..=4).contains(&attempt));
                self.attempts[edge.at()] += 1;
                let calls = self.plan.calls.iter().filter(|call| call.edge == edge);
                let guards: Vec<_> =
                    calls.map(|call| call.policies.as_ref().and_then(|policies| policies.bulkhead)).collect();
                // Where all calls of the edge share one bulkhead.
                if let Some(guard) = guards[0].filter(|_| guards.iter().all(|other| *other == guards[0]))
                    && let PolicyPlan::Bulkhead(plan) = self.plan.policies[guard.at()].policy
                {
                    assert!(self.attempts[edge.at()] <= plan.max_concurrent, "more than the bulkhead holds");
                }
            }
            Observation::AttemptEnded { edge, .. } => self.attempts[edge.at()] -= 1,
            Observation::BreakerTurned { breaker, .. } => self.probes[breaker.at()] = 0,
            Observation::Probe { breaker, returned } => {
                let probes = &mut self.probes[breaker.at()];
                *probes = if returned { *probes - 1 } else { *probes + 1 };
                let most = self.plan.breakers[breaker.at()].plan.half_open_calls;
                assert!(*probes <= most, "{probes} probes of {most}");
            }
            _ => {}
        }
    }
}

/// Spans that have begun and not ended, each with how many of its branches wait and compute.
#[derive(Default)]
struct OpenSpans {
    began: u64,
    open: BTreeMap<u64, [i64; 2]>,
    publications: BTreeSet<u64>,
}

impl Observer for OpenSpans {
    const SPANS: bool = true;

    fn observe(&mut self, _: SimTime, _: Observation) {}

    fn span(&mut self, _: SimTime, what: SpanFact) -> bool {
        match what {
            SpanFact::Began { span, parent, scope, .. } => {
                self.began += 1;
                assert_eq!(span, self.began, "spans are numbered in the order in which they begin");
                assert!(parent < span, "{span} began before its parent {parent}");
                match scope {
                    Scope::Publish { .. } => drop(self.publications.insert(span)),
                    Scope::Job { from: Some(_), .. } => {
                        assert!(self.publications.contains(&parent), "{span} handles what nobody published");
                    }
                    _ => {}
                }
                self.open.insert(span, [0, 0]);
            }
            SpanFact::Turned { span, waiting, working } => {
                let counts = self.open.get_mut(&span).expect("a span that goes on");
                *counts = [counts[0] + i64::from(waiting), counts[1] + i64::from(working)];
                assert!(counts[0] >= 0 && counts[1] >= 0, "span {span}: {counts:?}");
            }
            SpanFact::Ended { span, .. } => {
                assert!(self.open.remove(&span).is_some(), "span {span} ends twice");
            }
        }
        true
    }
}

fn straight(plan: &Arc<Plan>) -> (RunResult, Simulation) {
    let end = SimTime::from_secs(SECONDS);
    let mut simulation = Simulation::new(Arc::clone(plan));
    let watch = Watch {
        plan,
        now: SimTime::ZERO,
        in_system: vec![0; plan.services.len()],
        probes: vec![0; plan.breakers.len()],
        attempts: vec![0; plan.edges.len()],
        effects: BTreeSet::new(),
        ends: BTreeMap::new(),
        readers: BTreeMap::new(),
    };
    let watch = (watch, OpenSpans::default());
    let mut observer = ((Statistics::new(plan, SimTime::ZERO), Digest::default()), watch);
    simulation.run_until(end, &mut observer);
    assert_eq!(simulation.halted(), None);
    let ((statistics, digest), (watch, _)) = observer;
    for (at, in_system) in watch.in_system.iter().enumerate() {
        let service = ServiceIx(at as u32);
        let there =
            // Those that were taken away finish what they have.
            (0..1_000).map(|r| i64::from(simulation.replica(service, r).in_system));
        assert_eq!(there.sum::<i64>(), *in_system, "jobs seen are jobs there");
    }
    let in_flight = simulation.in_flight();
    let facts = RunFacts { end, events: simulation.events(), digest: digest.hex(), in_flight };
    (statistics.result(plan, facts), simulation)
}

fn conserves(plan: &Plan, result: &RunResult, simulation: &Simulation) {
    assert!(result.ledger.balances(), "{:?}", result.ledger);
    for (at, (name, client)) in result.clients.0.iter().enumerate() {
        let open = simulation.open_requests(ClientIx(at as u32));
        assert_eq!(client.in_flight, open, "{name}: open requests");
        assert_eq!(
            client.offered,
            client.answered + client.failed.total() + open,
            "{name}: every request ends once"
        );
        assert_eq!(client.answered, client.good + client.late + client.degraded, "{name}: answers");
        assert_eq!(client.latency_ms.count, client.answered, "{name}: latencies");
    }
    for (name, service) in &result.services.0 {
        assert!(service.utilization <= 1.0 + 1e-9, "{name}: utilization {}", service.utilization);
        assert!(
            service.completed + service.failed + service.rejected + service.shed <= service.arrivals,
            "{name}"
        );
        assert!(service.started <= service.arrivals - service.rejected, "{name}: starts");
        assert!(service.wasted <= service.completed + service.failed, "{name}: waste");
        assert!(
            service.queue_length_mean <= f64::from(service.queue_length_max as u32) + 1e-9,
            "{name}: waiting line"
        );
    }
    for call in &result.calls {
        // Fewer where a policy refused a first try or still keeps it waiting.
        assert!(call.attempts <= call.calls + call.retries + call.hedges, "{}→{}", call.from, call.to);
        assert!(call.ok + call.failed.total() <= call.calls, "{}→{}", call.from, call.to);
    }
    for (name, queue) in &result.queues.0 {
        let kept = u64::from(queue.ready + queue.unacked);
        let gone = queue.acked + queue.expired + queue.dropped + queue.dead_lettered;
        assert_eq!(queue.published, gone + kept, "{name}: every message is in one state");
        assert!(queue.delivered >= queue.acked && queue.delivered >= queue.redelivered, "{name}: deliveries");
    }
    for (name, log) in &result.logs.0 {
        let there: u64 = log.partitions.iter().map(|partition| partition.end_offset).sum();
        assert!(there <= log.appended && log.appended <= there + log.lost, "{name}: records");
        assert!(log.duplicates <= log.delivered, "{name}: deliveries");
        for partition in &log.partitions {
            assert!(partition.start_offset <= partition.end_offset, "{name}: retention");
            for (group, progress) in &partition.groups.0 {
                assert_eq!(progress.committed + progress.lag, partition.end_offset, "{name} {group}: lag");
            }
        }
    }
    for (name, saga) in &result.sagas.0 {
        assert!(saga.completed + saga.compensated + saga.stuck <= saga.started, "{name}: {saga:?}");
    }
    for (name, store) in &result.stores.0 {
        assert!(store.stale_reads <= store.reads && store.utilization <= 1.0 + 1e-9, "{name}: {store:?}");
        assert_eq!(store.stale_reads, store.staleness_ms.count, "{name}");
    }
    for (name, window) in &result.windows.0 {
        assert!(window.late <= window.records && window.windows <= window.results, "{name}: {window:?}");
        assert!(window.results <= window.records - window.late, "{name}: {window:?}");
    }
    assert!(result.clients.0.len() == plan.clients.len() && result.services.0.len() == plan.services.len());
}

/// The digest of a run in slices of random lengths, some of them single events.
fn sliced(plan: &Arc<Plan>, seed: u64) -> String {
    let mut stream = Stream::new(seed, "slices", "test");
    let mut simulation = Simulation::new(Arc::clone(plan));
    let mut digest = Digest::default();
    let end = SimTime::from_secs(SECONDS);
    while simulation.now() < end {
        if stream.chance(0.3) {
            for _ in 0..stream.below(50) {
                if simulation.next_event_at().is_some_and(|next| next <= end) {
                    simulation.step(&mut digest);
                }
            }
        }
        let slice = SimTime::from_secs(simulation.now().as_secs() + stream.unit());
        simulation.run_until(slice.min(end), &mut digest);
    }
    digest.hex()
}

/// The digest of a run that goes on from a checkpoint taken at a random moment, while the original went elsewhere.
fn restored(plan: &Arc<Plan>, seed: u64) -> String {
    let moment = SimTime::from_secs(Stream::new(seed, "checkpoint", "test").unit() * SECONDS);
    let mut original = Simulation::new(Arc::clone(plan));
    let mut digest = Digest::default();
    original.run_until(moment, &mut digest);
    let mut copy = original.clone();
    original.run_until(SimTime::from_secs((moment.as_secs() + 1.0).min(SECONDS)), &mut ());
    copy.run_until(SimTime::from_secs(SECONDS), &mut digest);
    digest.hex()
}
