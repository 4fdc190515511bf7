//! From the arguments to the command that does what they ask for.

use std::process::ExitCode;

use clap::Parser;

use super::args::{Arguments, Command, LessonCommand};
use super::{check, conform, lesson, link, pictures, run, schema, sweep};

/// Reads the arguments and does what they ask for.
pub fn execute() -> ExitCode {
    let done = match Arguments::parse().command {
        Command::Run(arguments) => run::run(&arguments),
        Command::Sweep(arguments) => sweep::sweep(&arguments),
        Command::Check { file } => check::check(&file),
        Command::Link(arguments) => link::link(&arguments),
        Command::Conform { file } => conform::conform(&file),
        Command::Schema => schema::print_schema(),
        Command::Reference => schema::print_reference(),
        Command::Pictures { folder, out } => pictures::pictures(&folder, &out),
        Command::Lesson(LessonCommand::Build { folder, out, languages }) => {
            lesson::build(&folder, &out, &languages)
        }
        Command::Lesson(LessonCommand::Check { folder, slugs, seeds }) => {
            lesson::check(&folder, &slugs, seeds)
        }
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(problem) => problem.report(),
    }
}
