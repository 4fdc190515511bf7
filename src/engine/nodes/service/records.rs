//! Records of a log at a service: taken up from the buffers of their partitions, and answered for when they are done.

use super::Service;
use crate::base::{SimDuration, SimTime};
use crate::engine::kernel::message::{ConsumerId, Envelope, Payload, RecordDelivery};
use crate::engine::kernel::request_context::RequestContext;
use crate::engine::runtime::context::Context;
use crate::engine::runtime::task::{Origin, Task};
use crate::observation::{LogFact, MessageKind, Observation, Observer, Scope, SpanEnd};
use crate::scenario::{ConsumerPlan, Source};

impl Service {
    /// A record arrived for a member. A crashed one does not hear of it.
    pub(super) fn record(
        &mut self,
        subscription: u32,
        replica: u32,
        delivery: RecordDelivery,
        context: RequestContext,
    ) {
        if !self.replicas[replica as usize].crashed {
            self.buffers.take_in((subscription, replica, delivery.partition), delivery, context);
        }
    }

    /// Takes up the next record that can be. False if there is none.
    pub(super) fn next_record<O: Observer>(&mut self, cx: &mut Context<O>) -> bool {
        let Some(((subscription, replica, _), delivery, context)) = self.buffers.next() else { return false };
        let op = self.plan(cx).consumes[subscription as usize].op;
        self.arrive(Origin::Record(subscription, delivery), op, replica, &context, cx);
        true
    }

    /// A worker begins to process a record.
    pub(super) fn record_taken<O: Observer>(
        &self,
        subscription: u32,
        delivery: RecordDelivery,
        cx: &mut Context<O>,
    ) {
        if let Source::Log(log, group) = self.plan(cx).consumes[subscription as usize].from {
            let (partition, offset) = (delivery.partition.into(), delivery.offset.into());
            let what = LogFact::Taken { group, partition, offset, lease: delivery.lease };
            cx.observe(Observation::Log { log, what });
        }
    }

    /// The member is done with a record; tells the log, after a failure not before the delay. What was committed
    /// before it was processed counts as processed, whatever came of it.
    pub(super) fn record_ended<O: Observer>(&mut self, task: &Task, well: bool, cx: &mut Context<O>) {
        let Origin::Record(subscription, delivery) = task.origin else { return };
        let consumer = &self.plan(cx).consumes[subscription as usize];
        let key = (subscription, task.replica, delivery.partition);
        let mut processed = well || consumer.ack_before;
        if !processed
            && let Some(tries) = consumer.tries
            && self.buffers.failed(key, delivery) >= tries
        {
            processed = true;
            self.give_up(task, consumer, delivery, cx);
        }
        let delay = if processed { SimDuration::ZERO } else { consumer.nack_delay };
        let kind = MessageKind::Ack { positive: processed };
        let consumer_id = ConsumerId {
            service: self.index.0 as u8,
            subscription: subscription as u8,
            replica: task.replica as u16,
        };
        let payload = Payload::RecordAck { consumer: consumer_id, delivery, processed };
        cx.send(Envelope { delay, ..Envelope::new(consumer.back, kind, payload, &task.context) });
        self.buffers.ended(key, delivery, processed);
    }

    /// A record has failed too often: its member writes it to where such go, and is done with it.
    fn give_up<O: Observer>(
        &self,
        task: &Task,
        consumer: &ConsumerPlan,
        delivery: RecordDelivery,
        cx: &mut Context<O>,
    ) {
        if let Source::Log(log, group) = consumer.from {
            let (partition, offset) = (delivery.partition.into(), delivery.offset.into());
            let dead_lettered = consumer.dead_letter.is_some();
            let what = LogFact::GivenUp { group, partition, offset, dead_lettered };
            cx.observe(Observation::Log { log, what });
        }
        let Some(publish) = consumer.dead_letter else { return };
        let link = cx.plan.publishes[publish.at()].out;
        // It is the same message: a store that has seen it knows it again.
        let mut context = RequestContext { deadline: SimTime::NEVER, ..task.context };
        let (from, to) = (self.runtime.node(), cx.plan.links[link.at()].to);
        cx.begin_span(Scope::Publish { from, to }, &mut context);
        cx.end_span(context.span, SpanEnd::Ok, false);
        cx.send(Envelope::new(link, MessageKind::Publish, Payload::GivenUp { publish }, &context));
    }
}
