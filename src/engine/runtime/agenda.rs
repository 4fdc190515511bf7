//! The agenda: tasks of a node that can go on now, in order.

use std::collections::VecDeque;

use crate::engine::kernel::slab::Slot;

/// Tasks that can go on, each of them once. It is emptied before the next event, and nearly always there is only one: the
/// first has a field of its own.
#[derive(Clone, Debug, Default)]
pub struct Agenda {
    first: Option<Slot>,
    rest: VecDeque<u32>,
}

impl Agenda {
    /// Puts a task at the end.
    #[inline(always)]
    pub fn push(&mut self, task: u32) {
        if self.is_empty() {
            self.first = Some(Slot::new(task));
        } else {
            self.rest.push_back(task);
        }
    }

    /// Whether no task can go on.
    #[inline(always)]
    fn is_empty(&self) -> bool {
        self.first.is_none()
    }

    /// Takes the first task.
    #[inline(always)]
    pub fn pop(&mut self) -> Option<u32> {
        let first = self.first.take()?;
        if !self.rest.is_empty() {
            self.come_first();
        }
        Some(first.number())
    }

    /// The first place is free for the next, if there is one.
    #[cold]
    #[inline(never)]
    fn come_first(&mut self) {
        self.first = self.rest.pop_front().map(Slot::new);
    }

    /// Takes a task off, if it is there.
    #[inline(always)]
    pub fn forget(&mut self, task: u32) {
        if !self.is_empty() {
            self.forget_one(task);
        }
    }

    #[cold]
    #[inline(never)]
    fn forget_one(&mut self, task: u32) {
        if self.first == Some(Slot::new(task)) {
            self.come_first();
        } else {
            self.rest.retain(|&other| other != task);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is put there (a number) or taken off (its complement), and what comes in which order.
    fn check(steps: &[i32], order: &[u32]) {
        let mut agenda = Agenda::default();
        for &step in steps {
            if step >= 0 { agenda.push(step as u32) } else { agenda.forget(!step as u32) }
        }
        assert_eq!(agenda.is_empty(), order.is_empty(), "{steps:?}");
        let taken: Vec<u32> = std::iter::from_fn(|| agenda.pop()).collect();
        assert_eq!(taken, order, "{steps:?}");
        assert!(agenda.is_empty());
    }

    #[test]
    fn tasks_come_in_the_order_in_which_they_were_put_there() {
        check(&[], &[]);
        check(&[7], &[7]);
        check(&[3, 1, 2], &[3, 1, 2]);
        // Whoever goes away leaves no gap: the first, one in the midst, the only one, one that was not there.
        check(&[3, 1, 2, !3], &[1, 2]);
        check(&[3, 1, 2, !1], &[3, 2]);
        check(&[3, !3], &[]);
        check(&[3, !4, 5], &[3, 5]);
        // Put there again, it stands at the end.
        check(&[3, 1, !3, 3], &[1, 3]);
    }
}
