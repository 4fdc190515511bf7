//! What to draw, as plain data: stages, charts, tables and words.
//!
//! **Invariant:** pure functions from a run to inert data. Nothing here has heard of a browser, a theme's
//! switch or a wall clock, and nothing here computes an outcome.

pub mod draw;
mod geometry;
mod glyph;
mod theme;

pub use draw::{Align, DrawOp, Ink, Sketch, Span, Stroke, Weight};
pub use geometry::{Curve, Point, Rect, Size};
pub use glyph::{Glyph, paint_glyph};
pub use theme::{Theme, Token};
