//! What is selected or pointed at, told apart from the rest: links, messages and breakers.

use super::dots;
use super::draw::{DrawOp, Ink, Sketch, Stroke};
use super::layout::Layout;
use super::pills::Pill;
use crate::base::{BreakerIx, LinkIx};
use crate::session::Lane;

/// A broad line below a link.
pub(super) fn link(sketch: &mut Sketch, layout: &Layout, link: LinkIx, ink: Ink) {
    let Some((joint, _)) = layout.joint(link) else { return };
    for &curve in layout.joints()[joint].route.curves() {
        sketch.push(DrawOp::Cubic { curve, stroke: Stroke::new(ink, 6.0) });
    }
}

/// A ring around a message, wherever it is by now.
pub(super) fn message(sketch: &mut Sketch, lane: &Lane, layout: &Layout, message: u64, ink: Ink) {
    let simulation = lane.simulation();
    let Some(flight) = simulation.flights().find(|flight| flight.message == message) else { return };
    let center = layout.at(flight.link, flight.progress(simulation.now()) as f32);
    let radius = dots::dot_size(layout) * 1.1;
    sketch.push(DrawOp::Circle { center, radius, fill: None, stroke: Some(Stroke::new(ink, 2.0)) });
}

/// A frame around a breaker's pill.
pub(super) fn breaker(sketch: &mut Sketch, pills: &[Pill], breaker: BreakerIx, ink: Ink) {
    for pill in pills.iter().filter(|pill| pill.breaker == Some(breaker)) {
        let (rect, stroke) = (pill.rect.inset(-2.0), Some(Stroke::new(ink, 2.0)));
        sketch.push(DrawOp::Rect { rect, radius: rect.h / 2.0, fill: None, stroke });
    }
}
