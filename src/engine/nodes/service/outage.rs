//! Crashes and pauses: the first loses everything, the second nothing.

use super::Service;
use super::answer::answer;
use super::answer::finish;
use crate::base::SimDuration;
use crate::engine::kernel::event::Address;
use crate::engine::kernel::message::ConsumerId;
use crate::engine::nodes::broker::ConsumerEvent;
use crate::engine::runtime::context::Context;
use crate::engine::runtime::ending;
use crate::engine::runtime::task::{Origin, State, Task};
use crate::observation::{Failure, JobEnd, Observer};

impl Service {
    /// A replica loses its work and its waiting room.
    pub fn crash<O: Observer>(&mut self, replica: u32, cx: &mut Context<O>) {
        let here = |(slot, task): (u32, &Task)| {
            let root = !matches!(task.origin, Origin::Branch(_));
            (root && task.replica == replica).then_some(slot)
        };
        let jobs: Vec<u32> = self.runtime.tasks.iter().filter_map(here).collect();
        for slot in jobs {
            if let State::Waiting(_) = self.runtime.tasks[slot].state {
                self.dequeued(slot, cx);
            }
            let task = ending::kill(self, slot, cx);
            let Service { replicas, askers, index, .. } = self;
            let arrived =
                finish(*index, replicas, askers, &task, JobEnd::Crashed, Err(Failure::Unavailable), cx);
            if let Origin::Call(..) = task.origin
                && !task.answered
            {
                // The connection is reset: the caller learns it at once, unless the network is cut.
                answer(&task, Err(Failure::Unavailable), arrived, cx);
            }
        }
        self.replicas[replica as usize].crash();
        self.buffers.forget(replica);
        self.report(replica, cx);
        cx.directory.set_up(self.index, replica, false);
        self.connect(replica, false, cx);
    }

    /// A crashed replica comes back, empty.
    pub fn restart<O: Observer>(&mut self, replica: u32, cx: &mut Context<O>) {
        let workers = self.plan(cx).workers;
        self.replicas[replica as usize].restart(workers);
        self.report(replica, cx);
        cx.directory.set_up(self.index, replica, true);
        self.connect(replica, true, cx);
    }

    /// Everything stops where it stands.
    pub fn pause<O: Observer>(&mut self, cx: &mut Context<O>) {
        self.paused = true;
        for slot in self.slots() {
            if let State::Working(ends) = self.runtime.tasks[slot].state {
                self.runtime.wait(slot, State::Stopped(ends.since(cx.now)), cx);
                cx.turn_span(|| self.runtime.tasks[slot].context.span, 0, -1);
            }
        }
        for replica in &mut self.replicas {
            replica.sharing.advance(cx.now, replica.workers);
            replica.sharing.plan_next(0);
        }
    }

    /// Everything goes on from where it stood.
    pub fn resume<O: Observer>(&mut self, cx: &mut Context<O>) {
        self.paused = false;
        for slot in self.slots() {
            if let State::Stopped(left) = self.runtime.tasks[slot].state {
                self.compute(slot, left, cx);
            }
        }
        for replica in 0..self.replicas() {
            self.replicas[replica as usize].sharing.advance(cx.now, 0);
            self.replan_sharing(replica, cx);
        }
    }

    /// Tells the queues and logs that the replica's connections died or opened.
    pub(super) fn connect<O: Observer>(&self, replica: u32, open: bool, cx: &mut Context<O>) {
        for (subscription, consumer) in self.plan(cx).consumes.iter().enumerate() {
            let broker = Address::of(consumer.from, cx.plan);
            let consumer = ConsumerId {
                service: self.index.0 as u8,
                subscription: subscription as u8,
                replica: replica as u16,
            };
            cx.after(SimDuration::ZERO, broker, ConsumerEvent::Connection { consumer, open });
        }
    }
}
