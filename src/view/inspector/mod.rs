//! The inspector: everything about one node, link or message, as plain data.
//!
//! **Invariant:** no hidden defaults. The fields follow the tables of the language, whatever is added to it.

mod faults;
mod fields;
mod figures;
mod switches;

pub use faults::{Amount, FaultControl};
pub use fields::{Field, Section, form_label};
pub use figures::Figure;
pub use switches::{BY_HAND, BreakerSwitch, Replica};

use super::words::inspector as said;
use super::{Hit, describe_hit, format, layout};
use crate::base::{Json, NodeIx};
use crate::scenario::NodeKind;
use crate::session::{Lane, Session};
use crate::view::name;

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
    pub fn hit(self, lane: &Lane) -> Option<Hit> {
        match self {
            Subject::Node(node) => (node.at() < lane.plan().nodes.len()).then_some(Hit::Node(node)),
            Subject::Link(from, to) => lane.plan().link(from, to).map(Hit::Link),
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
    pub fn of(hit: Hit, lane: &Lane) -> Option<Subject> {
        let plan = lane.plan();
        match hit {
            Hit::Node(node) => Some(Subject::Node(node)),
            Hit::Breaker(at) => plan.breakers.get(at.at()).map(|own| Subject::Link(own.from, own.to)),
            Hit::Link(at) => plan.links.get(at.at()).map(|own| Subject::Link(own.from, own.to)),
            Hit::Message(message) => Some(Subject::Message(message)),
        }
    }
}

/// Everything about one thing.
#[derive(Clone, Debug, PartialEq)]
pub struct Inspection {
    /// What it is called.
    pub title: String,
    /// What kind of thing it is.
    pub kind: &'static str,
    /// What it is doing and why; empty for a message that is no longer under way.
    pub sentence: String,
    /// Live numbers.
    pub figures: Vec<Figure>,
    /// The replicas of a service: at most [`MOST_REPLICAS`].
    pub replicas: Vec<Replica>,
    /// The circuit breakers of a link.
    pub breakers: Vec<BreakerSwitch>,
    /// What can be broken.
    pub faults: Vec<FaultControl>,
    /// All parameters.
    pub sections: Vec<Section>,
    /// There are more parameters than are shown.
    pub cut: bool,
}

/// So many replicas are listed one by one.
pub const MOST_REPLICAS: u32 = 24;

/// Inspects something of a lane. `amounts` are what a person has chosen for faults: which ([`FaultControl::key`]), and
/// how much. None where the lane or the node is not there.
pub fn inspect(
    session: &Session,
    lane: usize,
    subject: Subject,
    amounts: &[(String, Json)],
) -> Option<Inspection> {
    let lane = session.lanes().get(lane)?;
    let plan = lane.plan();
    let there = |node: NodeIx| node.at() < plan.nodes.len();
    match subject {
        Subject::Node(node) if there(node) => Some(inspect_node(lane, node, session.speed(), amounts)),
        Subject::Link(from, to) if there(from) && there(to) => Some(inspect_link(lane, (from, to), amounts)),
        Subject::Message(message) => Some(inspect_message(lane, message)),
        _ => None,
    }
}

fn inspect_node(lane: &Lane, node: NodeIx, speed: f64, amounts: &[(String, Json)]) -> Inspection {
    let own = &lane.plan().nodes[node.at()];
    let (sections, cut) = fields::of_node(lane, &own.id);
    let (kind, replicas) = match own.kind {
        NodeKind::Client(_) => (said::CLIENT, Vec::new()),
        NodeKind::Service(service) => (said::SERVICE, switches::replicas(lane, service, &own.id)),
        NodeKind::Queue(_) => (said::QUEUE, Vec::new()),
        NodeKind::Exchange(_) => (said::EXCHANGE, Vec::new()),
        NodeKind::Log(_) => (said::LOG, Vec::new()),
        NodeKind::Store(_) => (said::STORE, Vec::new()),
    };
    Inspection {
        title: name::of_node(lane.plan(), node),
        kind,
        sentence: sentence(lane, Subject::Node(node)),
        figures: figures::of_node(lane, own.kind, speed),
        replicas,
        breakers: Vec::new(),
        faults: faults::of_node(lane, own, amounts),
        sections,
        cut,
    }
}

fn inspect_link(lane: &Lane, between: (NodeIx, NodeIx), amounts: &[(String, Json)]) -> Inspection {
    let (sections, cut) = fields::of_link(lane, between);
    Inspection {
        title: ends(lane, between),
        kind: said::LINK,
        sentence: sentence(lane, Subject::Link(between.0, between.1)),
        figures: figures::of_link(lane, between),
        replicas: Vec::new(),
        breakers: switches::breakers(lane, between),
        faults: faults::of_link(lane, between, amounts),
        sections,
        cut,
    }
}

fn inspect_message(lane: &Lane, message: u64) -> Inspection {
    Inspection {
        title: [said::NUMBER, &message.to_string()].concat(),
        kind: said::MESSAGE,
        sentence: sentence(lane, Subject::Message(message)),
        figures: figures::of_message(lane, message),
        replicas: Vec::new(),
        breakers: Vec::new(),
        faults: Vec::new(),
        sections: Vec::new(),
        cut: false,
    }
}

/// One plain sentence on what something does and why; empty where it is not there.
pub fn sentence(lane: &Lane, subject: Subject) -> String {
    subject.hit(lane).map_or_else(String::new, |hit| describe_hit(lane, hit))
}

/// Both directions between two nodes; one where both are the same.
fn ways((a, b): (NodeIx, NodeIx)) -> impl Iterator<Item = (NodeIx, NodeIx)> {
    [(a, b), (b, a)].into_iter().take(if a == b { 1 } else { 2 })
}

/// "App 1 → App 2".
fn ends(lane: &Lane, (from, to): (NodeIx, NodeIx)) -> String {
    format::string(|out| {
        name::node(out, lane.plan(), from);
        out.push_str(said::ARROW);
        name::node(out, lane.plan(), to);
    })
}

/// What something is called; empty for what is not there.
pub fn title(lane: &Lane, subject: Subject) -> String {
    match subject {
        Subject::Node(node) if node.at() < lane.plan().nodes.len() => name::of_node(lane.plan(), node),
        Subject::Link(from, to) => ends(lane, (from, to)),
        Subject::Message(message) => [said::NUMBER, &message.to_string()].concat(),
        Subject::Node(_) => String::new(),
    }
}

/// Everything on a stage that can be inspected, as a list reads it: every node, each followed by the links along which
/// it hands work on. What lies between two nodes is there once.
pub fn subjects(lane: &Lane) -> Vec<Subject> {
    let plan = lane.plan();
    let (pairs, _) = layout::pairs(plan);
    let node = |at: usize| NodeIx(at as u32);
    let mut all = Vec::with_capacity(plan.nodes.len() + pairs.len());
    for at in 0..plan.nodes.len() {
        all.push(Subject::Node(node(at)));
        let own = pairs.iter().filter(|(from, _)| *from == at);
        all.extend(own.map(|&(from, to)| Subject::Link(node(from), node(to))));
    }
    all
}

impl Inspection {
    /// The field of this name ([`Field::id`]).
    pub fn field(&self, id: &str) -> Option<&Field> {
        self.sections.iter().flat_map(|section| &section.fields).find_map(|field| field.find(id))
    }

    /// The fault of this name ([`FaultControl::key`]), also among the replicas'.
    pub fn fault(&self, key: &str) -> Option<&FaultControl> {
        let replicas = self.replicas.iter().filter_map(|replica| replica.fault.as_ref());
        self.faults.iter().chain(replicas).find(|fault| fault.key == key)
    }
}
