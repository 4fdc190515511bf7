//! Laws of queueing theory that the engine must reproduce.
//!
//! **Method: independent replications.** A law is run twenty times with different seeds; it holds if the mean over
//! the replications lies within the larger of 1 % and 3 standard errors of the formula, and the standard error itself
//! is small enough for that to mean something.
//!
//! Every law stands in a table and is tested twice: briefly, with 600,000 customers, and thoroughly, with 3 million.
//! The thorough tests are ignored among the others; `cargo xtask test --laws` runs them.

#[path = "../support/mod.rs"]
mod support;

mod calls;
mod networks;
mod patience;
mod peers;
mod policies;
mod predictions;
mod stations;

use cascade::telemetry::result::RunResult;
use serde_json::Value;

/// How much to simulate.
#[derive(Clone, Copy)]
struct Effort {
    /// Requests of a law, all replications together.
    requests: f64,
    /// The greatest standard error that proves something, as a share of what is expected.
    error: f64,
}

/// What fits into the normal run.
const BRIEF: Effort = Effort { requests: 600_000.0, error: 0.03 };

/// What proves a law.
const THOROUGH: Effort = Effort { requests: 3_000_000.0, error: 0.012 };

/// With so many seeds.
const REPLICATIONS: u64 = 20;

/// Something that a result says, and what it must come to.
struct Figure {
    name: &'static str,
    of: fn(&RunResult) -> f64,
    expected: f64,
}

/// A system of which theory knows some figures.
struct Law {
    name: String,
    scenario: Value,
    /// Requests a second, to know how long to run.
    rate: f64,
    figures: Vec<Figure>,
}

/// A law of one figure.
fn law(name: impl Into<String>, scenario: Value, rate: f64, of: fn(&RunResult) -> f64, expected: f64) -> Law {
    Law { name: name.into(), scenario, rate, figures: vec![Figure { name: "", of, expected }] }
}

/// Checks every figure of every law.
fn prove(laws: &[Law], effort: Effort) {
    for law in laws {
        let seconds = effort.requests / REPLICATIONS as f64 / law.rate;
        let warmup = cascade::base::within(seconds / 20.0, 5.0, 60.0);
        let columns = support::replicate(&law.scenario, REPLICATIONS, warmup, seconds, |result| {
            law.figures.iter().map(|figure| (figure.of)(result)).collect::<Vec<f64>>()
        });
        for (at, figure) in law.figures.iter().enumerate() {
            let measured: Vec<f64> = columns.iter().map(|column| column[at]).collect();
            check(&format!("{} {}", law.name, figure.name), &measured, figure.expected, effort.error);
        }
    }
}

/// Checks the mean of replications against a formula.
fn check(law: &str, measured: &[f64], expected: f64, most_error: f64) {
    let count = measured.len() as f64;
    let mean = measured.iter().sum::<f64>() / count;
    let variance = measured.iter().map(|x| (x - mean) * (x - mean)).sum::<f64>() / (count - 1.0);
    let error = (variance / count).sqrt();
    println!("{law}: {mean:.6} ± {error:.6}, expected {expected:.6}");
    assert!(
        error <= most_error * expected.abs(),
        "{law}: standard error {error} is too large for {expected}"
    );
    let allowed = (0.01 * expected.abs()).max(3.0 * error);
    assert!((mean - expected).abs() <= allowed, "{law}: {mean} ± {error} is not {expected}");
}

/// A test of a table of laws, brief and thorough.
macro_rules! laws {
    ($($(#[$doc:meta])* $name:ident $thorough:ident = $table:expr;)*) => {$(
        $(#[$doc])*
        #[test]
        fn $name() {
            crate::prove(&$table, crate::BRIEF);
        }

        $(#[$doc])*
        #[test]
        #[ignore = "a minute or more: cargo xtask test --laws"]
        fn $thorough() {
            crate::prove(&$table, crate::THOROUGH);
        }
    )*};
}
use laws;

/// The one service `app` of a result.
fn app(result: &RunResult) -> &cascade::telemetry::result::Service {
    result.services.get("app").expect("app")
}

/// The one client `web` of a result.
fn web(result: &RunResult) -> &cascade::telemetry::result::Client {
    result.clients.get("web").expect("web")
}
