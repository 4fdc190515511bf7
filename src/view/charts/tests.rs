//! Charts stay in their frame, whatever the data.

use super::*;
use crate::base::SimTime;
use crate::session::Session;
use crate::view::canvas::check::{bounds, within};
use crate::view::{DrawOp, Rect, Size, Sketch, Stroke, Token, format};

/// Two lines of so many points over a minute.
pub(crate) fn example(points: usize) -> ChartData {
    let line = |name: &str, height: f64| Series {
        name: name.into(),
        label: name.into(),
        stroke: Some(Stroke::new(Token::Accent, 2.0)),
        points: (0..points)
            .map(|i| (30.0 + 60.0 * i as f64 / points.max(2) as f64, height * ((i * 37 % 100) as f64)))
            .collect(),
    };
    ChartData {
        title: "Answers".into(),
        of: "per second".into(),
        unit: Unit::PerSecond,
        span: (30.0, 90.0),
        now: 90.0,
        series: vec![line("A", 1.0), line("B", 0.5)],
        layers: Vec::new(),
        marks: vec![(40.0, true), (50.0, false)],
        log: false,
        empty: "nothing yet",
        extra: None,
    }
}

pub(super) fn check(data: &ChartData) {
    for (w, h) in [(140.0, 80.0), (320.0, 140.0), (800.0, 300.0), (2400.0, 400.0)] {
        for cross in [None, Some(0.0), Some(30.0), Some(61.7), Some(90.0), Some(f64::NAN)] {
            let mut sketch = Sketch::new();
            draw_chart(&mut sketch, data, Size { w, h }, cross);
            within(&sketch, Rect::new(0.0, 0.0, w, h), 1.5);
            let mut again = Sketch::new();
            draw_chart(&mut again, data, Size { w, h }, cross);
            assert_eq!(sketch, again);
        }
    }
}

#[test]
fn charts_stay_in_their_frame() {
    for points in [0, 1, 2, 3, 60, 1200, 10_000] {
        check(&example(points));
        check(&ChartData { log: true, unit: Unit::Seconds, ..example(points) });
    }
    for value in [0.0, 1.0, 1e-12, 1e15, 1e300, f64::MAX, f64::INFINITY, f64::NAN, -5.0] {
        let mut data = example(50);
        data.series[0].points.iter_mut().for_each(|point| point.1 = value);
        check(&data);
        data.log = true;
        check(&data);
        data.log = false;
        data.layers = vec![
            Layer {
                name: "good".into(),
                fill: Token::Good.alpha(0.5),
                points: data.series[0].points.clone(),
            },
            Layer {
                name: "failed".into(),
                fill: Token::Failed.alpha(0.5),
                points: data.series[1].points.clone(),
            },
        ];
        check(&data);
    }
}

#[test]
fn a_gap_breaks_the_line() {
    let lines = |data: &ChartData| {
        let mut sketch = Sketch::new();
        draw_chart(&mut sketch, data, Size { w: 400.0, h: 200.0 }, None);
        sketch.ops().iter().filter(|op| matches!(op, DrawOp::Polyline { .. })).count()
    };
    let mut data = example(60);
    assert_eq!(lines(&data), 2);
    data.series[0].points[30].1 = f64::NAN;
    assert_eq!(lines(&data), 3);
}

#[test]
fn the_crosshair_says_the_values_under_it() {
    let data = example(60);
    let texts = |cross| {
        let mut sketch = Sketch::new();
        draw_chart(&mut sketch, &data, Size { w: 800.0, h: 300.0 }, cross);
        let texts = sketch.ops().iter().filter_map(|op| match op {
            DrawOp::Text { text, .. } => Some(sketch.text(*text).to_owned()),
            _ => None,
        });
        texts.collect::<Vec<_>>()
    };
    let at = 59.3;
    let (without, with) = (texts(None), texts(Some(at)));
    let value = data.series[0].at(at, 2.0).expect("there is a point near the middle");
    let said = format!("A {}", format::string(|out| data.unit.write(out, value)));
    assert!(with.contains(&said) && !without.contains(&said), "{said} in {with:?}");
}

#[test]
fn names_stand_in_the_order_of_their_lines() {
    let ends = |values: &[f64]| {
        let mut data = example(60);
        let line = |(value, name): (&f64, &str)| {
            let points = vec![(60.0, *value), (89.0, *value)];
            Series { name: name.into(), label: name.into(), points, ..data.series[0].clone() }
        };
        data.series = values.iter().zip(["p50", "p95", "p99"]).map(line).collect();
        let mut sketch = Sketch::new();
        draw_chart(&mut sketch, &data, Size { w: 240.0, h: 160.0 }, None);
        let mut found = Vec::new();
        for op in sketch.ops() {
            if let DrawOp::Text { text, at, .. } = op
                && sketch.text(*text).starts_with('p')
                && sketch.text(*text) != "per second"
            {
                found.push((at.y, sketch.text(*text).to_owned()));
            }
        }
        found.sort_by(|one, other| one.0.total_cmp(&other.0));
        assert!(found.windows(2).all(|pair| pair[1].0 - pair[0].0 > 10.9), "{found:?}");
        found.into_iter().map(|(_, name)| name).collect::<Vec<_>>()
    };
    for values in [[5.0, 5.0, 5.0], [0.0, 0.0, 0.0], [4.99, 5.0, 5.0], [1.0, 1.01, 1.02], [0.0, 50.0, 100.0]]
    {
        assert_eq!(ends(&values), ["p99", "p95", "p50"], "{values:?}");
    }
}

#[test]
fn the_time_axis_grows_with_the_run_up_to_what_the_speed_asks() {
    for (now, speed, expected) in [
        (0.0, 1.0, (0.0, 15.0)),
        (16.0, 1.0, (0.0, 30.0)),
        (90.0, 1.0, (30.0, 90.0)),
        (10.0, 10.0, (0.0, 15.0)),
        (87.0, 10.0, (0.0, 120.0)),
        (250.0, 10.0, (0.0, 300.0)),
        (400.0, 10.0, (100.0, 400.0)),
        (3600.0, 1000.0, (3000.0, 3600.0)),
    ] {
        assert_eq!(time_span(SimTime::from_secs(now), speed), expected, "{now} s at {speed}×");
    }
}

#[test]
fn fault_marks_are_dashed_verticals() {
    let mut sketch = Sketch::new();
    draw_chart(&mut sketch, &example(60), Size { w: 400.0, h: 200.0 }, None);
    let dashed = |op: &&DrawOp| matches!(op, DrawOp::Line { from, to, stroke } if stroke.is_dashed() && from.x == to.x);
    assert_eq!(sketch.ops().iter().filter(dashed).count(), 2);
    assert!(bounds(&sketch).next().is_some());
}

#[test]
fn charts_tell_only_of_the_variants_that_are_shown() {
    let text = r#"{ "schema": 1, "nodes": {
        "web": { "kind": "client", "arrivals": { "constant": { "rate": 20 } }, "operation": [ { "call": { "to": "app" } } ] },
        "app": { "kind": "service", "operations": { "default": [ { "work": "20ms" } ] } } } }"#;
    let scenario = crate::scenario::Scenario::read(text).expect("the scenario is right");
    let variant = || crate::session::Variant { label: "One".to_owned(), scenario: scenario.clone() };
    let mut session = Session::new(vec![variant(), variant()], 1.0).expect("it runs");
    session.run_until(crate::base::SimTime::from_secs(5.0));
    for kind in [ChartKind::Answers, ChartKind::Latency, ChartKind::Waiting, ChartKind::Blocked] {
        let id = ChartId::from(kind);
        let lines = |shown: &[usize]| chart_data(&session, shown, &id).series.len();
        let letters = |shown: &[usize]| {
            let data = chart_data(&session, shown, &id);
            data.series.iter().any(|line| line.name.starts_with("A") || line.name.starts_with("B "))
        };
        assert_eq!((lines(&[0]), lines(&[])), (lines(&[1]), 0));
        assert!(lines(&[0]) < lines(&[0, 1]), "{kind:?}");
        assert!(!letters(&[0]) && !letters(&[1]) && letters(&[0, 1]), "{kind:?}");
        assert_eq!(chart_data(&session, &[0], &id).of, chart_data(&session, &[1], &id).of);
    }
}

#[test]
fn every_area_that_can_be_seen_is_in_the_legend() {
    let mut data = example(50);
    let points = data.series[0].points.clone();
    let layer = |name: &str, points: &[(f64, f64)]| Layer {
        name: name.into(),
        fill: Token::Good.into(),
        points: points.to_vec(),
    };
    let nothing: Vec<(f64, f64)> = points.iter().map(|(at, _)| (*at, 0.0)).collect();
    data.layers = vec![layer("good", &points), layer("late", &nothing), layer("queue full", &points)];
    let mut sketch = Sketch::new();
    draw_chart(&mut sketch, &data, Size { w: 300.0, h: 186.0 }, None);
    let says = |text: &str| {
        sketch
            .ops()
            .iter()
            .any(|op| matches!(op, DrawOp::Text { text: span, .. } if sketch.text(*span) == text))
    };
    assert_eq!((says("good"), says("late"), says("queue full")), (true, false, true));
    check(&data);
}
