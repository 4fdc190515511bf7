//! `cargo xtask compare`: whether two builds of `cascade` simulate the same, byte for byte.
//!
//! Every scenario that the project holds, and random ones, run for a minute with both. Their results, traces and
//! events must be equal in every byte, but for the result's digest and for keys that only the newer result has.

mod difference;

use crate::problem::{Problem, Result};
use crate::project;
use crate::run::Run;
use difference::Difference;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};

/// Options of `cargo xtask compare`.
#[derive(clap::Args)]
pub struct Options {
    /// The `cascade` binary of before.
    old: PathBuf,
    /// The `cascade` binary that must do the same.
    new: PathBuf,
    /// How many random scenarios to run besides the project's own.
    #[arg(long, value_name = "N", default_value_t = 300)]
    generated: u64,
    /// The seed of the first random scenario.
    #[arg(long, value_name = "N", default_value_t = 1)]
    first: u64,
    /// Take the scenarios of this folder in place of random ones, such as those that an older generator wrote.
    #[arg(long, value_name = "FOLDER", conflicts_with_all = ["generated", "first"])]
    scenarios: Option<PathBuf>,
    /// How much simulated time each scenario runs.
    #[arg(long = "for", value_name = "DURATION", default_value = "60s")]
    length: String,
}

/// Where the project's own scenarios are, folders below included.
const FOLDERS: [&str; 6] = [
    "static/gallery",
    "static/lessons",
    "static/opening",
    "tests/scenarios",
    "tests/phenomena",
    "benches/scenarios",
];

/// Compares both binaries on every scenario; true if nothing differs.
pub fn compare(options: &Options) -> Result<bool> {
    for binary in [&options.old, &options.new] {
        if !binary.is_file() {
            let mend =
                "cargo build --release --no-default-features --bin cascade, and give target/release/cascade";
            return Err(Problem::new(format!("{} is no file", binary.display()), "", mend));
        }
    }
    let folder = project::root().join("target/compare");
    let mut scenarios = own_scenarios()?;
    let others = match &options.scenarios {
        Some(folder) => project::files_below(folder)?,
        None => random_scenarios(&folder.join("scenarios"), options)?,
    };
    println!("{} scenarios of the project, {} others.", scenarios.len(), others.len());
    scenarios.extend(others);
    let total = scenarios.len();

    let next = AtomicUsize::new(0);
    let report = Mutex::new(Report::default());
    let work = |worker: usize| -> Result {
        while let Some(scenario) = scenarios.get(next.fetch_add(1, Ordering::Relaxed)) {
            let verdict = compare_one(options, scenario, &folder.join(format!("worker-{worker}")))?;
            // Whatever made another worker panic, its report is whole.
            report.lock().unwrap_or_else(PoisonError::into_inner).add(scenario, verdict, total);
        }
        Ok(())
    };
    let workers = std::thread::available_parallelism().map_or(1, usize::from);
    std::thread::scope(|scope| {
        let workers: Vec<_> = (0..workers).map(|worker| scope.spawn(move || work(worker))).collect();
        workers
            .into_iter()
            .try_for_each(|worker| worker.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)))
    })?;
    Ok(report.into_inner().unwrap_or_else(PoisonError::into_inner).conclude())
}

/// The project's scenarios: every JSON file of the folders that has nodes.
fn own_scenarios() -> Result<Vec<PathBuf>> {
    let mut scenarios = Vec::new();
    for folder in FOLDERS {
        for path in project::files_below(&project::root().join(folder))? {
            if path.extension().is_some_and(|extension| extension == "json")
                && has_nodes(&project::read(&path)?)
            {
                scenarios.push(path);
            }
        }
    }
    Ok(scenarios)
}

fn has_nodes(text: &str) -> bool {
    serde_json::from_str::<serde_json::Value>(text).is_ok_and(|value| value.get("nodes").is_some())
}

/// Random scenarios, by the generator of the swarm test.
fn random_scenarios(folder: &Path, options: &Options) -> Result<Vec<PathBuf>> {
    // The tests' profile: whoever ran them has compiled the library already.
    Run::line("cargo run --quiet -p cascade --no-default-features --profile test --example scenarios --")
        .arg(folder)
        .arg(options.first.to_string())
        .arg(options.generated.to_string())
        .run()?;
    let seeds = options.first..options.first + options.generated;
    Ok(seeds.map(|seed| folder.join(format!("{seed}.json"))).collect())
}

/// What came out for one scenario.
enum Verdict {
    /// Both did the same; the keys that only the newer result has.
    Same(Vec<String>),
    /// The older binary does not know the scenario's language, the newer one does.
    NewLanguage,
    /// What differs.
    Different(Vec<String>),
}

/// What one binary made of a scenario.
struct Made {
    output: Output,
    files: [(&'static str, Vec<u8>); 2],
}

impl Made {
    /// Whether it simulated anything: a run that halts prints its result and then fails.
    fn result(&self) -> Option<&str> {
        std::str::from_utf8(&self.output.stdout).ok().filter(|text| !text.is_empty())
    }
}

fn compare_one(options: &Options, scenario: &Path, folder: &Path) -> Result<Verdict> {
    let [old, new] =
        [make(&options.old, scenario, folder, options)?, make(&options.new, scenario, folder, options)?];
    let (before, after) = match (old.result(), new.result()) {
        (Some(before), Some(after)) => (before, after),
        (None, Some(_)) => return Ok(Verdict::NewLanguage),
        (None, None) => {
            return Ok(Verdict::Different(vec![format!("neither runs it: {}", said(&new.output))]));
        }
        (Some(_), None) => return Ok(Verdict::Different(vec![format!("refused: {}", said(&new.output))])),
    };
    let Difference { mut changed, added } = difference::of(before, after);
    if old.output.status.code() != new.output.status.code() {
        changed.push(format!("exit status: {} became {}", old.output.status, new.output.status));
    }
    for ((name, before), (_, after)) in old.files.iter().zip(&new.files) {
        if let Some(at) = difference::first_byte(before, after) {
            changed.push(format!("{name}: byte {at} of {} and {}", before.len(), after.len()));
        }
    }
    Ok(if changed.is_empty() { Verdict::Same(added) } else { Verdict::Different(changed) })
}

/// Runs a scenario with a binary, and takes what it prints and writes.
fn make(binary: &Path, scenario: &Path, folder: &Path, options: &Options) -> Result<Made> {
    let files = ["traces", "events"].map(|name| (name, folder.join(format!("{name}.json"))));
    for (_, file) in &files {
        // A file of the run before must not be taken for this one's.
        project::write(file, "")?;
    }
    let output = Command::new(binary)
        .arg("run")
        .arg(scenario)
        .args(["--for", &options.length])
        .arg("--trace")
        .arg(&files[0].1)
        .arg("--events")
        .arg(&files[1].1)
        .stdin(Stdio::null())
        .output()
        .map_err(|error| Problem::new(format!("cannot start {}", binary.display()), error.to_string(), ""))?;
    let [traces, events] = files;
    let read = |(name, file): (&'static str, PathBuf)| Ok((name, project::read_bytes(&file)?));
    Ok(Made { output, files: [read(traces)?, read(events)?] })
}

/// The first line that a run said to people.
fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).lines().next().unwrap_or_default().to_owned()
}

/// What all comparisons came to.
#[derive(Default)]
struct Report {
    done: usize,
    same: usize,
    different: Vec<String>,
    new_language: Vec<String>,
    /// Keys that only newer results have: in how many scenarios, and where in one of them.
    added: BTreeMap<String, (usize, String)>,
}

/// So many differences of a scenario are named.
const NAMED: usize = 5;

impl Report {
    fn add(&mut self, scenario: &Path, verdict: Verdict, total: usize) {
        let name = scenario.strip_prefix(project::root()).unwrap_or(scenario).display().to_string();
        self.done += 1;
        match verdict {
            Verdict::Same(added) => {
                self.same += 1;
                let keys: BTreeMap<_, _> =
                    added.iter().map(|path| (difference::last_key(path), path)).collect();
                for (key, path) in keys {
                    let entry = || (0, format!("{path} in {name}"));
                    self.added.entry(key.to_owned()).or_insert_with(entry).0 += 1;
                }
            }
            Verdict::NewLanguage => self.new_language.push(name),
            Verdict::Different(changed) => {
                println!("{name} differs:");
                changed.iter().take(NAMED).for_each(|line| println!("    {line}"));
                if changed.len() > NAMED {
                    println!("    and {} more", changed.len() - NAMED);
                }
                self.different.push(name);
            }
        }
        if self.done.is_multiple_of(50) {
            println!("{} of {total}", self.done);
        }
    }

    /// Prints the summary; true if nothing differs.
    fn conclude(&self) -> bool {
        for (key, (scenarios, example)) in &self.added {
            println!("added: {key}, in {scenarios} scenarios, such as {example}");
        }
        for name in &self.new_language {
            println!("not compared, the older binary does not know its language: {name}");
        }
        let (different, unknown) = (self.different.len(), self.new_language.len());
        println!(
            "{} scenarios: {} equal, {different} different, {unknown} not compared",
            self.done, self.same
        );
        self.different.is_empty()
    }
}
