//! The binary `cascade`: runs, sweeps and checks scenarios from a command line, and tests the engine against facts.
//!
//! Exit status: 0 when all went well, 1 for a scenario with diagnostics or a vector that fails, 2 for misuse (wrong
//! arguments, a file that cannot be read). Results go to standard output; everything meant for a person's eyes
//! alone (progress, speed, diagnostics of `run`) to standard error.

#[cfg(not(target_arch = "wasm32"))]
mod cli {
    mod args;
    mod check;
    mod conform;
    mod execute;
    mod grid;
    mod input;
    mod lesson;
    mod link;
    mod output;
    mod pictures;
    mod progress;
    mod record;
    mod replay;
    mod run;
    mod schema;
    mod setting;
    mod simulate;
    mod sweep;
    mod table;

    pub use execute::execute;
}

/// Does what the arguments ask for.
#[cfg(not(target_arch = "wasm32"))]
fn main() -> std::process::ExitCode {
    cli::execute()
}

/// A browser has no command line; the tests there build every binary all the same.
#[cfg(target_arch = "wasm32")]
fn main() {}
