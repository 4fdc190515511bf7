//! What steps refer to: calls, publications, asks, accesses, windows.

use super::{Merge, mark, put};
use crate::base::{AccessIx, AskIx, CallIx, LinkIx, Pc, PublishIx, ServiceIx, WindowIx};
use crate::scenario::plan::{
    AccessPlan, AskPlan, Broker, CallPlan, Pair, PublishPlan, RoutePlan, Routes, WindowPlan,
};

impl Merge<'_> {
    pub fn call(&mut self, new: CallIx, stays: Option<CallIx>, to: impl Fn(Pc) -> Pc) -> usize {
        let call = &self.new.calls[new.at()];
        let plan = CallPlan {
            edge: self.edge(call.edge),
            op: self.operation(call.op),
            out: self.link(call.out),
            back: self.link(call.back),
            policies: call.policies.as_deref().map(|policies| Box::new(self.call_policies(policies))),
            fallback: call.fallback.map(&to),
            next: to(call.next),
            ..*call
        };
        let at = put(&mut self.out.calls, plan, stays.map(CallIx::at));
        mark(&mut self.living.calls, at);
        at
    }

    pub fn broker(&self, new: Broker) -> Broker {
        match new {
            Broker::Queue(queue) => Broker::Queue(self.queue(queue)),
            Broker::Exchange(exchange) => Broker::Exchange(self.exchange(exchange)),
            Broker::Log(log) => Broker::Log(self.log(log)),
        }
    }

    pub fn publish(&mut self, new: PublishIx, stays: Option<PublishIx>) -> usize {
        let publish = &self.new.publishes[new.at()];
        let (to, out) = (self.broker(publish.to), self.link(publish.out));
        let old = stays.map(|at| self.out.publishes[at.at()].routes);
        let routes = match old {
            Some(old) if self.same_routes(old, publish.routes) => old,
            _ => self.routes(publish.routes),
        };
        let producer = match to {
            Broker::Log(log) => {
                let known = self.out.publishes.iter().find(|known| (known.to, known.out) == (to, out));
                let producers = &mut self.out.logs[log.at()].producers;
                let producer = known.map_or(*producers, |known| known.producer);
                *producers = (*producers).max(producer + 1);
                producer
            }
            _ => 0,
        };
        let plan =
            PublishPlan { to, out, back: self.link(publish.back), producer, routes, ..publish.clone() };
        let at = put(&mut self.out.publishes, plan, stays.map(PublishIx::at));
        mark(&mut self.living.publishes, at);
        let pair = match self.new.pairs.get(new.at()) {
            Some(Pair::BeforeWrite(store)) => Pair::BeforeWrite(self.store(*store)),
            other => other.copied().unwrap_or_default(),
        };
        let pairs = &mut self.out.pairs;
        if pair != Pair::None || at < pairs.len() {
            pairs.resize(pairs.len().max(at + 1), Pair::None);
            pairs[at] = pair;
        }
        at
    }

    /// Adds the copies that exchanges make of a message.
    fn routes(&mut self, new: Routes) -> Routes {
        let first = self.out.routes.len() as u32;
        for at in new.first..new.first + new.count {
            let route = self.new.routes[at as usize];
            let (to, out, back) = (self.broker(route.to), self.link(route.out), self.link(route.back));
            self.out.routes.push(RoutePlan { to, out, back, routes: Routes::default() });
        }
        for at in 0..new.count {
            let further = self.new.routes[(new.first + at) as usize].routes;
            self.out.routes[(first + at) as usize].routes = self.routes(further);
        }
        Routes { first, count: new.count }
    }

    pub fn ask(&mut self, new: AskIx, stays: Option<AskIx>) -> usize {
        let ask = &self.new.asks[new.at()];
        let answer = |(service, link): &(ServiceIx, LinkIx)| (self.service(*service), self.link(*link));
        let mut answers: Vec<_> = ask.answers.iter().map(answer).collect();
        // Who has a request already, answers it.
        let before = stays.map(|at| self.out.asks[at.at()].answers.clone()).unwrap_or_default();
        answers.extend(before.into_iter().filter(|(old, _)| ask_has_not(&answers, *old)).collect::<Vec<_>>());
        let plan = AskPlan {
            via: self.queue(ask.via),
            reply_via: self.queue(ask.reply_via),
            out: self.link(ask.out),
            reply: self.link(ask.reply),
            back: self.link(ask.back),
            answers,
            timeout: ask.timeout,
        };
        let at = put(&mut self.out.asks, plan, stays.map(AskIx::at));
        mark(&mut self.living.asks, at);
        at
    }

    pub fn access(&mut self, new: AccessIx, stays: Option<AccessIx>) -> usize {
        let access = &self.new.accesses[new.at()];
        let plan = AccessPlan {
            store: self.store(access.store),
            out: self.link(access.out),
            back: self.link(access.back),
            builds_on: access.builds_on.map(|read| self.accesses[read.at()]),
            effect: self.effect(access.effect),
            ..*access
        };
        let at = put(&mut self.out.accesses, plan, stays.map(AccessIx::at));
        mark(&mut self.living.accesses, at);
        self.accesses[new.at()] = AccessIx(at as u32);
        at
    }

    /// The number of an effect; one that is new gets a number that none has had.
    fn effect(&mut self, new: u32) -> u32 {
        if let Some((_, known)) = self.effects.iter().find(|(known, _)| *known == new) {
            return *known;
        }
        let given = self.effects.iter().map(|(_, own)| *own);
        let next = self
            .out
            .accesses
            .iter()
            .map(|access| access.effect)
            .chain(given)
            .max()
            .map_or(0, |most| most + 1);
        self.effects.push((new, next));
        next
    }

    pub fn window(&mut self, new: WindowIx, stays: Option<WindowIx>) -> usize {
        let window = &self.new.windows[new.at()];
        let before = stays.and_then(|at| self.out.windows[at.at()].emit);
        let emit = window.emit.map(|publish| self.emission(publish, before));
        let plan = WindowPlan { node: self.node(window.node), emit, ..window.clone() };
        let at = put(&mut self.out.windows, plan, stays.map(WindowIx::at));
        mark(&mut self.living.windows, at);
        at
    }

    /// Where consumers send what they give up.
    pub fn emissions(&mut self) {
        for service in 0..self.new.services.len() {
            let own = self.service(ServiceIx(service as u32)).at();
            for (at, consumer) in self.new.services[service].consumes.iter().enumerate() {
                let place = self.subscriptions[service][at] as usize;
                let before = self.out.services[own].consumes[place].dead_letter;
                let dead_letter = consumer.dead_letter.map(|publish| self.emission(publish, before));
                self.out.services[own].consumes[place].dead_letter = dead_letter;
            }
        }
    }

    /// A publication that no operation has as a step: it stays where it goes to the same place.
    fn emission(&mut self, new: PublishIx, before: Option<PublishIx>) -> PublishIx {
        let way = |merge: &Self| merge.link(merge.new.publishes[new.at()].out);
        let stays = before.filter(|at| self.out.publishes[at.at()].out == way(self));
        PublishIx(self.publish(new, stays) as u32)
    }
}

fn ask_has_not(answers: &[(ServiceIx, LinkIx)], service: ServiceIx) -> bool {
    answers.iter().all(|(known, _)| *known != service)
}
