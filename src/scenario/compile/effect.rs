//! Effects: which writes are one and the same, so that a store knows a message that had its effect before.
//!
//! A service that takes over from another does what that one did, by steps of its own. So an effect is not the step that
//! has it: it has a name, or its place among those of its operation at the same store, and the operations that take from
//! one queue or belong to one group count as one.

use super::compiler::{Compiler, shared};
use super::scope::Written;
use crate::base::{NodeIx, OpIx};
use crate::scenario::plan::{NodeKind, Source};

/// What two steps must have in common to have the same effect at a store.
#[derive(PartialEq)]
enum Effect {
    /// The name.
    Named(String),
    /// The operation (or the client) and the place among its effects at this store.
    At(Place, u32, u32),
}

/// Where a step stands.
#[derive(Clone, Copy, PartialEq)]
enum Place {
    Client(NodeIx),
    /// The first of the operations that count as one.
    Operation(OpIx),
}

impl Compiler<'_> {
    /// Gives every write and projection the number of its effect.
    pub fn effects(&mut self) {
        let alike = self.alike();
        let mut effects = Vec::new();
        // How many effects without a name an operation has had at a store so far.
        let mut places: Vec<(NodeIx, String, u32, u32)> = Vec::new();
        for Written { access, node, operation, name } in std::mem::take(&mut self.written) {
            let store = self.plan.accesses[access.at()].store.0;
            let effect = match name {
                Some(name) => Effect::Named(name),
                None => {
                    let place = match self.plan.nodes[node.at()].kind {
                        NodeKind::Service(service) => {
                            Place::Operation(alike[self.find_operation(service, &operation).at()])
                        }
                        _ => Place::Client(node),
                    };
                    let own = |other: &(NodeIx, String, u32, u32)| {
                        (other.0, other.1.as_str(), other.2) == (node, operation.as_str(), store)
                    };
                    let at = places.iter().position(own).unwrap_or_else(|| {
                        places.push((node, operation.clone(), store, 0));
                        places.len() - 1
                    });
                    places[at].3 += 1;
                    Effect::At(place, store, places[at].3)
                }
            };
            self.plan.accesses[access.at()].effect = shared(&mut effects, effect);
        }
    }

    /// For every operation the first of those that count as one with it: they take from one queue or belong to one group,
    /// or each to one with a third.
    fn alike(&self) -> Vec<OpIx> {
        let consumers: Vec<(Source, OpIx)> = (self.plan.services.iter())
            .flat_map(|service| service.consumes.iter().map(|consumer| (consumer.from, consumer.op)))
            .collect();
        let mut alike: Vec<OpIx> = (0..self.plan.operations.len() as u32).map(OpIx).collect();
        loop {
            let before = alike.clone();
            for (source, op) in &consumers {
                let same = consumers.iter().filter(|(other, _)| other == source);
                if let Some(first) = same.map(|(_, other)| alike[other.at()].0).min() {
                    alike[op.at()] = OpIx(alike[op.at()].0.min(first));
                }
            }
            if alike == before {
                return alike;
            }
        }
    }
}
