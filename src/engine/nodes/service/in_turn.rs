//! How the branches of a job that holds its worker compute: one after the other.

use super::Service;
use crate::base::SimDuration;
use crate::engine::runtime::context::Context;
use crate::engine::runtime::task::State;
use crate::observation::Observer;

impl Service {
    /// A branch computes for so long on the worker that holds its job, as soon as no other does.
    #[inline(never)]
    pub(super) fn compute_in_turn<O: Observer>(
        &mut self,
        branch: u32,
        length: SimDuration,
        cx: &mut Context<O>,
    ) {
        let job = self.runtime.root(branch);
        if self.turns.begins(job, branch, length) {
            self.compute(branch, length, cx);
        } else {
            self.runtime.wait(branch, State::InTurn, cx);
        }
    }

    /// A branch has computed, or goes away: the next one of its job has its turn.
    #[inline(never)]
    pub(super) fn turn_ended<O: Observer>(&mut self, branch: u32, cx: &mut Context<O>) {
        let job = self.runtime.root(branch);
        if let Some((next, length)) = self.turns.ends(job, branch) {
            self.compute(next, length, cx);
        }
    }
}
