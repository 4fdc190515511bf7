//! Whether an operation does the same as before, but for numbers: then what is under way goes on with the new numbers.

use super::Merge;
use crate::base::{CallIx, Pc};
use crate::scenario::plan::{CallPolicies, Instruction, Plan, Routes};

/// One past the last instruction of an operation.
pub fn end_of(plan: &Plan, entry: Pc) -> Pc {
    let own = plan.code[entry.at()..].iter();
    let length = own.take_while(|instruction| !matches!(instruction, Instruction::End)).count();
    Pc(entry.0 + length as u32 + 1)
}

/// An operation of the merged plan and one of the new plan, side by side.
#[derive(Clone, Copy)]
pub struct Pair {
    pub old: Pc,
    pub new: Pc,
    pub end: Pc,
}

impl Pair {
    /// Whether two places are the same within their operations.
    fn same(self, old: Pc, new: Pc) -> bool {
        old.0.wrapping_sub(self.old.0) == new.0.wrapping_sub(self.new.0)
    }

    fn both(self, old: Option<Pc>, new: Option<Pc>) -> bool {
        match (old, new) {
            (Some(old), Some(new)) => self.same(old, new),
            (old, new) => old.is_none() && new.is_none(),
        }
    }
}

impl Merge<'_> {
    /// Whether the operation at `old` of the merged plan does what the one at `new` of the new plan does.
    pub fn same_code(&self, old: Pc, new: Pc) -> bool {
        let (end, new_end) = (end_of(&self.out, old), end_of(self.new, new));
        let pair = Pair { old, new, end };
        let code = self.out.code[old.at()..end.at()].iter().zip(&self.new.code[new.at()..new_end.at()]);
        end.0 - old.0 == new_end.0 - new.0
            && code.clone().all(|(a, b)| self.same_instruction(*a, *b, pair))
            && self.same_handlers(pair, new_end)
    }

    fn same_instruction(&self, a: Instruction, b: Instruction, pair: Pair) -> bool {
        use Instruction as I;
        match (a, b) {
            (I::Work(_), I::Work(_)) | (I::Sleep(_), I::Sleep(_)) => true,
            (I::Join, I::Join) | (I::Respond, I::Respond) | (I::Fail(_), I::Fail(_)) => true,
            (I::SagaBegins(_), I::SagaBegins(_)) | (I::SagaUndone(_), I::SagaUndone(_)) => true,
            (I::Window(_), I::Window(_)) | (I::End, I::End) => true,
            (I::Goto(a), I::Goto(b)) => pair.same(a, b),
            (I::SagaEnds { next: a, .. }, I::SagaEnds { next: b, .. }) => pair.same(a, b),
            (I::Repeat { level: a, .. }, I::Repeat { level: b, .. }) => a == b,
            (I::RepeatGeometric { level: a, .. }, I::RepeatGeometric { level: b, .. }) => a == b,
            (I::Turn { level: a, next: c }, I::Turn { level: b, next: d }) => a == b && pair.same(c, d),
            (I::Fork { first: a, count, next: c }, I::Fork { first: b, count: other, next: d }) => {
                let branch = |at: u32| {
                    pair.same(self.out.branches[(a + at) as usize], self.new.branches[(b + at) as usize])
                };
                count == other && pair.same(c, d) && (0..count).all(branch)
            }
            (I::Choose { first: a, count }, I::Choose { first: b, count: other }) => {
                let arm = |at: u32| {
                    pair.same(self.out.arms[(a + at) as usize].1, self.new.arms[(b + at) as usize].1)
                };
                count == other && (0..count).all(arm)
            }
            (I::Call(a), I::Call(b)) => self.same_call(a, b, pair),
            (I::Publish(a), I::Publish(b)) => {
                let (a, b) = (&self.out.publishes[a.at()], &self.new.publishes[b.at()]);
                (a.to, a.out, a.back) == (self.broker(b.to), self.link(b.out), self.link(b.back))
                    && (a.guard.is_some(), a.confirm) == (b.guard.is_some(), b.confirm)
            }
            (I::Ask(a), I::Ask(b)) => {
                let (a, b) = (&self.out.asks[a.at()], &self.new.asks[b.at()]);
                (a.via, a.reply_via) == (self.queue(b.via), self.queue(b.reply_via))
            }
            (I::Access(a), I::Access(b)) => {
                let (a, b) = (&self.out.accesses[a.at()], &self.new.accesses[b.at()]);
                (a.store, a.action) == (self.store(b.store), b.action)
            }
            _ => false,
        }
    }

    fn same_call(&self, a: CallIx, b: CallIx, pair: Pair) -> bool {
        let (a, b) = (&self.out.calls[a.at()], &self.new.calls[b.at()]);
        let own = b.policies.as_deref().map(|policies| self.call_policies(policies));
        let shape = |policies: Option<&CallPolicies>| policies.map(CallPolicies::shape);
        a.edge == self.edge(b.edge)
            && shape(a.policies.as_deref()) == shape(own.as_ref())
            && pair.same(a.next, b.next)
            && pair.both(a.fallback, b.fallback)
    }

    fn same_handlers(&self, pair: Pair, new_end: Pc) -> bool {
        let old = self.out.handlers.iter().filter(|own| pair.old <= own.from && own.from < pair.end);
        let mut new = self.new.handlers.iter().filter(|own| pair.new <= own.from && own.from < new_end);
        for a in old {
            let Some(b) = new.next() else { return false };
            let same = pair.same(a.from, b.from) && pair.same(a.to, b.to) && pair.both(a.undo, b.undo);
            if !same || a.depth != b.depth {
                return false;
            }
        }
        new.next().is_none()
    }

    /// Whether the copies that exchanges make of a message go the same ways.
    pub fn same_routes(&self, old: Routes, new: Routes) -> bool {
        old.count == new.count
            && (0..old.count).all(|at| {
                let a = &self.out.routes[(old.first + at) as usize];
                let b = &self.new.routes[(new.first + at) as usize];
                (a.to, a.out, a.back) == (self.broker(b.to), self.link(b.out), self.link(b.back))
                    && self.same_routes(a.routes, b.routes)
            })
    }
}
