//! Circles of services that may come to wait for each other for good.

use super::finding::Finding;
use crate::base::{OpIx, ServiceIx, sort};
use crate::scenario::model::service::Discipline;
use crate::scenario::plan::{CallPlan, Instruction, Plan, ServicePlan};

/// Services whose workers may come to wait for each other's, for good: each calls the next and holds a worker meanwhile,
/// without a timeout.
pub fn circles(plan: &Plan) -> Vec<Finding> {
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
        sort(&mut members);
        if told.contains(&members) {
            continue;
        }
        told.push(members);
        let id = |service: &ServiceIx| plan.id(plan.services[service.at()].node);
        let names: Vec<&str> = circle.iter().chain(&circle[..1]).map(id).collect();
        let path = ["nodes.", id(&start)].concat();
        let names = names.join(" → ");
        let problem = problem!("scenario.advice-circle", circle = &names);
        let released = [&path, ".while_waiting"].concat();
        found.push(Finding::new("circle", &path, problem).set(released, "release_worker".into()));
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

/// The instructions of an operation: they end where it does.
pub fn code(plan: &Plan, op: OpIx) -> impl Iterator<Item = Instruction> {
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
