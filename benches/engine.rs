//! How fast the engine is, beside a hand-written loop that can do nothing else, and its calendar beside a bare heap.
//!
//! `cargo bench --bench engine`. Times on a busy machine say little: compare the figures of one run.
#![allow(missing_docs, reason = "what criterion's macros make is documented there")]

#[path = "support/flat.rs"]
mod flat;
#[path = "support/series.rs"]
mod series;
#[path = "support/systems.rs"]
mod systems;

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use cascade::base::{SimDuration, SimTime, Stream};
use cascade::engine::Calendar;
use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};

/// Simulated time per iteration: about 64,000 requests.
const SECONDS: f64 = 200.0;

fn stations(criterion: &mut Criterion) {
    let plan = series::plan();
    let (requests, latency_ms) = series::simulate(&plan, SECONDS);
    let (flat_requests, flat_ms) = flat::simulate(SECONDS);
    assert!(
        (latency_ms / flat_ms - 1.0).abs() < 0.1,
        "both simulate the same system: {latency_ms}, {flat_ms}"
    );
    let mut group = criterion.benchmark_group("three M/M/4 stations in series");
    group.sample_size(20);
    group.throughput(Throughput::Elements(requests));
    group.bench_function("engine, full statistics", |bencher| {
        bencher.iter(|| series::simulate(&plan, SECONDS))
    });
    group.throughput(Throughput::Elements(flat_requests));
    group.bench_function("hand-written flat loop", |bencher| bencher.iter(|| flat::simulate(SECONDS)));
    group.finish();
}

/// What else a scenario is made of: events per second, full statistics.
fn systems(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("events, full statistics");
    group.sample_size(20);
    for (name, plan) in systems::plans() {
        let events = systems::simulate(&plan, SECONDS);
        group.throughput(Throughput::Elements(events));
        group.bench_function(name, |bencher| bencher.iter(|| systems::simulate(&plan, SECONDS)));
    }
    group.finish();
}

/// The hold model: take the next event, schedule another; so many stay pending.
fn calendar(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("calendar, one event taken and one scheduled");
    group.sample_size(20);
    for pending in [100_u64, 10_000, 1_000_000] {
        let mut stream = Stream::new(1, "calendar", "bench");
        let mut delay = move || SimDuration(1 + stream.below(2_000_000_000));
        let mut calendar = Calendar::default();
        let mut heap = BinaryHeap::new();
        for event in 0..pending {
            let at = SimTime::ZERO + delay();
            calendar.schedule(at, event);
            heap.push(Reverse((at, event, event)));
        }
        group.bench_function(BenchmarkId::new("calendar", pending), |bencher| {
            bencher.iter(|| {
                let (at, event) = calendar.pop_until(SimTime::NEVER).expect("some are pending");
                calendar.schedule(at + delay(), event);
            });
        });
        let mut sequence = pending;
        let mut stream = Stream::new(1, "calendar", "bench");
        let mut delay = move || SimDuration(1 + stream.below(2_000_000_000));
        group.bench_function(BenchmarkId::new("bare binary heap", pending), |bencher| {
            bencher.iter(|| {
                let Reverse((at, _, event)) = heap.pop().expect("some are pending");
                sequence += 1;
                heap.push(Reverse((at + delay(), sequence, event)));
            });
        });
    }
    group.finish();
}

criterion_group!(benches, stations, systems, calendar);
criterion_main!(benches);
