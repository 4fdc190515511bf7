//! Processor sharing: all jobs of a replica share its workers equally, none faster than one worker.
//!
//! Kept as virtual time that runs at min(1, workers ÷ jobs): a job of length x is done when virtual time has grown
//! by x. Only the next one to finish is on the calendar.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use crate::base::{SimDuration, SimTime};

/// The jobs that share one replica's processors.
#[derive(Clone, Debug, Default)]
pub struct Sharing {
    /// By the virtual time (in nanoseconds) at which each is done, then by arrival.
    jobs: BinaryHeap<Reverse<(Done, u64, u32)>>,
    virtual_ns: f64,
    at: SimTime,
    joined: u64,
    /// Number of the present plan of the next finish.
    generation: u32,
}

/// A virtual instant: a finite, non-negative number, so that it has an order.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Done(f64);

impl Eq for Done {}

impl PartialOrd for Done {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Done {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.0.total_cmp(&other.0)
    }
}

impl Sharing {
    /// How many jobs share.
    pub fn len(&self) -> u32 {
        self.jobs.len() as u32
    }

    /// Brings virtual time up to now. To be called before anything changes, with the workers of until now.
    pub fn advance(&mut self, now: SimTime, workers: u32) {
        let passed = now.since(self.at).0 as f64;
        self.at = now;
        match self.jobs.len() {
            // An idle replica starts anew, so that virtual time never grows imprecise.
            0 => self.virtual_ns = 0.0,
            jobs => self.virtual_ns += passed * speed(workers, jobs),
        }
    }

    /// A job of this length joins.
    pub fn join(&mut self, task: u32, length: SimDuration) {
        self.joined += 1;
        self.jobs.push(Reverse((Done(self.virtual_ns + length.0 as f64), self.joined, task)));
    }

    /// Takes out the job that is done now, if one is.
    pub fn finish(&mut self) -> Option<u32> {
        let Reverse((done, _, task)) = *self.jobs.peek()?;
        // Half a nanosecond: the calendar rounds.
        if done.0 > self.virtual_ns + 0.5 {
            return None;
        }
        self.jobs.pop();
        Some(task)
    }

    /// Takes a job out before its end.
    pub fn leave(&mut self, task: u32) {
        self.jobs.retain(|Reverse((_, _, job))| *job != task);
    }

    /// Forgets all jobs.
    pub fn clear(&mut self) {
        self.jobs.clear();
        self.generation = self.generation.wrapping_add(1);
    }

    /// When the next job will be done if nothing changes, and the number of this plan; none if there is no job, or
    /// no worker.
    pub fn plan_next(&mut self, workers: u32) -> Option<(SimDuration, u32)> {
        self.generation = self.generation.wrapping_add(1);
        let Reverse((done, _, _)) = self.jobs.peek()?;
        let left = (done.0 - self.virtual_ns).max(0.0);
        let speed = speed(workers, self.jobs.len());
        (speed > 0.0).then(|| (SimDuration(libm::ceil(left / speed) as u64), self.generation))
    }

    /// Whether a finish is of the present plan.
    pub fn due(&self, generation: u32) -> bool {
        self.generation == generation
    }
}

fn speed(workers: u32, jobs: usize) -> f64 {
    (f64::from(workers) / jobs as f64).min(1.0)
}
