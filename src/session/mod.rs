//! A run that one can steer: playback, commands, one variant or two in lockstep, and any moment of it again.
//!
//! **Invariant:** playback decides when something is seen, never what: the same log of commands gives the same
//! digests at any speed, however often one went back and forth in between.

mod action;
mod arrange;
mod checkpoints;
mod edit;
mod ghost;
mod playback;
mod record;
mod run;
mod snapshot;
mod travel;
mod unedited;
mod variant_run;

pub use crate::engine::Halt;
pub use action::{Action, TimedAction};
pub use checkpoints::{BUDGET, Checkpoints, HEAVIEST};
pub use ghost::Ghost;
pub use playback::{MOST_LOGGED, SPEEDS, Session};
pub use record::Record;
pub use run::{FaultButton, MOST_UNDONE, Refusal, Run, Shown};
pub use snapshot::Snapshot;
pub use variant_run::{Variant, VariantRun};
