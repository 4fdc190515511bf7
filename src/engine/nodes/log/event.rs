//! What happens to a log.

use crate::base::{LogIx, NodeIx};
use crate::engine::kernel::event::{Addressee, Event, Fields, NodeEvent, includes};
use crate::engine::nodes::broker::ConsumerEvent;
use crate::scenario::Plan;

/// What happens to a log.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LogEvent {
    /// What every node hears.
    Node(NodeEvent),
    /// What it hears of its consumers.
    Consumer(ConsumerEvent),
    /// Half a fetch of a partition's followers is over, unless its leader changed since.
    Replicate {
        /// The partition.
        partition: u32,
        /// Number of the fetch.
        generation: u32,
    },
    /// Records of a partition may have grown too old.
    Expire(u32),
    /// A wait of a group is over.
    Group {
        /// Which group.
        group: u16,
        /// For what it waited.
        timer: GroupTimer,
        /// Which of its members, where it is about one.
        member: u32,
        /// Number of the wait.
        generation: u32,
    },
    /// A broker goes down or comes back.
    Broker {
        /// Which one.
        broker: u32,
        /// Whether it is back.
        up: bool,
    },
    /// The members under a subscription of a service are cut off from the log, or no longer.
    Cut {
        /// The service, and which of its `consumes`.
        of: (u8, u8),
        /// The member that is this replica; none: all of them.
        replica: Option<u16>,
        /// Whether they are cut off.
        cut: bool,
    },
}

/// What a group waits for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GroupTimer {
    /// A silent member is to be taken for dead.
    Session,
    /// A member commits.
    Commit,
    /// A rebalance has taken too long.
    Rebalance,
}

impl LogEvent {
    fn group(timer: GroupTimer, fields: Fields) -> LogEvent {
        let (group, member, generation) = (fields.small as u16, fields.one, fields.two);
        LogEvent::Group { group, timer, member, generation }
    }
}

impl Event for LogEvent {
    fn pack(self) -> Fields {
        match self {
            LogEvent::Node(event) => event.pack(),
            LogEvent::Consumer(event) => event.pack(),
            LogEvent::Replicate { partition, generation } => Fields::two(8, partition, generation),
            LogEvent::Expire(partition) => Fields::one(9, partition),
            LogEvent::Group { group, timer, member, generation } => {
                let code = match timer {
                    GroupTimer::Session => 10,
                    GroupTimer::Commit => 11,
                    GroupTimer::Rebalance => 12,
                };
                Fields { small: group.into(), ..Fields::two(code, member, generation) }
            }
            LogEvent::Broker { broker, up } => Fields::two(13, broker, up.into()),
            LogEvent::Cut { of: (service, subscription), replica, cut } => {
                let replica = replica.map_or(0, |replica| u32::from(replica) + 1);
                let one = u32::from(service) | u32::from(subscription) << 8 | replica << 16;
                Fields::two(14, one, cut.into())
            }
        }
    }

    fn unpack(fields: Fields) -> LogEvent {
        match fields.code {
            0..=NodeEvent::LAST => LogEvent::Node(NodeEvent::unpack(fields)),
            ConsumerEvent::CODE => LogEvent::Consumer(ConsumerEvent::unpack(fields)),
            8 => LogEvent::Replicate { partition: fields.one, generation: fields.two },
            9 => LogEvent::Expire(fields.one),
            10 => LogEvent::group(GroupTimer::Session, fields),
            11 => LogEvent::group(GroupTimer::Commit, fields),
            12 => LogEvent::group(GroupTimer::Rebalance, fields),
            13 => LogEvent::Broker { broker: fields.one, up: fields.two > 0 },
            14 => LogEvent::Cut {
                of: (fields.one as u8, (fields.one >> 8) as u8),
                replica: ((fields.one >> 16) as u16).checked_sub(1),
                cut: fields.two > 0,
            },
            _ => fields.unknown(),
        }
    }
}

impl Addressee for LogIx {
    type Event = LogEvent;

    fn node(&self, plan: &Plan) -> NodeIx {
        plan.logs[self.at()].node
    }
}

includes!(LogEvent: Node(NodeEvent), Consumer(ConsumerEvent));

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::kernel::message::ConsumerId;

    #[test]
    fn what_is_packed_is_what_is_opened() {
        let consumer = ConsumerId { service: 255, subscription: 63, replica: 999 };
        let events = [
            LogEvent::Node(NodeEvent::Begin),
            LogEvent::Node(NodeEvent::Deliver(u32::MAX)),
            LogEvent::Consumer(ConsumerEvent::Connection { consumer, open: true }),
            LogEvent::Replicate { partition: 63, generation: u32::MAX },
            LogEvent::Expire(63),
            LogEvent::Group { group: u16::MAX, timer: GroupTimer::Session, member: 7, generation: u32::MAX },
            LogEvent::Group { group: 3, timer: GroupTimer::Commit, member: 7, generation: 1 },
            LogEvent::Group { group: 3, timer: GroupTimer::Rebalance, member: u32::MAX, generation: 1 },
            LogEvent::Broker { broker: 1_000, up: true },
            LogEvent::Broker { broker: 1_000, up: false },
            LogEvent::Cut { of: (255, 63), replica: None, cut: true },
            LogEvent::Cut { of: (0, 0), replica: Some(999), cut: false },
        ];
        for event in events {
            assert_eq!(LogEvent::unpack(event.pack()), event);
        }
    }
}
