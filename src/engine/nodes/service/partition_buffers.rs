//! Records of a log in a member's hands: one of each partition at a time, in order.
//!
//! A replica that is a member of a group works on different partitions side by side, as far as it has workers, but
//! takes up a partition's next record only when it is done with the one before: so order holds within a partition,
//! and within a key. What has been handed over and is not taken up waits here and not in the waiting room; the
//! prefetch bounds it. The network may bring records in another order than they were sent in: their numbers put
//! them right.

use super::Service;
use crate::base::SimDuration;
use crate::engine::kernel::message::{ConsumerId, Envelope, Payload, RecordDelivery};
use crate::engine::kernel::request_context::RequestContext;
use crate::engine::runtime::context::Context;
use crate::engine::runtime::task::{Origin, Task};
use crate::observation::{LogFact, MessageKind, Observation, Observer};
use crate::scenario::Source;

/// Whose records: a subscription, a replica, a partition.
pub(super) type Key = (u32, u32, u16);

/// A partition in a member's hands.
#[derive(Clone, Debug)]
struct PartitionBuffer {
    key: Key,
    /// Under which lease it was given the newest records.
    lease: u16,
    /// Number of the next record to take up.
    next: u32,
    /// A record is being processed.
    busy: bool,
    /// A record of this lease failed: what follows it will come again under another lease.
    failed: bool,
    /// What waits, by number.
    waiting: Vec<(RecordDelivery, RequestContext)>,
}

/// All partitions in the hands of a service's replicas.
#[derive(Clone, Debug, Default)]
pub(super) struct PartitionBuffers {
    /// By key.
    buffers: Vec<PartitionBuffer>,
    /// PartitionBuffers that may have a record to take up.
    due: Vec<Key>,
}

impl PartitionBuffers {
    /// Records that wait.
    pub fn len(&self) -> usize {
        self.buffers.iter().map(|buffer| buffer.waiting.len()).sum()
    }

    /// About how many bytes a clone takes.
    pub fn memory_bytes(&self) -> usize {
        size_of_val(&self.buffers[..]) + self.len() * size_of::<(RecordDelivery, RequestContext)>()
    }

    /// Whether a record may be there to take up.
    #[inline]
    pub fn are_due(&self) -> bool {
        !self.due.is_empty()
    }

    /// The replica's memory is gone.
    pub fn forget(&mut self, replica: u32) {
        self.buffers.retain(|buffer| buffer.key.1 != replica);
    }

    fn find(&self, key: Key) -> Result<usize, usize> {
        self.buffers.binary_search_by_key(&key, |buffer| buffer.key)
    }

    /// A record arrived.
    fn take_in(&mut self, key: Key, delivery: RecordDelivery, context: RequestContext) {
        let at = self.find(key).unwrap_or_else(|at| {
            let lease = delivery.lease;
            let buffer =
                PartitionBuffer { key, lease, next: 0, busy: false, failed: false, waiting: Vec::new() };
            self.buffers.insert(at, buffer);
            at
        });
        let buffer = &mut self.buffers[at];
        let newer = delivery.lease.wrapping_sub(buffer.lease) as i16;
        if newer > 0 {
            buffer.waiting.clear();
            (buffer.lease, buffer.next, buffer.failed) = (delivery.lease, 0, false);
        }
        if newer < 0 || buffer.failed {
            return;
        }
        let at = buffer.waiting.partition_point(|(other, _)| other.serial < delivery.serial);
        buffer.waiting.insert(at, (delivery, context));
        self.due.push(key);
    }

    /// The record that was being processed is done with.
    fn ended(&mut self, key: Key, delivery: RecordDelivery, processed: bool) {
        let Ok(at) = self.find(key) else { return };
        let buffer = &mut self.buffers[at];
        buffer.busy = false;
        if !processed && buffer.lease == delivery.lease {
            buffer.waiting.clear();
            buffer.failed = true;
        }
        self.due.push(key);
    }

    /// The next record to be taken up, anywhere.
    fn next(&mut self) -> Option<(Key, RecordDelivery, RequestContext)> {
        while let Some(key) = self.due.pop() {
            let Ok(at) = self.find(key) else { continue };
            let buffer = &mut self.buffers[at];
            if !buffer.busy
                && buffer.waiting.first().is_some_and(|(delivery, _)| delivery.serial == buffer.next)
            {
                buffer.busy = true;
                buffer.next = buffer.next.wrapping_add(1);
                let (delivery, context) = buffer.waiting.remove(0);
                return Some((key, delivery, context));
            }
        }
        None
    }
}

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
        let processed = well || consumer.ack_before;
        let delay = if processed { SimDuration::ZERO } else { consumer.nack_delay };
        let kind = MessageKind::Ack { positive: processed };
        let consumer_id = ConsumerId {
            service: self.index.0 as u8,
            subscription: subscription as u8,
            replica: task.replica as u16,
        };
        let payload = Payload::RecordAck { consumer: consumer_id, delivery, processed };
        cx.send(Envelope { delay, ..Envelope::new(consumer.back, kind, payload, &task.context) });
        self.buffers.ended((subscription, task.replica, delivery.partition), delivery, processed);
    }
}
