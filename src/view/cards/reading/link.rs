//! What is wrong with a link.

use super::faults::faults;
use crate::base::LinkIx;
use crate::scenario::Fault;
use crate::session::VariantRun;

/// What is wrong with a link by its plan and by faults.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct LinkReading {
    /// Its two ends are cut off from each other.
    pub cut: bool,
    /// Mean delay that faults add, in seconds.
    pub added_s: f64,
    /// Probability with which a message is lost.
    pub loss: f64,
}

/// One link, in its own direction. What is wrong for a replica alone is told there.
pub fn link(variant: &VariantRun, link: LinkIx) -> LinkReading {
    let own = &variant.plan().links[link.at()];
    let mut reading = LinkReading { loss: own.loss, ..LinkReading::default() };
    for fault in faults(variant) {
        match fault {
            Fault::Partition { a, b, replica: None } => {
                reading.cut |= [(*a, *b), (*b, *a)].contains(&(own.from, own.to));
            }
            Fault::Latency { link: at, add, replica: None } if *at == link => {
                reading.added_s += add.mean() / 1e9
            }
            Fault::Loss { link: at, probability, replica: None } if *at == link => {
                reading.loss = 1.0 - (1.0 - reading.loss) * (1.0 - probability);
            }
            _ => {}
        }
    }
    reading
}
