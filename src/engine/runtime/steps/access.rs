//! The steps that use a store: an access goes there over a connection and its word comes back.
//!
//! A connection sends again what a link loses (`network`), and no step of these has a timeout: a store that is cut off
//! keeps its callers waiting, one that has crashed refuses at once.

use crate::base::{AccessIx, StoreIx};
use crate::engine::kernel::network::{Envelope, Payload};
use crate::engine::kernel::request_context::RequestContext;
use crate::engine::runtime::context::{Context, WakeToken};
use crate::engine::runtime::interpreter::{Host, fail};
use crate::engine::runtime::span::end_of;
use crate::engine::runtime::task::State;
use crate::engine::runtime::task_runtime::TaskRuntime;
use crate::observation::{Failure, MessageKind, Observation, Observer, Scope};
use crate::scenario::{Action, Pair};

/// The task asks the store and rests until it has its word.
pub fn begin<H: Host, O: Observer>(host: &mut H, task: u32, step: AccessIx, cx: &mut Context<O>) {
    let plan = &cx.plan.accesses[step.at()];
    let runtime = host.runtime();
    let caller = runtime.wait(task, State::Accessing(step), cx);
    if let Some(keys) = cx.plan.stores[plan.store.at()].keys
        && plan.key.is_none()
        && runtime.tasks[task].context.key == 0
        && cx.plan.keyless
    {
        // Numbered from 1, so that the next access of the same request finds that it has a key.
        runtime.tasks[task].context.key = 1 + keys.sample(&mut runtime.chance);
    }
    let mut context = runtime.tasks[task].context;
    context.key = plan.key.unwrap_or(context.key);
    cx.begin_span(Scope::Access { access: step }, &mut context);
    runtime.tasks[task].call.span = context.span;
    let read = runtime.tasks[task].read;
    let read = plan.builds_on.filter(|&step| step == read.0).map(|_| read.1);
    let payload = Payload::Query { access: step, caller, read };
    cx.send(Envelope::new(plan.out, MessageKind::Query, payload, &context));
    host.on_block(task, false, cx);
}

/// The store's word. `baggage` holds the version that was read or made.
pub fn answered<H: Host, O: Observer>(
    host: &mut H,
    step: AccessIx,
    caller: WakeToken,
    result: Result<(), Failure>,
    context: RequestContext,
    cx: &mut Context<O>,
) {
    let plan = &cx.plan.accesses[step.at()];
    if !cx.is_waiting(caller) {
        if result.is_ok() && plan.owes_publish {
            // It was written, and the operation that was to tell of it is gone.
            cx.observe(Observation::LostUpdates { store: plan.store, count: 1 });
        }
        return;
    }
    let task = caller.task;
    cx.end_span(host.runtime().tasks[task].call.span, end_of(result, false), false);
    host.runtime().ready(task);
    host.on_unblock(task, false, cx);
    if let Err(failure) = result {
        return fail(host, task, failure, cx);
    }
    let record = &mut host.runtime().tasks[task];
    let (own, read) = (&mut record.context, &mut record.read);
    let reads = matches!(plan.action, Action::Read | Action::ReadFollower);
    // A read among other business does not make forget what is to be told of.
    if plan.action == Action::Write || reads && (own.version == 0 || own.source == context.source) {
        (own.version, own.row, own.source) = (context.version, context.row, context.source);
    }
    if reads {
        *read = (step, context.version);
    } else if plan.action == Action::Write {
        if plan.builds_on == Some(read.0) {
            read.1 = context.version;
        }
        record.owes = if plan.owes_publish { owes(plan.store) } else { 0 };
    }
}

/// Marks the half of a dual write that is done as the publication.
const OWES_WRITE: u16 = 0x100;

/// How a task notes that it has written to a store and is to tell of it.
fn owes(store: StoreIx) -> u16 {
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
