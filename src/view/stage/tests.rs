//! Stages of real runs: everything in its place, at every size, and the same twice.

use crate::base::{LinkIx, NodeIx, SimTime, Text};
use crate::scenario::Scenario;
use crate::session::{Variant, VariantRun};
use crate::view::canvas::check::{bounds, within};
use crate::view::cards::reading;
use crate::view::stage::dots::{self, MOST_DOTS};
use crate::view::*;

/// A chain that blocks: what a lesson shows.
const CASCADE: &str = r#"{ "schema": 1, "network": { "latency": "60ms" },
  "nodes": {
    "shoppers": { "kind": "client", "arrivals": { "poisson": { "rate": 120 } }, "deadline": "2s", "operation": [
      { "choose": [
        { "weight": 1, "then": [ { "call": { "to": "gateway", "operation": "browse", "timeout": "2s" } } ] },
        { "weight": 1, "then": [ { "call": { "to": "gateway", "operation": "buy", "timeout": "2s",
          "retry": { "attempts": 3, "backoff": { "base": "200ms" } } } } ] } ] } ] },
    "gateway": { "kind": "service", "workers": 40, "queue": 250, "operations": {
      "browse": [ { "call": { "to": "catalogue" } } ], "buy": [ { "call": { "to": "checkout" } } ] } },
    "catalogue": { "kind": "service", "workers": 20, "operations": { "default": [ { "work": "50ms" } ] } },
    "checkout": { "kind": "service", "workers": 20, "queue": 60, "operations": { "default": [
      { "call": { "to": "payment", "timeout": "1500ms", "retry": { "attempts": 2, "backoff": { "base": "100ms" } } } } ] } },
    "payment": { "kind": "service", "workers": 10, "operations": { "default": [ { "work": { "exponential": "60ms" } } ] } }
  },
  "timeline": [ { "at": "10s", "fault": { "slow": { "node": "payment", "factor": 10 } } } ] }"#;

/// Two clients, a queue, replicas, many workers, every kind of fault, links that span columns.
const MESH: &str = r#"{ "schema": 1, "network": { "latency": "80ms" },
  "nodes": {
    "web": { "kind": "client", "arrivals": { "poisson": { "rate": 60 } }, "operation": [
      { "call": { "to": "edge", "timeout": "1s", "fallback": [ { "work": "1ms" } ] } } ] },
    "mobile": { "kind": "client", "arrivals": { "closed": { "users": 50, "think": "1s" } }, "operation": [
      { "call": { "to": "edge" } }, { "call": { "to": "reports", "timeout": "500ms" } } ] },
    "edge": { "kind": "service", "workers": 50, "replicas": 3, "operations": { "default": [ { "all": [
      [ { "call": { "to": "search" } } ], [ { "call": { "to": "cart" } } ], [ { "call": { "to": "users" } } ] ] } ] } },
    "search": { "kind": "service", "workers": 400, "operations": { "default": [ { "work": "20ms" }, { "call": { "to": "index" } } ] } },
    "cart": { "kind": "service", "workers": 10, "queue": 0, "operations": { "default": [
      { "work": "20ms" }, { "publish": { "to": "mail-outbox", "confirm": true } }, { "call": { "to": "users" } } ] } },
    "users": { "kind": "service", "workers": 8, "replicas": 2, "operations": { "default": [ { "work": "20ms" } ] } },
    "index": { "kind": "service", "workers": 60, "replicas": 12, "operations": { "default": [ { "work": "100ms" } ] } },
    "reports": { "kind": "service", "workers": 3, "operations": { "default": [ { "work": "10ms" }, { "call": { "to": "users" } } ] } },
    "mail-outbox": { "kind": "queue" },
    "mailer": { "kind": "service", "workers": 2, "operations": { "send": [ { "work": "200ms" }, { "fail": { "probability": 0.2 } } ] },
      "consumes": [ { "from": "mail-outbox", "operation": "send", "prefetch": 4 } ] }
  },
  "links": [ { "from": "edge", "to": "cart", "latency": "80ms", "loss": 0.05 } ],
  "timeline": [
    { "at": "3s", "fault": { "partition": { "between": [ "mobile", "reports" ] } } },
    { "at": "3s", "fault": { "latency": { "from": "edge", "to": "users", "add": "200ms" } } },
    { "at": "4s", "fault": { "crash": { "node": "users", "replica": 1 } } },
    { "at": "4s", "fault": { "surge": { "client": "web", "factor": 2 } } },
    { "at": "5s", "fault": { "pause": { "node": "mail-outbox" } } },
    { "at": "5s", "fault": { "error": { "node": "search", "probability": 0.5 } } } ] }"#;

/// Given positions, a cycle, and names that do not fit.
const PLACED: &str = r#"{ "schema": 1, "network": { "latency": "100ms" },
  "nodes": {
    "a-client-with-a-very-long-name-indeed-0": { "kind": "client", "arrivals": { "constant": { "rate": 20 } },
      "operation": [ { "call": { "to": "wwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwww", "timeout": "300ms" } } ] },
    "wwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwww": { "kind": "service", "workers": 5, "operations": { "default": [
      { "call": { "to": "other", "timeout": "200ms" } } ], "back": [ { "work": "10ms" } ] } },
    "other": { "kind": "service", "workers": 61, "operations": { "default": [
      { "call": { "to": "wwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwww", "operation": "back" } } ] } }
  },
  "view": { "positions": { "a-client-with-a-very-long-name-indeed-0": [ 0, 0 ],
    "wwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwww": [ 300, 200 ], "other": [ 0, 200 ] } } }"#;

/// The smallest.
const ONE: &str = r#"{ "schema": 1, "nodes": { "web": { "kind": "client", "arrivals": { "constant": { "rate": 1 } }, "operation": [] } } }"#;

const ALL: [(&str, f64); 6] =
    [(CASCADE, 20.0), (MESH, 8.0), (MESH, 0.0), (PLACED, 5.0), (ONE, 3.0), (CASCADE, 0.3)];

pub(crate) fn variant(scenario: &str, seconds: f64) -> VariantRun {
    let scenario = Scenario::read(scenario).expect("the scenario is sound");
    let mut variant =
        VariantRun::new(Variant { label: "A variant with a label".into(), scenario }).expect("it compiles");
    variant.run_until(SimTime::from_secs(seconds));
    variant
}

pub(crate) fn options(reduced_motion: bool, speed: f64) -> StageOptions<'static> {
    StageOptions {
        badge: "A",
        label: "A variant with a label",
        speed,
        reduced_motion,
        selected: Some(Hit::Node(NodeIx(0))),
        ..StageOptions::default()
    }
}

const SIZES: [(f32, f32); 9] = [
    (320.0, 200.0),
    (344.0, 420.0),
    (344.0, 900.0),
    (520.0, 260.0),
    (760.0, 230.0),
    (975.0, 250.0),
    (1200.0, 460.0),
    (2400.0, 1000.0),
    (2400.0, 200.0),
];

pub(crate) fn check_stage(variant: &VariantRun, size: Size) {
    let layout = Layout::new(variant.plan(), &positions(variant), size);
    assert!(layout.fits(variant.plan(), size));
    let frame = Rect::new(0.0, 0.0, size.w, size.h);
    let nodes = layout.nodes();
    assert_eq!(nodes.len(), variant.plan().nodes.len());
    for (at, node) in nodes.iter().enumerate() {
        assert!(frame.holds(node.whole, 0.5), "{node:?} leaves the stage of {size:?}");
        assert!(node.whole.holds(node.card, 0.01));
        for other in &nodes[at + 1..] {
            assert!(!node.whole.inset(0.2).overlaps(other.whole), "{node:?} overlaps {other:?} at {size:?}");
        }
    }
    for (reduced_motion, speed) in [(false, 1.0), (false, 0.01), (false, 100.0), (true, 1.0)] {
        let mut sketch = Sketch::new();
        stage(&mut sketch, variant, &layout, &options(reduced_motion, speed));
        within(&sketch, frame, 6.0);
        // Counts stand on the links, and above the cards where a link is short.
        if !reduced_motion {
            texts_within_cards(&sketch, &layout);
        }
        let mut again = Sketch::new();
        stage(&mut again, variant, &layout, &options(reduced_motion, speed));
        assert_eq!(sketch, again);
    }
}

/// A text that begins on a card stays there, unless it is a word on a link's mark above it.
fn texts_within_cards(sketch: &Sketch, layout: &Layout) {
    for (op, rect) in bounds(sketch) {
        let DrawOp::Text { text, align, .. } = op else { continue };
        if align == Align::Center {
            continue;
        }
        let middle = Point { x: rect.center().x, y: rect.y + rect.h * 0.7 };
        if let Some(node) = layout.nodes().iter().find(|node| node.card.contains(middle)) {
            assert!(node.whole.holds(rect, 1.0), "{:?} leaves {:?}", sketch.text(text), node.whole);
        }
    }
}

#[test]
fn nothing_overlaps_or_leaves_the_stage() {
    for (scenario, seconds) in ALL {
        let variant = variant(scenario, seconds);
        for (w, h) in SIZES {
            check_stage(&variant, Size { w, h });
        }
    }
}

#[test]
fn dots_are_the_messages_under_way_at_their_places() {
    for (scenario, seconds) in ALL {
        let variant = variant(scenario, seconds);
        let layout = Layout::new(variant.plan(), &positions(&variant), Size { w: 1000.0, h: 400.0 });
        let mut sketch = Sketch::new();
        stage(&mut sketch, &variant, &layout, &options(false, 1.0));
        let now = variant.snapshot().now();
        let flights: Vec<_> = variant.snapshot().flights().collect();
        assert!(flights.len() <= MOST_DOTS);
        for flight in &flights {
            let at = dots::place_of(&layout, flight, now);
            let glyph = dots::glyph(flight, now);
            let drawn = sketch.ops().iter().any(
                |op| matches!(op, DrawOp::Dot { at: place, glyph: g, .. } if *place == at && *g == glyph),
            );
            assert!(drawn, "{flight:?} is missing");
            let (joint, _) = layout.joint(flight.link).expect("every link has its curve");
            let off = layout.joints()[joint]
                .route
                .curves()
                .iter()
                .flat_map(|curve| (0..=1000).map(|step| curve.at(step as f32 / 1000.0)))
                .map(|point| libm::hypotf(point.x - at.x, point.y - at.y))
                .fold(f32::MAX, f32::min);
            let lane = dots::dot_size(&layout) * 0.35;
            assert!((off - lane).abs() < 0.75, "{off} pixels off its curve, and the lane is {lane} off");
        }
    }
    assert!(variant(CASCADE, 20.0).snapshot().flights().count() > 20, "there is something to see");
}

#[test]
fn a_reply_runs_back_along_the_curve_of_its_request() {
    let variant = variant(CASCADE, 0.0);
    let plan = variant.plan();
    let layout = Layout::new(plan, &positions(&variant), Size { w: 1000.0, h: 400.0 });
    for (at, link) in plan.links.iter().enumerate() {
        let back = plan.link(link.to, link.from).expect("what is called answers");
        for step in 0..=10 {
            let t = step as f32 / 10.0;
            let (there, here) = (layout.at(LinkIx(at as u32), t), layout.at(back, 1.0 - t));
            assert!((there.x - here.x).abs() < 1e-3 && (there.y - here.y).abs() < 1e-3);
            // Each in its own lane, on either side of the curve.
            let [own, other] =
                [(LinkIx(at as u32), t), (back, 1.0 - t)].map(|(link, t)| layout.off_center(link, t, 4.0));
            let middle = Point { x: (own.x + other.x) / 2.0, y: (own.y + other.y) / 2.0 };
            assert!(libm::hypotf(middle.x - there.x, middle.y - there.y) < 0.5);
            assert!((libm::hypotf(own.x - other.x, own.y - other.y) - 8.0).abs() < 0.1);
        }
        let (from, to) = (layout.node(link.from).card, layout.node(link.to).card);
        let start = layout.at(LinkIx(at as u32), 0.0);
        assert!(from.inset(-0.5).contains(start) && !to.contains(start));
    }
}

#[test]
fn a_sample_is_the_same_messages_and_says_so() {
    for (flights, every) in
        [(0, 1), (1, 1), (400, 1), (401, 2), (1000, 5), (2001, 10), (10_000, 50), (1_000_000, 5000)]
    {
        assert_eq!(dots::sample(flights), every, "{flights}");
    }
    let crowd = CASCADE.replace("\"rate\": 120", "\"rate\": 9000").replace("\"60ms\" },\n", "\"500ms\" },\n");
    let variant = variant(&crowd, 2.0);
    let flights = variant.snapshot().flights().count();
    assert!(flights > 2 * MOST_DOTS, "{flights}");
    let layout = Layout::new(variant.plan(), &positions(&variant), Size { w: 1000.0, h: 400.0 });
    let mut sketch = Sketch::new();
    stage(&mut sketch, &variant, &layout, &options(false, 1.0));
    let every = dots::sample(flights);
    let said = |sketch: &Sketch, wanted: &str| {
        sketch
            .ops()
            .iter()
            .any(|op| matches!(op, DrawOp::Text { text, .. } if sketch.text(*text).starts_with(wanted)))
    };
    assert!(said(&sketch, &format!("1 dot = {every}")));
    let requests = |op: &&DrawOp| {
        matches!(op, DrawOp::Dot { glyph: Glyph::Request(_) | Glyph::Retry(_) | Glyph::Reply, .. })
    };
    let drawn = sketch.ops().iter().filter(requests).count();
    assert!(drawn > 0 && drawn <= MOST_DOTS * 3 / 2, "{drawn} of {flights}");
    // Of an even flow, in which every other message is an answer, requests and answers have their share.
    for kind in [0, 1] {
        let seen = (0..50_000u64).filter(|at| dots::is_sampled(2 * at + kind, 50)).count();
        assert!((900..1100).contains(&seen), "{seen}");
    }
}

#[test]
fn cards_say_what_their_workers_suffer_from() {
    let variant = variant(CASCADE, 20.0);
    let words: Vec<String> = reading::services(&variant).iter().map(|reading| reading.state().word).collect();
    assert_eq!(words, ["all blocked", "starving", "all blocked", "slow ×10"]);
    let said = summary(&variant).join("\n");
    for wanted in
        ["Gateway: 40 of 40 workers blocked on Catalogue or Checkout, ", "Payment: 10 of 10 workers busy"]
    {
        assert!(said.contains(wanted), "{wanted} in {said}");
    }
    assert!(
        reading::losses(&variant, NodeIx(1))
            .iter()
            .any(|&(count, why)| count > 0 && why == Text::new("loss.rejected"))
    );
}

/// All texts of a picture.
pub(crate) fn texts(sketch: &Sketch) -> Vec<String> {
    let text = |op: &DrawOp| match op {
        DrawOp::Text { text, .. } => Some(sketch.text(*text).replace('\u{202f}', " ")),
        _ => None,
    };
    sketch.ops().iter().filter_map(text).collect()
}

#[test]
fn what_was_lost_says_why_on_the_smallest_cards_too() {
    let variant = variant(CASCADE, 20.0);
    for size in [Size { w: 640.0, h: 200.0 }, Size { w: 560.0, h: 170.0 }] {
        let layout = Layout::new(variant.plan(), &positions(&variant), size);
        let mut sketch = Sketch::new();
        stage(&mut sketch, &variant, &layout, &options(false, 1.0));
        let texts = texts(&sketch);
        for node in [NodeIx(0), NodeIx(1), NodeIx(3)] {
            let (count, why) = reading::losses(&variant, node)[0];
            let reason = why.say(&[("count", count.into())]);
            assert!(texts.iter().any(|text| text.contains(&reason)), "{size:?}: no {reason} in {texts:?}");
        }
    }
}

#[test]
fn reduced_motion_counts_every_message() {
    let variant = variant(MESH, 8.0);
    let layout = Layout::new(variant.plan(), &positions(&variant), Size { w: 1200.0, h: 460.0 });
    let mut sketch = Sketch::new();
    stage(&mut sketch, &variant, &layout, &options(true, 1.0));
    let flights = variant.snapshot().flights().count();
    let ops = sketch.ops();
    let message = |op: &DrawOp| {
        use Glyph::*;
        matches!(op, DrawOp::Dot { glyph: Request(_) | Retry(_) | Reply | Failed | Confirm | Refusal, .. })
            || matches!(op, DrawOp::Dot { glyph: Message | Redelivered | Poison | PoisonAgain, at, .. } if layout.node_at(*at).is_none())
    };
    let counted: usize = ops
        .windows(2)
        .filter(|pair| message(&pair[0]))
        .filter_map(|pair| match pair[1] {
            DrawOp::Text { text, .. } => sketch.text(text).parse::<usize>().ok(),
            _ => None,
        })
        .sum();
    assert_eq!(counted, flights);
}

/// A plan of services at random, with links at random between them; cycles and loops included.
fn any_plan(seed: u64) -> crate::scenario::Plan {
    use crate::base::{Dist, DistIx, ServiceIx, SimDuration, Stream};
    use crate::scenario::{Balance, Counted, Discipline, LinkPlan, NodeKind, NodePlan, Plan, ServicePlan};
    let mut stream = Stream::new(seed, "view", "plan");
    let mut below = |most: usize| (stream.unit() * most as f64) as usize;
    let count = 1 + below([4, 12, 40, 256][seed as usize % 4]);
    let mut plan = Plan { dists: vec![Dist::Constant(SimDuration::ZERO)], ..Plan::default() };
    for at in 0..count {
        let node = NodeIx(at as u32);
        plan.nodes.push(NodePlan {
            id: format!("n{at}"),
            label: None,
            kind: NodeKind::Service(ServiceIx(at as u32)),
        });
        plan.services.push(ServicePlan {
            node,
            replicas: 1 + below(3) as u32,
            workers: 1 + below(80) as u32,
            queue: None,
            discipline: Discipline::Fifo,
            release: false,
            balance: Balance::Random,
            counted: Counted::Caller,
            admits: None,
            shed_above: None,
            consumes: Vec::new(),
            discovery: None,
            autoscale: None,
        });
    }
    for _ in 0..below(count * 4) {
        let (from, to) = (NodeIx(below(count) as u32), NodeIx(below(count) as u32));
        if plan.link(from, to).is_none() {
            plan.links.push(LinkPlan { from, to, latency: DistIx(0), loss: 0.0 });
        }
    }
    plan
}

#[test]
fn layouts_of_any_plan_keep_cards_apart_and_on_the_stage() {
    for seed in 0..120 {
        let plan = any_plan(seed);
        for (w, h) in SIZES {
            let layout = Layout::new(&plan, &[], Size { w, h });
            let frame = Rect::new(0.0, 0.0, w, h);
            let nodes = layout.nodes();
            for (at, node) in nodes.iter().enumerate() {
                assert!(frame.holds(node.whole, 0.5), "seed {seed} at {w} × {h}: {node:?}");
                let mut others = nodes[at + 1..].iter();
                let clear = others.all(|other| !node.whole.inset(0.2).overlaps(other.whole));
                assert!(clear, "seed {seed} at {w} × {h}: {node:?} overlaps");
            }
            for (at, _) in plan.links.iter().enumerate() {
                let end = layout.at(LinkIx(at as u32), 1.0);
                assert!(end.x.is_finite() && end.y.is_finite());
            }
        }
    }
}

#[test]
fn a_variant_without_nodes_is_an_empty_stage() {
    let layout = Layout::new(&crate::scenario::Plan::default(), &[], Size { w: 0.0, h: f32::MAX });
    assert!(layout.nodes().is_empty() && layout.node_at(Point::default()).is_none());
}
