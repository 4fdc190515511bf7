//! How fast the engine is, beside a hand-written loop that can do nothing else, and its calendar beside a bare heap.
//!
//! `cargo bench --bench engine`. Times on a busy machine say little: compare the figures of one run.
#![allow(missing_docs, reason = "what criterion's macros make is documented there")]

#[path = "support/series.rs"]
mod series;
#[path = "support/systems.rs"]
mod systems;

use std::cmp::Reverse;
use std::collections::{BinaryHeap, VecDeque};

use cascade::base::{SimDuration, SimTime, Stream};
use cascade::engine::Calendar;
use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};

/// Simulated time per iteration: about 64,000 requests.
const SECONDS: f64 = 200.0;

fn stations(criterion: &mut Criterion) {
    let plan = series::plan();
    let (requests, latency_ms) = series::simulate(&plan, SECONDS);
    let (flat_requests, flat_ms) = flat_loop(SECONDS);
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
    group.bench_function("hand-written flat loop", |bencher| bencher.iter(|| flat_loop(SECONDS)));
    group.finish();
}

/// The same system as one loop over a heap: no messages, no links, no policies, one mean. The yardstick.
fn flat_loop(seconds: f64) -> (u64, f64) {
    const WORKERS: u32 = 4;
    let mut arrivals = Stream::new(1, "flat", "arrivals");
    let mut work = Stream::new(1, "flat", "work");
    let mut heap: BinaryHeap<Reverse<(SimTime, u64, u32, SimTime)>> = BinaryHeap::new();
    let mut waiting: [VecDeque<SimTime>; 3] = Default::default();
    let mut busy = [0_u32; 3];
    let (mut sequence, mut offered, mut answered, mut total_ms) = (0_u64, 0_u64, 0_u64, 0.0);
    let gap = |stream: &mut Stream, mean_s: f64| SimDuration::from_secs(mean_s * stream.exponential());
    heap.push(Reverse((SimTime::ZERO + gap(&mut arrivals, 1.0 / 320.0), 0, 0, SimTime::ZERO)));
    while let Some(Reverse((now, _, what, born))) = heap.pop() {
        if now > SimTime::from_secs(seconds) {
            break;
        }
        // What ended: 0 an arrival gap, 1 to 3 the work at that station. Who comes to which station then?
        let (station, born) = if what == 0 {
            offered += 1;
            sequence += 1;
            heap.push(Reverse((now + gap(&mut arrivals, 1.0 / 320.0), sequence, 0, now)));
            (0, now)
        } else {
            let left = what as usize - 1;
            match waiting[left].pop_front() {
                Some(next) => {
                    sequence += 1;
                    heap.push(Reverse((now + gap(&mut work, 0.01), sequence, what, next)));
                }
                None => busy[left] -= 1,
            }
            (what as usize, born)
        };
        if station == 3 {
            answered += 1;
            total_ms += now.since(born).as_millis();
        } else if busy[station] < WORKERS {
            busy[station] += 1;
            sequence += 1;
            heap.push(Reverse((now + gap(&mut work, 0.01), sequence, station as u32 + 1, born)));
        } else {
            waiting[station].push_back(born);
        }
    }
    (offered, total_ms / answered as f64)
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
