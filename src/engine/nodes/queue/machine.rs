//! A queue's state machine: where each message is and what becomes of it, whoever it is for.
//!
//! Semantics: RabbitMQ's classic queues (requeueing to the original place, drop-head and reject-publish, message
//! TTL, dead-lettering's reasons), SQS's visibility timeout and redrive at the receive that would exceed the maximum.
//! Time comes in with each call: what is due by then is done by [`Machine::advance`], in the order of time. Left out:
//! priorities, and limits in bytes.

use std::cmp::Reverse;
use std::collections::{BinaryHeap, VecDeque};
use std::num::NonZeroU64;

use super::lapsed::{Lapse, Lapsed};
use super::outcome::{Acked, Change, Received};
use crate::base::{SimDuration, SimTime, sort_by_key};
use crate::engine::kernel::message::DeliveryTag;
use crate::engine::kernel::slab::{Slab, Slot};
use crate::observation::Discard;
use crate::scenario::{LateAck, QueueRules};

/// A message that the queue keeps: with a payload of 40 bytes exactly 64, also where a slot may be empty.
#[derive(Clone, Copy, Debug)]
struct Kept<P> {
    /// Its place: ready messages are ordered by it whatever happened to them.
    order: NonZeroU64,
    published: SimTime,
    /// How often it was delivered.
    deliveries: u32,
    /// Its record in `held`, while it is not ready.
    held: Option<Slot>,
    payload: P,
}

/// A message that is not ready: with a consumer, or hidden after its publishing.
#[derive(Clone, Copy, Debug)]
struct Held {
    tag: DeliveryTag,
    /// Who has it; none: it is hidden.
    consumer: Option<u32>,
    /// When it is ready again; never: when its consumer says so.
    until: SimTime,
}

/// The messages of one queue, with a payload each. Consumers are numbered by whoever uses it.
#[derive(Clone, Debug)]
pub struct Machine<P> {
    kept: Slab<Kept<P>>,
    /// Slots of ready messages, in the order of their places.
    ready: VecDeque<u32>,
    /// Slots of hidden messages, likewise.
    hidden: VecDeque<u32>,
    held: Slab<Held>,
    /// When held messages are due; entries of deliveries that are over stay until their time.
    timers: BinaryHeap<Reverse<(SimTime, u32, u32)>>,
    /// Deliveries that the queue has taken back, and whose consumers do not know it yet.
    lapsed: Lapsed,
    /// How many messages each consumer holds, those of lapsed deliveries included.
    loads: Vec<u32>,
    unacked: u32,
    published: u64,
    deliveries: u32,
    changes: VecDeque<Change<P>>,
}

impl<P> Default for Machine<P> {
    fn default() -> Machine<P> {
        Machine {
            kept: Slab::default(),
            ready: VecDeque::new(),
            hidden: VecDeque::new(),
            held: Slab::default(),
            timers: BinaryHeap::new(),
            lapsed: Lapsed::default(),
            loads: Vec::new(),
            unacked: 0,
            published: 0,
            deliveries: 0,
            changes: VecDeque::new(),
        }
    }
}

impl<P: Copy> Machine<P> {
    /// What a message takes, in bytes, besides the four of its place in the line.
    pub const RECORD: usize = size_of::<Option<Kept<P>>>();

    /// Messages that it keeps: ready, hidden and unacknowledged.
    pub fn len(&self) -> usize {
        self.kept.len()
    }

    /// Whether it keeps none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// About how many bytes a clone takes.
    pub fn memory_bytes(&self) -> usize {
        let places = (self.ready.len() + self.hidden.len()) * size_of::<u32>();
        let held = self.held.memory_bytes() + self.lapsed.memory_bytes();
        self.kept.memory_bytes() + held + places + size_of_val(self.timers.as_slice())
    }

    /// Timers that are set, those of deliveries that are over included, for the bound on live objects.
    pub fn timers(&self) -> usize {
        self.timers.len()
    }

    /// Deliveries that it has taken back, and whose consumers still hold the message.
    pub fn lapsed(&self) -> usize {
        self.lapsed.len()
    }

    /// Messages that count for the capacity: ready ones, and those hidden after their publishing.
    pub fn ready(&self) -> u32 {
        (self.ready.len() + self.hidden.len()) as u32
    }

    /// Messages that consumers have.
    pub fn unacked(&self) -> u32 {
        self.unacked
    }

    /// Messages that this consumer holds, also those that the queue has taken back without its knowing.
    pub fn load(&self, consumer: u32) -> u32 {
        self.loads.get(consumer as usize).copied().unwrap_or(0)
    }

    /// When the message at the head was published.
    pub fn oldest(&self) -> Option<SimTime> {
        self.ready.front().map(|&slot| self.kept[slot].published)
    }

    /// What a message is; none where the slot is free.
    pub fn payload(&self, slot: u32) -> Option<P> {
        self.kept.get(slot).map(|kept| kept.payload)
    }

    /// The ready messages in their order.
    pub fn ready_messages(&self) -> impl Iterator<Item = P> {
        self.ready.iter().map(|&slot| self.kept[slot].payload)
    }

    /// The ready messages in their order, with how often each was delivered.
    pub fn line(&self) -> impl Iterator<Item = (P, u32)> {
        self.ready.iter().map(|&slot| (self.kept[slot].payload, self.kept[slot].deliveries))
    }

    /// The messages that consumers have, in no particular order: what, who has it and by which delivery.
    pub fn unacked_messages(&self) -> impl Iterator<Item = (P, u32, DeliveryTag)> {
        self.held
            .iter()
            .filter_map(|(_, held)| Some((self.kept[held.tag.slot].payload, held.consumer?, held.tag)))
    }

    /// What happened, oldest first; each is told once.
    pub fn next_change(&mut self) -> Option<Change<P>> {
        self.changes.pop_front()
    }

    /// A message comes, and is hidden for a while. Gives its slot, or none where it is refused.
    pub fn publish(
        &mut self,
        now: SimTime,
        payload: P,
        hide: SimDuration,
        rules: &QueueRules,
    ) -> Option<u32> {
        if !rules.drops_oldest && rules.capacity.is_some_and(|capacity| self.ready() >= capacity) {
            return None;
        }
        self.published += 1;
        let order = NonZeroU64::MIN.saturating_add(self.published);
        let slot = self.kept.insert(Kept { order, published: now, deliveries: 0, held: None, payload });
        if hide == SimDuration::ZERO {
            self.ready.push_back(slot);
        } else {
            self.hidden.push_back(slot);
            self.hold(slot, None, now + hide);
        }
        self.trim(rules);
        Some(slot)
    }

    /// The oldest ready message goes to a consumer. One that was delivered as often as allowed goes away instead, and
    /// the next is tried.
    pub fn receive(&mut self, now: SimTime, consumer: u32, rules: &QueueRules) -> Option<Received> {
        while let Some(slot) = self.ready.pop_front() {
            let received = self.hand_over(now, slot, consumer, rules);
            if received.is_some() {
                return received;
            }
        }
        None
    }

    /// The same for one ready message wherever it stands; none where it is not ready, or goes away.
    pub fn receive_one(
        &mut self,
        now: SimTime,
        slot: u32,
        consumer: u32,
        rules: &QueueRules,
    ) -> Option<Received> {
        if self.kept.get(slot)?.held.is_some() {
            return None;
        }
        let at = place(&self.kept, &self.ready, slot);
        self.ready.remove(at);
        self.hand_over(now, slot, consumer, rules)
    }

    /// The message of a delivery is done with, and its consumer has let go of it.
    pub fn ack(&mut self, tag: DeliveryTag, rules: &QueueRules) -> Acked<P> {
        if self.release(tag).is_some() {
            return Acked::InTime(self.kept.remove(tag.slot).payload);
        }
        match self.let_go(tag) {
            Some(lapse) => Acked::Late(self.late_ack(lapse, rules)),
            None => Acked::Unknown,
        }
    }

    /// An ack after the end of the visibility timeout. As in SQS, whose receipt handle is that of the most recent receive,
    /// it counts as long as nobody has received the message again; as the rules say, after that too.
    fn late_ack(&mut self, lapse: Lapse, rules: &QueueRules) -> Option<P> {
        let Lapse { tag, order, deliveries, .. } = lapse;
        let kept = self.kept.get(tag.slot).filter(|kept| kept.order == order)?;
        match kept.held {
            None if kept.deliveries == deliveries || rules.late_ack == LateAck::Accepted => {
                let at = place(&self.kept, &self.ready, tag.slot);
                self.ready.remove(at);
            }
            Some(held) if rules.late_ack == LateAck::Accepted => {
                // Whoever has it now does not know yet that it is done.
                let other = self.held[held.number()].tag;
                self.lapse(other);
            }
            _ => return None,
        }
        Some(self.kept.remove(tag.slot).payload)
    }

    /// A consumer gives a message back, or refuses it for good. False where that delivery is over.
    pub fn nack(&mut self, tag: DeliveryTag, requeue: bool, rules: &QueueRules) -> bool {
        if self.release(tag).is_none() {
            self.let_go(tag);
            return false;
        }
        if requeue {
            self.put_back(tag.slot, true, rules);
        } else {
            self.discard(tag.slot, Discard::Rejected);
        }
        true
    }

    /// The visibility timeout of a delivery begins anew. False where that delivery is over.
    pub fn extend(&mut self, now: SimTime, tag: DeliveryTag, timeout: SimDuration) -> bool {
        let Some(held) = self.held_by(tag) else { return false };
        let until = now + timeout;
        self.held[held].until = until;
        self.timers.push(Reverse((until, tag.delivery, held)));
        true
    }

    /// A consumer died: what it had is ready again.
    pub fn close(&mut self, consumer: u32, rules: &QueueRules) {
        if self.load(consumer) == 0 {
            return;
        }
        let mut tags: Vec<DeliveryTag> = (self.held.iter())
            .filter_map(|(_, held)| (held.consumer == Some(consumer)).then_some(held.tag))
            .collect();
        sort_by_key(&mut tags, |tag| self.kept[tag.slot].order);
        for tag in tags {
            self.nack(tag, true, rules);
        }
        self.lapsed.close(consumer);
        self.loads[consumer as usize] = 0;
    }

    /// The deliveries that the queue has taken back while their consumers still hold the message: what, who and by which
    /// delivery, the oldest first.
    pub fn lapsed_messages(&self) -> impl Iterator<Item = (P, u32, DeliveryTag)> {
        self.lapsed.iter().filter_map(|lapse| {
            let kept = self.kept.get(lapse.tag.slot).filter(|kept| kept.order == lapse.order)?;
            Some((kept.payload, lapse.consumer, lapse.tag))
        })
    }

    /// Does what is due by now: timeouts end, messages expire, each in its time.
    pub fn advance(&mut self, now: SimTime, rules: &QueueRules) {
        while self.next_due(rules).is_some_and(|due| due <= now) {
            let expires = self.expires(rules);
            match self.timers.peek() {
                Some(&Reverse((until, _, held))) if until <= expires => {
                    self.timers.pop();
                    let Held { tag, consumer, .. } = self.held[held];
                    self.lapse(tag);
                    self.put_back(tag.slot, consumer.is_some(), rules);
                }
                _ => {
                    if let Some(slot) = self.ready.pop_front() {
                        self.discard(slot, Discard::Expired);
                    }
                }
            }
        }
    }

    /// When something will be due if nothing happens before.
    pub fn next_due(&mut self, rules: &QueueRules) -> Option<SimTime> {
        while let Some(&Reverse((until, delivery, held))) = self.timers.peek() {
            let current = |record: &Held| record.tag.delivery == delivery && record.until == until;
            if self.held.get(held).is_some_and(current) {
                break;
            }
            self.timers.pop();
        }
        let until = self.timers.peek().map_or(SimTime::NEVER, |Reverse((until, ..))| *until);
        let due = until.min(self.expires(rules));
        (due < SimTime::NEVER).then_some(due)
    }

    /// Drops what a queue that drops the oldest has too many of.
    pub fn trim(&mut self, rules: &QueueRules) {
        let Some(capacity) = rules.capacity.filter(|_| rules.drops_oldest) else { return };
        while self.ready() > capacity {
            let slot = match self.ready.pop_front() {
                Some(slot) => slot,
                None => {
                    let Some(&slot) = self.hidden.front() else { return };
                    if let Some(held) = self.kept[slot].held {
                        let tag = self.held[held.number()].tag;
                        self.release(tag);
                    }
                    slot
                }
            };
            self.discard(slot, Discard::MaxLen);
        }
    }

    /// When the message at the head expires. It is the oldest: places are in the order of publishing.
    fn expires(&self, rules: &QueueRules) -> SimTime {
        match (rules.ttl, self.oldest()) {
            (Some(ttl), Some(oldest)) => oldest + ttl,
            _ => SimTime::NEVER,
        }
    }

    /// A ready message, already out of the line, goes to a consumer, if it may.
    fn hand_over(&mut self, now: SimTime, slot: u32, consumer: u32, rules: &QueueRules) -> Option<Received> {
        let kept = &mut self.kept[slot];
        if rules.max_deliveries.is_some_and(|most| kept.deliveries >= most) {
            self.discard(slot, Discard::DeliveryLimit);
            return None;
        }
        let (redelivered, published) = (kept.deliveries > 0, kept.published);
        kept.deliveries = kept.deliveries.saturating_add(1);
        let until = rules.visibility_timeout.map_or(SimTime::NEVER, |timeout| now + timeout);
        let tag = self.hold(slot, Some(consumer), until);
        Some(Received { tag, redelivered, published })
    }

    /// The message is not ready until then.
    fn hold(&mut self, slot: u32, consumer: Option<u32>, until: SimTime) -> DeliveryTag {
        self.deliveries = self.deliveries.wrapping_add(1);
        let tag = DeliveryTag { slot, delivery: self.deliveries };
        let held = self.held.insert(Held { tag, consumer, until });
        self.kept[slot].held = Some(Slot::new(held));
        if until < SimTime::NEVER {
            self.timers.push(Reverse((until, tag.delivery, held)));
        }
        if let Some(consumer) = consumer {
            self.unacked += 1;
            if self.loads.len() <= consumer as usize {
                self.loads.resize(consumer as usize + 1, 0);
            }
            self.loads[consumer as usize] += 1;
        }
        tag
    }

    /// The record of a delivery that is not over.
    fn held_by(&self, tag: DeliveryTag) -> Option<u32> {
        let held = self.kept.get(tag.slot)?.held?.number();
        (self.held[held].tag == tag).then_some(held)
    }

    /// The delivery (or the hiding) is over, and the consumer has let go of the message.
    fn release(&mut self, tag: DeliveryTag) -> Option<()> {
        if let Some(consumer) = self.take_back(tag)? {
            self.loads[consumer as usize] -= 1;
        }
        Some(())
    }

    /// The delivery (or the hiding) is over, and the consumer does not know it.
    fn lapse(&mut self, tag: DeliveryTag) {
        let Some(Some(consumer)) = self.take_back(tag) else { return };
        let Kept { order, deliveries, .. } = self.kept[tag.slot];
        self.lapsed.add(Lapse { tag, consumer, order, deliveries });
    }

    /// The consumer lets go of the message of a delivery that lapsed.
    fn let_go(&mut self, tag: DeliveryTag) -> Option<Lapse> {
        let lapse = self.lapsed.let_go(tag)?;
        self.loads[lapse.consumer as usize] -= 1;
        Some(lapse)
    }

    /// Nobody has the message, as far as the queue is concerned. Gives who had it, if it was not hidden.
    fn take_back(&mut self, tag: DeliveryTag) -> Option<Option<u32>> {
        let held = self.held.remove(self.held_by(tag)?);
        self.kept[tag.slot].held = None;
        match held.consumer {
            Some(_) => self.unacked -= 1,
            None => {
                let at = place(&self.kept, &self.hidden, tag.slot);
                self.hidden.remove(at);
            }
        }
        Some(held.consumer)
    }

    /// The message is ready, at its original place.
    fn put_back(&mut self, slot: u32, again: bool, rules: &QueueRules) {
        let at = place(&self.kept, &self.ready, slot);
        self.ready.insert(at, slot);
        self.changes.push_back(Change::Ready { slot, again });
        self.trim(rules);
    }

    /// The message, already out of every line, is gone.
    fn discard(&mut self, slot: u32, reason: Discard) {
        let payload = self.kept.remove(slot).payload;
        self.changes.push_back(Change::Gone { payload, reason });
    }
}

/// Where a message stands in a line, or belongs.
fn place<P>(kept: &Slab<Kept<P>>, line: &VecDeque<u32>, slot: u32) -> usize {
    let order = kept[slot].order;
    // Nearly always at an end.
    match line.front() {
        Some(&first) if kept[first].order >= order => 0,
        _ => line.partition_point(|&other| kept[other].order < order),
    }
}
