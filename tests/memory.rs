//! How much memory a run takes. Alone in its program, so that nothing else is counted.
#![cfg(not(target_arch = "wasm32"))]

use std::alloc::System;
use std::sync::{Arc, Mutex};

use cap::Cap;
use cascade::base::{Json, QueueIx, SimTime};
use cascade::engine::Simulation;
use cascade::observation::Digest;
use cascade::scenario::Scenario;
use cascade::session::{Action, Session, Variant, VariantRun};
use cascade::telemetry::{Statistics, Telemetry};

#[global_allocator]
static ALLOCATOR: Cap<System> = Cap::new(System, usize::MAX);

/// One test at a time: they count what the whole program takes.
static ALONE: Mutex<()> = Mutex::new(());

#[test]
fn a_million_queued_messages_stay_under_100_mb() {
    let _alone = ALONE.lock();
    let text = r#"{ "schema": 1, "nodes": {
        "web": { "kind": "client", "arrivals": { "constant": { "rate": 500000 } },
                 "operation": [ { "publish": { "to": "mail" } } ] },
        "mail": { "kind": "queue" } } }"#;
    let plan = Arc::new(Scenario::read(text).and_then(|scenario| scenario.plan()).expect("a plan"));
    let before = ALLOCATOR.allocated();
    let mut simulation = Simulation::new(Arc::clone(&plan));
    // As on the page: everything that is measured is counted too.
    let mut telemetry = Telemetry::new(&plan);
    while simulation.queue(QueueIx(0)).ready < 1_000_000 {
        let next = SimTime::from_secs(simulation.now().as_secs() + 0.01);
        simulation.run_until(next, &mut telemetry);
        assert!(next < SimTime::from_secs(3.0), "the messages do not come");
    }
    let (now, most) = (ALLOCATOR.allocated() - before, ALLOCATOR.max_allocated() - before);
    println!("{} MB for 1,000,000 messages, {} MB at most", now / 1_000_000, most / 1_000_000);
    assert!(most < 100_000_000, "{now} bytes, at most {most}");
}

/// A warm system takes no memory for an event: what it had is used again. Only a latency beyond all before it makes a
/// table longer, now and then.
#[test]
fn a_warm_run_takes_no_memory() {
    let _alone = ALONE.lock();
    for name in ["calls", "disciplines", "network", "queue", "retries"] {
        let path = format!("{}/tests/scenarios/{name}.json", env!("CARGO_MANIFEST_DIR"));
        let text = std::fs::read_to_string(path).expect("the scenario is there");
        let plan = Arc::new(Scenario::read(&text).and_then(|scenario| scenario.plan()).expect("a plan"));
        let mut simulation = Simulation::new(Arc::clone(&plan));
        let mut observer = (Statistics::new(&plan, SimTime::ZERO), Digest::default());
        simulation.run_until(SimTime::from_secs(600.0), &mut observer);
        let (bytes, events) = (ALLOCATOR.total_allocated(), simulation.events());
        simulation.run_until(SimTime::from_secs(900.0), &mut observer);
        let (bytes, events) = (ALLOCATOR.total_allocated() - bytes, simulation.events() - events);
        println!("{name}: {bytes} bytes in {events} events");
        assert!(events > 5_000, "{name}: {events} events say little");
        assert!((bytes as u64) < events, "{name}: {bytes} bytes in {events} events");
    }
}

/// What a checkpoint is said to weigh is what it weighs, more or less.
#[test]
fn a_checkpoint_weighs_what_it_says() {
    let _alone = ALONE.lock();
    for (name, text) in scenarios() {
        let scenario = Scenario::read(&text).expect("a good scenario");
        let mut variant = VariantRun::new(Variant { label: String::new(), scenario }).expect("it plans");
        for seconds in [5.0, 60.0] {
            variant.run_until(SimTime::from_secs(seconds));
            let clone = variant.clone();
            let said = clone.weight() as f64;
            // What it shares with the variant is its own once the variant has gone on.
            variant.run_until(SimTime::from_secs(seconds + 10.0));
            let before = ALLOCATOR.allocated();
            drop(clone);
            let weight = (before - ALLOCATOR.allocated() + size_of::<VariantRun>()) as f64;
            println!("{name} at {seconds} s: {weight} bytes, said {said}");
            assert!(
                (0.6..2.2).contains(&(said / weight)),
                "{name} at {seconds} s: {weight} bytes, said {said}"
            );
        }
    }
}

/// Ten simulated hours with checkpoints take no more than what ten minutes do.
#[test]
fn a_long_run_does_not_grow() {
    let _alone = ALONE.lock();
    let text = r#"{ "schema": 1, "nodes": {
        "web": { "kind": "client", "arrivals": { "poisson": { "rate": 20 } }, "operation": [ { "call": { "to": "app" } } ] },
        "app": { "kind": "service", "workers": 5,
                 "operations": { "default": [ { "work": { "exponential": "100ms" } } ] } } } }"#;
    let scenario = || Scenario::read(text).expect("a good scenario");
    does_not_grow("two variants", vec![scenario(), scenario()]);
    for name in ["dead-letters", "circuit-breaker", "checkout-saga"] {
        let path = format!("{}/static/gallery/{name}.json", env!("CARGO_MANIFEST_DIR"));
        let text = std::fs::read_to_string(path).expect("the scenario is there");
        does_not_grow(name, vec![Scenario::read(&text).expect("a good scenario")]);
    }
}

fn does_not_grow(name: &str, scenarios: Vec<Scenario>) {
    let variant = |scenario| Variant { label: String::new(), scenario };
    let before = ALLOCATOR.allocated();
    let mut session = Session::new(scenarios.into_iter().map(variant).collect(), 1.0).expect("it runs");
    let mut weighed = |minutes: f64| {
        session.run_until(SimTime::from_secs(minutes * 60.0));
        let bytes = ALLOCATOR.allocated() - before;
        let (kept, said) = (session.checkpoints().len(), session.checkpoints().weight());
        println!("{name} after {minutes} minutes: {bytes} bytes, {kept} checkpoints of {said} bytes");
        bytes
    };
    let early = weighed(10.0);
    let most = [30.0, 60.0, 120.0, 240.0, 600.0].map(&mut weighed).into_iter().max();
    let most = most.expect("some");
    // Room is left for histograms that get longer and for holes: what was taken in ten minutes is never taken again.
    assert!(most < early, "{name}: {early} bytes after ten minutes, {most} later");
}

/// Every setting is a scenario and a plan of its own: that is counted too.
#[test]
fn a_slider_that_never_rests_is_bounded() {
    let _alone = ALONE.lock();
    for (name, text) in
        scenarios().iter().filter(|(name, _)| ["cascade.json", "a.json"].contains(&name.as_str()))
    {
        let scenario = Scenario::read(text).expect("a good scenario");
        let service = scenario
            .json()
            .get("nodes")
            .expect("nodes")
            .members()
            .iter()
            .find_map(|(id, node)| (node.get("kind")?.as_str()? == "service").then(|| id.clone()));
        let path = format!("nodes.{}.workers", service.expect("there is one"));
        let before = ALLOCATOR.allocated();
        let mut session =
            Session::new(vec![Variant { label: String::new(), scenario }], 1.0).expect("it runs");
        for number in 1..=1_500_u32 {
            session.run_until(SimTime::from_secs(f64::from(number) * 0.05));
            let value = Json::Number(f64::from(1 + number % 40));
            session.act(Action::Set { variant: None, path: path.clone(), value }).expect("it can be set");
        }
        let (bytes, said) = (ALLOCATOR.allocated() - before, session.checkpoints().weight());
        let kept = session.checkpoints().len();
        println!("{name}: {bytes} bytes, {kept} checkpoints of {said} bytes");
        assert!(kept > 50, "{name}: {kept} checkpoints");
        assert!(bytes < said * 3 / 2, "{name}: {bytes} bytes, {kept} checkpoints of {said} bytes");
    }
}

/// Names and texts of the scenarios that come with the program.
fn scenarios() -> Vec<(String, String)> {
    let mut found = Vec::new();
    for folder in ["tests/scenarios", "static/opening", "static/gallery", "tests/phenomena"] {
        let folder = format!("{}/{folder}", env!("CARGO_MANIFEST_DIR"));
        for entry in std::fs::read_dir(&folder).expect("the folder is there") {
            let path = entry.expect("an entry").path();
            let text = std::fs::read_to_string(&path).unwrap_or_default();
            if path.extension().is_some_and(|end| end == "json") && Scenario::read(&text).is_ok() {
                found.push((path.file_name().expect("a name").to_string_lossy().into_owned(), text));
            }
        }
    }
    assert!(found.len() > 10, "there are scenarios to weigh");
    found
}
