//! `cargo xtask bench --instructions`: how many instructions the engine takes for a request.
//!
//! Valgrind counts those of two runs of different lengths. Their difference, divided by the difference of the
//! requests, leaves out what starting and reading the scenario takes. Unlike a time, it is the same on a busy machine.

use crate::problem::{Problem, Result};
use crate::project;
use crate::run::{Run, find_program};
use std::path::Path;
use std::process::{Command, Stdio};

/// The systems of the speed benchmark: what each is, and its scenario in `benches/scenarios`.
const SYSTEMS: [(&str, &str); 4] = [
    ("three M/M/4 stations in series", "stations"),
    ("breaker, retry and bulkhead along a chain", "policies"),
    ("a log with three groups", "log"),
    ("a saga over three services", "saga"),
];

/// Simulated seconds of the shorter and of the longer run.
const LENGTHS: [u32; 2] = [50, 250];

/// Counts the instructions per request of each system, of this build and beside it of another binary.
pub fn count(beside: Option<&Path>) -> Result {
    if find_program("valgrind").is_none() {
        let mend = "install it, such as with `apt-get install valgrind` or `dnf install valgrind`";
        return Err(Problem::new(
            "there is no valgrind on the search path",
            "it counts the instructions",
            mend,
        ));
    }
    Run::line("cargo build --release --no-default-features -p cascade --bin cascade").run()?;
    let own = project::root().join("target/release/cascade");
    let heading = if beside.is_some() { "      this     other   ratio" } else { "      this" };
    println!("Instructions per request:\n{heading}");
    for (what, scenario) in SYSTEMS {
        let scenario = project::root().join(format!("benches/scenarios/{scenario}.json"));
        let this = per_request(&own, &scenario)?;
        match beside {
            None => println!("{this:10.0}  {what}"),
            Some(other) => {
                let other = per_request(other, &scenario)?;
                println!("{this:10.0}{other:10.0}{:8.3}  {what}", this / other);
            }
        }
    }
    Ok(())
}

/// What a run took: instructions and requests.
struct Counted {
    instructions: u64,
    requests: u64,
}

fn per_request(binary: &Path, scenario: &Path) -> Result<f64> {
    let [short, long] = [run(binary, scenario, LENGTHS[0])?, run(binary, scenario, LENGTHS[1])?];
    Ok((long.instructions - short.instructions) as f64 / (long.requests - short.requests) as f64)
}

fn run(binary: &Path, scenario: &Path, seconds: u32) -> Result<Counted> {
    let shown = format!("valgrind {} run {} --for {seconds}s", binary.display(), scenario.display());
    let failed = |why: String| Problem::new(format!("`{shown}` failed"), why, "");
    let output = Command::new("valgrind")
        .args(["--tool=callgrind", "--callgrind-out-file=/dev/null"])
        .arg(binary)
        .arg("run")
        .arg(scenario)
        .args(["--for", &format!("{seconds}s")])
        .stdin(Stdio::null())
        .output()
        .map_err(|error| failed(error.to_string()))?;
    let said = String::from_utf8_lossy(&output.stderr);
    let counted = || {
        let instructions = instructions(&said)?;
        Some(Counted { instructions, requests: requests(&output.stdout)? })
    };
    counted().ok_or_else(|| failed(said.into_owned()))
}

/// The number in Callgrind's line `==1== Collected : 121335252`.
fn instructions(said: &str) -> Option<u64> {
    said.lines().find_map(|line| line.split_once("Collected :"))?.1.trim().parse().ok()
}

/// All requests that the clients of a result offered.
fn requests(result: &[u8]) -> Option<u64> {
    let result: serde_json::Value = serde_json::from_slice(result).ok()?;
    result["clients"].as_object()?.values().map(|client| client["offered"].as_u64()).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_count_is_read_from_what_valgrind_says() {
        let said = "62894 events in 0.548 s\n==11340== Collected : 48800922\n==11340== \n";
        assert_eq!(instructions(said), Some(48_800_922));
        assert_eq!(instructions("==1== Events    : Ir\n"), None);
    }

    #[test]
    fn the_requests_of_all_clients_are_added() {
        let result = br#"{ "clients": { "a": { "offered": 2 }, "b": { "offered": 3 } } }"#;
        assert_eq!(requests(result), Some(5));
        assert_eq!(requests(b"{}"), None);
    }

    #[test]
    fn every_system_has_its_scenario() {
        for (_, name) in SYSTEMS {
            let path = project::root().join(format!("benches/scenarios/{name}.json"));
            assert!(path.is_file(), "{} is missing", path.display());
        }
    }
}
