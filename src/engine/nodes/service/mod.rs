//! A service: replicas whose workers run operations, with a waiting room each.

mod admission;
mod answer;
pub mod blocked;
mod edit;
pub mod event;
mod faults;
mod health_check;
mod host;
mod in_turn;
mod outage;
mod partition_buffers;
mod processor_sharing;
mod records;
mod replica;
mod scale;
mod scaler;
mod sharing;
mod turns;

use event::ServiceEvent;
use partition_buffers::PartitionBuffers;
use replica::Replica;
use scaler::Scaler;
use turns::Turns;

use crate::base::{BreakerIx, OpIx, ServiceIx, SimDuration, Stream, WindowIx};
use crate::engine::kernel::event::{Address, NodeEvent, Wake};
use crate::engine::kernel::message::{Asker, Payload};
use crate::engine::kernel::network::Request;
use crate::engine::kernel::request_context::RequestContext;
use crate::engine::kernel::slab::{Slab, Slot};
use crate::engine::runtime::context::Context;
use crate::engine::runtime::ending;
use crate::engine::runtime::event::TaskEvent;
use crate::engine::runtime::interpreter;
use crate::engine::runtime::policy::rate_limit::RateLimit;
use crate::engine::runtime::policy::shared::SharedPolicies;
use crate::engine::runtime::steps::access;
use crate::engine::runtime::steps::ask;
use crate::engine::runtime::steps::call;
use crate::engine::runtime::steps::publish;
use crate::engine::runtime::steps::window;
use crate::engine::runtime::task::{Origin, State, Task};
use crate::engine::runtime::task_runtime::TaskRuntime;
use crate::engine::runtime::upkeep;
use crate::observation::{BreakerState, Failure, Observation, Observer, ReplicaState, Scope};
use crate::scenario::{Discipline, Plan, ServicePlan};

/// A service at work.
#[derive(Clone, Debug)]
pub struct Service {
    address: Address<ServiceEvent>,
    runtime: TaskRuntime,
    index: ServiceIx,
    replicas: Vec<Replica>,
    /// How many of them take work: the others were taken away.
    active: u32,
    scaler: Option<Box<Scaler>>,
    /// The autoscaler's next decision is on the calendar.
    decides: bool,
    /// Replicas that may have a free worker for those who wait.
    freed: Vec<u32>,
    /// Who waits for replies to the messages that are here.
    askers: Slab<Asker>,
    /// Records of logs that are here and not taken up.
    buffers: PartitionBuffers,
    /// Which branches of its jobs compute.
    turns: Turns,
    errors: Stream,
    slow: f64,
    error: f64,
    /// The same for each replica, where they are not alike.
    uneven: Vec<(f64, f64)>,
    paused: bool,
    /// Its own rate limit.
    admission: RateLimit,
}

impl Service {
    /// Idle.
    pub fn new(index: ServiceIx, plan: &Plan) -> Service {
        let service = &plan.services[index.at()];
        let address = Address::of(index, plan);
        Service {
            address,
            runtime: TaskRuntime::new(address.narrow(), plan),
            index,
            replicas: vec![Replica::new(service.workers); service.replicas as usize],
            active: service.replicas,
            scaler: service.autoscale.map(|_| Box::new(Scaler::default())),
            decides: false,
            freed: Vec::new(),
            askers: Slab::default(),
            buffers: PartitionBuffers::default(),
            turns: Turns::default(),
            errors: Stream::new(plan.seed, plan.id(service.node), "errors"),
            slow: 1.0,
            error: 0.0,
            uneven: Vec::new(),
            paused: false,
            admission: RateLimit::default(),
        }
    }

    /// How many replicas take work.
    pub fn active(&self) -> u32 {
        self.active
    }

    /// How many replicas it has, with those that were taken away.
    pub fn replicas(&self) -> u32 {
        self.replicas.len() as u32
    }

    /// One replica, for drawing.
    pub fn replica(&self, replica: u32) -> ReplicaState {
        let Some(record) = self.replicas.get(replica as usize) else { return ReplicaState::default() };
        ReplicaState { paused: self.paused || record.paused, ..record.state() }
    }

    /// Jobs that came with a request, for the ledger.
    pub fn requests(&self) -> u64 {
        self.runtime.tasks.iter().filter(|(_, task)| matches!(task.origin, Origin::Call(..))).count() as u64
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
        self.runtime.live_objects() + self.buffers.len()
    }

    /// About how many bytes a clone takes.
    pub fn memory_bytes(&self) -> usize {
        let waiting = self.askers.memory_bytes() + self.buffers.memory_bytes() + self.turns.memory_bytes();
        self.runtime.memory_bytes() + waiting + size_of_val(&self.replicas[..])
    }

    /// Handles an event.
    pub fn handle<O: Observer>(&mut self, event: ServiceEvent, cx: &mut Context<O>) {
        match event {
            ServiceEvent::Task(TaskEvent::Wake(Wake { task, .. })) => self.timer(task, cx),
            ServiceEvent::Node(NodeEvent::Deliver(message)) => self.deliver(message, cx),
            ServiceEvent::Share { replica, generation } => self.share(replica, generation, cx),
            ServiceEvent::Node(NodeEvent::Begin) => self.begin(cx),
            ServiceEvent::Scale => self.autoscale(cx),
            ServiceEvent::Ready => self.ready(cx),
            ServiceEvent::Check(check) => self.check(check, cx),
            ServiceEvent::Task(TaskEvent::Hedge { task, .. }) => self.hedge(task, cx),
            ServiceEvent::Task(TaskEvent::Breaker(breaker)) => upkeep::tick(&mut self.runtime, breaker, cx),
            ServiceEvent::Task(TaskEvent::WindowCloses(window)) => self.window(window, cx),
        }
    }

    /// Says how many workers there are.
    pub fn begin<O: Observer>(&mut self, cx: &mut Context<O>) {
        for replica in 0..self.replicas() {
            self.report(replica, cx);
        }
        if let Some(scale) = self.plan(cx).autoscale
            && !std::mem::replace(&mut self.decides, true)
        {
            cx.after(scale.every, self.address, ServiceEvent::Scale);
        }
    }

    /// A wait of a task is over by the clock.
    pub fn timer<O: Observer>(&mut self, task: u32, cx: &mut Context<O>) {
        interpreter::timer(self, task, cx);
        self.settle(cx);
    }

    /// A request of a task has been out for long.
    pub fn hedge<O: Observer>(&mut self, task: u32, cx: &mut Context<O>) {
        call::hedge(self, task, cx);
    }

    /// A window closes.
    pub fn window<O: Observer>(&mut self, window: WindowIx, cx: &mut Context<O>) {
        window::close(&mut self.runtime, window, cx);
    }

    /// A message arrived.
    pub fn deliver<O: Observer>(&mut self, message: u32, cx: &mut Context<O>) {
        if let Some(reply) = cx.land_reply(message) {
            call::answered(self, &reply, cx);
            return self.settle(cx);
        }
        if let Some(Request { call, caller, op, replica, context }) = cx.land_request(message) {
            self.arrive_in_line(Origin::Call(caller, call), op, replica, &context, cx);
            return self.settle(cx);
        }
        let message = cx.land(message);
        let context = &message.context;
        match message.payload {
            Payload::Delivery { subscription, replica, tag, asker } => {
                let op = self.plan(cx).consumes[subscription as usize].op;
                let asked = asker.map(|asker| Slot::new(self.askers.insert(asker)));
                self.arrive(Origin::Delivery(subscription, tag, asked), op, replica, context, cx);
            }
            Payload::Record { subscription, replica, delivery } => {
                self.record(subscription, replica, delivery, *context);
            }
            Payload::Confirm { publisher, accepted } => publish::confirmed(self, publisher, accepted, cx),
            Payload::Answered { .. } => ask::answered(self, &message, cx),
            Payload::Result { access, caller, result } => {
                access::answered(self, access, caller, result, message.context, cx);
            }
            other => other.misdelivered(),
        }
        self.settle(cx);
    }

    /// The plan has other numbers now.
    pub fn retune<O: Observer>(&mut self, cx: &mut Context<O>) {
        let plan = self.plan(cx);
        for replica in 0..self.replicas() {
            let record = &mut self.replicas[replica as usize];
            if !record.crashed {
                let paused = self.paused || record.paused;
                record.sharing.advance(cx.now, if paused { 0 } else { record.workers });
                record.workers = plan.workers;
                self.replan_sharing(replica, cx);
            }
        }
        if self.scaler.is_none() {
            self.resize(plan.replicas, cx);
        }
        for replica in 0..self.replicas() {
            self.report(replica, cx);
            if !self.replicas[replica as usize].paused {
                self.freed.push(replica);
            }
        }
        upkeep::retune(&mut self.runtime, cx);
        if !self.paused {
            self.settle(cx);
        }
    }

    #[inline(always)]
    fn plan<'p, O>(&self, cx: &Context<'p, O>) -> &'p ServicePlan {
        &cx.plan.services[self.index.at()]
    }

    fn slots(&self) -> Vec<u32> {
        self.runtime.tasks.iter().map(|(slot, _)| slot).collect()
    }

    /// Runs what can run, and gives freed workers to those who wait, until neither is left.
    #[inline(always)]
    fn settle<O: Observer>(&mut self, cx: &mut Context<O>) {
        interpreter::run(self, cx);
        if !self.freed.is_empty() || self.buffers.are_due() {
            self.settle_all(cx);
        }
    }

    #[inline(never)]
    fn settle_all<O: Observer>(&mut self, cx: &mut Context<O>) {
        loop {
            if self.buffers.are_due() && self.next_record(cx) {
                interpreter::run(self, cx);
                continue;
            }
            let Some(replica) = self.freed.pop() else { return };
            let plan = self.plan(cx);
            while let Some(record) = self.replicas.get_mut(replica as usize)
                && record.has_free_worker()
                && let Some(task) = record.next_waiting(plan.discipline)
            {
                self.dequeued(task, cx);
                if plan.shed_above.is_some() && self.waited_too_long(task, cx) {
                    self.shed(task, cx);
                } else {
                    self.take_up(task, plan, cx);
                }
            }
            // A worker that goes from one job to the next was never free.
            self.report_in_line(replica, cx);
            interpreter::run(self, cx);
        }
    }

    /// A job from a queue or a log arrives.
    #[inline(never)]
    fn arrive<O: Observer>(
        &mut self,
        origin: Origin,
        op: OpIx,
        replica: u32,
        context: &RequestContext,
        cx: &mut Context<O>,
    ) {
        self.arrive_in_line(origin, op, replica, context, cx);
    }

    /// A job arrives: it begins, waits or is refused. In line for requests, which are most of what arrives.
    #[inline(always)]
    fn arrive_in_line<O: Observer>(
        &mut self,
        origin: Origin,
        op: OpIx,
        replica: u32,
        context: &RequestContext,
        cx: &mut Context<O>,
    ) {
        let mut context = *context;
        let plan = self.plan(cx);
        cx.observe(Observation::Arrived { service: self.index, replica, op, request: context.request });
        let from = match origin {
            Origin::Delivery(subscription, ..) | Origin::Record(subscription, _) => {
                Some(cx.plan.links[plan.consumes[subscription as usize].out.at()].from)
            }
            _ => None,
        };
        cx.begin_span(Scope::Job { service: self.index, replica, op, from }, &mut context);
        let entry = cx.plan.operations[op.at()].entry;
        let task = || Task { op, replica, ..Task::new(entry, origin, context, cx.now) };
        if let Some(reason) = self.refusal(origin, replica, plan, cx) {
            let task = task();
            return self.refuse(&task, reason, cx);
        }
        let slot = self.runtime.tasks.insert(task());
        let record = &mut self.replicas[replica as usize];
        record.in_system += 1;
        let starts = plan.discipline == Discipline::ProcessorSharing || record.can_start();
        if starts {
            self.take_up(slot, plan, cx);
            self.report_in_line(replica, cx);
        } else {
            self.enqueue(slot, None, cx);
        }
    }

    /// The task waits for a worker, then to work so long (or to begin).
    fn enqueue<O: Observer>(&mut self, slot: u32, length: Option<SimDuration>, cx: &mut Context<O>) {
        let task = self.runtime.begin_wait(slot, State::Waiting(length), cx).1;
        task.queued = cx.now;
        let replica = task.replica;
        cx.turn_span(|| task.context.span, 1, 0);
        self.replicas[replica as usize].enqueue(slot);
        cx.observe(Observation::Queued { service: self.index, replica });
    }

    /// The task has left the waiting room. What a branch waited, its operation waited.
    fn dequeued<O: Observer>(&mut self, slot: u32, cx: &mut Context<O>) {
        let task = &mut self.runtime.tasks[slot];
        let (queued, replica) = (task.queued, task.replica);
        let waited = cx.now.since(queued);
        if let Origin::Branch(_) = task.origin {
            let root = self.runtime.root(slot);
            let root = &mut self.runtime.tasks[root];
            root.waited = root.waited + waited;
            cx.turn_span(|| root.context.span, -1, 0);
        } else {
            task.waited = task.waited + waited;
            cx.turn_span(|| task.context.span, -1, 0);
        }
        cx.observe(Observation::Dequeued { service: self.index, replica, queued });
    }

    /// A worker takes up the task: it begins, or goes on computing.
    #[inline(never)]
    fn take_up<O: Observer>(&mut self, slot: u32, plan: &ServicePlan, cx: &mut Context<O>) {
        let task = &mut self.runtime.tasks[slot];
        let Task { replica, state, started, arrived, origin, .. } = *task;
        let poison = task.context.poison;
        if task.context.deadline < cx.now && !started {
            return self.expire(slot, cx);
        }
        task.started = true;
        if plan.discipline != Discipline::ProcessorSharing {
            task.holds = true;
            task.active = 1;
            self.replicas[replica as usize].busy += 1;
        }
        if let State::Waiting(Some(length)) = state {
            return self.compute(slot, length, cx);
        }
        debug_assert!(!started, "a job begins once");
        cx.observe(Observation::Started { service: self.index, replica, arrived });
        if let Origin::Delivery(subscription, tag, _) = origin
            && plan.consumes[subscription as usize].ack_before
        {
            self.runtime.tasks[slot].acked = true;
            self.acknowledge(slot, subscription, tag, cx);
        }
        if let Origin::Record(subscription, delivery) = origin {
            self.record_taken(subscription, delivery, cx);
        }
        self.runtime.ready(slot);
        let poisoned = poison && matches!(origin, Origin::Delivery(..) | Origin::Record(..));
        let error = if self.uneven.is_empty() { self.error } else { self.uneven_at(slot).1 };
        if self.errors.chance(error) || poisoned {
            ending::fail(self, slot, Failure::Error, cx);
        }
    }

    /// The task computes for so long, on the worker that it has.
    #[inline(always)]
    fn compute<O: Observer>(&mut self, slot: u32, length: SimDuration, cx: &mut Context<O>) {
        cx.turn_span(|| self.runtime.tasks[slot].context.span, 0, 1);
        let token = self.runtime.wait(slot, State::Working(cx.now + length), cx);
        cx.wake_after(length, token);
    }

    /// Says how many workers of a replica compute, wait, and are there, where that is not known.
    #[inline(never)]
    fn report<O: Observer>(&mut self, replica: u32, cx: &mut Context<O>) {
        self.report_in_line(replica, cx);
    }

    /// The same in line, where a job gets its worker and where it gives it back.
    #[inline(always)]
    fn report_in_line<O: Observer>(&mut self, replica: u32, cx: &mut Context<O>) {
        let record = &mut self.replicas[replica as usize];
        let workers @ [busy, blocked, total] = record.workers();
        if record.reported == Some(workers) {
            return;
        }
        record.reported = Some(workers);
        if let Some(scaler) = &mut self.scaler {
            scaler.report(cx.now, replica, busy + blocked, total);
        }
        cx.observe(Observation::Workers { service: self.index, replica, busy, blocked, total });
    }
}
