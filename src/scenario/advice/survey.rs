//! Every step of a scenario with its path, and what steps lead to.

use std::collections::BTreeMap;

use crate::scenario::model::dist::Dist;
use crate::scenario::model::document::Document;
use crate::scenario::model::node::Node;
use crate::scenario::model::service::Service;
use crate::scenario::model::step::{Call, DrawnTimes, Repeat, Step, Steps, Times};
use crate::scenario::model::store::Store;

/// An operation of a client or a service.
pub struct Operation<'d> {
    /// The node.
    pub node: &'d str,
    /// Its name; of a client, empty.
    pub name: &'d str,
    /// Its steps.
    pub steps: &'d Steps,
    /// Every step, nested ones included, in order.
    pub places: Vec<Place<'d>>,
}

/// A step, where it stands.
pub struct Place<'d> {
    /// Its path: `nodes.app.operations.book[0]`.
    pub path: String,
    /// The step.
    pub step: &'d Step,
    /// How often it runs, on average, when the operation does; 0 for what runs only after a failure.
    pub times: f64,
}

/// A scenario, looked over.
pub struct Survey<'d> {
    /// The scenario.
    pub document: &'d Document,
    /// Its operations, in order.
    pub operations: Vec<Operation<'d>>,
    /// Where each stands in that order, by node and name: a text of 1 MiB has many, and each is looked for often.
    numbers: BTreeMap<(&'d str, &'d str), usize>,
    nodes: BTreeMap<&'d str, &'d Node>,
    /// Mean latencies of links that have their own, in seconds, and that of all others.
    latencies: BTreeMap<(&'d str, &'d str), f64>,
    latency: f64,
}

impl<'d> Survey<'d> {
    /// Looks a scenario over.
    pub fn of(document: &'d Document) -> Survey<'d> {
        let mut operations = Vec::new();
        let mut add = |node: &'d str, name: &'d str, steps: &'d Steps, path: String| {
            let mut places = Vec::new();
            walk(steps, &path, 1.0, &mut places);
            operations.push(Operation { node, name, steps, places });
        };
        for (id, node) in document.nodes.iter() {
            match node {
                Node::Client(client) => {
                    add(id, "", &client.operation, ["nodes.", id, ".operation"].concat());
                }
                Node::Service(service) => {
                    for (name, steps) in service.operations.iter() {
                        add(id, name, steps, ["nodes.", id, ".operations.", name].concat());
                    }
                }
                _ => {}
            }
        }
        let numbers = operations.iter().enumerate().map(|(at, own)| ((own.node, own.name), at)).collect();
        let mean = |latency: &Dist| latency.compile().mean() / 1e9;
        let own = document
            .links
            .iter()
            .filter_map(|link| Some(((link.from.as_str(), link.to.as_str()), mean(link.latency.as_ref()?))));
        Survey {
            document,
            operations,
            numbers,
            nodes: document.nodes.iter().collect(),
            latencies: own.collect(),
            latency: mean(&document.network.latency),
        }
    }

    /// The number of an operation of a service.
    pub fn find(&self, node: &str, name: &str) -> Option<usize> {
        self.numbers.get(&(node, name)).copied()
    }

    /// A node.
    pub fn node(&self, id: &str) -> Option<&'d Node> {
        self.nodes.get(id).copied()
    }

    /// A service.
    pub fn service(&self, id: &str) -> Option<&'d Service> {
        match self.node(id) {
            Some(Node::Service(service)) => Some(service),
            _ => None,
        }
    }

    /// A store.
    pub fn store(&self, id: &str) -> Option<&'d Store> {
        match self.node(id) {
            Some(Node::Store(store)) => Some(store),
            _ => None,
        }
    }

    /// The mean time that a message takes from one node to another, in seconds.
    pub fn latency(&self, from: &str, to: &str) -> f64 {
        self.latencies.get(&(from, to)).copied().unwrap_or(self.latency)
    }

    /// Every call, with the operation that makes it and its place.
    pub fn calls(&self) -> impl Iterator<Item = (&Operation<'d>, &Place<'d>, &'d Call)> {
        let places = self
            .operations
            .iter()
            .flat_map(|operation| operation.places.iter().map(move |place| (operation, place)));
        places.filter_map(|(operation, place)| match place.step {
            Step::Call(call) => Some((operation, place, call)),
            _ => None,
        })
    }
}

/// How often a repeat runs its steps, on average.
pub fn turns(repeat: &Repeat) -> f64 {
    match &repeat.times {
        Times::Exactly(times) => f64::from(*times),
        Times::Drawn(DrawnTimes::Geometric(mean)) => *mean,
    }
}

fn walk<'d>(steps: &'d Steps, path: &str, times: f64, found: &mut Vec<Place<'d>>) {
    // What comes after a step that may fail runs the more rarely.
    let mut times = times;
    for (at, step) in steps.iter().enumerate() {
        let path = [path, "[", &at.to_string(), "]"].concat();
        found.push(Place { path: path.clone(), step, times });
        let inside = |rest: &str| [&path, rest].concat();
        match step {
            Step::Call(call) => {
                if let Some(fallback) = &call.fallback {
                    walk(fallback, &inside(".call.fallback"), 0.0, found);
                }
            }
            Step::All(branches) => {
                for (at, branch) in branches.iter().enumerate() {
                    walk(branch, &inside(&format!(".all[{at}]")), times, found);
                }
            }
            Step::Choose(arms) => {
                let total: f64 = arms.iter().map(|arm| arm.weight).sum();
                for (at, arm) in arms.iter().enumerate() {
                    walk(
                        &arm.then,
                        &inside(&format!(".choose[{at}].then")),
                        times * arm.weight / total,
                        found,
                    );
                }
            }
            Step::Repeat(repeat) => {
                walk(&repeat.steps, &inside(".repeat.do"), times * turns(repeat), found);
            }
            Step::Saga(parts) => {
                for (at, part) in parts.iter().enumerate() {
                    walk(&part.act, &inside(&format!(".saga[{at}].do")), times, found);
                    walk(&part.undo, &inside(&format!(".saga[{at}].undo")), 0.0, found);
                }
            }
            Step::Fail(fail) => times *= 1.0 - fail.probability,
            _ => {}
        }
    }
}
