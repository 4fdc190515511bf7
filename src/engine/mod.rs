//! Discrete-event engine. No clock, no randomness of its own, no browser.
//!
//! **Invariant:** the engine has never heard of text, of a screen, or of who observes it.

mod simulation;

pub use simulation::{Command, Simulation};
