//! The developer commands: serve the page, build the site, run every check, measure.
//!
//! Each command first gets the tools that it needs, so a machine with nothing but rustup will do.
//! Read next: `test.rs`, the list of everything that must hold before a change goes in.

mod bench;
mod browser;
mod circles;
mod compare;
mod instructions;
mod lesson;
mod pages;
mod policy;
mod problem;
mod project;
mod run;
mod serve;
mod site;
mod size;
mod stages;
mod test;
mod tools;

use clap::{Parser, Subcommand};
use problem::Result;
use std::process::ExitCode;

/// Developer commands of Cascade.
#[derive(Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask", disable_help_subcommand = true)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Build the page, serve it on this machine, open it, and build again on every change.
    Serve(serve::Options),
    /// Build the static site into dist/, ready for any static host.
    Build,
    /// Make what the site has of lessons, gallery and texts anew (static/pages), after a change of how it is made.
    Pages,
    /// Run every check that must pass before a change goes in.
    Test(test::Options),
    /// Begin a lesson, or check that what the lessons say is true.
    #[command(subcommand)]
    Lesson(lesson::Command),
    /// Show which files of src import each other in a circle, and which arrow to cut.
    Circles(circles::Options),
    /// Check that two builds of `cascade` give the same results, traces and events.
    Compare(compare::Options),
    /// Run the benchmarks; what follows `--` goes to them.
    Bench(bench::Options),
}

fn main() -> ExitCode {
    let outcome = match Cli::parse().command {
        Command::Serve(options) => serve::serve(&options).map(|()| true),
        Command::Build => build().map(|()| true),
        Command::Pages => pages::make().map(|()| true),
        Command::Test(options) => Ok(test::test(&options)),
        Command::Lesson(command) => lesson::run(&command).map(|()| true),
        Command::Circles(options) => {
            circles::print(&options);
            Ok(true)
        }
        Command::Compare(options) => compare::compare(&options),
        Command::Bench(options) => bench::bench(&options).map(|()| true),
    };
    match outcome {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(problem) => {
            eprintln!("{problem}");
            ExitCode::FAILURE
        }
    }
}

/// `cargo xtask build`: the tools, the site, and a word on where it is and how large.
fn build() -> Result {
    tools::for_the_site()?;
    site::build()?;
    let report = size::weigh(&project::dist())?;
    println!("{report}");
    println!("The site is in dist/: copy it to any static host, at any path.");
    Ok(())
}
