//! Stores, as written.

use super::dist::Dist;
use super::node::Keys;
use crate::scenario::shape::{Given, Shape};

record! {
    /// A database that keeps a version per key.
    pub struct Store<'a> {
        /// Connections: what it does at one time.
        connections: u32 = Given::Number(10.0) => Shape::whole(1, 10_000),
        /// How long a read takes.
        read: Dist<'a> = Given::Text("1ms"),
        /// How long a write takes.
        write: Dist<'a> = Given::Text("1ms"),
        /// How far followers lag behind; left out: there are none.
        follower_lag: Option<Dist<'a>>,
        /// Which keys it holds.
        keys: Option<Keys<'a>>,
        /// Whether it ignores an effect whose message it has seen (an idempotent consumer).
        unique: bool = Given::Flag(false),
    }
}
