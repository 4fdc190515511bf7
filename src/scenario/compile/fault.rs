//! Faults, as written, against a plan.

use super::no_link;
use crate::base::{Diagnostic, LinkIx, NodeIx};
use crate::scenario::{Fault, NodeKind, Plan, model, words};

/// The fault with its names as indices. The reader has seen to it that they exist and are of the right kind;
/// what it cannot know is along which links something travels. The path is within the fault.
pub(in crate::scenario) fn compile_fault(fault: model::Fault, plan: &Plan) -> Result<Fault, Diagnostic> {
    let node = |id: &str| plan.node(id).unwrap_or_default();
    Ok(match fault {
        model::Fault::Slow(slow) => Fault::Slow { node: node(slow.node()), factor: slow.factor() },
        model::Fault::Error(error) => {
            Fault::Error { node: node(error.node()), probability: error.probability() }
        }
        model::Fault::Crash(crash) => Fault::Crash { node: node(crash.node()), replica: crash.replica() },
        model::Fault::Pause(pause) => Fault::Pause { node: node(pause.node()) },
        model::Fault::Partition(partition) => {
            let (a, b) = partition.between();
            Fault::Partition { a: node(a), b: node(b) }
        }
        model::Fault::Latency(latency) => Fault::Latency {
            link: link(plan, "latency", latency.from(), latency.to())?,
            add: latency.add().compile(),
        },
        model::Fault::Loss(loss) => {
            Fault::Loss { link: link(plan, "loss", loss.from(), loss.to())?, probability: loss.probability() }
        }
        model::Fault::Surge(surge) => match plan.nodes[node(surge.client()).at()].kind {
            NodeKind::Client(client) => Fault::Surge { client, factor: surge.factor() },
            _ => unreachable!("refused: no client"),
        },
        model::Fault::Poison(poison) => match plan.nodes[node(poison.client()).at()].kind {
            NodeKind::Client(client) => Fault::Poison { client, probability: poison.probability() },
            _ => unreachable!("refused: no client"),
        },
        model::Fault::BrokerDown(down) => match plan.nodes[node(down.log()).at()].kind {
            NodeKind::Log(log) if down.broker() < plan.logs[log.at()].brokers => {
                Fault::BrokerDown { log, broker: down.broker() }
            }
            NodeKind::Log(log) => {
                let last = (plan.logs[log.at()].brokers - 1).to_string();
                let parts = [down.log(), &last];
                return Err(Diagnostic::new("broker_down.broker", &words::NO_BROKER, &parts));
            }
            _ => unreachable!("refused: no log"),
        },
    })
}

fn link(plan: &Plan, path: &str, from: &str, to: &str) -> Result<LinkIx, Diagnostic> {
    let node = |id: &str| -> NodeIx { plan.node(id).unwrap_or_default() };
    plan.link(node(from), node(to)).ok_or_else(|| no_link(path, from, to))
}
