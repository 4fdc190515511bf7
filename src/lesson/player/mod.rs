//! The player: a lesson in motion, with what the learner has done in it.
//!
//! **Invariant:** what a guess, a task, a note or a comparison comes to depends on the run and on what was done to it,
//! and not on when or how often somebody looked: a condition can change only where a window of measurements closes, and
//! the player looks at every such instant.
//!
//! [`Player`] is the whole, `guess` and `curve` what a learner predicts, `watch` the instants that are looked at,
//! `progress` what counts as done, `kept` what is kept of it from one visit to the next, and `recall` what was answered, and `recap` what there is to look back on. The page shows a player and
//! hands on what a person does; `cascade lesson check` plays every lesson with the same one.

mod curve;
mod guess;
mod kept;
mod play;
mod progress;
mod recall;
mod recap;
mod watch;

pub use curve::{COLUMNS, CurveEdit, Distance, Drawn, distance, instant};
pub use guess::{Draft, GuessAction, Guessed, Outcome, SCALE};
pub use kept::{Bookmark, Kept, MOST_KEPT};
pub use play::{Answered, Player, StepState, TaskState};
pub use progress::Progress;
pub use recap::{Recap, Tally};

#[cfg(test)]
mod tests;
