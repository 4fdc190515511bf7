//! A layout seen from nearer: everything stands where it stood, and cards have room for more.

use super::bound::READABLE;
use super::route::Route;
use super::shape::{Joint, Layout, NodeBox};
use crate::base::NodeIx;
use crate::scenario::Plan;
use crate::view::canvas::camera::Camera;
use crate::view::canvas::geometry::{Curve, Point, Rect, Size};
use crate::view::cards::detail::{Detail, footer};
use crate::view::cards::size::natural;
use crate::view::stage::hit::Hit;

impl Layout {
    /// The layout as a camera sees it: magnified, with as much on the cards as can be read in their room now. The plan
    /// is the one that was laid out.
    pub fn seen_by(&self, plan: &Plan, camera: &Camera) -> Layout {
        let zoom = camera.zoom();
        let point = |at: Point| Point { x: at.x * zoom, y: at.y * zoom };
        let rect = |at: Rect| Rect::new(at.x * zoom, at.y * zoom, at.w * zoom, at.h * zoom);
        let curve = |own: &Curve| Curve {
            from: point(own.from),
            leave: point(own.leave),
            reach: point(own.reach),
            to: point(own.to),
        };
        let joint = |own: &Joint| Joint {
            route: Route::new(own.route.curves().iter().map(curve).collect()),
            ..own.clone()
        };
        let boxes = |own: &NodeBox| NodeBox { card: rect(own.card), whole: rect(own.whole), ..*own };
        let mut seen = Layout {
            size: Size { w: self.size.w * zoom, h: self.size.h * zoom },
            window: camera.window(self.size),
            scale: self.scale * zoom,
            nodes: self.nodes.iter().map(boxes).collect(),
            joints: self.joints.iter().map(joint).collect(),
            links: self.links.clone(),
            ..*self
        };
        let more = Detail::ALL.iter().take_while(|detail| **detail != self.detail);
        for &detail in more {
            let scale = seen.room_for(plan, detail);
            if scale >= READABLE {
                (seen.detail, seen.scale) = (detail, scale);
                break;
            }
        }
        for node in &mut seen.nodes {
            node.detail = node.detail.richer(seen.detail);
            // The line of losses below a card is as high as it is written.
            node.card.h = node.whole.h - footer(node.detail) * seen.scale;
        }
        seen
    }

    /// The same camera, moved: nothing but what is seen changes.
    pub fn look(&mut self, camera: &Camera) {
        let Rect { w, h, .. } = self.window;
        self.window = camera.window(Size { w, h });
    }

    /// What has to be seen of a part of the stage: a node's card with its losses, the middle of a link, where its
    /// breaker is. None for what has no place of its own.
    pub fn place(&self, part: Hit) -> Option<Rect> {
        match part {
            Hit::Node(node) => self.nodes.get(node.at()).map(|node| node.whole),
            Hit::Link(link) => {
                let middle = self.joints[self.joint(link)?.0].route.at(0.5);
                let half = 24.0 * self.scale;
                Some(Rect::new(middle.x - half, middle.y - half, 2.0 * half, 2.0 * half))
            }
            Hit::Breaker(_) | Hit::Message(_) => None,
        }
    }

    /// The largest scale at which every card of this detail fits its place; none larger than that of now.
    fn room_for(&self, plan: &Plan, detail: Detail) -> f32 {
        let fit = |(at, place): (usize, &NodeBox)| {
            let own = natural(plan, NodeIx(at as u32), detail);
            (place.whole.w / own.w).min(place.whole.h / (own.h + footer(detail)))
        };
        let nodes = self.nodes.iter().take(plan.nodes.len()).enumerate();
        nodes.filter(|(at, _)| plan.has(NodeIx(*at as u32))).map(fit).fold(self.scale, f32::min)
    }
}

#[cfg(test)]
mod tests {
    use crate::base::{LinkIx, NodeIx};
    use crate::view::canvas::check::{bounds, within};
    use crate::view::cards::detail::Detail;
    use crate::view::stage::tests::{options, variant};
    use crate::view::{Align, Camera, DrawOp, Hit, Layout, Point, Pointer, Rect, Size, Sketch, hit, stage};

    const SCENARIO: &str = r#"{ "schema": 1, "nodes": {
        "web": { "kind": "client", "arrivals": { "poisson": { "rate": 50 } }, "operation": [ { "call": { "to": "app" } } ] },
        "app": { "kind": "service", "workers": 20, "operations": { "default": [ { "call": { "to": "pay" } } ] } },
        "pay": { "kind": "service", "workers": 4, "operations": { "default": [ { "work": "50ms" } ] } } } }"#;
    const PHONE: Size = Size { w: 320.0, h: 240.0 };

    /// What of a picture moves with the camera, with its bounds.
    fn moving(sketch: &Sketch) -> Vec<(DrawOp, Rect)> {
        let moves = |op: &DrawOp| {
            let at = sketch.ops().iter().position(|other| other == op);
            at.is_some_and(|at| sketch.corner(at) != Point::default())
        };
        bounds(sketch).filter(|(op, _)| moves(op)).collect()
    }

    /// Everything lies where it lay, so many times further from the corner; cards show at least as much as before.
    #[test]
    fn nearer_is_the_same_picture_with_more_in_it() {
        let variant = variant(SCENARIO, 5.0);
        let fitted = Layout::new(variant.plan(), &[], PHONE);
        assert_eq!(fitted.seen_by(variant.plan(), &Camera::FIT), fitted);
        let mut detail = fitted.detail;
        for zoom in [1.5, 3.0, 6.0, 8.0] {
            let camera = Camera::FIT.zoom_at(Point { x: 160.0, y: 120.0 }, zoom, PHONE);
            let seen = fitted.seen_by(variant.plan(), &camera);
            for (own, before) in seen.nodes().iter().zip(fitted.nodes()) {
                assert!((own.whole.x - before.whole.x * zoom).abs() < 0.1);
                assert!((own.whole.w - before.whole.w * zoom).abs() < 0.1);
                assert!(own.whole.holds(own.card, 0.1));
            }
            for progress in [0.0, 0.3, 1.0] {
                let (own, before) = (seen.at(LinkIx(0), progress), fitted.at(LinkIx(0), progress));
                let off = (own.x - before.x * zoom).abs() + (own.y - before.y * zoom).abs();
                assert!(off < 0.02 * zoom * PHONE.w, "{off} at {zoom}");
            }
            let place = |detail| Detail::ALL.iter().position(|each| *each == detail);
            assert!(place(seen.detail) <= place(detail), "{:?} at {zoom}", seen.detail);
            detail = seen.detail;
            let mut sketch = Sketch::new();
            stage(&mut sketch, &variant, &seen, &options(false, 1.0));
            for (op, rect) in moving(&sketch) {
                let DrawOp::Text { text, align, .. } = op else { continue };
                let middle = Point { x: rect.center().x, y: rect.y + rect.h * 0.7 };
                let on = seen.nodes().iter().find(|node| node.card.contains(middle));
                if let Some(node) = on.filter(|_| align != Align::Center) {
                    assert!(node.whole.holds(rect, 1.0), "{:?} leaves {:?}", sketch.text(text), node.whole);
                }
            }
            within(&sketch, Rect::new(0.0, 0.0, seen.size.w, seen.size.h), 6.0);
        }
        assert_eq!((fitted.detail, detail), (Detail::Tiny, Detail::Full));
    }

    /// What is seen at a point of the canvas is what is hit there, and the heading stays.
    #[test]
    fn a_magnified_stage_is_hit_where_it_is_seen() {
        let variant = variant(SCENARIO, 5.0);
        let fitted = Layout::new(variant.plan(), &[], PHONE);
        let card = fitted.node(NodeIx(2)).card.center();
        let camera = Camera::FIT.zoom_at(card, 4.0, PHONE);
        let mut seen = fitted.seen_by(variant.plan(), &Camera::FIT.zoom_at(Point::default(), 4.0, PHONE));
        seen.look(&camera);
        assert_eq!(seen, fitted.seen_by(variant.plan(), &camera), "looking elsewhere changes nothing else");
        let (canvas, window) = (camera.to_canvas(card), seen.window);
        let point = Point { x: canvas.x + window.x, y: canvas.y + window.y };
        let pointer = Pointer { touch: false, speed: 1.0, reduced_motion: false };
        assert_eq!(hit(&seen, &variant, point, &pointer), Some(Hit::Node(NodeIx(2))));

        let mut sketch = Sketch::new();
        stage(&mut sketch, &variant, &seen, &options(false, 1.0));
        let count = sketch.ops().len();
        assert_eq!(sketch.corner(0), Point { x: window.x, y: window.y });
        assert_eq!(sketch.corner(count - 1), Point::default());
        let fixed = sketch.ops().len() - moving(&sketch).len();
        assert!(fixed >= 2, "the heading stays, wherever one looks");
    }
}
