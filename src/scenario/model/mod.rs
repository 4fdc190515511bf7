//! The language as written: one type for each of its parts, with its fields, bounds and defaults.
//!
//! These declarations are the only place that knows the language; reading, defaults, paths and the JSON Schema
//! follow the tables made from them.

mod broker;
mod dist;
mod fault;
mod node;
mod policy;
mod step;
mod store;
mod view;

pub use broker::*;
pub use dist::*;
pub use fault::*;
pub use node::*;
pub use policy::*;
pub use step::*;
pub use store::*;
pub use view::*;

use super::shape::{Coded, Given, Shape};
pub use super::shape::{List, Named};

/// The shape of a whole scenario.
pub(super) static DOCUMENT: Shape = Document::SHAPE;

/// The shape of one step.
pub(super) static STEP: Shape = Step::SHAPE;

record! {
    /// A system, its traffic and its faults.
    pub struct Document<'a> {
        /// Version of the language: 1.
        schema: u32 => Shape::whole(1, 1),
        /// What it is called.
        title: &'a str = Given::Text(""),
        /// What it is about.
        description: &'a str = Given::Text("") => Shape::Text(10_000),
        /// Seed of every random stream.
        seed: u64 = Given::Number(1.0),
        /// What holds for every link that is not listed under `links`.
        network: Network<'a> = Given::Empty,
        /// The nodes, by id.
        nodes: Named<'a, Node<'a>> => Shape::Map(&Node::SHAPE, false, 256),
        /// What holds for single links, one direction each.
        links: List<'a, Link<'a>> = Given::Texts(&[]),
        /// Faults by the clock.
        timeline: List<'a, Entry<'a>> = Given::Texts(&[]),
        /// How to show it; never changes a result.
        view: View<'a> = Given::Empty,
    }
}

record! {
    /// What holds for links.
    pub struct Network<'a> {
        /// How long a message is under way.
        latency: Dist<'a> = Given::Text("1ms"),
        /// Probability that a message vanishes.
        loss: f64 = Given::Number(0.0) => Shape::CHANCE,
    }
}

record! {
    /// What holds for the link from one node to another.
    pub struct Link<'a> {
        /// Its sender.
        from: &'a str => Shape::Node(ANY_NODE),
        /// Its receiver.
        to: &'a str => Shape::Node(ANY_NODE),
        /// How long a message is under way; left out: as `network` says.
        latency: Option<Dist<'a>>,
        /// Probability that a message vanishes; left out: as `network` says.
        loss: Option<f64> => Shape::Nullable(&Shape::CHANCE),
    }
}
