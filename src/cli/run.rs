//! `cascade run`: simulates a scenario and prints what was measured.

use std::sync::Arc;
use std::time::Duration;

use cascade::base::SimTime;
use cascade::engine::Simulation;
use cascade::observation::Digest;
use cascade::scenario::{Json, Plan};
use cascade::telemetry::result::RunResult;
use cascade::telemetry::{RunFacts, Statistics, text};

use super::args::{Format, RunArguments};
use super::input;
use super::output::{Problem, print, say};
use super::progress::Progress;

/// In how many slices a run is simulated, so that its progress can be seen. Slicing never changes a result.
const SLICES: u64 = 200;

/// Runs the scenario, prints the result to standard output and the speed to standard error.
pub fn run(arguments: &RunArguments) -> Result<(), Problem> {
    let plan = Arc::new(plan(arguments)?);
    let warmup = SimTime::ZERO + arguments.warmup;
    let (result, took) = simulate(plan, warmup, warmup + arguments.measured);
    say(speed(result.events, took));
    print(&match arguments.format {
        Format::Json => json(&result)?,
        Format::Text => text(&result),
    })
}

/// The scenario with its overrides, compiled.
fn plan(arguments: &RunArguments) -> Result<Plan, Problem> {
    let mut scenario = input::scenario(&arguments.file)?;
    for (path, value) in &arguments.set {
        scenario = scenario.with(path, &value_of(value)).map_err(Problem::Scenario)?;
    }
    let mut plan = scenario.plan().map_err(Problem::Scenario)?;
    if let Some(seed) = arguments.seed {
        plan.seed = seed;
    }
    Ok(plan)
}

/// What stands behind the equals sign: JSON where it is JSON, else a string (`20ms`, `lifo`).
fn value_of(text: &str) -> Json {
    serde_json::from_str(text).map_or_else(|_| Json::String(text.to_owned()), ordered)
}

fn ordered(value: serde_json::Value) -> Json {
    use serde_json::Value;
    match value {
        Value::Null => Json::Null,
        Value::Bool(truth) => Json::Bool(truth),
        Value::Number(number) => Json::Number(number.as_f64().unwrap_or(f64::NAN)),
        Value::String(text) => Json::String(text),
        Value::Array(items) => Json::Array(items.into_iter().map(ordered).collect()),
        Value::Object(members) => {
            Json::Object(members.into_iter().map(|(key, value)| (key, ordered(value))).collect())
        }
    }
}

/// Simulates from the start to `end` and measures from `warmup` on; says how long that took in wall time.
fn simulate(plan: Arc<Plan>, warmup: SimTime, end: SimTime) -> (RunResult, Duration) {
    let mut simulation = Simulation::new(Arc::clone(&plan));
    let mut observer = (Statistics::new(&plan, warmup), Digest::default());
    let mut progress = Progress::new(SLICES);
    for slice in 1..=SLICES {
        let until = u128::from(end.0) * u128::from(slice) / u128::from(SLICES);
        simulation.run_until(SimTime(until as u64), &mut observer);
        progress.done(slice);
    }
    let took = progress.finish();
    let (statistics, digest) = observer;
    let facts = RunFacts {
        end,
        events: simulation.events(),
        digest: digest.hex(),
        in_flight: simulation.in_flight(),
    };
    (statistics.result(&plan, facts), took)
}

fn json(result: &RunResult) -> Result<String, Problem> {
    match serde_json::to_string_pretty(result) {
        Ok(text) => Ok(text + "\n"),
        Err(error) => Err(Problem::Misuse(format!("cannot print the result as JSON: {error}"))),
    }
}

/// The speed of a run, for people.
fn speed(events: u64, took: Duration) -> String {
    let seconds = took.as_secs_f64();
    let rate = if seconds > 0.0 { events as f64 / seconds / 1e6 } else { 0.0 };
    format!("{events} events in {seconds:.3} s: {rate:.2} million events per second")
}
