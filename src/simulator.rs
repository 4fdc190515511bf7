//! Cascade's simulator: everything below what is drawn.
//!
//! The library `cascade` hands all of it on, so `cascade::engine` is [`engine`]; its documentation is the map.

// First: texts above it are said with its macros.
#[macro_use]
pub mod base;
pub mod engine;
pub mod observation;
pub mod scenario;
pub mod session;
pub mod telemetry;
pub mod theory;
