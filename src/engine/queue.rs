//! A queue: point to point, each message to one consumer, kept until it is acknowledged.
//!
//! Semantics of RabbitMQ's classic queues: ready messages go round-robin to consumers with room in their prefetch
//! window; a message given back returns to its original place; a consumer that dies gives back all it had.

use std::collections::VecDeque;

use super::ask::Asker;
use super::baggage::Baggage;
use super::context::{ConsumerId, Context};
use super::network::{Message, Payload, Post, Tag};
use super::slab::Slab;
use crate::base::{QueueIx, ServiceIx, SimTime};
use crate::observation::{Fate, MessageKind, Observation, Observer, QueueState};
use crate::scenario::{ConsumerPlan, Plan};

/// A message that the queue keeps.
#[derive(Clone, Debug)]
struct Kept {
    /// Its place: messages are ordered by it whatever happens to them.
    order: u64,
    published: SimTime,
    baggage: Baggage,
    /// Number of its last delivery.
    delivery: u32,
    redelivered: bool,
    /// The consumer that has it, by place in `consumers`.
    holder: Option<u32>,
}

/// Somebody who takes messages.
#[derive(Clone, Debug)]
struct Consumer {
    id: ConsumerId,
    open: bool,
    unacked: u32,
}

/// A queue at work.
#[derive(Clone, Debug)]
pub struct Queue {
    index: QueueIx,
    kept: Slab<Kept>,
    /// Slots of ready messages, in their order.
    ready: VecDeque<u32>,
    consumers: Vec<Consumer>,
    /// Whose turn it is.
    next: usize,
    published: u64,
    deliveries: u32,
    unacked: u32,
    paused: bool,
}

impl Queue {
    /// Empty, all consumers connected.
    pub fn new(index: QueueIx, plan: &Plan) -> Queue {
        let mut queue = Queue {
            index,
            kept: Slab::default(),
            ready: VecDeque::new(),
            consumers: Vec::new(),
            next: 0,
            published: 0,
            deliveries: 0,
            unacked: 0,
            paused: false,
        };
        for &(service, subscription) in &plan.queues[index.at()].consumers {
            for replica in 0..plan.services[service.at()].replicas {
                let id = ConsumerId {
                    service: service.0 as u8,
                    subscription: subscription as u8,
                    replica: replica as u16,
                };
                queue.consumers.push(Consumer { id, open: true, unacked: 0 });
            }
        }
        queue
    }

    /// Messages that it keeps, ready or not.
    pub fn live(&self) -> usize {
        self.kept.len()
    }

    /// What can be seen of it.
    pub fn state(&self) -> QueueState {
        QueueState {
            ready: self.ready.len() as u32,
            unacked: self.unacked,
            oldest: self.ready.front().map(|&slot| self.kept[slot].published),
            paused: self.paused,
        }
    }

    /// It stops or goes on; what reaches it in between waits outside.
    pub fn set_paused(&mut self, paused: bool) {
        self.paused = paused;
    }

    /// A message arrived.
    pub fn deliver<O: Observer>(&mut self, message: Message, cx: &mut Context<O>) {
        match message.payload {
            Payload::Publish { publish, confirm } => {
                let kept = Kept {
                    order: self.published,
                    published: cx.now,
                    baggage: message.baggage,
                    delivery: 0,
                    redelivered: false,
                    holder: None,
                };
                self.published += 1;
                let slot = self.kept.insert(kept);
                self.ready.push_back(slot);
                cx.observe(Observation::Published { queue: self.index });
                if let Some(publisher) = confirm {
                    let accepted = true;
                    let link = cx.plan.publishes[publish.at()].back;
                    let payload = Payload::Confirm { publisher, accepted };
                    let kind = MessageKind::Confirm { accepted };
                    cx.send(Post::new(link, kind, payload, message.baggage));
                }
            }
            Payload::Ack { tag, positive, .. } => self.ack(tag, positive, cx),
            other => debug_assert!(false, "a queue does not understand {other:?}"),
        }
        self.settle(cx);
    }

    /// A consumer's connection opened or died.
    pub fn connection<O: Observer>(&mut self, id: ConsumerId, open: bool, cx: &mut Context<O>) {
        let at = match self.consumers.iter().position(|consumer| consumer.id == id) {
            Some(at) => at,
            None => {
                self.consumers.push(Consumer { id, open, unacked: 0 });
                self.consumers.len() - 1
            }
        };
        self.consumers[at].open = open;
        if !open {
            let held = |(slot, kept): (u32, &Kept)| (kept.holder == Some(at as u32)).then_some(slot);
            let held: Vec<u32> = self.kept.iter().filter_map(held).collect();
            for slot in held {
                self.requeue(slot, cx);
            }
        }
        self.settle(cx);
    }

    /// The plan has other numbers now.
    pub fn retune<O: Observer>(&mut self, cx: &mut Context<O>) {
        if !self.paused {
            self.settle(cx);
        }
    }

    /// A consumer's word on a delivery. One that came too late, after the message was taken back, does nothing.
    fn ack<O: Observer>(&mut self, tag: Tag, positive: bool, cx: &mut Context<O>) {
        let current = |kept: &Kept| kept.holder.is_some() && kept.delivery == tag.delivery;
        if !self.kept.get(tag.slot).is_some_and(current) {
            return;
        }
        if !positive {
            return self.requeue(tag.slot, cx);
        }
        self.release(tag.slot);
        self.kept.remove(tag.slot);
        cx.observe(Observation::Acked { queue: self.index });
        cx.observe(Observation::Settled { fate: Fate::Consumed });
    }

    /// The message's consumer no longer has it.
    fn release(&mut self, slot: u32) {
        if let Some(holder) = self.kept[slot].holder.take() {
            self.consumers[holder as usize].unacked -= 1;
            self.unacked -= 1;
        }
    }

    /// The message returns to its original place.
    fn requeue<O: Observer>(&mut self, slot: u32, cx: &mut Context<O>) {
        self.release(slot);
        self.kept[slot].redelivered = true;
        let order = self.kept[slot].order;
        let at = self.ready.partition_point(|&other| self.kept[other].order < order);
        self.ready.insert(at, slot);
        cx.observe(Observation::Requeued { queue: self.index });
    }

    /// Gives ready messages to consumers with room, then says how many are left.
    fn settle<O: Observer>(&mut self, cx: &mut Context<O>) {
        while !self.ready.is_empty() {
            let Some(at) = self.next_with_room(cx) else { break };
            let Some(slot) = self.ready.pop_front() else { break };
            self.hand_over(slot, at, cx);
        }
        cx.observe(Observation::Depth {
            queue: self.index,
            ready: self.ready.len() as u32,
            unacked: self.unacked,
        });
    }

    /// The next consumer in turn that is connected and has room in its prefetch window.
    fn next_with_room<O>(&self, cx: &Context<O>) -> Option<usize> {
        let count = self.consumers.len();
        (self.next..self.next + count).map(|at| at % count).find(|&at| {
            let consumer = &self.consumers[at];
            let service = ServiceIx(consumer.id.service.into());
            let active = u32::from(consumer.id.replica) < cx.directory.active(service);
            consumer.open && active && consumer.unacked < subscription(cx.plan, consumer.id).prefetch
        })
    }

    fn hand_over<O: Observer>(&mut self, slot: u32, at: usize, cx: &mut Context<O>) {
        self.next = at + 1;
        self.deliveries = self.deliveries.wrapping_add(1);
        self.unacked += 1;
        let consumer = &mut self.consumers[at];
        consumer.unacked += 1;
        let kept = &mut self.kept[slot];
        kept.holder = Some(at as u32);
        kept.delivery = self.deliveries;
        let redelivered = kept.redelivered;
        cx.observe(Observation::Delivered { queue: self.index, redelivered, published: kept.published });
        let payload = Payload::Delivery {
            subscription: u32::from(consumer.id.subscription),
            replica: u32::from(consumer.id.replica),
            tag: Tag { slot, delivery: kept.delivery },
            asker: Asker::NOBODY,
        };
        let link = subscription(cx.plan, consumer.id).out;
        cx.send(Post::new(link, MessageKind::Delivery { redelivered }, payload, kept.baggage));
    }
}

fn subscription(plan: &Plan, id: ConsumerId) -> &ConsumerPlan {
    &plan.services[usize::from(id.service)].consumes[id.subscription as usize]
}
