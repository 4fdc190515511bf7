//! What runs every simulation, whatever its nodes: the calendar of events, the slab, messages on links.
//!
//! **Invariant:** the kernel knows no node.

pub mod calendar;
pub mod event;
pub mod link;
pub mod message;
pub mod network;
pub mod request_context;
pub mod slab;
pub mod wake;
