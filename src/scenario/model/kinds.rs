//! What all kinds of nodes have in common.

use super::shape::Shape;

/// Every kind of node.
pub const ANY_NODE: &[&str] = &["client", "service", "queue", "exchange", "log", "store"];

/// A label: free text, in bytes of UTF-8.
pub const LABEL: Shape = Shape::Text(100);
