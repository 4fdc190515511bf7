//! Stores, sagas and windows, ready to run.

use crate::base::{AccessIx, DistIx, LinkIx, NodeIx, Pc, PublishIx, SagaIx, SimDuration, StoreIx, Zipf};

/// A store: a pool of connections to a table that keeps a version per key.
#[derive(Clone, Debug, PartialEq)]
pub struct StorePlan {
    /// The node.
    pub node: NodeIx,
    /// What it does at one time, 1 to 10,000.
    pub connections: u32,
    /// How long a read holds its connection.
    pub read: DistIx,
    /// How long a write or a projection holds its connection.
    pub write: DistIx,
    /// How long a write takes to reach the followers; none: there are no followers.
    pub follower_lag: Option<DistIx>,
    /// The key of an access whose step names none, for a request without a key.
    pub keys: Option<Zipf>,
    /// It ignores an effect whose message it has seen.
    pub unique: bool,
    /// Some operation projects into it: it is a read model, and its reads are compared with its source.
    pub projected: bool,
    /// Where its versions come from, where the plan alone tells: the only store with writes besides itself.
    pub source: Option<StoreIx>,
}

/// A step that uses a store.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct AccessPlan {
    /// The store.
    pub store: StoreIx,
    /// From the operation's node to the store.
    pub out: LinkIx,
    /// From the store to the operation's node.
    pub back: LinkIx,
    /// What it does there.
    pub action: Action,
    /// The key that the step names; none: the request's.
    pub key: Option<u32>,
    /// For a write: the last step before it in the operation that reads the same key. It builds on what that found.
    pub builds_on: Option<AccessIx>,
    /// A write that a publication follows in the operation: the two belong together.
    pub owes_publish: bool,
    /// Number of the effect of a write or a projection: those with one number have the same effect of a message.
    pub effect: u32,
}

/// What a step does at a store.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Action {
    /// Reads the newest version.
    Read,
    /// Reads what a follower has.
    ReadFollower,
    /// Makes the next version.
    Write,
    /// Applies the version that the operation carries.
    Project,
}

/// A saga step, as written in one place of one operation.
#[derive(Clone, Debug, PartialEq)]
pub struct SagaPlan {
    /// The node at which it runs.
    pub node: NodeIx,
    /// The key of its figures: the operation's name.
    pub name: String,
}

/// What happens to an operation that fails within a stretch of instructions. Inner sagas come before outer ones.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct HandlerPlan {
    /// First instruction of the stretch.
    pub from: Pc,
    /// The first one after it.
    pub to: Pc,
    /// In how many branches of `all` the stretch lies: a handler serves tasks of its own depth.
    pub depth: u32,
    /// Of which saga.
    pub saga: SagaIx,
    /// Where the undoing of what was done begins; none: this is an undo itself, and the saga is stuck.
    pub undo: Option<Pc>,
}

/// A window step.
#[derive(Clone, Debug, PartialEq)]
pub struct WindowPlan {
    /// The node at which it runs.
    pub node: NodeIx,
    /// The key of its figures: the operation's name.
    pub name: String,
    /// How long each window is, longer than nothing.
    pub every: SimDuration,
    /// For how long after its end a window takes late records.
    pub lateness: SimDuration,
    /// The key that the step names: all records are one group; none: a group per key of the requests.
    pub key: Option<u32>,
    /// Where results go.
    pub emit: Option<PublishIx>,
}

/// What a publication has to do with the writes of its operation. The two make a dual write: a fault between them
/// leaves one without the other.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Pair {
    /// Nothing.
    #[default]
    None,
    /// It tells of a write that went before.
    AfterWrite,
    /// It tells of a write to this store that comes after.
    BeforeWrite(StoreIx),
}
