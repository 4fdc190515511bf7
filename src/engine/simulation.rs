//! The simulation: a plan in motion.

use std::sync::Arc;

use crate::base::{ClientIx, QueueIx, ServiceIx, SimDuration, SimTime};
use crate::observation::{Flight, Observer, QueueState, ReplicaState};
use crate::scenario::{Fault, Plan};

/// A plan in motion. Cloning it is a checkpoint.
#[derive(Clone, Debug)]
pub struct Simulation {
    plan: Arc<Plan>,
    now: SimTime,
}

/// What one can do to a running simulation. It takes effect at the present instant, after all that happens in it.
#[derive(Clone, Debug)]
pub enum Command {
    /// Go on under another plan of the same shape (`Plan::same_shape`): what a slider does.
    Retune(Arc<Plan>),
    /// A fault sets in, for a time or for good.
    Inject(Fault, Option<SimDuration>),
    /// The newest active fault equal to this one ends.
    Heal(Fault),
}

impl Simulation {
    /// At time zero, nothing has happened yet.
    pub fn new(plan: Arc<Plan>) -> Simulation {
        Simulation { plan, now: SimTime::ZERO }
    }

    /// The plan it runs.
    pub fn plan(&self) -> &Arc<Plan> {
        &self.plan
    }

    /// The present instant.
    pub fn now(&self) -> SimTime {
        self.now
    }

    /// Events handled so far.
    pub fn events(&self) -> u64 {
        0
    }

    /// When the next event is due; none where nothing will ever happen again.
    pub fn next_event_at(&self) -> Option<SimTime> {
        None
    }

    /// Messages alive (requests, replies, asynchronous messages): counted from what is there, not from the ledger.
    pub fn in_flight(&self) -> u64 {
        0
    }

    /// Requests of a client that have not ended.
    pub fn open_requests(&self, _client: ClientIx) -> u64 {
        0
    }

    /// Messages on their links, in no particular order.
    pub fn flights(&self) -> impl Iterator<Item = &Flight> {
        [].iter()
    }

    /// How many replicas a service has.
    pub fn replicas(&self, _service: ServiceIx) -> u32 {
        0
    }

    /// One replica, now.
    pub fn replica(&self, _service: ServiceIx, _replica: u32) -> ReplicaState {
        ReplicaState::default()
    }

    /// One queue, now.
    pub fn queue(&self, _queue: QueueIx) -> QueueState {
        QueueState::default()
    }

    /// Active faults with their numbers, oldest first.
    pub fn faults(&self) -> impl Iterator<Item = (u32, &Fault)> {
        std::iter::empty()
    }

    /// Handles everything due up to and including `until`; then it is `until`.
    pub fn run_until(&mut self, until: SimTime, _observer: &mut impl Observer) {
        self.now = until;
    }

    /// Handles the next event, if there is one, and says when it was.
    pub fn step(&mut self, _observer: &mut impl Observer) -> Option<SimTime> {
        None
    }

    /// Does what is asked, at the present instant. A plan of another shape is refused and changes nothing.
    pub fn apply(&mut self, _command: Command, _observer: &mut impl Observer) {}
}
