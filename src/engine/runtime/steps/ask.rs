//! The ask step: a request over one queue and its reply over another, correlated by who waits.
//!
//! Whatever service consumes the request's queue answers when its operation ends well or responds. A failed
//! operation gives the request back to its queue instead; who asked learns nothing of it but the timeout. A reply
//! that comes when nobody waits any more is refused for good: its queue drops it (or dead-letters it) and counts it.

use crate::base::{AskIx, SimTime};
use crate::engine::kernel::network::{Answer, Payload, Post};
use crate::engine::kernel::request_context::Baggage;
use crate::engine::nodes::queue::Tag;
use crate::engine::runtime::context::{Context, Waiter};
use crate::engine::runtime::interpreter::{Host, fail};
use crate::engine::runtime::span::end_of;
use crate::engine::runtime::task::State;
use crate::observation::{Failure, MessageKind, Observer, Scope, SpanEnd};
use crate::scenario::Plan;

/// Who asked: what AMQP's `reply_to` and `correlation_id` say together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Asker {
    /// By which step: it knows the node and the queues.
    pub ask: AskIx,
    /// Which of the node's tasks.
    pub task: u32,
    /// In which of its waits.
    pub turn: u32,
}

impl Asker {
    /// Nobody: the message is no request of an ask step.
    pub const NOBODY: Asker = Asker { ask: AskIx(u32::MAX), task: 0, turn: 0 };

    /// Whether somebody asked.
    #[inline]
    pub fn is_somebody(self) -> bool {
        self.ask != Asker::NOBODY.ask
    }

    /// The wait that a reply would end.
    pub fn waiter(self, plan: &Plan) -> Waiter {
        let node = plan.links[plan.asks[self.ask.at()].out.at()].from;
        Waiter { node, task: self.task, turn: self.turn }
    }
}

/// The task sends its request and rests until the reply comes or the timeout is over. Its span lasts as long.
pub fn begin<H: Host, O: Observer>(host: &mut H, task: u32, step: AskIx, cx: &mut Context<O>) {
    let plan = &cx.plan.asks[step.at()];
    let core = host.core();
    let waiter = core.waits(task, State::Asking(step), cx);
    let mut baggage =
        Baggage { message: cx.new_message(), deadline: SimTime::NEVER, ..core.tasks[task].baggage };
    let (from, to) = (core.node, cx.plan.links[plan.out.at()].to);
    cx.begin_span(Scope::Publish { from, to }, &mut baggage);
    core.tasks[task].call.span = baggage.span;
    let asker = Asker { ask: step, task, turn: waiter.turn };
    let times_out = plan.timeout.map_or(SimTime::NEVER, |timeout| cx.now + timeout);
    let post = Post::new(plan.out, MessageKind::Publish, Payload::Ask { asker }, &baggage);
    cx.send(Post { times_out, ..post });
    if let Some(timeout) = plan.timeout {
        cx.wake_after(timeout, waiter);
    }
    host.rests(task, false, cx);
}

/// A reply arrived: acknowledged where somebody still waits for it, refused for good where nobody does.
pub fn answered<H: Host, O: Observer>(
    host: &mut H,
    asker: Asker,
    answer: Answer,
    tag: Tag,
    baggage: Baggage,
    cx: &mut Context<O>,
) {
    let core = host.core();
    let positive = cx.waits(asker.waiter(cx.plan));
    let payload = Payload::Ack { tag, positive, requeue: false };
    let link = cx.plan.asks[asker.ask.at()].back;
    cx.send(Post::new(link, MessageKind::Ack { positive }, payload, &baggage));
    if positive {
        let degraded = answer == Answer::Degraded;
        cx.end_span(core.tasks[asker.task].call.span, end_of(Ok(()), degraded), false);
        core.tasks[asker.task].degraded |= degraded;
        core.ready(asker.task);
        host.stirs(asker.task, false, cx);
    }
}

/// The timeout is over.
pub fn timed_out<H: Host, O: Observer>(host: &mut H, task: u32, cx: &mut Context<O>) {
    let core = host.core();
    cx.end_span(core.tasks[task].call.span, SpanEnd::Failed(Failure::Timeout), false);
    core.ready(task);
    host.stirs(task, false, cx);
    fail(host, task, Failure::Timeout, cx);
}
