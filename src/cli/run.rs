//! `cascade run`: simulates a scenario and prints what was measured.

use std::sync::Arc;
use std::time::Duration;

use cascade::scenario::{Plan, Scenario};
use cascade::session;
use cascade::telemetry::text;
use serde::Serialize;

use super::args::{Format, RunArguments};
use super::input;
use super::output::{Problem, print, say};
use super::progress::Progress;
use super::record::Record;
use super::replay::replay;
use super::simulate::{SLICES, Stretch, simulate};

/// Runs the scenario, prints the result to standard output and the speed to standard error.
///
/// A recorded run is done again; where it has two variants, there are two results.
pub fn run(arguments: &RunArguments) -> Result<(), Problem> {
    let record = input::run(&arguments.file)?;
    let scenario = match record.variants.as_slice() {
        [only] if record.log.is_empty() => only.scenario.clone(),
        _ => return recorded(record, arguments),
    };
    let plan = Arc::new(plan(scenario, arguments)?);
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

/// Runs a recorded run; prints its result, or a list of the results of its two variants.
fn recorded(record: session::Record, arguments: &RunArguments) -> Result<(), Problem> {
    let results = replay(record, arguments)?;
    print(&match (arguments.format, results.as_slice()) {
        (Format::Text, _) => results.iter().map(text).collect::<Vec<_>>().join("\n"),
        (Format::Json, [only]) => json(only)?,
        (Format::Json, all) => json(all)?,
    })
}

/// The scenario with its overrides, compiled.
fn plan(mut scenario: Scenario, arguments: &RunArguments) -> Result<Plan, Problem> {
    for (path, value) in &arguments.set {
        scenario = scenario.set_text(path, value).map_err(Problem::Scenario)?;
    }
    let mut plan = scenario.plan().map_err(Problem::Scenario)?;
    if let Some(seed) = arguments.seed {
        plan.seed = seed;
    }
    Ok(plan)
}

fn json(result: &(impl Serialize + ?Sized)) -> Result<String, Problem> {
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
