//! What an edit of the running system means for a group: it may come, go or come back, and so may its members.

use super::group::{Group, Member};
use super::partition::Partition;
use crate::base::LogIx;
use crate::engine::runtime::context::Context;
use crate::observation::Observer;
use crate::scenario::{Plan, Source};

impl Group {
    /// One that nobody has joined yet: its members are heard of when they connect.
    pub fn late(log: LogIx, index: u32, plan: &Plan) -> Group {
        let mut group = Group::new(log, index, plan);
        group.members.clear();
        group.retired = true;
        group
    }

    /// It reads what comes from now on.
    pub fn begin_anew<O: Observer>(&mut self, parts: &[Partition], cx: &mut Context<O>) {
        self.retired = false;
        for partition in 0..self.assignments.len() as u32 {
            let assignment = &mut self.assignments[partition as usize];
            let before = (assignment.skipped, assignment.committed);
            assignment.begin_at(parts[partition as usize].high);
            self.tell(partition, before, parts, cx);
        }
    }

    /// It is taken out: nobody reads for it any more.
    pub fn retire<O: Observer>(&mut self, parts: &[Partition], cx: &mut Context<O>) {
        self.retired = true;
        for at in 0..self.members.len() {
            self.members[at].joined = false;
        }
        for partition in 0..self.assignments.len() as u32 {
            self.rewind(partition, parts, cx);
            self.give(partition, None, cx);
        }
        self.draining = false;
        self.generation = self.generation.wrapping_add(1);
    }

    /// Takes out the members whose service is gone: nobody will hear of them again.
    pub(super) fn evict_removed<O: Observer>(&mut self, parts: &[Partition], cx: &mut Context<O>) {
        for at in 0..self.members.len() {
            let Member { joined, id, .. } = self.members[at];
            if joined && !cx.plan.has(cx.plan.services[id.service().at()].node) {
                self.evict(at, parts, cx);
            }
        }
    }

    /// Whether a member is still wanted: its subscription may have been taken out.
    pub(super) fn wants<O>(&self, at: usize, cx: &Context<O>) -> bool {
        let id = self.members[at].id;
        let consumer = &cx.plan.services[id.service().at()].consumes[usize::from(id.subscription)];
        !consumer.retired && consumer.from == Source::Log(self.log, self.index)
    }
}
