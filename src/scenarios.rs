//! What Cascade's simulator is told, and what everything else is written in.
//!
//! The package `simulator` hands all of it on.

// First: texts above it are said with its macros.
#[macro_use]
pub mod base;
pub mod observation;
pub mod scenario;
