//! What of a plan is still part of the system: all of it, unless a running system was edited.
//!
//! A plan under which a run goes on after an edit keeps what the edit took out, under its old index: messages, tasks and
//! figures of the run refer to it. Whoever shows or counts the system leaves it out.

use crate::base::{
    AccessIx, AskIx, BreakerIx, CallIx, EdgeIx, HealthIx, LinkIx, NodeIx, OpIx, PolicyIx, PublishIx, SagaIx,
    WindowIx,
};

/// Which entries of a plan's tables are part of the system, by their indices.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Living {
    /// Of `nodes`.
    pub nodes: Vec<bool>,
    /// Of `links`.
    pub links: Vec<bool>,
    /// Of `operations`.
    pub operations: Vec<bool>,
    /// Of `edges`.
    pub edges: Vec<bool>,
    /// Of `calls`.
    pub calls: Vec<bool>,
    /// Of `policies`.
    pub policies: Vec<bool>,
    /// Of `breakers`.
    pub breakers: Vec<bool>,
    /// Of `healths`.
    pub healths: Vec<bool>,
    /// Of `publishes`.
    pub publishes: Vec<bool>,
    /// Of `asks`.
    pub asks: Vec<bool>,
    /// Of `accesses`.
    pub accesses: Vec<bool>,
    /// Of `sagas`.
    pub sagas: Vec<bool>,
    /// Of `windows`.
    pub windows: Vec<bool>,
}

/// An index into one of a plan's tables.
pub trait Entry {
    /// Which entries of its table are part of the system.
    fn of(living: &Living) -> &[bool];

    /// Its place there.
    fn place(self) -> usize;
}

macro_rules! entries {
    ($($index:ty: $table:ident;)*) => {$(
        impl Entry for $index {
            fn of(living: &Living) -> &[bool] {
                &living.$table
            }

            fn place(self) -> usize {
                self.at()
            }
        }
    )*};
}

entries! {
    NodeIx: nodes;
    LinkIx: links;
    OpIx: operations;
    EdgeIx: edges;
    CallIx: calls;
    PolicyIx: policies;
    BreakerIx: breakers;
    HealthIx: healths;
    PublishIx: publishes;
    AskIx: asks;
    AccessIx: accesses;
    SagaIx: sagas;
    WindowIx: windows;
}
