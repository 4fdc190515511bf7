//! A whole scenario, as written.

use super::decode::Named;
use super::dist::Dist;
use super::fault::Entry;
use super::kinds::ANY_NODE;
use super::node::Node;
use super::shape::{KeyShape, Shape};
use super::view::View;

record! {
    /// A system, its traffic and its faults.
    pub struct Document {
        /// Version of the language: 1.
        #[example(1)]
        schema: u32 => Shape::whole(1, 1),
        /// The title.
        #[example("Ticket rush")]
        title: String = "",
        /// What the scenario shows.
        #[example("Two services under the same traffic.")]
        description: String = "" => Shape::Text(10_000),
        /// Seed of every random stream.
        #[example(42)]
        seed: u64 = 1,
        /// The defaults for links that `links` does not list.
        #[example({"latency": "5ms"})]
        network: Network = {},
        /// The nodes, by id.
        #[example({"app": {"kind": "service"}})]
        nodes: Named<Node> => Shape::Map(&Node::SHAPE, KeyShape::Ids, 256),
        /// Settings of single links, one direction each.
        #[example([{"from": "web", "to": "app", "loss": 0.001}])]
        links: Vec<Link> = [],
        /// Faults that begin at given instants.
        #[example([{"at": "30s", "for": "10s", "fault": {"crash": {"node": "app"}}}])]
        timeline: Vec<Entry> = [],
        /// How to show the scenario. It never changes a result.
        #[example({"speed": 0.25})]
        view: View = {},
    }
}

record! {
    /// The defaults for links.
    pub struct Network {
        /// How long a message travels.
        latency: Dist = "1ms",
        /// Probability that a message is lost.
        loss: f64 = 0 => Shape::CHANCE,
    }
}

record! {
    /// The link from one node to another.
    pub struct Link {
        /// The sender.
        #[example("web")]
        from: String => Shape::Node(ANY_NODE),
        /// The receiver.
        #[example("app")]
        to: String => Shape::Node(ANY_NODE),
        /// How long a message travels. Left out: as in `network`.
        #[example("10ms")]
        latency: Option<Dist>,
        /// Probability that a message is lost. Left out: as in `network`.
        #[example(0)]
        loss: Option<f64> => Shape::Nullable(&Shape::CHANCE),
    }
}
