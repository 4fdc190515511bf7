//! `cargo xtask test`: everything that must hold before a change goes in, stage by stage.

use crate::problem::Result;
use crate::run::Run;
use crate::stages::Stages;
use crate::{browser, project, site, size, tools};

const WASM: &str = "wasm32-unknown-unknown";

/// Options of `cargo xtask test`.
#[derive(clap::Args)]
pub struct Options {
    /// Leave out the browser tests.
    #[arg(long)]
    fast: bool,
    /// Also prove every law with 3 million customers and run the swarm over 10,000 scenarios; some twenty minutes.
    #[arg(long)]
    laws: bool,
}

/// Runs every stage and prints the summary; true if all passed. To add a check, add a stage.
pub fn test(options: &Options) -> bool {
    let mut stages = Stages::default();
    let checkers = stages.run("tools for the checks", tools::for_the_checks);
    let target = stages.run("wasm target", tools::wasm_target);

    stages.run_after(checkers, "tools for the checks", "format", || {
        Run::line("cargo fmt --all --check").mend("cargo fmt --all").run()
    });
    stages
        .run_after(checkers, "tools for the checks", "lints, native", || clippy("--workspace --all-targets"));
    stages.run_after(checkers && target, "wasm target", "lints, browser", || {
        let tests = if has_wasm_tests() { "--test wasm" } else { "" };
        clippy(&format!("-p cascade --lib --bins {tests} --target {WASM}"))
    });
    stages.run("library without the web", || {
        Run::line("cargo check -p cascade --lib --no-default-features")
            .mend("only src/ui and src/main.rs may use what the feature `web` brings")
            .run()
    });
    stages.run("native tests", || Run::line("cargo test --workspace --no-fail-fast").run());

    if options.laws {
        stages.run("laws, phenomena and swarm, thoroughly", thoroughly);
    }

    let tools = stages.run("tools for the site", tools::for_the_site);
    if has_wasm_tests() {
        stages.run_after(tools, "tools for the site", "wasm tests", wasm_tests);
    } else {
        stages.skip("wasm tests", "tests/wasm.rs does not exist yet");
    }
    let site = stages.run_after(tools, "tools for the site", "release site", site::build);
    stages.run_after(site, "release site", "weight of a first visit", || {
        let report = size::weigh(&project::dist())?;
        println!("{report}");
        report.within_limit()
    });
    if options.fast {
        stages.skip("browser tests", "left out by --fast");
    } else if project::browser_tests().is_dir() {
        stages.run_after(site, "release site", "browser tests", browser::test);
    } else {
        stages.skip("browser tests", "tests/browser does not exist yet");
    }

    println!("\n{}", stages.summary());
    stages.all_passed()
}

fn has_wasm_tests() -> bool {
    project::root().join("tests/wasm.rs").is_file()
}

fn clippy(selection: &str) -> Result {
    Run::line(&format!("cargo clippy {selection} -- -D warnings")).run()
}

/// What is too long for every change: the ignored tests, and ten times as many random scenarios.
fn thoroughly() -> Result {
    Run::line("cargo test -p cascade --no-default-features --no-fail-fast --test laws --test phenomena --test swarm")
        .args(&["--", "--include-ignored"])
        .env("CASCADE_CASES", "10000")
        .run()
}

/// The same tests as native, compiled to WebAssembly and run in Node.
fn wasm_tests() -> Result {
    browser::node()?;
    Run::line("cargo test -p cascade --no-default-features --test wasm --target")
        .arg(WASM)
        .env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER", "wasm-bindgen-test-runner")
        .run()
}
