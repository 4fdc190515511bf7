//! Stores, as written.

use super::dist::Dist;
use super::keys::Keys;
use super::shape::Shape;

record! {
    /// A database that keeps a version per key: a write makes the next one, a read finds it, a projection applies the
    /// one that its message carries. A key that was never written has version 0.
    ///
    /// What is measured: a read is stale when its version is behind at its time, at a follower behind the leader, in
    /// a read model (a store that is projected into) behind the store that made the versions. An update is lost when
    /// a write overwrites one that came after the read it builds on; when an operation that writes and publishes ends
    /// badly between the two, or its unconfirmed message is lost on the way (a dual write that broke: counted at the
    /// store that is written); and when a read model has seen a later version of a key but not this one (counted at
    /// the read model). An effect is a duplicate when a message that had it already has it again.
    pub struct Store {
        /// Connections: what it does at one time, followers included. Who finds none free waits, first come, first
        /// served.
        #[unit = "connections"]
        connections: u32 = 10 => Shape::whole(1, 10_000),
        /// How long a read holds its connection. It sees what is there at the end of that time.
        read: Dist = "1ms",
        /// How long a write or a projection holds its connection. It takes effect at the end of that time.
        write: Dist = "1ms",
        /// How long a write takes to reach the followers, drawn for each; writes of one key keep their order. Left
        /// out: there are no followers, and the leader answers their reads.
        #[example("100ms")]
        follower_lag: Option<Dist>,
        /// How requests without a key (no client gives keys) get one where a step names none: drawn at the request's
        /// first access, and kept by the request.
        keys: Option<Keys>,
        /// Whether it ignores an effect whose message it has seen (an idempotent consumer). It remembers the last
        /// 65,536 effects, each by its message and its step; an effect that is no message's is always new.
        unique: bool = false,
    }
}
