//! Laws of queueing theory that the engine must reproduce, by independent replications.
//!
//! A law holds if the mean over the replications lies within the larger of 1 % and 3 standard errors of the formula,
//! and the standard error itself is small enough for that to mean something.

#[path = "../support/mod.rs"]
mod support;

mod calls;
mod queues;
mod theory;

/// Checks the mean of replications against a formula.
fn check(law: &str, measured: &[f64], expected: f64) {
    let count = measured.len() as f64;
    let mean = measured.iter().sum::<f64>() / count;
    let variance = measured.iter().map(|x| (x - mean) * (x - mean)).sum::<f64>() / (count - 1.0);
    let error = (variance / count).sqrt();
    println!("{law}: {mean:.6} ± {error:.6}, expected {expected:.6}");
    assert!(error <= 0.012 * expected.abs(), "{law}: standard error {error} is too large for {expected}");
    let allowed = (0.01 * expected.abs()).max(3.0 * error);
    assert!((mean - expected).abs() <= allowed, "{law}: {mean} ± {error} is not {expected}");
}
