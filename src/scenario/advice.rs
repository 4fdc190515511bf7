//! Advice: what a scenario may well mean, and what goes wrong with it all the same.
//!
//! A mistake keeps a scenario from running; what is said here does not.

use super::plan::{CallPlan, Fault, Instruction, OnFailure, Plan, ServicePlan, Source};
use crate::base::{Diagnostic, NodeIx, OpIx, ServiceIx};
use crate::scenario::model::service::Discipline;

/// What to think of before a plan is run, in the order of its nodes.
pub fn advice(plan: &Plan) -> Vec<Diagnostic> {
    let mut found = circles(plan);
    found.extend(tight_loops(plan));
    found
}

/// Services whose workers may come to wait for each other's, for good: each calls the next and holds a worker meanwhile,
/// without a timeout.
fn circles(plan: &Plan) -> Vec<Diagnostic> {
    let count = plan.services.len();
    let holds =
        |service: &ServicePlan| !service.release && service.discipline != Discipline::ProcessorSharing;
    let mut waits_for = vec![Vec::new(); count];
    for (op, operation) in plan.operations.iter().enumerate() {
        let caller = operation.service;
        for call in calls(plan, OpIx(op as u32)) {
            let callee = plan.operations[call.op.at()].service;
            let both = [caller, callee].iter().all(|service| holds(&plan.services[service.at()]));
            if both && call.timeout.is_none() && !waits_for[caller.at()].contains(&callee) {
                waits_for[caller.at()].push(callee);
            }
        }
    }
    let mut told = Vec::new();
    let mut found = Vec::new();
    for start in (0..count as u32).map(ServiceIx) {
        let Some(circle) = shortest_circle(start, &waits_for) else { continue };
        let mut members = circle.clone();
        members.sort_unstable();
        if told.contains(&members) {
            continue;
        }
        told.push(members);
        let id = |service: &ServiceIx| plan.id(plan.services[service.at()].node);
        let names: Vec<&str> = circle.iter().chain(&circle[..1]).map(id).collect();
        let path = ["nodes.", id(&start)].concat();
        found.push(Diagnostic::new(&path, problem!("scenario.advice-circle", circle = &names.join(" → "))));
    }
    found
}

/// The fewest services by which one waits for itself, itself first.
fn shortest_circle(start: ServiceIx, waits_for: &[Vec<ServiceIx>]) -> Option<Vec<ServiceIx>> {
    let mut ways = vec![vec![start]];
    let mut met = vec![false; waits_for.len()];
    while !ways.is_empty() {
        let mut longer = Vec::new();
        for way in ways {
            let last = way.last()?;
            for &next in &waits_for[last.at()] {
                if next == start {
                    return Some(way);
                }
                if !std::mem::replace(&mut met[next.at()], true) {
                    longer.push([&way[..], &[next]].concat());
                }
            }
        }
        ways = longer;
    }
    None
}

/// Messages that always fail and come back at once, again and again.
fn tight_loops(plan: &Plan) -> Vec<Diagnostic> {
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
                found.push(Diagnostic::new(&path, problem));
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

/// The instructions of an operation: they end where it does.
fn code(plan: &Plan, op: OpIx) -> impl Iterator<Item = Instruction> {
    let entry = plan.operations[op.at()].entry;
    plan.code[entry.at()..].iter().copied().take_while(|step| !matches!(step, Instruction::End))
}

/// The calls of an operation.
fn calls(plan: &Plan, op: OpIx) -> impl Iterator<Item = &CallPlan> {
    code(plan, op).filter_map(|step| match step {
        Instruction::Call(call) => Some(&plan.calls[call.at()]),
        _ => None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::Scenario;

    /// What is advised for a client that calls `a`, and further nodes.
    fn advised(nodes: &str, timeline: &str) -> Vec<(String, String)> {
        let text = format!(
            r#"{{ "schema": 1, "nodes": {{
                "web": {{ "kind": "client", "arrivals": {{ "constant": {{ "rate": 1 }} }},
                          "operation": [{{ "call": {{ "to": "a" }} }}, {{ "publish": {{ "to": "q" }} }}] }},
                "q": {{ "kind": "queue" }}, {nodes} }}, "timeline": [{timeline}] }}"#
        );
        let plan = Scenario::read(&text).and_then(|scenario| scenario.plan()).expect("a good scenario");
        advice(&plan).into_iter().map(|found| (found.path, found.message)).collect()
    }

    fn service(id: &str, more: &str, calls: &str) -> String {
        format!(
            r#""{id}": {{ "kind": "service", {more} "operations": {{ "default": [{calls}], "leaf": [] }} }}"#
        )
    }

    #[test]
    fn circles_of_held_workers_are_told_once() {
        let call = |to: &str| format!(r#"{{ "call": {{ "to": "{to}", "operation": "leaf" }} }}"#);
        let three = |timeout: &str, more: &str| {
            let first = format!(r#"{{ "call": {{ "to": "b"{timeout} }} }}"#);
            [service("a", more, &first), service("b", "", &call("c")), service("c", "", &call("a"))].join(",")
        };
        let found = advised(&three("", ""), "");
        assert_eq!(found.len(), 1, "{found:?}");
        assert!(found[0].0 == "nodes.a" && found[0].1.contains("a → b → c → a"), "{found:?}");
        assert_eq!(advised(&three(r#", "timeout": "1s""#, ""), ""), []);
        assert_eq!(advised(&three("", r#""while_waiting": "release_worker","#), ""), []);
        assert_eq!(advised(&three("", r#""discipline": "processor_sharing","#), ""), []);
        let itself = service("a", "", &call("a"));
        assert!(advised(&itself, "")[0].1.contains("a → a"));
    }

    #[test]
    fn what_fails_for_ever_needs_a_delay_or_an_end() {
        let consumer = |more: &str| service("a", &format!(r#""consumes": [{{ "from": "q"{more} }}],"#), "");
        let poison = r#"{ "at": "1s", "fault": { "poison": { "client": "web", "probability": 0.1 } } }"#;
        assert_eq!(advised(&consumer(""), ""), []);
        let found = advised(&consumer(""), poison);
        assert_eq!(found.iter().map(|(path, _)| path.as_str()).collect::<Vec<_>>(), ["nodes.a.consumes[0]"]);
        assert_eq!(advised(&consumer(r#", "nack_delay": "1s""#), poison), []);
        assert_eq!(advised(&consumer(r#", "ack": "before""#), poison), []);
        assert_eq!(advised(&consumer(r#", "on_failure": "reject""#), poison), []);
    }
}
