//! Laying a plan out: by given positions where there are some, else in columns.

use super::bound::Bound;
use super::pairs::pairs;
use super::shape::{Layout, area, key};
use crate::base::within_f32;
use crate::scenario::Plan;
use crate::view::canvas::geometry::{Rect, Size};
use crate::view::cards::detail::Detail;

impl Layout {
    /// Lays a plan out on a stage. `positions`, by [`NodeIx`], are kept where every node has one; their unit does
    /// not matter, only how they lie to each other.
    pub fn new(plan: &Plan, positions: &[Option<[f32; 2]>], size: Size) -> Layout {
        Layout::bounded(
            plan,
            positions,
            size,
            Bound { details: &Detail::ALL, scale: f32::MAX, vertical: None },
        )
    }

    /// The same for a stage that is compared with another: no larger, no more detailed than there, and with the
    /// flow in the same direction.
    pub fn beside(plan: &Plan, positions: &[Option<[f32; 2]>], size: Size, other: &Layout) -> Layout {
        let first = Detail::ALL.iter().position(|detail| *detail == other.detail).unwrap_or(0);
        let vertical = Some(other.vertical);
        Layout::bounded(
            plan,
            positions,
            size,
            Bound { details: &Detail::ALL[first..], scale: other.scale, vertical },
        )
    }

    fn bounded(plan: &Plan, positions: &[Option<[f32; 2]>], size: Size, bound: Bound) -> Layout {
        let size = Size { w: within_f32(size.w, 1.0, 20_000.0), h: within_f32(size.h, 1.0, 20_000.0) };
        let (pairs, links) = pairs(plan);
        let window = Rect::new(0.0, 0.0, size.w, size.h);
        let mut layout = Layout { size, window, links, key: key(plan), ..Layout::default() };
        let area = area(size);
        if !layout.given(plan, positions, &pairs, area, bound) {
            layout.automatic(plan, &pairs, area, bound);
        }
        layout
    }
}
