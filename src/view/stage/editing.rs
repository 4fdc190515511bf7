//! What is drawn upon a stage while somebody edits it: what is chosen, the handles from which links are drawn, a link on
//! its way, the box that chooses, and what is about to be put down.

use super::highlight;
use super::layout::Layout;
use crate::base::NodeIx;
use crate::view::canvas::draw::{DrawOp, Sketch, Stroke};
use crate::view::canvas::geometry::{Curve, Point, Rect};
use crate::view::canvas::theme::Token;

/// What somebody is doing on a stage. Points are on the picture as it is seen.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Editing<'a> {
    /// The nodes that are chosen.
    pub chosen: &'a [NodeIx],
    /// The node that shows the handle from which a link is drawn.
    pub handle: Option<NodeIx>,
    /// A link on its way: from which node, and to where.
    pub link: Option<(NodeIx, Point)>,
    /// The node at which that link would end.
    pub target: Option<NodeIx>,
    /// The box that chooses.
    pub area: Option<Rect>,
    /// Where something is about to be put down.
    pub ghost: Option<Point>,
}

/// A handle's radius, in pixels.
const HANDLE: f32 = 8.0;
/// Within so many pixels of its middle it is taken hold of, by a mouse and by a finger: 44 pixels across.
const REACH: [f32; 2] = [14.0, 22.0];
/// So far beyond the card's edge is its middle.
const AWAY: f32 = 12.0;

/// Where a node's handle is: right of its card, within the window.
pub fn handle(layout: &Layout, node: NodeIx) -> Point {
    let card = layout.node(node).card;
    Point { x: (card.right() + AWAY).min(layout.window.right() - HANDLE), y: card.center().y }
}

/// Whether a point takes hold of a node's handle, with a finger or not. Beside a card that is smaller than the handle,
/// what lies nearer counts.
pub fn is_handle(layout: &Layout, node: NodeIx, at: Point, touch: bool) -> bool {
    let away = |middle: Point| libm::hypotf(middle.x - at.x, middle.y - at.y);
    let to_handle = away(handle(layout, node));
    to_handle <= REACH[usize::from(touch)] && to_handle < away(layout.node(node).card.center())
}

/// Draws all of it.
pub(crate) fn draw(sketch: &mut Sketch, layout: &Layout, editing: &Editing) {
    let line = |width: f32| Stroke::new(Token::Accent, width);
    for node in editing.chosen {
        highlight::card(sketch, layout, layout.node(*node).card, 3.0, line(2.0));
    }
    if let Some(target) = editing.target {
        highlight::card(sketch, layout, layout.node(target).card, 6.0, line(3.0));
    }
    if let Some((from, to)) = editing.link {
        let begin = handle(layout, from);
        let end = editing.target.map_or(to, |target| {
            let card = layout.node(target).card;
            Point { x: card.x, y: card.center().y }
        });
        let bend = ((end.x - begin.x) / 2.0).abs().max(24.0);
        let curve = Curve {
            from: begin,
            leave: Point { x: begin.x + bend, ..begin },
            reach: Point { x: end.x - bend, ..end },
            to: end,
        };
        sketch.push(DrawOp::Cubic { curve, stroke: Stroke::dashed(Token::Accent, 2.5, 7.0, 5.0) });
    }
    if let Some(node) = editing.handle {
        let center = handle(layout, node);
        let fill = Some(Token::Accent.into());
        sketch.push(DrawOp::Circle {
            center,
            radius: HANDLE,
            fill,
            stroke: Some(Stroke::new(Token::Stage, 2.0)),
        });
        let stroke = Stroke::new(Token::OnAccent, 1.8);
        for (dx, dy) in [(4.0, 0.0), (0.0, 4.0)] {
            let from = Point { x: center.x - dx, y: center.y - dy };
            let to = Point { x: center.x + dx, y: center.y + dy };
            sketch.push(DrawOp::Line { from, to, stroke });
        }
    }
    if let Some(rect) = editing.area {
        let stroke = Some(Stroke::dashed(Token::Accent, 1.5, 5.0, 4.0));
        sketch.push(DrawOp::Rect { rect, radius: 2.0, fill: Some(Token::Accent.alpha(0.08)), stroke });
    }
    if let Some(at) = editing.ghost {
        let rect = Rect::new(at.x - 50.0, at.y - 26.0, 100.0, 52.0);
        let stroke = Some(Stroke::dashed(Token::Accent, 2.0, 6.0, 4.0));
        sketch.push(DrawOp::Rect { rect, radius: 10.0, fill: Some(Token::Accent.alpha(0.12)), stroke });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::Scenario;
    use crate::view::canvas::geometry::Size;

    #[test]
    fn a_finger_reaches_a_handle_from_22_pixels_away() {
        let text = r#"{ "schema": 1, "nodes": {
            "app": { "kind": "service", "operations": { "default": [{ "work": "10ms" }] } } } }"#;
        let plan = Scenario::read(text).and_then(|scenario| scenario.plan()).expect("a plan");
        let layout = Layout::new(&plan, &[None], Size { w: 600.0, h: 300.0 });
        let Point { x, y } = handle(&layout, NodeIx(0));
        assert!(x > layout.node(NodeIx(0)).card.right(), "beside the card");
        assert!(is_handle(&layout, NodeIx(0), Point { x, y: y + 21.0 }, true));
        assert!(!is_handle(&layout, NodeIx(0), Point { x, y: y + 21.0 }, false));
        let mut sketch = Sketch::new();
        draw(&mut sketch, &layout, &Editing { handle: Some(NodeIx(0)), ..Editing::default() });
        assert_eq!(sketch.ops().len(), 3);
    }
}
