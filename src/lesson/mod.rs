//! Lessons: steps, predictions, tasks and claims, as data over what was measured, and the [`player`] that goes through
//! them.
//!
//! **Invariant:** a lesson needs no Rust of its own. It is written in Markdown (`static/lessons/README.md` describes
//! the language), and the site's build turns that into the JSON that is read here:
//!
//! ```jsonc
//! {
//!   "schema": 1,
//!   "title": "Cascading failure",
//!   "summary": Text,
//!   "about": { "chapter": 1, "number": 3, "minutes": 20, "level": "beginner" },
//!   // One or two, A first. `scenario` is a scenario, or the name of a file given along with the lesson.
//!   "variants": [ { "label": "Blocking calls", "scenario": { … } }, … ],
//!   // Buttons, in the order of the digit keys; a fault (or a list of them) as in a scenario's timeline, `for` as
//!   // there. A fault concerns the variants that have its nodes.
//!   "faults": [ { "label": "Payment slow ×10", "fault": {"slow":{"node":"payment","factor":10}}, "for": "20s" } ],
//!   "steps": [ {
//!     "heading": "Everything waits",
//!     "text": [ Block, … ],
//!     // In what state the figure is when the step opens; every part may be left out.
//!     "figure": {
//!       "show": "A" | "B" | "both",        // which panes; both by default
//!       "speed": 0.25,                     // as it was by default
//!       "restart": true, "play": true,     // false and true by default
//!       "knobs": ["nodes.web.arrivals.poisson.rate"], // which sliders; all of the scenario by default
//!       "faults": [0, 2],                  // which buttons, by place in `faults`; all by default
//!       "look": ["orders", "clicks/4", "shop→payment"], // what the text speaks of: node, partition, link
//!       "do": [ Action, … ]                // done as the step opens
//!     },
//!     // A guess to commit to; the reveal is shown after it. The outcome is what `run` does to the step's figure.
//!     "predict": {
//!       "question": Text, "reveal": Text,
//!       "run": { "do": [ { "at": "5s", "inject": {…} } ], "at": "35s" },
//!       // One of the three: the condition of every right choice holds at the end and that of no other;
//!       "choices": [ {"text": Text, "holds": "A.success(web) > 90%"}, {"text": Text, "right": true, "holds": "…"} ],
//!       // a number, within `near` of what is measured then; whatever the seed, that lies where it is expected;
//!       "number": { "value": "success(web)", "scale": ["0%", "100%"], "near": "10%", "expect": ["5%", "20%"] },
//!       // the same all the time.
//!       "curve": { …, "expect": [ { "at": "10s", "between": ["5%", "20%"] } ] }
//!     },
//!     // Ticks itself when the running system meets the condition.
//!     // `solution` is one way to get there, for the test; its instants count from the opening of the step.
//!     "task": {
//!       "text": Text, "when": "B.goodput(web) > 90/s for 10s",
//!       "solution": [ { "at": "5s", "set": "nodes.app.workers", "to": 8 } ]
//!     },
//!     // Notes that wait for a fact.
//!     "notes": [ { "when": "A.blocked(gateway) > 35", "text": Text } ],
//!     // Figures of the variants beside each other, and what they show after a run.
//!     "compare": { "rows": [ { "text": Text, "value": "success(web)" } ], "run": {…}, "holds": "…" },
//!     // Questions; an answer with a condition is right where that holds in the learner's run.
//!     "quiz": [ { "question": Text, "run": {…}, "answers": [ { "text": Text, "right": true, "holds": "…", "because": Text } ] } ],
//!     "real": [ Block, … ],                // what real systems do
//!     "challenge": [ Block, … ]            // what to try afterwards
//!   } ],
//!   "teacher": { "goal": Text, "preparation": Text, "live": [ Text ], "questions": [ { "question": Text, "answer": Text } ] },
//!   // What the text says, verified over ten seeds: run the variants from the start, do each action at its instant, and
//!   // at `at` the condition holds.
//!   "claims": [ { "text": "…", "do": [ { "at": "20s", "inject": {…}, "for": "10s" } ],
//!                 "at": "40s", "holds": "A.goodput(web) over 10s < 20/s and B.goodput(web) over 10s > 95/s" } ]
//! }
//! ```
//!
//! An *Action* is `{"inject": Fault, "for": Duration?}`, `{"heal": Fault}` or `{"set": "path", "to": value, "in": "A"?}`.
//! A *Text* is a string with `**strong**` words and terms in braces, or a list of strings and `{"strong": "…"}`, `{"em":
//! "…"}`, `{"code": "…"}`, `{"term": "retry", "as": "retries"}`, `{"gloss": "Little's law", "as": "…"}`. A *Block* is a
//! Text, `{"list": [Text], "ordered": true}`, `{"lines": "…"}` or `{"table": [[Text]]}`. A step has at most one of
//! `predict` and `task`, and a lesson at least one step; without steps it is a [`ScenarioPage`]. The terms
//! of the text are those of [`Term`], the conditions those of [`Condition`].

mod condition;
mod format;
mod gallery;
mod glossary;
mod look;
mod page;
pub mod player;
mod read;
mod slug;
mod text;

pub use condition::{Condition, Measurements, Misread, Over, Quantity, Scope, Unit};
pub use format::{
    About, Answer, Choice, Claim, Comparison, Course, Experiment, Figure, Guess, Lesson, Level, Listed, Note,
    Prediction, Question, Scale, Step, Task, Teacher,
};
pub use gallery::{Entry, Gallery, Group};
pub use glossary::{Counterpart, Explained, Glossary};
pub use look::{Look, LookedAt};
pub use page::ScenarioPage;
pub use slug::is_slug;
pub use text::{Block, Span, Term, spans};
