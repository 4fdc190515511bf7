//! Parameters: every field of a part of a scenario with its value, its default and what it may be, for controls.
//!
//! They follow the tables of the language, so that nothing of it can be left out. All functions take the full tree of
//! a scenario: with its defaults filled in.

mod control;
mod start;
mod walk;

pub use control::{Choice, Control, MOST_PARAMETERS, Parameter, Parameters};

use crate::base::Json;
use crate::scenario::model::decode::Decode;
use crate::scenario::model::document::{Link, Network};
use crate::scenario::model::node::Node;

/// The parameters of a node; none where there is no such node.
pub fn node_parameters(full: &Json, id: &str) -> Option<Parameters> {
    let value = full.get("nodes")?.get(id)?;
    Some(walk::walk(full, ["nodes.", id].concat(), id, &Node::SHAPE, value))
}

/// What holds for the messages from one node to another: those of its entry under `links`, or else those of
/// `network`, which all links without an entry share (then the second is false).
pub fn link_parameters(full: &Json, from: &str, to: &str) -> (Parameters, bool) {
    let is = |link: &&Json, key: &str, id: &str| link.get(key).and_then(Json::as_str) == Some(id);
    let links = full.get("links").map_or(&[][..], Json::items);
    let own = links.iter().position(|link| is(&link, "from", from) && is(&link, "to", to));
    match own {
        Some(at) => {
            let path = ["links[", &at.to_string(), "]"].concat();
            (walk::walk(full, path, "link", &Link::SHAPE, &links[at]), true)
        }
        None => {
            let network = full.get("network").unwrap_or(&Json::Null);
            (walk::walk(full, "network".to_owned(), "network", &Network::SHAPE, network), false)
        }
    }
}
