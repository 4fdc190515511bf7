//! The plan: a validated scenario in which every name has become an index.
//!
//! **Invariant:** the engine takes nothing else, and nothing in a plan needs to be checked again.

mod client;
mod fault;
mod instruction;
mod living;
mod log;
mod merge;
mod messaging;
mod policy;
mod same_shape;
mod service;
mod store;
mod system;

pub use client::*;
pub use fault::*;
pub use instruction::*;
pub use living::*;
pub use log::*;
pub use merge::{MOST_NODES, TooManyEdits};
pub use messaging::*;
pub use policy::*;
pub use service::*;
pub use store::*;
pub use system::*;
