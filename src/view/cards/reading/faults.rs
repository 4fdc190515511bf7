//! Faults that are on, and what they do to a node.

use crate::base::{List, NodeIx, Number, list};
use crate::scenario::Fault;
use crate::session::Lane;
use crate::view::canvas::theme::Token;
use crate::view::cards::state::State;

/// Faults that are on.
pub(crate) fn faults(lane: &Lane) -> impl Iterator<Item = &Fault> {
    lane.snapshot().faults().map(|(_, fault)| fault)
}

/// The state of a store by its faults, the worst first; all well without one.
pub(super) fn node_faults(lane: &Lane, node: NodeIx, crashed: bool, paused: bool) -> State {
    if crashed || paused {
        return State::new(
            if crashed { text!("state.crashed") } else { text!("state.paused") },
            Token::Failed,
        );
    }
    let (slow, errors) = work_faults(lane, node);
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
pub(super) fn work_faults(lane: &Lane, node: NodeIx) -> (f64, f64) {
    let (mut slow, mut fine) = (1.0, 1.0);
    for fault in faults(lane) {
        match fault {
            Fault::Slow { node: whom, factor } if *whom == node => slow *= factor,
            Fault::Error { node: whom, probability } if *whom == node => fine *= 1.0 - probability,
            _ => {}
        }
    }
    (slow, 1.0 - fine)
}
