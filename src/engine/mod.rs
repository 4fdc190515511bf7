//! Discrete-event engine. No clock, no randomness of its own, no browser.
//!
//! **Invariant:** the engine has never heard of text, of a screen, or of who observes it.
//!
//! Four rooms; each may import only those above it in this list.
//!
//! | room | what it is |
//! | --- | --- |
//! | `kernel` | the calendar of events, the slab, messages on links; knows no node |
//! | [`runtime`] | runs operations: tasks, the interpreter, `steps`, the [`runtime::policy`] of calls, balancing |
//! | [`nodes`] | the kinds of node: client, service, queue, exchange, log, store |
//! | `simulation` | the whole: runs it, steers it, shows what can be seen of it |
//!
//! To read: [`Simulation`] takes events off the calendar and hands each to its node; a node's handler sees its own
//! state, the event and a `context` through which it sends, schedules and observes. Clients and services run
//! operations, which the interpreter does for them.

mod kernel;
pub mod nodes;
pub mod runtime;
mod simulation;

pub use kernel::calendar::Calendar;
pub use simulation::{Command, Halt, Simulation};
