//! What runs the operations of clients and services: tasks, the interpreter, the steps, the policies of calls.
//!
//! **Invariant:** the runtime knows no kind of node, only a [`interpreter::Host`].

pub mod agenda;
pub mod balancing;
pub mod context;
pub mod hash_ring;
pub mod interpreter;
pub mod policy;
pub mod span;
pub mod steps;
pub mod task;
pub mod task_runtime;
