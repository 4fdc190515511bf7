//! A node that an edit took out of the running system: whatever comes to it is lost, and who waits for it is told.

use crate::base::{ServiceIx, SimTime, StoreIx};
use crate::engine::kernel::message::{Envelope, Message, Payload};
use crate::engine::nodes::broker::Publisher;
use crate::engine::runtime::context::Context;
use crate::observation::{Failure, MessageKind, Observation, Observer};
use crate::scenario::Pair;

/// A message has come to where the node was.
pub fn deliver<O: Observer>(slot: u32, cx: &mut Context<O>) {
    let message = cx.network.arrive_at_nobody(slot, cx.now, cx.observer);
    let Message { payload, context, link, .. } = message;
    match payload {
        Payload::Request { call, caller, replica, .. } => {
            // The connection is refused.
            let (back, result) = (cx.plan.calls[call.at()].back, Err(Failure::Unavailable));
            let payload = Payload::Reply { caller, result, replica, arrived: SimTime::NEVER };
            cx.send(Envelope::new(back, MessageKind::Failure(Failure::Unavailable), payload, &context));
        }
        Payload::Query { access, caller, .. } => {
            let (back, result) = (cx.plan.accesses[access.at()].back, Err(Failure::Unavailable));
            let payload = Payload::Result { access, caller, result };
            cx.send(Envelope::new(back, MessageKind::Result { done: false }, payload, &context));
        }
        Payload::Publish { publish, confirm, publication } => {
            if cx.plan.pairs.get(publish.at()) == Some(&Pair::AfterWrite) && context.version > 0 {
                // It was to tell of a write, and nobody will hear of it.
                let store = StoreIx(context.source.into());
                cx.observe(Observation::LostUpdates { store, count: 1 });
            }
            if let Some(publication) = publication {
                cx.publications.landed(publication);
            }
            if let Some(publisher) = confirm {
                let back = cx.plan.publishes[publish.at()].back;
                Publisher::Task(publisher).confirm(false, back, &context, cx);
            }
        }
        Payload::Copy { route, confirm, publication } => {
            if let Some(publication) = publication {
                cx.publications.landed(publication);
            }
            if let Some(gathered) = confirm {
                let back = cx.plan.routes[route.at()].back;
                Publisher::Exchange(gathered).confirm(false, back, &context, cx);
            }
        }
        Payload::Reply { arrived, .. } | Payload::Answer { arrived, .. } => {
            cx.in_vain(arrived, context.span, link);
        }
        Payload::Answered { asker, tag, service, arrived, .. } => {
            let payload = Payload::Ack { tag, replica: None, positive: false, requeue: false };
            let back = cx.plan.asks[asker.ask.at()].back;
            cx.send(Envelope::new(back, MessageKind::Ack { positive: false }, payload, &context));
            cx.in_vain_by(ServiceIx(service.into()), arrived, context.span);
        }
        // Brokers know that a consumer is gone, and nobody waits for the rest.
        Payload::Ask { .. }
        | Payload::Dead { .. }
        | Payload::GivenUp { .. }
        | Payload::Confirm { .. }
        | Payload::CopyConfirm { .. }
        | Payload::Delivery { .. }
        | Payload::Record { .. }
        | Payload::RecordAck { .. }
        | Payload::Ack { .. }
        | Payload::Result { .. } => {}
    }
}
