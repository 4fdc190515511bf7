//! `cascade run` of a recorded run, as the page saves it: what was done is done again, each at its instant.

use cascade::base::{Json, SimDuration, SimTime};
use cascade::session::{Record, Session, VariantRun};
use cascade::telemetry::RunFacts;
use cascade::telemetry::result::RunResult;

use super::args::RunArguments;
use super::output::{Problem, say};

/// The results of all variants of a recorded run, A first.
pub fn replay(record: Record, arguments: &RunArguments) -> Result<Vec<RunResult>, Problem> {
    if arguments.warmup > SimDuration::ZERO || arguments.trace.is_some() || arguments.events.is_some() {
        let what = "a recorded run is measured from its beginning and writes no traces";
        return Err(Problem::Misuse(format!("{what}: leave out --warmup, --trace and --events")));
    }
    let Record { mut variants, log, .. } = record;
    for variant in &mut variants {
        for (path, value) in &arguments.set {
            variant.scenario = variant.scenario.set_text(path, value).map_err(Problem::Scenario)?;
        }
        if let Some(seed) = arguments.seed {
            let seed = Json::Number(seed as f64);
            variant.scenario = variant.scenario.with("seed", &seed).map_err(Problem::Scenario)?;
        }
    }
    // What is due at the end is not in it.
    let end = SimTime::ZERO + arguments.measured;
    let until = SimTime(end.0.saturating_sub(1));
    let session = Session::replay(variants, log, until).map_err(Problem::Scenario)?;
    if session.halted().is_some() {
        say(format_args!("the run stopped after {}", session.now().since(SimTime::ZERO)));
    }
    let end = if session.halted().is_some() { session.now() } else { end };
    Ok(session.variants().iter().map(|variant| result(variant, end)).collect())
}

fn result(variant: &VariantRun, end: SimTime) -> RunResult {
    let (telemetry, snapshot) = (variant.telemetry(), variant.snapshot());
    let facts = RunFacts {
        end,
        events: snapshot.events(),
        digest: telemetry.digest().hex(),
        in_flight: snapshot.in_flight(),
    };
    telemetry.statistics().result(variant.plan(), facts)
}
