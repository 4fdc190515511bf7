//! Dual writes: an operation that writes to a store and publishes a message does both or loses an update.

use super::context::Context;
use super::task_runtime::TaskRuntime;
use crate::base::StoreIx;
use crate::observation::{Observation, Observer};
use crate::scenario::Pair;

/// Marks the half of a dual write that is done as the publication.
const OWES_WRITE: u16 = 0x100;

/// How a task notes that it has written to a store and is to tell of it.
pub fn owes(store: StoreIx) -> u16 {
    // A scenario has at most 256 nodes, and does nothing without a client.
    (store.0 + 1) as u16
}

/// The task sends a message; `waits` for the broker's word.
pub fn published(owes: &mut u16, pair: Option<&Pair>, waits: bool) {
    match pair {
        Some(Pair::AfterWrite) if !waits => *owes = 0,
        Some(Pair::BeforeWrite(store)) => *owes = self::owes(*store) | OWES_WRITE,
        _ => {}
    }
}

/// The broker took the message, or refused it: what was still to be told is told, what was told first was not.
pub fn confirmed(owes: &mut u16, accepted: bool) {
    if (*owes & OWES_WRITE == 0) == accepted {
        *owes = 0;
    }
}

/// The operation ends badly: the other half of its dual write will never be.
pub fn broken<O: Observer>(owes: u16, cx: &mut Context<O>) {
    if owes != 0 {
        let store = StoreIx(u32::from(owes & 0xff) - 1);
        cx.observe(Observation::LostUpdates { store, count: 1 });
    }
}

/// A branch is done: what it wrote goes on with its parent.
pub fn joins(runtime: &mut TaskRuntime, branch: u32, parent: u32) {
    let (owes, context) = (std::mem::take(&mut runtime.tasks[branch].owes), runtime.tasks[branch].context);
    let parent = &mut runtime.tasks[parent];
    if owes != 0 {
        parent.owes = owes;
    }
    if context.version != 0 {
        (parent.context.version, parent.context.row, parent.context.source) =
            (context.version, context.row, context.source);
    }
}
