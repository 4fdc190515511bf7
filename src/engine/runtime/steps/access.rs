//! The steps that use a store: an access goes there over a connection and its answer comes back.
//!
//! A connection sends again what a link loses (`network`), and no step of these has a timeout: a store that is cut off
//! keeps its callers waiting, one that has crashed refuses at once.

use crate::base::AccessIx;
use crate::engine::kernel::message::{Envelope, Payload};
use crate::engine::kernel::request_context::RequestContext;
use crate::engine::kernel::wake::WakeToken;
use crate::engine::runtime::context::Context;
use crate::engine::runtime::ending::fail;
use crate::engine::runtime::host::Host;
use crate::engine::runtime::span::end_of;
use crate::engine::runtime::task::State;
use crate::observation::{Failure, MessageKind, Observation, Observer, Scope};
use crate::scenario::Action;

/// The task asks the store and waits for the answer.
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
    let read = read.filter(|&(by, _)| plan.builds_on == Some(by)).map(|(_, version)| version);
    let payload = Payload::Query { access: step, caller, read };
    cx.send(Envelope::new(plan.out, MessageKind::Query, payload, &context));
    host.on_block(task, false, cx);
}

/// The store's answer. `context` holds the version that was read or made.
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
        own.take_version(&context);
    }
    if reads {
        *read = Some((step, context.version));
    } else if plan.action == Action::Write {
        if let Some((by, version)) = read
            && plan.builds_on == Some(*by)
        {
            *version = context.version;
        }
        record.dual_write.wrote(plan.store, plan.owes_publish);
    }
}
