//! Stores and the steps that use them, sagas and windows become instructions.

use super::compiler::Compiler;
use super::scope::Written;
use crate::base::{AccessIx, NodeIx, Pc, PublishIx, SagaIx, StoreIx, WindowIx, Zipf};
use crate::scenario::model::step::{Read, SagaStep, StoreReplica, Window, Write};
use crate::scenario::model::store::Store;
use crate::scenario::plan::{
    AccessPlan, Action, HandlerPlan, Instruction, NodeKind, Pair, SagaPlan, StorePlan, WindowPlan,
};

/// The number of a key that is named: above those of clients, which end at 1e9 (FNV-1a).
fn named_key(name: &str) -> u32 {
    let hash =
        name.bytes().fold(0x811c_9dc5_u32, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193));
    hash | 1 << 31
}

impl Compiler<'_> {
    pub fn store(&mut self, node: NodeIx, store: &Store) -> StoreIx {
        let plan = StorePlan {
            node,
            connections: store.connections,
            read: self.dist(store.read.compile()),
            write: self.dist(store.write.compile()),
            follower_lag: store.follower_lag.as_ref().map(|lag| self.dist(lag.compile())),
            keys: store.keys.map(|keys| Zipf::new(keys.count, keys.skew)),
            unique: store.unique,
            projected: false,
            source: None,
        };
        self.plan.stores.push(plan);
        StoreIx(self.plan.stores.len() as u32 - 1)
    }

    pub fn read(&mut self, node: NodeIx, read: &Read) -> Instruction {
        let action = match read.replica {
            StoreReplica::Leader => Action::Read,
            StoreReplica::Follower => Action::ReadFollower,
        };
        self.access(node, &read.from, action, read.key.as_deref())
    }

    pub fn write(&mut self, node: NodeIx, write: &Write) -> Instruction {
        let instruction = self.access(node, &write.to, Action::Write, write.key.as_deref());
        if let Some(written) = self.written.last_mut() {
            written.name = write.effect.clone();
        }
        instruction
    }

    /// A step that uses a store.
    pub fn access(&mut self, node: NodeIx, to: &str, action: Action, key: Option<&str>) -> Instruction {
        let at = self.node(to);
        let NodeKind::Store(store) = self.plan.nodes[at.at()].kind else {
            unreachable!("refused by the reader: no store")
        };
        let key = key.map(named_key);
        let builds_on =
            self.scope.reads.iter().rev().find(|read| (read.0, read.1) == (store, key)).map(|read| read.2);
        let plan = AccessPlan {
            effect: 0,
            store,
            out: self.link(node, at),
            back: self.link(at, node),
            action,
            key,
            builds_on: builds_on.filter(|_| action == Action::Write),
            owes_publish: false,
        };
        self.plan.accesses.push(plan);
        let ix = AccessIx(self.plan.accesses.len() as u32 - 1);
        if matches!(action, Action::Write | Action::Project) {
            let operation = self.scope.name.clone();
            self.written.push(Written { access: ix, node, operation, name: None });
        }
        match action {
            Action::Read | Action::ReadFollower => self.scope.reads.push((store, key, ix)),
            Action::Project => self.plan.stores[store.at()].projected = true,
            Action::Write => {
                self.scope.wrote = true;
                self.scope.writes.push(ix);
                for publish in std::mem::take(&mut self.scope.publishes) {
                    self.pair(publish, Pair::BeforeWrite(store));
                }
            }
        }
        Instruction::Access(ix)
    }

    /// A publish step was compiled: sets it against the writes of its operation.
    pub fn published(&mut self, publish: PublishIx) {
        for write in std::mem::take(&mut self.scope.writes) {
            self.plan.accesses[write.at()].owes_publish = true;
        }
        if self.scope.wrote {
            self.pair(publish, Pair::AfterWrite);
        } else {
            self.scope.publishes.push(publish);
        }
    }

    fn pair(&mut self, publish: PublishIx, pair: Pair) {
        let pairs = &mut self.plan.pairs;
        pairs.resize(pairs.len().max(publish.at() + 1), Pair::None);
        pairs[publish.at()] = pair;
    }

    /// Each `do` in turn; past them each `undo`, newest first, so that an undoing that begins with one goes on with
    /// the older ones.
    pub fn saga(&mut self, node: NodeIx, steps: &[SagaStep]) {
        let saga = SagaIx(self.plan.sagas.len() as u32);
        self.plan.sagas.push(SagaPlan { node, name: self.scope.name.clone() });
        self.emit(Instruction::SagaBegins(saga));
        let mut stretches = Vec::with_capacity(steps.len());
        for step in steps.iter() {
            let from = self.here();
            self.steps(node, &step.act);
            stretches.push((from, self.here()));
        }
        let end = self.emit(Instruction::SagaEnds { saga, next: Pc::default() });
        // What is published or written to make good is no half of what was done.
        let scope = self.scope.clone();
        let first = self.here();
        let mut undos = Vec::with_capacity(steps.len());
        for step in steps.iter().rev() {
            undos.push(self.here());
            (self.scope.wrote, self.scope.writes, self.scope.publishes) = Default::default();
            self.steps(node, &step.undo);
        }
        self.scope = scope;
        let undone = self.here();
        undos.push(undone);
        self.emit(Instruction::SagaUndone(saga));
        let next = self.here();
        self.plan.code[end] = Instruction::SagaEnds { saga, next };
        let depth = self.scope.depth;
        for (at, (from, to)) in stretches.into_iter().enumerate() {
            // `undos` is in reverse: the undo of the step before this one.
            let undo = Some(undos[steps.len() - at]);
            self.plan.handlers.push(HandlerPlan { from, to, depth, saga, undo });
        }
        self.plan.handlers.push(HandlerPlan { from: first, to: undone, depth, saga, undo: None });
    }

    pub fn window(&mut self, node: NodeIx, window: &Window) -> Instruction {
        let scope = self.scope.clone();
        let emit = window.emit_to.as_deref().map(|to| self.emission(node, to));
        self.scope = scope;
        self.plan.windows.push(WindowPlan {
            node,
            name: self.scope.name.clone(),
            every: window.every,
            lateness: window.lateness,
            key: window.key.as_deref().map(named_key),
            emit,
        });
        Instruction::Window(WindowIx(self.plan.windows.len() as u32 - 1))
    }

    /// What can only be known when everything is compiled: where read models come from, and names that differ.
    pub fn relate(&mut self) {
        let written = |store: usize| {
            let writes = |access: &&AccessPlan| access.action == Action::Write && access.store.at() == store;
            self.plan.accesses.iter().find(writes).is_some()
        };
        let written: Vec<bool> = (0..self.plan.stores.len()).map(written).collect();
        for at in 0..written.len() {
            let mut sources = (0..written.len()).filter(|&other| other != at && written[other]);
            let only = (sources.next(), sources.next());
            if let (true, (Some(source), None)) = (self.plan.stores[at].projected, only) {
                self.plan.stores[at].source = Some(StoreIx(source as u32));
            }
        }
        let plan = &mut self.plan;
        plan.keyless = plan.clients.iter().all(|client| client.keys.is_none());
        let ids: Vec<String> = plan.nodes.iter().map(|node| node.id.clone()).collect();
        tell_apart(plan.sagas.iter_mut().map(|saga| (saga.node, &mut saga.name)).collect(), &ids);
        tell_apart(plan.windows.iter_mut().map(|window| (window.node, &mut window.name)).collect(), &ids);
    }
}

/// A name that several nodes use becomes `node.name`.
fn tell_apart(mut names: Vec<(NodeIx, &mut String)>, ids: &[String]) {
    let shared = |at: usize| names.iter().any(|(node, name)| *name == names[at].1 && *node != names[at].0);
    let shared: Vec<bool> = (0..names.len()).map(shared).collect();
    for ((node, name), shared) in names.iter_mut().zip(shared) {
        if shared {
            **name = [&ids[node.at()], ".", name].concat();
        }
    }
}
