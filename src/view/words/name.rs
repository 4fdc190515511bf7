//! What nodes and operations are called on the screen.

use crate::base::{NodeIx, OpIx, format};
use crate::scenario::Plan;
use crate::session::Session;
use crate::view::words;

/// Appends what a node is called: its label, or else its id as a title.
pub fn node(out: &mut String, plan: &Plan, node: NodeIx) {
    match &plan.nodes[node.at()].label {
        Some(label) => out.push_str(label),
        None => words::title(out, plan.id(node)),
    }
}

/// What a node is called.
pub fn of_node(plan: &Plan, index: NodeIx) -> String {
    format::string(|out| node(out, plan, index))
}

/// "App 1 → App 2": what lies between two nodes.
pub fn of_link(plan: &Plan, from: NodeIx, to: NodeIx) -> String {
    say!("name.link", from = &of_node(plan, from), to = &of_node(plan, to))
}

/// What the node of this id is called: as the first variant that has it says; its id as a title where none has it.
pub fn of_id(session: &Session, id: &str) -> String {
    let mut plans = session.variants().iter().map(|variant| variant.plan());
    let known = plans.find_map(|plan| plan.node(id).map(|node| of_node(plan, node)));
    known.unwrap_or_else(|| format::string(|out| words::title(out, id)))
}

/// What an operation is called within a line of text: its label, or else its name as it is written.
pub fn operation(plan: &Plan, op: OpIx) -> &str {
    let own = &plan.operations[op.at()];
    own.label.as_ref().unwrap_or(&own.name)
}

/// What an operation is called by itself: its label, or else its name as a title.
pub fn of_operation(plan: &Plan, op: OpIx) -> String {
    let own = &plan.operations[op.at()];
    own.label.clone().unwrap_or_else(|| format::string(|out| words::title(out, &own.name)))
}
