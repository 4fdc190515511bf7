//! How a group shares its partitions anew when a member comes or goes.
//!
//! In an eager rebalance all stop: nothing is handed over until every member is done with what it has in its hands;
//! then all is shared anew. In a cooperative one the partitions that move stop, and only those; when they have been
//! given up, a second round gives them to their new readers. A member commits what it has processed before it gives a
//! partition up. One that takes longer than five minutes loses what it has (Kafka: `max.poll.interval.ms`), but stays
//! a member. The words of the protocol itself (join, sync) take no time.

use super::assign::{self, Part, assign};
use super::event::GroupTimer;
use super::group::Group;
use super::partition::Partition;
use crate::base::{SimDuration, sort_by_key};
use crate::engine::runtime::context::Context;
use crate::observation::{LogFact, Observer};
use crate::scenario::Assignor;

/// How long a rebalance waits for records in process.
const REBALANCE_TIMEOUT: SimDuration = SimDuration::from_millis(300_000);

impl Group {
    /// A silent member is dead to the group.
    pub(super) fn evict<O: Observer>(&mut self, at: usize, parts: &[Partition], cx: &mut Context<O>) {
        for partition in 0..self.assignments.len() as u32 {
            if self.assignments[partition as usize].owner == Some(at as u32) {
                self.rewind(partition, parts, cx);
                self.give(partition, None, cx);
            }
        }
        self.members[at].joined = false;
        self.start_rebalance(parts, cx);
        self.settle(parts, cx);
    }

    /// The members changed: share anew.
    pub(super) fn start_rebalance<O: Observer>(&mut self, parts: &[Partition], cx: &mut Context<O>) {
        let cooperative = self.cooperative(cx);
        if self.draining && !cooperative {
            // When all have stopped, it is shared among those who are there then.
            return;
        }
        self.fact(LogFact::Rebalanced { group: self.index }, cx);
        if cooperative {
            return self.share(parts, cx);
        }
        for assignment in &mut self.assignments {
            assignment.revoking = assignment.owner.is_some();
        }
        self.drain(cx);
        self.settle(parts, cx);
    }

    fn cooperative<O>(&self, cx: &Context<O>) -> bool {
        cx.plan.logs[self.log.at()].rules.assignor == Assignor::CooperativeSticky
    }

    /// Waits for partitions to be given up.
    fn drain<O: Observer>(&mut self, cx: &mut Context<O>) {
        self.draining = true;
        self.generation = self.generation.wrapping_add(1);
        self.schedule(REBALANCE_TIMEOUT, GroupTimer::Rebalance, 0, self.generation, cx);
    }

    /// If all that is to be given up has been processed: shares anew.
    pub(super) fn settle<O: Observer>(&mut self, parts: &[Partition], cx: &mut Context<O>) {
        while self.draining
            && !self.assignments.iter().any(|assignment| assignment.revoking && assignment.unprocessed() > 0)
        {
            self.draining = false;
            for partition in 0..self.assignments.len() as u32 {
                if self.assignments[partition as usize].revoking {
                    self.commit_processed(partition, parts, cx);
                    if self.cooperative(cx) {
                        self.give(partition, None, cx);
                    }
                }
            }
            for member in &mut self.members {
                member.joined &= !member.leaving;
            }
            if self.cooperative(cx) {
                self.fact(LogFact::Rebalanced { group: self.index }, cx);
            }
            self.share(parts, cx);
        }
    }

    /// Gives every partition its reader, as far as the one before has given it up.
    pub(super) fn share<O: Observer>(&mut self, parts: &[Partition], cx: &mut Context<O>) {
        let targets = self.targets(cx);
        let cooperative = self.cooperative(cx);
        let mut revokes = false;
        for (partition, target) in (0..).zip(targets) {
            let assignment = &mut self.assignments[partition as usize];
            assignment.revoking = cooperative && assignment.owner.is_some() && assignment.owner != target;
            revokes |= assignment.revoking;
            // Eager: all begin anew from what is committed.
            if !assignment.revoking && (!cooperative || assignment.owner != target) {
                self.rewind(partition, parts, cx);
                self.give(partition, target, cx);
            }
        }
        for member in &mut self.members {
            member.ready.clear();
        }
        for partition in 0..self.assignments.len() as u32 {
            self.assignments[partition as usize].listed = false;
            self.list(partition, parts);
        }
        for at in 0..self.members.len() {
            self.deliver_to(at, parts, cx);
        }
        if revokes {
            self.drain(cx);
        }
    }

    /// Who is to read each partition.
    fn targets<O>(&self, cx: &Context<O>) -> Vec<Option<u32>> {
        let name = |at: &u32| {
            let id = self.members[*at as usize].id;
            (cx.plan.id(cx.plan.services[id.service().at()].node), id.subscription, id.replica)
        };
        let here = |&at: &u32| self.members[at as usize].joined && !self.members[at as usize].leaving;
        let mut able: Vec<u32> = (0..self.members.len() as u32).filter(here).collect();
        sort_by_key(&mut able, name);
        let owned = |at: u32| {
            let assignments =
                (0..).zip(&self.assignments).filter(move |(_, assignment)| assignment.owner == Some(at));
            assignments.map(|(number, _)| Part { topic: 0, number }).collect()
        };
        let members: Vec<assign::Member> =
            able.iter().map(|&at| assign::Member { topics: vec![0], owned: owned(at) }).collect();
        let assignor = cx.plan.logs[self.log.at()].rules.assignor;
        let shared = assign(assignor, &[self.assignments.len() as u32], &members);
        let mut targets = vec![None; self.assignments.len()];
        for (at, parts) in able.into_iter().zip(shared.given) {
            for part in parts {
                targets[part.number as usize] = Some(at);
            }
        }
        targets
    }

    pub(super) fn give<O: Observer>(&mut self, partition: u32, to: Option<u32>, cx: &mut Context<O>) {
        let assignment = &mut self.assignments[partition as usize];
        (assignment.revoking, assignment.listed) = (false, false);
        if assignment.owner != to {
            assignment.owner = to;
            let to = to.map(|to| self.members[to as usize].id).map(|id| (id.service(), id.replica.into()));
            self.fact(LogFact::Assigned { group: self.index, partition, to }, cx);
        }
    }
}
