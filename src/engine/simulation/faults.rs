//! Faults: which are active, and what they come to together.

use crate::base::{ClientIx, Dist, LinkIx, LogIx, NodeIx};
use crate::scenario::{Fault, Plan};

/// A fault of the timeline or of a person.
#[derive(Clone, Debug)]
pub struct Known {
    /// What.
    pub fault: Fault,
    /// Whether it acts at present.
    pub active: bool,
}

/// All faults of a run, by number: those of the timeline first, then those that were injected.
#[derive(Clone, Debug, Default)]
pub struct Faults(Vec<Known>);

impl Faults {
    /// Those of the timeline, none of them active.
    pub fn new(plan: &Plan) -> Faults {
        Faults(
            plan.timeline.iter().map(|entry| Known { fault: entry.fault.clone(), active: false }).collect(),
        )
    }

    /// Adds one and gives its number.
    pub fn add(&mut self, fault: Fault) -> u32 {
        self.0.push(Known { fault, active: false });
        (self.0.len() - 1) as u32
    }

    /// Sets one in or ends it. False if it was so already.
    pub fn set(&mut self, number: u32, active: bool) -> bool {
        std::mem::replace(&mut self.0[number as usize].active, active) != active
    }

    /// What a number stands for.
    pub fn get(&self, number: u32) -> &Fault {
        &self.0[number as usize].fault
    }

    /// The newest active fault equal to this one.
    pub fn newest(&self, fault: &Fault) -> Option<u32> {
        self.0.iter().rposition(|known| known.active && known.fault == *fault).map(|at| at as u32)
    }

    /// The active ones with their numbers, oldest first.
    pub fn active(&self) -> impl Iterator<Item = (u32, &Fault)> {
        self.0
            .iter()
            .enumerate()
            .filter(|(_, known)| known.active)
            .map(|(at, known)| (at as u32, &known.fault))
    }

    /// By how much a service or store is slower, and how likely what it does fails.
    pub fn of_node(&self, node: NodeIx) -> (f64, f64) {
        let (mut slow, mut works) = (1.0, 1.0);
        for (_, fault) in self.active() {
            match fault {
                Fault::Slow { node: at, factor } if *at == node => slow *= factor,
                Fault::Error { node: at, probability } if *at == node => works *= 1.0 - probability,
                _ => {}
            }
        }
        (slow, 1.0 - works)
    }

    /// Whether a replica of a service (or a store, which counts as one) is crashed.
    pub fn crashes(&self, node: NodeIx, replica: u32) -> bool {
        self.active().any(|(_, fault)| {
            matches!(fault, Fault::Crash { node: at, replica: which }
                if *at == node && which.is_none_or(|which| which == replica))
        })
    }

    /// Whether a node is paused.
    pub fn pauses(&self, node: NodeIx) -> bool {
        self.active().any(|(_, fault)| matches!(fault, Fault::Pause { node: at } if *at == node))
    }

    /// Whether a broker of a log is down.
    pub fn broker_down(&self, log: LogIx, broker: u32) -> bool {
        let down = Fault::BrokerDown { log, broker };
        self.active().any(|(_, fault)| *fault == down)
    }

    /// By how much a client's rate is multiplied.
    pub fn surge(&self, client: ClientIx) -> f64 {
        let factor = |(_, fault): (u32, &Fault)| match fault {
            Fault::Surge { client: at, factor } if *at == client => *factor,
            _ => 1.0,
        };
        self.active().map(factor).product()
    }

    /// How likely a client's request is poison.
    pub fn poison(&self, client: ClientIx) -> f64 {
        let harmless = |(_, fault): (u32, &Fault)| match fault {
            Fault::Poison { client: at, probability } if *at == client => 1.0 - probability,
            _ => 1.0,
        };
        1.0 - self.active().map(harmless).product::<f64>()
    }

    /// A link's loss, whether it is cut, and what is added to its latency.
    pub fn of_link(&self, link: LinkIx, plan: &Plan) -> (f64, bool, Vec<Dist>) {
        let ends = &plan.links[link.at()];
        let (mut passes, mut cut, mut added) = (1.0 - ends.loss, false, Vec::new());
        for (_, fault) in self.active() {
            match fault {
                Fault::Partition { a, b } => {
                    cut |= (ends.from, ends.to) == (*a, *b) || (ends.from, ends.to) == (*b, *a);
                }
                Fault::Latency { link: at, add } if *at == link => added.push(add.clone()),
                Fault::Loss { link: at, probability } if *at == link => passes *= 1.0 - probability,
                _ => {}
            }
        }
        // Without a fault exactly what the plan says: 1 − (1 − p) may differ from p in the last digit.
        let loss = if passes == 1.0 - ends.loss { ends.loss } else { 1.0 - passes };
        (loss, cut, added)
    }

    /// A node that a fault concerns, for marks.
    pub fn node(&self, number: u32, plan: &Plan) -> NodeIx {
        match *self.get(number) {
            Fault::Slow { node, .. }
            | Fault::Error { node, .. }
            | Fault::Crash { node, .. }
            | Fault::Pause { node } => node,
            Fault::BrokerDown { log, .. } => plan.logs[log.at()].node,
            Fault::Partition { a, .. } => a,
            Fault::Latency { link, .. } | Fault::Loss { link, .. } => plan.links[link.at()].from,
            Fault::Surge { client, .. } | Fault::Poison { client, .. } => plan.clients[client.at()].node,
        }
    }
}
