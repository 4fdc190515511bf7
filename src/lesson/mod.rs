//! Lessons: steps, predictions, tasks and claims, as data over what was measured.
//!
//! **Invariant:** a lesson needs no Rust of its own. It is a JSON file, `static/lessons/<slug>/lesson.json`:
//!
//! ```jsonc
//! {
//!   "schema": 1,
//!   "title": "Cascading failure",
//!   "summary": "One sentence under the title, with terms as in a step's text.",
//!   // One or two, A first. `scenario` is a scenario, or the name of a file given along with the lesson.
//!   "variants": [ { "label": "Blocking calls", "scenario": { … } }, … ],
//!   // Buttons, in the order of the digit keys; a fault (or a list of them) as in a scenario's timeline, `for` as
//!   // there. A fault concerns the variants that have its nodes.
//!   "faults": [ { "label": "Payment slow ×10", "fault": {"slow":{"node":"payment","factor":10}}, "for": "20s" } ],
//!   "steps": [ {
//!     "heading": "Everything waits",
//!     "text": [ "One string a paragraph, with **strong** words and terms: {request}, {blocked}, {retry|retries}." ],
//!     // In what state the figure is when the step opens; every part may be left out.
//!     "figure": {
//!       "show": "A" | "B" | "both",        // which panes; both by default
//!       "speed": 0.25,                     // as it was by default
//!       "restart": true, "play": true,     // false and true by default
//!       "knobs": ["nodes.web.arrivals.poisson.rate"], // which sliders; all of the scenario by default
//!       "faults": [0, 2],                  // which buttons, by place in `faults`; all by default
//!       "do": [ Deed, … ]                  // done as the step opens
//!     },
//!     // A guess to commit to; the reveal is shown after it.
//!     // `run` and each choice's `holds` let a test try it: do this to the step's figure, and at `at` the condition
//!     // of every right choice holds and that of no other.
//!     "predict": {
//!       "question": "…?", "reveal": "…",
//!       "run": { "do": [ { "at": "5s", "inject": {…} } ], "at": "35s" },
//!       "choices": [ {"text":"…", "holds": "A.success(web) > 90%"}, {"text":"…", "right": true, "holds": "…"} ]
//!     },
//!     // Ticks itself when the running system meets the condition.
//!     // `solution` is one way to get there, for the test; its instants count from the opening of the step.
//!     "task": {
//!       "text": "Bring …", "when": "B.goodput(web) > 90 for 10s",
//!       "solution": [ { "at": "5s", "set": "nodes.app.workers", "to": 8 } ]
//!     },
//!     // Notes that wait for a fact.
//!     "notes": [ { "when": "A.blocked(gateway) > 35", "text": "…" } ]
//!   } ],
//!   // What the text says, verified by a test over five seeds: run the variants from the start, do each deed at
//!   // its instant, and at `at` the condition holds.
//!   "claims": [ { "text": "…", "do": [ { "at": "20s", "inject": {…}, "for": "10s" } ],
//!                 "at": "40s", "holds": "A.goodput(web) over 10s < 20 and B.goodput(web) over 10s > 95" } ]
//! }
//! ```
//!
//! A *Deed* is `{"inject": Fault, "for": Duration?}`, `{"heal": Fault}` or `{"set": "path", "to": value, "in": "A"?}`.
//! A step has at most one of `predict` and `task`. The terms of the text are those of [`Term`], the conditions
//! those of [`Condition`].

mod condition;
mod format;
mod gallery;
mod measure;
mod place;
mod read;
mod text;

pub use condition::{Condition, LaneNumbers};
pub use format::{
    Choice, Claim, Deed, Experiment, FaultButton, Figure, Lesson, Note, Prediction, Step, Task, Timed,
    Variant,
};
pub use gallery::{Entry, Gallery, Group};
pub use measure::MEASURES;
pub use text::{Span, Term, spans};
