//! Stores, as written.

use super::dist::Dist;
use super::keys::Keys;
use super::shape::Shape;

node! {
    /// A database that keeps a version per key. A write creates the next version, a read returns the present one, a
    /// projection applies the version that its message carries. A key that was never written has version 0.
    ///
    /// What is measured: a read is stale if its version is behind at that moment, behind the leader at a follower, or
    /// behind the source at a read model (a store that is projected into). An update is lost when a write overwrites
    /// one that came after the read it is based on; when an operation that writes and publishes fails between the two,
    /// or its unconfirmed message is lost (a broken dual write, counted at the written store); and when a read model
    /// has a later version of a key but skipped this one (counted at the read model). An effect is duplicated when the
    /// same message has it twice, through whichever consumer.
    pub struct Store {
        /// Connections: how many accesses run at the same time, followers included. Accesses that find none free wait,
        /// first come, first served.
        #[unit = "connections"]
        connections: u32 = 10 => Shape::whole(1, 10_000),
        /// How long a read holds its connection. It returns the version at the end of that time.
        read: Dist = "1ms",
        /// How long a write or a projection holds its connection. It takes effect at the end of that time.
        write: Dist = "1ms",
        /// How long a write takes to reach the followers, drawn for each write; writes of one key keep their order.
        /// Left out: there are no followers, and the leader answers their reads.
        #[example("100ms")]
        follower_lag: Option<Dist>,
        /// How a request without a key gets one when a step names none. It is drawn at the first access and kept for
        /// the request.
        keys: Option<Keys>,
        /// Whether a repeated effect of the same message is ignored, as by an idempotent consumer. The store remembers
        /// the last 65,536 effects, each by its message and its name (`write.effect`). An effect without a message is
        /// always new.
        unique: bool = false,
    }
}
