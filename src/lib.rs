//! Cascade: see distributed systems fail and understand why.
//!
//! Data flows one way: **scenario → engine → observations → telemetry → view → screen**; commands flow back through
//! one door, the session. Each layer may import only those above it in this list.
//!
//! | layer | what it is | what it has never heard of |
//! | --- | --- | --- |
//! | [`base`] | time, indices, random streams, distributions, how a table of texts is written | a service, a message, a screen |
//! | [`observation`] | what can be seen to happen | how the engine came to it, who looks |
//! | [`scenario`] | what the user describes, and the plan it compiles to | how a plan is run |
//! | [`engine`] | what happens: calendar, network, nodes, policies, faults | text, a screen, who observes |
//! | [`telemetry`] | what was measured: a fold over observations | the engine |
//! | [`lesson`] | steps, predictions, tasks and claims, over what was measured | a session, a screen |
//! | [`session`] | a run that one can steer: playback, commands, any moment again, two lanes in lockstep | a wall clock of its own |
//! | [`view`] | what to draw, as plain data | a browser |
//! | `ui` | Yew components, the canvas painter, the frame loop (feature `web`) | a number of its own |
//!
//! What to read next: a scenario under `tests/scenarios`, then [`scenario::Plan`], then
//! [`engine::Simulation`] and one node (`src/engine/nodes/exchange.rs` is the smallest); then
//! [`observation::Observation`], the vocabulary that everything else is written in.

// First: all tables of texts above it are written with its macros.
#[macro_use]
pub mod base;
pub mod engine;
pub mod lesson;
pub mod observation;
pub mod scenario;
pub mod session;
pub mod telemetry;
#[cfg(feature = "web")]
pub mod ui;
pub mod view;
