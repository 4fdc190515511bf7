//! Dots: messages at their true positions on their links, and where the last ones were lost.

use super::layout::{Joint, Layout};
use crate::base::{LinkIx, NodeIx, SimTime, format, within_f32};
use crate::observation::{Flight, MessageKind};
use crate::scenario::Plan;
use crate::session::VariantRun;
use crate::telemetry::Loss;
use crate::view::canvas::draw::{Align, DrawOp, Sketch, Stroke};
use crate::view::canvas::geometry::{Point, Rect};
use crate::view::canvas::glyph::{Glyph, RING_STEPS};
use crate::view::canvas::steps::nice_count;
use crate::view::canvas::text::{Face, text_width, write};
use crate::view::canvas::theme::Token;

/// More messages than this on a stage are drawn as a sample.
pub const MOST_DOTS: usize = 400;

/// How far from its link a message is drawn, as a share of its size: requests and replies pass each other.
const LANE: f32 = 0.35;

/// For how long a loss is seen, in seconds on screen.
pub const LOSS_SEEN_S: f64 = 0.9;

/// Hops that take less than this on screen, in seconds, cannot be followed by eye.
pub const SHORT_HOP_S: f64 = 0.08;

/// One in how many messages is drawn when so many are under way: 1, 2, 5, 10, 20, …
pub fn sample(flights: usize) -> u64 {
    nice_count(flights.div_ceil(MOST_DOTS) as u64)
}

/// Whether some link's mean latency is over before the eye can follow, at this speed (simulated seconds per
/// second).
pub fn too_short(plan: &Plan, speed: f64) -> bool {
    plan.links.iter().any(|link| plan.dists[link.latency.at()].mean() / 1e9 < SHORT_HOP_S * speed)
}

/// The glyph of a message.
pub fn glyph(flight: &Flight, now: SimTime) -> Glyph {
    let ring = || flight.patience(now).map(|left| libm::round(left * f64::from(RING_STEPS)) as u8);
    match flight.kind {
        MessageKind::Request if flight.attempt > 1 => Glyph::Retry(ring()),
        MessageKind::Request => Glyph::Request(ring()),
        MessageKind::Query => Glyph::Request(ring()),
        MessageKind::Reply | MessageKind::Result { done: true } => Glyph::Reply,
        MessageKind::Result { done: false } => Glyph::Failed,
        MessageKind::Failure(_) => Glyph::Failed,
        MessageKind::Publish if flight.attempt > 1 && flight.poison => Glyph::PoisonAgain,
        MessageKind::Publish if flight.attempt > 1 => Glyph::Redelivered,
        MessageKind::Publish | MessageKind::Delivery { redelivered: false } if flight.poison => Glyph::Poison,
        MessageKind::Delivery { redelivered: true } if flight.poison => Glyph::PoisonAgain,
        MessageKind::Publish | MessageKind::Delivery { redelivered: false } => Glyph::Message,
        MessageKind::Delivery { redelivered: true } => Glyph::Redelivered,
        MessageKind::Confirm { accepted: true } | MessageKind::Ack { positive: true } => Glyph::Confirm,
        MessageKind::Confirm { accepted: false } | MessageKind::Ack { positive: false } => Glyph::Refusal,
    }
}

/// Draws one in `every` messages, always the same ones, but for those on joints that `gone` names.
pub(crate) fn draw(sketch: &mut Sketch, variant: &VariantRun, layout: &Layout, every: u64, gone: &[bool]) {
    let now = variant.snapshot().now();
    let size = dot_size(layout);
    for flight in variant.snapshot().flights() {
        if is_sampled(flight.message, every) && is_seen(layout, flight.link, gone) {
            let at = place_of(layout, &flight, now);
            sketch.push(DrawOp::Dot { at, size, glyph: glyph(&flight, now) });
        }
    }
}

/// Where a message is drawn: at its place on the link, in the lane of its direction.
pub(crate) fn place_of(layout: &Layout, flight: &Flight, now: SimTime) -> Point {
    layout.off_center(flight.link, flight.progress(now) as f32, dot_size(layout) * LANE)
}

/// Whether a message is one of those that stand for `every`. Numbers are scattered first: every fiftieth message of an
/// even flow would be of one kind.
pub(crate) fn is_sampled(message: u64, every: u64) -> bool {
    every <= 1 || (message.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 32).is_multiple_of(every)
}

/// Whether dots are drawn on a link.
pub(crate) fn is_seen(layout: &Layout, link: LinkIx, gone: &[bool]) -> bool {
    layout.joint(link).is_some_and(|(joint, _)| !gone.get(joint).copied().unwrap_or(false))
}

pub(crate) fn dot_size(layout: &Layout) -> f32 {
    // In half pixels, so that a painter's ready pictures are used by many.
    libm::roundf(22.0 * within_f32(layout.scale, 0.65, 1.3)) / 2.0
}

/// Instead of dots: how many of what are under way, at the middle of each joint. Rings show what is left on average of
/// the patience of those that have a timeout.
pub(crate) fn draw_counts(sketch: &mut Sketch, variant: &VariantRun, layout: &Layout) {
    const KINDS: [Glyph; 10] = [
        Glyph::Request(None),
        Glyph::Retry(None),
        Glyph::Reply,
        Glyph::Failed,
        Glyph::Message,
        Glyph::Redelivered,
        Glyph::Poison,
        Glyph::PoisonAgain,
        Glyph::Confirm,
        Glyph::Refusal,
    ];
    let now = variant.snapshot().now();
    let mut counts = vec![[0u64; KINDS.len()]; layout.joints().len()];
    // Of requests and retries: what is left of their rings together, and how many have one.
    let mut rings = vec![[(0u64, 0u64); 2]; layout.joints().len()];
    for flight in variant.snapshot().flights() {
        let shown = glyph(&flight, now);
        let kind = match shown {
            Glyph::Request(_) => 0,
            Glyph::Retry(_) => 1,
            Glyph::Reply => 2,
            Glyph::Failed => 3,
            Glyph::Message => 4,
            Glyph::Redelivered => 5,
            Glyph::Poison => 6,
            Glyph::PoisonAgain => 7,
            Glyph::Confirm => 8,
            Glyph::Refusal => 9,
            _ => continue,
        };
        if let Some((joint, _)) = layout.joint(flight.link) {
            counts[joint][kind] += 1;
            if let Glyph::Request(Some(left)) | Glyph::Retry(Some(left)) = shown {
                let (sum, all) = &mut rings[joint][kind];
                (*sum, *all) = (*sum + u64::from(left), *all + 1);
            }
        }
    }
    for ((joint, counts), rings) in layout.joints().iter().zip(&counts).zip(&rings) {
        let ring = |(sum, all): (u64, u64)| (all > 0).then(|| (sum / all.max(1)) as u8);
        let meter = |glyph| match glyph {
            Glyph::Request(_) => Glyph::Request(ring(rings[0])),
            Glyph::Retry(_) => Glyph::Retry(ring(rings[1])),
            other => other,
        };
        let parts: Vec<(Glyph, String)> = KINDS
            .into_iter()
            .zip(counts)
            .filter(|&(_, &count)| count > 0)
            .map(|(glyph, &count)| (meter(glyph), format::string(|out| format::count(out, count))))
            .collect();
        counts_box(sketch, layout, joint, &parts);
    }
}

/// Glyphs with their numbers around the middle of a joint: side by side as far as there is room, else below each
/// other.
fn counts_box(sketch: &mut Sketch, layout: &Layout, joint: &Joint, parts: &[(Glyph, String)]) {
    let size = dot_size(layout);
    let face = Face::bold(11.0 * within_f32(layout.scale, 0.7, 1.2), Token::Ink);
    let number = parts.iter().map(|(_, text)| text_width(text, face)).fold(0.0, f32::max);
    let (cell, row) = (size * 1.5 + number + 6.0, size + 6.0);
    if parts.is_empty() {
        return;
    }
    let columns = (((layout.room(joint) - 8.0) / cell) as usize).clamp(1, parts.len());
    let (w, h) = (cell * columns as f32 + 6.0, row * parts.len().div_ceil(columns) as f32 + 2.0);
    let middle = joint.route.at(0.5);
    let x = within_f32(middle.x - w / 2.0, 0.0, (layout.size.w - w).max(0.0));
    let y = within_f32(middle.y - h / 2.0, 0.0, (layout.size.h - h).max(0.0));
    let (fill, stroke) = (Some(Token::Panel.into()), Some(Stroke::new(Token::Line, 1.0)));
    let radius = 8.0f32.min(h / 2.0);
    sketch.push(DrawOp::Rect { rect: Rect::new(x, y, w, h), radius, fill, stroke });
    for (place, (glyph, text)) in parts.iter().enumerate() {
        let left = x + 4.0 + (place % columns) as f32 * cell;
        let center = y + 1.0 + ((place / columns) as f32 + 0.5) * row;
        let at = Point { x: left + size * 0.7, y: center };
        sketch.push(DrawOp::Dot { at, size, glyph: *glyph });
        let baseline = Point { x: left + size * 1.5, y: center + face.size * 0.36 };
        write(sketch, baseline, Align::Left, face, cell, text);
    }
}

/// Draws a red cross where something was lost lately. It shrinks as it ages; `speed` is simulated seconds per
/// second on screen.
pub(crate) fn draw_losses(sketch: &mut Sketch, variant: &VariantRun, layout: &Layout, speed: f64) {
    let now = variant.snapshot().now();
    for (at, loss) in variant.telemetry().recent().losses().rev() {
        let age = now.since(*at).as_secs() / speed.max(1e-6);
        if age > LOSS_SEEN_S {
            break;
        }
        if let Some(place) = place(variant.plan(), layout, loss, at.0) {
            // In whole steps: few sizes, few ready pictures.
            let shrunk = 1.0 - libm::floor(age / LOSS_SEEN_S * 4.0) as f32 / 5.0;
            sketch.push(DrawOp::Dot { at: place, size: dot_size(layout) * shrunk, glyph: Glyph::Failed });
        }
    }
}

/// Where something was lost; none where an edit has taken that place away. What is lost in one place at one time is
/// spread a little, by `salt`.
fn place(plan: &Plan, layout: &Layout, loss: &Loss, salt: u64) -> Option<Point> {
    let spread = (salt.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 40) as f32 / (1u64 << 24) as f32 - 0.5;
    let on = |link: LinkIx, progress: f32| layout.joint(link).map(|_| layout.at(link, progress));
    let there = |node: NodeIx| plan.has(node).then_some(node);
    match *loss {
        // Lost messages vanish half-way.
        Loss::Vanished { link, .. } => on(link, 0.5 + spread * 0.04),
        Loss::Refused { service, .. } => Some(door(layout, there(plan.services[service.at()].node)?, spread)),
        Loss::PublishRefused { queue } | Loss::Discarded { queue, .. } => {
            Some(door(layout, there(plan.queues[queue.at()].node)?, spread))
        }
        Loss::Crashed { service, .. } => {
            let card = layout.node(there(plan.services[service.at()].node)?).card;
            Some(Point { x: card.center().x + spread * card.w * 0.7, y: card.bottom() })
        }
        Loss::TimedOut { edge } => {
            let edge = &plan.edges[edge.at()];
            on(plan.link(edge.from, edge.to)?, 0.1 + spread * 0.1)
        }
        // It never set out.
        Loss::NotPermitted { edge, .. } => {
            let edge = &plan.edges[edge.at()];
            on(plan.link(edge.from, edge.to)?, 0.04 + spread * 0.04)
        }
        // Its calls' losses are drawn; a client whose request failed otherwise says so on its card.
        Loss::Failed { .. } => None,
    }
}

/// The side of a card at which messages arrive.
fn door(layout: &Layout, node: NodeIx, spread: f32) -> Point {
    let card = layout.node(node).card;
    let middle = card.center();
    if layout.vertical {
        Point { x: middle.x + spread * card.w * 0.4, y: card.y }
    } else {
        Point { x: card.x, y: middle.y + spread * card.h * 0.4 }
    }
}
