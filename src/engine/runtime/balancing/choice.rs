//! Among which replicas balancing chooses: those that are live, but for the ones that a call has asked already.

use super::requests::Sent;

/// The replicas to choose among; never none. What it says takes about as long however many replicas there are.
pub struct Choice<'a> {
    /// Live replicas, in order.
    live: &'a [u32],
    /// Places among them of those that are left out, in order.
    left_out: Vec<usize>,
}

impl Choice<'_> {
    /// Those of `live`, which has at least one, that were not asked; where all were, all.
    #[inline]
    pub fn new<'a>(live: &'a [u32], asked: &[Sent]) -> Choice<'a> {
        let mut left_out = Vec::new();
        for at in asked.iter().filter_map(|sent| place(live, sent.replica)) {
            if let Err(before) = left_out.binary_search(&at) {
                left_out.insert(before, at);
            }
        }
        if left_out.len() == live.len() {
            left_out.clear();
        }
        Choice { live, left_out }
    }

    /// How many there are.
    #[inline]
    pub fn count(&self) -> u64 {
        (self.live.len() - self.left_out.len()) as u64
    }

    /// The n-th of them, from 0; `n` is below their [count](Choice::count).
    #[inline]
    pub fn nth(&self, n: u64) -> u32 {
        let mut at = n as usize;
        for &left_out in &self.left_out {
            at += usize::from(left_out <= at);
        }
        self.live[at]
    }

    /// The first of them from this replica on, around.
    #[inline]
    pub fn from(&self, replica: u32) -> u32 {
        let at =
            place(self.live, replica).unwrap_or_else(|| self.live.partition_point(|&live| live < replica));
        let mut around = (at..self.live.len()).chain(0..at);
        around.find(|at| !self.left_out.contains(at)).map_or(0, |at| self.live[at])
    }

    /// Whether a replica is one of them.
    #[inline]
    pub fn has(&self, replica: u32) -> bool {
        place(self.live, replica).is_some_and(|at| !self.left_out.contains(&at))
    }

    /// All of them, in order.
    #[inline]
    pub fn all(&self) -> impl Iterator<Item = u32> {
        let places = self.live.iter().enumerate();
        places.filter(|(at, _)| !self.left_out.contains(at)).map(|(_, &replica)| replica)
    }
}

/// The place of a replica among live ones. Where all are, it is the replica's number.
#[inline]
fn place(live: &[u32], replica: u32) -> Option<usize> {
    let number = replica as usize;
    if live.get(number) == Some(&replica) { Some(number) } else { live.binary_search(&replica).ok() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::Stream;

    /// What it says is what going through all replicas says, whichever are live and were asked.
    #[test]
    fn it_says_what_going_through_all_says() {
        let mut stream = Stream::new(1, "app", "choice");
        for _ in 0..2_000 {
            let replicas = 1 + stream.below(8) as u32;
            let mut live: Vec<u32> = (0..replicas).filter(|_| stream.chance(0.6)).collect();
            if live.is_empty() {
                live = (0..replicas).collect();
            }
            let count = stream.below(6);
            let asked: Vec<Sent> = (0..count)
                .map(|_| Sent {
                    replica: stream.below(u64::from(replicas)) as u32,
                    counted: None,
                    waits: false,
                })
                .collect();
            let new = |replica: &u32| asked.iter().all(|sent| sent.replica != *replica);
            let mut expected: Vec<u32> = live.iter().copied().filter(new).collect();
            if expected.is_empty() {
                expected.clone_from(&live);
            }
            let choice = Choice::new(&live, &asked);
            assert_eq!(choice.all().collect::<Vec<u32>>(), expected);
            assert_eq!((0..choice.count()).map(|n| choice.nth(n)).collect::<Vec<u32>>(), expected);
            for replica in 0..replicas {
                assert_eq!(choice.has(replica), expected.contains(&replica));
                let next = expected.iter().find(|&&other| other >= replica);
                assert_eq!(choice.from(replica), *next.unwrap_or(&expected[0]));
            }
        }
    }
}
