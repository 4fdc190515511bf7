//! What is under a pointer: a node, a breaker, a message or a link.

use super::hit::Hit;
use super::layout::{Joint, Layout};
use super::{density, dots, pills};
use crate::base::LinkIx;
use crate::session::VariantRun;
use crate::view::canvas::geometry::Point;

/// How one points, at what kind of picture.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Pointer {
    /// With a finger: it reaches further.
    pub touch: bool,
    /// Playback speed of the picture, in simulated seconds per second: it decides which messages are drawn.
    pub speed: f64,
    /// Whether the picture shows counts instead of moving dots.
    pub reduced_motion: bool,
}

/// From how far a message is hit, in pixels, by a mouse and by a finger.
pub const MESSAGE_REACH: [f32; 2] = [12.0, 22.0];

/// The same for a link.
pub const LINK_REACH: [f32; 2] = [8.0, 16.0];

/// What is at a point of a stage: a node before a breaker before the nearest message before the nearest link. Only
/// what is drawn is hit: not a message that a sample leaves out.
pub fn hit(layout: &Layout, variant: &VariantRun, point: Point, pointer: &Pointer) -> Option<Hit> {
    if let Some(node) = layout.node_at(point) {
        return Some(Hit::Node(node));
    }
    let gone = density::gone(variant, layout, pointer.speed);
    let pills = pills::pills(variant, layout, pointer.speed, &gone, pointer.reduced_motion);
    if let Some(pill) = pills.iter().rev().find(|pill| pill.rect.contains(point)) {
        return match pill.breaker {
            Some(breaker) => Some(Hit::Breaker(breaker)),
            None => link_of(variant, layout, pill.joint),
        };
    }
    let which = usize::from(pointer.touch);
    if !pointer.reduced_motion
        && let Some(message) = message(layout, variant, point, MESSAGE_REACH[which], &gone)
    {
        return Some(Hit::Message(message));
    }
    let away = |(at, joint): (usize, &Joint)| (joint.route.distance(point), at);
    let nearest = layout.joints().iter().enumerate().map(away).min_by(|a, b| a.0.total_cmp(&b.0));
    let (_, joint) = nearest.filter(|(distance, _)| *distance <= LINK_REACH[which])?;
    link_of(variant, layout, joint)
}

/// A joint's link, along its curve if there is one.
fn link_of(variant: &VariantRun, layout: &Layout, joint: usize) -> Option<Hit> {
    let links = (0..variant.plan().links.len() as u32).map(LinkIx);
    let own = links.filter_map(|link| Some((link, layout.joint(link)?))).filter(|(_, (at, _))| *at == joint);
    own.min_by_key(|(_, (_, back))| *back).map(|(link, _)| Hit::Link(link))
}

/// The drawn message that is nearest to a point, if it is near enough.
fn message(layout: &Layout, variant: &VariantRun, point: Point, reach: f32, gone: &[bool]) -> Option<u64> {
    let (snapshot, mut nearest) = (variant.snapshot(), None);
    let (now, every) = (snapshot.now(), dots::sample(snapshot.flights().count()));
    let mut least = reach * reach;
    for flight in snapshot.flights() {
        if !dots::is_sampled(flight.message, every) || !dots::is_seen(layout, flight.link, gone) {
            continue;
        }
        let at = dots::place_of(layout, &flight, now);
        let (dx, dy) = (at.x - point.x, at.y - point.y);
        let distance = dx * dx + dy * dy;
        if distance <= least {
            (least, nearest) = (distance, Some(flight.message));
        }
    }
    nearest
}
