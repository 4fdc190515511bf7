//! What an edit of the running system means for a queue.

use super::Queue;
use crate::engine::kernel::message::ConsumerId;
use crate::engine::runtime::context::Context;
use crate::observation::{Fate, Observation, Observer};

impl Queue {
    /// The plan has other consumers now: those that it has no more get nothing more, and acknowledge what they have. New
    /// ones connect.
    pub fn replan<O: Observer>(&mut self, cx: &mut Context<O>) {
        let consumers = &self.plan(cx).consumers;
        let has = |id: ConsumerId| consumers.contains(&(id.service(), id.subscription.into()));
        for consumer in self.consumers.iter_mut().filter(|consumer| !has(consumer.id)) {
            consumer.open = false;
        }
    }

    /// It is taken out with its messages.
    pub fn remove<O: Observer>(&mut self, cx: &mut Context<O>) {
        cx.generations.advance(self.address.node(), 0);
        let kept = (0..).filter_map(|slot| self.machine.payload(slot));
        let messages: Vec<_> = kept.take(self.machine.len()).collect();
        for stored in messages {
            self.in_vain(stored, cx);
            cx.observe(Observation::Settled { fate: Fate::Removed });
        }
        cx.observe(Observation::Depth { queue: self.index, ready: 0, unacked: 0 });
    }
}
