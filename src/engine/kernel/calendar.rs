//! The event calendar: what is due, in the order (time, sequence).
//!
//! Two events at one instant run in the order in which they were scheduled; that order is part of the contract.

use crate::base::SimTime;

/// Children per heap node. Four keep the tree shallow and its siblings within two cache lines.
const ARITY: usize = 4;

/// How many of the soonest events are kept sorted in front of the heap. Where few events are pending, these are all, and a
/// short sorted line costs half as much as a heap.
const NEAR: usize = 16;

/// When this many immediate events have been taken, and at least half of them all, the rest moves to the front.
const TAKEN: usize = 1024;

#[derive(Clone, Copy, Debug)]
struct Entry<E> {
    /// Time in the upper half, sequence in the lower: one comparison orders both.
    key: u128,
    event: E,
}

#[inline(always)]
fn key(at: SimTime, sequence: u64) -> u128 {
    u128::from(at.0) << 64 | u128::from(sequence)
}

/// When an event of this key is due.
#[inline(always)]
fn due(key: u128) -> SimTime {
    SimTime((key >> 64) as u64)
}

/// A priority queue of events.
///
/// A sorted line holds the soonest events and a four-ary heap those after them. Beside both, a plain line holds what is
/// scheduled for the present instant (replies over links without latency, hand-overs within a node): it needs no
/// sorting, since its sequence numbers only grow.
#[derive(Clone, Debug)]
pub struct Calendar<E> {
    /// The soonest events, the first one last. All of them are due before those in the heap; empty only if the heap is.
    near: Vec<Entry<E>>,
    /// The heap's `pending` entries, then fillers of the greatest key, so that every group of siblings is complete.
    heap: Vec<Entry<E>>,
    pending: usize,
    /// Scheduled at the present instant, and so after everything that was scheduled for it earlier. Those before index
    /// `next` have been taken.
    immediate: Vec<E>,
    next: usize,
    now: SimTime,
    sequence: u64,
}

impl<E: Copy> Default for Calendar<E> {
    fn default() -> Self {
        Calendar {
            near: Vec::new(),
            heap: Vec::new(),
            pending: 0,
            immediate: Vec::new(),
            next: 0,
            now: SimTime::ZERO,
            sequence: 0,
        }
    }
}

impl<E: Copy> Calendar<E> {
    /// How many events are scheduled, stale ones included.
    pub fn len(&self) -> usize {
        self.near.len() + self.pending + self.immediate.len() - self.next
    }

    /// How many bytes a clone takes.
    pub fn memory_bytes(&self) -> usize {
        size_of_val(&self.near[..]) + size_of_val(&self.heap[..]) + size_of_val(&self.immediate[..])
    }

    /// Whether nothing is scheduled.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// When the next event is due.
    pub fn next_at(&self) -> Option<SimTime> {
        if self.next < self.immediate.len() {
            Some(self.now)
        } else {
            self.first().map(|first| due(first.key))
        }
    }

    /// Schedules an event. An instant in the past counts as now; `SimTime::NEVER` never comes.
    #[inline(always)]
    pub fn schedule(&mut self, at: SimTime, event: E) {
        if at <= self.now {
            self.immediate.push(event);
        } else {
            self.schedule_later(at, event);
        }
    }

    #[inline(never)]
    fn schedule_later(&mut self, at: SimTime, event: E) {
        if at == SimTime::NEVER {
            return;
        }
        let entry = Entry { key: key(at, self.sequence), event };
        self.sequence += 1;
        // The common case in line: it is one of the soonest, and there is room among them.
        match self.near.as_slice().first() {
            Some(latest) if self.near.len() < NEAR && (self.pending == 0 || at < due(latest.key)) => {
                self.insert(entry);
            }
            _ => self.schedule_otherwise(at, entry),
        }
    }

    #[inline(never)]
    fn schedule_otherwise(&mut self, at: SimTime, entry: Entry<E>) {
        match self.near.as_slice().first() {
            None => self.near.push(entry),
            Some(latest) if at < due(latest.key) => {
                let latest = self.near.remove(0);
                self.push(latest);
                self.insert(entry);
            }
            Some(_) => self.push(entry),
        }
    }

    /// Puts the newest entry among the soonest, where there is room. Of two at one instant the newest comes after the
    /// other, so instants alone are compared.
    #[inline(always)]
    fn insert(&mut self, entry: Entry<E>) {
        let at = due(entry.key);
        self.near.push(entry);
        let Some((mut hole, mut rest)) = self.near.split_last_mut() else { return };
        while let Some((sooner, others)) = rest.split_last_mut()
            && due(sooner.key) <= at
        {
            *hole = *sooner;
            (hole, rest) = (sooner, others);
        }
        *hole = entry;
    }

    /// Puts an entry into the heap.
    #[inline(always)]
    fn push(&mut self, entry: Entry<E>) {
        if self.pending == self.heap.len() {
            self.make_room(entry.event);
        }
        self.sift_up(self.pending, entry);
        self.pending += 1;
    }

    #[cold]
    #[inline(never)]
    fn make_room(&mut self, event: E) {
        // A first one, and whole groups of siblings.
        let room = (2 * self.heap.len()).next_multiple_of(ARITY).max(4 * ARITY) + 1;
        self.heap.resize(room, Entry { key: u128::MAX, event });
    }

    /// Takes the next event if it is due by `until`, inclusive.
    #[inline(always)]
    pub fn pop_until(&mut self, until: SimTime) -> Option<(SimTime, E)> {
        if let Some(&event) = self.immediate.as_slice().get(self.next)
            && self.first().is_none_or(|first| self.now < due(first.key))
        {
            if self.now > until {
                return None;
            }
            self.next += 1;
            if self.next == self.immediate.len() {
                self.immediate.clear();
                self.next = 0;
            } else if self.next >= TAKEN && 2 * self.next >= self.immediate.len() {
                self.forget_taken();
            }
            return Some((self.now, event));
        }
        let &Entry { key, event } = self.first()?;
        if due(key) > until {
            return None;
        }
        self.now = due(key);
        self.near.pop();
        if self.near.is_empty() && self.pending > 0 {
            self.come_near();
        }
        Some((self.now, event))
    }

    #[cold]
    #[inline(never)]
    fn forget_taken(&mut self) {
        self.immediate.drain(..self.next);
        self.next = 0;
    }

    #[inline(always)]
    fn first(&self) -> Option<&Entry<E>> {
        self.near.as_slice().last()
    }

    /// The heap's first entries become the soonest, half as many as there may be; the heap is not empty.
    #[inline(never)]
    fn come_near(&mut self) {
        for _ in 0..self.pending.min(NEAR / 2) {
            let first = self.heap[0];
            self.near.push(first);
            self.remove_first();
        }
        self.near.reverse();
    }

    /// The heap's first entry is taken; the heap is not empty.
    #[inline(always)]
    fn remove_first(&mut self) {
        self.pending -= 1;
        let last = &mut self.heap.as_mut_slice()[self.pending];
        let moved = *last;
        last.key = u128::MAX;
        if self.pending > 0 {
            // What stood last nearly always belongs near the bottom: the hole sinks all the way without looking at
            // it, then it rises to its place.
            let hole = self.sink_hole();
            self.sift_up(hole, moved);
        }
    }

    /// Moves the hole at the top down along the least children; gives the leaf where it ends.
    #[inline(always)]
    fn sink_hole(&mut self) -> usize {
        let heap = self.heap.as_mut_slice();
        let mut hole = 0;
        loop {
            let first = hole * ARITY + 1;
            if first >= self.pending {
                return hole;
            }
            let Some([a, b, c, d]) = heap.get(first..first + ARITY) else { return hole };
            // A fixed size lets the compiler choose without branches.
            let (left, low) = if b.key < a.key { (1, b.key) } else { (0, a.key) };
            let (right, high) = if d.key < c.key { (3, d.key) } else { (2, c.key) };
            let least = first + if high < low { right } else { left };
            heap[hole] = heap[least];
            hole = least;
        }
    }

    #[inline(always)]
    fn sift_up(&mut self, mut at: usize, entry: Entry<E>) {
        let heap = self.heap.as_mut_slice();
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
