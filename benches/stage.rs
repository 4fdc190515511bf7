//! What a picture costs: the stage of a system with ten thousand messages under way, and one with every kind of node.
//!
//! `cargo bench --no-default-features --bench stage`; the view's part of a frame, without the painting.
#![allow(missing_docs, reason = "what criterion's macros make is documented there")]

use std::hint::black_box;

use cascade::base::SimTime;
use cascade::scenario::Scenario;
use cascade::session::{Variant, VariantRun};
use cascade::view::{self, Layout, Pointer, Size, Sketch, StageOptions};
use criterion::{Criterion, criterion_group, criterion_main};

/// Half a second on each of three hops, there and back, at four thousand requests a second.
const CROWD: &str = r#"{ "schema": 1, "network": { "latency": "500ms" },
  "nodes": {
    "web": { "kind": "client", "arrivals": { "constant": { "rate": 4000 } }, "operation": [ { "call": { "to": "edge", "timeout": "9s" } } ] },
    "edge": { "kind": "service", "workers": 10000, "operations": { "default": [ { "call": { "to": "app", "timeout": "8s" } } ] } },
    "app": { "kind": "service", "workers": 10000, "operations": { "default": [ { "call": { "to": "users", "timeout": "7s" } } ] } },
    "users": { "kind": "service", "workers": 1000, "operations": { "default": [ { "work": "10ms" } ] } }
  } }"#;

fn variant(text: &str, seconds: f64) -> VariantRun {
    let scenario = Scenario::read(text).expect("the scenario is sound");
    let mut variant = VariantRun::new(Variant { label: "".into(), scenario }).expect("it compiles");
    variant.run_until(SimTime::from_secs(seconds));
    variant
}

fn stage(criterion: &mut Criterion, name: &str, variant: &VariantRun, speed: f64) {
    let layout = Layout::new(variant.plan(), &view::positions(variant), Size { w: 1600.0, h: 900.0 });
    let options = StageOptions { badge: "A", label: variant.label(), speed, ..StageOptions::default() };
    let mut sketch = Sketch::new();
    criterion.bench_function(name, |bencher| {
        bencher.iter(|| {
            view::stage(&mut sketch, variant, &layout, &options);
            black_box(sketch.ops().len())
        });
    });
    let pointer = Pointer { touch: false, speed, reduced_motion: false };
    let at = layout.at(cascade::base::LinkIx(0), 0.5);
    criterion.bench_function(&format!("{name}, what is under the pointer"), |bencher| {
        bencher.iter(|| black_box(view::hit(&layout, variant, at, &pointer)));
    });
}

fn benches(criterion: &mut Criterion) {
    let crowd = variant(CROWD, 10.0);
    assert!(crowd.snapshot().flights().count() >= 10_000);
    stage(criterion, "10,000 under way", &crowd, 1.0);
    stage(criterion, "10,000 under way, as density", &crowd, 100.0);
    let orders = variant(include_str!("../static/gallery/order-placed.json"), 20.0);
    stage(criterion, "orders", &orders, 1.0);
}

criterion_group!(pictures, benches);
criterion_main!(pictures);
