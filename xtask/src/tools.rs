//! Gets what the build needs: the wasm32 target, trunk, wasm-bindgen and the compiler's components.

use crate::problem::{Problem, Result};
use crate::project;
use crate::run::{Run, find_program};
use std::path::Path;

const TARGET: &str = "wasm32-unknown-unknown";
/// The oldest trunk that will do; a version of another minor series will not.
const TRUNK: [u32; 3] = [0, 21, 14];
const NO_RUSTUP: &str = "install rustup as described on rustup.rs, open a new terminal and try again";

/// Everything that building the site takes.
pub fn for_the_site() -> Result {
    wasm_target()?;
    wasm_bindgen()?;
    trunk()
}

/// What the checks of format and style take.
pub fn for_the_checks() -> Result {
    for (component, probe) in [("rustfmt", "cargo fmt --version"), ("clippy", "cargo clippy --version")] {
        if Run::line(probe).quietly().is_none() {
            rustup(&format!("component add {component}"), component)?;
        }
    }
    Ok(())
}

/// The compiler's target for WebAssembly.
pub fn wasm_target() -> Result {
    let installed = Run::line("rustc --print target-libdir --target").arg(TARGET).quietly();
    if installed.is_some_and(|directory| Path::new(&directory).is_dir()) {
        return Ok(());
    }
    println!("Adding the compiler's target {TARGET} (some 30 MB).");
    rustup(&format!("target add {TARGET}"), TARGET)
}

fn rustup(line: &str, wanted: &str) -> Result {
    if find_program("rustup").is_none() {
        let why = "`rustup`, which would add it, is not on the search path";
        return Err(Problem::new(format!("{wanted} is missing"), why, NO_RUSTUP));
    }
    Run::line(&format!("rustup {line}")).mend("check the connection to the network and try again").run()
}

/// wasm-bindgen's command and its test runner, in the very version that Cargo.lock pins: the two
/// halves of its file format must agree.
pub fn wasm_bindgen() -> Result {
    let wanted = project::locked_version("wasm-bindgen")?;
    let both_there = ["wasm-bindgen", "wasm-bindgen-test-runner"]
        .iter()
        .all(|name| installed_version(name).is_some_and(|version| version == wanted));
    if both_there { Ok(()) } else { install("wasm-bindgen-cli", &format!("={wanted}"), "a minute") }
}

fn trunk() -> Result {
    if installed_version("trunk").is_some_and(|version| trunk_will_do(&version)) {
        return Ok(());
    }
    let [major, minor, patch] = TRUNK;
    install("trunk", &format!("^{major}.{minor}.{patch}"), "three to four minutes")
}

fn trunk_will_do(version: &str) -> bool {
    let numbers: Vec<u32> = version.split('.').filter_map(|part| part.parse().ok()).collect();
    matches!(numbers[..], [major, minor, patch] if [major, minor] == TRUNK[..2] && patch >= TRUNK[2])
}

/// The version that `name --version` states, if it is there at all.
fn installed_version(name: &str) -> Option<String> {
    let said = Run::line(name).arg("--version").without_env("NO_COLOR").quietly()?;
    said.split_whitespace().nth(1).map(str::to_owned)
}

/// Installs into the project's own `.tools`, so that nobody's other projects lose their versions.
fn install(package: &str, version: &str, duration: &str) -> Result {
    let root = project::tools();
    println!("Installing {package} {version} into .tools/, once.");
    if find_program("cargo-binstall").is_some() {
        let ready_made = Run::line("cargo binstall --no-confirm --root")
            .arg(&root)
            .arg(format!("{package}@{version}"))
            .mend("trying to compile it instead");
        match ready_made.run() {
            Ok(()) => return Ok(()),
            Err(problem) => eprintln!("{problem}"),
        }
    }
    println!("It is compiled here, which takes {duration} on two idle cores.");
    // What is left out is encrypted connections, for downloads and updates: what they need is given to them.
    Run::line("cargo install --locked --no-default-features --root")
        .arg(&root)
        .args(&["--version", version, package])
        // These tools run for seconds: compiling them quickly matters more than their speed.
        .env("CARGO_PROFILE_RELEASE_OPT_LEVEL", "0")
        .env("CARGO_PROFILE_RELEASE_DEBUG", "false")
        .env("CARGO_PROFILE_RELEASE_LTO", "off")
        .env("CARGO_PROFILE_RELEASE_CODEGEN_UNITS", "16")
        .mend(format!(
            "check the connection to the network and that a C compiler is there (Debian: apt-get install gcc libc6-dev), \
             then try again; or install {package} {version} by hand"
        ))
        .run()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn trunk_must_be_of_the_right_series() {
        for (version, will_do) in [
            ("0.21.14", true),
            ("0.21.20", true),
            ("0.21.13", false),
            ("0.22.1", false),
            ("1.21.14", false),
            ("", false),
        ] {
            assert_eq!(trunk_will_do(version), will_do, "{version}");
        }
    }

    #[test]
    fn a_tool_that_is_not_there_has_no_version() {
        assert_eq!(installed_version("no-such-tool"), None);
        assert!(installed_version("rustc").is_some());
    }
}
