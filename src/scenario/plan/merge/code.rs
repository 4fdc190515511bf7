//! The instructions of operations: with new numbers where they stand, or at the end of all.

use super::same_code::end_of;
use super::{Merge, mark};
use crate::base::{AccessIx, AskIx, CallIx, DistIx, Pc, PublishIx, SagaIx, WindowIx};
use crate::scenario::plan::{HandlerPlan, Instruction, NodeKind, Plan, SagaPlan};

/// What an operation does after the edit, and where it stands, if it stays.
#[derive(Clone, Copy)]
struct Own {
    new: Pc,
    stays: Option<Pc>,
    /// Where it stood before, if it was there: its windows and sagas stay, whatever else it does.
    before: Option<Pc>,
}

impl Merge<'_> {
    /// What every operation and every client does.
    pub fn code(&mut self) {
        let operations: Vec<(usize, Own)> = (0..self.new.operations.len())
            .map(|at| {
                let own = self.operations[at].at();
                let known = own < self.old.operations.len();
                (own, self.own(self.out.operations[own].entry, known, self.new.operations[at].entry))
            })
            .collect();
        let clients: Vec<(usize, Own)> = (0..self.new.clients.len())
            .map(|at| {
                let NodeKind::Client(own) = self.kind(self.new.clients[at].node) else { super::changed() };
                let known = own.at() < self.old.clients.len();
                (own.at(), self.own(self.out.clients[own.at()].entry, known, self.new.clients[at].entry))
            })
            .collect();
        // Effects that stay keep their numbers, whatever comes before them.
        for (_, own) in operations.iter().chain(&clients) {
            self.keep_effects(*own);
        }
        for (at, own) in operations {
            self.out.operations[at].entry = self.operation_code(own);
        }
        for (at, own) in clients {
            self.out.clients[at].entry = self.operation_code(own);
        }
    }

    fn own(&self, entry: Pc, known: bool, new: Pc) -> Own {
        let before = known.then_some(entry);
        Own { new, stays: before.filter(|entry| self.same_code(*entry, new)), before }
    }

    fn keep_effects(&mut self, own: Own) {
        let Some(old) = own.stays else { return };
        let steps = |plan: &Plan, entry: Pc| {
            let code = plan.code[entry.at()..end_of(plan, entry).at()].iter();
            code.filter_map(|step| if let Instruction::Access(access) = step { Some(*access) } else { None })
                .collect::<Vec<AccessIx>>()
        };
        for (a, b) in steps(&self.out, old).into_iter().zip(steps(self.new, own.new)) {
            let (old, new) = (self.out.accesses[a.at()].effect, self.new.accesses[b.at()].effect);
            if self.effects.iter().all(|(known, _)| *known != new) {
                self.effects.push((new, old));
            }
        }
    }

    /// Where the operation begins.
    fn operation_code(&mut self, own: Own) -> Pc {
        let length = end_of(self.new, own.new).0 - own.new.0;
        let base = own.stays.unwrap_or(Pc(self.out.code.len() as u32));
        // The windows and sagas that it had, in their order.
        let (mut windows, mut sagas) = match own.before {
            Some(before) => kept(&self.out, before),
            None => Default::default(),
        };
        windows.reverse();
        sagas.reverse();
        let mut found: Vec<(SagaIx, SagaIx)> = Vec::new();
        for at in 0..length {
            let new = self.new.code[(own.new.0 + at) as usize];
            let stays = own.stays.map(|_| self.out.code[(base.0 + at) as usize]);
            let instruction = self.instruction(new, stays, own, base, &mut windows, &mut sagas, &mut found);
            match stays {
                Some(_) => self.out.code[(base.0 + at) as usize] = instruction,
                None => self.out.code.push(instruction),
            }
        }
        if own.stays.is_none() {
            let to = |pc: Pc| Pc(pc.0 - own.new.0 + base.0);
            let end = own.new.0 + length;
            let handlers = self.new.handlers.iter().filter(|own_| (own.new.0..end).contains(&own_.from.0));
            for handler in handlers {
                let saga =
                    found.iter().find(|(new, _)| *new == handler.saga).map_or(handler.saga, |own| own.1);
                let undo = handler.undo.map(to);
                let handler =
                    HandlerPlan { from: to(handler.from), to: to(handler.to), saga, undo, ..*handler };
                self.out.handlers.push(handler);
            }
        }
        base
    }

    #[expect(clippy::too_many_arguments, reason = "what an operation has of each kind")]
    fn instruction(
        &mut self,
        new: Instruction,
        stays: Option<Instruction>,
        own: Own,
        base: Pc,
        windows: &mut Vec<WindowIx>,
        sagas: &mut Vec<SagaIx>,
        found: &mut Vec<(SagaIx, SagaIx)>,
    ) -> Instruction {
        use Instruction as I;
        let to = |pc: Pc| Pc(pc.0 - own.new.0 + base.0);
        match new {
            I::Work(dist) => I::Work(self.dist(dist, dist_of(stays))),
            I::Sleep(dist) => I::Sleep(self.dist(dist, dist_of(stays))),
            I::Call(call) => {
                let stays = if let Some(I::Call(stays)) = stays { Some(stays) } else { None };
                I::Call(CallIx(self.call(call, stays, to) as u32))
            }
            I::Fork { first, count, next } => {
                if let Some(stays) = stays {
                    return stays;
                }
                let own = self.out.branches.len() as u32;
                let branches = &self.new.branches[first as usize..(first + count) as usize];
                self.out.branches.extend(branches.iter().map(|branch| to(*branch)));
                I::Fork { first: own, count, next: to(next) }
            }
            I::Choose { first, count } => {
                let arms = &self.new.arms[first as usize..(first + count) as usize];
                let arms: Vec<(f64, Pc)> = arms.iter().map(|(share, arm)| (*share, to(*arm))).collect();
                let first = match stays {
                    Some(I::Choose { first, .. }) => {
                        self.out.arms[first as usize..(first + count) as usize].copy_from_slice(&arms);
                        first
                    }
                    _ => {
                        self.out.arms.extend(arms);
                        self.out.arms.len() as u32 - count
                    }
                };
                I::Choose { first, count }
            }
            I::Publish(publish) => {
                let stays = if let Some(I::Publish(stays)) = stays { Some(stays) } else { None };
                I::Publish(PublishIx(self.publish(publish, stays) as u32))
            }
            I::Ask(ask) => {
                let stays = if let Some(I::Ask(stays)) = stays { Some(stays) } else { None };
                I::Ask(AskIx(self.ask(ask, stays) as u32))
            }
            I::Access(access) => {
                let stays = if let Some(I::Access(stays)) = stays { Some(stays) } else { None };
                I::Access(AccessIx(self.access(access, stays) as u32))
            }
            I::Window(window) => I::Window(WindowIx(self.window(window, windows.pop()) as u32)),
            I::SagaBegins(saga) => I::SagaBegins(self.saga(saga, sagas, found)),
            I::SagaEnds { saga, next } => I::SagaEnds { saga: self.saga(saga, sagas, found), next: to(next) },
            I::SagaUndone(saga) => I::SagaUndone(self.saga(saga, sagas, found)),
            I::Turn { level, next } => I::Turn { level, next: to(next) },
            I::Goto(next) => I::Goto(to(next)),
            I::Join | I::Respond | I::Fail(_) | I::Repeat { .. } | I::RepeatGeometric { .. } | I::End => new,
        }
    }

    /// A saga of an operation: the next of those that it had, or another.
    fn saga(&mut self, new: SagaIx, old: &mut Vec<SagaIx>, found: &mut Vec<(SagaIx, SagaIx)>) -> SagaIx {
        if let Some((_, known)) = found.iter().find(|(known, _)| *known == new) {
            return *known;
        }
        let plan = &self.new.sagas[new.at()];
        let plan = SagaPlan { node: self.node(plan.node), name: plan.name.clone() };
        let at = super::put(&mut self.out.sagas, plan, old.pop().map(SagaIx::at));
        mark(&mut self.living.sagas, at);
        found.push((new, SagaIx(at as u32)));
        SagaIx(at as u32)
    }
}

fn dist_of(stays: Option<Instruction>) -> Option<DistIx> {
    match stays {
        Some(Instruction::Work(dist) | Instruction::Sleep(dist)) => Some(dist),
        _ => None,
    }
}

/// The windows and sagas of an operation, in their order.
fn kept(plan: &Plan, entry: Pc) -> (Vec<WindowIx>, Vec<SagaIx>) {
    let (mut windows, mut sagas) = (Vec::new(), Vec::new());
    for instruction in &plan.code[entry.at()..end_of(plan, entry).at()] {
        match instruction {
            Instruction::Window(window) => windows.push(*window),
            Instruction::SagaBegins(saga) => sagas.push(*saga),
            _ => {}
        }
    }
    (windows, sagas)
}
