//! What the compiler remembers of the operation that it compiles.

use crate::base::{AccessIx, NodeIx, PublishIx, StoreIx};

/// What has been compiled of the present operation, for what comes after.
#[derive(Clone, Debug, Default)]
pub struct Scope {
    /// The operation's name; of a client, its id.
    pub name: String,
    /// Branches of `all` around the present place.
    pub depth: u32,
    /// Stores and keys that were read, and by which steps.
    pub reads: Vec<(StoreIx, Option<u32>, AccessIx)>,
    /// Writes so far that no publication followed.
    pub writes: Vec<AccessIx>,
    /// Whether anything was written.
    pub wrote: bool,
    /// Publications before the first write.
    pub publishes: Vec<PublishIx>,
}

impl Scope {
    /// The beginning of an operation.
    pub fn of(name: &str) -> Scope {
        Scope { name: name.to_owned(), ..Scope::default() }
    }
}

/// A write or a projection, as it was compiled.
pub struct Written {
    /// The step.
    pub access: AccessIx,
    /// The node at which it runs.
    pub node: NodeIx,
    /// Its operation there.
    pub operation: String,
    /// What its effect is called, if it is.
    pub name: Option<String>,
}
