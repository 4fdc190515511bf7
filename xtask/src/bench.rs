//! `cargo xtask bench`: the benchmarks, how fast the page's engine is beside the native one, how fast one goes back,
//! what the page needs in the browser, how soon it is there, and how many instructions the engine takes for a
//! request.

use crate::problem::{Problem, Result};
use crate::run::Run;
use crate::{browser, instructions, site, tools};
use std::path::PathBuf;

/// Options of `cargo xtask bench`.
#[derive(clap::Args)]
pub struct Options {
    /// Only measure the page in the browser; it takes half an hour.
    #[arg(long)]
    browser: bool,
    /// Only measure how soon the first message moves, on a desk and on slow lines; it takes some minutes.
    #[arg(long, conflicts_with = "browser")]
    load: bool,
    /// Only count the engine's instructions per request, with Valgrind.
    #[arg(long, conflicts_with_all = ["browser", "load"])]
    instructions: bool,
    /// With --load: another built site, measured in turns with this one. With --instructions: another `cascade` binary.
    #[arg(long, value_name = "PATH")]
    beside: Option<PathBuf>,
    /// What goes to the benchmarks, such as a part of a name.
    #[arg(trailing_var_arg = true)]
    arguments: Vec<String>,
}

/// Runs the benchmarks natively; then the same simulation natively and as the page has it, to be compared; then the page.
pub fn bench(options: &Options) -> Result {
    if options.instructions {
        return instructions::count(options.beside.as_deref());
    }
    let beside = options.beside.as_deref().map(|site| {
        site.canonicalize().map_err(|error| {
            let what = format!("there is no site in {}", site.display());
            Problem::new(what, error.to_string(), "name a folder that `cargo xtask build` has made")
        })
    });
    let beside = beside.transpose()?;
    if !options.browser && !options.load {
        engine(options)?;
    }
    tools::for_the_site()?;
    site::build()?;
    if options.load { browser::load(beside.as_deref()) } else { browser::bench() }
}

fn engine(options: &Options) -> Result {
    let mut run = Run::line("cargo bench -p cascade");
    if !options.arguments.is_empty() {
        run = run.arg("--").args(&options.arguments);
    }
    run.run()?;
    let speed = "--no-default-features --test speed -- --include-ignored --nocapture";
    Run::line(&format!("cargo test --release {speed}")).run()?;
    tools::wasm_target()?;
    tools::wasm_bindgen()?;
    page(speed)?;
    println!("How long it takes to go to any moment of ten simulated minutes:");
    let seek = "--no-default-features --test seek -- --include-ignored --nocapture";
    Run::line(&format!("cargo test --release {seek}")).run()?;
    page(seek)
}

/// Runs a test as the page's engine is compiled: like the package `simulator`, though the test itself is what the
/// generic parts of the engine are compiled in.
fn page(arguments: &str) -> Result {
    Run::line(&format!("cargo test --profile site --target wasm32-unknown-unknown {arguments}"))
        .env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER", "wasm-bindgen-test-runner")
        .env("CARGO_PROFILE_SITE_OPT_LEVEL", "2")
        // The runner finds the tests by their names.
        .env("CARGO_PROFILE_SITE_STRIP", "false")
        .run()
}
