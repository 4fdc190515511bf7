//! What must hold of every scenario, over a swarm of random ones.
//!
//! The scenarios come from consecutive seeds: set `CASCADE_SEED` to begin elsewhere and `CASCADE_CASES` for more. A
//! failure prints its seed and its scenario.

#[path = "support/generate.rs"]
mod generate;
#[path = "support/mod.rs"]
mod support;

use std::collections::BTreeSet;
use std::sync::Arc;

use cascade::base::{ClientIx, ServiceIx, SimTime, Stream};
use cascade::engine::Simulation;
use cascade::observation::{Digest, Effect, Observation, Observer};
use cascade::scenario::{Plan, Scenario};
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
    let (first, cases) = (number("CASCADE_SEED", 1), number("CASCADE_CASES", 600));
    println!("seeds {first}..{}", first + cases);
    let half = |from: u64| {
        move || {
            (first..first + cases)
                .filter(|seed| seed % 2 == from)
                .map(check)
                .fold((0, 0), |a, b| (a.0 + b.0, a.1 + b.1))
        }
    };
    let (offered, published) = std::thread::scope(|scope| {
        let halves = [scope.spawn(half(0)), scope.spawn(half(1))];
        halves
            .into_iter()
            .map(|half| half.join().expect("all hold"))
            .fold((0, 0), |a, b| (a.0 + b.0, a.1 + b.1))
    });
    // A generator that makes nothing happen would prove nothing.
    assert!(offered > 200 * cases && published > 20 * cases, "{offered} requests, {published} messages");
}

/// Checks one scenario and says how many requests and messages it had.
fn check(seed: u64) -> (u64, u64) {
    let scenario = generate::scenario(seed);
    let checked = std::panic::catch_unwind(|| check_scenario(&scenario, seed));
    checked.unwrap_or_else(|_| panic!("seed {seed}:\n{scenario:#}"))
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
    let published = result.queues.0.iter().map(|(_, queue)| queue.published).sum();
    (offered, published)
}

/// Counts that can be checked against one another while the run goes on.
struct Watch<'p> {
    plan: &'p Plan,
    now: SimTime,
    in_system: Vec<i64>,
    /// Effects of messages at idempotent consumers.
    effects: BTreeSet<(u32, u32, u64)>,
}

impl Observer for Watch<'_> {
    fn observe(&mut self, at: SimTime, what: Observation) {
        assert!(at >= self.now, "time never goes back");
        self.now = at;
        match what {
            Observation::Arrived { service, .. } => self.in_system[service.at()] += 1,
            Observation::Refused { service, .. } | Observation::Finished { service, .. } => {
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
            Observation::Attempted { attempt, .. } => assert!((1..=4).contains(&attempt)),
            Observation::Wrote { store, access, message, effect } if self.plan.stores[store.at()].unique => {
                assert_ne!(effect, Effect::Duplicated, "an idempotent consumer");
                if effect == Effect::Applied && message != 0 {
                    assert!(
                        self.effects.insert((store.0, access.0, message)),
                        "message {message} had its effect twice"
                    );
                }
            }
            Observation::Connections { store, busy, .. } => {
                assert!(busy <= self.plan.stores[store.at()].connections, "{busy} connections");
            }
            _ => {}
        }
    }
}

fn straight(plan: &Arc<Plan>) -> (RunResult, Simulation) {
    let end = SimTime::from_secs(SECONDS);
    let mut simulation = Simulation::new(Arc::clone(plan));
    let watch =
        Watch { plan, now: SimTime::ZERO, in_system: vec![0; plan.services.len()], effects: BTreeSet::new() };
    let mut observer = ((Statistics::new(plan, SimTime::ZERO), Digest::default()), watch);
    simulation.run_until(end, &mut observer);
    assert_eq!(simulation.halted(), None);
    let ((statistics, digest), watch) = observer;
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
        assert!(service.completed + service.failed + service.rejected <= service.arrivals, "{name}");
        assert!(service.started <= service.arrivals - service.rejected, "{name}: starts");
        assert!(service.wasted <= service.completed + service.failed, "{name}: waste");
        assert!(
            service.queue_length_mean <= f64::from(service.queue_length_max as u32) + 1e-9,
            "{name}: waiting line"
        );
    }
    for call in &result.calls {
        assert_eq!(call.attempts, call.calls + call.retries, "{}→{}", call.from, call.to);
        assert!(call.ok + call.failed.total() <= call.calls, "{}→{}", call.from, call.to);
    }
    for (name, queue) in &result.queues.0 {
        let kept = u64::from(queue.ready + queue.unacked);
        let gone = queue.acked + queue.expired + queue.dropped + queue.dead_lettered;
        assert_eq!(queue.published, gone + kept, "{name}: every message is in one state");
        assert!(queue.delivered >= queue.acked && queue.delivered >= queue.redelivered, "{name}: deliveries");
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
    original.run_until(SimTime::from_secs(2.0 * SECONDS), &mut ());
    copy.run_until(SimTime::from_secs(SECONDS), &mut digest);
    digest.hex()
}
