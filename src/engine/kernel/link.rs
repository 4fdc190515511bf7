//! A directed link: its latency, its loss, and what faults do to it.

use super::event::{Address, NodeEvent};
use crate::base::{Dist, SimDuration, SimTime, Stream};

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

/// A link's present condition.
#[derive(Clone, Debug)]
pub struct Link {
    /// The node at its end.
    pub to: Address<NodeEvent>,
    /// What is planned: kept here, so that a message looks at its link alone.
    latency: Dist,
    stream: Stream,
    loss: f64,
    cut: bool,
    /// What faults add to its latency.
    added: Vec<Dist>,
    /// It loses messages, is cut or is slower than planned.
    disturbed: bool,
}

impl Link {
    /// To this node, with its own stream of draws, and the latency and the loss that are planned.
    pub fn new(to: Address<NodeEvent>, stream: Stream, latency: Dist, loss: f64) -> Link {
        Link { to, latency, stream, loss, cut: false, added: Vec::new(), disturbed: loss > 0.0 }
    }

    /// Sets the planned latency, and what faults do to it.
    pub fn set_condition(&mut self, latency: Dist, loss: f64, cut: bool, added: Vec<Dist>) {
        self.disturbed = loss > 0.0 || cut || !added.is_empty();
        (self.latency, self.loss, self.cut, self.added) = (latency, loss, cut, added);
    }

    /// Whether a partition lies across it.
    pub fn is_cut(&self) -> bool {
        self.cut
    }

    /// What becomes of a message that leaves then. One that is `reliable` is sent again until it arrives.
    #[inline(always)]
    pub fn travel(&mut self, sent: SimTime, reliable: impl Fn() -> bool) -> Passage {
        if self.disturbed {
            return self.travel_disturbed(sent, reliable());
        }
        Passage::to_its_end(sent + self.latency.sample(&mut self.stream))
    }

    #[inline(never)]
    fn travel_disturbed(&mut self, sent: SimTime, reliable: bool) -> Passage {
        let latency = self.draw_latency();
        let arrives = sent + latency;
        if !self.cut && self.loss <= 0.0 {
            return Passage::to_its_end(arrives);
        }
        if reliable {
            return Passage::to_its_end(if self.cut {
                SimTime::NEVER
            } else {
                arrives + self.retransmission()
            });
        }
        let lost = self.cut || self.stream.chance(self.loss);
        Passage { arrives, vanishes: if lost { sent + SimDuration(latency.0 / 2) } else { SimTime::NEVER } }
    }

    /// Draws how long a message takes.
    pub fn draw_latency(&mut self) -> SimDuration {
        let mut latency = self.latency.sample(&mut self.stream);
        for add in &self.added {
            latency = latency + add.sample(&mut self.stream);
        }
        latency
    }

    fn retransmission(&mut self) -> SimDuration {
        let mut waited = SimDuration::ZERO;
        for _ in 0..MAX_RETRANSMITS {
            if !self.stream.chance(self.loss) {
                break;
            }
            waited = waited + RETRANSMIT;
        }
        waited
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
        link.set_condition(Dist::Constant(LATENCY), loss, cut, added);
        (0..1_000).map(|_| link.travel(SENT, || reliable)).collect()
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
}
