//! The traces that a page keeps: whole, the right ones, in bounded memory, and the same however one came there.

mod support;

use std::collections::BTreeMap;
use std::sync::Arc;

use cascade::base::{ClientIx, EdgeIx, SimTime};
use cascade::engine::Simulation;
use cascade::observation::{Failure, Observer, Scope, SpanEnd, SpanFact};
use cascade::scenario::Plan;
use cascade::session::{Session, Variant};
use cascade::telemetry::{
    Doing, FOLLOWED, LATE, LISTED, MOST_SPANS, ROOM, Span, Spans, Telemetry, Trace, Traces, Which,
};
use serde_json::{Value, json};

/// The scenarios beside the tests, and one with messages that are handled again long after their requests' ends.
fn scenarios() -> Vec<(&'static str, Value)> {
    let file = |name: &'static str| {
        let path = format!("{}/tests/scenarios/{name}.json", env!("CARGO_MANIFEST_DIR"));
        let text = std::fs::read_to_string(path).expect("the scenario is there");
        (name, serde_json::from_str(&text).expect("JSON"))
    };
    let names =
        ["between", "calls", "cascade", "closed", "disciplines", "faults", "network", "queue", "retries"];
    let mut all: Vec<_> = names.into_iter().map(file).collect();
    all.push(("mail", mail(50.0)));
    all
}

/// Requests end at once; their messages wait, and every fifth is delivered again.
fn mail(rate: f64) -> Value {
    json!({ "schema": 1, "network": { "latency": "5ms" }, "nodes": {
        "web": { "kind": "client", "arrivals": { "poisson": { "rate": rate } },
                 "operation": [ { "publish": { "to": "mail" } } ] },
        "mail": { "kind": "queue" },
        "mailer": { "kind": "service", "workers": 2, "consumes": [ { "from": "mail", "operation": "send" } ],
            "operations": { "send": [ { "work": { "exponential": "45ms" } }, { "fail": { "probability": 0.2 } } ] } } } })
}

fn run(plan: &Arc<Plan>, seconds: f64) -> (Simulation, Spans, Traces) {
    let mut simulation = Simulation::new(Arc::clone(plan));
    let mut observer = (Spans::new(SimTime::ZERO, 10_000_000), Traces::default());
    simulation.run_until(SimTime::from_secs(seconds), &mut observer);
    (simulation, observer.0, observer.1)
}

/// All of some spans, so that they can be compared.
fn all_of<'a>(spans: impl IntoIterator<Item = &'a Span>) -> Vec<String> {
    spans.into_iter().map(|span| format!("{span:?}")).collect()
}

#[test]
fn every_trace_is_whole() {
    for (name, scenario) in scenarios() {
        let (simulation, spans, traces) = run(&support::plan(&scenario, 3), 90.0);
        let mut of: BTreeMap<u64, Vec<&Span>> = BTreeMap::new();
        spans.spans().iter().for_each(|span| of.entry(span.request).or_default().push(span));
        let mut seen = 0;
        for trace in traces.all().filter(|trace| !trace.cut()) {
            assert_eq!(all_of(trace.spans()), all_of(of[&trace.request()].iter().copied()), "{name}");
            check_stretches(trace, simulation.now());
            seen += 1;
        }
        assert!(seen >= LISTED.min(of.len()), "{name}: {seen} of {}", of.len());
    }
}

/// What a span did has no gaps and comes to the sums that were measured.
fn check_stretches(trace: &Trace, now: SimTime) {
    for (at, span) in trace.spans().iter().enumerate() {
        let whole = span.until(now);
        let stretches = trace.stretches(at, now);
        let mut end = span.began;
        let mut sums = [0; 3];
        for (from, to, doing) in stretches {
            assert_eq!(from, end);
            assert!(to > from);
            sums[doing as usize] += to.since(from).0;
            end = to;
        }
        assert_eq!(end, span.ends(now));
        let expected = [whole.waited.0, whole.worked.0, whole.blocked(now).0];
        assert_eq!(sums, expected, "{span:?}");
        assert_eq!([Doing::Waiting as usize, Doing::Working as usize, Doing::Blocked as usize], [0, 1, 2]);
    }
}

#[test]
fn the_lists_are_what_they_are_called() {
    let mut whole = 0;
    for (name, scenario) in scenarios() {
        let (simulation, spans, traces) = run(&support::plan(&scenario, 4), 150.0);
        let roots: Vec<&Span> = spans.spans().iter().filter(|span| span.parent == 0).collect();
        let listed = |which| traces.list(which).map(|trace| trace.request()).collect::<Vec<_>>();
        for trace in traces.list(Which::Retried) {
            assert!(trace.again() > 0, "{name}");
        }
        // A crowded system is followed by a sample.
        if traces.missed() > 0 {
            continue;
        }
        whole += 1;
        let since = (simulation.now().0 / LATE.0).saturating_sub(1) * LATE.0;
        let late = |span: &&&Span| span.ended.is_some_and(|(at, _)| at.0 >= since);
        let mut good: Vec<&&Span> =
            roots.iter().filter(late).filter(|span| matches!(span.ended, Some((_, SpanEnd::Ok)))).collect();
        good.sort_by_key(|span| {
            (std::cmp::Reverse(span.ends(SimTime::ZERO).since(span.began)), span.request)
        });
        let expected: Vec<u64> = good.iter().take(LISTED).map(|span| span.request).collect();
        assert_eq!(listed(Which::Slowest), expected, "{name}");
        let mut bad: Vec<&&Span> = roots
            .iter()
            .filter(|span| matches!(span.ended, Some((_, SpanEnd::Late | SpanEnd::Failed(_)))))
            .collect();
        bad.sort_by_key(|span| std::cmp::Reverse(span.ends(SimTime::ZERO)));
        let ends = |requests: &[u64]| -> Vec<SimTime> {
            let of = |request: &u64| roots.iter().find(|span| span.request == *request);
            requests.iter().filter_map(of).map(|span| span.ends(SimTime::ZERO)).collect()
        };
        let expected: Vec<u64> = bad.iter().take(LISTED).map(|span| span.request).collect();
        assert_eq!(ends(&listed(Which::Failed)), ends(&expected), "{name}");
        let over = roots.iter().filter(late).count();
        assert_eq!(listed(Which::Random).len(), over.min(LISTED), "{name}");
    }
    assert!(whole >= 7, "{whole} systems were not crowded");
}

#[test]
fn a_message_that_is_handled_late_shows_in_its_trace() {
    // More comes than can be handled: the line grows to minutes.
    let (simulation, _, traces) = run(&support::plan(&mail(60.0), 1), 200.0);
    let retried: Vec<_> = traces.list(Which::Retried).collect();
    assert_eq!(retried.len(), LISTED);
    let consumed = |trace: &&Arc<Trace>| {
        let last = trace.spans().iter().rev().find(|span| span.link().is_some());
        last.is_some_and(|job| job.began.since(trace.offered()).as_secs() > 5.0)
    };
    let late = Which::ALL.into_iter().flat_map(|which| traces.list(which)).filter(consumed).count();
    assert!(late > 0, "at {:?}", simulation.now());
    // A publication, and at least two hops: to the queue, and from it.
    assert!(traces.list(Which::Random).all(|trace| !trace.hops().is_empty()));
}

#[test]
fn nothing_grows_without_bound() {
    // Requests that never end, of more spans than a trace may have, and more of them than are followed.
    let mut traces = Traces::default();
    let mut number = 0;
    let mut began = |traces: &mut Traces, request, parent, scope| {
        number += 1;
        let fact = SpanFact::Began { span: number, parent, request, key: None, scope };
        (traces.span(SimTime(request), fact), number)
    };
    let root = Scope::Request { client: ClientIx(0) };
    for request in 0..10 * FOLLOWED as u64 {
        let (followed, parent) = began(&mut traces, request, 0, root);
        for attempt in 1..2 * MOST_SPANS as u32 {
            let (heard, child) =
                began(&mut traces, request, parent, Scope::Attempt { edge: EdgeIx(0), attempt });
            assert!(followed || !heard);
            if heard && request % 2 == 0 {
                traces.span(SimTime(request), SpanFact::Turned { span: child, waiting: 0, working: 1 });
                let end = SpanEnd::Failed(Failure::Error);
                traces.span(SimTime(request + 1), SpanFact::Ended { span: child, end, wasted: false });
            }
        }
        if request % 3 == 0 && followed {
            let end = if request % 2 == 0 { SpanEnd::Ok } else { SpanEnd::Late };
            traces.span(SimTime(request + 2), SpanFact::Ended { span: parent, end, wasted: false });
        }
    }
    let spans: usize = traces.all().map(|trace| trace.spans().len()).sum();
    let lists = 2 * Which::ALL.len() * LISTED;
    assert!(traces.all().count() <= FOLLOWED + lists);
    assert!(spans <= ROOM + lists * MOST_SPANS, "{spans}");
    assert!(traces.all().all(|trace| trace.spans().len() <= MOST_SPANS));
    assert!(traces.all().any(|trace| trace.cut()), "a trace that is cut says so");
}

#[test]
fn who_looks_at_spans_changes_nothing() {
    for (name, scenario) in scenarios() {
        let plan = support::plan(&scenario, 5);
        let mut simulation = Simulation::new(Arc::clone(&plan));
        let mut telemetry = Telemetry::new(&plan);
        simulation.run_before(SimTime::from_secs(30.0), &mut telemetry);
        let result = support::run(&scenario, 5, 0.0, 30.0);
        assert_eq!(telemetry.digest().hex(), result.digest, "{name}");
    }
}

#[test]
fn steps_and_stretches_give_the_same_traces() {
    let variant = || {
        let scenario = cascade::scenario::Scenario::read(&mail(40.0).to_string()).expect("a good scenario");
        Session::new(vec![Variant { label: "A".into(), scenario }], 1.0).expect("it plans")
    };
    let (mut whole, mut pieces) = (variant(), variant());
    let end = SimTime::from_secs(40.0);
    whole.run_until(end);
    for piece in 1..=4000 {
        pieces.run_until(SimTime(end.0 / 4000 * piece));
        if piece % 500 == 0 {
            // As a checkpoint does: the clone shares what there is, and goes its own way.
            drop(pieces.clone());
        }
    }
    let said = |session: &Session| -> Vec<String> {
        let traces = session.variants()[0].telemetry().traces();
        let lists = Which::ALL.into_iter().flat_map(|which| traces.list(which));
        lists.chain(traces.all()).map(|trace| format!("{trace:?}")).collect()
    };
    assert_eq!(said(&whole), said(&pieces));
}
