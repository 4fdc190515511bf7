//! Messages that always fail and come back at once.

use super::circles::code;
use super::finding::Finding;
use crate::base::NodeIx;
use crate::scenario::plan::{Fault, Instruction, OnFailure, Plan, Source};

/// Messages that always fail and come back at once, again and again.
pub fn tight_loops(plan: &Plan) -> Vec<Finding> {
    let poisoned = plan.timeline.iter().any(|entry| matches!(entry.fault, Fault::Poison { .. }));
    let mut found = Vec::new();
    for service in &plan.services {
        for (at, consumer) in service.consumes.iter().enumerate() {
            let ends = match consumer.from {
                Source::Queue(queue) => {
                    consumer.on_failure == OnFailure::Reject
                        || plan.queues[queue.at()].rules.max_deliveries.is_some()
                }
                Source::Log(..) => consumer.tries.is_some(),
            };
            let fails = poisoned
                || code(plan, consumer.op).any(|step| matches!(step, Instruction::Fail(p) if p >= 1.0));
            if fails && !ends && !consumer.ack_before && consumer.nack_delay.0 == 0 {
                let path = format!("nodes.{}.consumes[{at}]", plan.id(service.node));
                let from = plan.id(broker(plan, consumer.from));
                let problem = match consumer.from {
                    Source::Queue(_) => problem!("scenario.advice-loop-queue", from = from),
                    Source::Log(..) => problem!("scenario.advice-loop-log", from = from),
                };
                let delay = [&path, ".nack_delay"].concat();
                found.push(Finding::new("loop", &path, problem).set(delay, "1s".into()));
            }
        }
    }
    found
}

fn broker(plan: &Plan, from: Source) -> NodeIx {
    match from {
        Source::Queue(queue) => plan.queues[queue.at()].node,
        Source::Log(log, _) => plan.logs[log.at()].node,
    }
}
