//! Faults: which are active, and what they come to together.

use crate::base::{ClientIx, LinkIx, LogIx, NodeIx, ServiceIx};
use crate::engine::kernel::link::{Condition, Local};
use crate::scenario::{Fault, FaultReplicas, Plan, TimelinePlan};

/// A fault of the timeline or of a person.
#[derive(Clone, Debug)]
pub struct Known {
    /// What.
    pub fault: Fault,
    /// Whether it acts at present.
    pub active: bool,
    /// Its entry in the timeline; none: a person injected it, or an edit took it out.
    planned: Option<TimelinePlan>,
    /// An edit took it out of the timeline: it does not set in any more.
    cancelled: bool,
}

/// All faults of a run, by number: those of the timeline first, then those that were injected.
#[derive(Clone, Debug, Default)]
pub struct Faults(Vec<Known>);

impl Faults {
    /// Those of the timeline, none of them active.
    pub fn new(plan: &Plan) -> Faults {
        let mut faults = Faults::default();
        for entry in &plan.timeline {
            faults.plan(entry);
        }
        faults
    }

    /// Adds an entry of the timeline and gives its number.
    pub fn plan(&mut self, entry: &TimelinePlan) -> u32 {
        let number = self.add(entry.fault.clone());
        self.0[number as usize].planned = Some(entry.clone());
        number
    }

    /// The timeline is another now. Gives the numbers of those that are no more, and the entries that are new.
    pub fn replan<'t>(&mut self, timeline: &'t [TimelinePlan]) -> (Vec<u32>, Vec<&'t TimelinePlan>) {
        let mut added: Vec<&TimelinePlan> = timeline.iter().collect();
        let mut over = Vec::new();
        for (number, known) in self.0.iter_mut().enumerate() {
            let Some(entry) = &known.planned else { continue };
            match added.iter().position(|new| *new == entry) {
                Some(same) => drop(added.remove(same)),
                None => {
                    (known.planned, known.cancelled) = (None, true);
                    over.push(number as u32);
                }
            }
        }
        (over, added)
    }

    /// Adds one and gives its number.
    pub fn add(&mut self, fault: Fault) -> u32 {
        self.0.push(Known { fault, active: false, planned: None, cancelled: false });
        (self.0.len() - 1) as u32
    }

    /// Sets one in or ends it. False if it was so already.
    pub fn set(&mut self, number: u32, active: bool) -> bool {
        let known = &mut self.0[number as usize];
        std::mem::replace(&mut known.active, active && !known.cancelled) != known.active
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

    /// By how much a service or store is slower, and how likely what it does fails, in the replicas that `hits` says are
    /// hit.
    pub fn of_node(&self, node: NodeIx, hits: impl Fn(Option<FaultReplicas>) -> bool) -> (f64, f64) {
        let (mut slow, mut works) = (1.0, 1.0);
        for (_, fault) in self.active() {
            match fault {
                Fault::Slow { node: at, factor, replica } if *at == node && hits(*replica) => slow *= factor,
                Fault::Error { node: at, probability, replica } if *at == node && hits(*replica) => {
                    works *= 1.0 - probability;
                }
                _ => {}
            }
        }
        (slow, 1.0 - works)
    }

    /// The same of each of so many replicas of a service; empty where all are alike.
    pub fn of_replicas(&self, node: NodeIx, replicas: u32) -> Vec<(f64, f64)> {
        let uneven = self.active().any(|(_, fault)| match fault {
            Fault::Slow { node: at, replica, .. } | Fault::Error { node: at, replica, .. } => {
                *at == node && replica.is_some()
            }
            _ => false,
        });
        let of =
            |replica| self.of_node(node, |which| which.is_none_or(|which| which.hits(replica, replicas)));
        if uneven { (0..replicas).map(of).collect() } else { Vec::new() }
    }

    /// Whether a replica of a service that has so many (or a store, which counts as one) is crashed.
    pub fn crashes(&self, node: NodeIx, replica: u32, of: u32) -> bool {
        self.active().any(|(_, fault)| {
            matches!(fault, Fault::Crash { node: at, replica: which }
                if *at == node && which.is_none_or(|which| which.hits(replica, of)))
        })
    }

    /// Whether a node is paused, the whole of it.
    pub fn pauses(&self, node: NodeIx) -> bool {
        self.active()
            .any(|(_, fault)| matches!(fault, Fault::Pause { node: at, replica: None } if *at == node))
    }

    /// Whether a replica of a service that has so many is paused, it alone.
    pub fn pauses_alone(&self, node: NodeIx, replica: u32, of: u32) -> bool {
        self.active().any(|(_, fault)| {
            matches!(fault, Fault::Pause { node: at, replica: Some(which) }
                if *at == node && which.hits(replica, of))
        })
    }

    /// Whether a replica of a service that has so many is cut off from a node, it alone.
    pub fn parts_alone(&self, service: ServiceIx, replica: u32, of: u32, from: NodeIx) -> bool {
        self.active().any(|(_, fault)| {
            matches!(fault, Fault::Partition { a, b, replica: Some((at, which)) }
                if *at == service && (*a == from || *b == from) && which.hits(replica, of))
        })
    }

    /// Whether any fault, active or not, hits some replicas alone that are paused or cut off.
    pub fn silence_replicas(&self) -> bool {
        self.0.iter().any(|known| {
            matches!(
                known.fault,
                Fault::Pause { replica: Some(_), .. } | Fault::Partition { replica: Some(_), .. }
            )
        })
    }

    /// Whether an active fault hits a share of a service's replicas.
    pub fn hit_shares(&self) -> bool {
        self.active().any(|(_, fault)| matches!(fault.replica(), Some(FaultReplicas::Share(_))))
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

    /// A link's loss, whether it is cut, and what is added to its latency, for all or for some replicas alone.
    pub fn of_link(&self, link: LinkIx, plan: &Plan) -> Condition {
        let ends = &plan.links[link.at()];
        let (mut passes, mut cut, mut added, mut local) = (1.0 - ends.loss, false, Vec::new(), Vec::new());
        let alone = |(service, replicas): (ServiceIx, FaultReplicas)| {
            let of = plan.services[service.at()].replicas;
            Local { replicas, of, loss: 0.0, cut: false, added: None }
        };
        for (_, fault) in self.active() {
            match fault {
                Fault::Partition { a, b, replica } => {
                    let here = (ends.from, ends.to) == (*a, *b) || (ends.from, ends.to) == (*b, *a);
                    match replica {
                        Some(hit) if here => local.push(Local { cut: true, ..alone(*hit) }),
                        Some(_) => {}
                        None => cut |= here,
                    }
                }
                Fault::Latency { link: at, add, replica } if *at == link => match replica {
                    Some(hit) => local.push(Local { added: Some(add.clone()), ..alone(*hit) }),
                    None => added.push(add.clone()),
                },
                Fault::Loss { link: at, probability, replica } if *at == link => match replica {
                    Some(hit) => local.push(Local { loss: *probability, ..alone(*hit) }),
                    None => passes *= 1.0 - probability,
                },
                _ => {}
            }
        }
        // Without a fault exactly what the plan says: 1 − (1 − p) may differ from p in the last digit.
        let loss = if passes == 1.0 - ends.loss { ends.loss } else { 1.0 - passes };
        Condition { loss, cut, added, local }
    }

    /// A node that a fault concerns, for marks.
    pub fn node(&self, number: u32, plan: &Plan) -> NodeIx {
        match *self.get(number) {
            Fault::Slow { node, .. }
            | Fault::Error { node, .. }
            | Fault::Crash { node, .. }
            | Fault::Pause { node, .. } => node,
            Fault::BrokerDown { log, .. } => plan.logs[log.at()].node,
            Fault::Partition { a, .. } => a,
            Fault::Latency { link, .. } | Fault::Loss { link, .. } => plan.links[link.at()].from,
            Fault::Surge { client, .. } | Fault::Poison { client, .. } => plan.clients[client.at()].node,
        }
    }
}
