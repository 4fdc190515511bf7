//! The event calendar: what is due, in the order (time, sequence).
//!
//! Two events at one instant run in the order in which they were scheduled; that order is part of the contract.

use std::collections::VecDeque;

use crate::base::SimTime;

/// Children per heap node. Four keep the tree shallow and its siblings within two cache lines.
const ARITY: usize = 4;

#[derive(Clone, Copy, Debug)]
struct Entry<E> {
    /// Time in the upper half, sequence in the lower: one comparison orders both.
    key: u128,
    event: E,
}

impl<E> Entry<E> {
    #[inline]
    fn at(&self) -> SimTime {
        SimTime((self.key >> 64) as u64)
    }
}

/// A priority queue of events.
///
/// A four-ary heap, and beside it a plain line for what is scheduled at the present instant (replies over links
/// without latency, hand-overs within a node), which needs no sorting: its sequence numbers only grow.
#[derive(Clone, Debug)]
pub struct Calendar<E> {
    heap: Vec<Entry<E>>,
    immediate: VecDeque<Entry<E>>,
    now: SimTime,
    sequence: u64,
}

impl<E: Copy> Default for Calendar<E> {
    fn default() -> Self {
        Calendar { heap: Vec::new(), immediate: VecDeque::new(), now: SimTime::ZERO, sequence: 0 }
    }
}

impl<E: Copy> Calendar<E> {
    /// How many events are scheduled, stale ones included.
    pub fn len(&self) -> usize {
        self.heap.len() + self.immediate.len()
    }

    /// Whether nothing is scheduled.
    pub fn is_empty(&self) -> bool {
        self.heap.is_empty() && self.immediate.is_empty()
    }

    /// When the next event is due.
    pub fn next_at(&self) -> Option<SimTime> {
        match self.immediate.front() {
            Some(entry) => Some(entry.at()),
            None => self.heap.first().map(Entry::at),
        }
    }

    /// Schedules an event; an instant in the past counts as now, one at the end of time never comes.
    #[inline]
    #[cfg_attr(site, optimize(speed))]
    pub fn schedule(&mut self, at: SimTime, event: E) {
        if at == SimTime::NEVER {
            return;
        }
        let sequence = u128::from(self.sequence);
        self.sequence += 1;
        if at <= self.now {
            self.immediate.push_back(Entry { key: u128::from(self.now.0) << 64 | sequence, event });
        } else {
            self.push(Entry { key: u128::from(at.0) << 64 | sequence, event });
        }
    }

    /// Takes the next event if it is due by `until`, inclusive.
    #[inline]
    #[cfg_attr(site, optimize(speed))]
    pub fn pop_until(&mut self, until: SimTime) -> Option<(SimTime, E)> {
        let entry = match (self.immediate.front(), self.heap.first()) {
            (Some(near), Some(far)) if far.key < near.key && far.at() <= until => self.pop(),
            (Some(near), _) if near.at() <= until => self.immediate.pop_front()?,
            (None, Some(far)) if far.at() <= until => self.pop(),
            _ => return None,
        };
        self.now = entry.at();
        Some((self.now, entry.event))
    }

    #[inline]
    #[cfg_attr(site, optimize(speed))]
    fn push(&mut self, entry: Entry<E>) {
        let last = self.heap.len();
        self.heap.push(entry);
        if last > 0 && self.heap[(last - 1) / ARITY].key > entry.key {
            self.sift_up(last, entry);
        }
    }

    /// The heap's first entry; the heap is not empty.
    #[inline]
    #[cfg_attr(site, optimize(speed))]
    fn pop(&mut self) -> Entry<E> {
        let top = self.heap[0];
        let last = self.heap.len() - 1;
        let moved = self.heap[last];
        self.heap.truncate(last);
        if last > 0 {
            // What stood last nearly always belongs near the bottom: the hole sinks all the way without looking at
            // it, then it rises to its place.
            let hole = self.sink_hole();
            self.sift_up(hole, moved);
        }
        top
    }

    /// Moves the hole at the top down along the least children; gives the leaf where it ends.
    #[inline]
    #[cfg_attr(site, optimize(speed))]
    fn sink_hole(&mut self) -> usize {
        let heap = &mut self.heap[..];
        let mut hole = 0;
        loop {
            let first = hole * ARITY + 1;
            let least = match heap.get(first..first + ARITY) {
                // A fixed size lets the compiler choose without branches.
                Some([a, b, c, d]) => {
                    let (left, low) = if b.key < a.key { (1, b.key) } else { (0, a.key) };
                    let (right, high) = if d.key < c.key { (3, d.key) } else { (2, c.key) };
                    first + if high < low { right } else { left }
                }
                _ if first < heap.len() => {
                    let least = (first..heap.len()).min_by_key(|&child| heap[child].key);
                    least.unwrap_or(first)
                }
                _ => return hole,
            };
            heap[hole] = heap[least];
            hole = least;
        }
    }

    #[inline]
    #[cfg_attr(site, optimize(speed))]
    fn sift_up(&mut self, mut at: usize, entry: Entry<E>) {
        let heap = &mut self.heap[..];
        while at > 0 {
            let parent = (at - 1) / ARITY;
            if heap[parent].key < entry.key {
                break;
            }
            heap[at] = heap[parent];
            at = parent;
        }
        heap[at] = entry;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::{SimDuration, Stream};

    #[test]
    fn events_at_one_instant_run_in_the_order_in_which_they_were_scheduled() {
        let mut calendar = Calendar::default();
        for event in 0..100_u32 {
            calendar.schedule(SimTime(5), event);
        }
        let order: Vec<u32> = std::iter::from_fn(|| calendar.pop_until(SimTime(5)).map(|(_, e)| e)).collect();
        assert_eq!(order, (0..100).collect::<Vec<_>>());
    }

    #[test]
    fn it_sorts_like_a_sorted_list() {
        let mut stream = Stream::new(1, "calendar", "test");
        let mut calendar = Calendar::default();
        let mut expected: Vec<(u64, u32)> = Vec::new();
        let (mut event, mut now) = (0_u32, SimTime::ZERO);
        for _ in 0..20_000 {
            if stream.chance(0.55) {
                // Many ties, and many at the present instant.
                let at = now + SimDuration(stream.below(4) * stream.below(30));
                calendar.schedule(at, event);
                expected.push((at.0, event));
                event += 1;
            } else {
                let until = SimTime::NEVER;
                let next = expected.iter().enumerate().min_by_key(|(_, key)| **key).map(|(at, _)| at);
                let want = next.map(|at| expected.remove(at));
                let got = calendar.pop_until(until).map(|(at, event)| (at.0, event));
                assert_eq!(got, want);
                now = got.map_or(now, |(at, _)| SimTime(at));
            }
        }
        assert_eq!(calendar.len(), expected.len());
    }

    #[test]
    fn nothing_later_than_asked_is_given() {
        let mut calendar = Calendar::default();
        calendar.schedule(SimTime(10), 'a');
        calendar.schedule(SimTime::NEVER, 'b');
        assert_eq!(calendar.pop_until(SimTime(9)), None);
        assert_eq!(calendar.next_at(), Some(SimTime(10)));
        assert_eq!(calendar.pop_until(SimTime(10)), Some((SimTime(10), 'a')));
        assert!(calendar.is_empty());
    }
}
