//! An inspection: everything about one node, link or message.

use super::faults::{self, FaultControl};
use super::fields::{self, Field, Section};
use super::figures::{self, Figure};
use super::switches::{self, BreakerSwitch, Replica};
use crate::base::{Json, NodeIx};
use crate::scenario::NodeKind;
use crate::session::{Session, VariantRun};
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
    variant: usize,
    subject: Subject,
    amounts: &[(String, Json)],
) -> Option<Inspection> {
    let variant = session.variants().get(variant)?;
    let plan = variant.plan();
    let there = |node: NodeIx| node.at() < plan.nodes.len() && plan.has(node);
    match subject {
        Subject::Node(node) if there(node) => Some(inspect_node(variant, node, session.speed(), amounts)),
        Subject::Link(from, to) if there(from) && there(to) => {
            Some(inspect_link(variant, (from, to), amounts))
        }
        Subject::Message(message) => Some(inspect_message(variant, message)),
        _ => None,
    }
}

fn inspect_node(variant: &VariantRun, node: NodeIx, speed: f64, amounts: &[(String, Json)]) -> Inspection {
    let own = &variant.plan().nodes[node.at()];
    let (sections, cut) = fields::of_node(variant, &own.id);
    let (kind, replicas) = match own.kind {
        NodeKind::Client(_) => (text!("kind.about-client"), Vec::new()),
        NodeKind::Service(service) => (text!("kind.about-service"), switches::replicas(variant, service)),
        NodeKind::Queue(_) => (text!("kind.about-queue"), Vec::new()),
        NodeKind::Exchange(_) => (text!("kind.about-exchange"), Vec::new()),
        NodeKind::Log(_) => (text!("kind.about-log"), Vec::new()),
        NodeKind::Store(_) => (text!("kind.about-store"), Vec::new()),
    };
    Inspection {
        title: name::of_node(variant.plan(), node),
        kind,
        sentence: sentence(variant, Subject::Node(node)),
        figures: figures::of_node(variant, own.kind, speed),
        replicas,
        breakers: Vec::new(),
        faults: faults::of_node(variant, own, amounts),
        sections,
        cut,
    }
}

fn inspect_link(variant: &VariantRun, between: (NodeIx, NodeIx), amounts: &[(String, Json)]) -> Inspection {
    let (sections, cut) = fields::of_link(variant, between);
    Inspection {
        title: name::of_link(variant.plan(), between.0, between.1),
        kind: text!("kind.about-link"),
        sentence: sentence(variant, Subject::Link(between.0, between.1)),
        figures: figures::of_link(variant, between),
        replicas: Vec::new(),
        breakers: switches::breakers(variant, between),
        faults: faults::of_link(variant, between, amounts),
        sections,
        cut,
    }
}

fn inspect_message(variant: &VariantRun, message: u64) -> Inspection {
    Inspection {
        title: message_title(message),
        kind: text!("kind.about-message"),
        sentence: sentence(variant, Subject::Message(message)),
        figures: figures::of_message(variant, message),
        replicas: Vec::new(),
        breakers: Vec::new(),
        faults: Vec::new(),
        sections: Vec::new(),
        cut: false,
    }
}

/// One plain sentence on what something does and why; empty where it is not there.
pub fn sentence(variant: &VariantRun, subject: Subject) -> String {
    subject.hit(variant).map_or_else(String::new, |hit| describe_hit(variant, hit))
}
