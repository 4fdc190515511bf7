//! A directed link: its latency, its loss, and what faults do to it.

use super::event::{Address, NodeEvent};
use crate::base::{Dist, SimDuration, SimTime, Stream};
use crate::scenario::FaultReplicas;

/// What a connection waits before it sends again what a link lost (TCP's least retransmission timeout, RFC 6298
/// as Linux sets it).
const RETRANSMIT: SimDuration = SimDuration::from_millis(200);

/// A connection sends again at most so often; a link that loses everything delays by a minute.
const MAX_RETRANSMITS: u32 = 300;

/// When a message arrives, or vanishes on the way; `SimTime::NEVER` for what it does not. Both are never where it
/// waits for a partition to heal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Passage {
    /// When it reaches the end of its link, were it not lost.
    pub arrives: SimTime,
    /// When it is lost.
    pub vanishes: SimTime,
}

impl Passage {
    /// Of a message that arrives then.
    fn to_its_end(arrives: SimTime) -> Passage {
        Passage { arrives, vanishes: SimTime::NEVER }
    }

    /// When it arrives or vanishes, whichever it does.
    pub fn ends(self) -> SimTime {
        self.arrives.min(self.vanishes)
    }
}

/// What faults do to a link, and its own loss.
#[derive(Clone, Debug, Default)]
pub struct Condition {
    /// Probability that a message vanishes.
    pub loss: f64,
    /// A partition lies across it.
    pub cut: bool,
    /// What is added to its latency.
    pub added: Vec<Dist>,
    /// What is done to messages of some replicas alone.
    pub local: Vec<Local>,
}

/// What a fault does to messages to and from some replicas of the service at one end.
#[derive(Clone, Debug)]
pub struct Local {
    /// Which replicas.
    pub replicas: FaultReplicas,
    /// Of how many.
    pub of: u32,
    /// Probability that a message vanishes.
    pub loss: f64,
    /// Nothing passes.
    pub cut: bool,
    /// What is added to the latency.
    pub added: Option<Dist>,
}

/// A link's present condition.
#[derive(Clone, Debug)]
pub struct Link {
    /// The node at its end.
    pub to: Address<NodeEvent>,
    /// What is planned: kept here, so that a message looks at its link alone.
    latency: Dist,
    stream: Stream,
    condition: Condition,
    /// It loses messages, is cut or is slower than planned.
    disturbed: bool,
}

impl Link {
    /// To this node, with its own stream of draws, and the latency and the loss that are planned.
    pub fn new(to: Address<NodeEvent>, stream: Stream, latency: Dist, loss: f64) -> Link {
        let condition = Condition { loss, ..Condition::default() };
        Link { to, latency, stream, condition, disturbed: loss > 0.0 }
    }

    /// Sets the planned latency, and what faults do to it.
    pub fn set_condition(&mut self, latency: Dist, condition: Condition) {
        let Condition { loss, cut, added, local } = &condition;
        self.disturbed = *loss > 0.0 || *cut || !added.is_empty() || !local.is_empty();
        (self.latency, self.condition) = (latency, condition);
    }

    /// Whether a partition lies across it, for what is sent to or from this replica; none: for what is of no replica.
    pub fn is_cut(&self, replica: Option<u32>) -> bool {
        self.condition.cut || self.condition.local(replica).any(|local| local.cut)
    }

    /// What becomes of a message that leaves then. One that is `reliable` is sent again until it arrives.
    #[inline(always)]
    pub fn travel(
        &mut self,
        sent: SimTime,
        reliable: impl Fn() -> bool,
        replica: impl Fn() -> Option<u32>,
    ) -> Passage {
        if self.disturbed {
            return self.travel_disturbed(sent, reliable(), replica());
        }
        Passage::to_its_end(sent + self.latency.sample(&mut self.stream))
    }

    #[inline(never)]
    fn travel_disturbed(&mut self, sent: SimTime, reliable: bool, replica: Option<u32>) -> Passage {
        let latency = self.draw_latency(replica);
        let arrives = sent + latency;
        let (cut, loss) = (self.is_cut(replica), self.condition.loss_of(replica));
        if !cut && loss <= 0.0 {
            return Passage::to_its_end(arrives);
        }
        if reliable {
            return Passage::to_its_end(if cut {
                SimTime::NEVER
            } else {
                arrives + self.retransmission(loss)
            });
        }
        let lost = cut || self.stream.chance(loss);
        Passage { arrives, vanishes: if lost { sent + SimDuration(latency.0 / 2) } else { SimTime::NEVER } }
    }

    /// Draws how long a message of a replica takes.
    pub fn draw_latency(&mut self, replica: Option<u32>) -> SimDuration {
        let mut latency = self.latency.sample(&mut self.stream);
        let Condition { added, .. } = &self.condition;
        let local = self.condition.local(replica).filter_map(|local| local.added.as_ref());
        for add in added.iter().chain(local) {
            latency = latency + add.sample(&mut self.stream);
        }
        latency
    }

    fn retransmission(&mut self, loss: f64) -> SimDuration {
        let mut waited = SimDuration::ZERO;
        for _ in 0..MAX_RETRANSMITS {
            if !self.stream.chance(loss) {
                break;
            }
            waited = waited + RETRANSMIT;
        }
        waited
    }
}

impl Condition {
    /// What is done to messages of this replica alone.
    fn local(&self, replica: Option<u32>) -> impl Iterator<Item = &Local> {
        let hit = move |local: &&Local| replica.is_some_and(|replica| local.replicas.hits(replica, local.of));
        self.local.iter().filter(hit)
    }

    /// Probability that a message of this replica vanishes.
    fn loss_of(&self, replica: Option<u32>) -> f64 {
        let mut loss = self.loss;
        for local in self.local(replica).filter(|local| local.loss > 0.0) {
            loss = 1.0 - (1.0 - loss) * (1.0 - local.loss);
        }
        loss
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SENT: SimTime = SimTime(1_000_000_000);
    const LATENCY: SimDuration = SimDuration::from_millis(10);

    /// The passages of a thousand messages over a link in this condition.
    fn passages(loss: f64, cut: bool, added: Vec<Dist>, reliable: bool) -> Vec<Passage> {
        let stream = Stream::new(1, "link", "test");
        let mut link = Link::new(Address::any(0), stream, Dist::Constant(LATENCY), loss);
        link.set_condition(Dist::Constant(LATENCY), Condition { loss, cut, added, ..Condition::default() });
        (0..1_000).map(|_| link.travel(SENT, || reliable, || None)).collect()
    }

    #[test]
    fn a_quiet_link_delays_by_its_latency_and_what_faults_add() {
        let arrives = |added| passages(0.0, false, added, false)[0].arrives.since(SENT);
        assert_eq!(arrives(Vec::new()), LATENCY);
        assert_eq!(arrives(vec![Dist::Constant(LATENCY); 2]), SimDuration(3 * LATENCY.0));
    }

    #[test]
    fn a_lossy_link_loses_halfway_or_sends_again() {
        let lost = passages(0.3, false, Vec::new(), false);
        let halfway = lost.iter().filter(|passage| passage.vanishes < SimTime::NEVER);
        assert!(halfway.clone().all(|passage| passage.ends() == SENT + SimDuration(LATENCY.0 / 2)));
        assert!((250..350).contains(&halfway.count()), "three in ten");
        let reliable = passages(0.3, false, Vec::new(), true);
        assert!(reliable.iter().all(|passage| passage.vanishes == SimTime::NEVER));
        let again = reliable.iter().filter(|passage| passage.arrives > SENT + LATENCY);
        assert!(
            again
                .clone()
                .all(|passage| (passage.arrives.since(SENT).0 - LATENCY.0).is_multiple_of(RETRANSMIT.0))
        );
        assert!((250..350).contains(&again.count()), "three in ten");
        // A link that loses everything delays by a bounded time.
        let never = passages(1.0, false, Vec::new(), true)[0].arrives.since(SENT);
        assert_eq!(never.0, LATENCY.0 + u64::from(MAX_RETRANSMITS) * RETRANSMIT.0);
    }

    #[test]
    fn a_cut_link_holds_what_is_reliable_and_loses_the_rest() {
        assert_eq!(passages(0.0, true, Vec::new(), true)[0].ends(), SimTime::NEVER);
        assert!(passages(0.0, true, Vec::new(), false)[0].vanishes < SimTime::NEVER);
    }

    #[test]
    fn what_is_done_to_one_replica_is_done_to_no_other() {
        let stream = Stream::new(1, "link", "test");
        let mut link = Link::new(Address::any(0), stream, Dist::Constant(LATENCY), 0.0);
        let local = |replicas, loss, cut, added| Local { replicas, of: 4, loss, cut, added };
        let added = Some(Dist::Constant(LATENCY));
        let local = vec![
            local(FaultReplicas::One(1), 0.0, true, None),
            local(FaultReplicas::One(2), 1.0, false, None),
            local(FaultReplicas::Share(0.25), 0.0, false, added),
        ];
        link.set_condition(Dist::Constant(LATENCY), Condition { local, ..Condition::default() });
        let mut ends = |replica| {
            let Passage { arrives, vanishes } = link.travel(SENT, || false, || replica);
            (arrives.since(SENT).0 / LATENCY.0, vanishes < SimTime::NEVER)
        };
        assert_eq!([None, Some(3)].map(&mut ends), [(1, false); 2]);
        assert_eq!([Some(1), Some(2)].map(&mut ends), [(1, true); 2]);
        assert_eq!(ends(Some(0)), (2, false));
        assert!(link.is_cut(Some(1)) && !link.is_cut(Some(2)) && !link.is_cut(None));
    }
}
