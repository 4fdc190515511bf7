//! The effects that a store has seen: what makes a consumer idempotent, or shows that it is not.

use std::collections::{BTreeSet, VecDeque};

use crate::engine::kernel::slab::tree_of;

/// Effects that are remembered; the oldest are forgotten. A message that comes back later than so many effects is taken
/// for a new one, as a table of ids that is cleaned up takes it (Amazon SQS FIFO remembers for five minutes).
const KEPT: usize = 65_536;

/// Effects by message and number (`AccessPlan::effect`): a message that one operation writes for twice has two.
#[derive(Clone, Debug, Default)]
pub struct Seen {
    known: BTreeSet<(u64, u32)>,
    order: VecDeque<(u64, u32)>,
}

impl Seen {
    /// How many are remembered.
    pub fn len(&self) -> usize {
        self.order.len()
    }

    /// About how many bytes a clone takes.
    pub fn memory_bytes(&self) -> usize {
        self.len() * (tree_of::<(u64, u32)>() + size_of::<(u64, u32)>())
    }

    /// Whether an effect of a message was seen before; from now on it was. What has no message (0) is always new.
    pub fn again(&mut self, message: u64, effect: u32) -> bool {
        if message == 0 {
            return false;
        }
        let effect = (message, effect);
        if !self.known.insert(effect) {
            return true;
        }
        self.order.push_back(effect);
        if self.order.len() > KEPT
            && let Some(oldest) = self.order.pop_front()
        {
            self.known.remove(&oldest);
        }
        false
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_may_have_several_effects() {
        let mut seen = Seen::default();
        let mut again = |message, effect| seen.again(message, effect);
        assert_eq!([again(1, 0), again(1, 1), again(2, 0), again(1, 0)], [false, false, false, true]);
        assert_eq!([again(0, 0), again(0, 0)], [false, false]);
    }

    #[test]
    fn memory_is_bounded() {
        let mut seen = Seen::default();
        for message in 1..=KEPT as u64 + 10 {
            assert!(!seen.again(message, 0));
        }
        assert_eq!((seen.len(), seen.known.len()), (KEPT, KEPT));
        assert!(seen.again(KEPT as u64, 0) && !seen.again(1, 0));
    }
}
