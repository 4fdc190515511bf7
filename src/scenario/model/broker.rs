//! Queues, exchanges and logs, as written.

use super::decode::{Decode, Named};
use super::dist::Dist;
use super::shape::Shape;
use crate::base::{Json, SimDuration};

record! {
    /// A point-to-point queue: each message goes to one consumer, and is kept until that one acknowledges it. A failed
    /// operation gives its message back (`nack_delay` later), to its original place, again and again unless
    /// `max_deliveries` ends it.
    pub struct Queue {
        /// Ready messages at most, hidden ones included, unacknowledged ones not; null: without bound. A message that
        /// comes back may exceed it (RabbitMQ).
        #[unit = "messages"]
        #[example(1000)]
        capacity: Option<u32> => Shape::Nullable(&Shape::whole(0, 1_000_000_000)),
        /// What happens at the capacity. Who waits for the broker's word (`confirm`) hears of a refusal.
        overflow: Overflow = "reject",
        /// How long a consumer may keep a message; null: until its connection dies. Then it is ready for others, and
        /// the word of the first consumer comes too late (SQS).
        #[example("30s")]
        visibility_timeout: Option<SimDuration> => Shape::Nullable(&Shape::SOME_TIME),
        /// After so many deliveries a message is dead-lettered, when it would be delivered once more; null: never.
        #[unit = "deliveries"]
        #[example(5)]
        max_deliveries: Option<u32> => Shape::Nullable(&Shape::whole(1, 1_000_000)),
        /// The queue for messages that expired, were dropped for want of room, refused for good or delivered too
        /// often; left out: they are dropped or expired. The copy takes the link between the two queues, which loses
        /// nothing. A message that would come back to a queue in which it was is dropped, unless it was refused for
        /// good on its way round (RabbitMQ).
        #[example("dead")]
        dead_letter: Option<String> => Shape::Nullable(&Shape::Node(&["queue"])),
        /// How long after its publishing a message expires if it is ready; left out: never. One with a consumer
        /// expires when it comes back.
        #[example("1m")]
        ttl: Option<SimDuration> => Shape::Nullable(&Shape::SOME_TIME),
        /// How long a message is hidden after its publishing; left out: not at all. Then it takes its place among the
        /// ready ones by the time of its publishing.
        #[example("100ms")]
        delivery_latency: Option<Dist>,
    }
}

words! {
    /// What a full queue does.
    pub enum Overflow {
        /// It refuses the new message, which is never dead-lettered.
        Reject "reject",
        /// It drops the oldest message.
        DropOldest "drop_oldest",
    }
}

record! {
    /// Publish/subscribe routing: a copy of each message to whatever a binding says, over links that lose nothing. No
    /// queue gets two copies of one message, however many bindings lead there, directly or through other exchanges. A
    /// message that no binding matches is dropped and counted as unroutable, and confirmed all the same (RabbitMQ). With
    /// `confirm` the good word comes when all queues that it was routed to have taken it.
    pub struct Exchange {
        /// How it routes.
        routing "type": Routing = "direct",
        /// Where messages go.
        #[example([{"to": "orders", "key": "order.*"}])]
        bindings: Vec<Binding> = [],
    }
}

words! {
    /// How an exchange routes.
    pub enum Routing {
        /// By equal routing keys.
        Direct "direct",
        /// To all.
        Fanout "fanout",
        /// By patterns of words: `*` is one word, `#` any number of words.
        Topic "topic",
        /// By headers.
        Headers "headers",
    }
}

record! {
    /// A binding of an exchange.
    pub struct Binding {
        /// Where messages go.
        #[example("orders")]
        to: String => Shape::Node(&["queue", "exchange"]),
        /// The routing key, or the pattern for a topic exchange: words between points, of which `*` is one word and
        /// `#` any number. Others ignore it.
        #[example("order.*")]
        key: String = "",
        /// The headers to match, for a headers exchange. Without any, all match, but not any.
        #[example({"country": "ch"})]
        headers: Named<String> = {} => Shape::Map(&Shape::Text(200), false, 64),
        /// Whether all of the headers must match, or any.
        matching "match": Matching = "all",
    }
}

words! {
    /// Which headers must match.
    pub enum Matching {
        /// All of them.
        All "all",
        /// At least one.
        Any "any",
    }
}

record! {
    /// A partitioned, replicated, replayable log.
    pub struct Log check check {
        /// Partitions.
        #[unit = "partitions"]
        partitions: u32 = 3 => Shape::whole(1, 1024),
        /// Brokers.
        #[unit = "brokers"]
        brokers: u32 = 3 => Shape::whole(1, 1000),
        /// Copies of each partition, on as many brokers. Followers fetch one network latency (the scenario's
        /// `network.latency`) behind their leader, which hears of it another one later.
        #[unit = "copies"]
        replication: u32 = 1 => Shape::whole(1, 1000),
        /// Copies that must be in sync for `acks` all; below it publications are refused.
        #[unit = "copies"]
        min_in_sync: u32 = 1 => Shape::whole(1, 1000),
        /// Whose word a publish step with `confirm` waits for: nobody's, the leader's or that of all in sync. With 0 it
        /// does not wait at all, whatever `confirm` says.
        acks: Acks = "all",
        /// How long or how many records of each partition are kept, read or not; left out: all, for ever.
        #[example("10m")]
        retention: Option<Retention> => Shape::Nullable(&Retention::SHAPE),
        /// How a group shares the partitions. All but `cooperative_sticky` stop the whole group while it shares anew.
        assignor: Assignor = "range",
        /// After which silence a member counts as dead: one that crashed, is paused or cut off. One that is back before
        /// keeps its partitions.
        session_timeout: SimDuration = "45s" => Shape::SOME_TIME,
    }
}

/// Whose word a producer waits for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Acks {
    /// Nobody's.
    None,
    /// The leader's.
    Leader,
    /// That of all replicas in sync.
    All,
}

words! {
    /// The word for all replicas in sync.
    pub enum AllAcks {
        /// All replicas in sync.
        All "all",
    }
}

impl Decode for Acks {
    const SHAPE: Shape = Shape::Either(&AllAcks::SHAPE, &Shape::whole(0, 1));

    fn decode(full: &Json) -> Acks {
        match full.as_f64() {
            None => Acks::All,
            Some(0.0) => Acks::None,
            Some(_) => Acks::Leader,
        }
    }
}

/// How much a log keeps.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Retention {
    /// Records younger than this.
    Time(SimDuration),
    /// The newest so many of each partition.
    Count(u64),
}

impl Decode for Retention {
    const SHAPE: Shape = Shape::Either(&Shape::SOME_TIME, &Shape::whole(1, 1_000_000_000));

    fn decode(full: &Json) -> Retention {
        match full {
            Json::Number(_) => Retention::Count(u64::decode(full)),
            _ => Retention::Time(SimDuration::decode(full)),
        }
    }
}

words! {
    /// How a consumer group shares partitions.
    pub enum Assignor {
        /// Ranges of each topic.
        Range "range",
        /// In turn.
        RoundRobin "round_robin",
        /// Evenly, moving little.
        Sticky "sticky",
        /// Evenly, moving little, without stopping the whole group.
        CooperativeSticky "cooperative_sticky",
    }
}
