//! What every node that runs operations has: its tasks, and what they share.

use super::agenda::Agenda;
use super::context::Context;
use super::event::TaskEvent;
use super::policy::chain::PolicyChain;
use super::steps::repeat::Repeats;
use super::task::{Origin, State, Task};
use super::windows::Windows;
use crate::base::{NodeIx, Stream};
use crate::engine::kernel::event::Address;
use crate::engine::kernel::slab::Slab;
use crate::engine::kernel::wake::WakeToken;
use crate::observation::Observer;
use crate::scenario::Plan;

/// The tasks of a node, whichever of its operations they run.
#[derive(Clone, Debug)]
pub struct TaskRuntime {
    /// The node, for what its tasks are told by the clock.
    pub address: Address<TaskEvent>,
    /// Its running operations.
    pub tasks: Slab<Task>,
    /// Tasks that can go on now.
    pub agenda: Agenda,
    /// Draws of work and sleep.
    pub work: Stream,
    /// Draws of branches and failures.
    pub chance: Stream,
    /// Draws of backoff.
    pub retry: Stream,
    /// The turns that its repeat steps have left.
    pub repeats: Repeats,
    /// What its window steps have gathered.
    pub windows: Windows,
    /// The policies of its calls.
    pub policies: PolicyChain,
}

impl TaskRuntime {
    /// For a node at which nothing runs yet.
    pub fn new(address: Address<TaskEvent>, plan: &Plan) -> TaskRuntime {
        let node = address.node();
        let stream = |purpose| Stream::new(plan.seed, plan.id(node), purpose);
        TaskRuntime {
            address,
            tasks: Slab::default(),
            agenda: Agenda::default(),
            work: stream("work"),
            chance: stream("chance"),
            retry: stream("retry"),
            repeats: Repeats::new(stream("repeat")),
            windows: Windows::new(node, plan),
            policies: PolicyChain::new(node, plan),
        }
    }

    /// The plan has more steps and policies now: an edit has added them.
    pub fn grow(&mut self, plan: &Plan) {
        let node = self.node();
        self.windows.grow(node, plan);
        self.policies.shared_mut().grow(node, plan);
    }

    /// The node.
    pub fn node(&self) -> NodeIx {
        self.address.node()
    }

    /// Running operations and groups of open windows.
    pub fn live_objects(&self) -> usize {
        self.tasks.len() + self.windows.live_objects()
    }

    /// About how many bytes a clone takes.
    pub fn memory_bytes(&self) -> usize {
        self.tasks.memory_bytes()
            + self.repeats.memory_bytes()
            + self.windows.memory_bytes()
            + self.policies.memory_bytes()
    }

    /// The task enters a wait of this kind; what it waited for before is stale.
    #[inline(always)]
    pub fn wait<O: Observer>(&mut self, task: u32, state: State, cx: &mut Context<O>) -> WakeToken {
        self.begin_wait(task, state, cx).0
    }

    /// The same, with the task.
    #[inline(always)]
    pub fn begin_wait<O: Observer>(
        &mut self,
        task: u32,
        state: State,
        cx: &mut Context<O>,
    ) -> (WakeToken, &mut Task) {
        let token = cx.generations.next(self.address.narrow(), task);
        let record = &mut self.tasks[task];
        record.state = state;
        (token, record)
    }

    /// The task can go on: it is run when its place on the agenda comes, before the next event. What it waited for
    /// becomes stale with its next wait or its end.
    #[inline]
    pub fn ready(&mut self, task: u32) -> &mut Task {
        let record = &mut self.tasks[task];
        if record.state == State::Ready {
            // It may stand there already.
            self.agenda.forget(task);
        }
        self.agenda.push(task);
        record.state = State::Ready;
        record
    }

    /// The task goes away: what it waited for is stale, and it does not go on.
    #[inline(always)]
    pub fn leaves<O>(&mut self, task: u32, cx: &mut Context<O>) {
        cx.generations.advance(self.node(), task);
        self.agenda.forget(task);
    }

    /// The task at the root of a branch; of a root, itself.
    #[inline]
    pub fn root(&self, mut task: u32) -> u32 {
        while let Origin::Branch(parent) = self.tasks[task].origin {
            task = parent;
        }
        task
    }
}
