//! The scenarios whose digests are written down, and how to compute them: the same code natively and in wasm.

use std::sync::Arc;

use cascade::base::SimTime;
use cascade::engine::Simulation;
use cascade::observation::Digest;
use cascade::scenario::Scenario;

/// Names and texts of the scenarios in tests/scenarios.
pub const SCENARIOS: &[(&str, &str)] = &[
    ("cascade", include_str!("../scenarios/cascade.json")),
    ("between", include_str!("../scenarios/between.json")),
    ("network", include_str!("../scenarios/network.json")),
    ("closed", include_str!("../scenarios/closed.json")),
    ("disciplines", include_str!("../scenarios/disciplines.json")),
    ("retries", include_str!("../scenarios/retries.json")),
];

/// What is written down: a line each, `name digest`.
pub const WRITTEN: &str = include_str!("../scenarios/digests.txt");

/// Simulated seconds that a digest covers.
pub const SECONDS: f64 = 60.0;

/// The digest of a scenario's first minute.
pub fn digest(text: &str) -> String {
    let scenario = Scenario::read(text).expect("a good scenario");
    let mut simulation = Simulation::new(Arc::new(scenario.plan().expect("a plan")));
    let mut digest = Digest::default();
    simulation.run_until(SimTime::from_secs(SECONDS), &mut digest);
    digest.hex()
}

/// The digests that are written down must be those that come out; gives what came out, in the form of the file.
pub fn compute() -> String {
    SCENARIOS.iter().map(|(name, text)| format!("{name} {}\n", digest(text))).collect()
}
