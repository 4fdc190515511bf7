//! What faults do to the work of a service, or of some of its replicas.

use super::Service;

impl Service {
    /// Sets what faults do to work that begins from now on: how many times as long it takes, and how likely it fails.
    /// `uneven` says the same of each replica, where they are not alike.
    pub fn set_faults(&mut self, (slow, error): (f64, f64), uneven: Vec<(f64, f64)>) {
        (self.slow, self.error, self.uneven) = (slow, error, uneven);
    }

    /// How many times as long a task's work takes.
    #[inline(always)]
    pub(super) fn slow_at(&self, task: u32) -> f64 {
        if self.uneven.is_empty() { self.slow } else { self.uneven_at(task).0 }
    }

    /// What faults do to the replica of a task; to one that came later, what they do to all.
    #[cold]
    pub(super) fn uneven_at(&self, task: u32) -> (f64, f64) {
        self.faults_of(self.runtime.tasks[task].replica)
    }

    /// What faults do to a replica.
    pub(super) fn faults_of(&self, replica: u32) -> (f64, f64) {
        self.uneven.get(replica as usize).copied().unwrap_or((self.slow, self.error))
    }
}
