//! Records of a log in a member's hands: one of each partition at a time, in order.
//!
//! A replica that is a member of a group works on different partitions side by side, as far as it has workers, but
//! takes up a partition's next record only when it is done with the one before: so order holds within a partition,
//! and within a key. What has been handed over and is not taken up waits here and not in the waiting room; the
//! prefetch bounds it. The network may bring records in another order than they were sent in: their numbers put
//! them right.

use crate::engine::kernel::message::RecordDelivery;
use crate::engine::kernel::request_context::RequestContext;

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
    /// The record that failed last, by its offset, and how often in a row. Reading goes on at it, so one is enough.
    failures: (u32, u32),
    /// What waits, by number.
    waiting: Vec<(RecordDelivery, RequestContext)>,
}

/// All partitions in the hands of a service's replicas.
#[derive(Clone, Debug, Default)]
pub(super) struct PartitionBuffers {
    /// By key.
    buffers: Vec<PartitionBuffer>,
    /// Those that may have a record to take up.
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
    pub fn take_in(&mut self, key: Key, delivery: RecordDelivery, context: RequestContext) {
        let at = self.find(key).unwrap_or_else(|at| {
            let lease = delivery.lease;
            let (failures, waiting) = ((0, 0), Vec::new());
            let buffer =
                PartitionBuffer { key, lease, next: 0, busy: false, failed: false, failures, waiting };
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

    /// The record that was being processed failed: how often it has by now, as far as this member knows.
    pub fn failed(&mut self, key: Key, delivery: RecordDelivery) -> u32 {
        let Ok(at) = self.find(key) else { return 0 };
        let (offset, count) = &mut self.buffers[at].failures;
        *count = if *offset == delivery.offset { *count + 1 } else { 1 };
        *offset = delivery.offset;
        *count
    }

    /// The record that was being processed is done with.
    pub fn ended(&mut self, key: Key, delivery: RecordDelivery, processed: bool) {
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
    pub fn next(&mut self) -> Option<(Key, RecordDelivery, RequestContext)> {
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::SimTime;

    const KEY: Key = (0, 0, 3);

    fn arrive(buffers: &mut PartitionBuffers, lease: u16, serial: u32) {
        let delivery = RecordDelivery { partition: KEY.2, lease, serial, offset: serial };
        buffers.take_in(KEY, delivery, RequestContext::new(0, None, SimTime::ZERO));
    }

    /// The lease and the number of the next record to take up.
    fn next(buffers: &mut PartitionBuffers) -> Option<(u16, u32)> {
        buffers.next().map(|(_, delivery, _)| (delivery.lease, delivery.serial))
    }

    fn end(buffers: &mut PartitionBuffers, lease: u16, serial: u32, processed: bool) {
        buffers.ended(KEY, RecordDelivery { partition: KEY.2, lease, serial, offset: serial }, processed);
    }

    #[test]
    fn one_record_of_a_partition_at_a_time_in_the_order_of_their_numbers() {
        let mut buffers = PartitionBuffers::default();
        arrive(&mut buffers, 0, 1);
        assert_eq!(next(&mut buffers), None, "the first is still on its way");
        arrive(&mut buffers, 0, 0);
        assert_eq!(next(&mut buffers), Some((0, 0)));
        assert_eq!(next(&mut buffers), None, "one at a time");
        end(&mut buffers, 0, 0, true);
        assert_eq!(next(&mut buffers), Some((0, 1)));
    }

    #[test]
    fn after_a_failure_only_another_lease_goes_on() {
        let mut buffers = PartitionBuffers::default();
        for serial in 0..3 {
            arrive(&mut buffers, 7, serial);
        }
        assert_eq!(next(&mut buffers), Some((7, 0)));
        end(&mut buffers, 7, 0, false);
        arrive(&mut buffers, 7, 3);
        assert_eq!((next(&mut buffers), buffers.len()), (None, 0));
        arrive(&mut buffers, 8, 0);
        arrive(&mut buffers, 7, 4);
        assert_eq!(
            (next(&mut buffers), buffers.len()),
            (Some((8, 0)), 0),
            "records of an older lease are too late"
        );
    }

    #[test]
    fn failures_of_one_record_are_counted_until_a_crash() {
        let mut buffers = PartitionBuffers::default();
        let fails = |buffers: &mut PartitionBuffers, lease, offset| {
            buffers.failed(KEY, RecordDelivery { partition: KEY.2, lease, serial: 0, offset })
        };
        arrive(&mut buffers, 0, 0);
        assert_eq!([0, 1, 2].map(|lease| fails(&mut buffers, lease, 9)), [1, 2, 3]);
        assert_eq!([3, 4].map(|lease| fails(&mut buffers, lease, 10)), [1, 2]);
        assert_eq!(fails(&mut buffers, 5, 9), 1);
        buffers.forget(0);
        arrive(&mut buffers, 6, 0);
        assert_eq!(fails(&mut buffers, 6, 9), 1);
    }

    #[test]
    fn a_crash_loses_what_waits() {
        let mut buffers = PartitionBuffers::default();
        arrive(&mut buffers, 0, 0);
        buffers.forget(1);
        assert_eq!(buffers.len(), 1);
        buffers.forget(0);
        assert_eq!((buffers.len(), next(&mut buffers)), (0, None));
    }
}
