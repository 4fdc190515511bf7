//! Crashes and pauses: the first loses everything, the second nothing.

use super::Service;
use super::answer::answer;
use super::answer::finish;
use super::event::ServiceEvent;
use crate::base::SimDuration;
use crate::engine::kernel::event::{Address, NodeEvent, Wake};
use crate::engine::kernel::message::{ConsumerId, Payload};
use crate::engine::kernel::network::Network;
use crate::engine::kernel::wake::{Generations, WakeToken};
use crate::engine::nodes::broker::ConsumerEvent;
use crate::engine::runtime::context::Context;
use crate::engine::runtime::ending;
use crate::engine::runtime::event::TaskEvent;
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

    /// The service, or some of its replicas, stop where they stand; the others go on from there.
    pub fn set_paused<O: Observer>(
        &mut self,
        paused: bool,
        alone: impl Fn(u32) -> bool,
        cx: &mut Context<O>,
    ) {
        let before: Vec<bool> = (0..self.replicas()).map(|replica| self.is_paused(replica)).collect();
        self.paused = paused;
        let mut released = false;
        for (replica, record) in self.replicas.iter_mut().enumerate() {
            let was_alone = std::mem::replace(&mut record.paused, alone(replica as u32));
            if was_alone && !record.paused {
                // What came for its workers meanwhile, by a change of their number.
                self.freed.push(replica as u32);
                released = true;
            }
        }
        for slot in self.slots() {
            let Task { state, replica, .. } = self.runtime.tasks[slot];
            match (state, self.is_paused(replica)) {
                (State::Working(ends), true) => {
                    self.runtime.wait(slot, State::Stopped(ends.since(cx.now)), cx);
                    cx.turn_span(|| self.runtime.tasks[slot].context.span, 0, -1);
                }
                (State::Stopped(left), false) => self.compute(slot, left, cx),
                _ => {}
            }
        }
        for (replica, was) in (0..).zip(before) {
            let is = self.is_paused(replica);
            if was == is {
                continue;
            }
            let record = &mut self.replicas[replica as usize];
            record.sharing.advance(cx.now, if was { 0 } else { record.workers });
            if is {
                record.sharing.plan_next(0);
            } else {
                self.replan_sharing(replica, cx);
            }
        }
        if released && !self.paused {
            self.settle(cx);
        }
    }

    /// Whether a replica does nothing at present.
    pub fn is_paused(&self, replica: u32) -> bool {
        self.paused || self.replicas[replica as usize].paused
    }

    /// Whether an event is for a replica that alone is paused, and has to wait until that goes on.
    pub fn keeps_waiting(&self, event: ServiceEvent, network: &Network, generations: &Generations) -> bool {
        let paused = |replica: u32| self.replicas.get(replica as usize).is_some_and(|own| own.paused);
        let of_task = |task: u32| self.runtime.tasks.get(task).is_some_and(|task| paused(task.replica));
        let of_caller = |caller: WakeToken| generations.is_waiting(caller) && of_task(caller.task);
        match event {
            ServiceEvent::Task(TaskEvent::Wake(Wake { task, .. }) | TaskEvent::Hedge { task, .. }) => {
                of_task(task)
            }
            ServiceEvent::Share { replica, .. } => paused(replica),
            ServiceEvent::Check(check) => paused(check.replica),
            ServiceEvent::Node(NodeEvent::Deliver(message)) => match network.payload(message) {
                Payload::Request { replica, .. }
                | Payload::Delivery { replica, .. }
                | Payload::Record { replica, .. } => paused(replica),
                Payload::Reply { caller, .. } | Payload::Result { caller, .. } => of_caller(caller),
                Payload::Confirm { publisher, .. } => of_caller(publisher),
                Payload::Answered { asker, .. } => of_task(asker.task.number()),
                _ => false,
            },
            _ => false,
        }
    }

    /// Tells the queues and logs that the replica's connections died or opened.
    pub(super) fn connect<O: Observer>(&self, replica: u32, open: bool, cx: &mut Context<O>) {
        // One that is retired takes nothing more.
        let consumes = self.plan(cx).consumes.iter().enumerate();
        for (subscription, consumer) in consumes.filter(|(_, consumer)| !(open && consumer.retired)) {
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
