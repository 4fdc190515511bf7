//! What a call knows of its own requests: which replicas it asked, and for which of them it waits.

use super::load::Counter;
use crate::engine::kernel::slab::{Slab, Slot};

/// A request of a call.
#[derive(Clone, Copy, Debug)]
pub struct Sent {
    /// The replica that it was sent to.
    pub replica: u32,
    /// Whether the caller waits for it.
    pub waits: bool,
    /// Who counts it, while the caller waits for it.
    pub counted: Option<Counter>,
}

/// The requests of the calls that have to know them: where balancing goes by load, or where another may follow that
/// prefers a replica not asked yet. Other calls have no record here, and pay for none.
#[derive(Clone, Debug, Default)]
pub struct Requests {
    calls: Slab<Vec<Sent>>,
    /// Lists of calls that are over, to be used again.
    spare: Vec<Vec<Sent>>,
}

impl Requests {
    /// The requests of a call, the oldest first.
    pub fn of(&self, call: Option<Slot>) -> &[Sent] {
        call.map_or(&[], |call| &self.calls[call.number()])
    }

    /// The same, to change them.
    pub fn of_mut(&mut self, call: Slot) -> &mut Vec<Sent> {
        &mut self.calls[call.number()]
    }

    /// A call has to know its requests from now on.
    pub fn begin(&mut self) -> Slot {
        Slot::new(self.calls.insert(self.spare.pop().unwrap_or_default()))
    }

    /// The call is over.
    pub fn end(&mut self, call: Slot) {
        let mut sent = self.calls.remove(call.number());
        sent.clear();
        self.spare.push(sent);
    }

    /// About how many bytes a clone takes.
    pub fn memory_bytes(&self) -> usize {
        let sent: usize = self.calls.iter().map(|(_, sent)| size_of_val(&sent[..])).sum();
        self.calls.memory_bytes() + sent
    }
}
