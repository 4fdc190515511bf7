//! Faults, as written, against a plan.

use super::compiler::{Compiler, no_link};
use crate::base::{Diagnostic, LinkIx, NodeIx, Number, ServiceIx, SimTime};
use crate::scenario::model::fault::Fault as Written;
use crate::scenario::plan::{Fault, FaultReplicas, NodeKind, Plan, TimelinePlan};

/// The fault with its names as indices. The reader has seen to it that they exist and are of the right kind;
/// what it cannot know is along which links something travels. The path is within the fault.
pub fn compile_fault(fault: &Written, plan: &Plan) -> Result<Fault, Diagnostic> {
    let node = |id: &str| plan.node(id).unwrap_or_default();
    Ok(match fault {
        Written::Slow(slow) => {
            Fault::Slow { node: node(&slow.node), factor: slow.factor, replica: slow.replica }
        }
        Written::Error(error) => {
            let (node, probability) = (node(&error.node), error.probability);
            Fault::Error { node, probability, replica: error.replica }
        }
        Written::Crash(crash) => Fault::Crash { node: node(&crash.node), replica: crash.replica },
        Written::Pause(pause) => Fault::Pause { node: node(&pause.node), replica: pause.replica },
        Written::Partition(partition) => {
            let (a, b) = &partition.between;
            let (a, b) = (node(a), node(b));
            Fault::Partition { a, b, replica: replicas(plan, "partition", (a, b), partition.replica)? }
        }
        Written::Latency(latency) => {
            let ends = (node(&latency.from), node(&latency.to));
            Fault::Latency {
                link: link(plan, "latency", &latency.from, &latency.to)?,
                add: latency.add.compile(),
                replica: replicas(plan, "latency", ends, latency.replica)?,
            }
        }
        Written::Loss(loss) => {
            let ends = (node(&loss.from), node(&loss.to));
            Fault::Loss {
                link: link(plan, "loss", &loss.from, &loss.to)?,
                probability: loss.probability,
                replica: replicas(plan, "loss", ends, loss.replica)?,
            }
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

/// The service between two nodes whose replicas are meant: the one that the other calls, or that consumes from it; where
/// each is that to the other, the second.
fn replicas(
    plan: &Plan,
    kind: &str,
    (a, b): (NodeIx, NodeIx),
    written: Option<FaultReplicas>,
) -> Result<Option<(ServiceIx, FaultReplicas)>, Diagnostic> {
    let Some(written) = written else { return Ok(None) };
    let path = || [kind, ".replica"].concat();
    let serves = |whom: NodeIx, node: NodeIx| match plan.nodes[node.at()].kind {
        NodeKind::Service(service) => {
            let called = plan.edges.iter().any(|edge| (edge.from, edge.to) == (whom, node));
            let consumes = plan.services[service.at()].consumes.iter();
            let consumes =
                consumes.map(|consumer| plan.links[consumer.out.at()].from).any(|from| from == whom);
            (called || consumes).then_some(service)
        }
        _ => None,
    };
    let Some(service) = serves(a, b).or_else(|| serves(b, a)) else {
        return Err(Diagnostic::new(&path(), problem!("scenario.no-replicas-between")));
    };
    let own = &plan.services[service.at()];
    match written {
        FaultReplicas::One(number) if number >= own.replicas => {
            let last = Number::Digits((own.replicas - 1).into());
            let problem = problem!("scenario.no-replica", node = plan.id(own.node), last = last);
            Err(Diagnostic::new(&path(), problem))
        }
        _ => Ok(Some((service, written))),
    }
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
