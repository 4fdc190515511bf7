//! A run that one can steer: playback, commands, one lane or two in lockstep.
//!
//! **Invariant:** playback decides when something is seen, never what: the same log of commands gives the same
//! digests at any speed.

mod lane;
mod playback;

pub use crate::engine::Halt;
pub use lane::{Lane, Variant};
pub use playback::{Action, Logged, Session};
