//! A store: a pool of connections to a table that keeps a version per key.
//!
//! An access takes a connection, or waits for one in the order of arrival; it holds it for the time that is drawn and
//! takes effect when that is over. A crash resets the connections: what waits or runs is lost without effect, what was
//! committed stays (a database's durability). A pause keeps all of it.

pub mod event;
mod seen;
mod table;

use std::collections::VecDeque;

use crate::base::{AccessIx, SimDuration, SimTime, StoreIx, Stream};
use crate::engine::kernel::event::{Address, NodeEvent, Wake};
use crate::engine::kernel::message::{Envelope, Message, Payload};
use crate::engine::kernel::request_context::RequestContext;
use crate::engine::kernel::slab::Slab;
use crate::engine::kernel::wake::WakeToken;
use crate::engine::runtime::context::Context;
use crate::engine::runtime::write_history::WriteHistory;
use crate::observation::{Effect, Failure, Lag, MessageKind, Observation, Observer, StoreState};
use crate::scenario::{Action, Plan, StorePlan};
use event::StoreEvent;
use seen::Seen;
use table::{Projected, Table};

/// An access that has reached the store.
#[derive(Clone, Copy, Debug)]
struct Job {
    access: AccessIx,
    caller: WakeToken,
    /// The version on which a write builds.
    read: Option<u32>,
    context: RequestContext,
    state: Stage,
}

/// How far an access has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Stage {
    /// It waits for a connection.
    Waiting,
    /// It has one until then.
    Running(SimTime),
    /// It has one and so much left to do: the store is paused.
    Stopped(SimDuration),
}

/// A store at work.
#[derive(Clone, Debug)]
pub struct Store {
    address: Address<StoreEvent>,
    index: StoreIx,
    jobs: Slab<Job>,
    waiting: VecDeque<u32>,
    busy: u32,
    table: Table,
    seen: Seen,
    /// The source of what was projected last, for keys that were not projected yet.
    source: Option<StoreIx>,
    work: Stream,
    lag: Stream,
    errors: Stream,
    slow: f64,
    error: f64,
    crashed: bool,
    paused: bool,
}

impl Store {
    /// Empty and idle.
    pub fn new(index: StoreIx, plan: &Plan) -> Store {
        let store = &plan.stores[index.at()];
        let stream = |purpose| Stream::new(plan.seed, plan.id(store.node), purpose);
        Store {
            address: Address::of(index, plan),
            index,
            jobs: Slab::default(),
            waiting: VecDeque::new(),
            busy: 0,
            table: Table::default(),
            seen: Seen::default(),
            source: store.source,
            work: stream("work"),
            lag: stream("lag"),
            errors: stream("errors"),
            slow: 1.0,
            error: 0.0,
            crashed: false,
            paused: false,
        }
    }

    /// What can be seen of it.
    pub fn state(&self, plan: &Plan) -> StoreState {
        StoreState {
            connections: if self.crashed { 0 } else { plan.stores[self.index.at()].connections },
            busy: self.busy,
            waiting: self.waiting.len() as u32,
            keys: self.table.keys() as u32,
            versions: self.table.versions(),
            crashed: self.crashed,
            paused: self.paused,
        }
    }

    /// How far its read model is behind its sources, where it projects, and its followers behind it; none of what
    /// it does not have.
    pub fn lag(&self, plan: &Plan, write_history: &WriteHistory, now: SimTime) -> [Option<Lag>; 2] {
        let own = &plan.stores[self.index.at()];
        let followed = own.follower_lag.is_some().then(|| self.table.followers_lag(now)).flatten();
        [own.projected.then(|| write_history.lag(&self.table, self.source)), followed]
    }

    /// Accesses, rows and remembered effects, for the bound on live objects.
    pub fn live_objects(&self) -> usize {
        self.jobs.len() + self.table.live_objects() + self.seen.len()
    }

    /// About how many bytes a clone takes.
    pub fn memory_bytes(&self) -> usize {
        self.jobs.memory_bytes() + self.table.memory_bytes() + self.seen.memory_bytes()
    }

    /// Whether it is down.
    pub fn is_crashed(&self) -> bool {
        self.crashed
    }

    /// Says how many connections there are.
    pub fn begin<O: Observer>(&mut self, cx: &mut Context<O>) {
        self.report(cx);
    }

    /// Handles an event.
    #[inline(never)]
    pub fn handle<O: Observer>(&mut self, event: StoreEvent, cx: &mut Context<O>) {
        match event {
            StoreEvent::Node(NodeEvent::Deliver(message)) => self.deliver(cx.land(message), cx),
            StoreEvent::Done(Wake { task, .. }) => self.timer(task, cx),
            StoreEvent::Node(NodeEvent::Begin) => self.begin(cx),
        }
    }

    /// An access arrived.
    pub fn deliver<O: Observer>(&mut self, message: Message, cx: &mut Context<O>) {
        let Payload::Query { access, caller, read } = message.payload else { message.payload.misdelivered() };
        let job = Job { access, caller, read, context: message.context, state: Stage::Waiting };
        if self.crashed {
            return answer(&job, Err(Failure::Unavailable), cx);
        }
        let slot = self.jobs.insert(job);
        self.waiting.push_back(slot);
        self.settle(cx);
    }

    /// An access is done.
    pub fn timer<O: Observer>(&mut self, slot: u32, cx: &mut Context<O>) {
        self.busy -= 1;
        let mut job = self.jobs.remove(slot);
        self.take_effect(&mut job, cx);
        answer(&job, Ok(()), cx);
        self.settle(cx);
    }

    /// Sets what faults do to accesses that begin from now on.
    pub fn set_faults(&mut self, slow: f64, error: f64) {
        (self.slow, self.error) = (slow, error);
    }

    /// It goes down: every access is lost without effect, and its caller is told.
    pub fn crash<O: Observer>(&mut self, cx: &mut Context<O>) {
        self.crashed = true;
        for slot in self.slots() {
            cx.generations.advance(self.address.node(), slot);
            answer(&self.jobs.remove(slot), Err(Failure::Unavailable), cx);
        }
        self.waiting.clear();
        self.busy = 0;
        self.report(cx);
    }

    /// It is back, with all that was committed.
    pub fn restart<O: Observer>(&mut self, cx: &mut Context<O>) {
        self.crashed = false;
        self.report(cx);
    }

    /// Everything stops where it stands.
    pub fn pause<O: Observer>(&mut self, cx: &mut Context<O>) {
        self.paused = true;
        for slot in self.slots() {
            let job = &mut self.jobs[slot];
            if let Stage::Running(ends) = job.state {
                cx.generations.advance(self.address.node(), slot);
                job.state = Stage::Stopped(ends.since(cx.now));
            }
        }
    }

    /// Everything goes on from where it stood.
    pub fn resume<O: Observer>(&mut self, cx: &mut Context<O>) {
        self.paused = false;
        for slot in self.slots() {
            let job = &mut self.jobs[slot];
            if let Stage::Stopped(left) = job.state {
                job.state = Stage::Running(cx.now + left);
                let token = cx.generations.next(self.address.narrow(), slot);
                cx.wake_after(left, token);
            }
        }
        self.settle(cx);
    }

    /// The plan has other numbers now.
    pub fn retune<O: Observer>(&mut self, cx: &mut Context<O>) {
        self.settle(cx);
    }

    fn plan<'p, O>(&self, cx: &Context<'p, O>) -> &'p StorePlan {
        &cx.plan.stores[self.index.at()]
    }

    fn slots(&self) -> Vec<u32> {
        self.jobs.iter().map(|(slot, _)| slot).collect()
    }

    /// Gives free connections to those who wait, in the order in which they came.
    fn settle<O: Observer>(&mut self, cx: &mut Context<O>) {
        let connections = self.plan(cx).connections;
        while !self.paused
            && self.busy < connections
            && let Some(slot) = self.waiting.pop_front()
        {
            self.begin_access(slot, cx);
        }
        self.report(cx);
    }

    fn begin_access<O: Observer>(&mut self, slot: u32, cx: &mut Context<O>) {
        if self.errors.chance(self.error) {
            return answer(&self.jobs.remove(slot), Err(Failure::Error), cx);
        }
        let plan = self.plan(cx);
        let job = &mut self.jobs[slot];
        let length = match cx.plan.accesses[job.access.at()].action {
            Action::Read | Action::ReadFollower => plan.read,
            Action::Write | Action::Project => plan.write,
        };
        let length = cx.plan.dists[length.at()].sample(&mut self.work).scaled(self.slow);
        self.busy += 1;
        job.state = Stage::Running(cx.now + length);
        let token = cx.generations.next(self.address.narrow(), slot);
        cx.wake_after(length, token);
    }

    /// Reads or changes the table. What the access found or made goes back in its context.
    fn take_effect<O: Observer>(&mut self, job: &mut Job, cx: &mut Context<O>) {
        let plan = &cx.plan.accesses[job.access.at()];
        match plan.action {
            Action::Read => self.read(job, false, cx),
            Action::ReadFollower => self.read(job, self.plan(cx).follower_lag.is_some(), cx),
            Action::Write | Action::Project => {
                let message = job.context.message;
                let again = self.seen.again(message, plan.effect);
                let mut effect = if again { Effect::Duplicated } else { Effect::Applied };
                if again && self.plan(cx).unique {
                    effect = Effect::Ignored;
                    job.context.carry(self.table.version(job.context.key), job.context.key, self.index);
                } else if plan.action == Action::Write {
                    self.write(job, cx);
                } else if !self.project(job, cx) && !again {
                    effect = Effect::Overtaken;
                }
                cx.observe(Observation::Wrote { store: self.index, access: job.access, message, effect });
            }
        }
    }

    fn read<O: Observer>(&mut self, job: &mut Job, follower: bool, cx: &mut Context<O>) {
        let key = job.context.key;
        let (mut behind, mut since, mut newest) = (0, cx.now, None);
        let (write_history, now) = (&*cx.write_history, cx.now);
        self.table.read(key, follower, now, |found| {
            let (of_this, first) = match found.source {
                Some(source) => write_history.behind(source, key, found.version, now),
                None => (found.behind, found.since),
            };
            (behind, since) = (behind.max(of_this), since.min(first));
            newest.get_or_insert((found.version, found.source.unwrap_or(self.index)));
        });
        if let (None, Some(source), true) = (newest, self.source, cx.plan.stores[self.index.at()].projected) {
            // A key that is not there is one that was not projected yet.
            (behind, since) = write_history.behind(source, key, 0, now);
        }
        // What was projected is a version of its source, wherever it is read.
        let (version, source) = newest.unwrap_or((0, self.source.unwrap_or(self.index)));
        job.context.carry(version, key, source);
        cx.observe(Observation::Read { store: self.index, behind, since });
    }

    fn write<O: Observer>(&mut self, job: &mut Job, cx: &mut Context<O>) {
        let key = job.context.key;
        if job.read.is_some_and(|read| read < self.table.version(key)) {
            // Somebody wrote between this operation's read and its write, and is overwritten unseen.
            cx.observe(Observation::LostUpdates { store: self.index, count: 1 });
        }
        let lag = self.draw_lag(cx);
        let version = self.table.write(key, cx.now, lag);
        cx.write_history.wrote(self.index, key, version, cx.now);
        job.context.carry(version, key, self.index);
    }

    /// Applies the version that is carried; says whether it was newer.
    fn project<O: Observer>(&mut self, job: &Job, cx: &mut Context<O>) -> bool {
        let RequestContext { row: key, version, source, .. } = job.context;
        let source = StoreIx(source.into());
        if version == 0 || source == self.index {
            return false;
        }
        self.source = Some(source);
        let lag = self.draw_lag(cx);
        match self.table.project(key, version, source, cx.now, lag) {
            Projected::Newer(0) => true,
            Projected::Newer(count) => {
                cx.observe(Observation::LostUpdates { store: self.index, count });
                true
            }
            Projected::Older(missing) => {
                if missing {
                    cx.observe(Observation::FoundUpdate { store: self.index });
                }
                false
            }
        }
    }

    fn draw_lag<O: Observer>(&mut self, cx: &mut Context<O>) -> Option<SimDuration> {
        self.plan(cx).follower_lag.map(|lag| cx.plan.dists[lag.at()].sample(&mut self.lag))
    }

    fn report<O: Observer>(&self, cx: &mut Context<O>) {
        let StoreState { busy, waiting, connections, .. } = self.state(cx.plan);
        cx.observe(Observation::Connections { store: self.index, busy, waiting, total: connections });
    }
}

/// Answers an access.
fn answer<O: Observer>(job: &Job, result: Result<(), Failure>, cx: &mut Context<O>) {
    let link = cx.plan.accesses[job.access.at()].back;
    let payload = Payload::Result { access: job.access, caller: job.caller, result };
    let kind = MessageKind::Result { done: result.is_ok() };
    cx.send(Envelope::new(link, kind, payload, &job.context));
}
