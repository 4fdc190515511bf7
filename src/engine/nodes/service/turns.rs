//! A worker is one thread: the branches of a job that it holds wait at the same time, and compute one after the other.

use std::collections::{BTreeMap, VecDeque};

use crate::base::SimDuration;
use crate::engine::kernel::slab::tree_of;

/// The branches of one job that want to compute.
#[derive(Clone, Debug)]
struct Turn {
    /// The one that does.
    computes: u32,
    /// Those that come after it, and for how long.
    next: VecDeque<(u32, SimDuration)>,
}

/// Who computes and who is next, for the jobs with branches that do.
#[derive(Clone, Debug, Default)]
pub struct Turns(BTreeMap<u32, Turn>);

impl Turns {
    /// Whether no branch computes at present.
    #[inline(always)]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// About how many bytes a clone takes.
    pub fn memory_bytes(&self) -> usize {
        let waiting: usize = self.0.values().map(|turn| turn.next.len()).sum();
        self.0.len() * tree_of::<(u32, Turn)>() + waiting * size_of::<(u32, SimDuration)>()
    }

    /// A branch of a job wants to compute. False where it is not its turn yet.
    pub fn begins(&mut self, job: u32, branch: u32, length: SimDuration) -> bool {
        match self.0.get_mut(&job) {
            Some(turn) => turn.next.push_back((branch, length)),
            None => {
                self.0.insert(job, Turn { computes: branch, next: VecDeque::new() });
                return true;
            }
        }
        false
    }

    /// A branch does not compute, or does not want to, any more. Gives the one whose turn it is now.
    pub fn ends(&mut self, job: u32, branch: u32) -> Option<(u32, SimDuration)> {
        let turn = self.0.get_mut(&job)?;
        if turn.computes != branch {
            turn.next.retain(|(waiting, _)| *waiting != branch);
            return None;
        }
        let next = turn.next.pop_front();
        match next {
            Some((branch, _)) => turn.computes = branch,
            None => {
                self.0.remove(&job);
            }
        }
        next
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn branches_of_a_job_take_turns_in_the_order_in_which_they_asked() {
        let (mut turns, length) = (Turns::default(), SimDuration::from_millis(1));
        assert!(turns.begins(7, 1, length) && turns.begins(8, 5, length));
        for branch in [2, 3, 4] {
            assert!(!turns.begins(7, branch, length));
        }
        assert_eq!(turns.ends(7, 3), None, "it gave up");
        assert_eq!(turns.ends(7, 1), Some((2, length)));
        assert!(!turns.begins(7, 1, length), "behind the others");
        assert_eq!(
            [turns.ends(7, 2), turns.ends(7, 4), turns.ends(7, 1)],
            [Some((4, length)), Some((1, length)), None]
        );
        assert!(!turns.is_empty() && turns.ends(7, 1).is_none());
        assert_eq!(turns.ends(8, 5), None);
        assert!(turns.is_empty());
    }
}
