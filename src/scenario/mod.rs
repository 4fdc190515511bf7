//! What the user describes: the scenario language, its diagnostics, and the plan it compiles to.
//!
//! **Invariant:** a [`Plan`] that comes out of here needs no further check; a scenario that cannot become one
//! comes back as diagnostics, all of them at once.
//!
//! | where | what it is |
//! | --- | --- |
//! | [`model`] | the language as written: one row for each field; the only place that knows it |
//! | `read` | what follows from those tables: reading, paths, parameters, the JSON Schema, the reference |
//! | `plan` | what the engine runs: every name is an index |
//! | `compile` | from the model to a plan |
//! | `written` | [`Scenario`]: to read, to print, to change, to compile |
//!
//! To add a field, add its row to `model`; `docs/how-to/add-a-field.md` shows one.
//!
//! # Example
//!
//! ```
//! use scenarios::scenario::Scenario;
//!
//! let text = r#"{
//!     "schema": 1,
//!     "nodes": {
//!         "web": {
//!             "kind": "client",
//!             "arrivals": {"poisson": {"rate": 100}},
//!             "operation": [{"call": {"to": "app", "timeout": "1s"}}]
//!         },
//!         "app": {"kind": "service", "workers": 4, "operations": {"default": [{"work": "20ms"}]}}
//!     }
//! }"#;
//! let scenario = Scenario::read(text).expect("a scenario");
//! let plan = scenario.plan().expect("it runs");
//! assert_eq!(plan.nodes.len(), 2);
//!
//! // Everything that is wrong comes back at once, with its place and a remedy.
//! let found = Scenario::read(&text.replace("workers", "wrokers")).expect_err("a mistake");
//! assert_eq!(found[0].path, "nodes.app.wrokers");
//! assert_eq!(found[0].help, "did you mean \"workers\"?");
//! ```

mod advice;
mod compile;
pub mod model;
mod nearest;
mod plan;
mod read;
mod report;
mod topic;
mod written;

pub use advice::{Finding, Remedy, advice};
pub use plan::*;
pub use read::parameter::{Choice, Control, MOST_PARAMETERS, Parameter, Parameters};
pub use read::path::set as set_parameter;
pub use read::read_part;
pub use read::reference::reference;
pub use read::schema::schema;
pub use topic::topic_matches;
pub use written::{Scenario, read_fault};
