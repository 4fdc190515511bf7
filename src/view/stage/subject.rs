//! What on a stage can be asked about: a node, what lies between two nodes, a message.

use super::hit::Hit;
use super::layout::pairs;
use crate::base::{NodeIx, Number};
use crate::session::VariantRun;
use crate::view::words::name;

/// What is inspected. Nodes keep their numbers under every change but that of the nodes themselves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Subject {
    /// A node.
    Node(NodeIx),
    /// What lies between two nodes, in the direction in which work is handed on.
    Link(NodeIx, NodeIx),
    /// A message under way, by its number.
    Message(u64),
}

impl Subject {
    /// What it is on the stage; none for a link along which nothing travels.
    pub fn hit(self, variant: &VariantRun) -> Option<Hit> {
        match self {
            Subject::Node(node) => {
                let plan = variant.plan();
                (node.at() < plan.nodes.len() && plan.has(node)).then_some(Hit::Node(node))
            }
            Subject::Link(from, to) => variant.plan().link(from, to).map(Hit::Link),
            Subject::Message(message) => Some(Hit::Message(message)),
        }
    }

    /// Whether it is the same, or the same link in whichever direction.
    pub fn is_between(self, other: Subject) -> bool {
        match (self, other) {
            (Subject::Link(a, b), Subject::Link(c, d)) => (a, b) == (c, d) || (a, b) == (d, c),
            _ => self == other,
        }
    }

    /// What is inspected where something on the stage is hit: a breaker with its link.
    pub fn of(hit: Hit, variant: &VariantRun) -> Option<Subject> {
        let plan = variant.plan();
        match hit {
            Hit::Node(node) => Some(Subject::Node(node)),
            Hit::Breaker(at) => plan.breakers.get(at.at()).map(|own| Subject::Link(own.from, own.to)),
            Hit::Link(at) => plan.links.get(at.at()).map(|own| Subject::Link(own.from, own.to)),
            Hit::Message(message) => Some(Subject::Message(message)),
        }
    }
}

/// Both directions between two nodes; one where both are the same.
pub(crate) fn ways((a, b): (NodeIx, NodeIx)) -> impl Iterator<Item = (NodeIx, NodeIx)> {
    [(a, b), (b, a)].into_iter().take(if a == b { 1 } else { 2 })
}

/// What a message is called.
pub(crate) fn message_title(message: u64) -> String {
    say!("name.message", number = Number::Digits(message))
}

/// What something is called; empty for what is not there.
pub fn title(variant: &VariantRun, subject: Subject) -> String {
    match subject {
        Subject::Node(node) if node.at() < variant.plan().nodes.len() => name::of_node(variant.plan(), node),
        Subject::Link(from, to) => name::of_link(variant.plan(), from, to),
        Subject::Message(message) => message_title(message),
        Subject::Node(_) => String::new(),
    }
}

/// Everything on a stage that can be inspected, as a list reads it: every node, each followed by the links along which
/// it hands work on. What lies between two nodes is there once.
pub fn subjects(variant: &VariantRun) -> Vec<Subject> {
    let plan = variant.plan();
    let (pairs, _) = pairs(plan);
    let node = |at: usize| NodeIx(at as u32);
    let mut all = Vec::with_capacity(plan.nodes.len() + pairs.len());
    for (at, _) in plan.living_nodes() {
        all.push(Subject::Node(at));
        let own = pairs.iter().filter(|(from, _)| *from == at.at());
        all.extend(own.map(|&(from, to)| Subject::Link(node(from), node(to))));
    }
    all
}
