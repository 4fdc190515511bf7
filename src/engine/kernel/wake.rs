//! Waits: which one each task of each node is in, so that what is meant for an earlier one is known to be stale.

use super::event::{Address, PackedEvent, Wake};
use crate::base::NodeIx;

/// Which wait each task of each node is in, as a number that only grows.
///
/// An event or an answer carries the number of the wait that it belongs to and is ignored when the task has
/// moved on: stale events are not taken off the calendar. It also tells, for the count of wasted work and never for
/// what happens, whether a caller still waits.
#[derive(Clone, Debug, Default)]
pub struct Generations(Vec<Vec<u32>>);

impl Generations {
    /// For so many nodes.
    pub fn new(nodes: usize) -> Generations {
        Generations(vec![Vec::new(); nodes])
    }

    /// For so many nodes from now on, and no fewer than before.
    pub fn grow(&mut self, nodes: usize) {
        self.0.resize(nodes.max(self.0.len()), Vec::new());
    }

    /// How many bytes a clone takes.
    pub fn memory_bytes(&self) -> usize {
        self.0.iter().map(|generations| size_of_val(&generations[..])).sum()
    }

    /// The number of the wait that a task is in.
    #[inline]
    pub fn of(&self, node: NodeIx, task: u32) -> u32 {
        self.0.as_slice()[node.at()].as_slice().get(task as usize).copied().unwrap_or(0)
    }

    /// The task moves on: what was scheduled for it before is stale now. Gives the new number.
    #[inline(always)]
    pub fn advance(&mut self, node: NodeIx, task: u32) -> u32 {
        let generations = &mut self.0.as_mut_slice()[node.at()];
        match generations.as_mut_slice().get_mut(task as usize) {
            Some(generation) => {
                *generation = generation.wrapping_add(1);
                *generation
            }
            None => first_generation(generations, task),
        }
    }

    /// The task begins its next wait.
    #[inline(always)]
    pub fn next(&mut self, address: Address<Wake>, task: u32) -> WakeToken {
        WakeToken { address, task, generation: self.advance(address.node(), task) }
    }

    /// The wait that the task is in.
    pub fn present(&self, address: Address<Wake>, task: u32) -> WakeToken {
        WakeToken { address, task, generation: self.of(address.node(), task) }
    }

    /// Whether the task is still in this wait.
    #[inline(always)]
    pub fn is_waiting(&self, token: WakeToken) -> bool {
        self.of(token.address.node(), token.task) == token.generation
    }

    /// Whether an event is meant for a wait that is over.
    #[inline(always)]
    pub fn is_stale(&self, event: PackedEvent) -> bool {
        event.wait().is_some_and(|(task, generation)| self.of(event.node(), task) != generation)
    }
}

/// A slot's first task moves on for the first time.
#[cold]
#[inline(never)]
fn first_generation(generations: &mut Vec<u32>, task: u32) -> u32 {
    generations.resize(task as usize, 0);
    generations.push(1);
    1
}

/// A task that waits for something, and which of its waits that is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WakeToken {
    /// Its node.
    pub address: Address<Wake>,
    /// Its slot there.
    pub task: u32,
    /// Its wait.
    pub generation: u32,
}

impl WakeToken {
    /// The end of this wait, by the clock.
    #[inline(always)]
    pub fn wake(self) -> PackedEvent {
        PackedEvent::new(self.address, Wake { task: self.task, generation: self.generation })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_event_for_an_earlier_wait_is_stale() {
        let mut generations = Generations::new(2);
        let address = Address::any(1);
        let first = generations.next(address, 5);
        assert!(generations.is_waiting(first) && !generations.is_stale(first.wake()));
        assert_eq!(generations.present(address, 5), first);
        let second = generations.next(address, 5);
        assert!(!generations.is_waiting(first) && generations.is_stale(first.wake()));
        assert!(generations.is_waiting(second) && !generations.is_stale(second.wake()));
        // Tasks below it were never in a wait.
        assert_eq!((generations.of(NodeIx(1), 4), generations.of(NodeIx(0), 5)), (0, 0));
    }
}
