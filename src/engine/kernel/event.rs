//! Events: why the engine calls a node, and how the calendar keeps that.

use crate::base::{BreakerIx, NodeIx, ServiceIx, WindowIx};
use crate::engine::runtime::context::ConsumerId;

/// Why the engine calls a node.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Event {
    /// The run begins.
    Begin { node: NodeIx },
    /// The next request of an open client is due, unless its arrivals were planned anew since.
    Arrival { node: NodeIx, planned: u32 },
    /// A user of a closed client has thought.
    Thought { node: NodeIx },
    /// A wait of a task is over (work, sleep, timeout, backoff: its state says which), unless it is stale.
    Timer { node: NodeIx, task: u32, generation: u32 },
    /// A task's request has been out for so long that it is asked again, unless the wait is over.
    Hedge { node: NodeIx, task: u32, generation: u32 },
    /// The half-open time of a breaker may be over.
    Breaker { node: NodeIx, breaker: BreakerIx },
    /// The next job of a replica that shares its processors is done, unless their number changed since.
    Share { node: NodeIx, replica: u32, generation: u32 },
    /// A message is at the end of its link.
    Deliver { node: NodeIx, message: u32 },
    /// A message is where its link loses it.
    Vanish { message: u32 },
    /// A queue or a log learns that a consumer's connection opened or died.
    Connection { node: NodeIx, consumer: ConsumerId, open: bool },
    /// A window of a node's window step closes.
    WindowCloses { node: NodeIx, window: WindowIx },
    /// A service's autoscaler decides.
    Scale { node: NodeIx },
    /// A replica has started up.
    Ready { node: NodeIx },
    /// The callers of a service look which replicas there are.
    Refresh { service: ServiceIx },
    /// Half a fetch of a log's followers is over, unless the partition's leader changed since.
    Replicate { node: NodeIx, partition: u32, generation: u32 },
    /// Records of a log's partition may have grown too old.
    Expire { node: NodeIx, partition: u32 },
    /// A wait of a log's group is over.
    Group { node: NodeIx, group: u16, timer: GroupTimer, member: u32, generation: u32 },
    /// A broker of a log goes down or comes back.
    Broker { node: NodeIx, broker: u32, up: bool },
    /// The members under a subscription of a service (its number, and which of its `consumes`) are cut off from a
    /// log, or no longer.
    Cut { node: NodeIx, of: (u8, u8), cut: bool },
    /// A fault sets in.
    FaultBegins { fault: u32 },
    /// A fault ends.
    FaultEnds { fault: u32 },
}

/// What a group of a log waits for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GroupTimer {
    /// A silent member is to be taken for dead.
    Session,
    /// A member commits.
    Commit,
    /// A rebalance has taken too long.
    Rebalance,
}

/// An event as the calendar keeps it: two words, which travel in registers.
///
/// A value of many small fields is written in pieces and read as a whole, which holds a processor up until the pieces
/// are together; the calendar would do that with every event.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PackedEvent {
    /// Kind (8 bits), something small (24 bits), the node or what else it concerns (32 bits).
    head: u64,
    /// Two numbers of 32 bits.
    tail: u64,
}

impl PackedEvent {
    #[inline(always)]
    fn new(kind: u8, whom: u32, small: u32, one: u32, two: u32) -> PackedEvent {
        let head = u64::from(kind) | u64::from(small) << 8 | u64::from(whom) << 32;
        PackedEvent { head, tail: u64::from(one) | u64::from(two) << 32 }
    }

    /// The node that it is for; of a few kinds, something else.
    #[inline(always)]
    pub fn node(self) -> NodeIx {
        NodeIx((self.head >> 32) as u32)
    }

    /// Whether it is of the three kinds that nearly all events are of: deliveries, timers and arrivals.
    #[inline(always)]
    pub fn is_frequent(self) -> bool {
        self.head as u8 <= 2
    }

    /// What it says, if it is of those kinds.
    #[inline(always)]
    pub fn open_frequent(self) -> Event {
        let (one, two) = (self.tail as u32, (self.tail >> 32) as u32);
        let node = self.node();
        match self.head as u8 {
            0 => Event::Deliver { node, message: one },
            1 => Event::Timer { node, task: one, generation: two },
            _ => Event::Arrival { node, planned: one },
        }
    }

    /// What it says.
    #[inline(always)]
    pub fn open(self) -> Event {
        let (whom, small) = ((self.head >> 32) as u32, (self.head as u32) >> 8);
        let (one, two) = (self.tail as u32, (self.tail >> 32) as u32);
        let node = NodeIx(whom);
        match self.head as u8 {
            0..=2 => self.open_frequent(),
            3 => Event::Thought { node },
            4 => Event::Hedge { node, task: one, generation: two },
            5 => Event::Breaker { node, breaker: BreakerIx(one) },
            6 => Event::Share { node, replica: one, generation: two },
            7 => Event::Begin { node },
            8 => Event::Vanish { message: one },
            9 => {
                let consumer = ConsumerId {
                    service: one as u8,
                    subscription: (one >> 8) as u8,
                    replica: (one >> 16) as u16,
                };
                Event::Connection { node, consumer, open: small > 0 }
            }
            10 => Event::WindowCloses { node, window: WindowIx(one) },
            11 => Event::Scale { node },
            12 => Event::Ready { node },
            13 => Event::Refresh { service: ServiceIx(whom) },
            14 => Event::Replicate { node, partition: one, generation: two },
            15 => Event::Expire { node, partition: one },
            16 => {
                let timer = match small >> 16 {
                    0 => GroupTimer::Session,
                    1 => GroupTimer::Commit,
                    _ => GroupTimer::Rebalance,
                };
                Event::Group { node, group: small as u16, timer, member: one, generation: two }
            }
            17 => Event::Broker { node, broker: one, up: small > 0 },
            18 => Event::Cut { node, of: (one as u8, (one >> 8) as u8), cut: small > 0 },
            19 => Event::FaultBegins { fault: one },
            _ => Event::FaultEnds { fault: one },
        }
    }
}

impl Event {
    /// For the calendar. Always inlined: the kind is known where an event is made.
    #[inline(always)]
    pub fn pack(self) -> PackedEvent {
        match self {
            Event::Deliver { node, message } => PackedEvent::new(0, node.0, 0, message, 0),
            Event::Timer { node, task, generation } => PackedEvent::new(1, node.0, 0, task, generation),
            Event::Arrival { node, planned } => PackedEvent::new(2, node.0, 0, planned, 0),
            Event::Thought { node } => PackedEvent::new(3, node.0, 0, 0, 0),
            Event::Hedge { node, task, generation } => PackedEvent::new(4, node.0, 0, task, generation),
            Event::Breaker { node, breaker } => PackedEvent::new(5, node.0, 0, breaker.0, 0),
            Event::Share { node, replica, generation } => PackedEvent::new(6, node.0, 0, replica, generation),
            Event::Begin { node } => PackedEvent::new(7, node.0, 0, 0, 0),
            Event::Vanish { message } => PackedEvent::new(8, 0, 0, message, 0),
            Event::Connection { node, consumer: ConsumerId { service, subscription, replica }, open } => {
                let who = u32::from(service) | u32::from(subscription) << 8 | u32::from(replica) << 16;
                PackedEvent::new(9, node.0, open.into(), who, 0)
            }
            Event::WindowCloses { node, window } => PackedEvent::new(10, node.0, 0, window.0, 0),
            Event::Scale { node } => PackedEvent::new(11, node.0, 0, 0, 0),
            Event::Ready { node } => PackedEvent::new(12, node.0, 0, 0, 0),
            Event::Refresh { service } => PackedEvent::new(13, service.0, 0, 0, 0),
            Event::Replicate { node, partition, generation } => {
                PackedEvent::new(14, node.0, 0, partition, generation)
            }
            Event::Expire { node, partition } => PackedEvent::new(15, node.0, 0, partition, 0),
            Event::Group { node, group, timer, member, generation } => {
                PackedEvent::new(16, node.0, u32::from(group) | (timer as u32) << 16, member, generation)
            }
            Event::Broker { node, broker, up } => PackedEvent::new(17, node.0, up.into(), broker, 0),
            Event::Cut { node, of: (service, subscription), cut } => {
                PackedEvent::new(18, node.0, cut.into(), u32::from(service) | u32::from(subscription) << 8, 0)
            }
            Event::FaultBegins { fault } => PackedEvent::new(19, 0, 0, fault, 0),
            Event::FaultEnds { fault } => PackedEvent::new(20, 0, 0, fault, 0),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_packed_is_what_is_opened() {
        let (node, generation) = (NodeIx(u32::MAX), u32::MAX - 1);
        let consumer = ConsumerId { service: 255, subscription: 63, replica: 999 };
        let events = [
            Event::Begin { node },
            Event::Arrival { node, planned: generation },
            Event::Thought { node },
            Event::Timer { node, task: 7, generation },
            Event::Hedge { node, task: 7, generation },
            Event::Breaker { node, breaker: BreakerIx(5) },
            Event::Share { node, replica: 3, generation },
            Event::Deliver { node, message: generation },
            Event::Vanish { message: generation },
            Event::Connection { node, consumer, open: true },
            Event::Connection { node, consumer, open: false },
            Event::WindowCloses { node, window: WindowIx(4) },
            Event::Scale { node },
            Event::Ready { node },
            Event::Refresh { service: ServiceIx(9) },
            Event::Replicate { node, partition: 63, generation },
            Event::Expire { node, partition: 63 },
            Event::Group { node, group: u16::MAX, timer: GroupTimer::Session, member: 7, generation },
            Event::Group { node, group: 3, timer: GroupTimer::Commit, member: 7, generation },
            Event::Group { node, group: 3, timer: GroupTimer::Rebalance, member: generation, generation: 1 },
            Event::Broker { node, broker: 1000, up: true },
            Event::Cut { node, of: (255, 63), cut: true },
            Event::FaultBegins { fault: generation },
            Event::FaultEnds { fault: 1 },
        ];
        for event in events {
            assert_eq!(event.pack().open(), event);
        }
    }
}
