//! Canvases: surfaces and their sizes, the painter, fingers on a stage, the frame loop.

mod brush;
pub mod canvases;
pub mod fingers;
pub mod frame;
pub mod meter;
pub mod painter;
pub mod sizes;
mod sprites;
pub mod surface;
