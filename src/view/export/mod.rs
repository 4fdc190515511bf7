//! What can be saved of a run, as text.

pub mod csv;
pub mod glyph;
pub mod miniature;
mod path;
pub mod qr;
pub mod svg;
pub mod traces;
mod writer;
