//! The parts of a page, with what they show in and callbacks out.

pub mod charts;
pub mod controls;
pub mod course;
mod curve;
pub mod dom;
pub mod ending;
pub mod glyphs;
pub mod header;
pub mod help;
pub mod inspector;
pub mod legend;
pub mod lesson;
pub mod mine;
mod outcome;
mod parts;
pub mod sandbox;
pub mod send;
pub mod stage;
mod study;
mod table;
pub mod terms;
pub mod traces;
pub mod transport;
pub mod trouble;
pub mod variants;
