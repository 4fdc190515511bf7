//! A plan in the making: the tables so far, and what every part of the compiler needs of them.

use super::scope::{Scope, Written};
use crate::base::{Diagnostic, Dist, DistIx, LinkIx, NodeIx, OpIx, Pc, QueueIx, ServiceIx};
use crate::scenario::model::document::Document;
use crate::scenario::plan::{Instruction, LinkPlan, NodeKind, Plan};

/// A plan in the making.
pub struct Compiler<'d> {
    /// The scenario.
    pub document: &'d Document,
    /// What has been compiled of it.
    pub plan: Plan,
    /// What cannot be run.
    pub found: Vec<Diagnostic>,
    /// The operation that is compiled at present.
    pub scope: Scope,
    /// Writes and projections, in the order in which they were compiled.
    pub written: Vec<Written>,
}

impl Compiler<'_> {
    /// Adds a distribution.
    pub fn dist(&mut self, dist: Dist) -> DistIx {
        self.plan.dists.push(dist);
        DistIx(self.plan.dists.len() as u32 - 1)
    }

    /// A node by its id; the reader has seen to it that it exists.
    pub fn node(&self, id: &str) -> NodeIx {
        self.plan.node(id).unwrap_or_default()
    }

    /// A queue by its id.
    pub fn queue(&self, id: &str) -> (NodeIx, QueueIx) {
        let node = self.node(id);
        match self.plan.nodes[node.at()].kind {
            NodeKind::Queue(queue) => (node, queue),
            _ => unreachable!("refused by the reader: no queue"),
        }
    }

    /// An operation by its name.
    pub fn find_operation(&self, service: ServiceIx, name: &str) -> OpIx {
        let found = self.plan.operations.iter().position(|op| op.service == service && op.name == name);
        OpIx(found.unwrap_or_else(|| unreachable!("refused by the reader: no such operation")) as u32)
    }

    /// The link from one node to another, made where it is not there yet.
    pub fn link(&mut self, from: NodeIx, to: NodeIx) -> LinkIx {
        if let Some(link) = self.plan.link(from, to) {
            return link;
        }
        let over = self.document.links.iter().find(|link| {
            link.from == self.plan.nodes[from.at()].id && link.to == self.plan.nodes[to.at()].id
        });
        let network = &self.document.network;
        let latency = over.and_then(|link| link.latency.as_ref()).unwrap_or(&network.latency).compile();
        let loss = over.and_then(|link| link.loss).unwrap_or(network.loss);
        let latency = self.dist(latency);
        self.plan.links.push(LinkPlan { from, to, latency, loss });
        LinkIx(self.plan.links.len() as u32 - 1)
    }

    /// Where the next instruction will stand.
    pub fn here(&self) -> Pc {
        Pc(self.plan.code.len() as u32)
    }

    /// Adds an instruction; says where it stands.
    pub fn emit(&mut self, instruction: Instruction) -> usize {
        self.plan.code.push(instruction);
        self.plan.code.len() - 1
    }
}

/// The index of something in a table, to which it is added where it is not there yet.
pub fn shared<T: PartialEq>(table: &mut Vec<T>, wanted: T) -> u32 {
    let found = table.iter().position(|other| *other == wanted);
    found.unwrap_or_else(|| {
        table.push(wanted);
        table.len() - 1
    }) as u32
}

/// Nothing travels from one node to another.
pub fn no_link(path: &str, from: &str, to: &str) -> Diagnostic {
    Diagnostic::new(path, problem!("scenario.no-travel", from = from, to = to))
}
