//! A replica whose jobs share its processors: when the next one is done.

use super::Service;
use super::event::ServiceEvent;
use crate::engine::runtime::context::Context;
use crate::observation::Observer;

impl Service {
    /// A job that shares processors is done.
    pub fn share<O: Observer>(&mut self, replica: u32, generation: u32, cx: &mut Context<O>) {
        let record = &mut self.replicas[replica as usize];
        if !record.sharing.due(generation) {
            return;
        }
        record.sharing.advance(cx.now, record.workers);
        while let Some(task) = self.replicas[replica as usize].sharing.finish() {
            cx.turn_span(|| self.runtime.tasks[task].context.span, 0, -1);
            self.runtime.ready(task);
        }
        self.replan_sharing(replica, cx);
        self.settle(cx);
    }

    /// Plans when the next job of a replica is done: its jobs, its workers or a pause have changed that.
    pub(super) fn replan_sharing<O: Observer>(&mut self, replica: u32, cx: &mut Context<O>) {
        let record = &mut self.replicas[replica as usize];
        let workers = if self.paused || record.paused { 0 } else { record.workers };
        if let Some((wait, generation)) = record.sharing.plan_next(workers) {
            cx.after(wait, self.address, ServiceEvent::Share { replica, generation });
        }
        let busy = record.sharing.len().min(record.workers);
        if record.shared != busy {
            record.shared = busy;
            self.report(replica, cx);
        }
    }
}
