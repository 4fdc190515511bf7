//! Who waits for whom, for the detection of circles: the requests that are here, and the calls that their jobs make.

use super::Service;
use crate::base::{ServiceIx, SimTime};
use crate::engine::kernel::wake::{Generations, WakeToken};
use crate::engine::runtime::task::{Origin, State};
use crate::scenario::Plan;

/// A request that is here.
#[derive(Clone, Copy, Debug)]
pub struct Present {
    /// Who waits for its answer.
    pub caller: WakeToken,
    /// Its job, by the slot of its task.
    pub job: u32,
    /// At which replica.
    pub replica: u32,
    /// Since when it is in the waiting room; none: it has begun.
    pub waits_since: Option<SimTime>,
}

/// What a job that has begun is at: one of these for each of its branches.
#[derive(Clone, Copy, Debug)]
pub struct Strand {
    /// The task, in the wait that it is in.
    pub task: WakeToken,
    /// Its job.
    pub job: u32,
    /// At which replica.
    pub replica: u32,
    /// Since when it waits for the answer to a call, and for nothing else that could wake it, such as a timeout; none where
    /// it does something else.
    pub calls_since: Option<SimTime>,
}

impl Service {
    /// Its index.
    pub fn index(&self) -> ServiceIx {
        self.index
    }

    /// Whether a replica is at a standstill: all its workers are held by jobs that wait.
    pub fn is_blocked(&self, replica: u32) -> bool {
        let replica = &self.replicas[replica as usize];
        !replica.crashed && replica.busy == 0 && replica.blocked > 0 && replica.blocked >= replica.workers
    }

    /// Whether this is so of any.
    pub fn has_blocked_replica(&self) -> bool {
        (0..self.replicas()).any(|replica| self.is_blocked(replica))
    }

    /// The requests that are here.
    pub fn present(&self) -> impl Iterator<Item = Present> {
        self.runtime.tasks.iter().filter_map(|(job, task)| {
            let Origin::Call(caller, _) = task.origin else { return None };
            let waits_since = (task.state == State::Waiting(None)).then_some(task.queued);
            Some(Present { caller, job, replica: task.replica, waits_since })
        })
    }

    /// What the jobs that have begun are at.
    pub fn strands(&self, generations: &Generations, plan: &Plan) -> impl Iterator<Item = Strand> {
        let address = self.runtime.address.narrow();
        self.runtime.tasks.iter().filter_map(move |(slot, task)| {
            if task.child.is_some() || task.state == State::Waiting(None) {
                return None;
            }
            let calls_since = match task.state {
                State::Calling(step) => {
                    let call = &plan.calls[step.at()];
                    let alone =
                        call.timeout.is_none() && task.context.deadline == SimTime::NEVER && !call.hedges();
                    alone.then_some(task.call.sent)
                }
                _ => None,
            };
            let (job, replica) = (self.runtime.root(slot), task.replica);
            Some(Strand { task: generations.present(address, slot), job, replica, calls_since })
        })
    }
}
