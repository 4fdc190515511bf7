//! The window step: gathers a record, and sends a result for each key when its window closes.

use crate::base::{SimTime, WindowIx};
use crate::engine::kernel::message::{Envelope, Payload};
use crate::engine::kernel::request_context::RequestContext;
use crate::engine::runtime::context::Context;
use crate::engine::runtime::event::TaskEvent;
use crate::engine::runtime::task_runtime::TaskRuntime;
use crate::engine::runtime::windows::{Closing, Recorded};
use crate::observation::{MessageKind, Observation, Observer, Scope, SpanEnd};
use crate::scenario::{LinkPlan, WindowPlan};

/// A task comes to a window step.
pub fn record<O: Observer>(runtime: &mut TaskRuntime, task: u32, step: WindowIx, cx: &mut Context<O>) {
    let plan = &cx.plan.windows[step.at()];
    let recorded = runtime.windows.record(step, plan, runtime.tasks[task].context, cx.now);
    cx.observe(Observation::Recorded { window: step, late: recorded == Recorded::Late });
    if let Recorded::Opened(wait) = recorded {
        cx.after(wait, runtime.address, TaskEvent::WindowCloses(step));
    }
}

/// What is due closes: its results go out.
pub fn close<O: Observer>(runtime: &mut TaskRuntime, step: WindowIx, cx: &mut Context<O>) {
    let plan = &cx.plan.windows[step.at()];
    loop {
        match runtime.windows.close_next(step, plan, cx.now) {
            Closing::Closed(end, groups) => {
                cx.observe(Observation::WindowClosed { window: step, groups: groups.len() as u32 });
                emit(plan, end, groups, cx);
            }
            Closing::Postponed(wait) => {
                return cx.after(wait, runtime.address, TaskEvent::WindowCloses(step));
            }
            Closing::Done => return,
        }
    }
}

/// Sends a result for each key.
fn emit<O: Observer>(
    plan: &WindowPlan,
    end: SimTime,
    groups: Vec<(u32, RequestContext)>,
    cx: &mut Context<O>,
) {
    let Some(publish) = plan.emit else { return };
    let link = cx.plan.publishes[publish.at()].out;
    for (key, newest) in groups {
        // As in Flink, the result is an event of the window's last instant.
        let born = SimTime(end.0 - 1).min(cx.now);
        let mut context = RequestContext { key, born, message: cx.new_message(), version: 0, ..newest };
        let LinkPlan { from, to, .. } = cx.plan.links[link.at()];
        cx.begin_span(Scope::Publish { from, to }, &mut context);
        cx.end_span(context.span, SpanEnd::Ok, false);
        let payload = Payload::Publish { publish, confirm: None, publication: None };
        cx.send(Envelope::new(link, MessageKind::Publish, payload, &context));
    }
}
