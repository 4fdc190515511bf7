//! A system that is being edited: what one can do to it, one after the other and back, and what an editor offers.
//!
//! **Invariant:** every scenario that comes out of here was read and found right, and compiles; an edit that would break
//! that is refused with diagnostics and changes nothing. The order of what is written is kept.
//!
//! | where | what it is |
//! | --- | --- |
//! | `editor` | [`Editor`]: the last right scenario, its text, and the history |
//! | `edit` | [`Edit`]: what one can do, as data |
//! | `apply` | which edit does what; `nodes`, `connect`, `steps`, `operations`, `places` do it on a `draft` |
//! | `names`, `prune`, `follow` | what names what, by the tables of the language: names follow, and what names nothing goes |
//! | `palette`, `next`, `kinds`, `policies` | what can be added |
//! | `clipboard` | copies of nodes, as text |
//! | `complete`, `places_in_text` | the text beside the drawing: what may stand at a cursor, where a path stands |
//! | `findings` | what is advised, with the edit that mends it |
//!
//! # Example
//!
//! ```
//! use cascade::editor::{Edit, Editor};
//! use cascade::scenario::Scenario;
//!
//! let text = r#"{"schema": 1, "nodes": {"web": {"kind": "client", "arrivals": {"poisson": {"rate": 10}}, "operation": []}}}"#;
//! let mut editor = Editor::new(Scenario::read(text).expect("a scenario")).expect("it runs");
//! let done = editor.apply(Edit::AddNext { from: "web".to_owned(), next: "service".to_owned() }).expect("an edit");
//! assert_eq!(done.select, ["service"]);
//! editor.apply(Edit::Rename { node: "service".to_owned(), to: "shop".to_owned() }).expect("an edit");
//! assert!(editor.text().contains(r#""call": {"to": "shop""#), "the step names it too");
//! assert!(editor.undo() && editor.undo() && !editor.can_undo());
//! ```

mod apply;
mod clipboard;
mod complete;
mod connect;
mod draft;
mod edit;
#[expect(clippy::module_inception, reason = "the room is called like what it is for")]
mod editor;
mod findings;
mod follow;
mod kinds;
mod names;
mod next;
mod nodes;
mod operations;
mod palette;
mod places;
mod places_in_text;
mod policies;
mod prune;
mod steps;
mod tree;

pub use clipboard::copy;
pub use complete::{Completion, completions};
pub use connect::{Connection, LinkKind, could_connect};
pub use edit::{Alignment, Done, Edit, Spot, Wrapping};
pub use editor::{Editor, MOST_STEPS};
pub use findings::{Finding, findings};
pub use kinds::{StepKind, step_kinds};
pub use next::{Next, next_of};
pub use palette::{Preset, palette};
pub use places_in_text::{Span, line_and_column, place};
pub use policies::{Policy, policies};
