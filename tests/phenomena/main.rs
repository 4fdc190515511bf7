//! Published failures and remedies that the simulator must reproduce, with their numbers.
//!
//! Each scenario is a file beside this one, to be run from the command line as well:
//! `cascade run tests/phenomena/metastable.json --for 5m --format text`.

#[path = "../support/mod.rs"]
mod support;

use cascade::telemetry::result::RunResult;
use serde_json::{Value, json};

/// The scenario in a file of this folder.
fn scenario(name: &str) -> Value {
    let path = [env!("CARGO_MANIFEST_DIR"), "/tests/phenomena/", name].concat();
    serde_json::from_str(&std::fs::read_to_string(path).expect("a file of this folder")).expect("JSON")
}

/// A client's good answers a second.
fn goodput(result: &RunResult, client: &str) -> f64 {
    result.clients.get(client).expect("a client").goodput_per_s
}

/// Queries a second at the database of the metastable system, and good answers a second, in the last minute of five.
fn settled(change: impl Fn(&mut Value)) -> (f64, f64) {
    let mut scenario = scenario("metastable.json");
    change(&mut scenario);
    let result = support::run(&scenario, 1, 240.0, 60.0);
    (result.calls[0].attempts as f64 / 60.0, goodput(&result, "web"))
}

fn rate(scenario: &mut Value, rate: f64) {
    scenario["nodes"]["web"]["arrivals"]["poisson"]["rate"] = json!(rate);
}

#[test]
fn a_database_answers_in_under_100_ms_up_to_its_capacity() {
    for load in [100.0, 200.0, 280.0] {
        let mut scenario = scenario("metastable.json");
        rate(&mut scenario, load);
        let result = support::run(&scenario, 1, 5.0, 25.0);
        let latency = result.clients.get("web").expect("web").latency_ms;
        assert!(latency.p95 < 100.0, "{load}/s: {latency:?}");
    }
}

#[test]
fn a_metastable_failure_outlives_its_trigger_above_half_the_capacity() {
    for load in [100.0, 140.0] {
        let (queries, good) = settled(|scenario| rate(scenario, load));
        assert!((queries / load - 1.0).abs() < 0.03 && good > 0.97 * load, "{load}/s: {queries}, {good}");
    }
    for load in [160.0, 280.0] {
        let (queries, good) = settled(|scenario| rate(scenario, load));
        assert!((queries / (2.0 * load) - 1.0).abs() < 0.03, "{load}/s: everyone asks twice: {queries}");
        assert!(good < 0.01 * load, "{load}/s: {good}/s good");
    }
    // Without the trigger, the same load is no trouble.
    let (queries, good) = settled(|scenario| scenario["timeline"] = json!([]));
    assert!((queries / 280.0 - 1.0).abs() < 0.03 && good > 0.97 * 280.0, "{queries}, {good}");
}

#[test]
fn thirty_dependencies_of_99_99_percent_make_99_70() {
    let result = support::run(&scenario("dependencies.json"), 1, 0.0, 200.0);
    let web = result.clients.get("web").expect("web");
    let available = 100.0 * web.good as f64 / (web.offered - web.in_flight) as f64;
    // 200,000 requests: a standard error of 0.012.
    assert!((available - 99.70).abs() < 0.037, "{available} %");
}

/// Calls that a hundred contending clients make until each has been served once, over ten herds.
fn herd(jitter: &str, base: &str) -> f64 {
    let mut scenario = scenario("herd.json");
    let backoff = &mut scenario["nodes"]["herd"]["operation"][0]["call"]["retry"]["backoff"];
    (backoff["jitter"], backoff["base"]) = (json!(jitter), json!(base));
    let calls = support::replicate(&scenario, 10, 0.0, 400.0, |result| {
        assert_eq!(
            result.clients.get("herd").expect("herd").good,
            100,
            "everyone was served: {jitter} {base}"
        );
        result.calls[0].attempts as f64
    });
    calls.iter().sum::<f64>() / calls.len() as f64
}

#[test]
fn full_jitter_spreads_a_thundering_herd() {
    let none = herd("none", "0s");
    let exponential = herd("none", "5ms");
    let decorrelated = herd("decorrelated", "5ms");
    let equal = herd("equal", "5ms");
    let full = herd("full", "5ms");
    println!("{none} > {exponential} > {decorrelated} > {equal} ≳ {full}");
    assert!(
        none > 1.2 * exponential && exponential > 1.2 * decorrelated,
        "{none} {exponential} {decorrelated}"
    );
    assert!(decorrelated > 1.02 * equal && equal > 0.99 * full, "{decorrelated} {equal} {full}");
    assert!(full < 0.5 * exponential, "{full} of {exponential}");
}

/// The blocking chain before and after its slowest service becomes slow: two results.
fn chain(change: impl Fn(&mut Value)) -> (RunResult, RunResult) {
    let mut scenario = scenario("chain.json");
    change(&mut scenario);
    (support::run(&scenario, 5, 0.0, 30.0), support::run(&scenario, 5, 60.0, 60.0))
}

#[test]
fn a_blocking_chain_saturates_upwards_from_its_slowest_service() {
    let (before, after) = chain(|_| {});
    let gateway = |result: &RunResult| {
        let gateway = result.services.get("gateway").expect("gateway");
        (gateway.blocked_mean, gateway.busy_mean)
    };
    let (blocked, _) = gateway(&before);
    assert!(blocked < 10.0, "healthy: {blocked} blocked");
    assert!(goodput(&before, "buyers") > 90.0 && goodput(&before, "lookers") > 90.0);
    let (blocked, busy) = gateway(&after);
    assert!(blocked > 39.0 && busy < 0.6, "all blocked, not busy: {blocked}, {busy}");
    let payment = after.services.get("payment").expect("payment");
    assert!(payment.busy_mean > 9.9 && payment.queue_length_mean > 20.0, "{payment:?}");
    let served = (goodput(&after, "buyers"), goodput(&after, "lookers"));
    assert!(served.0 < 5.0 && served.1 < 15.0, "nobody is served in time, whatever they want: {served:?}");
}

#[test]
fn a_retry_budget_or_shedding_frees_a_metastable_system() {
    let retry = |scenario: &mut Value, budget: Value| {
        scenario["nodes"]["web"]["operation"][0]["call"]["retry"]["budget"] = budget;
    };
    type Remedy<'a> = (&'a str, &'a dyn Fn(&mut Value));
    let remedies: [Remedy; 3] = [
        ("a budget by ratio", &|scenario| retry(scenario, json!({ "ratio": 0.02, "min_concurrent": 0 }))),
        ("a budget of tokens", &|scenario| retry(scenario, json!({ "tokens": 10, "ratio": 0.1 }))),
        ("shedding", &|scenario| {
            scenario["nodes"]["db"]["admission"] = json!({ "shed": { "above_wait": "300ms" } })
        }),
    ];
    for (name, remedy) in remedies {
        let (queries, good) = settled(remedy);
        assert!(good > 0.9 * 280.0, "{name}: {good}/s good of {queries} queries");
        assert!(queries < 1.1 * 280.0, "{name}: {queries} queries");
    }
}

/// A hundred-fold fan-out: the share of slow requests, p99.9 of a single answer, and tries per call.
fn tail(hedge: Option<Value>) -> (f64, f64, f64) {
    let mut scenario = scenario("tail.json");
    if let Some(hedge) = hedge {
        for branch in
            scenario["nodes"]["ten"]["operations"]["default"][0]["all"].as_array_mut().expect("a list")
        {
            branch[0]["call"]["hedge"] = hedge.clone();
        }
    }
    let result = support::run(&scenario, 1, 5.0, 200.0);
    let web = result.clients.get("web").expect("web");
    let leaf = result.calls.iter().find(|call| call.to == "leaf").expect("calls of leaves");
    let arrivals = result.services.get("leaf").expect("leaf").arrivals;
    let slow = web.late as f64 / (web.late + web.good) as f64;
    (slow, leaf.latency_ms.p999, arrivals as f64 / leaf.calls as f64)
}

#[test]
fn one_percent_of_slow_servers_make_63_percent_of_requests_slow() {
    let (slow, p999, tries) = tail(None);
    // 4,000 requests: a standard error of 0.008.
    assert!((slow - 0.634).abs() < 0.025, "{slow} are slow");
    assert!(p999 > 1_000.0 && (tries - 1.0).abs() < 0.001, "{p999} ms, {tries} tries");
    let (slow, hedged, tries) = tail(Some(json!({ "after": "10ms", "max": 1 })));
    assert!(slow < 0.02, "{slow} are slow in spite of hedges");
    assert!(hedged < p999 / 10.0, "{hedged} ms after {p999}");
    assert!((1.01..1.05).contains(&tries), "a few per cent more requests: {tries}");
}

#[test]
fn a_breaker_keeps_the_other_operations_of_a_chain_alive() {
    let (before, after) = chain(|scenario| {
        let call = &mut scenario["nodes"]["gateway"]["operations"]["buy"][1]["call"];
        call["timeout"] = json!("500ms");
        call["circuit_breaker"] =
            json!({ "window": { "calls": 20 }, "minimum_calls": 10, "open_for": "5s", "half_open_calls": 3 });
    });
    assert!(goodput(&before, "buyers") > 90.0 && goodput(&before, "lookers") > 90.0);
    assert!(goodput(&after, "lookers") > 95.0, "{} looked", goodput(&after, "lookers"));
    let blocked = after.services.get("gateway").expect("gateway").blocked_mean;
    assert!(blocked < 10.0, "{blocked} workers wait for payments");
    let buyers = after.clients.get("buyers").expect("buyers");
    assert!(buyers.failed.total() > 50 * buyers.good / 10, "payments are still slow: {buyers:?}");
}
