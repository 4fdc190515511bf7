//! A line: how a link treats what travels on it.

use crate::base::{Dist, NodeIx, SimDuration, SimTime, Stream};

/// What a connection waits before it sends again what a link lost (TCP's least retransmission timeout, RFC 6298
/// as Linux sets it).
const RETRANSMIT: SimDuration = SimDuration::from_millis(200);

/// A connection sends again at most so often; a link that loses everything delays by a minute.
const MAX_RETRANSMITS: u32 = 300;

/// A link's present condition.
#[derive(Clone, Debug)]
pub struct Link {
    /// The node at its end.
    pub to: NodeIx,
    /// What is planned: kept here, so that a message looks at its line alone.
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
    pub fn new(to: NodeIx, stream: Stream, latency: Dist, loss: f64) -> Link {
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

    /// When a message that leaves then arrives, and when it vanishes; `SimTime::NEVER` for what it does not.
    #[inline(always)]
    pub fn travel(&mut self, sent: SimTime, reliable: impl Fn() -> bool) -> (SimTime, SimTime) {
        if self.disturbed {
            return self.fate(sent, reliable());
        }
        (sent + self.latency.sample(&mut self.stream), SimTime::NEVER)
    }

    #[inline(never)]
    fn fate(&mut self, sent: SimTime, reliable: bool) -> (SimTime, SimTime) {
        let latency = self.draw_latency();
        let arrives = sent + latency;
        if !self.cut && self.loss <= 0.0 {
            return (arrives, SimTime::NEVER);
        }
        if reliable {
            let arrives = if self.cut { SimTime::NEVER } else { arrives + self.retransmission() };
            return (arrives, SimTime::NEVER);
        }
        let lost = self.cut || self.stream.chance(self.loss);
        (arrives, if lost { sent + SimDuration(latency.0 / 2) } else { SimTime::NEVER })
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
