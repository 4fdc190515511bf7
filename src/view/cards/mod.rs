//! The cards of nodes: what is read of each kind, how large its card is, and what stands on it.

pub mod client;
pub mod detail;
pub mod exchange;
pub mod log;
pub mod log_reading;
pub mod log_tracks;
pub mod pen;
pub mod queue;
pub mod reading;
pub mod service;
pub mod size;
pub mod state;
pub mod store;
