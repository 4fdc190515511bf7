//! Faults, as written, against a plan.

use super::compiler::{Compiler, no_link};
use crate::base::{Diagnostic, LinkIx, NodeIx, Number, SimTime};
use crate::scenario::model::fault::Fault as Written;
use crate::scenario::plan::{Fault, NodeKind, Plan, TimelinePlan};

/// The fault with its names as indices. The reader has seen to it that they exist and are of the right kind;
/// what it cannot know is along which links something travels. The path is within the fault.
pub fn compile_fault(fault: &Written, plan: &Plan) -> Result<Fault, Diagnostic> {
    let node = |id: &str| plan.node(id).unwrap_or_default();
    Ok(match fault {
        Written::Slow(slow) => Fault::Slow { node: node(&slow.node), factor: slow.factor },
        Written::Error(error) => Fault::Error { node: node(&error.node), probability: error.probability },
        Written::Crash(crash) => Fault::Crash { node: node(&crash.node), replica: crash.replica },
        Written::Pause(pause) => Fault::Pause { node: node(&pause.node) },
        Written::Partition(partition) => {
            let (a, b) = &partition.between;
            Fault::Partition { a: node(a), b: node(b) }
        }
        Written::Latency(latency) => Fault::Latency {
            link: link(plan, "latency", &latency.from, &latency.to)?,
            add: latency.add.compile(),
        },
        Written::Loss(loss) => {
            Fault::Loss { link: link(plan, "loss", &loss.from, &loss.to)?, probability: loss.probability }
        }
        Written::Surge(surge) => match plan.nodes[node(&surge.client).at()].kind {
            NodeKind::Client(client) => Fault::Surge { client, factor: surge.factor },
            _ => unreachable!("refused by the reader: no client"),
        },
        Written::Poison(poison) => match plan.nodes[node(&poison.client).at()].kind {
            NodeKind::Client(client) => Fault::Poison { client, probability: poison.probability },
            _ => unreachable!("refused by the reader: no client"),
        },
        Written::BrokerDown(down) => match plan.nodes[node(&down.log).at()].kind {
            NodeKind::Log(log) if down.broker < plan.logs[log.at()].brokers => {
                Fault::BrokerDown { log, broker: down.broker }
            }
            NodeKind::Log(log) => {
                let last = Number::Digits((plan.logs[log.at()].brokers - 1).into());
                let problem = problem!("scenario.no-broker", node = &down.log, last = last);
                return Err(Diagnostic::new("broker_down.broker", problem));
            }
            _ => unreachable!("refused by the reader: no log"),
        },
    })
}

fn link(plan: &Plan, path: &str, from: &str, to: &str) -> Result<LinkIx, Diagnostic> {
    let node = |id: &str| -> NodeIx { plan.node(id).unwrap_or_default() };
    plan.link(node(from), node(to)).ok_or_else(|| no_link(path, from, to))
}

impl Compiler<'_> {
    /// Compiles the faults of the timeline.
    pub fn timeline(&mut self) {
        for (at, entry) in self.document.timeline.iter().enumerate() {
            match compile_fault(&entry.fault, &self.plan) {
                Ok(fault) => {
                    let at = SimTime::ZERO + entry.at;
                    let entry = TimelinePlan { at, lasts: entry.lasts, fault };
                    // In order of time; what is due at one instant, as written.
                    let place = self.plan.timeline.partition_point(|other| other.at <= at);
                    self.plan.timeline.insert(place, entry);
                }
                Err(mut diagnostic) => {
                    diagnostic.path = format!("timeline[{at}].fault.{}", diagnostic.path);
                    self.found.push(diagnostic);
                }
            }
        }
    }
}
