//! What a partition's leader knows of an idempotent producer: which sequence numbers it took.
//!
//! Semantics of Kafka's `ProducerStateManager` and `ProducerAppendInfo.checkSequence`; a sequence number stands for a
//! batch there and for a record here.

/// Sequence numbers run from 0 to 2³¹ − 1 and begin anew.
const SEQUENCES: u32 = 1 << 31;

/// So many accepted sequence numbers are remembered (Kafka: `ProducerStateEntry.NUM_BATCHES_TO_RETAIN`).
const REMEMBERED: u32 = 5;

/// What the leader makes of a sequence number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// It is the next one, or the first of all: append.
    Accepted,
    /// One of the last five: appended before, confirm it again.
    Duplicate,
    /// Neither.
    OutOfOrder,
    /// From an epoch that is over.
    Fenced,
}

/// A producer at a partition.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Producer {
    epoch: u32,
    /// The sequence number accepted last.
    last: u32,
    /// How many were accepted in this epoch, as far as they are remembered; 0: the producer is unknown.
    known: u32,
}

impl Producer {
    /// A record with this sequence number (below 2³¹) comes from the producer under this epoch.
    pub fn offer(&mut self, epoch: u32, sequence: u32) -> Verdict {
        let next = (self.last + 1) % SEQUENCES;
        let behind = (SEQUENCES + self.last - sequence % SEQUENCES) % SEQUENCES;
        if self.known > 0 && epoch < self.epoch {
            return Verdict::Fenced;
        }
        let begins = self.known == 0 || epoch > self.epoch;
        if self.known > 0 && epoch > self.epoch && sequence != 0 {
            return Verdict::OutOfOrder;
        }
        if !begins && behind < self.known {
            return Verdict::Duplicate;
        }
        if !begins && sequence != next {
            return Verdict::OutOfOrder;
        }
        self.known = if begins { 1 } else { (self.known + 1).min(REMEMBERED) };
        (self.epoch, self.last) = (epoch, sequence);
        Verdict::Accepted
    }

    /// The sequence number that comes next.
    pub fn next(&self) -> u32 {
        if self.known == 0 { 0 } else { (self.last + 1) % SEQUENCES }
    }

    /// The newest record, which has this number, is not in the new leader's log: its number is to come again. What is
    /// remembered does not shrink, unless fewer were ever sent: a new leader knows the last five of its own log.
    pub fn forget_newest(&mut self, sequence: u32) {
        self.known = self.known.min(sequence);
        self.last = (SEQUENCES + sequence - 1) % SEQUENCES;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_new_leader_lacks_comes_again() {
        let mut producer = Producer::default();
        for sequence in 0..8 {
            assert_eq!(producer.offer(0, sequence), Verdict::Accepted);
        }
        for sequence in [7, 6, 5] {
            producer.forget_newest(sequence);
        }
        let again = [2, 3, 4, 5, 6, 7, 8].map(|sequence| producer.offer(0, sequence));
        assert_eq!(again[..3], [Verdict::Duplicate; 3]);
        assert_eq!(again[3..], [Verdict::Accepted; 4]);
        producer = Producer::default();
        assert_eq!(producer.offer(0, 0), Verdict::Accepted);
        producer.forget_newest(0);
        assert_eq!((producer.next(), producer.offer(0, 0)), (0, Verdict::Accepted));
    }
}
