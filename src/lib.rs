//! Cascade: see distributed systems fail and understand why.
pub mod base;
pub mod engine;
pub mod observation;
pub mod scenario;
pub mod session;
pub mod telemetry;
pub mod view;
