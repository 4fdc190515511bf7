//! An exchange: copies each message to whatever its bindings say, and gathers the brokers' confirms for the publisher.
//!
//! Semantics of RabbitMQ's exchanges. A message that no binding matches is dropped and confirmed all the same; a
//! confirmed publish is confirmed only when every queue that the message was routed to has taken it. Which
//! bindings match is known before the run (`RoutePlan`): no queue gets two copies, and no message goes around in circles.

use super::broker::Publisher;
use crate::base::{ExchangeIx, LinkIx, RouteIx};
use crate::engine::kernel::event::NodeEvent;
use crate::engine::kernel::message::{Envelope, Message, Payload};
use crate::engine::kernel::request_context::RequestContext;
use crate::engine::kernel::slab::{Slab, Slot};
use crate::engine::runtime::context::Context;
use crate::observation::{Fate, MessageKind, Observation, Observer};
use crate::scenario::Routes;

/// A confirmed message some of whose copies are still to be confirmed.
#[derive(Clone, Copy, Debug)]
struct Open {
    publisher: Publisher,
    back: LinkIx,
    left: u32,
    accepted: bool,
}

/// An exchange at work.
#[derive(Clone, Debug)]
pub struct Exchange {
    index: ExchangeIx,
    open: Slab<Open>,
}

impl Exchange {
    /// An exchange that gathers nothing yet.
    pub fn new(index: ExchangeIx) -> Exchange {
        Exchange { index, open: Slab::default() }
    }

    /// Messages whose copies are still to be confirmed, for the bound on live objects.
    pub fn live_objects(&self) -> usize {
        self.open.len()
    }

    /// How many bytes a clone takes.
    pub fn memory_bytes(&self) -> usize {
        self.open.memory_bytes()
    }

    /// Handles an event.
    #[inline(never)]
    pub fn handle<O: Observer>(&mut self, event: NodeEvent, cx: &mut Context<O>) {
        match event {
            NodeEvent::Deliver(message) => self.deliver(cx.land(message), cx),
            NodeEvent::Begin => {}
        }
    }

    /// A message arrived.
    pub fn deliver<O: Observer>(&mut self, message: Message, cx: &mut Context<O>) {
        match message.payload {
            Payload::Publish { publish, confirm, publication } => {
                let step = &cx.plan.publishes[publish.at()];
                let publisher = confirm.map(Publisher::Task);
                self.route(message, step.routes, step.back, publisher, publication, cx);
            }
            Payload::Copy { route, confirm, publication } => {
                let step = &cx.plan.routes[route.at()];
                let publisher = confirm.map(Publisher::Exchange);
                self.route(message, step.routes, step.back, publisher, publication, cx);
            }
            Payload::CopyConfirm { gathered, accepted } => self.confirmed(gathered, accepted, message, cx),
            other => other.misdelivered(),
        }
    }

    /// It is taken out of the running system: what it gathers for publishers is not confirmed.
    pub fn remove<O: Observer>(&mut self, cx: &mut Context<O>) {
        let open: Vec<Open> = self.open.iter().map(|(_, open)| *open).collect();
        for Open { publisher, back, .. } in open {
            publisher.confirm(false, back, &RequestContext::new(0, None, cx.now), cx);
        }
    }

    fn route<O: Observer>(
        &mut self,
        message: Message,
        routes: Routes,
        back: LinkIx,
        publisher: Option<Publisher>,
        publication: Option<Slot>,
        cx: &mut Context<O>,
    ) {
        let Routes { first, count } = routes;
        cx.observe(Observation::Routed { exchange: self.index, copies: count });
        let fate = if count == 0 { Fate::Dropped } else { Fate::Consumed };
        cx.observe(Observation::Settled { fate });
        if let Some(publication) = publication {
            cx.publications.copied(publication, count);
        }
        let confirm = match publisher {
            Some(publisher) if count == 0 => {
                publisher.confirm(true, back, &message.context, cx);
                None
            }
            Some(publisher) => {
                Some(Slot::new(self.open.insert(Open { publisher, back, left: count, accepted: true })))
            }
            None => None,
        };
        for route in (first..first + count).map(RouteIx) {
            let out = cx.plan.routes[route.at()].out;
            let payload = Payload::Copy { route, confirm, publication };
            cx.send(Envelope::new(out, MessageKind::Publish, payload, &message.context));
        }
    }

    /// One copy is confirmed or refused; with the last one, so is the message.
    fn confirmed<O: Observer>(
        &mut self,
        gathered: Slot,
        accepted: bool,
        message: Message,
        cx: &mut Context<O>,
    ) {
        let open = &mut self.open[gathered.number()];
        open.left -= 1;
        open.accepted &= accepted;
        if open.left == 0 {
            let Open { publisher, back, accepted, .. } = self.open.remove(gathered.number());
            publisher.confirm(accepted, back, &message.context, cx);
        }
    }
}
