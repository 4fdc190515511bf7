//! Cascade: see distributed systems fail and understand why.
pub mod base;
pub mod engine;
pub mod lesson;
pub mod observation;
pub mod scenario;
pub mod session;
pub mod telemetry;
#[cfg(feature = "web")]
pub mod ui;
pub mod view;
