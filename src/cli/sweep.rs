//! `cascade sweep`: the same scenario over a grid of parameters and seeds, on all cores.
//!
//! Every run is a pure function of its point and its seed, and rows come in the order of the grid: the output does not
//! depend on how many threads there are (`RAYON_NUM_THREADS` sets how many; all cores by default).

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use cascade::base::{Diagnostic, Json};
use cascade::scenario::Scenario;
use rayon::prelude::*;

use super::args::{SweepArguments, TableFormat};
use super::grid::{self, Axis};
use super::input;
use super::output::{Problem, print, say};
use super::progress::Progress;
use super::simulate::{Simulated, Stretch, simulate};
use super::table::{Table, figures};

/// A sweep has at most so many runs.
const MOST_RUNS: usize = 100_000;

/// One run of the sweep: a value for each axis, and a seed.
struct Run<'a> {
    point: &'a [&'a str],
    seed: u64,
}

/// Runs every point with every seed and prints a row for each.
pub fn sweep(arguments: &SweepArguments) -> Result<(), Problem> {
    let scenario = input::scenario(&arguments.file)?;
    let axes = &arguments.set;
    let most = MOST_RUNS / arguments.seeds as usize;
    let Some(points) = grid::points(axes, most) else {
        let message = "a sweep has at most 100000 runs: take fewer values for a parameter, or fewer seeds";
        return Err(Problem::Misuse(message.to_owned()));
    };
    // What is wrong with any point is said before the first run.
    let first = first_seed(&scenario, arguments, axes, &points)?;
    let runs: Vec<Run> = points
        .iter()
        .flat_map(|point| (0..arguments.seeds).map(move |n| Run { point, seed: first.wrapping_add(n) }))
        .collect();
    let rows = run_all(&scenario, arguments, axes, &runs)?;

    let mut table = Table::default();
    let mut halts = Vec::new();
    for (run, simulated) in runs.iter().zip(&rows) {
        table.push(row(axes, run, simulated));
        if let Some(halt) = &simulated.halt {
            let place = axes.iter().zip(run.point).map(|(axis, value)| format!("{}={value} ", axis.path));
            let message = format!("{}seed {}: {}", place.collect::<String>(), run.seed, halt.message);
            halts.push(Diagnostic { message, ..halt.clone() });
        }
    }
    print(&match arguments.format {
        TableFormat::Csv => table.csv(),
        TableFormat::Json => table.json(),
    })?;
    if halts.is_empty() { Ok(()) } else { Err(Problem::Scenario(halts)) }
}

/// The scenario at a point of the grid.
fn at(scenario: &Scenario, axes: &[Axis], point: &[&str]) -> Result<Scenario, Vec<Diagnostic>> {
    let mut scenario = scenario.clone();
    for (axis, value) in axes.iter().zip(point) {
        scenario = scenario.set_text(&axis.path, value)?;
    }
    Ok(scenario)
}

/// Compiles every point once; the seed to begin with.
fn first_seed(
    scenario: &Scenario,
    arguments: &SweepArguments,
    axes: &[Axis],
    points: &[Vec<&str>],
) -> Result<u64, Problem> {
    for point in points {
        at(scenario, axes, point).and_then(|scenario| scenario.plan()).map_err(Problem::Scenario)?;
    }
    Ok(arguments.seed.unwrap_or_else(|| scenario.seed()))
}

/// The runs' results, in order.
fn run_all(
    scenario: &Scenario,
    arguments: &SweepArguments,
    axes: &[Axis],
    runs: &[Run],
) -> Result<Vec<Simulated>, Problem> {
    let stretch = Stretch { warmup: arguments.warmup, measured: arguments.measured };
    let progress = Mutex::new(Progress::new(runs.len() as u64));
    let finished = AtomicU64::new(0);
    let rows: Result<Vec<Simulated>, Vec<Diagnostic>> = runs
        .par_iter()
        .map(|run| {
            let mut plan = at(scenario, axes, run.point)?.plan()?;
            plan.seed = run.seed;
            let simulated = simulate(Arc::new(plan), stretch, &mut (), |_| {});
            let done = finished.fetch_add(1, Ordering::Relaxed) + 1;
            progress.lock().unwrap_or_else(PoisonError::into_inner).done(done);
            Ok(simulated)
        })
        .collect();
    let took = progress.into_inner().unwrap_or_else(PoisonError::into_inner).finish();
    say(format_args!("{} runs in {:.3} s", runs.len(), took.as_secs_f64()));
    rows.map_err(Problem::Scenario)
}

/// The cells of a run: its parameters, its seed and digest, then what was measured.
fn row(axes: &[Axis], run: &Run, simulated: &Simulated) -> Vec<(String, String)> {
    let literal = |value: &str| match Json::parse(value) {
        Ok(json) => json.to_string(),
        Err(_) => Json::String(value.to_owned()).to_string(),
    };
    let mut cells: Vec<(String, String)> =
        axes.iter().zip(run.point).map(|(axis, value)| (axis.path.clone(), literal(value))).collect();
    cells.push(("seed".to_owned(), run.seed.to_string()));
    cells.push(("digest".to_owned(), format!("\"{}\"", simulated.result.digest)));
    // A result is plain data: it can always be written.
    cells.extend(figures(&serde_json::to_value(&simulated.result).unwrap_or_default()));
    cells
}
