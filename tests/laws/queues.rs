//! One station, several stations, closed networks.

use serde_json::{Value, json};

use crate::support::{replicate, run};
use crate::{check, theory};

const REPLICATIONS: u64 = 8;

/// A Poisson client that calls one service over a network without latency.
fn station(rate: f64, work: Value, service: Value) -> Value {
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

/// Mean response times (ms) at the service of replications of `seconds`.
fn response_ms(scenario: &Value, seconds: f64) -> Vec<f64> {
    replicate(scenario, REPLICATIONS, 100.0, seconds, |result| {
        result.services.get("app").expect("app").response_ms.mean
    })
}

#[test]
fn mm1_has_the_mean_and_the_tail_of_the_formula() {
    let scenario = station(80.0, json!({ "exponential": "10ms" }), json!({}));
    let figures = replicate(&scenario, REPLICATIONS, 100.0, 5_000.0, |result| {
        let app = result.services.get("app").expect("app");
        (app.response_ms.mean, app.response_ms.p50, app.response_ms.p99, app.utilization, app.waiting_ms.mean)
    });
    let column = |of: fn(&(f64, f64, f64, f64, f64)) -> f64| figures.iter().map(of).collect::<Vec<_>>();
    check("M/M/1 mean", &column(|f| f.0), theory::mm1_response_ms(80.0, 100.0));
    check("M/M/1 p50", &column(|f| f.1), theory::mm1_quantile_ms(80.0, 100.0, 0.5));
    check("M/M/1 p99", &column(|f| f.2), theory::mm1_quantile_ms(80.0, 100.0, 0.99));
    check("M/M/1 utilization", &column(|f| f.3), 0.8);
    check("M/M/1 waiting", &column(|f| f.4), theory::mm1_response_ms(80.0, 100.0) - 10.0);
}

#[test]
fn mean_response_times_are_those_of_the_formulas() {
    let exponential = || json!({ "exponential": "10ms" });
    let cases = [
        (
            "M/M/4",
            station(320.0, exponential(), json!({ "workers": 4 })),
            theory::mmc_response_ms(4, 320.0, 100.0),
        ),
        (
            "M/M/1 LIFO",
            station(70.0, exponential(), json!({ "discipline": "lifo" })),
            theory::mm1_response_ms(70.0, 100.0),
        ),
        ("M/D/1", station(80.0, json!("10ms"), json!({})), theory::mg1_response_ms(80.0, 100.0, 0.0)),
        (
            "M/E2/1",
            station(80.0, json!({ "erlang": { "mean": "10ms", "k": 2 } }), json!({})),
            theory::mg1_response_ms(80.0, 100.0, libm::sqrt(0.5)),
        ),
        (
            "M/H2/1",
            station(60.0, json!({ "hyperexponential": { "mean": "10ms", "cv": 2 } }), json!({})),
            theory::mg1_response_ms(60.0, 100.0, 2.0),
        ),
        // Insensitive to the shape of the service time: only its mean counts.
        (
            "M/H2/1 processor sharing",
            station(
                70.0,
                json!({ "hyperexponential": { "mean": "10ms", "cv": 2 } }),
                json!({ "discipline": "processor_sharing" }),
            ),
            theory::mm1_response_ms(70.0, 100.0),
        ),
        (
            "M/D/1 processor sharing",
            station(80.0, json!("10ms"), json!({ "discipline": "processor_sharing" })),
            theory::mm1_response_ms(80.0, 100.0),
        ),
        // With several workers and exponential work it is M/M/c in the mean.
        (
            "M/M/4 processor sharing",
            station(320.0, exponential(), json!({ "discipline": "processor_sharing", "workers": 4 })),
            theory::mmc_response_ms(4, 320.0, 100.0),
        ),
    ];
    for (law, scenario, expected) in cases {
        check(law, &response_ms(&scenario, 4_000.0), expected);
    }
}

#[test]
fn what_finds_no_place_is_lost_as_often_as_the_formulas_say() {
    let cases = [
        ("M/M/1/5", 90.0, json!({ "queue": 4 }), theory::mm1k_loss(5, 0.9)),
        ("M/M/1/1", 50.0, json!({ "queue": 0 }), theory::mm1k_loss(1, 0.5)),
        ("M/M/4/4 (Erlang B)", 300.0, json!({ "queue": 0, "workers": 4 }), theory::erlang_b(4, 3.0)),
    ];
    for (law, rate, service, expected) in cases {
        let scenario = station(rate, json!({ "exponential": "10ms" }), service);
        let loss = replicate(&scenario, REPLICATIONS, 10.0, 2_500.0, |result| {
            let app = result.services.get("app").expect("app");
            app.rejected as f64 / app.arrivals as f64
        });
        check(law, &loss, expected);
    }
}

/// A client that visits two services in turn.
fn tandem(arrivals: Value) -> Value {
    let service = |mean: &str| json!({ "kind": "service", "operations": { "default": [{ "work": { "exponential": mean } }] } });
    json!({
        "schema": 1,
        "network": { "latency": "0s" },
        "nodes": {
            "web": { "kind": "client", "arrivals": arrivals,
                     "operation": [{ "call": { "to": "first" } }, { "call": { "to": "second" } }] },
            "first": service("10ms"),
            "second": service("8ms")
        }
    })
}

#[test]
fn a_tandem_is_two_independent_stations() {
    let scenario = tandem(json!({ "poisson": { "rate": 75 } }));
    let total = replicate(&scenario, REPLICATIONS, 100.0, 4_000.0, |result| {
        result.clients.get("web").expect("web").latency_ms.mean
    });
    let expected = theory::mm1_response_ms(75.0, 100.0) + theory::mm1_response_ms(75.0, 125.0);
    check("tandem", &total, expected);
}

#[test]
fn a_closed_network_has_the_throughput_of_mean_value_analysis() {
    let users = json!({ "closed": { "users": 10, "think": { "exponential": "50ms" } } });
    let throughput = replicate(&tandem(users), REPLICATIONS, 20.0, 500.0, |result| {
        result.clients.get("web").expect("web").goodput_per_s
    });
    check("closed", &throughput, theory::closed_throughput(10, 0.05, &[0.010, 0.008]));
}

#[test]
fn littles_law_holds_at_every_node() {
    // Blocking, non-blocking, sharing, with a bounded room, and all of them on the way of one request.
    let scenario = json!({
        "schema": 1,
        "network": { "latency": "3ms" },
        "nodes": {
            "web": { "kind": "client", "arrivals": { "poisson": { "rate": 100 } },
                     "operation": [{ "call": { "to": "gateway" } }] },
            "gateway": { "kind": "service", "workers": 10, "queue": 50, "operations": { "default": [
                { "work": { "exponential": "2ms" } },
                { "all": [[{ "call": { "to": "left" } }], [{ "call": { "to": "right" } }]] }] } },
            "left": { "kind": "service", "workers": 2, "while_waiting": "release_worker", "operations": { "default": [
                { "work": { "exponential": "4ms" } }, { "call": { "to": "deep" } }, { "work": "4ms" }] } },
            "right": { "kind": "service", "discipline": "processor_sharing", "workers": 2, "operations": { "default": [
                { "work": { "lognormal": { "mean": "12ms", "cv": 1.5 } } }] } },
            "deep": { "kind": "service", "replicas": 2, "balance": "random", "operations": { "default": [
                { "work": { "exponential": "12ms" } }] } }
        }
    });
    let result = run(&scenario, 11, 50.0, 4_000.0);
    for (name, service) in &result.services.0 {
        let served = (service.completed + service.failed) as f64 / 4_000.0;
        let in_system = served * service.response_ms.mean / 1e3;
        let error = (in_system / service.in_system_mean - 1.0).abs();
        assert!(error < 0.005, "{name}: λ·W = {in_system}, L = {}", service.in_system_mean);
        let waiting = served * service.waiting_ms.mean / 1e3;
        if name != "right" {
            let error = (waiting - service.queue_length_mean).abs();
            assert!(
                error < 0.005 * waiting.max(0.1),
                "{name}: λ·Wq = {waiting}, Lq = {}",
                service.queue_length_mean
            );
        }
        assert!(service.utilization <= 1.0 && service.utilization > 0.1, "{name}: {}", service.utilization);
    }
}
