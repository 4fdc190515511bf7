//! What was lost or refused lately and where, and the marks of faults: for the stage and the time axis.

use std::collections::VecDeque;

use crate::base::{BreakerIx, ClientIx, EdgeIx, LinkIx, NodeIx, QueueIx, ServiceIx, SimTime};
use crate::observation::{
    BreakerState, CallResult, Discard, Failure, Fate, JobEnd, LossReason, Observation, Observer, Outcome,
};
use crate::scenario::Plan;

/// How many losses are remembered one by one; when one more comes, the oldest is forgotten (the counts are not).
pub const LOSSES: usize = 256;

/// How many marks of faults, and how many changes of breakers, are remembered; when one more comes, the oldest is forgotten.
pub const MARKS: usize = 1_000;

/// Something that came to a bad end, and where.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Loss {
    /// A message vanished on its link.
    Vanished {
        /// Which link.
        link: LinkIx,
        /// Which message.
        message: u64,
        /// Why.
        reason: LossReason,
    },
    /// A service refused an arrival.
    Refused {
        /// Which service.
        service: ServiceIx,
        /// Which replica.
        replica: u32,
        /// Why.
        reason: Failure,
    },
    /// A caller's own policy did not permit an attempt.
    NotPermitted {
        /// Between whom, for what.
        edge: EdgeIx,
        /// Which policy.
        reason: Failure,
    },
    /// A job went down with its replica.
    Crashed {
        /// Which service.
        service: ServiceIx,
        /// Which replica.
        replica: u32,
    },
    /// A caller stopped waiting for an attempt of a call.
    TimedOut {
        /// Between whom, for what.
        edge: EdgeIx,
    },
    /// A queue refused a message.
    PublishRefused {
        /// Which queue.
        queue: QueueIx,
    },
    /// A queue let a message go that nobody acknowledged.
    Discarded {
        /// Which queue.
        queue: QueueIx,
        /// What became of it.
        fate: Fate,
    },
    /// A client's request failed.
    Failed {
        /// Which client.
        client: ClientIx,
        /// Why.
        failure: Failure,
    },
}

/// A fault set in or ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mark {
    /// When.
    pub at: SimTime,
    /// Number of the fault, as in the observations.
    pub fault: u32,
    /// A node that it concerns.
    pub node: NodeIx,
    /// It set in (true) or ended.
    pub began: bool,
}

/// A circuit breaker changed its state.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Switch {
    /// When.
    pub at: SimTime,
    /// Which.
    pub breaker: BreakerIx,
    /// To which state.
    pub to: BreakerState,
}

/// The last losses and marks, and how many losses there were since the start by place and reason.
#[derive(Clone, Debug)]
pub struct Recent {
    losses: VecDeque<(SimTime, Loss)>,
    marks: VecDeque<Mark>,
    switches: VecDeque<Switch>,
    vanished: Vec<[u64; LossReason::COUNT]>,
    refused: Vec<[u64; Failure::COUNT]>,
    shed: Vec<u64>,
    not_permitted: Vec<[u64; Failure::COUNT]>,
    crashed: Vec<u64>,
    timed_out: Vec<u64>,
    publish_refused: Vec<u64>,
    discarded: Vec<[u64; 3]>,
    dead_letters: Vec<[u64; Discard::COUNT]>,
    failed: Vec<[u64; Failure::COUNT]>,
}

impl Recent {
    /// For a run of `plan`.
    pub fn new(plan: &Plan) -> Recent {
        let mut recent = Recent {
            losses: VecDeque::with_capacity(LOSSES),
            marks: VecDeque::new(),
            switches: VecDeque::new(),
            vanished: Vec::new(),
            refused: Vec::new(),
            shed: Vec::new(),
            not_permitted: Vec::new(),
            crashed: Vec::new(),
            timed_out: Vec::new(),
            publish_refused: Vec::new(),
            discarded: Vec::new(),
            dead_letters: Vec::new(),
            failed: Vec::new(),
        };
        recent.grow(plan);
        recent
    }

    /// There may be more of everything.
    pub fn grow(&mut self, plan: &Plan) {
        self.vanished.resize(plan.links.len(), [0; LossReason::COUNT]);
        self.refused.resize(plan.services.len(), [0; Failure::COUNT]);
        self.shed.resize(plan.services.len(), 0);
        self.not_permitted.resize(plan.edges.len(), [0; Failure::COUNT]);
        self.crashed.resize(plan.services.len(), 0);
        self.timed_out.resize(plan.edges.len(), 0);
        self.publish_refused.resize(plan.queues.len(), 0);
        self.discarded.resize(plan.queues.len(), [0; 3]);
        self.dead_letters.resize(plan.queues.len(), [0; Discard::COUNT]);
        self.failed.resize(plan.clients.len(), [0; Failure::COUNT]);
    }

    /// About how many bytes a clone takes.
    pub fn memory_bytes(&self) -> usize {
        let counts = self.vanished.len() * LossReason::COUNT + self.refused.len() * 8 + self.failed.len() * 7;
        let counts = counts + self.timed_out.len() + self.publish_refused.len() * 4;
        let events = self.marks.len() * size_of::<Mark>() + self.switches.len() * size_of::<Switch>();
        self.losses.len() * size_of::<(SimTime, Loss)>() + events + counts * 8
    }

    /// The last losses, oldest first: at most [`LOSSES`], and under heavy losses therefore only a short while.
    pub fn losses(&self) -> impl DoubleEndedIterator<Item = &(SimTime, Loss)> + ExactSizeIterator {
        self.losses.iter()
    }

    /// The last marks of faults, oldest first: at most [`MARKS`].
    pub fn marks(&self) -> impl DoubleEndedIterator<Item = &Mark> + ExactSizeIterator {
        self.marks.iter()
    }

    /// The last changes of circuit breakers, oldest first: at most [`MARKS`].
    pub fn switches(&self) -> impl DoubleEndedIterator<Item = &Switch> + ExactSizeIterator {
        self.switches.iter()
    }

    /// Messages that vanished on a link since the start, in the order of `LossReason::ALL`.
    pub fn vanished(&self, link: LinkIx) -> [u64; LossReason::COUNT] {
        self.vanished[link.at()]
    }

    /// Arrivals that a service refused since the start, in the order of `Failure::ALL`.
    pub fn refused(&self, service: ServiceIx) -> [u64; Failure::COUNT] {
        self.refused[service.at()]
    }

    /// Those of them that a service dropped because they had waited too long.
    pub fn shed(&self, service: ServiceIx) -> u64 {
        self.shed[service.at()]
    }

    /// Attempts that a caller's own policies did not permit since the start, in the order of `Failure::ALL`.
    pub fn not_permitted(&self, edge: EdgeIx) -> [u64; Failure::COUNT] {
        self.not_permitted[edge.at()]
    }

    /// Jobs that went down with a service's replicas since the start.
    pub fn crashed(&self, service: ServiceIx) -> u64 {
        self.crashed[service.at()]
    }

    /// Attempts that timed out since the start.
    pub fn timed_out(&self, edge: EdgeIx) -> u64 {
        self.timed_out[edge.at()]
    }

    /// Messages that a queue refused since the start.
    pub fn publish_refused(&self, queue: QueueIx) -> u64 {
        self.publish_refused[queue.at()]
    }

    /// Messages that left a queue unacknowledged since the start: dropped, expired, dead-lettered.
    pub fn discarded(&self, queue: QueueIx) -> [u64; 3] {
        self.discarded[queue.at()]
    }

    /// Messages that a queue dead-lettered since the start, in the order of `Discard::ALL`.
    pub fn dead_letters(&self, queue: QueueIx) -> [u64; Discard::COUNT] {
        self.dead_letters[queue.at()]
    }

    /// Requests of a client that failed since the start, in the order of `Failure::ALL`.
    pub fn failed(&self, client: ClientIx) -> [u64; Failure::COUNT] {
        self.failed[client.at()]
    }

    fn lost(&mut self, at: SimTime, loss: Loss) {
        match loss {
            Loss::Vanished { link, reason, .. } => self.vanished[link.at()][reason as usize] += 1,
            Loss::Refused { service, reason, .. } => self.refused[service.at()][reason as usize] += 1,
            Loss::NotPermitted { edge, reason } => self.not_permitted[edge.at()][reason as usize] += 1,
            Loss::Crashed { service, .. } => self.crashed[service.at()] += 1,
            Loss::TimedOut { edge } => self.timed_out[edge.at()] += 1,
            Loss::PublishRefused { queue } => self.publish_refused[queue.at()] += 1,
            Loss::Discarded { queue, fate } => {
                let which = match fate {
                    Fate::Expired => 1,
                    Fate::DeadLettered => 2,
                    _ => 0,
                };
                self.discarded[queue.at()][which] += 1;
                if which == 2 {
                    // It lives on elsewhere.
                    return;
                }
            }
            Loss::Failed { client, failure } => self.failed[client.at()][failure as usize] += 1,
        }
        if self.losses.len() == LOSSES {
            self.losses.pop_front();
        }
        self.losses.push_back((at, loss));
    }

    fn mark(&mut self, mark: Mark) {
        if self.marks.len() == MARKS {
            self.marks.pop_front();
        }
        self.marks.push_back(mark);
    }
}

impl Observer for Recent {
    #[inline(always)]
    fn observe(&mut self, at: SimTime, what: Observation) {
        match what {
            Observation::Vanished { message, link, reason } => {
                self.lost(at, Loss::Vanished { link, message, reason });
            }
            Observation::Refused { service, replica, reason } => {
                self.lost(at, Loss::Refused { service, replica, reason });
            }
            Observation::NotPermitted { edge, reason } => {
                self.lost(at, Loss::NotPermitted { edge, reason });
            }
            Observation::Shed { service, replica, .. } => {
                self.shed[service.at()] += 1;
                self.lost(at, Loss::Refused { service, replica, reason: Failure::Rejected });
            }
            Observation::Finished { service, replica, end: JobEnd::Crashed, .. } => {
                self.lost(at, Loss::Crashed { service, replica });
            }
            Observation::AttemptEnded { edge, result: CallResult::Failed(Failure::Timeout), .. } => {
                self.lost(at, Loss::TimedOut { edge });
            }
            Observation::PublishRefused { queue } => self.lost(at, Loss::PublishRefused { queue }),
            Observation::Discarded { queue, fate, reason } => {
                if fate == Fate::DeadLettered {
                    self.dead_letters[queue.at()][reason as usize] += 1;
                }
                self.lost(at, Loss::Discarded { queue, fate });
            }
            Observation::Ended { client, outcome: Outcome::Failed(failure), .. } => {
                self.lost(at, Loss::Failed { client, failure });
            }
            Observation::BreakerTurned { breaker, to, .. } => {
                if self.switches.len() == MARKS {
                    self.switches.pop_front();
                }
                self.switches.push_back(Switch { at, breaker, to });
            }
            Observation::FaultBegan { fault, node } => self.mark(Mark { at, fault, node, began: true }),
            Observation::FaultEnded { fault, node } => self.mark(Mark { at, fault, node, began: false }),
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::SimDuration;
    use crate::telemetry::fixture::plan;

    #[test]
    fn every_loss_is_counted_where_it_happened() {
        let (client, service, edge, queue, link) =
            (ClientIx(0), ServiceIx(1), EdgeIx(0), QueueIx(0), LinkIx(1));
        let (op, zero) = (crate::base::OpIx(0), SimTime::ZERO);
        let mut recent = Recent::new(&plan());
        let reason = LossReason::Partition;
        recent.observe(SimTime(1), Observation::Vanished { message: 7, link, reason });
        let reason = Failure::Unavailable;
        recent.observe(SimTime(2), Observation::Refused { service, replica: 0, reason });
        for end in [JobEnd::Completed, JobEnd::Crashed, JobEnd::Failed] {
            let finished = Observation::Finished {
                service,
                replica: 0,
                op,
                end,
                arrived: zero,
                waited: SimDuration::ZERO,
                wasted: false,
            };
            recent.observe(SimTime(3), finished);
        }
        for result in
            [CallResult::Ok, CallResult::Failed(Failure::Timeout), CallResult::Failed(Failure::Error)]
        {
            recent.observe(SimTime(4), Observation::AttemptEnded { edge, result, sent: zero });
        }
        let not_permitted = Observation::NotPermitted { edge, reason: Failure::BreakerOpen };
        recent.observe(SimTime(4), not_permitted);
        recent.observe(SimTime(4), Observation::Shed { service, replica: 0, arrived: SimTime::ZERO });
        recent.observe(SimTime(5), Observation::PublishRefused { queue });
        for fate in [Fate::Dropped, Fate::Expired, Fate::DeadLettered, Fate::DeadLettered] {
            let reason = crate::observation::Discard::Rejected;
            recent.observe(SimTime(5), Observation::Discarded { queue, reason, fate });
        }
        for outcome in [Outcome::Late, Outcome::Failed(Failure::Rejected)] {
            recent.observe(SimTime(6), Observation::Ended { client, request: 0, outcome, offered: zero });
        }
        assert_eq!((recent.vanished(link), recent.vanished(LinkIx(0))), ([0, 1, 0], [0; 3]));
        assert_eq!((recent.refused(service), recent.shed(service)), ([0, 0, 1, 0, 0, 0, 1], 1));
        assert_eq!(recent.not_permitted(edge), [0, 0, 0, 1, 0, 0, 0]);
        assert_eq!(recent.dead_letters(queue), [0, 2, 0, 0]);
        assert_eq!((recent.crashed(service), recent.crashed(ServiceIx(0))), (1, 0));
        assert_eq!((recent.timed_out(edge), recent.publish_refused(queue)), (1, 1));
        assert_eq!(recent.failed(client), [0, 0, 1, 0, 0, 0, 0]);
        assert_eq!(recent.discarded(queue), [1, 1, 2]);
        let times: Vec<_> = recent.losses().map(|(at, _)| at.0).collect();
        assert_eq!(times, [1, 2, 3, 4, 4, 4, 5, 5, 5, 6]);
    }

    #[test]
    fn memory_is_bounded_and_counts_are_not() {
        let mut recent = Recent::new(&plan());
        for at in 0..5_000 {
            let at = SimTime(at);
            recent.observe(at, Observation::PublishRefused { queue: QueueIx(0) });
            recent.observe(at, Observation::FaultBegan { fault: 3, node: NodeIx(1) });
            recent.observe(at, Observation::FaultEnded { fault: 3, node: NodeIx(1) });
        }
        assert_eq!(recent.publish_refused(QueueIx(0)), 5_000);
        assert_eq!((recent.losses().len(), recent.marks().len()), (LOSSES, MARKS));
        assert_eq!(recent.losses().next().map(|(at, _)| at.0), Some(5_000 - LOSSES as u64));
        let mark = Mark { at: SimTime(4_999), fault: 3, node: NodeIx(1), began: false };
        assert_eq!(recent.marks().last(), Some(&mark));
    }
}
