//! A queue: point to point, each message to one consumer, kept until it is acknowledged.
//!
//! Where messages are and what becomes of them is the business of its [`Machine`]; here it meets its consumers:
//! ready messages go round-robin to those with room in their prefetch window, a consumer that dies gives back all it
//! had, replies go to who asked, and dead letters to the queue that takes them.

mod edit;
pub mod event;
mod lapsed;
mod machine;
mod outcome;
mod stored_message;
#[cfg(test)]
mod tests;

pub use crate::engine::kernel::message::DeliveryTag;
use event::QueueEvent;
pub use machine::Machine;
pub use outcome::{Acked, Change, Received};
use stored_message::{Extra, Extras, StoredMessage};

use crate::base::{LinkIx, QueueIx, ServiceIx, SimDuration, SimTime, Stream};
use crate::engine::kernel::event::{Address, NodeEvent};
use crate::engine::kernel::message::{Asker, ConsumerId, Envelope, Message, Payload};
use crate::engine::kernel::request_context::RequestContext;
use crate::engine::kernel::slab::Slot;
use crate::engine::nodes::broker::{ConsumerEvent, Publisher, subscription};
use crate::engine::runtime::context::Context;
use crate::observation::{Discard, Fate, MessageKind, Observation, Observer, QueueState, QueuedMessage};
use crate::scenario::{Plan, QueuePlan};

/// All who asked, as one consumer: they take only what is for them, and it is not counted against any prefetch.
const ASKERS: u32 = 0;

/// A consumer's number at the machine is its place in the list and this.
const FIRST: usize = 1;

/// Somebody who takes messages.
#[derive(Clone, Debug)]
struct Consumer {
    id: ConsumerId,
    open: bool,
}

/// A queue at work.
#[derive(Clone, Debug)]
pub struct Queue {
    index: QueueIx,
    address: Address<QueueEvent>,
    machine: Machine<StoredMessage>,
    extras: Extras,
    consumers: Vec<Consumer>,
    /// Whose turn it is.
    next: usize,
    /// Draws of the latency of delivery.
    latency: Stream,
    /// When it will look whether something is due.
    wakes: SimTime,
    paused: bool,
}

impl Queue {
    /// Empty, all consumers connected.
    pub fn new(index: QueueIx, plan: &Plan) -> Queue {
        let own = &plan.queues[index.at()];
        let mut consumers = Vec::new();
        for &(service, subscription) in &own.consumers {
            for replica in 0..plan.services[service.at()].replicas {
                let id = ConsumerId {
                    service: service.0 as u8,
                    subscription: subscription as u8,
                    replica: replica as u16,
                };
                consumers.push(Consumer { id, open: true });
            }
        }
        Queue {
            index,
            address: Address::of(index, plan),
            machine: Machine::default(),
            extras: Extras::default(),
            consumers,
            next: 0,
            latency: Stream::new(plan.seed, plan.id(own.node), "delivery latency"),
            wakes: SimTime::NEVER,
            paused: false,
        }
    }

    /// Messages that it keeps, ready or not.
    pub fn kept(&self) -> usize {
        self.machine.len()
    }

    /// Messages that it keeps and timers that are set, for the bound on live objects.
    pub fn live_objects(&self) -> usize {
        self.machine.len() + self.machine.timers() + self.machine.lapsed() + self.extras.len()
    }

    /// About how many bytes a clone takes.
    pub fn memory_bytes(&self) -> usize {
        self.machine.memory_bytes() + self.extras.memory_bytes() + size_of_val(&self.consumers[..])
    }

    /// What can be seen of it.
    pub fn state(&self) -> QueueState {
        QueueState {
            ready: self.machine.ready(),
            unacked: self.machine.unacked(),
            oldest: self.machine.oldest(),
            paused: self.paused,
        }
    }

    /// The ready messages, the next to be delivered first.
    pub fn line(&self) -> impl Iterator<Item = QueuedMessage> {
        self.machine.line().map(|(stored, deliveries)| {
            let RequestContext { request, poison, .. } = self.extras.read(stored).0;
            QueuedMessage { request, redelivered: deliveries > 0, poison }
        })
    }

    /// It stops or goes on; what reaches it in between waits outside.
    pub fn set_paused(&mut self, paused: bool) {
        self.paused = paused;
    }

    /// Handles an event.
    #[inline(never)]
    pub fn handle<O: Observer>(&mut self, event: QueueEvent, cx: &mut Context<O>) {
        match event {
            QueueEvent::Node(NodeEvent::Deliver(message)) => self.deliver(cx.land(message), cx),
            QueueEvent::Consumer(ConsumerEvent::Connection { consumer, open }) => {
                self.connection(consumer, open, cx);
            }
            QueueEvent::Due(_) => self.timer(cx),
            QueueEvent::Node(NodeEvent::Begin) => {}
        }
    }

    /// A message arrived.
    pub fn deliver<O: Observer>(&mut self, message: Message, cx: &mut Context<O>) {
        self.advance(cx);
        let extra = Extra::NOTHING;
        match message.payload {
            Payload::Publish { publish, confirm, publication } => {
                let back = cx.plan.publishes[publish.at()].back;
                let confirm = confirm.map(|publisher| (Publisher::Task(publisher), back));
                self.publish_copy(message, confirm, publication, cx);
            }
            Payload::Copy { route, confirm, publication } => {
                let back = cx.plan.routes[route.at()].back;
                let confirm = confirm.map(|gathered| (Publisher::Exchange(gathered), back));
                self.publish_copy(message, confirm, publication, cx);
            }
            Payload::Ask { asker } => {
                self.publish(message, Extra { asker: Some(asker), ..extra }, None, cx);
            }
            Payload::Answer { asker, answer, arrived } => {
                let work = cx.sender(message.link).map(|service| (service, arrived));
                let extra = Extra { asker: Some(asker), answer: Some(answer), work, ..extra };
                self.publish(message, extra, None, cx);
            }
            Payload::Dead { asker, deaths } => {
                self.publish(message, Extra { asker, deaths, ..extra }, None, cx);
            }
            Payload::GivenUp { .. } => {
                self.publish(message, extra, None, cx);
            }
            Payload::Ack { tag, positive: true, .. } => self.ack(tag, cx),
            Payload::Ack { tag, requeue, .. } => {
                let rules = &self.plan(cx).rules;
                // One that came too late, after the message was taken back, does nothing.
                self.machine.nack(tag, requeue, rules);
            }
            other => other.misdelivered(),
        }
        self.settle(cx);
    }

    /// A consumer's connection opened or died.
    pub fn connection<O: Observer>(&mut self, id: ConsumerId, open: bool, cx: &mut Context<O>) {
        self.advance(cx);
        let at = match self.consumers.iter().position(|consumer| consumer.id == id) {
            Some(at) => at,
            None => {
                self.consumers.push(Consumer { id, open });
                self.consumers.len() - 1
            }
        };
        self.consumers[at].open = open;
        if !open {
            let rules = &self.plan(cx).rules;
            self.machine.close((at + FIRST) as u32, rules);
        }
        self.settle(cx);
    }

    /// Something may be due.
    pub fn timer<O: Observer>(&mut self, cx: &mut Context<O>) {
        self.wakes = SimTime::NEVER;
        self.advance(cx);
        self.settle(cx);
    }

    /// The plan has other numbers now.
    pub fn retune<O: Observer>(&mut self, cx: &mut Context<O>) {
        if !self.paused {
            self.advance(cx);
            let rules = &self.plan(cx).rules;
            self.machine.trim(rules);
            self.settle(cx);
        }
    }

    fn plan<'p, O>(&self, cx: &Context<'p, O>) -> &'p QueuePlan {
        &cx.plan.queues[self.index.at()]
    }

    /// Does what is due by now, before anything else happens now.
    fn advance<O: Observer>(&mut self, cx: &mut Context<O>) {
        let rules = &self.plan(cx).rules;
        self.machine.advance(cx.now, rules);
    }

    /// The same for a message that may have been sent before: a queue does not know it again, and keeps it twice.
    fn publish_copy<O: Observer>(
        &mut self,
        message: Message,
        confirm: Option<(Publisher, LinkIx)>,
        publication: Option<Slot>,
        cx: &mut Context<O>,
    ) {
        let accepted = self.publish(message, Extra::NOTHING, confirm, cx);
        let Some(publication) = publication else { return };
        if accepted && cx.publications.hold(publication, self.address.node()) {
            cx.observe(Observation::StoredAgain { queue: self.index });
        }
        cx.publications.landed(publication);
    }

    /// Takes a message or refuses it, and says so to whoever waits for the confirm. Whether it takes it.
    fn publish<O: Observer>(
        &mut self,
        message: Message,
        extra: Extra,
        confirm: Option<(Publisher, LinkIx)>,
        cx: &mut Context<O>,
    ) -> bool {
        let plan = self.plan(cx);
        let hide = match plan.delivery_latency {
            Some(dist) => cx.plan.dists[dist.at()].sample(&mut self.latency),
            None => SimDuration::ZERO,
        };
        let stored = self.extras.pack(message.context, extra);
        let slot = self.machine.publish(cx.now, stored, hide, &plan.rules);
        let accepted = slot.is_some();
        if accepted {
            cx.observe(Observation::Published { queue: self.index });
        } else {
            self.in_vain(stored, cx);
            self.extras.forget(stored);
            cx.observe(Observation::PublishRefused { queue: self.index });
            cx.observe(Observation::Settled { fate: Fate::Refused });
        }
        if let Some((publisher, back)) = confirm {
            publisher.confirm(accepted, back, &message.context, cx);
        }
        if let (Some(slot), true) = (slot, extra.answer.is_some()) {
            self.hand_to_asker(slot, cx);
        }
        accepted
    }

    /// A consumer is done with a message. An ack that came too late frees its place in the prefetch window, and may count.
    fn ack<O: Observer>(&mut self, tag: DeliveryTag, cx: &mut Context<O>) {
        let rules = &self.plan(cx).rules;
        let acked = self.machine.ack(tag, rules);
        if let Acked::Late(done) = acked {
            cx.observe(Observation::LateAck { queue: self.index, counts: done.is_some() });
        }
        if let Acked::InTime(stored) | Acked::Late(Some(stored)) = acked {
            self.extras.forget(stored);
            cx.observe(Observation::Acked { queue: self.index });
            cx.observe(Observation::Settled { fate: Fate::Consumed });
        }
    }

    /// Tells what happened, gives ready messages to consumers with room, and says how many are left.
    fn settle<O: Observer>(&mut self, cx: &mut Context<O>) {
        let rules = &self.plan(cx).rules;
        self.machine.advance(cx.now, rules);
        self.changes(cx);
        while self.machine.ready() > 0 {
            let Some(at) = self.next_with_room(cx) else { break };
            let Some(received) = self.machine.receive(cx.now, (at + FIRST) as u32, rules) else { break };
            self.hand_over(received, at, cx);
        }
        self.changes(cx);
        cx.observe(Observation::Depth {
            queue: self.index,
            ready: self.machine.ready(),
            unacked: self.machine.unacked(),
        });
        if let Some(due) = self.machine.next_due(rules)
            && due < self.wakes
        {
            self.wakes = due;
            let token = cx.generations.next(self.address.narrow(), 0);
            cx.wake_after(due.since(cx.now), token);
        }
    }

    /// Tells what became of messages otherwise than by an ack or a nack.
    fn changes<O: Observer>(&mut self, cx: &mut Context<O>) {
        while let Some(change) = self.machine.next_change() {
            match change {
                Change::Ready { slot, again } => {
                    if again {
                        cx.observe(Observation::Requeued { queue: self.index });
                    }
                    // It may have gone away since.
                    if let Some(stored) = self.machine.payload(slot)
                        && self.extras.read(stored).1.answer.is_some()
                    {
                        self.hand_to_asker(slot, cx);
                    }
                }
                Change::Gone { payload, reason } => self.gone(payload, reason, cx),
            }
        }
    }

    /// A message left unacknowledged: to the queue for dead letters, where there is one.
    ///
    /// As RabbitMQ has it, a message that would come back to a queue in which it was is dropped, unless a consumer
    /// refused it somewhere in the circle.
    fn gone<O: Observer>(&mut self, stored: StoredMessage, reason: Discard, cx: &mut Context<O>) {
        let (context, extra) = self.extras.read(stored);
        self.in_vain(stored, cx);
        self.extras.forget(stored);
        let way = self.plan(cx).dead_letter;
        // Those on the way into a circle are not counted.
        let circles = way.is_some_and(|to| to.cycle > 0) && reason != Discard::Rejected;
        let deaths = if circles { extra.deaths.saturating_add(1) } else { 0 };
        let fate = match way {
            Some(to) if to.cycle == 0 || deaths < to.cycle => {
                self.dead_letter(to.link, context, Payload::Dead { asker: extra.reply_to(), deaths }, cx);
                Fate::DeadLettered
            }
            None if reason == Discard::Expired => Fate::Expired,
            _ => Fate::Dropped,
        };
        cx.observe(Observation::Discarded { queue: self.index, reason, fate });
        cx.observe(Observation::Settled { fate });
    }

    /// A message is gone. If it is a reply that nobody was given, nobody has a use for the work.
    fn in_vain<O: Observer>(&mut self, stored: StoredMessage, cx: &mut Context<O>) {
        if let Some((service, arrived)) = self.extras.take_work(stored) {
            cx.in_vain_by(service, arrived, self.extras.read(stored).0.span);
        }
    }

    fn dead_letter<O: Observer>(
        &self,
        link: LinkIx,
        context: RequestContext,
        payload: Payload,
        cx: &mut Context<O>,
    ) {
        cx.send(Envelope::new(link, MessageKind::Publish, payload, &context));
    }

    /// The next consumer in turn that is connected and has room in its prefetch window.
    fn next_with_room<O>(&self, cx: &Context<O>) -> Option<usize> {
        let count = self.consumers.len();
        (self.next..self.next + count).map(|at| at % count).find(|&at| {
            let consumer = &self.consumers[at];
            let service = ServiceIx(consumer.id.service.into());
            let active = u32::from(consumer.id.replica) < cx.directory.active(service);
            let load = self.machine.load((at + FIRST) as u32);
            consumer.open && active && load < subscription(cx.plan, consumer.id).prefetch
        })
    }

    fn hand_over<O: Observer>(&mut self, received: Received, at: usize, cx: &mut Context<O>) {
        self.next = at + 1;
        let ConsumerId { subscription: place, replica, .. } = self.consumers[at].id;
        let link = subscription(cx.plan, self.consumers[at].id).out;
        let (context, extra) = self.delivered(received, cx);
        let (subscription, replica, asker) = (place.into(), replica.into(), extra.reply_to());
        let payload = Payload::Delivery { subscription, replica, tag: received.tag, asker };
        let kind = MessageKind::Delivery { redelivered: received.redelivered };
        cx.send(Envelope::new(link, kind, payload, &context));
    }

    /// A reply goes to who asked, past all others.
    fn hand_to_asker<O: Observer>(&mut self, slot: u32, cx: &mut Context<O>) {
        let rules = &self.plan(cx).rules;
        let Some(received) = self.machine.receive_one(cx.now, slot, ASKERS, rules) else { return };
        let (context, Extra { asker, answer, .. }) = self.delivered(received, cx);
        let (Some(asker), Some(answer)) = (asker, answer) else { return };
        let stored = self.machine.payload(slot);
        let work = stored.and_then(|stored| self.extras.take_work(stored));
        let (service, arrived) =
            work.map_or((0, SimTime::NEVER), |(service, arrived)| (service.0 as u8, arrived));
        let payload = Payload::Answered { asker, answer, tag: received.tag, service, arrived };
        let kind = MessageKind::Delivery { redelivered: received.redelivered };
        cx.send(Envelope::new(cx.plan.asks[asker.ask.at()].reply, kind, payload, &context));
    }

    /// Tells of a delivery and gives what is delivered.
    fn delivered<O: Observer>(&self, received: Received, cx: &mut Context<O>) -> (RequestContext, Extra) {
        let Received { tag, redelivered, published } = received;
        cx.observe(Observation::Delivered { queue: self.index, redelivered, published });
        let stored = self.machine.payload(tag.slot).expect("what is delivered is kept");
        self.extras.read(stored)
    }
}

impl Extra {
    /// Who waits for a reply to it: a reply itself has none.
    fn reply_to(&self) -> Option<Asker> {
        self.asker.filter(|_| self.answer.is_none())
    }
}
