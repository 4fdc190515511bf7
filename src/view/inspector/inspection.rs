//! An inspection: everything about one node, link or message.

use super::faults::{self, FaultControl};
use super::fields::{self, Field, Section};
use super::figures::{self, Figure};
use super::switches::{self, BreakerSwitch, Replica};
use crate::base::{Json, NodeIx};
use crate::scenario::NodeKind;
use crate::session::{Lane, Session};
use crate::view::sentences::says::describe_hit;
use crate::view::stage::subject::{Subject, message_title};
use crate::view::words::name;

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
    /// The replicas of a service: at most [`switches::MOST_REPLICAS`].
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

impl Inspection {
    /// The field of this name ([`Field::id`]).
    pub fn field(&self, id: &str) -> Option<&Field> {
        self.sections.iter().flat_map(|section| &section.fields).find_map(|field| field.find(id))
    }

    /// The fault of this name ([`FaultControl::key`]), also among the replicas'.
    pub fn fault(&self, key: &str) -> Option<&FaultControl> {
        let replicas = self.replicas.iter().flat_map(|replica| &replica.faults);
        self.faults.iter().chain(replicas).find(|fault| fault.key == key)
    }
}

/// Inspects something of a run. `amounts` are what a person has chosen for faults: which ([`FaultControl::key`]), and
/// how much. None where the run or the node is not there.
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
        NodeKind::Client(_) => (text!("kind.about-client"), Vec::new()),
        NodeKind::Service(service) => (text!("kind.about-service"), switches::replicas(lane, service)),
        NodeKind::Queue(_) => (text!("kind.about-queue"), Vec::new()),
        NodeKind::Exchange(_) => (text!("kind.about-exchange"), Vec::new()),
        NodeKind::Log(_) => (text!("kind.about-log"), Vec::new()),
        NodeKind::Store(_) => (text!("kind.about-store"), Vec::new()),
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
        title: name::of_link(lane.plan(), between.0, between.1),
        kind: text!("kind.about-link"),
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
        title: message_title(message),
        kind: text!("kind.about-message"),
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
