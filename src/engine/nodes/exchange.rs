//! An exchange: copies each message to whatever its bindings say, and gathers the brokers' words for the publisher.
//!
//! Semantics of RabbitMQ's exchanges. A message that no binding matches is dropped and confirmed all the same; a
//! confirmed publish has a good word only when every queue that the message was routed to has taken it. Which
//! bindings match is known before the run (`RoutePlan`): no queue gets two copies, and no circle of exchanges turns.

use crate::base::{ExchangeIx, LinkIx, NodeIx, RouteIx};
use crate::engine::kernel::event::Event;
use crate::engine::kernel::network::{Envelope, Message, Payload};
use crate::engine::kernel::slab::Slab;
use crate::engine::runtime::context::{Context, WakeToken};
use crate::observation::{Fate, MessageKind, Observation, Observer};
use crate::scenario::{Plan, Routes};

/// A confirmed message some of whose copies are still to be confirmed.
#[derive(Clone, Copy, Debug)]
struct Open {
    publisher: WakeToken,
    back: LinkIx,
    left: u32,
    accepted: bool,
}

/// An exchange at work.
#[derive(Clone, Debug)]
pub struct Exchange {
    index: ExchangeIx,
    node: NodeIx,
    open: Slab<Open>,
}

impl Exchange {
    /// With nothing to confirm.
    pub fn new(index: ExchangeIx, plan: &Plan) -> Exchange {
        Exchange { index, node: plan.exchanges[index.at()].node, open: Slab::default() }
    }

    /// Messages whose copies are still to be confirmed, for the bound on live things.
    pub fn live_objects(&self) -> usize {
        self.open.len()
    }

    /// How many bytes a clone takes.
    pub fn memory_bytes(&self) -> usize {
        self.open.memory_bytes()
    }

    /// What is due at it.
    #[inline]
    pub fn handle<O: Observer>(&mut self, event: Event, cx: &mut Context<O>) {
        match event {
            Event::Deliver { message, .. } => self.deliver(cx.land(message), cx),
            Event::Begin { .. } => {}
            event => debug_assert!(false, "{event:?} is not for an exchange"),
        }
    }

    /// A message arrived.
    pub fn deliver<O: Observer>(&mut self, message: Message, cx: &mut Context<O>) {
        match message.payload {
            Payload::Publish { publish, confirm } => {
                let step = &cx.plan.publishes[publish.at()];
                self.route(message, step.routes, step.back, confirm, cx);
            }
            Payload::Copy { route, confirm } => {
                let step = &cx.plan.routes[route.at()];
                self.route(message, step.routes, step.back, confirm, cx);
            }
            Payload::Confirm { publisher, accepted } => self.confirmed(publisher.task, accepted, message, cx),
            other => debug_assert!(false, "an exchange does not understand {other:?}"),
        }
    }

    fn route<O: Observer>(
        &mut self,
        message: Message,
        routes: Routes,
        back: LinkIx,
        confirm: Option<WakeToken>,
        cx: &mut Context<O>,
    ) {
        let Routes { first, count } = routes;
        cx.observe(Observation::Routed { exchange: self.index, copies: count });
        let fate = if count == 0 { Fate::Dropped } else { Fate::Consumed };
        cx.observe(Observation::Settled { fate });
        let confirm = match confirm {
            Some(publisher) if count == 0 => {
                confirm_to(publisher, true, back, message, cx);
                None
            }
            Some(publisher) => {
                let task = self.open.insert(Open { publisher, back, left: count, accepted: true });
                Some(WakeToken { node: self.node, task, generation: 0 })
            }
            None => None,
        };
        for route in (first..first + count).map(RouteIx) {
            let out = cx.plan.routes[route.at()].out;
            let payload = Payload::Copy { route, confirm };
            cx.send(Envelope::new(out, MessageKind::Publish, payload, &message.context));
        }
    }

    /// The word on one copy; the last one makes the word on the message.
    fn confirmed<O: Observer>(&mut self, slot: u32, accepted: bool, message: Message, cx: &mut Context<O>) {
        let open = &mut self.open[slot];
        open.left -= 1;
        open.accepted &= accepted;
        if open.left == 0 {
            let Open { publisher, back, accepted, .. } = self.open.remove(slot);
            confirm_to(publisher, accepted, back, message, cx);
        }
    }
}

/// A broker's word to a publisher.
pub fn confirm_to<O: Observer>(
    publisher: WakeToken,
    accepted: bool,
    back: LinkIx,
    message: Message,
    cx: &mut Context<O>,
) {
    let payload = Payload::Confirm { publisher, accepted };
    cx.send(Envelope::new(back, MessageKind::Confirm { accepted }, payload, &message.context));
}
