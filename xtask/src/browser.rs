//! The browser tests and what they need: Node, and a Chromium that is found or installed.

use crate::problem::{Problem, Result};
use crate::project;
use crate::run::{Run, find_program};
use std::path::{Path, PathBuf};

const OLDEST_NODE: u32 = 20;
const NAMES: [&str; 5] = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"];
const FIXED_PLACES: [&str; 3] = [
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe",
];

/// Installs the test packages and runs the browser tests against the built site.
pub fn test() -> Result {
    playwright("", None)
}

/// Measures the built site: frames, memory over ten simulated hours, thousands of random clicks, how soon it is there.
pub fn bench() -> Result {
    playwright("--config bench.config.ts", None)
}

/// Measures how soon the first message moves, in turns with another built site where there is one.
pub fn load(beside: Option<&Path>) -> Result {
    playwright("--config bench.config.ts load.bench", beside)
}

fn playwright(arguments: &str, beside: Option<&Path>) -> Result {
    node()?;
    let chromium = chromium()?;
    println!("Browser: {}", chromium.display());
    let directory = project::browser_tests();
    npm("npm ci --no-audit --no-fund").within(&directory).run()?;
    let mut run = npm(&format!("npx --no-install playwright test {arguments}"))
        .within(&directory)
        .env("CHROMIUM", chromium);
    if let Some(site) = beside {
        run = run.env("BESIDE", site);
    }
    run.run()
}

/// On Windows npm is a script, which only the shell finds.
fn npm(line: &str) -> Run {
    if cfg!(windows) { Run::line(&format!("cmd /C {line}")) } else { Run::line(line) }
}

/// Node runs the wasm tests and the browser tests.
pub fn node() -> Result {
    let mend = format!(
        "install Node {OLDEST_NODE} or newer: apt-get install nodejs npm (Debian), brew install node (macOS), \
         winget install OpenJS.NodeJS (Windows)"
    );
    let version = Run::line("node --version").quietly();
    let major = version.as_deref().and_then(major_version);
    match (version, major) {
        (Some(_), Some(major)) if major >= OLDEST_NODE => Ok(()),
        (Some(version), _) => Err(Problem::new(
            format!("Node {version} is too old"),
            format!("{OLDEST_NODE} or newer is needed"),
            mend,
        )),
        (None, _) => Err(Problem::new("Node is missing", "`node --version` does not run", mend)),
    }
}

fn major_version(version: &str) -> Option<u32> {
    version.trim_start_matches('v').split('.').next()?.parse().ok()
}

/// The Chromium to test with: the one that the variable CHROMIUM names, the one that is installed,
/// or a new one from Debian if we may install it.
fn chromium() -> Result<PathBuf> {
    if let Some(named) = std::env::var_os("CHROMIUM").map(PathBuf::from) {
        if named.is_file() {
            return Ok(named);
        }
        let what = format!("CHROMIUM names {}, which is no file", named.display());
        return Err(Problem::new(what, "", "correct the variable or remove it"));
    }
    if let Some(found) = installed() {
        return Ok(found);
    }
    if Path::new("/etc/debian_version").is_file() && is_root() {
        println!("Installing Chromium from Debian (some 300 MB on disk).");
        apt_get("update")?;
        apt_get("install --yes --no-install-recommends chromium fonts-dejavu-core")?;
        if let Some(found) = installed() {
            return Ok(found);
        }
    }
    Err(Problem::new(
        "no Chromium was found",
        "the browser tests run in the system's Chromium or Chrome",
        "sudo apt-get install chromium (Debian), brew install --cask chromium (macOS), \
         or set CHROMIUM to its path; `cargo xtask test --fast` leaves the browser out",
    ))
}

fn installed() -> Option<PathBuf> {
    let fixed = FIXED_PLACES.iter().map(PathBuf::from).find(|path| path.is_file());
    NAMES.iter().find_map(|name| find_program(name)).or(fixed)
}

fn is_root() -> bool {
    Run::line("id -u").quietly().is_some_and(|id| id == "0")
}

fn apt_get(line: &str) -> Result {
    Run::line(&format!("apt-get {line}"))
        .env("DEBIAN_FRONTEND", "noninteractive")
        .mend("check the connection to the network and try again")
        .run()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_the_major_version_of_node() {
        assert_eq!(major_version("v20.11.1"), Some(20));
        assert_eq!(major_version("nonsense"), None);
    }
}
