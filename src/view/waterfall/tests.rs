//! Waterfalls of real runs: rows that tell the truth, pictures in which everything has room.

use std::collections::BTreeMap;

use super::rows::{Part, Row, rows};
use super::*;
use crate::base::{SimDuration, SimTime};
use crate::scenario::Scenario;
use crate::session::{Session, Variant, VariantRun};
use crate::telemetry::{LISTED, Trace, Which};
use crate::view::canvas::check::{bounds, within};
use crate::view::{
    ChartId, ChartKind, DrawOp, Layout, Rect, Size, Sketch, StageOptions, TracePlace, chart, chart_data,
    mark_trace, meant_at, meant_under, stage, trace_chrome, trace_otlp,
};

/// Calls that are tried again and give up, a store, a queue whose messages are delivered again, an exchange.
const SHOP: &str = r#"{ "schema": 1, "network": { "latency": "4ms" }, "nodes": {
  "shoppers": { "kind": "client", "arrivals": { "poisson": { "rate": 30 } }, "deadline": "1s", "operation": [
    { "call": { "to": "gateway", "timeout": "900ms" } } ] },
  "gateway": { "kind": "service", "workers": 20, "operations": { "default": [
    { "work": "2ms" },
    { "call": { "to": "a-payment-with-a-very-long-name", "timeout": "150ms", "retry": { "attempts": 3, "backoff": { "base": "20ms" } } } },
    { "write": { "to": "orders" } },
    { "publish": { "to": "events", "key": "paid" } } ] } },
  "a-payment-with-a-very-long-name": { "kind": "service", "workers": 2, "operations": { "default": [
    { "work": { "exponential": "60ms" } } ] } },
  "orders": { "kind": "store", "connections": 4 },
  "events": { "kind": "exchange", "type": "fanout", "bindings": [ { "to": "mail" }, { "to": "audit" } ] },
  "mail": { "kind": "queue" }, "audit": { "kind": "queue" },
  "mailer": { "kind": "service", "workers": 3, "consumes": [ { "from": "mail", "operation": "send" } ],
    "operations": { "send": [ { "work": { "exponential": "50ms" } }, { "fail": { "probability": 0.3 } } ] } }
} }"#;

fn variant(scenario: &str, seconds: f64) -> VariantRun {
    let scenario = Scenario::read(scenario).unwrap_or_else(|problems| panic!("{problems:#?}"));
    let mut variant = VariantRun::new(Variant { label: "A".to_owned(), scenario }).expect("a plan");
    variant.run_until(SimTime::from_secs(seconds));
    variant
}

fn kept(variant: &VariantRun) -> Vec<std::sync::Arc<Trace>> {
    variant.telemetry().traces().all().cloned().collect()
}

const SIZES: [(f32, f32); 6] =
    [(0.0, 0.0), (119.0, 200.0), (330.0, 180.0), (700.0, 60.0), (900.0, 400.0), (2400.0, 900.0)];

#[test]
fn rows_cover_their_time_without_overlaps() {
    let variant = variant(SHOP, 40.0);
    let now = variant.snapshot().now();
    let mut seen: BTreeMap<Part, u32> = BTreeMap::new();
    let mut notes: BTreeMap<String, u32> = BTreeMap::new();
    let mut links = 0;
    for trace in kept(&variant) {
        let rows = rows(variant.plan(), &trace, now);
        for row in &rows {
            check_row(row, &rows);
            row.stretches.iter().for_each(|stretch| *seen.entry(stretch.part).or_default() += 1);
            *notes.entry(row.note.clone()).or_default() += 1;
            links += usize::from(row.link.is_some());
        }
        // Every span is in a row: its own, or that of the call that led to it.
        let calls = rows.iter().filter(|row| row.given_up.is_some()).count();
        assert!(rows.len() <= trace.spans().len() && rows.len() >= trace.spans().len() / 2, "{calls}");
    }
    assert!(Part::ALL.iter().all(|part| seen.get(part).is_some_and(|count| *count > 0)), "{seen:?}");
    for note in ["try 2", "try 3", "delivered again"] {
        assert!(notes.contains_key(note), "{note} in {notes:?}");
    }
    assert!(links > 0);
}

fn check_row(row: &Row, rows: &[Row]) {
    assert!(row.from <= row.to, "{row:?}");
    let mut end = row.from;
    for stretch in &row.stretches {
        assert!(stretch.from >= end && stretch.to > stretch.from, "{row:?}");
        end = stretch.to;
    }
    assert!(end <= row.to, "{row:?}");
    if let Some((publication, handed)) = row.link {
        let publication = &rows[publication];
        assert!(handed >= publication.from, "{row:?} before {publication:?}");
        assert!(publication.sum(Part::Queue) > 0 || publication.to >= publication.from);
    }
}

#[test]
fn a_call_s_row_is_the_way_there_the_job_and_the_way_back() {
    let variant = variant(
        r#"{ "schema": 1, "network": { "latency": "10ms" }, "nodes": {
            "web": { "kind": "client", "arrivals": { "constant": { "rate": 2 } }, "operation": [ { "call": { "to": "app" } } ] },
            "app": { "kind": "service", "workers": 1, "operations": { "default": [
                { "work": "30ms" }, { "call": { "to": "db" } }, { "work": "5ms" } ] } },
            "db": { "kind": "service", "workers": 1, "operations": { "default": [ { "work": "50ms" } ] } } } }"#,
        3.2,
    );
    let slowest = trace_list(&variant, Which::Slowest);
    let shown = trace(&variant, slowest[0].request).expect("it is on a list");
    let now = variant.snapshot().now();
    let rows = rows(variant.plan(), &shown, now);
    let millis = |row: &Row| Part::ALL.map(|part| row.sum(part) / 1_000_000);
    let told: Vec<(&str, [u64; 6])> = rows.iter().map(|row| (row.name.as_str(), millis(row))).collect();
    let expected =
        [("Web", [0, 0, 125, 0, 0, 0]), ("App", [0, 35, 70, 20, 0, 0]), ("Db", [0, 50, 0, 20, 0, 0])];
    assert_eq!(told, expected);
    let words = waterfall_words(variant.plan(), &shown, 1, now).replace('\u{202f}', " ");
    assert_eq!(words, "App: 125 ms, 35 ms working, 70 ms blocked, 20 ms on the network; good");
    assert_eq!(waterfall_words(variant.plan(), &shown, 9, now), "");
    let table = waterfall_table(variant.plan(), &shown, now);
    assert!(table.rows.iter().all(|row| row.len() == table.head.len()));
    assert_eq!((table.rows.len(), table.rows[2][0].as_str()), (3, "› › Db"));
    assert_eq!(waterfall_moment(variant.plan(), &shown, 2, now), Some(rows[2].from));
    assert_eq!(waterfall_moment(variant.plan(), &shown, 3, now), None);
    let row = &slowest[0];
    assert_eq!(
        (row.takes.replace('\u{202f}', " ").as_str(), row.outcome, row.bad),
        ("125 ms", "good", false)
    );
}

/// Two clients of one service, in two variants.
fn two_variants() -> Session {
    let client = |rate: u32| {
        format!(
            r#"{{ "kind": "client", "arrivals": {{ "poisson": {{ "rate": {rate} }} }}, "operation": [ {{ "call": {{ "to": "app" }} }} ] }}"#
        )
    };
    let scenario = |work: &str| {
        let text = format!(
            r#"{{ "schema": 1, "nodes": {{ "web": {}, "phone": {}, "app": {{ "kind": "service", "workers": 4,
            "operations": {{ "default": [ {{ "work": {{ "exponential": "{work}" }} }} ] }} }} }} }}"#,
            client(9),
            client(5)
        );
        Scenario::read(&text).unwrap_or_else(|problems| panic!("{problems:#?}"))
    };
    let variant = |work: &str| Variant { label: work.to_owned(), scenario: scenario(work) };
    let mut session = Session::new(vec![variant("20ms"), variant("90ms")], 1.0).expect("it runs");
    session.run_until(SimTime::from_secs(30.0));
    session
}

#[test]
fn a_trace_leads_to_its_point_in_the_charts_and_the_point_to_the_trace() {
    let (session, shown, size) = (two_variants(), [0, 1], Size { w: 700.0, h: 300.0 });
    let mut found = 0;
    for (variant, of) in session.variants().iter().enumerate() {
        for trace in kept(of) {
            let whose = [None, trace.client().map(|client| of.plan().clients[client.at()].node)];
            for (kind, node) in [ChartKind::Latency, ChartKind::Heatmap]
                .into_iter()
                .flat_map(|kind| whose.map(|node| (kind, node)))
            {
                let id = node.map_or(kind.into(), |node| ChartId::of_node(kind, of.plan().id(node)));
                let mut data = chart_data(&session, &shown, &id);
                mark_trace(&mut data, &session, &shown, &id, (variant, &trace));
                let mut sketch = Sketch::new();
                chart(&mut sketch, &data, size, None);
                within(&sketch, Rect::new(0.0, 0.0, size.w, size.h), 1.5);
                let ring = |op: &DrawOp| match op {
                    DrawOp::Circle { center, radius: 5.0, fill: None, .. } => Some(*center),
                    _ => None,
                };
                let Some(place) = sketch.ops().iter().find_map(ring) else {
                    assert!(trace.ended().is_none(), "{trace:?} has no point");
                    continue;
                };
                let meant = meant_under(&session, &shown, &id, &data, (size, place));
                let own = meant.iter().find(|meant| meant.variant == variant).expect("its variant is meant");
                assert!(own.is_of(trace.client()));
                let (ended, _) = trace.ended().expect("it has a point");
                let (at, took) = (own.at.as_secs(), own.latency.expect("a height").as_secs());
                assert!((at - ended.as_secs()).abs() < 0.01, "{at} is not {ended:?}");
                let takes = trace.latency(ended).as_secs();
                assert!((took - takes).abs() < 1e-4 + 0.02 * takes, "{took} is not {takes}");
                // Another one may have its point in the same place.
                let (near, request) = trace_near(&session, &meant).expect("there are traces");
                found += usize::from((near, request) == (variant, trace.request()));
            }
        }
    }
    assert!(found > 60, "{found}");
    // Where the crosshair stands, which has no height.
    let id = ChartId::from(ChartKind::Latency);
    let meant = meant_at(&session, &shown, &id, Some(20.2));
    assert!(meant.iter().all(|meant| meant.latency.is_some()));
    assert_eq!(meant.iter().map(|meant| meant.variant).collect::<Vec<_>>(), [0, 1]);
    let (near, request) = trace_near(&session, &meant).expect("there are traces");
    let (ended, _) =
        trace(&session.variants()[near], request).and_then(|trace| trace.ended()).expect("it is over");
    assert!((ended.as_secs() - 20.2).abs() < 3.0, "{ended:?}");
    // No other chart has points of requests.
    let id = ChartId::from(ChartKind::Waiting);
    assert!(meant_at(&session, &shown, &id, None).is_empty());
    assert_eq!(trace_near(&session, &[]), None);
}

#[test]
fn everything_has_room() {
    let variant = variant(SHOP, 20.0);
    let now = variant.snapshot().now();
    let mut traces = kept(&variant);
    traces.sort_by_key(|trace| std::cmp::Reverse(trace.spans().len()));
    traces.truncate(LISTED);
    traces.push(std::sync::Arc::default());
    for trace in &traces {
        let count = waterfall_rows(variant.plan(), trace, now);
        for (w, h) in SIZES {
            let size = Size { w, h };
            for first in [0, 1, count / 2, count, usize::MAX] {
                let options = WaterfallOptions { first, row: Some(first.min(count)), present: None };
                check_picture(&variant, trace, size, &options);
            }
        }
    }
}

fn check_picture(variant: &VariantRun, trace: &Trace, size: Size, options: &WaterfallOptions) {
    let now = variant.snapshot().now();
    let mut sketch = Sketch::new();
    waterfall(&mut sketch, variant.plan(), trace, now, size, options);
    within(&sketch, Rect::new(0.0, 0.0, size.w, size.h.max(42.0)), 2.0);
    let texts: Vec<Rect> =
        bounds(&sketch).filter(|(op, _)| matches!(op, DrawOp::Text { .. })).map(|(_, rect)| rect).collect();
    for (at, text) in texts.iter().enumerate() {
        let clear = |other: &&Rect| text.inset(0.3).overlaps(**other);
        assert_eq!(texts[at + 1..].iter().find(clear), None, "{text:?} at {size:?} {options:?}");
    }
    // A row is found where it is drawn.
    let heights = (0..(size.h as usize)).map(|y| y as f32);
    let found: Vec<usize> =
        heights.filter_map(|y| waterfall_row_at(variant.plan(), trace, now, size, options, y)).collect();
    assert!(found.is_sorted());
    assert!(found.iter().all(|row| *row < waterfall_rows(variant.plan(), trace, now)));
}

#[test]
fn a_dot_leads_to_its_trace_and_back() {
    let mut variant = variant(SHOP, 12.0);
    let mut followed = 0;
    for millis in 12_000..12_500 {
        variant.run_until(SimTime(millis * 1_000_000));
        for flight in variant.snapshot().flights() {
            assert_eq!(trace_of_message(&variant, flight.message), Some(flight.request));
            let Some(trace) = trace(&variant, flight.request) else { continue };
            assert!(trace_places(&variant, &trace).contains(&TracePlace::Message(flight.message)));
            followed += 1;
        }
    }
    assert!(followed > 0);
    assert_eq!(trace_of_message(&variant, u64::MAX), None);
}

#[test]
fn a_request_is_marked_where_it_is() {
    let mut variant = variant(
        r#"{ "schema": 1, "network": { "latency": "10ms" }, "nodes": {
            "web": { "kind": "client", "arrivals": { "constant": { "rate": 1 } }, "operation": [
                { "call": { "to": "app" } }, { "publish": { "to": "mail" } } ] },
            "app": { "kind": "service", "workers": 1, "operations": { "default": [ { "work": "30ms" }, { "write": { "to": "db" } } ] } },
            "db": { "kind": "store", "write": "50ms" },
            "mail": { "kind": "queue" },
            "mailer": { "kind": "service", "workers": 1, "consumes": [ { "from": "mail", "operation": "send" } ],
                "operations": { "send": [ { "work": "40ms" } ] } } } }"#,
        0.0,
    );
    // From the first request on, every half millisecond: what is said of it, each once.
    let mut told: Vec<String> = Vec::new();
    for half in 1..4000_u64 {
        variant.run_until(SimTime(half * 500_000));
        let Some(trace) = kept(&variant).into_iter().min_by_key(|trace| trace.offered()) else { continue };
        let (said, places) = (trace_here(&variant, &trace), trace_places(&variant, &trace));
        let flying = places.iter().filter(|place| matches!(place, TracePlace::Message(_))).count();
        assert_eq!(said.is_empty(), places.is_empty());
        assert!(
            said.is_empty() || said.starts_with(&format!("Messages on their way now: {flying}")),
            "{said}"
        );
        if told.last() != Some(&said) {
            told.push(said);
        }
        if told.len() > 1 && places.is_empty() {
            break;
        }
    }
    let expected = [
        "Messages on their way now: 1; at Web",
        "Messages on their way now: 0; at Web, App",
        "Messages on their way now: 1; at Web, App",
        "Messages on their way now: 0; at Web, App, Db",
        "Messages on their way now: 1; at Web, App",
        "Messages on their way now: 1; at Web",
        "Messages on their way now: 1",
        "Messages on their way now: 0; at Mailer",
        "Messages on their way now: 1",
        "",
    ];
    assert_eq!(told, expected);
}

#[test]
fn a_record_is_marked_until_every_group_has_committed_it() {
    let mut variant = variant(
        r#"{ "schema": 1, "network": { "latency": "10ms" }, "nodes": {
            "web": { "kind": "client", "arrivals": { "constant": { "rate": 1 } }, "operation": [
                { "publish": { "to": "clicks" } } ] },
            "clicks": { "kind": "log", "partitions": 1 },
            "counter": { "kind": "service", "workers": 1, "operations": { "default": [ { "work": "100ms" } ] },
                "consumes": [ { "from": "clicks", "operation": "default", "group": "count" } ] } } }"#,
        0.0,
    );
    let log = variant.plan().logs[0].node;
    let mut lay = Vec::new();
    for at in (1_000..2_000_u64).step_by(10) {
        variant.run_until(SimTime(at * 1_000_000));
        let Some(trace) = kept(&variant).into_iter().min_by_key(|trace| trace.offered()) else { continue };
        let places = trace_places(&variant, &trace);
        let offsets = places.iter().filter_map(|place| match place {
            TracePlace::Record(_, 0, offset) => Some(*offset),
            _ => None,
        });
        let (offsets, snapshot) = (offsets.collect::<Vec<_>>(), variant.snapshot());
        let log_ix = crate::base::LogIx(0);
        let (end, done) = (snapshot.partition(log_ix, 0).end, snapshot.claim(log_ix, 0, 0).committed);
        // The first request's record is the first of the log.
        assert_eq!(offsets, if end > 0 && done == 0 { vec![0] } else { vec![] }, "at {at} ms: {end}, {done}");
        assert_eq!(places.contains(&TracePlace::Node(log)), !offsets.is_empty());
        if let [offset] = offsets[..] {
            lay.push(offset);
            let options = StageOptions { traced: &places, ..crate::view::stage::tests::options(false, 1.0) };
            let (mut with, mut without) = (Sketch::new(), Sketch::new());
            let layout = Layout::new(variant.plan(), &[], Size { w: 1200.0, h: 500.0 });
            stage(&mut with, &variant, &layout, &options);
            stage(
                &mut without,
                &variant,
                &layout,
                &StageOptions { traced: &places[..places.len() - 1], ..options },
            );
            assert_eq!(with.ops().len(), without.ops().len() + 1, "its cell has a frame");
        }
    }
    assert!(lay.len() > 5, "it lies there while it is worked on: {lay:?}");
}

#[test]
fn traces_can_be_written_one_or_all() {
    let variant = variant(SHOP, 20.0);
    let one = trace_list(&variant, Which::Retried);
    let one = trace(&variant, one[0].request).expect("it is on a list");
    let spans = |text: &str| text.matches("\"spanId\"").count() - text.matches("\"links\"").count();
    assert_eq!(spans(&trace_otlp(&variant, Some(&one))), one.spans().len());
    assert!(spans(&trace_otlp(&variant, None)) > one.spans().len());
    assert!(trace_chrome(&variant, Some(&one)).matches("\"ph\":\"X\"").count() == one.spans().len());
    // Nothing of another system.
    let other = self::variant(
        r#"{ "schema": 1, "nodes": { "web": { "kind": "client",
        "arrivals": { "constant": { "rate": 1 } }, "operation": [ { "work": "1ms" } ] } } }"#,
        1.0,
    );
    assert_eq!(spans(&trace_otlp(&other, Some(&one))), 0);
    assert_eq!(waterfall_rows(other.plan(), &one, SimTime::ZERO + SimDuration(1)), 0);
}
