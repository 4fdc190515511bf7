//! A consumer group: its members, and what is in the hands of each. How they share is in `rebalance`.
//!
//! Semantics of Kafka's group coordinator with the classic protocol. Members are replicas of services, known by their
//! names (static membership): one that crashes and is back within the session timeout goes on with its partitions,
//! from what was committed. A silent member (crashed, paused, cut off) asks for no records, and is taken for dead
//! when the session timeout has passed, not before. Records are pushed to members as far as their prefetch goes, which
//! comes to the same as fetching them in time.

use std::collections::VecDeque;

use super::event::{GroupTimer, LogEvent};
use super::partition::Partition;
use super::partition_assignment::PartitionAssignment;
use crate::base::{LogIx, SimDuration};
use crate::engine::kernel::event::Address;
use crate::engine::kernel::message::{ConsumerId, Envelope, Payload, RecordDelivery};
use crate::engine::nodes::broker::subscription;
use crate::engine::runtime::context::Context;
use crate::observation::{GroupState, LogFact, MessageKind, Observation, Observer};
use crate::scenario::{ConsumerPlan, Plan};

/// A member.
#[derive(Clone, Debug)]
pub(super) struct Member {
    pub id: ConsumerId,
    /// It belongs to the group.
    pub joined: bool,
    /// It was taken away, and leaves when it is done with what it has.
    pub leaving: bool,
    /// Its process is gone.
    crashed: bool,
    /// It is paused, or cannot reach the log.
    cut: bool,
    /// Number of its present silence.
    generation: u32,
    /// Records in its hands that are not processed.
    unprocessed: u32,
    /// Its partitions that may have something to read, in turn.
    pub ready: VecDeque<u32>,
    /// A commit by the clock is due.
    committing: bool,
}

impl Member {
    fn new(id: ConsumerId) -> Member {
        Member {
            id,
            joined: true,
            leaving: false,
            crashed: false,
            cut: false,
            generation: 0,
            unprocessed: 0,
            ready: VecDeque::new(),
            committing: false,
        }
    }

    fn silent(&self) -> bool {
        self.crashed || self.cut
    }
}

/// A group at work.
#[derive(Clone, Debug)]
pub struct Group {
    pub(super) log: LogIx,
    address: Address<LogEvent>,
    pub(super) index: u32,
    pub(super) members: Vec<Member>,
    /// By partition.
    pub assignments: Vec<PartitionAssignment>,
    /// It waits for partitions to be given up.
    pub(super) draining: bool,
    /// Number of the present rebalance.
    pub(super) generation: u32,
    /// Partitions whose committed offset moved.
    pub touched: Vec<u32>,
    /// An edit took it out of the running system.
    pub retired: bool,
}

impl Group {
    /// All replicas are members; nothing is shared yet.
    pub fn new(log: LogIx, index: u32, plan: &Plan) -> Group {
        let partitions = plan.logs[log.at()].partitions;
        let mut members = Vec::new();
        for &(service, subscription) in &plan.logs[log.at()].groups[index as usize].members {
            for replica in 0..plan.services[service.at()].replicas {
                let (service, subscription) = (service.0 as u8, subscription as u8);
                members.push(Member::new(ConsumerId { service, subscription, replica: replica as u16 }));
            }
        }
        let assignments = vec![PartitionAssignment::default(); partitions as usize];
        Group {
            log,
            address: Address::of(log, plan),
            index,
            members,
            assignments,
            draining: false,
            generation: 0,
            touched: Vec::new(),
            retired: false,
        }
    }

    /// The first sharing.
    pub fn begin<O: Observer>(&mut self, parts: &[Partition], cx: &mut Context<O>) {
        self.share(parts, cx);
    }

    /// It is sharing anew.
    pub fn rebalancing(&self) -> bool {
        self.draining
    }

    /// What can be seen of it.
    pub fn state(&self) -> GroupState {
        let joined = || self.members.iter().filter(|member| member.joined);
        GroupState {
            members: joined().count() as u32,
            silent: joined().filter(|member| member.silent()).count() as u32,
            rebalancing: self.draining,
        }
    }

    /// Who reads a partition.
    pub fn owner(&self, partition: u32) -> Option<ConsumerId> {
        self.assignments[partition as usize].owner.map(|owner| self.members[owner as usize].id)
    }

    /// Records that it remembers, for the bound on live objects.
    pub fn live_objects(&self) -> usize {
        self.assignments.iter().map(PartitionAssignment::held).sum()
    }

    /// A member's process died (and with it its memory), or is there (again).
    pub fn connection<O: Observer>(
        &mut self,
        id: ConsumerId,
        open: bool,
        parts: &[Partition],
        cx: &mut Context<O>,
    ) {
        let found = self.members.iter().position(|member| member.id == id);
        let at = found.unwrap_or_else(|| {
            self.members.push(Member { joined: false, crashed: true, ..Member::new(id) });
            self.members.len() - 1
        });
        let (was, was_crashed) = (self.members[at].silent(), self.members[at].crashed);
        self.members[at].crashed = !open;
        for partition in 0..self.assignments.len() as u32 {
            if open && was_crashed && self.assignments[partition as usize].owner == Some(at as u32) {
                self.rewind(partition, parts, cx);
            }
        }
        self.sensed(at, was, parts, cx);
        self.rebalance(parts, cx);
        self.settle(parts, cx);
    }

    /// The members of a subscription, or the one of a replica, are paused or cut off, or no longer.
    pub fn cut<O: Observer>(
        &mut self,
        of: (u8, u8),
        replica: Option<u16>,
        cut: bool,
        parts: &[Partition],
        cx: &mut Context<O>,
    ) {
        for at in 0..self.members.len() {
            let id = self.members[at].id;
            if (id.service, id.subscription) == of && replica.is_none_or(|replica| id.replica == replica) {
                let was = self.members[at].silent();
                self.members[at].cut = cut;
                self.sensed(at, was, parts, cx);
            }
        }
    }

    /// A member fell silent, or is heard of again.
    fn sensed<O: Observer>(&mut self, at: usize, was: bool, parts: &[Partition], cx: &mut Context<O>) {
        let is = self.members[at].silent();
        if was == is {
            return;
        }
        self.members[at].generation = self.members[at].generation.wrapping_add(1);
        if is {
            let wait = cx.plan.logs[self.log.at()].rules.session_timeout;
            self.schedule(wait, GroupTimer::Session, at as u32, self.members[at].generation, cx);
            return;
        }
        if self.members[at].joined {
            self.commit_later(at, cx);
            self.relist(at as u32, parts);
            self.deliver_to(at, parts, cx);
        }
        self.rebalance(parts, cx);
    }

    /// Sees who is to join and who to leave, and shares anew if anyone is.
    pub fn rebalance<O: Observer>(&mut self, parts: &[Partition], cx: &mut Context<O>) {
        self.evict_removed(parts, cx);
        let mut changed = false;
        for at in 0..self.members.len() {
            let wanted = !self.retired && self.wants(at, cx);
            let member = &mut self.members[at];
            let active = wanted && u32::from(member.id.replica) < cx.directory.active(member.id.service());
            let joins = active && !member.silent() && !member.joined;
            changed |= joins || (member.joined && member.leaving == active);
            member.joined |= joins;
            member.leaving = member.joined && !active;
        }
        if changed {
            self.start_rebalance(parts, cx);
        }
    }

    /// A wait is over by the clock.
    pub fn timer<O: Observer>(
        &mut self,
        timer: GroupTimer,
        member: u32,
        generation: u32,
        parts: &[Partition],
        cx: &mut Context<O>,
    ) {
        let at = member as usize;
        match timer {
            GroupTimer::Session => {
                let member = &self.members[at];
                if member.generation == generation && member.silent() && member.joined {
                    self.evict(at, parts, cx);
                }
            }
            GroupTimer::Commit => {
                self.members[at].committing = false;
                if !self.members[at].silent() {
                    for partition in 0..self.assignments.len() as u32 {
                        if self.assignments[partition as usize].owner == Some(member) {
                            self.commit_processed(partition, parts, cx);
                        }
                    }
                }
            }
            GroupTimer::Rebalance if self.draining && self.generation == generation => {
                for partition in 0..self.assignments.len() as u32 {
                    if self.assignments[partition as usize].revoking {
                        self.rewind(partition, parts, cx);
                    }
                }
                self.settle(parts, cx);
            }
            GroupTimer::Rebalance => {}
        }
    }

    /// A member has processed a record, or failed to.
    pub fn ack<O: Observer>(
        &mut self,
        from: ConsumerId,
        delivery: RecordDelivery,
        processed: bool,
        parts: &[Partition],
        cx: &mut Context<O>,
    ) {
        let partition = u32::from(delivery.partition);
        let Some(owner) = self.assignments[partition as usize].owner else { return };
        let member = &mut self.members[owner as usize];
        if member.id != from {
            return;
        }
        let back = self.assignments[partition as usize].ack(delivery, processed);
        if back == 0 {
            return;
        }
        member.unprocessed -= back;
        // A failed record that retention has dropped does not come again.
        self.skip(partition, parts, cx);
        if subscription(cx.plan, from).commit_every.is_some() {
            self.commit_later(owner as usize, cx);
        } else {
            self.commit_processed(partition, parts, cx);
        }
        self.list(partition, parts);
        self.deliver_to(owner as usize, parts, cx);
        self.settle(parts, cx);
    }

    /// There may be something to read in a partition.
    pub fn offer<O: Observer>(&mut self, partition: u32, parts: &[Partition], cx: &mut Context<O>) {
        if let Some(owner) = self.list(partition, parts) {
            self.deliver_to(owner as usize, parts, cx);
        }
    }

    /// Retention has dropped records.
    pub fn skip<O: Observer>(&mut self, partition: u32, parts: &[Partition], cx: &mut Context<O>) {
        let assignment = &mut self.assignments[partition as usize];
        let before = (assignment.skipped, assignment.committed);
        assignment.skip(parts[partition as usize].start);
        self.tell(partition, before, parts, cx);
    }

    /// What is in a reader's hands is forgotten; reading begins anew at what is committed.
    pub(super) fn rewind<O: Observer>(&mut self, partition: u32, parts: &[Partition], cx: &mut Context<O>) {
        let assignment = &mut self.assignments[partition as usize];
        let before = (assignment.skipped, assignment.committed);
        let back = assignment.rewind(parts[partition as usize].start);
        if let Some(owner) = assignment.owner {
            self.members[owner as usize].unprocessed -= back;
        }
        self.tell(partition, before, parts, cx);
    }

    /// Tells what has changed of a claim.
    pub(super) fn tell<O: Observer>(
        &mut self,
        partition: u32,
        before: (u64, u64),
        parts: &[Partition],
        cx: &mut Context<O>,
    ) {
        let PartitionAssignment { skipped, committed, .. } = self.assignments[partition as usize];
        let group = self.index;
        if skipped > before.0 {
            self.fact(LogFact::Skipped { group, partition, count: skipped - before.0 }, cx);
        }
        if committed > before.1 {
            self.touched.push(partition);
            let oldest = parts[partition as usize].appended_at(committed);
            self.fact(LogFact::Committed { group, partition, offset: committed, oldest }, cx);
        }
    }

    /// Commits what a partition's reader has processed, or has been given if it commits before.
    pub(super) fn commit_processed<O: Observer>(
        &mut self,
        partition: u32,
        parts: &[Partition],
        cx: &mut Context<O>,
    ) {
        let assignment = &mut self.assignments[partition as usize];
        let Some(owner) = assignment.owner else { return };
        let before = (assignment.skipped, assignment.committed);
        let eager = subscription(cx.plan, self.members[owner as usize].id).ack_before;
        assignment.commit(if eager { assignment.position } else { assignment.processed() });
        self.tell(partition, before, parts, cx);
    }

    /// Commits by the clock, if it is not about to.
    fn commit_later<O: Observer>(&mut self, at: usize, cx: &mut Context<O>) {
        if let Some(every) = subscription(cx.plan, self.members[at].id).commit_every
            && !std::mem::replace(&mut self.members[at].committing, true)
        {
            self.schedule(every, GroupTimer::Commit, at as u32, 0, cx);
        }
    }

    /// Whether the next record of a partition can be handed over, and to whom.
    fn reader(&self, partition: u32, parts: &[Partition]) -> Option<u32> {
        let (assignment, part) = (&self.assignments[partition as usize], &parts[partition as usize]);
        let owner = assignment.owner?;
        let readable = !assignment.revoking && assignment.position < part.high && part.leader().is_some();
        (readable && !self.members[owner as usize].silent()).then_some(owner)
    }

    /// Puts a partition into its reader's line, if there is something to read.
    pub(super) fn list(&mut self, partition: u32, parts: &[Partition]) -> Option<u32> {
        let owner = self.reader(partition, parts)?;
        if !std::mem::replace(&mut self.assignments[partition as usize].listed, true) {
            self.members[owner as usize].ready.push_back(partition);
        }
        Some(owner)
    }

    /// Makes a member's line anew.
    fn relist(&mut self, at: u32, parts: &[Partition]) {
        self.members[at as usize].ready.clear();
        for partition in 0..self.assignments.len() as u32 {
            if self.assignments[partition as usize].owner == Some(at) {
                self.assignments[partition as usize].listed = false;
                self.list(partition, parts);
            }
        }
    }

    /// Hands over records to a member while it has room, a partition at a time in turn.
    pub(super) fn deliver_to<O: Observer>(&mut self, at: usize, parts: &[Partition], cx: &mut Context<O>) {
        let consumer = subscription(cx.plan, self.members[at].id);
        while self.members[at].unprocessed < consumer.prefetch {
            let Some(partition) = self.members[at].ready.pop_front() else { return };
            if self.assignments[partition as usize].owner != Some(at as u32) {
                continue;
            }
            self.assignments[partition as usize].listed = false;
            if self.reader(partition, parts).is_some() {
                self.hand_over(partition, at, consumer, parts, cx);
                self.list(partition, parts);
            }
        }
    }

    fn hand_over<O: Observer>(
        &mut self,
        partition: u32,
        at: usize,
        consumer: &ConsumerPlan,
        parts: &[Partition],
        cx: &mut Context<O>,
    ) {
        let assignment = &mut self.assignments[partition as usize];
        let context = parts[partition as usize].record(assignment.position).context;
        let (delivery, redelivered) = assignment.hand_over(partition);
        let member = &mut self.members[at];
        member.unprocessed += 1;
        let (subscription, replica) = (member.id.subscription.into(), member.id.replica.into());
        let payload = Payload::Record { subscription, replica, delivery };
        cx.send(Envelope::new(consumer.out, MessageKind::Delivery { redelivered }, payload, &context));
        match (consumer.ack_before, consumer.commit_every) {
            (true, None) => self.commit_processed(partition, parts, cx),
            (true, Some(_)) => self.commit_later(at, cx),
            _ => {}
        }
    }

    pub(super) fn fact<O: Observer>(&self, what: LogFact, cx: &mut Context<O>) {
        cx.observe(Observation::Log { log: self.log, what });
    }

    pub(super) fn schedule<O: Observer>(
        &self,
        wait: SimDuration,
        timer: GroupTimer,
        member: u32,
        generation: u32,
        cx: &mut Context<O>,
    ) {
        let group = self.index as u16;
        cx.after(wait, self.address, LogEvent::Group { group, timer, member, generation });
    }
}
