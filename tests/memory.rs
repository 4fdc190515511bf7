//! How much memory a run takes. Alone in its program, so that nothing else is counted.
#![cfg(not(target_arch = "wasm32"))]

use std::alloc::System;
use std::sync::{Arc, Mutex};

use cap::Cap;
use cascade::base::{QueueIx, SimTime};
use cascade::engine::Simulation;
use cascade::observation::Digest;
use cascade::scenario::Scenario;
use cascade::telemetry::{Statistics, Telemetry};

#[global_allocator]
static ALLOCATOR: Cap<System> = Cap::new(System, usize::MAX);

/// One test at a time: they count what the whole program takes.
static ALONE: Mutex<()> = Mutex::new(());

#[test]
fn a_million_queued_messages_stay_under_100_mb() {
    let _alone = ALONE.lock();
    let text = r#"{ "schema": 1, "nodes": {
        "web": { "kind": "client", "arrivals": { "constant": { "rate": 500000 } },
                 "operation": [ { "publish": { "to": "mail" } } ] },
        "mail": { "kind": "queue" } } }"#;
    let plan = Arc::new(Scenario::read(text).and_then(|scenario| scenario.plan()).expect("a plan"));
    let before = ALLOCATOR.allocated();
    let mut simulation = Simulation::new(Arc::clone(&plan));
    // As on the page: everything that is measured is counted too.
    let mut telemetry = Telemetry::new(&plan);
    while simulation.queue(QueueIx(0)).ready < 1_000_000 {
        let next = SimTime::from_secs(simulation.now().as_secs() + 0.01);
        simulation.run_until(next, &mut telemetry);
        assert!(next < SimTime::from_secs(3.0), "the messages do not come");
    }
    let (now, most) = (ALLOCATOR.allocated() - before, ALLOCATOR.max_allocated() - before);
    println!("{} MB for 1,000,000 messages, {} MB at most", now / 1_000_000, most / 1_000_000);
    assert!(most < 100_000_000, "{now} bytes, at most {most}");
}

/// A warm system takes no memory for an event: what it had is used again. Only a latency beyond all before it makes a
/// table longer, now and then.
#[test]
fn a_warm_run_takes_no_memory() {
    let _alone = ALONE.lock();
    for name in ["calls", "disciplines", "network", "queue", "retries"] {
        let path = format!("{}/tests/scenarios/{name}.json", env!("CARGO_MANIFEST_DIR"));
        let text = std::fs::read_to_string(path).expect("the scenario is there");
        let plan = Arc::new(Scenario::read(&text).and_then(|scenario| scenario.plan()).expect("a plan"));
        let mut simulation = Simulation::new(Arc::clone(&plan));
        let mut observer = (Statistics::new(&plan, SimTime::ZERO), Digest::default());
        simulation.run_until(SimTime::from_secs(600.0), &mut observer);
        let (bytes, events) = (ALLOCATOR.total_allocated(), simulation.events());
        simulation.run_until(SimTime::from_secs(900.0), &mut observer);
        let (bytes, events) = (ALLOCATOR.total_allocated() - bytes, simulation.events() - events);
        println!("{name}: {bytes} bytes in {events} events");
        assert!(events > 5_000, "{name}: {events} events say little");
        assert!((bytes as u64) < events, "{name}: {bytes} bytes in {events} events");
    }
}
