//! `cargo xtask bench`: the benchmarks, how fast the page's engine is beside the native one, how fast one goes back, and
//! what the page needs in the browser.

use crate::problem::Result;
use crate::run::Run;
use crate::{browser, site, tools};

/// Options of `cargo xtask bench`.
#[derive(clap::Args)]
pub struct Options {
    /// Only measure the page in the browser; it takes half an hour.
    #[arg(long)]
    browser: bool,
    /// What goes to the benchmarks, such as a part of a name.
    #[arg(trailing_var_arg = true)]
    arguments: Vec<String>,
}

/// Runs the benchmarks natively; then the same simulation natively and as the page has it, to be compared; then the page.
pub fn bench(options: &Options) -> Result {
    if !options.browser {
        engine(options)?;
    }
    println!("What the page needs in the browser:");
    tools::for_the_site()?;
    site::build()?;
    browser::bench()
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
    println!("The same in the light program:");
    page(&format!("--features lite {speed}"))?;
    println!("How long it takes to go to any moment of ten simulated minutes:");
    let seek = "--no-default-features --test seek -- --include-ignored --nocapture";
    Run::line(&format!("cargo test --release {seek}")).run()?;
    page(seek)
}

/// Runs a test as the page's engine is compiled.
fn page(arguments: &str) -> Result {
    Run::line(&format!("cargo test --profile site --target wasm32-unknown-unknown {arguments}"))
        .env("RUSTC_BOOTSTRAP", "1")
        .env("RUSTFLAGS", site::FOR_SPEED)
        .env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER", "wasm-bindgen-test-runner")
        .env("CARGO_PROFILE_SITE_STRIP", "false")
        .run()
}
