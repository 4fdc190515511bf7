//! What the native suites share: run a scenario, get its result.
#![allow(dead_code)] // Each suite uses its own part.

use std::sync::Arc;

use cascade::base::SimTime;
use cascade::engine::Simulation;
use cascade::observation::Digest;
use cascade::scenario::{Plan, Scenario};
use cascade::telemetry::result::RunResult;
use cascade::telemetry::{RunFacts, Statistics};
use serde_json::Value;

/// The plan of a scenario that must be good, as text or as a value, under a seed.
pub fn plan(scenario: &(impl ToString + ?Sized), seed: u64) -> Arc<Plan> {
    let text = scenario.to_string();
    let plan = Scenario::read(&text).and_then(|scenario| scenario.plan());
    let mut plan = plan.unwrap_or_else(|diagnostics| panic!("{diagnostics:#?}\nin {text}"));
    plan.seed = seed;
    Arc::new(plan)
}

/// Runs a scenario for `seconds` after `warmup` seconds. The ledger must balance, whatever else is asked.
pub fn run(scenario: &(impl ToString + ?Sized), seed: u64, warmup: f64, seconds: f64) -> RunResult {
    let plan = plan(scenario, seed);
    let end = SimTime::from_secs(warmup + seconds);
    let mut simulation = Simulation::new(Arc::clone(&plan));
    let mut observer = (Statistics::new(&plan, SimTime::from_secs(warmup)), Digest::default());
    simulation.run_before(end, &mut observer);
    assert_eq!(simulation.halted(), None, "the run came to its end");
    let facts = RunFacts {
        end,
        events: simulation.events(),
        digest: observer.1.hex(),
        in_flight: simulation.in_flight(),
    };
    let result = observer.0.result(&plan, facts);
    assert!(result.ledger.balances(), "the ledger balances: {:?}", result.ledger);
    result
}

/// Runs independent replications (seeds 1, 2, …) on two threads and gives `of` each.
pub fn replicate<T: Send>(
    scenario: &Value,
    replications: u64,
    warmup: f64,
    seconds: f64,
    of: impl Fn(&RunResult) -> T + Sync,
) -> Vec<T> {
    let measure = |seed| of(&run(scenario, seed, warmup, seconds));
    let seeds: Vec<u64> = (1..=replications).collect();
    let measure = &measure;
    std::thread::scope(|scope| {
        let halves: Vec<_> = seeds
            .chunks(seeds.len().div_ceil(2))
            .map(|half| scope.spawn(move || half.iter().map(|&seed| measure(seed)).collect::<Vec<T>>()))
            .collect();
        halves.into_iter().flat_map(|half| half.join().expect("a replication runs")).collect()
    })
}
