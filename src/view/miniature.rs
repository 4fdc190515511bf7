//! A scenario's stage as a small picture for a list: which kinds of nodes there are, and how they hang together.
//!
//! Links, cards and one sign a kind, each as one path, in the colours' names, so that the page's themes apply.

use std::fmt::Write;

use super::geometry::{Point, Rect, Size};
use super::layout::Layout;
use super::reading::places;
use crate::base::NodeIx;
use crate::scenario::{NodeKind, Plan, Scenario};

/// The stage that is drawn, in its own pixels: wide and low, as cards in a list are.
const STAGE: Size = Size { w: 560.0, h: 230.0 };
/// How much of the stage is seen at least, so that two nodes are not blown up.
const LEAST: Size = Size { w: 400.0, h: 150.0 };
/// Room around what is seen.
const EDGE: f32 = 8.0;
/// A sign takes at most so much of the shorter side of its card, and is at most so large: half of it, in pixels.
const SIGN: (f32, f32) = (0.33, 22.0);

/// The sign of one kind of node, with its colour.
struct Sign {
    ink: &'static str,
    path: String,
}

/// The picture as a `<symbol>` of this name. The name must be fit for an attribute: letters, digits, dashes.
pub fn miniature(name: &str, scenario: &Scenario, plan: &Plan) -> String {
    let layout = Layout::new(plan, &places(scenario, plan), STAGE);
    let mut seen: Option<Rect> = None;
    let (mut links, mut cards) = (String::new(), String::new());
    for curve in layout.joints().iter().flat_map(|joint| joint.route.curves()) {
        for point in [curve.from, curve.leave, curve.reach, curve.to] {
            join(&mut seen, Rect::new(point.x, point.y, 0.0, 0.0));
        }
        put(&mut links, 'M', &[curve.from]);
        put(&mut links, 'C', &[curve.leave, curve.reach, curve.to]);
    }
    let mut signs = ["muted", "busy", "message", "good"].map(|ink| Sign { ink, path: String::new() });
    for (at, node) in plan.nodes.iter().enumerate() {
        let card = layout.node(NodeIx(at as u32)).card;
        join(&mut seen, card);
        rect(&mut cards, card);
        let (middle, half) = (card.center(), (card.w.min(card.h) * SIGN.0).min(SIGN.1));
        let kind = match node.kind {
            NodeKind::Client(_) => 0,
            NodeKind::Service(_) => 1,
            NodeKind::Queue(_) | NodeKind::Exchange(_) | NodeKind::Log(_) => 2,
            NodeKind::Store(_) => 3,
        };
        sign(&mut signs[kind].path, node.kind, middle, half);
    }
    let seen = framed(seen.unwrap_or_default());
    let mut out = format!("<symbol id=\"{name}\" viewBox=\"");
    for side in [seen.x, seen.y, seen.w, seen.h] {
        number(&mut out, side);
    }
    out.push_str("\"><path fill=\"none\" stroke=\"var(--link)\" stroke-width=\"4\" d=\"");
    out.push_str(&links);
    out.push_str("\"/><path fill=\"var(--panel)\" stroke=\"var(--link)\" stroke-width=\"2\" d=\"");
    out.push_str(&cards);
    out.push_str("\"/>");
    for Sign { ink, path } in signs.iter().filter(|sign| !sign.path.is_empty()) {
        for part in ["<path fill=\"var(--", ink, ")\" d=\"", path, "\"/>"] {
            out.push_str(part);
        }
    }
    out.push_str("</symbol>\n");
    out
}

/// What tells kinds apart: a disc for who asks, a square for who works, a row of three for a queue, a diamond for an
/// exchange, lines for a log, a drum for a store.
fn sign(path: &mut String, kind: NodeKind, Point { x, y }: Point, half: f32) {
    let piece = |path: &mut String, dx: f32, dy: f32, w: f32, h: f32| {
        rect(path, Rect::new(x + dx * half, y + dy * half, w * half, h * half));
    };
    match kind {
        NodeKind::Client(_) => {
            put(path, 'M', &[Point { x: x - half, y }]);
            arc(path, half, half, 2.0 * half);
            arc(path, half, half, -2.0 * half);
            path.push('z');
        }
        NodeKind::Service(_) => piece(path, -0.9, -0.9, 1.8, 1.8),
        NodeKind::Queue(_) => (0..3).for_each(|at| piece(path, at as f32 * 0.9 - 1.25, -0.8, 0.7, 1.6)),
        NodeKind::Log(_) => (0..3).for_each(|at| piece(path, -1.3, at as f32 * 0.8 - 1.0, 2.6, 0.4)),
        NodeKind::Exchange(_) => {
            let corner = |dx: f32, dy: f32| Point { x: x + dx * half, y: y + dy * half };
            put(path, 'M', &[corner(-1.2, 0.0)]);
            put(path, 'L', &[corner(0.0, -1.2), corner(1.2, 0.0), corner(0.0, 1.2)]);
            path.push('z');
        }
        NodeKind::Store(_) => {
            put(path, 'M', &[Point { x: x - half, y: y - half * 0.7 }]);
            arc(path, half, half * 0.4, 2.0 * half);
            path.push('v');
            number(path, half * 1.4);
            arc(path, half, half * 0.4, -2.0 * half);
            path.push('z');
        }
    }
}

/// The smallest rectangle that holds what was seen before and this.
fn join(seen: &mut Option<Rect>, more: Rect) {
    let before = seen.unwrap_or(more);
    let (x, y) = (before.x.min(more.x), before.y.min(more.y));
    let (right, bottom) = (before.right().max(more.right()), before.bottom().max(more.bottom()));
    *seen = Some(Rect::new(x, y, right - x, bottom - y));
}

/// With room around it, and not too near.
fn framed(seen: Rect) -> Rect {
    let (w, h) = ((seen.w + 2.0 * EDGE).max(LEAST.w), (seen.h + 2.0 * EDGE).max(LEAST.h));
    let Point { x, y } = seen.center();
    Rect::new(x - w / 2.0, y - h / 2.0, w, h)
}

fn rect(path: &mut String, Rect { x, y, w, h }: Rect) {
    put(path, 'M', &[Point { x, y }]);
    for (step, by) in [('h', w), ('v', h), ('h', -w)] {
        path.push(step);
        number(path, by);
    }
    path.push('z');
}

/// Half an ellipse to a point so far to the right.
fn arc(path: &mut String, rx: f32, ry: f32, to: f32) {
    path.push('a');
    for value in [rx, ry, 0.0, 0.0, 1.0, to, 0.0] {
        number(path, value);
    }
}

fn put(path: &mut String, step: char, points: &[Point]) {
    path.push(step);
    for point in points {
        number(path, point.x);
        number(path, point.y);
    }
}

/// A whole number, kept apart from the one before.
fn number(out: &mut String, value: f32) {
    if out.ends_with(|before: char| before.is_ascii_digit()) && value.round() >= 0.0 {
        out.push(' ');
    }
    // Writing to a string cannot fail.
    let _ = write!(out, "{}", value.round() as i32);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn picture(scenario: &str) -> String {
        let scenario = Scenario::read(scenario).expect("a scenario");
        let plan = scenario.plan().expect("a plan");
        miniature("shop", &scenario, &plan)
    }

    #[test]
    fn every_kind_has_its_sign_and_every_pair_its_link() {
        let text = picture(
            r##"{ "schema": 1, "nodes": {
            "web": { "kind": "client", "arrivals": { "poisson": { "rate": 30 } }, "operation": [ { "call": { "to": "app" } } ] },
            "app": { "kind": "service", "workers": 4, "operations": { "default": [ { "write": { "to": "db" } }, { "publish": { "to": "news" } } ] } },
            "db": { "kind": "store" }, "news": { "kind": "exchange", "bindings": [ { "to": "jobs" } ] }, "jobs": { "kind": "queue" } } }"##,
        );
        let paths: Vec<&str> = text.split("<path").skip(1).collect();
        let count = |at: usize, what: char| paths[at].matches(what).count();
        assert_eq!(paths.len(), 6, "links, cards, and four colours: {text}");
        assert_eq!((count(0, 'C'), count(1, 'z')), (4, 5), "{text}");
        assert_eq!(["busy", "message", "good"].map(|ink| text.matches(ink).count()), [1, 1, 1], "{text}");
        // An exchange's diamond and a queue's three pieces.
        assert_eq!(count(4, 'z'), 4, "{text}");
        assert!(text.starts_with("<symbol id=\"shop\" viewBox=\"") && text.ends_with("</symbol>\n"));
        assert!(!text.contains("<text") && !text.contains('.') && !text.contains("NaN"), "{text}");
    }

    #[test]
    fn numbers_do_not_run_into_each_other() {
        let mut out = String::new();
        for value in [1.2, -3.0, 4.6, -0.2, 7.0] {
            number(&mut out, value);
        }
        assert_eq!(out, "1-3 5 0 7");
    }
}
