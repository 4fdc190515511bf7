//! One replica of a service: its workers and its waiting room.

use std::collections::VecDeque;

use super::sharing::Sharing;
use crate::observation::ReplicaState;
use crate::scenario::Discipline;

/// A replica.
#[derive(Clone, Debug)]
pub struct Replica {
    /// Workers there are.
    pub workers: u32,
    /// Workers held that compute.
    pub busy: u32,
    /// Workers held that wait for an answer.
    pub blocked: u32,
    /// Workers that share, as last reported (processor sharing).
    pub shared: u32,
    /// Jobs that are here, waiting or begun.
    pub in_system: u32,
    /// It refuses connections.
    pub crashed: bool,
    /// It alone is paused, whatever the service is.
    pub paused: bool,
    /// It was taken away and finishes what it has.
    pub retired: bool,
    /// Jobs that share the workers (processor sharing).
    pub sharing: Sharing,
    /// Its workers as observers know them; none before they are told for the first time.
    pub reported: Option<[u32; 3]>,
    room: VecDeque<u32>,
}

impl Replica {
    /// Idle.
    pub fn new(workers: u32) -> Replica {
        Replica {
            workers,
            busy: 0,
            blocked: 0,
            shared: 0,
            in_system: 0,
            crashed: false,
            paused: false,
            retired: false,
            sharing: Sharing::default(),
            reported: None,
            room: VecDeque::new(),
        }
    }

    /// Workers computing, workers held while waiting, and workers there are.
    #[inline]
    pub fn workers(&self) -> [u32; 3] {
        let busy = self.busy + self.shared;
        let total = match (self.crashed, self.retired) {
            (true, _) => 0,
            // Its idle workers are gone.
            (_, true) => busy + self.blocked,
            _ => self.workers,
        };
        [busy, self.blocked, total]
    }

    /// What can be seen of it.
    pub fn state(&self) -> ReplicaState {
        let [busy, blocked, workers] = self.workers();
        ReplicaState {
            workers,
            busy,
            blocked,
            // Those who share do not wait in a room, but more of them than workers means that some would.
            waiting: self.room.len() as u32 + self.sharing.len().saturating_sub(self.workers),
            in_system: self.in_system,
            crashed: self.crashed,
            paused: self.paused,
        }
    }

    /// Whether a worker is free.
    #[inline]
    pub fn has_free_worker(&self) -> bool {
        self.busy + self.blocked < self.workers && !self.crashed
    }

    /// Whether a newcomer need not wait: a worker is free and nobody was there before.
    #[inline]
    pub fn can_start(&self) -> bool {
        self.has_free_worker() && self.room.is_empty()
    }

    /// Whether a newcomer finds a place: a free worker or a place in a waiting room of this size.
    pub fn has_room(&self, places: Option<u32>, shares: bool) -> bool {
        let Some(places) = places else { return true };
        if shares {
            return self.in_system < self.workers.saturating_add(places);
        }
        self.can_start() || (self.room.len() as u32) < places
    }

    /// A job enters the waiting room.
    pub fn enqueue(&mut self, task: u32) {
        self.room.push_back(task);
    }

    /// The job that is served next leaves the waiting room.
    pub fn next_waiting(&mut self, discipline: Discipline) -> Option<u32> {
        match discipline {
            Discipline::Lifo => self.room.pop_back(),
            Discipline::Fifo | Discipline::ProcessorSharing => self.room.pop_front(),
        }
    }

    /// A job leaves the waiting room without being served.
    pub fn leave(&mut self, task: u32) {
        self.room.retain(|&waiting| waiting != task);
    }

    /// Everything in it is gone.
    pub fn crash(&mut self) {
        debug_assert_eq!(self.in_system, 0, "the jobs have been taken out before");
        (self.busy, self.blocked, self.shared) = (0, 0, 0);
        self.room.clear();
        self.sharing.clear();
        self.crashed = true;
    }

    /// It is back, empty.
    pub fn restart(&mut self, workers: u32) {
        let Replica { retired, paused, reported, .. } = *self;
        *self = Replica { retired, paused, reported, ..Replica::new(workers) };
    }
}
