//! Cascade's simulator: everything below what is drawn.
//!
//! The library `cascade` hands all of it on, so `cascade::engine` is [`engine`]; its documentation is the map.

// Texts are said with its macros.
#[macro_use]
extern crate scenarios;

pub mod engine;
pub mod session;
pub mod telemetry;
pub mod theory;

pub use scenarios::{base, observation, scenario};
