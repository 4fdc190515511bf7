//! Circuit breakers as they are seen: what their meters say, and what stands on their links.

use cascade::base::{BreakerIx, SimTime};
use cascade::engine::Command;
use cascade::observation::BreakerState;
use cascade::scenario::Scenario;
use cascade::session::{Variant, VariantRun};
use cascade::view::{self, DrawOp, Layout, Size, Sketch, StageOptions};

use super::system;
use serde_json::json;

fn variant() -> VariantRun {
    let breaker =
        json!({ "window": { "calls": 20 }, "minimum_calls": 10, "open_for": "5s", "half_open_calls": 3 });
    let call = json!({ "call": { "to": "pay", "timeout": "1s", "circuit_breaker": breaker } });
    let steps = json!([ { "work": "10ms" }, { "fail": { "probability": 1.0 } } ]);
    let pay = json!({ "pay": { "kind": "service", "workers": 10, "operations": { "default": steps } } });
    let scenario = Scenario::read(&system(10.0, json!([call]), pay).to_string()).expect("it is sound");
    VariantRun::new(Variant { label: "".into(), scenario }).expect("it compiles")
}

fn texts(variant: &VariantRun) -> Vec<String> {
    let layout = Layout::new(variant.plan(), &view::positions(variant), Size { w: 900.0, h: 400.0 });
    let mut sketch = Sketch::new();
    view::stage(&mut sketch, variant, &layout, &StageOptions::default());
    let text = |op: &DrawOp| match op {
        DrawOp::Text { text, .. } => Some(sketch.text(*text).to_owned()),
        _ => None,
    };
    sketch.ops().iter().filter_map(text).collect()
}

#[test]
fn a_breaker_set_by_hand_is_told_apart() {
    let mut variant = variant();
    variant.run_until(SimTime::from_secs(0.5));
    for (state, word) in [(BreakerState::ForcedOpen, "held open"), (BreakerState::Disabled, "disabled")] {
        variant.apply(Command::SetBreaker(BreakerIx(0), state));
        assert_eq!(variant.snapshot().breaker_meter(BreakerIx(0)).state, state);
        assert!(texts(&variant).iter().any(|text| text == word), "{word}");
    }
}

#[test]
fn a_meter_says_what_opened_a_breaker_and_when_it_probes() {
    let mut variant = variant();
    variant.run_until(SimTime::from_secs(0.95));
    let meter = variant.snapshot().breaker_meter(BreakerIx(0));
    assert_eq!((meter.state, meter.calls, meter.failed), (BreakerState::Closed, 9, 9), "too few to judge by");
    variant.run_until(SimTime::from_secs(2.0));
    let meter = variant.snapshot().breaker_meter(BreakerIx(0));
    assert_eq!((meter.state, meter.calls, meter.failed), (BreakerState::Open, 10, 10));
    let left = meter.until.since(variant.snapshot().now()).as_secs();
    assert!((3.9..=4.1).contains(&left), "{left}");
    assert_eq!(meter.probes, 0);
}
