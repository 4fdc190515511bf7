//! Faults that are on, and what they do to a node.

use crate::base::{List, NodeIx, Number, ServiceIx, SimDuration, list};
use crate::scenario::{Fault, FaultReplicas};
use crate::session::VariantRun;
use crate::view::canvas::theme::Token;
use crate::view::cards::state::State;

/// Faults that are on.
pub(crate) fn faults(variant: &VariantRun) -> impl Iterator<Item = &Fault> {
    variant.snapshot().faults().map(|(_, fault)| fault)
}

/// The state of a store by its faults, the worst first; all well without one.
pub(super) fn node_faults(variant: &VariantRun, node: NodeIx, crashed: bool, paused: bool) -> State {
    if crashed || paused {
        return State::new(
            if crashed { text!("state.crashed") } else { text!("state.paused") },
            Token::Failed,
        );
    }
    let (slow, errors) = work_faults(variant, node);
    let mut word = String::new();
    let mut all = List::new(&mut word, list::DOT);
    if slow != 1.0 {
        all.item(|out| say!(out => "state.slow", factor = Number::Figures(slow)));
    }
    if errors > 0.0 {
        all.item(|out| say!(out => "state.errors", share = Number::Percent(errors)));
    }
    let token = (!word.is_empty()).then_some(Token::Failed);
    State { word, token }
}

/// How many times as long as usual a node's work takes, and how likely it fails, by faults.
pub(super) fn work_faults(variant: &VariantRun, node: NodeIx) -> (f64, f64) {
    let (mut slow, mut fine) = (1.0, 1.0);
    for fault in faults(variant) {
        match fault {
            Fault::Slow { node: whom, factor, replica: None } if *whom == node => slow *= factor,
            Fault::Error { node: whom, probability, replica: None } if *whom == node => {
                fine *= 1.0 - probability;
            }
            _ => {}
        }
    }
    (slow, 1.0 - fine)
}

/// What is wrong with one replica of a service and not with the others, in words, first that callers ask it no more;
/// empty where nothing is. Crashes and pauses are told apart from these.
pub(crate) fn replica_faults(variant: &VariantRun, service: ServiceIx, replica: u32) -> String {
    let plan = &variant.plan().services[service.at()];
    let hit = |which: FaultReplicas| which.hits(replica, plan.replicas);
    let alone = |which: &Option<FaultReplicas>| which.is_some_and(hit);
    let here = |which: &Option<(ServiceIx, FaultReplicas)>| {
        which.is_some_and(|(whose, which)| whose == service && hit(which))
    };
    let (mut slow, mut fine, mut passes, mut added_ns, mut cut) = (1.0, 1.0, 1.0, 0.0, false);
    for fault in faults(variant) {
        match fault {
            Fault::Slow { node, factor, replica } if *node == plan.node && alone(replica) => slow *= factor,
            Fault::Error { node, probability, replica } if *node == plan.node && alone(replica) => {
                fine *= 1.0 - probability;
            }
            Fault::Partition { replica, .. } => cut |= here(replica),
            Fault::Latency { add, replica, .. } if here(replica) => added_ns += add.mean(),
            Fault::Loss { probability, replica, .. } if here(replica) => passes *= 1.0 - probability,
            _ => {}
        }
    }
    let mut word = String::new();
    let mut all = List::new(&mut word, list::DOT);
    if variant.snapshot().ejected_by(service, replica) > 0 {
        all.push(text!("state.ejected"));
    }
    if variant.snapshot().unhealthy_to(service, replica) > 0 {
        all.push(text!("state.unhealthy"));
    }
    if cut {
        all.push(text!("state.cut-off"));
    }
    if slow != 1.0 {
        all.item(|out| say!(out => "state.slow", factor = Number::Figures(slow)));
    }
    if fine < 1.0 {
        all.item(|out| say!(out => "state.errors", share = Number::Percent(1.0 - fine)));
    }
    if added_ns > 0.0 {
        all.item(|out| say!(out => "state.later", time = SimDuration(added_ns as u64)));
    }
    if passes < 1.0 {
        all.item(|out| say!(out => "state.loses", share = Number::Percent(1.0 - passes)));
    }
    word
}
