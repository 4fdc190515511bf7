//! Traffic: how many messages set out on each link lately, for links on which they cannot be seen one by one.

use crate::base::{LinkIx, SimDuration, SimTime};
use crate::observation::{Observation, Observer};
use crate::scenario::Plan;

/// How long a stretch of time is.
pub const STRETCH: SimDuration = SimDuration::from_millis(250);

/// How many closed stretches are kept.
pub const STRETCHES: usize = 8;

/// Messages that set out on each link, in stretches of equal length, the first from time zero.
#[derive(Clone, Debug)]
pub struct Traffic {
    /// The open stretch is this one.
    stretch: u64,
    /// By link and stretch, the stretch modulo one more than are kept.
    sent: Vec<[u32; STRETCHES + 1]>,
}

impl Traffic {
    /// For a run of `plan`.
    pub fn new(plan: &Plan) -> Traffic {
        Traffic { stretch: 0, sent: vec![[0; STRETCHES + 1]; plan.links.len()] }
    }

    /// There are more links.
    pub fn grow(&mut self, plan: &Plan) {
        self.sent.resize(plan.links.len(), [0; STRETCHES + 1]);
    }

    /// Messages per second that set out on a link, over the last `stretches` closed stretches (1 to [`STRETCHES`]),
    /// or as many as there were.
    pub fn rate(&self, link: LinkIx, stretches: usize) -> f64 {
        let count = (stretches.clamp(1, STRETCHES) as u64).min(self.stretch);
        let Some(sent) = self.sent.get(link.at()).filter(|_| count > 0) else { return 0.0 };
        let sum: u64 = (self.stretch - count..self.stretch).map(|at| u64::from(sent[place(at)])).sum();
        sum as f64 / (STRETCH.as_secs() * count as f64)
    }

    /// Closes every stretch that is over at `now`.
    #[inline]
    pub fn advance(&mut self, now: SimTime) {
        if now.0 / STRETCH.0 > self.stretch {
            self.close(now.0 / STRETCH.0);
        }
    }

    #[cold]
    fn close(&mut self, stretch: u64) {
        let emptied = (stretch - self.stretch).min(STRETCHES as u64 + 1);
        for at in stretch + 1 - emptied..=stretch {
            self.sent.iter_mut().for_each(|sent| sent[place(at)] = 0);
        }
        self.stretch = stretch;
    }
}

fn place(stretch: u64) -> usize {
    (stretch % (STRETCHES as u64 + 1)) as usize
}

impl Observer for Traffic {
    #[inline(always)]
    fn observe(&mut self, at: SimTime, what: Observation) {
        if let Observation::Sent { link, .. } = what {
            self.advance(at);
            self.sent[link.at()][place(self.stretch)] += 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::observation::MessageKind;
    use crate::telemetry::fixture::plan;

    #[test]
    fn rates_are_those_of_the_last_stretches() {
        let (mut traffic, link) = (Traffic::new(&plan()), LinkIx(1));
        assert_eq!(traffic.rate(link, 4), 0.0);
        let send = |traffic: &mut Traffic, at: u64, count: u64| {
            let at = SimTime(at * STRETCH.0 + 7);
            let kind = MessageKind::Reply;
            for message in 0..count {
                traffic.observe(at, Observation::Sent { message, kind, link, request: 0, arrives: at });
            }
        };
        for stretch in 0..12 {
            send(&mut traffic, stretch, stretch);
        }
        // The twelfth, with 11, is open.
        assert_eq!(traffic.rate(link, 1), 40.0);
        assert_eq!(traffic.rate(link, 2), 38.0);
        assert_eq!(traffic.rate(link, 100), 4.0 * (3..=10).sum::<u64>() as f64 / 8.0);
        assert_eq!(traffic.rate(LinkIx(0), 4), 0.0);
        traffic.advance(SimTime(14 * STRETCH.0));
        assert_eq!(traffic.rate(link, 3), 4.0 * 11.0 / 3.0);
        traffic.advance(SimTime(1_000_000 * STRETCH.0));
        assert_eq!(traffic.rate(link, 8), 0.0);
        // Before a stretch is over there is nothing to tell; the first counts alone.
        let mut young = Traffic::new(&plan());
        send(&mut young, 0, 5);
        assert_eq!(young.rate(link, 8), 0.0);
        young.advance(SimTime(STRETCH.0));
        assert_eq!(young.rate(link, 8), 20.0);
    }
}
