//! A client: requests arrive, run their steps, and end well or badly.

mod arrivals;
mod edit;
pub mod event;

use crate::base::{BreakerIx, ClientIx, SimDuration, Stream, WindowIx};
use crate::engine::kernel::event::{Address, NodeEvent, Wake};
use crate::engine::kernel::message::Payload;
use crate::engine::kernel::request_context::RequestContext;
use crate::engine::runtime::context::Context;
use crate::engine::runtime::event::TaskEvent;
use crate::engine::runtime::host::Host;
use crate::engine::runtime::interpreter;
use crate::engine::runtime::policy::shared::SharedPolicies;
use crate::engine::runtime::steps::access;
use crate::engine::runtime::steps::ask;
use crate::engine::runtime::steps::call;
use crate::engine::runtime::steps::publish;
use crate::engine::runtime::steps::window;
use crate::engine::runtime::task::{Origin, State, Task};
use crate::engine::runtime::task_runtime::TaskRuntime;
use crate::engine::runtime::upkeep;
use crate::observation::{BreakerState, Failure, Observation, Observer, Outcome, Scope};
use crate::scenario::{ArrivalPlan, Plan};
use arrivals::Arrivals;
use event::ClientEvent;

/// A client at work.
#[derive(Clone, Debug)]
pub struct Client {
    address: Address<ClientEvent>,
    runtime: TaskRuntime,
    index: ClientIx,
    arrivals: Arrivals,
    keys: Stream,
    /// Which requests are poison, and how likely each is.
    poison: Stream,
    poison_chance: f64,
}

impl Client {
    /// Before its first request.
    pub fn new(index: ClientIx, plan: &Plan) -> Client {
        let client = &plan.clients[index.at()];
        let address = Address::of(index, plan);
        Client {
            address,
            runtime: TaskRuntime::new(address.narrow(), plan),
            index,
            arrivals: Arrivals::new(client.node, plan),
            keys: Stream::new(plan.seed, plan.id(client.node), "keys"),
            poison: Stream::new(plan.seed, plan.id(client.node), "poison"),
            poison_chance: 0.0,
        }
    }

    /// Requests that have not ended.
    pub fn open(&self) -> usize {
        self.runtime.tasks.iter().filter(|(_, task)| task.origin == Origin::Client).count()
    }

    /// The state of one of its circuit breakers.
    pub fn breaker(&self, breaker: BreakerIx) -> BreakerState {
        self.runtime.policies.shared().breaker(breaker)
    }

    /// The policies that its calls share, for drawing.
    pub fn policies(&self) -> &SharedPolicies {
        self.runtime.policies.shared()
    }

    /// Running operations and what windows hold, for the bound on live objects.
    pub fn live_objects(&self) -> usize {
        self.runtime.live_objects()
    }

    /// About how many bytes a clone takes.
    pub fn memory_bytes(&self) -> usize {
        self.runtime.memory_bytes()
    }

    /// Handles an event.
    pub fn handle<O: Observer>(&mut self, event: ClientEvent, cx: &mut Context<O>) {
        match event {
            ClientEvent::Node(NodeEvent::Deliver(message)) => self.deliver(message, cx),
            ClientEvent::Task(TaskEvent::Wake(Wake { task, .. })) => self.timer(task, cx),
            ClientEvent::Arrival(planned) => self.arrival(planned, cx),
            ClientEvent::Thought => self.thought(cx),
            ClientEvent::Node(NodeEvent::Begin) => self.begin(cx),
            ClientEvent::Task(TaskEvent::Hedge { task, .. }) => self.hedge(task, cx),
            ClientEvent::Task(TaskEvent::Breaker(breaker)) => upkeep::tick(&mut self.runtime, breaker, cx),
            ClientEvent::Task(TaskEvent::WindowCloses(window)) => self.window(window, cx),
        }
    }

    /// Plans its first arrivals.
    pub fn begin<O: Observer>(&mut self, cx: &mut Context<O>) {
        let own = self.address;
        match &cx.plan.clients[self.index.at()].arrivals {
            ArrivalPlan::Open { .. } => self.arrivals.plan_next(self.index, own, cx),
            ArrivalPlan::Closed { .. } => self.arrivals.populate(self.index, own, cx),
        }
    }

    /// Its rate changed: by a fault (`surge` times as much) or by hand. What had gathered so far stands.
    pub fn retime<O: Observer>(&mut self, surge: f64, before: &Plan, cx: &mut Context<O>) {
        let own = self.address;
        self.arrivals.change(self.index, own, surge, before, cx);
        upkeep::retune(&mut self.runtime, cx);
    }

    /// Sets how likely the messages of requests from now on cannot be processed.
    pub fn set_poison(&mut self, probability: f64) {
        self.poison_chance = probability;
    }

    /// The next request of an open client arrives.
    pub fn arrival<O: Observer>(&mut self, planned: u32, cx: &mut Context<O>) {
        if !self.arrivals.due(planned) {
            return;
        }
        self.offer(cx);
        let own = self.address;
        self.arrivals.plan_next(self.index, own, cx);
        interpreter::run(self, cx);
    }

    /// A user of a closed client has thought.
    pub fn thought<O: Observer>(&mut self, cx: &mut Context<O>) {
        if self.arrivals.left() {
            return;
        }
        self.offer(cx);
        interpreter::run(self, cx);
    }

    /// A wait of a task is over by the clock.
    pub fn timer<O: Observer>(&mut self, task: u32, cx: &mut Context<O>) {
        interpreter::timer(self, task, cx);
        interpreter::run(self, cx);
    }

    /// A window closes.
    pub fn window<O: Observer>(&mut self, window: WindowIx, cx: &mut Context<O>) {
        window::close(&mut self.runtime, window, cx);
    }

    /// A request of a task has been out for long.
    pub fn hedge<O: Observer>(&mut self, task: u32, cx: &mut Context<O>) {
        call::hedge(self, task, cx);
    }

    /// A message arrived.
    pub fn deliver<O: Observer>(&mut self, message: u32, cx: &mut Context<O>) {
        if let Some(reply) = cx.land_reply(message) {
            call::answered(self, &reply, cx);
            return interpreter::run(self, cx);
        }
        let message = cx.land(message);
        match message.payload {
            Payload::Confirm { publisher, accepted } => publish::confirmed(self, publisher, accepted, cx),
            Payload::Answered { .. } => ask::answered(self, &message, cx),
            Payload::Result { access, caller, result } => {
                access::answered(self, access, caller, result, message.context, cx);
            }
            other => other.misdelivered(),
        }
        interpreter::run(self, cx);
    }

    fn offer<O: Observer>(&mut self, cx: &mut Context<O>) {
        let client = &cx.plan.clients[self.index.at()];
        let request = cx.new_request();
        let key = client.keys.map(|keys| keys.sample(&mut self.keys));
        let mut context = RequestContext::new(request, key, cx.now);
        context.poison = self.poison.chance(self.poison_chance);
        if let (true, Some(deadline)) = (client.propagate, client.deadline) {
            context.deadline = cx.now + deadline;
        }
        cx.observe(Observation::Offered { client: self.index, request });
        cx.begin_span(Scope::Request { client: self.index }, &mut context);
        let slot = self.runtime.tasks.insert(Task::new(client.entry, Origin::Client, context, cx.now));
        self.runtime.ready(slot);
    }
}

impl Host for Client {
    fn runtime(&mut self) -> &mut TaskRuntime {
        &mut self.runtime
    }

    fn work<O: Observer>(&mut self, task: u32, length: SimDuration, cx: &mut Context<O>) {
        cx.turn_span(|| self.runtime.tasks[task].context.span, 0, 1);
        let token = self.runtime.wait(task, State::Working(cx.now + length), cx);
        cx.wake_after(length, token);
    }

    fn on_block<O: Observer>(&mut self, _: u32, _: bool, _: &mut Context<O>) {}

    fn on_unblock<O: Observer>(&mut self, _: u32, _: bool, _: &mut Context<O>) {}

    fn respond<O: Observer>(&mut self, _: u32, _: &mut Context<O>) {}

    fn dropped<O: Observer>(&mut self, _: u32, _: &mut Context<O>) {}

    #[inline(always)]
    fn ended<O: Observer>(&mut self, task: u32, result: Result<(), Failure>, cx: &mut Context<O>) {
        let task = &self.runtime.tasks[task];
        let client = &cx.plan.clients[self.index.at()];
        let outcome = match result {
            Err(failure) => Outcome::Failed(failure),
            Ok(()) if client.deadline.is_some_and(|deadline| cx.now.since(task.arrived) > deadline) => {
                Outcome::Late
            }
            Ok(()) if task.degraded => Outcome::Degraded,
            Ok(()) => Outcome::Good,
        };
        cx.observe(Observation::Ended {
            client: self.index,
            request: task.context.request,
            outcome,
            offered: task.arrived,
        });
        cx.end_span(task.context.span, outcome.into(), false);
        if let ArrivalPlan::Closed { .. } = client.arrivals {
            let own = self.address;
            self.arrivals.think(self.index, own, cx);
        }
    }
}
