//! The load that balancing goes by: how many requests a caller waits for, at each replica.

use crate::base::NodeIx;

/// Who counts: a caller for itself, or a balancer in front for all of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Counter(u32);

impl Counter {
    /// A balancer in front: all callers together.
    pub const SHARED: Counter = Counter(0);

    /// A node, its replicas together.
    pub fn of(caller: NodeIx) -> Counter {
        Counter(caller.0 + 1)
    }
}

/// Requests of each counter at each replica of a service, from when they are sent until an answer, a refusal or a timeout
/// has reached the one who counts.
#[derive(Clone, Debug, Default)]
pub struct Load(Vec<Vec<u32>>);

impl Load {
    /// How many there are.
    #[inline]
    pub fn of(&self, counter: Counter, replica: u32) -> u32 {
        self.0.get(counter.0 as usize).and_then(|own| own.get(replica as usize)).copied().unwrap_or(0)
    }

    /// A request is sent.
    pub fn sent(&mut self, counter: Counter, replica: u32) {
        let at = counter.0 as usize;
        if at >= self.0.len() {
            self.0.resize(at + 1, Vec::new());
        }
        let own = &mut self.0[at];
        if replica as usize >= own.len() {
            own.resize(replica as usize + 1, 0);
        }
        own[replica as usize] += 1;
    }

    /// It is waited for no longer.
    pub fn ended(&mut self, counter: Counter, replica: u32) {
        self.0[counter.0 as usize][replica as usize] -= 1;
    }
}
