//! What was lost at a node, and why.

use crate::base::{EdgeIx, NodeIx, Text, order_by};
use crate::observation::Failure;
use crate::scenario::{NodeKind, Plan};
use crate::session::VariantRun;
use crate::view::words;

/// What was lost at a node since the start, and the texts that say how many and why; the largest first.
pub fn losses(variant: &VariantRun, node: NodeIx) -> Vec<(u64, Text)> {
    let (plan, recent) = (variant.plan(), variant.telemetry().recent());
    let mut losses: Vec<(u64, Text)> = Vec::new();
    let mut by_reason = |counts: [u64; Failure::COUNT]| {
        losses.extend(counts.into_iter().zip(Failure::ALL.map(words::lost_by)));
    };
    match plan.nodes[node.at()].kind {
        NodeKind::Client(client) => by_reason(recent.failed(client)),
        NodeKind::Service(service) => {
            let (mut refused, shed) = (recent.refused(service), recent.shed(service));
            refused[Failure::Rejected as usize] -= shed;
            by_reason(refused);
            losses.push((shed, Text::new("loss.shed")));
            losses.push((recent.crashed(service), Text::new("loss.crash")));
            losses.push((timed_out(plan, variant, node), Text::new("loss.calls-timed-out")));
        }
        NodeKind::Queue(queue) => {
            losses.push((recent.publish_refused(queue), Text::new("loss.refused")));
            let ways =
                [Text::new("loss.dropped"), Text::new("loss.expired"), Text::new("loss.dead-lettered")];
            losses.extend(recent.discarded(queue).into_iter().zip(ways));
        }
        NodeKind::Exchange(exchange) => {
            let counts = variant.telemetry().statistics().exchange(exchange);
            losses.push((counts.unroutable, Text::new("loss.unroutable")));
        }
        NodeKind::Store(store) => {
            let [_, duplicates, lost] = variant.telemetry().statistics().mishaps(store);
            losses.extend([
                (lost, Text::new("loss.lost-updates")),
                (duplicates, Text::new("loss.duplicate-effects")),
            ]);
        }
        NodeKind::Log(log) => {
            let [refused, lost, skipped, dead] = variant.telemetry().statistics().log_losses(log);
            losses.extend([
                (refused, Text::new("loss.refused")),
                (lost, Text::new("loss.records-lost")),
                (skipped, Text::new("loss.given-up")),
                (dead, Text::new("loss.dead-lettered")),
            ]);
        }
    }
    losses.retain(|&(count, _)| count > 0);
    order_by(&mut losses, &|&(count, _)| -(count as f64));
    losses
}

/// Attempts of a node's calls that timed out since the start.
fn timed_out(plan: &Plan, variant: &VariantRun, node: NodeIx) -> u64 {
    let recent = variant.telemetry().recent();
    let edges = plan.edges.iter().enumerate().filter(|(_, edge)| edge.from == node);
    edges.map(|(at, _)| recent.timed_out(EdgeIx(at as u32))).sum()
}
