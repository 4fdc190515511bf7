//! `cargo xtask bench`: the benchmarks.

use crate::problem::Result;
use crate::run::Run;

/// Options of `cargo xtask bench`.
#[derive(clap::Args)]
pub struct Options {
    /// What goes to the benchmarks, such as a part of a name.
    #[arg(trailing_var_arg = true)]
    arguments: Vec<String>,
}

/// Runs them natively.
pub fn bench(options: &Options) -> Result {
    let mut run = Run::line("cargo bench -p cascade");
    if !options.arguments.is_empty() {
        run = run.arg("--").args(&options.arguments);
    }
    run.run()
}
