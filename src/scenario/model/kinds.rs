//! The kinds of nodes that a reference may name.

/// Every kind of node.
pub const ANY_NODE: &[&str] = &["client", "service", "queue", "exchange", "log", "store"];
