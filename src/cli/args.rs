//! The arguments, as one may write them.

use std::path::PathBuf;

use cascade::base::{SimDuration, parse_duration};
use clap::{Args, Parser, Subcommand, ValueEnum};

use super::grid::{self, Axis};
use super::setting::setting;

/// See distributed systems fail and understand why: runs scenarios of services that talk to each other.
#[derive(Parser)]
#[command(name = "cascade", version, arg_required_else_help = true)]
pub struct Arguments {
    /// What to do
    #[command(subcommand)]
    pub command: Command,
}

/// What the program can do.
#[derive(Subcommand)]
pub enum Command {
    /// Simulate a scenario, or a recorded run again, and print what was measured
    Run(RunArguments),
    /// Simulate a scenario over a grid of parameters, on all cores; a row per point and seed
    #[command(after_help = SWEEP_COLUMNS)]
    Sweep(SweepArguments),
    /// Say what is wrong with a scenario, one line a diagnostic
    Check {
        /// The scenario or the recorded run, or - for standard input
        file: String,
    },
    /// Print a scenario or a recorded run as a link, or write back what a link holds
    Link(LinkArguments),
    /// Test the engine's state machines against vectors: facts from real systems
    Conform {
        /// The vectors, or - for standard input
        file: String,
    },
    /// Print the scenario language as a JSON Schema
    Schema,
    /// Print every field of the scenario language with its meaning, bounds, default and example, in Markdown
    Reference,
    /// Make data of lessons written in Markdown, or check that what they say is true
    #[command(subcommand)]
    Lesson(LessonCommand),
    /// Draw a small picture of each scenario of a folder, as the symbols of one SVG file
    Pictures {
        /// The folder of scenarios; its index.json is none
        folder: PathBuf,
        /// The file
        out: PathBuf,
    },
}

/// Which links to make, or which to read.
#[derive(Args)]
pub struct LinkArguments {
    /// Scenarios or recorded runs (.cascade.json), or - for standard input: a link each
    #[arg(required_unless_present = "read", conflicts_with = "read")]
    pub files: Vec<String>,
    /// What stands before each link: the address of the page, such as https://example.org/cascade/
    #[arg(long, value_name = "URL", default_value = "", conflicts_with = "read")]
    pub base: String,
    /// Print what a link holds, as the file that it was made from or that the page would save
    #[arg(long, value_name = "LINK")]
    pub read: Option<String>,
}

/// What it can do with lessons.
#[derive(Subcommand)]
pub enum LessonCommand {
    /// Write the data of all lessons of a folder; every mistake as `file:line: what; how to mend it`
    Build {
        /// The folder of lessons, each a folder with lesson.md
        folder: PathBuf,
        /// Where the data goes
        out: PathBuf,
        /// The same in another language as well, by its tag (de): from lesson.de.md where there is one
        #[arg(long = "language", value_name = "TAG")]
        languages: Vec<String>,
    },
    /// Try claims, predictions, tasks, cues, comparisons and questions under several seeds, on all cores
    Check {
        /// The folder of lessons
        folder: PathBuf,
        /// Which lessons, by the names of their folders; all if none is named
        slugs: Vec<String>,
        /// How many seeds to try, beginning with the lesson's own
        #[arg(long, value_name = "K", default_value_t = 10, value_parser = clap::value_parser!(u64).range(1..=1000))]
        seeds: u64,
    },
}

/// How to run a scenario.
#[derive(Args)]
pub struct RunArguments {
    /// The scenario or the recorded run (.cascade.json), or - for standard input
    pub file: String,
    /// Seed of every random number, instead of the scenario's
    #[arg(long, value_name = "N", allow_negative_numbers = true)]
    pub seed: Option<u64>,
    /// How much simulated time to measure: from its beginning up to its end, what is due at that instant left out
    #[arg(long = "for", value_name = "DURATION", default_value = "60s", value_parser = measured)]
    pub measured: SimDuration,
    /// Simulated time before it, which is left out of every statistic
    #[arg(long, value_name = "DURATION", default_value = "0s", value_parser = parse_duration)]
    pub warmup: SimDuration,
    /// Change a parameter, such as nodes.app.workers=8; may be given several times
    #[arg(long, value_name = "PATH=VALUE", value_parser = setting)]
    pub set: Vec<(String, String)>,
    /// How to print the result
    #[arg(long, value_enum, default_value_t = Format::Json)]
    pub format: Format,
    /// Write the spans of the first requests after the warm-up as OTLP/JSON, for Jaeger and others
    #[arg(long, value_name = "OUT")]
    pub trace: Option<PathBuf>,
    /// Write the same spans and how workers and queues stood as Chrome trace events, for Perfetto
    #[arg(long, value_name = "OUT")]
    pub events: Option<PathBuf>,
}

/// What the rows of a sweep say.
const SWEEP_COLUMNS: &str = "\
Columns: the path of every --set with its value, seed, digest, then figures called by their path in the result of `run`:
for every client what was offered, answered, good, late and degraded, failures by reason, rates a second and latency
quantiles; for every service, call, queue, exchange, log, store and saga its counts, means and tails; the ledger.
A figure that one point has and another lacks is empty in CSV and null in JSON.";

/// How to sweep a scenario.
#[derive(Args)]
pub struct SweepArguments {
    /// The scenario, or - for standard input
    pub file: String,
    /// The values of a parameter, numbers or durations, both ends included, such as nodes.app.workers=1..10/10 or
    /// network.latency=1ms..10ms/5; several make a grid. Without a range: a parameter that stays
    #[arg(long, value_name = "PATH=A..B/N", value_parser = grid::axis, required = true)]
    pub set: Vec<Axis>,
    /// How many seeds to run each point with, beginning with the scenario's
    #[arg(long, value_name = "K", default_value_t = 1, value_parser = clap::value_parser!(u64).range(1..=100_000))]
    pub seeds: u64,
    /// The first seed, instead of the scenario's
    #[arg(long, value_name = "N", allow_negative_numbers = true)]
    pub seed: Option<u64>,
    /// How much simulated time to measure: from its beginning up to its end, what is due at that instant left out
    #[arg(long = "for", value_name = "DURATION", default_value = "60s", value_parser = measured)]
    pub measured: SimDuration,
    /// Simulated time before it, which is left out of every statistic
    #[arg(long, value_name = "DURATION", default_value = "0s", value_parser = parse_duration)]
    pub warmup: SimDuration,
    /// How to print the rows
    #[arg(long, value_enum, default_value_t = TableFormat::Csv)]
    pub format: TableFormat,
}

/// How a table is printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum TableFormat {
    /// Comma-separated values, names in the first line
    Csv,
    /// An array of objects
    Json,
}

/// How a result is printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// For tools
    Json,
    /// For people
    Text,
}

/// A duration that is not zero.
fn measured(text: &str) -> Result<SimDuration, String> {
    match parse_duration(text)? {
        SimDuration::ZERO => Err("nothing can be measured in no time: give at least 1ns".to_owned()),
        length => Ok(length),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    #[test]
    fn the_arguments_are_well_formed() {
        Arguments::command().debug_assert();
    }
}
