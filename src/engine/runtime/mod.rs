//! What runs the operations of clients and services, whatever else these do.
//!
//! **Invariant:** the runtime knows no kind of node, only a [`host::Host`].
//!
//! `task` is the record of a running operation, `task_runtime` all those of a node; `interpreter` runs their
//! instructions, each in a file of `steps`, and `ending` ends them. `context` is what a node's handler may use. `policy`
//! is what stands between a call and its callee. `windows`, `dual_write`, `balancing`, `publications` and
//! `write_history` are state machines and records without a simulation.

pub mod agenda;
pub mod balancing;
pub mod compensation;
pub mod context;
pub mod dual_write;
pub mod ending;
pub mod event;
pub mod host;
pub mod interpreter;
pub mod policy;
pub mod publications;
pub mod span;
pub mod steps;
pub mod task;
pub mod task_runtime;
pub mod upkeep;
pub mod windows;
pub mod write_history;
