//! Discrete-event engine. No clock, no randomness of its own, no browser.
//!
//! **Invariant:** the engine has never heard of text, of a screen, or of who observes it.
//!
//! To read: [`Simulation`] takes events off the `calendar` and hands each to its node; a node's handler (`client`,
//! `service`, `queue`, `exchange`, `log`, `store`) sees its own state, the event and a `context` through which it sends,
//! schedules and observes. Clients and services run operations: `operation` interprets their instructions, `call` and
//! `retry` are the call step, `ask` is the ask step, `access` what uses a store, `saga` what undoes, `aggregate` the
//! windows; `task` is the record of one running operation, `balance` what callers know of replicas.

mod access;
mod agenda;
mod aggregate;
mod arrivals;
mod ask;
mod baggage;
mod balance;
mod calendar;
mod call;
mod client;
mod context;
mod core;
mod event;
mod exchange;
mod fault;
mod guard;
mod line;
pub mod log;
mod network;
mod operation;
pub mod policy;
pub mod queue;
pub mod retry;
mod ring;
mod saga;
mod service;
mod simulation;
mod slab;
mod span;
mod store;
mod task;

pub use calendar::Calendar;
pub use simulation::{Command, Halt, Simulation};
