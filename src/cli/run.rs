//! `cascade run`: simulates a scenario and prints what was measured.

use std::sync::Arc;
use std::time::Duration;

use cascade::scenario::Plan;
use cascade::telemetry::result::RunResult;
use cascade::telemetry::text;

use super::args::{Format, RunArguments};
use super::input;
use super::output::{Problem, print, say};
use super::progress::Progress;
use super::record::Record;
use super::simulate::{SLICES, Stretch, simulate};

/// Runs the scenario, prints the result to standard output and the speed to standard error.
pub fn run(arguments: &RunArguments) -> Result<(), Problem> {
    let plan = Arc::new(plan(arguments)?);
    let stretch = Stretch { warmup: arguments.warmup, measured: arguments.measured };
    let record = Record::new(&plan, stretch.begins(), arguments.trace.as_ref(), arguments.events.as_ref())?;
    let mut progress = Progress::new(SLICES);
    let done = |slice| progress.done(slice);
    let simulated = match record {
        None => simulate(Arc::clone(&plan), stretch, &mut (), done),
        Some(mut record) => {
            let simulated = simulate(Arc::clone(&plan), stretch, record.observer(), done);
            record.write(simulated.end)?;
            simulated
        }
    };
    let result = simulated.result;
    say(speed(result.events, progress.finish()));
    print(&match arguments.format {
        Format::Json => json(&result)?,
        Format::Text => text(&result),
    })?;
    match simulated.halt {
        None => Ok(()),
        Some(halt) => Err(Problem::Scenario(vec![halt])),
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
