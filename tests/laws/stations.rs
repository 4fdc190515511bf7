//! One station: Poisson arrivals, one service.

use serde_json::{Value, json};

use crate::{Figure, Law, app, law, laws};
use cascade::theory::formulas as theory;

/// A Poisson client that calls one service over a network without latency.
pub fn station(rate: f64, work: Value, service: Value) -> Value {
    let mut node = json!({ "kind": "service", "operations": { "default": [{ "work": work }] } });
    for (key, value) in service.as_object().expect("an object") {
        node[key] = value.clone();
    }
    json!({
        "schema": 1,
        "network": { "latency": "0s" },
        "nodes": {
            "web": { "kind": "client", "arrivals": { "poisson": { "rate": rate } },
                     "operation": [{ "call": { "to": "app" } }] },
            "app": node
        }
    })
}

/// Exponential work with a mean of 10 ms.
fn exponential() -> Value {
    json!({ "exponential": "10ms" })
}

/// M/M/1: the response time is exponential with rate μ − λ.
fn mm1() -> [Law; 1] {
    let (lambda, mu) = (80.0, 100.0);
    let quantile = |q| theory::mm1_quantile_ms(lambda, mu, q);
    let mean = theory::mm1_response_ms(lambda, mu);
    let figures = vec![
        Figure { name: "mean", of: |r| app(r).response_ms.mean, expected: mean },
        Figure { name: "p50", of: |r| app(r).response_ms.p50, expected: quantile(0.5) },
        Figure { name: "p95", of: |r| app(r).response_ms.p95, expected: quantile(0.95) },
        Figure { name: "p99", of: |r| app(r).response_ms.p99, expected: quantile(0.99) },
        Figure { name: "waiting", of: |r| app(r).waiting_ms.mean, expected: mean - 10.0 },
        Figure { name: "utilization", of: |r| app(r).utilization, expected: 0.8 },
        Figure { name: "in system", of: |r| app(r).in_system_mean, expected: lambda * mean / 1e3 },
    ];
    [Law { name: "M/M/1".into(), scenario: station(lambda, exponential(), json!({})), rate: lambda, figures }]
}

/// M/M/c: mean response by Erlang C, and that the replicas of one pool are not one (random splitting gives M/M/1).
fn mmc() -> Vec<Law> {
    let pool = |c: u32, lambda: f64| {
        law(
            format!("M/M/{c}"),
            station(lambda, exponential(), json!({ "workers": c })),
            lambda,
            |r| app(r).response_ms.mean,
            theory::mmc_response_ms(c, lambda, 100.0),
        )
    };
    let split = law(
        "4 × M/M/1 by random balance",
        station(280.0, exponential(), json!({ "replicas": 4, "balance": "random" })),
        280.0,
        |r| app(r).response_ms.mean,
        theory::mm1_response_ms(70.0, 100.0),
    );
    vec![pool(2, 160.0), pool(4, 320.0), pool(20, 1800.0), split]
}

/// M/M/c/K: what finds no place is lost; Erlang B is M/M/c/c, and does not depend on the shape of the work.
fn losses() -> Vec<Law> {
    let lost = |c: u32, places: u32, lambda: f64, work: Value, shape: &str| Law {
        name: format!("M/{shape}/{c}/{}", c + places),
        scenario: station(lambda, work, json!({ "workers": c, "queue": places })),
        rate: lambda,
        figures: vec![
            Figure {
                name: "loss",
                of: |r| app(r).rejected as f64 / app(r).arrivals as f64,
                expected: theory::mmck(c, c + places, lambda / 100.0).0,
            },
            Figure {
                name: "in system",
                of: |r| app(r).in_system_mean,
                expected: theory::mmck(c, c + places, lambda / 100.0).1,
            },
        ],
    };
    vec![
        lost(1, 4, 90.0, exponential(), "M"),
        lost(1, 0, 50.0, exponential(), "M"),
        lost(4, 6, 420.0, exponential(), "M"),
        lost(4, 0, 300.0, exponential(), "M"),
        lost(10, 0, 800.0, json!("10ms"), "D"),
        lost(10, 0, 800.0, json!({ "lognormal": { "mean": "10ms", "cv": 2 } }), "G"),
    ]
}

/// M/G/1 by Pollaczek and Khinchine.
fn pollaczek_khinchine() -> Vec<Law> {
    [
        ("M/D/1", 80.0, json!("10ms"), 0.0),
        ("M/E2/1", 80.0, json!({ "erlang": { "mean": "10ms", "k": 2 } }), libm::sqrt(0.5)),
        ("M/U/1", 80.0, json!({ "uniform": ["5ms", "15ms"] }), libm::sqrt(1.0 / 12.0)),
        ("M/H2/1", 60.0, json!({ "hyperexponential": { "mean": "10ms", "cv": 2 } }), 2.0),
        ("M/lognormal/1", 60.0, json!({ "lognormal": { "mean": "10ms", "cv": 1.5 } }), 1.5),
    ]
    .into_iter()
    .map(|(name, lambda, work, cv)| {
        let expected = theory::mg1_response_ms(lambda, 100.0, cv);
        law(name, station(lambda, work, json!({})), lambda, |r| app(r).response_ms.mean, expected)
    })
    .collect()
}

/// Processor sharing is insensitive to the shape of the work: only its mean counts. The order of service without
/// preemption changes no mean.
fn disciplines() -> Vec<Law> {
    let sharing = |workers: u32| json!({ "discipline": "processor_sharing", "workers": workers });
    let mean = |r: &cascade::telemetry::result::RunResult| app(r).response_ms.mean;
    vec![
        law(
            "M/H2/1 processor sharing",
            station(70.0, json!({ "hyperexponential": { "mean": "10ms", "cv": 2 } }), sharing(1)),
            70.0,
            mean,
            theory::mm1_response_ms(70.0, 100.0),
        ),
        law(
            "M/D/1 processor sharing",
            station(80.0, json!("10ms"), sharing(1)),
            80.0,
            mean,
            theory::mm1_response_ms(80.0, 100.0),
        ),
        law(
            "M/M/4 processor sharing",
            station(320.0, exponential(), sharing(4)),
            320.0,
            mean,
            theory::mmc_response_ms(4, 320.0, 100.0),
        ),
        law(
            "M/M/1 LIFO",
            station(70.0, exponential(), json!({ "discipline": "lifo" })),
            70.0,
            mean,
            theory::mm1_response_ms(70.0, 100.0),
        ),
    ]
}

laws! {
    /// Mean, quantiles and levels.
    mm1_is_exponential mm1_is_exponential_thoroughly = mm1();
    /// Erlang C.
    pools_wait_as_erlang_c_says pools_wait_as_erlang_c_says_thoroughly = mmc();
    /// Erlang B and its kin.
    losses_are_erlang_b_s losses_are_erlang_b_s_thoroughly = losses();
    /// Pollaczek and Khinchine.
    one_worker_waits_as_the_variance_says one_worker_waits_as_the_variance_says_thoroughly = pollaczek_khinchine();
    /// Processor sharing, last come first served.
    disciplines_have_the_means_of_theory disciplines_have_the_means_of_theory_thoroughly = disciplines();
}
