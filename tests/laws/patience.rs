//! Impatient callers: who would wait longer than its patience is not served (M/M/c+G; Erlang-A with exponential
//! patience).
//!
//! Patience is written in two ways: a service that sheds what has waited too long, and clients that pass their
//! deadline on. Many clients with one deadline each are a crowd whose patience is spread; forty deadlines at the
//! quantiles of an exponential make it Erlang-A, within half a per cent.

use serde_json::{Map, Value, json};

use crate::stations::station;
use crate::{Law, app, law, laws};
use cascade::theory::formulas as theory;

const WORKERS: u32 = 4;
const MU: f64 = 100.0;

/// The share of jobs that end without having been served.
fn left(result: &cascade::telemetry::result::RunResult) -> f64 {
    app(result).failed as f64 / (app(result).completed + app(result).failed) as f64
}

/// A crowd of clients, each with its share of the rate and its own deadline, passed on.
fn crowd(rate: f64, patience_s: &[f64]) -> Value {
    let share = rate / patience_s.len() as f64;
    let mut nodes = Map::new();
    for (at, patience) in patience_s.iter().enumerate() {
        let client = json!({ "kind": "client", "arrivals": { "poisson": { "rate": share } },
                             "deadline": format!("{}us", (patience * 1e6).round()), "propagate_deadline": true,
                             "operation": [{ "call": { "to": "app" } }] });
        nodes.insert(format!("web{at}"), client);
    }
    let app = json!({ "kind": "service", "workers": WORKERS,
                      "operations": { "default": [{ "work": { "exponential": "10ms" } }] } });
    nodes.insert("app".to_owned(), app);
    json!({ "schema": 1, "network": { "latency": "0s" }, "nodes": nodes })
}

/// The middles of forty equal shares of an exponential distribution with this mean.
fn exponential(mean_s: f64) -> Vec<f64> {
    (0..40).map(|at| -mean_s * libm::log(1.0 - (f64::from(at) + 0.5) / 40.0)).collect()
}

/// The share that leaves, for a patience that is one of these with equal chance.
fn leaving(rate: f64, patience_s: &[f64]) -> f64 {
    let mean = |x: f64| patience_s.iter().map(|&p| p.min(x)).sum::<f64>() / patience_s.len() as f64;
    theory::impatient(WORKERS, rate, MU, mean).0
}

fn impatience() -> Vec<Law> {
    let sheds = json!({ "workers": WORKERS, "admission": { "shed": { "above_wait": "20ms" } } });
    let spread = exponential(0.05);
    vec![
        law(
            "M/M/4+D by shedding",
            station(440.0, json!({ "exponential": "10ms" }), sheds),
            440.0,
            |r| app(r).shed as f64 / app(r).arrivals as f64,
            leaving(440.0, &[0.02]),
        ),
        law("M/M/4+D by deadline", crowd(440.0, &[0.02]), 440.0, left, leaving(440.0, &[0.02])),
        law("Erlang-A", crowd(440.0, &spread), 440.0, left, leaving(440.0, &spread)),
    ]
}

laws! {
    /// Erlang-A and its kin.
    the_impatient_leave_as_erlang_a_says the_impatient_leave_as_erlang_a_says_thoroughly = impatience();
}

#[test]
fn forty_deadlines_are_as_good_as_an_exponential() {
    let exact = theory::impatient(WORKERS, 440.0, MU, |x| 0.05 * (1.0 - libm::exp(-x / 0.05))).0;
    let crowd = leaving(440.0, &exponential(0.05));
    assert!((crowd / exact - 1.0).abs() < 0.005, "{crowd} for {exact}");
}
