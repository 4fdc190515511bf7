//! What runs the operations of clients and services: tasks, the interpreter, the steps, the policies of calls.
//!
//! **Invariant:** the runtime knows no kind of node, only a [`host::Host`].

pub mod agenda;
pub mod balancing;
pub mod context;
pub mod dual_write;
pub mod ending;
pub mod event;
pub mod hash_ring;
pub mod host;
pub mod interpreter;
pub mod policy;
pub mod span;
pub mod steps;
pub mod task;
pub mod task_runtime;
pub mod upkeep;
pub mod windows;
pub mod write_history;
