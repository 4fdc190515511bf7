//! What an edit of the running system means for a client.

use super::Client;
use crate::engine::runtime::context::Context;
use crate::engine::runtime::steps::ask;
use crate::engine::runtime::task::{Origin, Task};
use crate::engine::runtime::{ending, interpreter};
use crate::observation::{Failure, Observation, Observer, Outcome};
use crate::scenario::Plan;

impl Client {
    /// The plan has other steps now.
    pub fn replan<O: Observer>(&mut self, before: &Plan, cx: &mut Context<O>) {
        self.runtime.grow(cx.plan);
        let open = self.open() as u32;
        self.arrivals.replan(self.index, open, before, cx);
        ask::fail_what_cannot_be_answered(self, cx);
        interpreter::run(self, cx);
    }

    /// It is taken out: its requests fail.
    pub fn remove<O: Observer>(&mut self, cx: &mut Context<O>) {
        let root = |task: &Task| task.origin == Origin::Client;
        let roots: Vec<u32> =
            self.runtime.tasks.iter().filter(|(_, task)| root(task)).map(|(slot, _)| slot).collect();
        let outcome = Outcome::Failed(Failure::Unavailable);
        for slot in roots {
            let task = ending::kill(self, slot, cx);
            cx.observe(Observation::Ended {
                client: self.index,
                request: task.context.request,
                outcome,
                offered: task.arrived,
            });
            cx.end_span(task.context.span, outcome.into(), false);
        }
    }
}
