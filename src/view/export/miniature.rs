//! A scenario's stage as a small picture for a list: which kinds of nodes there are, and how they hang together.
//!
//! Links, cards and one sign a kind, each as one path, in the colours' names, so that the page's themes apply.

use super::path::Path;
use super::writer::{Form, Writer};
use crate::base::NodeIx;
use crate::scenario::{NodeKind, Plan, Scenario};
use crate::view::canvas::draw::{Ink, Stroke};
use crate::view::canvas::geometry::{Point, Rect, Size};
use crate::view::canvas::theme::Token;
use crate::view::stage::layout::{Layout, places};

/// The stage that is drawn, in its own pixels: wide and low, as cards in a list are.
const STAGE: Size = Size { w: 560.0, h: 230.0 };
/// How much of the stage is seen at least, so that two nodes are not blown up.
const LEAST: Size = Size { w: 400.0, h: 150.0 };
/// Room around what is seen.
const EDGE: f32 = 8.0;
/// A sign takes at most so much of the shorter side of its card, and is at most so large: half of it, in pixels.
const SIGN: (f32, f32) = (0.33, 22.0);

/// The picture as a `<symbol>` of this name. The name must be fit for an attribute: letters, digits, dashes.
pub fn miniature(name: &str, scenario: &Scenario, plan: &Plan) -> String {
    drawn("symbol", &[("id", name)], scenario, plan) + "\n"
}

/// The picture as an `<svg class="picture">` of its own, hidden from screen readers. Nothing in it but numbers and names
/// of colours.
pub fn miniature_svg(scenario: &Scenario, plan: &Plan) -> String {
    drawn("svg", &[("class", "picture"), ("aria-hidden", "true")], scenario, plan)
}

fn drawn(element: &str, attributes: &[(&str, &str)], scenario: &Scenario, plan: &Plan) -> String {
    let layout = Layout::new(plan, &places(scenario, plan), STAGE);
    let mut seen: Option<Rect> = None;
    let (mut links, mut cards) = (Path::default(), Path::default());
    for curve in layout.joints().iter().flat_map(|joint| joint.route.curves()) {
        for point in [curve.from, curve.leave, curve.reach, curve.to] {
            join(&mut seen, Rect::new(point.x, point.y, 0.0, 0.0));
        }
        links.step('M', &[curve.from]);
        links.step('C', &[curve.leave, curve.reach, curve.to]);
    }
    let mut signs =
        [Token::Muted, Token::Busy, Token::Message, Token::Good].map(|ink| (ink, Path::default()));
    for (at, node) in plan.nodes.iter().enumerate() {
        let card = layout.node(NodeIx(at as u32)).card;
        join(&mut seen, card);
        cards.rect(card);
        let (middle, half) = (card.center(), (card.w.min(card.h) * SIGN.0).min(SIGN.1));
        let kind = match node.kind {
            NodeKind::Client(_) => 0,
            NodeKind::Service(_) => 1,
            NodeKind::Queue(_) | NodeKind::Exchange(_) | NodeKind::Log(_) => 2,
            NodeKind::Store(_) => 3,
        };
        sign(&mut signs[kind].1, node.kind, middle, half);
    }
    let seen = framed(seen.unwrap_or_default());
    let mut window = Path::default();
    [seen.x, seen.y, seen.w, seen.h].into_iter().for_each(|side| window.number(side));
    let mut writer = Writer::new(Form::Page);
    writer.open(element);
    for (name, value) in attributes {
        writer.attribute(name, value);
    }
    writer.attribute("viewBox", window.data());
    writer.out.push('>');
    path(&mut writer, &links, None, Some(Stroke::new(Token::Link, 4.0)));
    path(&mut writer, &cards, Some(Token::Panel.into()), Some(Stroke::new(Token::Link, 2.0)));
    for (ink, sign) in signs.iter().filter(|(_, sign)| !sign.data().is_empty()) {
        path(&mut writer, sign, Some((*ink).into()), None);
    }
    [&*writer.out, "</", element, ">"].concat()
}

fn path(writer: &mut Writer, path: &Path, fill: Option<Ink>, stroke: Option<Stroke>) {
    writer.open("path");
    writer.paint(fill, stroke);
    writer.attribute("d", path.data());
    writer.close();
}

/// What tells kinds apart: a disc for who asks, a square for who works, a row of three for a queue, a diamond for an
/// exchange, lines for a log, a drum for a store.
fn sign(path: &mut Path, kind: NodeKind, Point { x, y }: Point, half: f32) {
    let piece = |path: &mut Path, dx: f32, dy: f32, w: f32, h: f32| {
        path.rect(Rect::new(x + dx * half, y + dy * half, w * half, h * half));
    };
    match kind {
        NodeKind::Client(_) => {
            path.step('M', &[Point { x: x - half, y }]);
            path.half_ellipse(half, half, 2.0 * half);
            path.half_ellipse(half, half, -2.0 * half);
            path.end();
        }
        NodeKind::Service(_) => piece(path, -0.9, -0.9, 1.8, 1.8),
        NodeKind::Queue(_) => (0..3).for_each(|at| piece(path, at as f32 * 0.9 - 1.25, -0.8, 0.7, 1.6)),
        NodeKind::Log(_) => (0..3).for_each(|at| piece(path, -1.3, at as f32 * 0.8 - 1.0, 2.6, 0.4)),
        NodeKind::Exchange(_) => {
            let corner = |dx: f32, dy: f32| Point { x: x + dx * half, y: y + dy * half };
            path.step('M', &[corner(-1.2, 0.0)]);
            path.step('L', &[corner(0.0, -1.2), corner(1.2, 0.0), corner(0.0, 1.2)]);
            path.end();
        }
        NodeKind::Store(_) => {
            path.step('M', &[Point { x: x - half, y: y - half * 0.7 }]);
            path.half_ellipse(half, half * 0.4, 2.0 * half);
            path.by('v', half * 1.4);
            path.half_ellipse(half, half * 0.4, -2.0 * half);
            path.end();
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
}
