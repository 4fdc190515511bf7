//! What nodes and operations are called on the screen.

use super::{format, words};
use crate::base::{NodeIx, OpIx};
use crate::scenario::Plan;
use crate::session::Session;

/// Appends what a node is called: its id as a title.
pub fn node(out: &mut String, plan: &Plan, node: NodeIx) {
    words::title(out, plan.id(node));
}

/// What a node is called.
pub fn of_node(plan: &Plan, index: NodeIx) -> String {
    format::string(|out| node(out, plan, index))
}

/// What the node of this id is called: as the first lane that has it says; its id as a title where none has it.
pub fn of_id(session: &Session, id: &str) -> String {
    let mut plans = session.lanes().iter().map(|lane| lane.plan());
    let known = plans.find_map(|plan| plan.node(id).map(|node| of_node(plan, node)));
    known.unwrap_or_else(|| format::string(|out| words::title(out, id)))
}

/// What an operation is called: its name.
pub fn operation(plan: &Plan, op: OpIx) -> &str {
    &plan.operations[op.at()].name
}
