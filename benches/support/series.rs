//! Three M/M/4 stations in series, with full statistics: the system that speed is measured on.

#![allow(dead_code)] // Each benchmark uses its own part.

use std::sync::Arc;

use cascade::base::SimTime;
use cascade::engine::Simulation;
use cascade::observation::Digest;
use cascade::scenario::{Plan, Scenario};
use cascade::telemetry::result::RunResult;
use cascade::telemetry::{RunFacts, Statistics};

const SCENARIO: &str = include_str!("../scenarios/stations.json");

/// The plan of the three stations.
pub fn plan() -> Arc<Plan> {
    read(SCENARIO)
}

/// The plan of a scenario.
pub fn read(text: &str) -> Arc<Plan> {
    Arc::new(Scenario::read(text).and_then(|scenario| scenario.plan()).expect("a good scenario"))
}

/// Simulates so many seconds as the command line does: every statistic, the digest, the result. Gives the number of
/// requests and the mean latency in milliseconds.
pub fn simulate(plan: &Arc<Plan>, seconds: f64) -> (u64, f64) {
    let result = whole(plan, seconds);
    let web = result.clients.get("web").expect("web");
    (web.offered, web.latency_ms.mean)
}

/// The whole result of so many seconds.
pub fn whole(plan: &Arc<Plan>, seconds: f64) -> RunResult {
    let end = SimTime::from_secs(seconds);
    let mut simulation = Simulation::new(Arc::clone(plan));
    let mut observer = (Statistics::new(plan, SimTime::ZERO), Digest::default());
    simulation.run_until(end, &mut observer);
    let facts = RunFacts {
        end,
        events: simulation.events(),
        digest: observer.1.hex(),
        in_flight: simulation.in_flight(),
    };
    observer.0.result(plan, facts)
}
