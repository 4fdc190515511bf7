//! What measuring costs: nanoseconds per observation, over a stream like that of three stations in series.
//!
//! `cargo bench --no-default-features --bench telemetry`; the figure to look at is the throughput, in
//! observations (elements) per second.
#![allow(missing_docs, reason = "what criterion's macros make is documented there")]

#[path = "support/series.rs"]
mod series;

use std::sync::Arc;

use cascade::base::{ClientIx, EdgeIx, LinkIx, OpIx, ServiceIx, SimDuration, SimTime, Stream};
use cascade::engine::Simulation;
use cascade::observation::{CallResult, Digest, Fate, JobEnd, MessageKind, Observation, Observer, Outcome};
use cascade::scenario::Plan;
use cascade::telemetry::{Recent, Statistics, Telemetry};
use criterion::{BatchSize, Criterion, Throughput, criterion_group, criterion_main};

/// Stations in series.
const STATIONS: u32 = 3;

/// The facts about `requests` requests, one every 3 ms, that go through all stations, with exponential times.
fn facts(requests: u64) -> Vec<(SimTime, Observation)> {
    let mut stream = Stream::new(1, "bench", "facts");
    let mut facts = Vec::new();
    for request in 0..requests {
        one(request, &mut stream, &mut facts);
    }
    facts.sort_by_key(|&(at, _)| at);
    facts
}

/// The facts about one request, in the order of time.
fn one(request: u64, stream: &mut Stream, facts: &mut Vec<(SimTime, Observation)>) {
    let client = ClientIx(0);
    let offered = SimTime(request * 3_000_000);
    let mut at = offered;
    let mut wait = |mean: f64| {
        at += SimDuration((stream.exponential() * mean) as u64);
        at
    };
    let mut see = |at, what| facts.push((at, what));
    see(offered, Observation::Offered { client, request });
    let mut called = offered;
    for station in 0..STATIONS {
        let (service, edge, op, replica) = (ServiceIx(station), EdgeIx(station), OpIx(station), 0);
        let (out, back) = (LinkIx(2 * station), LinkIx(2 * station + 1));
        let message = 2 * (request * u64::from(STATIONS) + u64::from(station));
        let sent = |message, kind, link, at| Observation::Sent { message, kind, link, request, arrives: at };
        let workers = |busy| Observation::Workers { service, replica, busy, blocked: 0, total: 4 };
        let started = called;
        see(started, Observation::CallStarted { edge });
        see(started, Observation::Attempted { edge, attempt: 1 });
        see(started, Observation::Created);
        see(started, sent(message, MessageKind::Request, out, started));
        let arrived = wait(1e6);
        see(arrived, Observation::Landed { message, link: out });
        see(arrived, Observation::Arrived { service, replica, op, request });
        see(arrived, Observation::Queued { service, replica });
        let begun = wait(5e6);
        see(begun, Observation::Dequeued { service, replica, queued: arrived });
        see(begun, workers(1));
        see(begun, Observation::Started { service, replica, arrived });
        let done = wait(1e7);
        let end = JobEnd::Completed;
        see(
            done,
            Observation::Finished {
                service,
                replica,
                op,
                end,
                arrived,
                waited: SimDuration::ZERO,
                wasted: false,
            },
        );
        see(done, Observation::Settled { fate: Fate::Consumed });
        see(done, workers(0));
        see(done, Observation::Created);
        see(done, sent(message + 1, MessageKind::Reply, back, done));
        called = wait(1e6);
        see(called, Observation::Landed { message: message + 1, link: back });
        see(called, Observation::Settled { fate: Fate::Consumed });
        see(called, Observation::AttemptEnded { edge, result: CallResult::Ok, sent: started });
        see(called, Observation::CallEnded { edge, result: CallResult::Ok, started });
    }
    see(called, Observation::Ended { client, request, outcome: Outcome::Good, offered });
}

/// Feeds all facts to a warm copy of the observer, again and again; the copying is not timed.
fn measure<O: Observer + Clone>(
    criterion: &mut Criterion,
    name: &str,
    fresh: O,
    facts: &[(SimTime, Observation)],
) {
    let mut group = criterion.benchmark_group("telemetry");
    group.throughput(Throughput::Elements(facts.len() as u64));
    group.bench_function(name, |bencher| {
        let feed = |observer: &mut O| facts.iter().for_each(|&(at, what)| observer.observe(at, what));
        bencher.iter_batched_ref(|| fresh.clone(), feed, BatchSize::LargeInput);
    });
}

fn telemetry(criterion: &mut Criterion) {
    let plan = series::plan();
    // Few enough to stay in the cache: the engine hands over its facts in registers, not from memory.
    let facts = facts(200);
    measure(criterion, "digest", Digest::default(), &facts);
    measure(criterion, "statistics", Statistics::new(&plan, SimTime::ZERO), &facts);
    measure(criterion, "recent", Recent::new(&plan), &facts);
    measure(criterion, "everything", Telemetry::new(&plan), &facts);
}

/// What a variant of the page measures, but for the spans.
#[derive(Clone)]
struct WithoutSpans(Telemetry);

impl Observer for WithoutSpans {
    #[inline(always)]
    fn observe(&mut self, at: SimTime, what: Observation) {
        self.0.observe(at, what);
    }
}

/// Whole runs, with the engine: what it costs to follow every request's spans.
fn spans(criterion: &mut Criterion) {
    let plan = series::plan();
    run(criterion, "without spans", &plan, WithoutSpans(Telemetry::new(&plan)));
    run(criterion, "with spans", &plan, Telemetry::new(&plan));
}

fn run<O: Observer + Clone>(criterion: &mut Criterion, name: &str, plan: &Arc<Plan>, fresh: O) {
    const SECONDS: f64 = 10.0;
    let mut simulation = Simulation::new(Arc::clone(plan));
    let mut observer = fresh;
    simulation.run_until(SimTime::from_secs(SECONDS), &mut observer);
    let warm = (simulation, observer);
    let mut group = criterion.benchmark_group("run");
    group.bench_function(name, |bencher| {
        let go = |(simulation, observer): &mut (Simulation, O)| {
            simulation.run_until(SimTime::from_secs(2.0 * SECONDS), observer);
        };
        bencher.iter_batched_ref(|| warm.clone(), go, BatchSize::LargeInput);
    });
}

criterion_group!(benches, telemetry, spans);
criterion_main!(benches);
