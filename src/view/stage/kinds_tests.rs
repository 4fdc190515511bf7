//! Every kind of node, policy and fault: what its picture must say, whatever the room.

use super::tests::{check_stage, options, texts, variant};
use crate::base::{BreakerIx, LinkIx, NodeIx, SimTime};
use crate::session::VariantRun;
use crate::view::canvas::check::{bounds, within};
use crate::view::cards::detail::Detail;
use crate::view::cards::reading;
use crate::view::stage::{density, dots, pills};
use crate::view::*;

/// An order goes through a store, an exchange with three queues, and a log with two groups, one of which projects.
const ORDERS: &str = r##"{ "schema": 1, "network": { "latency": "150ms" },
  "nodes": {
    "shop": { "kind": "client", "arrivals": { "closed": { "users": 60, "think": "500ms" } }, "keys": { "count": 20 },
      "operation": [ { "call": { "to": "orders", "timeout": "2s" } } ] },
    "orders": { "kind": "service", "workers": 20, "operations": { "default": [ { "write": { "to": "order-db" } },
      { "publish": { "to": "events", "routing_key": "order.paid" } }, { "publish": { "to": "clicks" } } ] } },
    "order-db": { "kind": "store", "connections": 8, "write": "20ms", "follower_lag": "200ms" },
    "events": { "kind": "exchange", "type": "topic", "bindings": [ { "to": "shipment", "key": "order.*" },
      { "to": "payment", "key": "#.paid" }, { "to": "audit", "key": "order.#" }, { "to": "audit", "key": "#" } ] },
    "shipment": { "kind": "queue", "max_deliveries": 3, "dead_letter": "shipment-dead" },
    "shipment-dead": { "kind": "queue" },
    "payment": { "kind": "queue", "capacity": 40 },
    "audit": { "kind": "queue", "ttl": "3s" },
    "shipper": { "kind": "service", "workers": 4, "operations": { "ship": [ { "work": "40ms" },
      { "fail": { "probability": 0.3 } } ] }, "consumes": [ { "from": "shipment", "operation": "ship", "prefetch": 10 } ] },
    "clicks": { "kind": "log", "partitions": 6, "brokers": 3, "replication": 3, "min_in_sync": 2 },
    "fraud": { "kind": "service", "workers": 10, "replicas": 2, "operations": { "see": [ { "work": "5ms" } ] },
      "consumes": [ { "from": "clicks", "operation": "see", "group": "fraud", "prefetch": 5 } ] },
    "billing": { "kind": "service", "workers": 1, "operations": { "bill": [ { "work": "90ms" },
      { "project": { "to": "read-model" } } ] },
      "consumes": [ { "from": "clicks", "operation": "bill", "group": "billing", "prefetch": 5, "commit_every": "1s" } ] },
    "read-model": { "kind": "store" }
  },
  "timeline": [ { "at": "5s", "fault": { "poison": { "client": "shop", "probability": 0.05 } } },
    { "at": "6s", "fault": { "broker_down": { "log": "clicks", "broker": 2 } } },
    { "at": "6s", "fault": { "slow": { "node": "order-db", "factor": 3 } } },
    { "at": "6s", "fault": { "error": { "node": "order-db", "probability": 0.1 } } } ] }"##;

/// Calls through breakers, a bulkhead, a rate limit and a retry budget to a service that scales and one that is slow.
const CALLS: &str = r#"{ "schema": 1, "network": { "latency": "120ms" },
  "nodes": {
    "web": { "kind": "client", "arrivals": { "poisson": { "rate": 80 } }, "deadline": "2s", "operation": [
      { "call": { "to": "gateway", "timeout": "2s", "retry": { "attempts": 2, "backoff": { "base": "100ms" },
        "budget": { "ratio": 0.1, "min_concurrent": 1 } } } } ] },
    "gateway": { "kind": "service", "workers": 40, "queue": 100, "admission": { "rate_limit": { "rate": 70, "burst": 20 } },
      "operations": { "default": [
      { "call": { "to": "payment", "timeout": "1s", "circuit_breaker": { "window": { "calls": 20 }, "minimum_calls": 10,
        "open_for": "5s", "half_open_calls": 3 }, "bulkhead": { "max_concurrent": 25 }, "fallback": [] } },
      { "call": { "to": "search", "timeout": "1s", "rate_limit": { "rate": 100, "burst": 20 },
        "circuit_breaker": { "window": { "calls": 20 }, "minimum_calls": 10 } } } ] } },
    "payment": { "kind": "service", "workers": 10, "operations": { "default": [ { "work": { "exponential": "60ms" } } ] } },
    "search": { "kind": "service", "workers": 4, "replicas": 2, "autoscale": { "min": 2, "max": 8,
      "target_utilization": 0.5, "every": "3s", "startup": "4s" }, "operations": { "default": [ { "work": { "exponential": "60ms" } } ] } }
  },
  "timeline": [ { "at": "10s", "fault": { "slow": { "node": "payment", "factor": 10 } } },
    { "at": "10s", "fault": { "surge": { "client": "web", "factor": 2 } } },
    { "at": "9s", "fault": { "latency": { "from": "gateway", "to": "search", "add": "200ms" } } } ] }"#;

const WIDE: Size = Size { w: 1600.0, h: 900.0 };

fn drawn(variant: &VariantRun, size: Size, speed: f64) -> (Layout, Sketch) {
    let layout = Layout::new(variant.plan(), &positions(variant), size);
    let mut sketch = Sketch::new();
    stage(&mut sketch, variant, &layout, &StageOptions { selected: None, ..options(false, speed) });
    (layout, sketch)
}

/// What must be said on a wide stage after so many seconds; a text that ends with "…" is only begun with.
fn check(scenario: &str, seconds: f64, wanted: &[&str]) {
    let variant = variant(scenario, seconds);
    let (layout, sketch) = drawn(&variant, WIDE, 1.0);
    assert_eq!(layout.detail, Detail::Full);
    let texts = texts(&sketch);
    for wanted in wanted {
        let said = |text: &String| match wanted.strip_suffix('…') {
            Some(begin) => text.starts_with(begin),
            None => text == wanted,
        };
        assert!(texts.iter().any(said), "{wanted:?} is not said after {seconds} s: {texts:?}");
    }
}

/// How often a glyph is drawn.
fn count(sketch: &Sketch, wanted: Glyph) -> usize {
    let dots = sketch.ops().iter().filter(|op| matches!(op, DrawOp::Dot { glyph, .. } if *glyph == wanted));
    dots.count()
}

#[test]
fn every_kind_of_node_says_what_it_is_doing() {
    check(
        ORDERS,
        12.0,
        &[
            "poison 5 %",
            "60 users…",
            "topic",
            "order.*",
            "#.paid",
            "order.#, #",
            "Order db",
            "slow ×3 · errors 10 %",
            "followers …",
            "max deliveries (3)",
            "redelivered …",
            "full",
            "fraud lag …",
            "billing lag …",
            "B2 down",
            "1 cell = …",
            "Read model",
        ],
    );
    check(CALLS, 16.0, &["2 → 3 replicas", "2 → 3 × 4 w…", "#1", "#2", "+ 3 s"]);
}

#[test]
fn guards_of_calls_say_what_they_hold_back() {
    check(CALLS, 6.0, &["closed · 0 % of 20 failed", "20 of 20 tokens"]);
    check(CALLS, 14.0, &["open · probe in …", "+200 ms", "surge ×2", "slow ×10", "retry budget spent"]);
    // One gives up what is behind the breaker: it says so where it was not let out.
    let variant = variant(CALLS, 14.0);
    let said = describe_hit(&variant, Hit::Breaker(BreakerIx(0))).replace('\u{202f}', " ");
    assert!(said.starts_with("Breaker Gateway → Payment: open · probe in "), "{said}");
    assert!(said.contains("opens at 50 %"), "{said}");
}

#[test]
fn a_breaker_goes_through_its_states_on_its_link() {
    let mut seen = [false; 3];
    let mut variant = variant(CALLS, 8.0);
    for step in 0..600 {
        variant.run_until(SimTime::from_secs(8.0 + f64::from(step) * 0.05));
        let (_, sketch) = drawn(&variant, WIDE, 1.0);
        for text in texts(&sketch) {
            seen[0] |= text.starts_with("closed · ");
            seen[1] |= text.starts_with("open · probe in ") || text == "open · next call is a probe";
            seen[2] |= text.starts_with("half-open · ") && text.ends_with(" of 3 probes");
        }
    }
    assert_eq!(seen, [true; 3]);
}

#[test]
fn every_fault_has_its_word() {
    let faults = |faults: &[&str]| {
        let entries: Vec<String> =
            faults.iter().map(|fault| format!(r#"{{ "at": "2s", "fault": {fault} }}"#)).collect();
        let begin = CALLS.find("\"timeline\"").expect("it has faults");
        format!("{}\"timeline\": [ {} ] }}", &CALLS[..begin], entries.join(", "))
    };
    let slow = r#"{ "slow": { "node": "payment", "factor": 10 } }"#;
    let error = r#"{ "error": { "node": "payment", "probability": 0.5 } }"#;
    check(&faults(&[slow]), 3.0, &["slow ×10"]);
    check(&faults(&[slow, error]), 3.0, &["slow ×10", "errors 50 %"]);
    check(&faults(&[r#"{ "crash": { "node": "search", "replica": 1 } }"#]), 3.0, &["1 crashed", "✕ 2"]);
    // What hits one replica is said at that replica and as the state of the card.
    let one = r#"{ "slow": { "node": "search", "factor": 10, "replica": 0 } }"#;
    let other = r#"{ "partition": { "between": [ "gateway", "search" ], "replica": 1 } }"#;
    check(&faults(&[one]), 3.0, &["#1 slow ×10", "! 1"]);
    check(&faults(&[one, other]), 3.0, &["2 ill", "! 1"]);
    check(&faults(&[r#"{ "pause": { "node": "search", "replica": 1 } }"#]), 3.0, &["#2 paused"]);
    check(&faults(&[r#"{ "crash": { "node": "payment" } }"#, slow]), 3.0, &["crashed", "slow ×10"]);
    check(&faults(&[r#"{ "pause": { "node": "payment" } }"#]), 3.0, &["paused"]);
    check(&faults(&[r#"{ "partition": { "between": [ "gateway", "payment" ] } }"#]), 3.0, &["cut"]);
    let loss = r#"{ "loss": { "from": "gateway", "to": "payment", "probability": 0.3 } }"#;
    check(&faults(&[loss]), 3.0, &["loses 30 %"]);
    let late = r#"{ "latency": { "from": "gateway", "to": "payment", "add": "200ms" } }"#;
    check(&faults(&[late]), 3.0, &["+200 ms"]);
    let surge = r#"{ "surge": { "client": "web", "factor": 3 } }"#;
    let poison = r#"{ "poison": { "client": "web", "probability": 0.01 } }"#;
    check(&faults(&[surge, poison]), 3.0, &["surge ×3 · poison 1 %"]);
    check(ORDERS, 7.0, &["B2 down"]);
}

#[test]
fn a_queue_shows_its_messages_as_they_are() {
    let variant = variant(ORDERS, 12.0);
    let (layout, sketch) = drawn(&variant, WIDE, 1.0);
    let on = |id: &str| {
        // Not what arrives, and not what died at its edge.
        let card = layout.node(variant.plan().node(id).expect("it is there")).card.inset(8.0);
        let dot = move |op: &DrawOp| match op {
            DrawOp::Dot { at, glyph, .. } if card.contains(*at) => Some(*glyph),
            _ => None,
        };
        sketch.ops().iter().filter_map(dot).collect::<Vec<_>>()
    };
    let dead = on("shipment-dead");
    assert!(!dead.is_empty() && dead.iter().all(|glyph| matches!(glyph, Glyph::Poison | Glyph::PoisonAgain)));
    let queue = |id: &str| match variant.plan().nodes[variant.plan().node(id).expect("it is there").at()].kind
    {
        crate::scenario::NodeKind::Queue(queue) => reading::queue(&variant, queue),
        _ => unreachable!("it is a queue"),
    };
    for id in ["shipment", "payment", "audit"] {
        let (reading, shown) = (queue(id), on(id));
        let wanted: Vec<Glyph> = reading.head[..shown.len()]
            .iter()
            .map(|message| match (message.poison, message.redelivered) {
                (true, false) => Glyph::Poison,
                (true, true) => Glyph::PoisonAgain,
                (false, true) => Glyph::Redelivered,
                (false, false) => Glyph::Message,
            })
            .collect();
        assert_eq!(shown, wanted, "{id}");
    }
    assert!(queue("payment").full() && queue("shipment-dead").dead && !queue("shipment").dead);
}

#[test]
fn a_log_has_a_marker_of_its_own_for_each_group_and_a_cell_for_what_is_there() {
    let variant = variant(ORDERS, 12.0);
    let log = reading::log(&variant, crate::base::LogIx(0));
    assert_eq!((log.partitions, log.tracks.len(), log.groups.len(), log.down), (6, 6, 2, 1));
    assert_eq!(log.in_sync, 2);
    let led: usize = log.leads.iter().map(Vec::len).sum();
    assert_eq!((led, log.leads[2].len()), (6, 0), "the broker that is down leads nothing");
    let lag: u64 = (0..6)
        .map(|partition| {
            let snapshot = variant.snapshot();
            let end = snapshot.partition(crate::base::LogIx(0), partition).end;
            end - snapshot.claim(crate::base::LogIx(0), 1, partition).committed
        })
        .sum();
    assert_eq!((log.groups[1].lag, lag > 0), (lag, true));
    // Two groups in six tracks and in the two lines below: triangles and squares.
    let (layout, sketch) = drawn(&variant, WIDE, 1.0);
    let card = layout.node(variant.plan().node("clicks").expect("it is there")).card;
    let inside = |rect: Rect| card.contains(rect.center());
    let signs = bounds(&sketch).filter(|(op, rect)| match op {
        DrawOp::Area { fill, .. } => inside(*rect) && fill.token == Token::Request,
        DrawOp::Rect { fill: Some(fill), .. } => inside(*rect) && fill.token == Token::Good,
        _ => false,
    });
    assert_eq!(signs.count(), 2 * 6 + 2);
}

#[test]
fn a_read_model_says_how_far_it_is_behind() {
    let variant = variant(ORDERS, 12.0);
    let (source, model) = (
        reading::store(&variant, crate::base::StoreIx(0)),
        reading::store(&variant, crate::base::StoreIx(1)),
    );
    let (behind, age) = model.behind.expect("it is a read model");
    assert_eq!(source.versions - model.versions, behind);
    assert!(behind > 0 && age.is_some_and(|age| age.as_secs() > 0.1), "{behind} {age:?}");
    assert!(source.behind.is_none() && source.followers.is_some());
    let words = summary(&variant).join("\n");
    assert!(words.contains(" behind for "), "{words}");
}

#[test]
fn everything_keeps_to_its_place_in_every_room() {
    for (scenario, seconds) in [(ORDERS, 12.0), (CALLS, 6.0), (CALLS, 14.0)] {
        let variant = variant(scenario, seconds);
        for (w, h) in [(344.0, 900.0), (360.0, 640.0), (975.0, 420.0), (1600.0, 900.0), (3840.0, 2100.0)] {
            check_stage(&variant, Size { w, h });
        }
    }
}

#[test]
fn the_gallery_keeps_to_its_place() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/static/gallery");
    let mut seen = 0;
    for entry in std::fs::read_dir(folder).expect("there is a gallery").flatten() {
        let text = std::fs::read_to_string(entry.path()).expect("it can be read");
        let Ok(scenario) = crate::scenario::Scenario::read(&text) else { continue };
        let variant = crate::session::Variant { label: "A variant with a label".into(), scenario };
        let mut variant = VariantRun::new(variant).expect("it compiles");
        variant.run_until(SimTime::from_secs(15.0));
        for (w, h) in [(344.0, 600.0), (1200.0, 500.0)] {
            check_stage(&variant, Size { w, h });
        }
        seen += 1;
    }
    assert!(seen >= 24, "{seen} scenarios");
}

#[test]
fn too_fast_to_see_is_as_wide_as_its_traffic() {
    let variant = variant(CALLS, 8.0);
    let lines = |sketch: &Sketch| {
        let broad = |op: &&DrawOp| matches!(op, DrawOp::Cubic { stroke, .. } if stroke.ink.alpha < 1.0);
        sketch.ops().iter().filter(broad).count()
    };
    let (_, slow) = drawn(&variant, WIDE, 1.0);
    assert_eq!(lines(&slow), 0);
    let (layout, fast) = drawn(&variant, WIDE, 50.0);
    // Both directions of three joints, and not a single dot on them.
    assert_eq!(lines(&fast), 6);
    let flying = variant.snapshot().flights().count();
    assert!(flying > 20);
    let requests = (0..=RING_STEPS).map(|left| count(&fast, Glyph::Request(Some(left)))).sum::<usize>();
    assert_eq!((requests, count(&fast, Glyph::Reply)), (0, 0));
    let texts = texts(&fast);
    assert!(texts.iter().any(|text| text.starts_with("a link's width is")), "{texts:?}");
    let rated = texts.iter().filter(|text| text.starts_with("→ ") && text.contains("/s ← ")).count();
    assert_eq!(rated, layout.joints().len());
}

#[test]
fn what_is_pointed_at_is_what_is_drawn_there() {
    let variant = variant(CALLS, 14.0);
    let layout = Layout::new(variant.plan(), &positions(&variant), WIDE);
    let mouse = Pointer { touch: false, speed: 1.0, reduced_motion: false };
    for node in 0..variant.plan().nodes.len() as u32 {
        let at = layout.node(NodeIx(node)).card.center();
        assert_eq!(hit(&layout, &variant, at, &mouse), Some(Hit::Node(NodeIx(node))));
    }
    let (now, mut messages) = (variant.snapshot().now(), 0);
    for flight in variant.snapshot().flights() {
        let at = dots::place_of(&layout, &flight, now);
        match hit(&layout, &variant, at, &mouse) {
            // The nearest of those in one place.
            Some(Hit::Message(found)) => {
                let other =
                    variant.snapshot().flights().find(|other| other.message == found).expect("it flies");
                let place = dots::place_of(&layout, &other, now);
                assert!(libm::hypotf(place.x - at.x, place.y - at.y) < 0.01);
                messages += 1;
                let said = describe_hit(&variant, Hit::Message(found));
                assert!(said.contains(" from ") && said.contains("on its way for"), "{said}");
            }
            // Under a pill or at a card's edge.
            Some(Hit::Breaker(_) | Hit::Link(_) | Hit::Node(_)) => {}
            None => panic!("{flight:?} is not under the pointer"),
        }
    }
    assert!(messages > 10, "{messages}");
    for reduced_motion in [false, true] {
        let pointer = Pointer { reduced_motion, ..mouse };
        let gone = density::gone(&variant, &layout, 1.0);
        for pill in pills::pills(&variant, &layout, 1.0, &gone, reduced_motion) {
            if let Some(breaker) = pill.breaker {
                assert_eq!(hit(&layout, &variant, pill.rect.center(), &pointer), Some(Hit::Breaker(breaker)));
            }
        }
    }
    let nothing = Point { x: 800.0, y: 880.0 };
    assert_eq!(hit(&layout, &variant, nothing, &mouse), None);
    // A finger reaches further; counts are no dots.
    let near = |layout: &Layout| {
        let at = layout.at(LinkIx(0), 0.35);
        Point { x: at.x, y: at.y + 12.0 }
    };
    let finger = Pointer { touch: true, reduced_motion: true, ..mouse };
    assert!(matches!(hit(&layout, &variant, near(&layout), &finger), Some(Hit::Link(_))));
    let calm = Pointer { reduced_motion: true, ..mouse };
    assert_eq!(hit(&layout, &variant, near(&layout), &calm), None);
}

#[test]
fn every_sentence_is_there_for_everything_and_nothing_for_what_is_not() {
    for (scenario, seconds) in [(ORDERS, 12.0), (CALLS, 14.0)] {
        let variant = variant(scenario, seconds);
        let plan = variant.plan();
        let links = (0..plan.links.len() as u32).map(|link| Hit::Link(LinkIx(link)));
        let nodes = (0..plan.nodes.len() as u32).map(|node| Hit::Node(NodeIx(node)));
        for hit in links.chain(nodes) {
            let said = describe_hit(&variant, hit);
            assert!(said.contains(": ") && !said.contains(", ,") && !said.ends_with(", "), "{said}");
        }
        let nowhere = [
            Hit::Node(NodeIx(999)),
            Hit::Link(LinkIx(9999)),
            Hit::Breaker(BreakerIx(99)),
            Hit::Message(u64::MAX),
        ];
        assert!(nowhere.iter().all(|hit| describe_hit(&variant, *hit).is_empty()));
    }
    let variant = variant(CALLS, 14.0);
    let link = variant.plan().link(NodeIx(1), NodeIx(3)).expect("it calls");
    let said = describe_hit(&variant, Hit::Link(link)).replace('\u{202f}', " ");
    for part in ["Gateway → Search: ", "/s back", "takes 120 ms", "+200 ms", "breaker closed", "tokens"] {
        assert!(said.contains(part), "{part:?} is not in {said:?}");
    }
}

#[test]
fn what_is_selected_is_marked_and_nothing_else_changes() {
    let variant = variant(CALLS, 14.0);
    let layout = Layout::new(variant.plan(), &positions(&variant), WIDE);
    let message = variant.snapshot().flights().next().expect("something is under way").message;
    let picture = |selected, hovered| {
        let mut sketch = Sketch::new();
        stage(&mut sketch, &variant, &layout, &StageOptions { selected, hovered, ..options(false, 1.0) });
        within(&sketch, Rect::new(0.0, 0.0, WIDE.w, WIDE.h), 6.0);
        sketch.ops().len()
    };
    let plain = picture(None, None);
    for hit in [Hit::Node(NodeIx(1)), Hit::Link(LinkIx(0)), Hit::Message(message), Hit::Breaker(BreakerIx(0))]
    {
        assert_eq!((picture(Some(hit), None), picture(None, Some(hit))), (plain + 1, plain + 1), "{hit:?}");
    }
    assert_eq!(picture(Some(Hit::Message(u64::MAX)), Some(Hit::Link(LinkIx(999)))), plain);
}

#[test]
fn names_of_two_words_are_read_in_full_where_there_is_little_room() {
    let variant = variant(
        r#"{ "schema": 1, "nodes": {
            "checkout": { "kind": "client", "arrivals": { "constant": { "rate": 9 } }, "operation": [
                { "publish": { "to": "order-events", "routing_key": "order" } } ] },
            "order-events": { "kind": "exchange", "type": "fanout", "bindings": [
                { "to": "shipment-queue" }, { "to": "notification-queue" }, { "to": "points-queue" } ] },
            "shipment-queue": { "kind": "queue" }, "notification-queue": { "kind": "queue" }, "points-queue": { "kind": "queue" },
            "shipment": { "kind": "service", "consumes": [ { "from": "shipment-queue" } ], "operations": { "default": [ { "work": "1s" } ] } },
            "notification": { "kind": "service", "consumes": [ { "from": "notification-queue" } ], "operations": { "default": [ { "work": "1s" } ] } },
            "points": { "kind": "service", "consumes": [ { "from": "points-queue" } ], "operations": { "default": [ { "work": "1s" } ] } } } }"#,
        5.0,
    );
    for (w, h) in [(475.0, 300.0), (475.0, 420.0), (344.0, 420.0), (975.0, 260.0)] {
        let size = Size { w, h };
        let layout = Layout::new(variant.plan(), &positions(&variant), size);
        let mut sketch = Sketch::new();
        stage(&mut sketch, &variant, &layout, &options(false, 1.0));
        let texts = texts(&sketch);
        for name in [
            "Checkout",
            "Order events",
            "Shipment queue",
            "Notification queue",
            "Points queue",
            "Notification",
        ] {
            assert!(texts.iter().any(|text| text == name), "{name} at {w} × {h}: {texts:?}");
        }
    }
}

#[test]
fn the_request_whose_trace_is_shown_is_marked_by_dashes() {
    let variant = variant(CALLS, 14.0);
    let layout = Layout::new(variant.plan(), &positions(&variant), WIDE);
    let message = variant.snapshot().flights().next().expect("something is under way").message;
    let dashes = |traced: &[TracePlace]| {
        let mut sketch = Sketch::new();
        stage(&mut sketch, &variant, &layout, &StageOptions { traced, ..options(false, 1.0) });
        within(&sketch, Rect::new(0.0, 0.0, WIDE.w, WIDE.h), 6.0);
        let dashed = |op: &&DrawOp| matches!(op, DrawOp::Rect { stroke: Some(stroke), .. } | DrawOp::Circle { stroke: Some(stroke), .. } if stroke.dash == [4.0, 3.0]);
        sketch.ops().iter().filter(dashed).count()
    };
    let node = |at| TracePlace::Node(NodeIx(at));
    let traced = [TracePlace::Message(message), node(0), node(1), TracePlace::Message(u64::MAX)];
    assert_eq!((dashes(&[]), dashes(&traced)), (0, 3));
}
