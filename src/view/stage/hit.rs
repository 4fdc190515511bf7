//! Something on a stage that can be pointed at.

use crate::base::{BreakerIx, LinkIx, NodeIx};

/// Something on a stage.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Hit {
    /// A node.
    Node(NodeIx),
    /// A circuit breaker: the one that its link shows.
    Breaker(BreakerIx),
    /// A message under way, by its number.
    Message(u64),
    /// A link, in the direction in which work is handed on where there are two.
    Link(LinkIx),
}
