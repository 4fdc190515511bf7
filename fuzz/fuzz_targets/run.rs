//! The first second of any scenario: nothing panics, stands still or grows without bound; the ledger balances.
#![no_main]

#[path = "../../tests/support/generate.rs"]
mod generate;
#[path = "../../tests/support/mutate.rs"]
mod mutate;

use std::sync::Arc;

use cascade::base::SimTime;
use cascade::engine::Simulation;
use cascade::observation::Digest;
use cascade::scenario::Scenario;
use cascade::telemetry::{RunFacts, Spans, Statistics};
use libfuzzer_sys::fuzz_target;

/// Events of a run, at most.
const MOST_EVENTS: u64 = 200_000;

fuzz_target!(|data: &[u8]| {
    let text = match std::str::from_utf8(data) {
        Ok(text) if text.starts_with('{') => text.to_owned(),
        _ => grown(data),
    };
    let Ok(plan) = Scenario::read(&text).and_then(|scenario| scenario.plan()) else { return };
    let plan = Arc::new(plan);
    let end = SimTime::from_secs(1.0);
    let mut simulation = Simulation::new(Arc::clone(&plan));
    let measured = (Statistics::new(&plan, SimTime::ZERO), Digest::default());
    let mut observer = (measured, Spans::new(SimTime::ZERO, 10_000));
    while simulation.events() < MOST_EVENTS && simulation.next_event_at().is_some_and(|next| next <= end) {
        simulation.step(&mut observer);
    }
    let ((statistics, digest), _) = observer;
    let facts = RunFacts {
        end: simulation.now(),
        events: simulation.events(),
        digest: digest.hex(),
        in_flight: simulation.in_flight(),
    };
    let ledger = statistics.result(&plan, facts).ledger;
    assert!(ledger.balances(), "{ledger:?}");
});

/// A generated scenario, in which every further four bytes replace one part.
fn grown(data: &[u8]) -> String {
    let (seed, edits) = data.split_at(data.len().min(8));
    let seed = seed.iter().fold(0, |seed, &byte| seed << 8 | u64::from(byte));
    let mut scenario = generate::scenario(seed);
    for edit in edits.chunks_exact(4).take(20) {
        mutate::mutate(&mut scenario, [edit[0], edit[1], edit[2], edit[3]]);
    }
    scenario.to_string()
}
