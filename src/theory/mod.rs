//! What queueing theory says: formulas, and which parts of a scenario they hold for.
//!
//! The charts draw it beside what was measured, and the tests of the laws hold the engine to it.

pub mod formulas;
mod queue;

pub use queue::{NoQueue, TextbookQueue, textbook_queue};
