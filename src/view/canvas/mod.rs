//! The canvas: drawing operations and what they are made of. It knows no run and writes no word of its own.

pub mod camera;
#[cfg(test)]
pub(crate) mod check;
pub mod draw;
pub mod geometry;
pub mod glyph;
pub mod glyph_picture;
pub mod steps;
pub mod text;
pub mod theme;
