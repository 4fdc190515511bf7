//! The digest of a run, natively and in wasm.

use std::sync::Arc;

use cascade::base::SimTime;
use cascade::engine::Simulation;
use cascade::observation::Digest;
use cascade::scenario::Scenario;

/// Simulated seconds that a digest covers.
pub const SECONDS: f64 = 60.0;

/// The digest of a scenario's first minute.
pub fn digest(text: &str) -> String {
    run(text, SECONDS).hex()
}

/// The digest of a scenario's first `seconds`.
pub fn run(text: &str, seconds: f64) -> Digest {
    let scenario = Scenario::read(text).expect("a good scenario");
    let mut simulation = Simulation::new(Arc::new(scenario.plan().expect("a plan")));
    let mut digest = Digest::default();
    simulation.run_until(SimTime::from_secs(seconds), &mut digest);
    digest
}
