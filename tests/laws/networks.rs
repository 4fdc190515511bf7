//! Several stations: in series, with feedback, closed.

use serde_json::{Value, json};

use crate::support::run;
use crate::{Figure, Law, law, laws, web};
use cascade::theory::formulas as theory;

/// A station with exponential work of this mean.
fn exponential(mean: &str) -> Value {
    json!({ "kind": "service", "operations": { "default": [{ "work": { "exponential": mean } }] } })
}

/// A client that visits two services in turn.
fn tandem(arrivals: Value) -> Value {
    json!({
        "schema": 1,
        "network": { "latency": "0s" },
        "nodes": {
            "web": { "kind": "client", "arrivals": arrivals,
                     "operation": [{ "call": { "to": "first" } }, { "call": { "to": "second" } }] },
            "first": exponential("10ms"),
            "second": exponential("8ms")
        }
    })
}

/// Jackson's feedback network: a request visits `first`, then, one in two, `second`; with probability 0.4 it begins
/// again. A retry without backoff is the way back.
fn feedback() -> Value {
    json!({
        "schema": 1,
        "network": { "latency": "0s" },
        "nodes": {
            "web": { "kind": "client", "arrivals": { "poisson": { "rate": 36 } }, "operation": [
                { "call": { "to": "round", "retry": { "attempts": 100, "backoff": { "base": "0s" } } } }] },
            "round": { "kind": "service", "workers": 10000, "operations": { "default": [
                { "call": { "to": "first" } },
                { "choose": [{ "weight": 1, "then": [{ "call": { "to": "second" } }] }, { "weight": 1, "then": [] }] },
                { "fail": { "probability": 0.4 } }] } },
            "first": exponential("12ms"),
            "second": exponential("20ms")
        }
    })
}

fn in_system(result: &cascade::telemetry::result::RunResult, station: &str) -> f64 {
    result.services.get(station).expect("a station").in_system_mean
}

/// Open networks: each station is an M/M/1 of its own.
fn jackson() -> Vec<Law> {
    let series = theory::mm1_response_ms(75.0, 100.0) + theory::mm1_response_ms(75.0, 125.0);
    // 36/s from outside, 0.4 of the visits again: 60/s at `first`, half of them at `second`.
    let number = |lambda: f64, mean_s: f64| lambda * mean_s / (1.0 - lambda * mean_s);
    let (first, second) = (number(60.0, 0.012), number(30.0, 0.020));
    vec![
        law("tandem", tandem(json!({ "poisson": { "rate": 75 } })), 75.0, |r| web(r).latency_ms.mean, series),
        Law {
            name: "feedback".into(),
            scenario: feedback(),
            rate: 36.0,
            figures: vec![
                Figure { name: "first", of: |r| in_system(r, "first"), expected: first },
                Figure { name: "second", of: |r| in_system(r, "second"), expected: second },
                Figure {
                    name: "sojourn",
                    of: |r| web(r).latency_ms.mean,
                    expected: 1e3 * (first + second) / 36.0,
                },
            ],
        },
    ]
}

/// Closed networks: throughput and numbers at the stations by mean value analysis.
fn closed() -> Vec<Law> {
    let with = |users: u32| {
        let arrivals = json!({ "closed": { "users": users, "think": { "exponential": "50ms" } } });
        let (throughput, numbers) = theory::closed(users, 0.05, &[0.010, 0.008]);
        Law {
            name: format!("closed, {users} users"),
            scenario: tandem(arrivals),
            rate: throughput,
            figures: vec![
                Figure { name: "throughput", of: |r| web(r).goodput_per_s, expected: throughput },
                Figure { name: "first", of: |r| in_system(r, "first"), expected: numbers[0] },
                Figure { name: "second", of: |r| in_system(r, "second"), expected: numbers[1] },
            ],
        }
    };
    vec![with(1), with(5), with(12)]
}

laws! {
    /// Jackson's networks.
    stations_of_an_open_network_are_independent stations_of_an_open_network_are_independent_thoroughly = jackson();
    /// Mean value analysis.
    closed_networks_have_their_throughput closed_networks_have_their_throughput_thoroughly = closed();
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
