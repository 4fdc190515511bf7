//! How large and how detailed a layout may be.

use crate::base::within_f32;
use crate::view::canvas::geometry::Rect;
use crate::view::cards::detail::Detail;

/// Below this scale a card gives up detail rather than become smaller.
pub(super) const READABLE: f32 = 1.0;
/// Cards grow to this scale on a stage of [`HIGH`] pixels, less on lower ones: long links show more than large
/// cards.
const LARGEST: f32 = 1.6;
/// See [`LARGEST`].
const HIGH: f32 = 520.0;
/// Natural distance between cards across the flow.
pub(super) const GAP: f32 = 14.0;

/// What a layout may look like.
#[derive(Clone, Copy)]
pub(super) struct Bound<'a> {
    /// How much cards may show, from most to least.
    pub details: &'a [Detail],
    /// How large they may be.
    pub scale: f32,
    /// In which direction the flow goes; none: whatever leaves more room.
    pub vertical: Option<bool>,
}

/// The largest scale on a stage with this room for nodes.
pub(super) fn largest(area: Rect) -> f32 {
    within_f32(area.h.min(area.w * 0.6) / HIGH * LARGEST, 1.05, LARGEST)
}
