//! A layout under somebody's hands: cards that are moved, and that stay where they were put.

use super::free::joints;
use super::pairs::pairs;
use super::shape::{Layout, NodeBox, key};
use crate::base::NodeIx;
use crate::scenario::Plan;
use crate::view::canvas::geometry::{Point, Rect, Size};
use crate::view::cards::detail::{Detail, footer};
use crate::view::cards::size::natural;

/// How cards are drawn that stay where they were put: positions are the middles of cards, in pixels of a stage of this
/// size.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Pin {
    /// The stage.
    size: Size,
    /// How much larger than natural cards are.
    scale: f32,
    /// How much they show.
    detail: Detail,
}

impl Layout {
    /// What holds its cards where they are now.
    pub fn pin(&self) -> Pin {
        Pin { size: self.size, scale: self.scale, detail: self.detail }
    }

    /// Puts every card where it was put, whether or not cards lie upon each other; none where a node has no position, or
    /// where the stage is another than the one that the positions are of.
    pub fn pinned(plan: &Plan, positions: &[Option<[f32; 2]>], size: Size, pin: &Pin) -> Option<Layout> {
        if pin.size != size || positions.len() != plan.nodes.len() {
            return None;
        }
        let place = |(at, place): (usize, &Option<[f32; 2]>)| {
            if !plan.has(NodeIx(at as u32)) {
                return Some(NodeBox::default());
            }
            let [x, y] = (*place).filter(|[x, y]| x.is_finite() && y.is_finite())?;
            let own = natural(plan, NodeIx(at as u32), pin.detail);
            let below = footer(pin.detail) * pin.scale;
            let (w, h) = (own.w * pin.scale, own.h * pin.scale + below);
            // No card leaves the stage altogether: one could not take hold of it any more.
            let inside = |middle: f32, room: f32| middle.clamp(0.0, room.max(0.0));
            let whole = Rect::new(inside(x, size.w) - w / 2.0, inside(y, size.h) - h / 2.0, w, h);
            Some(NodeBox { card: Rect { h: h - below, ..whole }, whole, detail: pin.detail })
        };
        let nodes = positions.iter().enumerate().map(place).collect::<Option<Vec<_>>>()?;
        let (pairs, links) = pairs(plan);
        Some(Layout {
            size,
            window: Rect::new(0.0, 0.0, size.w, size.h),
            scale: pin.scale,
            detail: pin.detail,
            vertical: false,
            joints: joints(&pairs, &nodes, pin.scale),
            nodes,
            links,
            key: key(plan),
        })
    }

    /// Moves cards, and the links that reach them. Nodes that there are not are left out.
    pub fn shift(&mut self, moved: &[NodeIx], by: Point) {
        for node in moved {
            if let Some(own) = self.nodes.get_mut(node.at()) {
                for rect in [&mut own.card, &mut own.whole] {
                    (rect.x, rect.y) = (rect.x + by.x, rect.y + by.y);
                }
            }
        }
        for at in 0..self.joints.len() {
            let (from, to) = (self.joints[at].from, self.joints[at].to);
            if moved.contains(&from) || moved.contains(&to) {
                let again = joints(&[(from.at(), to.at())], &self.nodes, self.scale);
                self.joints.splice(at..=at, again);
            }
        }
    }

    /// The nodes whose cards reach into a rectangle.
    pub fn nodes_in(&self, area: Rect) -> Vec<NodeIx> {
        let inside = |(at, node): (usize, &NodeBox)| node.card.overlaps(area).then_some(NodeIx(at as u32));
        self.nodes.iter().enumerate().filter_map(inside).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::Scenario;

    const SIZE: Size = Size { w: 800.0, h: 400.0 };

    fn plan() -> Plan {
        let text = r#"{ "schema": 1, "nodes": {
            "web": { "kind": "client", "arrivals": { "constant": { "rate": 20 } }, "operation": [{ "call": { "to": "app" } }] },
            "app": { "kind": "service", "workers": 4, "operations": { "default": [{ "work": "10ms" }] } } } }"#;
        Scenario::read(text).and_then(|scenario| scenario.plan()).expect("a plan")
    }

    fn middle(layout: &Layout, node: u32) -> Point {
        layout.node(NodeIx(node)).whole.center()
    }

    #[test]
    fn cards_stay_where_they_are_put_even_upon_each_other() {
        let plan = plan();
        let pin = Layout::new(&plan, &[None, None], SIZE).pin();
        let put = |x: f32| Layout::pinned(&plan, &[Some([200.0, 200.0]), Some([x, 200.0])], SIZE, &pin);
        for x in [200.0, 210.0, 600.0] {
            let layout = put(x).expect("it is laid out");
            assert_eq!((middle(&layout, 0).x, middle(&layout, 1).x), (200.0, x));
            assert!(layout.fits(&plan, SIZE));
        }
        assert_eq!(middle(&put(9e9).expect("it is laid out"), 1).x, SIZE.w);
        assert!(put(f32::NAN).is_none());
        let other = Size { w: 500.0, ..SIZE };
        assert!(Layout::pinned(&plan, &[Some([1.0, 1.0]); 2], other, &pin).is_none());
        assert!(Layout::pinned(&plan, &[Some([1.0, 1.0]), None], SIZE, &pin).is_none());
    }

    #[test]
    fn links_follow_the_cards_that_are_moved() {
        let plan = plan();
        let mut layout = Layout::new(&plan, &[None, None], SIZE);
        let (before, end) = (middle(&layout, 1), layout.joints()[0].route.at(1.0));
        layout.shift(&[NodeIx(1), NodeIx(7)], Point { x: -20.0, y: 30.0 });
        let after = middle(&layout, 1);
        assert!((after.x - before.x + 20.0).abs() < 0.01 && (after.y - before.y - 30.0).abs() < 0.01);
        assert_ne!(layout.joints()[0].route.at(1.0), end);
        assert_eq!(layout.nodes_in(layout.node(NodeIx(0)).card), [NodeIx(0)]);
    }
}
