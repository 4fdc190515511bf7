//! Events: what happens at an instant, to whom, and how the calendar keeps it.
//!
//! Each kind of node has an [`Event`] type of its own, beside the node. An event is scheduled for an [`Address`], which
//! says in its type which events are understood there: an event for the wrong kind of node does not compile. The
//! calendar keeps them all as [`PackedEvent`]s, of one size.

use std::fmt;
use std::marker::PhantomData;

use crate::base::{HealthIx, NodeIx};
use crate::scenario::Plan;

/// Set in the code of an event that is meant for one wait of a task: it is stale when the task has moved on.
const BOUND: u8 = 0x80;

/// Set in the code of an event that is for no node.
const GLOBAL: u8 = 0x40;

/// The code of an event that is meant for one wait of a task: its first number is the task, its second the wait.
pub const fn bound(code: u8) -> u8 {
    code | BOUND
}

/// The code of an event that is for no node.
pub const fn global(code: u8) -> u8 {
    code | GLOBAL
}

/// Something that happens at an instant: to a kind of node, or to the run as a whole.
pub trait Event: Copy {
    /// Its fields.
    fn pack(self) -> Fields;

    /// The event that has these fields.
    ///
    /// # Panics
    ///
    /// On the code of an event of another type.
    fn unpack(fields: Fields) -> Self;
}

/// An event that nodes which understand `E` understand too: `includes!` says so.
pub trait Includes<E: Event>: Event + From<E> {}

/// Says which events an event includes, and as which of its variants.
macro_rules! includes {
    ($event:ident: $($variant:ident($included:ty)),+) => { $(
        impl From<$included> for $event {
            fn from(event: $included) -> $event {
                $event::$variant(event)
            }
        }

        impl $crate::engine::kernel::event::Includes<$included> for $event {}
    )+ };
}

pub(in crate::engine) use includes;

/// What an event is made of. Unused fields are 0.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Fields {
    /// Which event it is: unique among all that one kind of node understands.
    pub code: u8,
    /// A number of 24 bits.
    pub small: u32,
    /// A number.
    pub one: u32,
    /// Another number.
    pub two: u32,
}

impl Fields {
    /// Of an event without fields.
    pub const fn code(code: u8) -> Fields {
        Fields { code, small: 0, one: 0, two: 0 }
    }

    /// Of an event that is one number.
    pub const fn one(code: u8, one: u32) -> Fields {
        Fields { code, small: 0, one, two: 0 }
    }

    /// Of an event that is two numbers.
    pub const fn two(code: u8, one: u32, two: u32) -> Fields {
        Fields { code, small: 0, one, two }
    }

    /// For the code of an event of another type.
    #[cold]
    pub fn unknown(self) -> ! {
        panic!("code {} is no event of the node that it reached", self.code)
    }
}

/// A node that understands events of type `E`.
pub struct Address<E> {
    node: NodeIx,
    events: PhantomData<fn(E)>,
}

/// What a plan calls a node of a certain kind: its index among those.
pub trait Addressee {
    /// What such a node understands.
    type Event: Event;

    /// The node.
    fn node(&self, plan: &Plan) -> NodeIx;
}

impl<E: Event> Address<E> {
    /// The address of a node of a certain kind.
    pub fn of(addressee: impl Addressee<Event = E>, plan: &Plan) -> Address<E> {
        Address { node: addressee.node(plan), events: PhantomData }
    }

    /// The same node, for events that it understands among others.
    pub fn narrow<F: Event>(self) -> Address<F>
    where
        E: Includes<F>,
    {
        Address { node: self.node, events: PhantomData }
    }

    /// The node.
    pub fn node(self) -> NodeIx {
        self.node
    }
}

impl<E> Clone for Address<E> {
    fn clone(&self) -> Address<E> {
        *self
    }
}

impl<E> Copy for Address<E> {}

impl<E> PartialEq for Address<E> {
    fn eq(&self, other: &Address<E>) -> bool {
        self.node == other.node
    }
}

impl<E> Eq for Address<E> {}

impl<E> fmt::Debug for Address<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.node.fmt(f)
    }
}

/// What every node understands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NodeEvent {
    /// A message is at the end of its link: its slot in the network.
    Deliver(u32),
    /// The run begins.
    Begin,
}

impl NodeEvent {
    /// The code of a delivery.
    const DELIVER: u8 = 0;

    /// The last code of these events, which begin at 0. Other events that nodes understand have codes up to 63.
    pub const LAST: u8 = 1;
}

impl Event for NodeEvent {
    fn pack(self) -> Fields {
        match self {
            NodeEvent::Deliver(message) => Fields::one(NodeEvent::DELIVER, message),
            NodeEvent::Begin => Fields::code(1),
        }
    }

    fn unpack(fields: Fields) -> NodeEvent {
        match fields.code {
            NodeEvent::DELIVER => NodeEvent::Deliver(fields.one),
            1 => NodeEvent::Begin,
            _ => fields.unknown(),
        }
    }
}

impl Addressee for NodeIx {
    type Event = NodeEvent;

    fn node(&self, _: &Plan) -> NodeIx {
        *self
    }
}

/// A wait is over by the clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Wake {
    /// Whose: what this stands for is the node's business.
    pub task: u32,
    /// Which of its waits.
    pub generation: u32,
}

impl Wake {
    /// The code of this event.
    pub const CODE: u8 = bound(2);
}

impl Event for Wake {
    fn pack(self) -> Fields {
        Fields::two(Wake::CODE, self.task, self.generation)
    }

    fn unpack(fields: Fields) -> Wake {
        if fields.code != Wake::CODE {
            fields.unknown();
        }
        Wake { task: fields.one, generation: fields.two }
    }
}

/// A message is where its link loses it: its slot in the network.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Lost(pub u32);

impl Lost {
    /// The code of this event.
    pub const CODE: u8 = global(0);
}

/// The answer to a health check reaches the caller.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CheckAnswered {
    /// Which check.
    pub check: Check,
    /// Whether the replica is well.
    pub passed: bool,
}

impl CheckAnswered {
    /// The code of this event.
    pub const CODE: u8 = global(5);
}

impl Global for CheckAnswered {}

impl Event for CheckAnswered {
    fn pack(self) -> Fields {
        Fields { small: self.passed.into(), ..self.check.fields(CheckAnswered::CODE) }
    }

    fn unpack(fields: Fields) -> CheckAnswered {
        if fields.code != CheckAnswered::CODE {
            fields.unknown();
        }
        CheckAnswered { check: Check::of(fields), passed: fields.small > 0 }
    }
}

/// A health check of one replica.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Check {
    /// Whose.
    pub health: HealthIx,
    /// Of which replica; at most 1,000.
    pub replica: u32,
    /// In which round.
    pub round: u32,
}

impl Check {
    /// The fields of an event about it.
    pub const fn fields(self, code: u8) -> Fields {
        Fields::two(code, self.health.0 << 10 | self.replica, self.round)
    }

    /// What the fields of an event about it say.
    pub const fn of(fields: Fields) -> Check {
        Check { health: HealthIx(fields.one >> 10), replica: fields.one & 0x3ff, round: fields.two }
    }
}

/// An event that is for no node.
pub trait Global: Event {}

impl Global for Lost {}

impl Event for Lost {
    fn pack(self) -> Fields {
        Fields::one(Lost::CODE, self.0)
    }

    fn unpack(fields: Fields) -> Lost {
        if fields.code != Lost::CODE {
            fields.unknown();
        }
        Lost(fields.one)
    }
}

/// The two kinds of events that nearly all are, which every kind of node understands in the same way, and the rest.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EventKind {
    /// A wait is over by the clock.
    Wake(Wake),
    /// A message is at the end of its link: its slot in the network.
    Deliver(u32),
    /// Anything else.
    Other,
}

/// An event as the calendar keeps it: two words, which travel in registers.
///
/// A value of many small fields is written in pieces and read as a whole, which holds a processor up until the pieces
/// are together; the calendar would do that with every event.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PackedEvent {
    /// Code (8 bits), something small (24 bits), the node (32 bits).
    head: u64,
    /// Two numbers of 32 bits.
    tail: u64,
}

impl PackedEvent {
    /// For the node at an address.
    #[inline(always)]
    pub fn new<E: Event>(to: Address<E>, event: E) -> PackedEvent {
        PackedEvent::from_fields(to.node, event.pack())
    }

    /// For no node.
    pub fn global(event: impl Global) -> PackedEvent {
        PackedEvent::from_fields(NodeIx(0), event.pack())
    }

    #[inline(always)]
    fn from_fields(node: NodeIx, fields: Fields) -> PackedEvent {
        let Fields { code, small, one, two } = fields;
        let head = u64::from(code) | u64::from(small) << 8 | u64::from(node.0) << 32;
        PackedEvent { head, tail: u64::from(one) | u64::from(two) << 32 }
    }

    /// Whether it is for no node.
    #[inline(always)]
    pub fn is_global(self) -> bool {
        self.head as u8 & GLOBAL != 0
    }

    /// The node that it is for.
    #[inline(always)]
    pub fn node(self) -> NodeIx {
        NodeIx((self.head >> 32) as u32)
    }

    /// What nearly every event is, told by its code alone, whatever the node.
    #[inline(always)]
    pub fn kind(self) -> EventKind {
        let one = self.tail as u32;
        match self.head as u8 {
            Wake::CODE => EventKind::Wake(Wake { task: one, generation: (self.tail >> 32) as u32 }),
            NodeEvent::DELIVER => EventKind::Deliver(one),
            _ => EventKind::Other,
        }
    }

    /// The task and the wait that it is meant for, if it is meant for one.
    #[inline(always)]
    pub fn wait(self) -> Option<(u32, u32)> {
        (self.head as u8 & BOUND != 0).then_some((self.tail as u32, (self.tail >> 32) as u32))
    }

    /// What it says to a node of its kind.
    #[inline(always)]
    pub fn open<E: Event>(self) -> E {
        let (code, small) = (self.head as u8, (self.head as u32) >> 8);
        E::unpack(Fields { code, small, one: self.tail as u32, two: (self.tail >> 32) as u32 })
    }
}

#[cfg(test)]
impl<E: Event> Address<E> {
    /// The address of any node, for tests of what is done with addresses.
    pub fn any(node: u32) -> Address<E> {
        Address { node: NodeIx(node), events: PhantomData }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check<E: Event + PartialEq + fmt::Debug>(event: E) {
        let packed = PackedEvent::new(Address::any(u32::MAX), event);
        assert_eq!((packed.node(), packed.open::<E>()), (NodeIx(u32::MAX), event));
    }

    #[test]
    fn what_is_packed_is_what_is_opened() {
        check(NodeEvent::Begin);
        check(NodeEvent::Deliver(u32::MAX));
        check(Wake { task: 7, generation: u32::MAX });
        check(Lost(u32::MAX - 1));
    }

    #[test]
    fn the_code_says_whom_an_event_is_for() {
        let wake = PackedEvent::new(Address::any(3), Wake { task: 7, generation: 9 });
        assert_eq!((wake.is_global(), wake.wait()), (false, Some((7, 9))));
        assert_eq!(wake.kind(), EventKind::Wake(Wake { task: 7, generation: 9 }));
        let deliver = PackedEvent::new(Address::any(3), NodeEvent::Deliver(7));
        assert_eq!((deliver.is_global(), deliver.wait()), (false, None));
        assert_eq!(deliver.kind(), EventKind::Deliver(7));
        assert_eq!(PackedEvent::new(Address::any(3), NodeEvent::Begin).kind(), EventKind::Other);
        assert!(PackedEvent::global(Lost(7)).is_global());
    }

    #[test]
    #[should_panic(expected = "is no event of the node that it reached")]
    fn an_event_of_another_type_is_our_bug() {
        PackedEvent::new(Address::any(0), Wake { task: 1, generation: 1 }).open::<NodeEvent>();
    }
}
