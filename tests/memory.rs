//! How much memory a run takes. Alone in its program, so that nothing else is counted.
#![cfg(not(target_arch = "wasm32"))]

use std::alloc::System;
use std::sync::Arc;

use cap::Cap;
use cascade::base::{QueueIx, SimTime};
use cascade::engine::Simulation;
use cascade::scenario::Scenario;
use cascade::telemetry::Telemetry;

#[global_allocator]
static ALLOCATOR: Cap<System> = Cap::new(System, usize::MAX);

#[test]
fn a_million_queued_messages_stay_under_100_mb() {
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
