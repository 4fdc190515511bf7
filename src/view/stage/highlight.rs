//! What is selected or pointed at, told apart from the rest: links, messages and breakers.

use super::dots;
use super::layout::Layout;
use super::pill::Pill;
use crate::base::{BreakerIx, LinkIx};
use crate::session::VariantRun;
use crate::view::canvas::draw::{DrawOp, Ink, Sketch, Stroke};
use crate::view::canvas::geometry::Rect;

/// A broad line below a link.
pub(crate) fn link(sketch: &mut Sketch, layout: &Layout, link: LinkIx, ink: Ink) {
    let Some((joint, _)) = layout.joint(link) else { return };
    for &curve in layout.joints()[joint].route.curves() {
        sketch.push(DrawOp::Cubic { curve, stroke: Stroke::new(ink, 6.0) });
    }
}

/// A frame so far around a card.
pub(crate) fn card(sketch: &mut Sketch, layout: &Layout, card: Rect, away: f32, stroke: Stroke) {
    let radius = (10.0 + away) * layout.scale.min(1.0);
    sketch.push(DrawOp::Rect { rect: card.inset(-away), radius, fill: None, stroke: Some(stroke) });
}

/// A ring around a message, so many times as wide as its dot, wherever it is by now.
pub(crate) fn message(
    sketch: &mut Sketch,
    variant: &VariantRun,
    layout: &Layout,
    message: u64,
    times: f32,
    stroke: Stroke,
) {
    let snapshot = variant.snapshot();
    let Some(flight) = snapshot.flights().find(|flight| flight.message == message) else { return };
    let center = dots::place_of(layout, &flight, snapshot.now());
    let radius = dots::dot_size(layout) * times;
    sketch.push(DrawOp::Circle { center, radius, fill: None, stroke: Some(stroke) });
}

/// A frame around a breaker's pill.
pub(crate) fn breaker(sketch: &mut Sketch, pills: &[Pill], breaker: BreakerIx, ink: Ink) {
    for pill in pills.iter().filter(|pill| pill.breaker == Some(breaker)) {
        let (rect, stroke) = (pill.rect.inset(-2.0), Some(Stroke::new(ink, 2.0)));
        sketch.push(DrawOp::Rect { rect, radius: rect.h / 2.0, fill: None, stroke });
    }
}
