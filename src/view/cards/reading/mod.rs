//! Readings: what the cards show at this instant, taken from a run's state and its measurements.

mod client;
mod faults;
mod link;
mod losses;
mod messaging;
mod service;
mod window;

pub use client::client;
pub(crate) use faults::{faults, replica_faults};
pub use link::{LinkReading, link};
pub use losses::losses;
pub use messaging::{log, queue, store};
pub use service::services;
pub use window::open_window;
