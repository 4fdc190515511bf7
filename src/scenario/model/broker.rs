//! Queues, exchanges and logs, as written.

use super::decode::{Decode, Named};
use super::dist::Dist;
use super::shape::{KeyShape, Shape};
use crate::base::{Json, SimDuration};

node! {
    /// A point-to-point queue. Each message goes to one consumer and is kept until that consumer acknowledges it. A
    /// message whose operation fails returns to its original place after `nack_delay`, again and again unless
    /// `max_deliveries` ends it.
    pub struct Queue {
        /// The most ready messages, delayed ones included, unacknowledged ones not. `null`: unbounded. A returning
        /// message may exceed it, as in RabbitMQ.
        #[unit = "messages"]
        #[example(1000)]
        capacity: Option<u32> => Shape::Nullable(&Shape::whole(0, 1_000_000_000)),
        /// What happens when the queue is full. A publisher that waits for a confirm learns of a refusal.
        overflow: Overflow = "reject",
        /// How long a consumer may hold a message before it becomes ready for others. The consumer does not know: until
        /// it has let go of the message, that counts against its prefetch. `null`: until its connection dies.
        #[example("30s")]
        visibility_timeout: Option<SimDuration> => Shape::Nullable(&Shape::SOME_TIME),
        /// What an acknowledgement is worth that comes after the visibility timeout.
        late_ack: LateAck = "ignored",
        /// The most deliveries of a message; when it would be delivered once more, it is dead-lettered. `null`:
        /// unlimited.
        #[unit = "deliveries"]
        #[example(5)]
        max_deliveries: Option<u32> => Shape::Nullable(&Shape::whole(1, 1_000_000)),
        /// The queue for messages that expired, overflowed, were rejected without requeueing or were delivered too
        /// often. Left out: they are dropped, or expire. The copy travels over the link between the two queues, which
        /// loses nothing. A message that would return to a queue it has already been in is dropped, unless it was
        /// rejected on the way, as in RabbitMQ.
        #[example("dead")]
        dead_letter: Option<String> => Shape::Nullable(&Shape::Node(&["queue"])),
        /// How long after publishing a ready message expires. A message held by a consumer expires when it returns.
        /// Left out: never.
        #[example("1m")]
        ttl: Option<SimDuration> => Shape::Nullable(&Shape::SOME_TIME),
        /// How long a new message is delayed before it can be delivered. It then takes its place by the time at which
        /// it was published. Left out: no delay.
        #[example("100ms")]
        delivery_latency: Option<Dist>,
    }
}

words! {
    /// What a late acknowledgement is worth. As long as nobody has received the message again, it counts in any case.
    pub enum LateAck {
        /// Once somebody has received the message again, nothing, as in SQS: that delivery decides.
        Ignored "ignored",
        /// The message is done with, whoever has received it since, as in NATS JetStream.
        Accepted "accepted",
    }
}

#[expect(clippy::derivable_impls, reason = "`words!` passes no attribute on to a word")]
impl Default for LateAck {
    fn default() -> LateAck {
        LateAck::Ignored
    }
}

words! {
    /// What a full queue does.
    pub enum Overflow {
        /// Refuse the new message. It is never dead-lettered.
        Reject "reject",
        /// Drop the oldest ready message.
        DropOldest "drop_oldest",
    }
}

node! {
    /// Publish/subscribe routing: each message is copied to the target of every matching binding, over links that lose
    /// nothing. A queue gets at most one copy of a message, however many bindings lead to it, directly or through other
    /// exchanges. A message that matches no binding is dropped, counted as unroutable and still confirmed, as in
    /// RabbitMQ. With `confirm`, the publisher gets its confirm when every queue that the message was routed to has
    /// accepted it.
    pub struct Exchange {
        /// How messages are matched with bindings.
        routing "type": Routing = "direct",
        /// The bindings.
        #[example([{"to": "orders", "key": "order.*"}])]
        bindings: Vec<Binding> = [],
    }
}

words! {
    /// How an exchange matches messages with bindings.
    pub enum Routing {
        /// The routing keys are equal.
        Direct "direct",
        /// Every binding matches.
        Fanout "fanout",
        /// By patterns of words separated by dots: `*` matches one word, `#` any number of words.
        Topic "topic",
        /// By the headers.
        Headers "headers",
    }
}

record! {
    /// A binding of an exchange.
    pub struct Binding {
        /// The queue or exchange that matching messages go to.
        #[example("orders")]
        to: String => Shape::Node(&["queue", "exchange"]),
        /// The routing key, or for a topic exchange the pattern: words separated by dots, where `*` matches one word
        /// and `#` any number. Other types ignore it.
        #[example("order.*")]
        key: String = "",
        /// The headers to match, for a headers exchange. Without headers, `all` matches every message and `any` matches
        /// none.
        #[example({"country": "ch"})]
        headers: Named<String> = {} => Shape::Map(&Shape::Text(200), KeyShape::Ids, 64),
        /// Whether all headers must match, or any.
        matching "match": Matching = "all",
    }
}

words! {
    /// Which headers must match.
    pub enum Matching {
        /// All headers must match.
        All "all",
        /// At least one header must match.
        Any "any",
    }
}

node! {
    /// A partitioned, replicated log that consumers can replay.
    pub struct Log check check {
        /// Number of partitions.
        #[unit = "partitions"]
        partitions: u32 = 3 => Shape::whole(1, 1024),
        /// Number of brokers.
        #[unit = "brokers"]
        brokers: u32 = 3 => Shape::whole(1, 1000),
        /// Copies of each partition, each on another broker. Followers fetch in rounds of two network latencies
        /// (`network.latency`): one until they have what the leader had when the round began, one until the leader
        /// knows it with their next fetch. What is appended during a round waits for the next one. So a record reaches
        /// the followers after one to three latencies, and can be read and confirmed (`acks` all) after two to four.
        #[unit = "copies"]
        replication: u32 = 1 => Shape::whole(1, 1000),
        /// The fewest copies in sync with `acks` all; with fewer, publishing is refused.
        #[unit = "copies"]
        min_in_sync: u32 = 1 => Shape::whole(1, 1000),
        /// The acknowledgement that a publish step with `confirm` waits for: none, the leader, or all copies in sync.
        /// With 0 it does not wait, whatever `confirm` says.
        acks: Acks = "all",
        /// How long records are kept, or how many per partition, read or not. Left out: all records are kept.
        #[example("10m")]
        retention: Option<Retention> => Shape::Nullable(&Retention::SHAPE),
        /// How a group assigns partitions to its members. All but `cooperative_sticky` stop the whole group during a
        /// rebalance.
        assignor: Assignor = "range",
        /// A member that sends no heartbeat for this long, because it crashed, is paused or is cut off, is removed from
        /// its group. If it returns earlier, it keeps its partitions and no rebalance takes place: a replica is a member
        /// by its name, which is Kafka's static membership (`group.instance.id`). After a crash it goes on from what was
        /// committed; after a pause or a partition with what it has.
        session_timeout: SimDuration = "45s" => Shape::INTERVAL,
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
    /// Acknowledgement by all copies in sync.
    pub enum AllAcks {
        /// All copies in sync.
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
    /// How a consumer group assigns partitions.
    pub enum Assignor {
        /// Contiguous ranges of each topic.
        Range "range",
        /// Each member in turn.
        RoundRobin "round_robin",
        /// Evenly, moving as few partitions as possible.
        Sticky "sticky",
        /// Evenly, moving as few partitions as possible, without stopping the whole group.
        CooperativeSticky "cooperative_sticky",
    }
}
