//! Discrete-event engine. No clock, no randomness of its own, no browser.
//!
//! **Invariant:** the engine has never heard of text, of a screen, or of who observes it.
//!
//! Four rooms. Each may import only those above it in this list, and no files import each other in a circle.
//!
//! | room | what it is | what it has never heard of |
//! | --- | --- | --- |
//! | `kernel` | calendar, slab, events and their addresses, waits, messages on links | a node |
//! | [`runtime`] | runs operations: tasks, interpreter, `steps` (a file each), [`runtime::policy`], windows, balancing | a kind of node |
//! | [`nodes`] | client, service, queue, exchange, log, store: each with an event enum of its own | another kind of node's state |
//! | `simulation` | the whole: runs it, steers it, shows what can be seen of it | |
//!
//! To read, in this order:
//!
//! 1. `kernel/event.rs`: an event is scheduled for an address whose type says what is understood there.
//! 2. `simulation/run.rs`: [`Simulation`] takes events off the calendar and hands each to its node.
//! 3. `nodes/exchange.rs`, the smallest node. A node's handler sees its own state, the event and a
//!    `runtime::context::Context`, through which it sends, schedules and observes; it cannot reach another node.
//! 4. `runtime/interpreter.rs`: what clients and services do with operations; `runtime/host.rs` is what they add.
//!
//! How to add a step or a kind of node is written down in `docs/how-to`.
//!
//! # Example
//!
//! Whoever wants to know what happens is an observer:
//!
//! ```
//! use std::sync::Arc;
//!
//! use simulator::base::SimTime;
//! use simulator::engine::Simulation;
//! use simulator::observation::{Observation, Observer};
//! use simulator::scenario::Scenario;
//!
//! /// Counts the requests that clients offer.
//! #[derive(Default)]
//! struct Offered(u64);
//!
//! impl Observer for Offered {
//!     fn observe(&mut self, _at: SimTime, what: Observation) {
//!         if let Observation::Offered { .. } = what {
//!             self.0 += 1;
//!         }
//!     }
//! }
//!
//! let text = r#"{ "schema": 1, "nodes": {
//!     "web": { "kind": "client", "arrivals": { "constant": { "rate": 20 } },
//!              "operation": [ { "call": { "to": "app" } } ] },
//!     "app": { "kind": "service", "operations": { "default": [ { "work": "10ms" } ] } } } }"#;
//! let plan = Scenario::read(text).and_then(|scenario| scenario.plan()).expect("a good scenario");
//! let mut offered = Offered::default();
//! Simulation::new(Arc::new(plan)).run_until(SimTime::from_secs(10.0), &mut offered);
//! assert!((199..=201).contains(&offered.0));
//! ```

mod kernel;
pub mod nodes;
pub mod runtime;
mod simulation;

pub use kernel::calendar::Calendar;
pub use simulation::{Command, Halt, Simulation};
