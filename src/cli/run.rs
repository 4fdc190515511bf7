//! `cascade run`: simulates a scenario and prints what was measured.

use std::sync::Arc;
use std::time::Duration;

use cascade::base::SimTime;
use cascade::engine::{Halt, Simulation};
use cascade::observation::Digest;
use cascade::scenario::{Diagnostic, Plan};
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
    let (result, halt, took) = simulate(plan, warmup, warmup + arguments.measured);
    say(speed(result.events, took));
    print(&match arguments.format {
        Format::Json => json(&result)?,
        Format::Text => text(&result),
    })?;
    match halt {
        None => Ok(()),
        Some((halt, at)) => Err(Problem::Scenario(vec![halted(halt, at)])),
    }
}

/// The scenario with its overrides, compiled.
fn plan(arguments: &RunArguments) -> Result<Plan, Problem> {
    let mut scenario = input::scenario(&arguments.file)?;
    for (path, value) in &arguments.set {
        scenario = scenario.set_text(path, value).map_err(Problem::Scenario)?;
    }
    let mut plan = scenario.plan().map_err(Problem::Scenario)?;
    if let Some(seed) = arguments.seed {
        plan.seed = seed;
    }
    Ok(plan)
}

/// Simulates from the start to `end` and measures from `warmup` on; says why and when it stopped, if before `end`, and
/// how long it took in wall time.
fn simulate(
    plan: Arc<Plan>,
    warmup: SimTime,
    end: SimTime,
) -> (RunResult, Option<(Halt, SimTime)>, Duration) {
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
        end: simulation.now(),
        events: simulation.events(),
        digest: digest.hex(),
        in_flight: simulation.in_flight(),
    };
    (statistics.result(&plan, facts), simulation.halted().map(|halt| (halt, simulation.now())), took)
}

/// Why the result covers less than was asked for.
fn halted(halt: Halt, at: SimTime) -> Diagnostic {
    let after = at.since(SimTime::ZERO);
    let (message, help) = match halt {
        Halt::Endless => (
            "events follow each other without end at one instant",
            "somewhere a loop has no delay at all: give a retry a backoff, a link a latency or a step some work",
        ),
        Halt::Full => (
            "more messages and operations are alive than there is room for",
            "something grows without bound: give it a timeout or a bounded queue, lower the rate, or shorten the run",
        ),
    };
    let message = format!("the run stopped after {after}: {message}");
    Diagnostic { path: String::new(), message, help: help.to_owned() }
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
