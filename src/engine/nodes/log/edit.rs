//! What an edit of the running system means for a log.

use super::group::Group;
use super::{Log, confirm, settled};
use crate::engine::runtime::context::Context;
use crate::observation::{Fate, Observer};

impl Log {
    /// The plan may have other groups and producers now. A group that is new, or back, reads what comes from now on.
    pub fn replan<O: Observer>(&mut self, cx: &mut Context<O>) {
        let plan = &cx.plan.logs[self.index.at()];
        self.partitioner.grow(plan.producers);
        let has_group = plan.groups.iter().any(|group| !group.members.is_empty());
        for part in &mut self.partitions {
            part.grow(plan.producers, plan.replication, !has_group);
        }
        for (at, group) in plan.groups.iter().enumerate() {
            let known = at < self.groups.len();
            if !known {
                self.groups.push(Group::late(self.index, at as u32, cx.plan));
            }
            let (own, retired) = (&mut self.groups[at], group.members.is_empty());
            match (own.retired, retired) {
                (true, false) => own.begin_anew(&self.partitions, cx),
                (false, true) => own.retire(&self.partitions, cx),
                _ => {}
            }
        }
        // Those that are left may have committed what a group held back.
        if has_group && let Some(group) = self.groups.first_mut() {
            group.touched.extend(0..self.partitions.len() as u32);
        }
        for group in 0..self.groups.len() {
            self.settle(group, cx);
        }
    }

    /// It is taken out with its records.
    pub fn remove<O: Observer>(&mut self, cx: &mut Context<O>) {
        settled(self.alive(), Fate::Removed, cx);
        for part in &mut self.partitions {
            while let Some(gone) = part.pending.pop_back() {
                confirm(gone.publish, gone.confirm, false, gone.context, cx);
                if let Some(publication) = gone.publication {
                    cx.publications.lost(publication, self.address.node());
                }
            }
        }
    }
}
