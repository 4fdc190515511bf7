//! Windows: records gathered by the time of their event, in windows that tumble, a group per key.
//!
//! Semantics of Apache Flink's tumbling event-time windows with allowed lateness, under a perfect watermark: all clocks
//! agree here, so event time has come as far as the clock, and a window [start, end) closes when it is its end plus
//! the lateness. It then gives one result per key. A record whose window has closed is late: it is counted and left
//! out. All replicas of a node share one state, which survives a crash, as a changelog makes it.

use std::collections::BTreeMap;

use crate::base::{NodeIx, SimTime, WindowIx};
use crate::engine::kernel::event::Event;
use crate::engine::kernel::network::{Envelope, Payload};
use crate::engine::kernel::request_context::RequestContext;
use crate::engine::kernel::slab::tree_of;
use crate::engine::runtime::context::Context;
use crate::engine::runtime::task_runtime::TaskRuntime;
use crate::observation::{MessageKind, Observation, Observer, Scope, SpanEnd};
use crate::scenario::{LinkPlan, Plan, WindowPlan};

/// The window steps of a node, in the order of the plan.
#[derive(Clone, Debug, Default)]
pub struct Windows(Vec<Gathered>);

/// What a window step has gathered.
#[derive(Clone, Debug)]
struct Gathered {
    step: WindowIx,
    /// The newest record of each open window's end and key.
    groups: BTreeMap<(SimTime, u32), RequestContext>,
    /// The end of the last window that closed.
    closed: SimTime,
}

impl Windows {
    /// Empty.
    pub fn new(node: NodeIx, plan: &Plan) -> Windows {
        let own = (0..).map(WindowIx).zip(&plan.windows).filter(|(_, window)| window.node == node);
        let gathered = |(step, _)| Gathered { step, groups: BTreeMap::new(), closed: SimTime::ZERO };
        Windows(own.map(gathered).collect())
    }

    /// Groups of open windows, for the bound on live things.
    pub fn live_objects(&self) -> usize {
        self.0.iter().map(|gathered| gathered.groups.len()).sum()
    }

    /// About how many bytes a clone takes.
    pub fn memory_bytes(&self) -> usize {
        self.live_objects() * tree_of::<((SimTime, u32), RequestContext)>()
    }

    fn of(&mut self, step: WindowIx) -> Option<&mut Gathered> {
        self.0.iter_mut().find(|gathered| gathered.step == step)
    }
}

/// When the window ends in which an event lies.
fn end(plan: &WindowPlan, born: SimTime) -> SimTime {
    let every = plan.every.0;
    SimTime((born.0 / every).saturating_add(1).saturating_mul(every))
}

/// A task comes to a window step.
pub fn record<O: Observer>(runtime: &mut TaskRuntime, task: u32, step: WindowIx, cx: &mut Context<O>) {
    let plan = &cx.plan.windows[step.at()];
    let context = runtime.tasks[task].context;
    let node = runtime.node;
    let Some(gathered) = runtime.windows.of(step) else { return };
    let end = end(plan, context.born);
    let late = end <= gathered.closed || end + plan.lateness <= cx.now;
    cx.observe(Observation::Recorded { window: step, late });
    if late {
        return;
    }
    let first = gathered.groups.range((end, 0)..=(end, u32::MAX)).next().is_none();
    gathered.groups.insert((end, plan.key.unwrap_or(context.key)), context);
    if first {
        let wait = (end + plan.lateness).since(cx.now);
        cx.after(wait, Event::WindowCloses { node, window: step });
    }
}

/// What is due closes: its results go out.
pub fn close<O: Observer>(runtime: &mut TaskRuntime, step: WindowIx, cx: &mut Context<O>) {
    let plan = &cx.plan.windows[step.at()];
    let node = runtime.node;
    let Some(gathered) = runtime.windows.of(step) else { return };
    while let Some((&(end, _), _)) = gathered.groups.first_key_value() {
        if end + plan.lateness > cx.now {
            if end > gathered.closed && gathered.closed + plan.lateness < cx.now {
                // A person made it wait longer since this was planned.
                cx.after((end + plan.lateness).since(cx.now), Event::WindowCloses { node, window: step });
            }
            return;
        }
        gathered.closed = end;
        let rest = gathered.groups.split_off(&(SimTime(end.0.saturating_add(1)), 0));
        let groups = std::mem::replace(&mut gathered.groups, rest);
        cx.observe(Observation::WindowClosed { window: step, groups: groups.len() as u32 });
        emit(plan, end, groups, cx);
    }
}

/// Sends a result for each group.
fn emit<O: Observer>(
    plan: &WindowPlan,
    end: SimTime,
    groups: BTreeMap<(SimTime, u32), RequestContext>,
    cx: &mut Context<O>,
) {
    let Some(publish) = plan.emit else { return };
    let link = cx.plan.publishes[publish.at()].out;
    for ((_, key), newest) in groups {
        // As in Flink, the result is an event of the window's last instant.
        let born = SimTime(end.0 - 1).min(cx.now);
        let mut context = RequestContext { key, born, message: cx.new_message(), version: 0, ..newest };
        let LinkPlan { from, to, .. } = cx.plan.links[link.at()];
        cx.begin_span(Scope::Publish { from, to }, &mut context);
        cx.end_span(context.span, SpanEnd::Ok, false);
        cx.send(Envelope::new(
            link,
            MessageKind::Publish,
            Payload::Publish { publish, confirm: None },
            &context,
        ));
    }
}
