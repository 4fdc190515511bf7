//! Which partition a record goes to.
//!
//! Semantics of Kafka's default partitioner: a key decides; without one the producer sticks to a partition for a batch,
//! then picks another at random among those with a leader.

use crate::base::{self, Stream};

/// A producer without keys stays with a partition for so many records, then picks another at random: a batch of 16 KB
/// (Kafka's `batch.size`) of records of 1 KB.
const STICKY_RECORDS: u32 = 16;

/// Where the producers of a log put their records.
#[derive(Clone, Debug)]
pub struct Partitioner {
    /// By producer.
    sticky: Vec<Sticky>,
    stream: Stream,
}

/// Where a producer without keys puts its records.
#[derive(Clone, Copy, Debug, Default)]
struct Sticky {
    partition: u32,
    left: u32,
}

impl Partitioner {
    /// For so many producers, with the log's stream of draws.
    pub fn new(producers: u32, stream: Stream) -> Partitioner {
        Partitioner { sticky: vec![Sticky::default(); producers as usize], stream }
    }

    /// There are so many producers now.
    pub fn grow(&mut self, producers: u32) {
        self.sticky.resize(self.sticky.len().max(producers as usize), Sticky::default());
    }

    /// The partition, of so many, for a record of a producer whose key has this hash, if it has one. `led` says which
    /// partitions have a leader.
    pub fn choose(
        &mut self,
        producer: u32,
        hash: Option<i32>,
        partitions: u32,
        led: impl Fn(u32) -> bool,
    ) -> u32 {
        if let Some(hash) = hash {
            return base::partition(hash, partitions);
        }
        let sticky = &mut self.sticky[producer as usize];
        if sticky.left == 0 || !led(sticky.partition) {
            let choices = || (0..partitions).filter(|&partition| led(partition));
            let drawn = self.stream.below(choices().count() as u64) as usize;
            *sticky = Sticky { partition: choices().nth(drawn).unwrap_or(0), left: STICKY_RECORDS };
        }
        sticky.left -= 1;
        sticky.partition
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn partitioner() -> Partitioner {
        Partitioner::new(2, Stream::new(1, "log", "partitioner"))
    }

    #[test]
    fn a_key_decides() {
        let mut partitioner = partitioner();
        for hash in 0..100 {
            let chosen = partitioner.choose(0, Some(hash), 7, |_| false);
            assert_eq!(chosen, base::partition(hash, 7));
        }
    }

    #[test]
    fn without_a_key_a_producer_stays_for_a_batch_and_leaves_a_partition_without_a_leader() {
        let mut partitioner = partitioner();
        let batches: Vec<Vec<u32>> = (0..200)
            .map(|_| (0..STICKY_RECORDS).map(|_| partitioner.choose(0, None, 5, |_| true)).collect())
            .collect();
        assert!(batches.iter().all(|batch| batch.iter().all(|partition| *partition == batch[0])));
        assert!((0..5).all(|partition| batches.iter().any(|batch| batch[0] == partition)), "all are used");
        let stuck = partitioner.choose(1, None, 5, |_| true);
        let next = partitioner.choose(1, None, 5, |partition| partition != stuck);
        assert_ne!(next, stuck);
    }
}
