//! The arguments, as one may write them.

use std::process::ExitCode;

use cascade::base::{SimDuration, parse_duration};
use clap::{Args, Parser, Subcommand, ValueEnum};

use super::{check, conform, run, schema};

/// See distributed systems fail and understand why: runs scenarios of services that talk to each other.
#[derive(Parser)]
#[command(name = "cascade", version, arg_required_else_help = true)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Simulate a scenario and print what was measured
    Run(RunArguments),
    /// Say what is wrong with a scenario, one line a diagnostic
    Check {
        /// The scenario, or - for standard input
        file: String,
    },
    /// Test the engine's state machines against vectors: facts from real systems
    Conform {
        /// The vectors, or - for standard input
        file: String,
    },
    /// Print the scenario language as a JSON Schema
    Schema,
}

/// How to run a scenario.
#[derive(Args)]
pub struct RunArguments {
    /// The scenario, or - for standard input
    pub file: String,
    /// Seed of every random number, instead of the scenario's
    #[arg(long, value_name = "N", allow_negative_numbers = true)]
    pub seed: Option<u64>,
    /// How much simulated time to measure
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

/// `PATH=VALUE`, cut at the first equals sign.
fn setting(text: &str) -> Result<(String, String), String> {
    match text.split_once('=') {
        Some((path, value)) if !path.trim().is_empty() => Ok((path.trim().to_owned(), value.to_owned())),
        _ => Err("write the parameter's path, an equals sign and the value, \
                  such as nodes.app.workers=8 or network.latency=5ms"
            .to_owned()),
    }
}

/// Reads the arguments and does what they ask for.
pub fn execute() -> ExitCode {
    let done = match Arguments::parse().command {
        Command::Run(arguments) => run::run(&arguments),
        Command::Check { file } => check::check(&file),
        Command::Conform { file } => conform::conform(&file),
        Command::Schema => schema::print_schema(),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(problem) => problem.report(),
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

    #[test]
    fn settings_are_cut_at_the_first_equals_sign() {
        let cut = |text| setting(text).map(|(path, value)| format!("{path}|{value}"));
        assert_eq!(cut("a.b=1"), Ok("a.b|1".to_owned()));
        assert_eq!(cut(" a.b =x=y"), Ok("a.b|x=y".to_owned()));
        assert_eq!(cut("a.b="), Ok("a.b|".to_owned()));
        assert!(cut("a.b").is_err() && cut("=1").is_err() && cut("").is_err());
    }
}
