//! What is left of a future when a run forks.

use std::sync::Arc;

use super::TimedAction;
use crate::base::SimTime;
use crate::telemetry::Window;

/// A future that was left: what the charts showed of it, and what was done in it, so that one can get back to it.
///
/// **Memory.** At most [`KEPT`](crate::telemetry::KEPT) windows of a variant, those nearest to the fork, shared with
/// the checkpoints that had them; where there was none any more there are gaps.
#[derive(Clone, Debug)]
pub struct Ghost {
    /// When the run forked.
    pub at: SimTime,
    /// How far this future had come.
    pub until: SimTime,
    /// Of each variant, the windows that closed in it after the fork, oldest first.
    pub variants: Vec<Vec<Arc<Window>>>,
    /// Everything that was done in it, from time zero on.
    pub(super) log: Vec<TimedAction>,
    /// How many of those actions both futures have.
    pub(super) shared: usize,
}
