//! The agenda: tasks of a node that can go on now, in order.

/// Tasks with the turn in which they were put here. It is emptied before the next event, so a vector and a place in it
/// do what a ring would do, with fewer instructions.
#[derive(Clone, Debug, Default)]
pub struct Agenda {
    tasks: Vec<(u32, u32)>,
    next: usize,
}

impl Agenda {
    /// Puts a task at the end.
    #[inline]
    #[cfg_attr(site, optimize(speed))]
    pub fn push(&mut self, task: u32, turn: u32) {
        self.tasks.push((task, turn));
    }

    /// Whether no task can go on. True as soon as the last one was taken and the next asked for.
    #[inline(always)]
    pub fn is_empty(&self) -> bool {
        self.tasks.is_empty()
    }

    /// Takes the first task.
    #[inline]
    #[cfg_attr(site, optimize(speed))]
    pub fn pop(&mut self) -> Option<(u32, u32)> {
        let first = self.tasks.as_slice().get(self.next).copied();
        match first {
            Some(_) => self.next += 1,
            None => {
                self.tasks.clear();
                self.next = 0;
            }
        }
        first
    }
}
