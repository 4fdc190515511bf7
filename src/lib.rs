//! Cascade: see distributed systems fail and understand why.
//!
//! Data flows one way: **scenario → engine → observations → telemetry → view → screen**; commands flow back through
//! one door, the session. Each layer may import only those above it in this list.
//!
//! | layer | what it holds | what it has never heard of |
//! | --- | --- | --- |
//! | [`base`] | time, index types, random streams, distributions, JSON, diagnostics, texts | a service, a message, a screen |
//! | [`observation`] | the facts that a run reports, and their digest | how the engine works, who observes |
//! | [`scenario`] | what the user writes, and the plan that it compiles to | how a plan is run |
//! | [`engine`] | the simulation: calendar, network, nodes, steps, policies, faults | text, a screen, who observes |
//! | [`telemetry`] | metrics, histograms, windows, traces: folds over observations | the engine |
//! | [`theory`] | queueing formulas, and the services that they hold for | a run |
//! | [`session`] | a run that can be steered: playback, actions, seeking, forks, two variants in lockstep | the wall clock |
//! | [`link`] | a run as a link: written, and read for ever | a page that shows it |
//! | [`lesson`] | steps, predictions, tasks and claims about what was measured, and their player | a screen |
//! | [`editor`] | a system that is being edited: edits, undo, what connects to what, findings with remedies | a run, a screen |
//! | [`view`] | what to draw, as plain data | a browser |
//! | `ui` | Yew components, the canvas painter, the frame loop (feature `web`) | a number of its own |
//!
//! `base`, `observation` and `scenario` are the package `scenarios` (`src/scenarios.rs`); from `engine` to `session`
//! they are the package `simulator` (`src/simulator.rs`), which is compiled for speed. This library hands them on and
//! adds the rest; in the browser everything but the simulator is compiled for size.
//!
//! What to read next: a scenario under `tests/scenarios`, then [`scenario::Plan`], then
//! [`engine::Simulation`] and one node (`src/engine/nodes/exchange.rs` is the smallest); then
//! [`observation::Observation`], the vocabulary that everything else is written in.
//!
//! # Example
//!
//! Load a scenario, run a minute of it, and read the result:
//!
//! ```
//! use std::sync::Arc;
//!
//! use cascade::base::SimTime;
//! use cascade::engine::Simulation;
//! use cascade::observation::Digest;
//! use cascade::scenario::Scenario;
//! use cascade::telemetry::{RunFacts, Statistics};
//!
//! let text = r#"{
//!     "schema": 1,
//!     "seed": 42,
//!     "nodes": {
//!         "web": {
//!             "kind": "client",
//!             "arrivals": {"poisson": {"rate": 100}},
//!             "operation": [{"call": {"to": "app", "timeout": "1s"}}]
//!         },
//!         "app": {"kind": "service", "workers": 4, "operations": {"default": [{"work": "20ms"}]}}
//!     }
//! }"#;
//! let plan = Arc::new(Scenario::read(text).and_then(|scenario| scenario.plan()).expect("it runs"));
//!
//! // The simulation tells its observers what happens; a pair of observers is an observer too.
//! let mut simulation = Simulation::new(Arc::clone(&plan));
//! let mut observer = (Statistics::new(&plan, SimTime::ZERO), Digest::default());
//! simulation.run_until(SimTime::from_secs(60.0), &mut observer);
//!
//! let (statistics, digest) = observer;
//! let result = statistics.result(&plan, RunFacts {
//!     end: simulation.now(),
//!     events: simulation.events(),
//!     digest: digest.hex(),
//!     in_flight: simulation.in_flight(),
//! });
//! let web = result.clients.get("web").expect("the client");
//! // 100 requests a second keep two of four workers busy: none fails.
//! assert!(web.offered > 5_500 && web.failed.total() == 0);
//! assert!(result.ledger.balances());
//! ```

// Texts are said with its macros.
#[macro_use]
extern crate scenarios;

pub mod editor;
pub mod lesson;
pub mod link;
#[cfg(feature = "web")]
pub mod ui;
pub mod view;

pub use simulator::{base, engine, observation, scenario, session, telemetry, theory};
