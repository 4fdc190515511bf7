//! A log: partitions on brokers, consumer groups, retention.
//!
//! Semantics of Kafka. One node stands for all brokers: producers find each partition's leader at once, and links to
//! and from the node are those to and from the brokers.
//!
//! **Ledger.** A record lives from its publishing until every group has committed past it (consumed), until
//! retention drops it (expired by age, dropped by count), or until it is lost with its leader. Deliveries are not
//! counted, as those of a queue are not. What retention drops while a member has it in hand counts as dropped, though
//! it is processed. With no group at all it lives as long as retention lets it.
//!
//! To read: `intake` takes records in, `partition` is the records and their copies, `partitioner` says where a record goes, `producer` knows the
//! sequence numbers of idempotent producers; `assign` shares partitions among members, `partition_assignment` is what one
//! member reads of one partition, `group` brings both together, `rebalance` is how a group shares anew.

pub mod assign;
mod edit;
pub mod event;
mod group;
mod intake;
mod partition;
mod partition_assignment;
mod partitioner;
pub mod producer;
mod rebalance;
mod regroup;

use event::{GroupTimer, LogEvent};
use group::Group;
use partition::{Change, Partition, Record};
use partitioner::Partitioner;

use crate::base::{LogIx, PublishIx, SimDuration, Stream};
use crate::engine::kernel::event::{Address, NodeEvent};
use crate::engine::kernel::message::{ConsumerId, Message, Payload};
use crate::engine::kernel::request_context::RequestContext;
use crate::engine::kernel::wake::WakeToken;
use crate::engine::nodes::broker::{ConsumerEvent, Publisher};
use crate::engine::runtime::context::Context;
use crate::observation::PartitionState;
use crate::observation::{ClaimState, Fate, GroupState, LogFact, LogState, Observation, Observer};
use crate::scenario::{Acks, Plan, Retention, Source};

/// Retention by age is seen to at least every 64th part of it.
const EXPIRY_PARTS: u64 = 64;

/// A log at work.
#[derive(Clone, Debug)]
pub struct Log {
    index: LogIx,
    address: Address<LogEvent>,
    pub(in crate::engine) partitions: Vec<Partition>,
    groups: Vec<Group>,
    /// Which brokers are up.
    brokers: Vec<bool>,
    partitioner: Partitioner,
    fetching: Stream,
    paused: bool,
}

impl Log {
    /// Empty; all brokers are up, all replicas of consumers are members.
    pub fn new(index: LogIx, plan: &Plan) -> Log {
        let log = &plan.logs[index.at()];
        let stream = |purpose| Stream::new(plan.seed, plan.id(log.node), purpose);
        let unread = log.groups.is_empty();
        let partition = |number| Partition::new(number, log.brokers, log.replication, log.producers, unread);
        let mut made = Log {
            index,
            address: Address::of(index, plan),
            partitions: (0..log.partitions).map(partition).collect(),
            groups: (0..log.groups.len() as u32).map(|group| Group::new(index, group, plan)).collect(),
            brokers: vec![true; log.brokers as usize],
            partitioner: Partitioner::new(log.producers, stream("partitioner")),
            fetching: stream("fetches"),
            paused: false,
        };
        made.set_retention(log.rules.retention);
        made
    }

    /// Records of which the ledger has not heard the end.
    pub fn alive(&self) -> u64 {
        self.partitions.iter().map(Partition::alive).sum()
    }

    /// Records in memory, for the bound on live objects.
    pub fn live_objects(&self) -> usize {
        let records: usize = self.partitions.iter().map(Partition::kept).sum();
        records + self.groups.iter().map(Group::live_objects).sum::<usize>()
    }

    /// About how many bytes a clone takes.
    pub fn memory_bytes(&self) -> usize {
        size_of_val(&self.partitions[..]) + self.live_objects() * size_of::<Record>()
    }

    /// What can be seen of it.
    pub fn state(&self) -> LogState {
        LogState {
            partitions: self.partitions.len() as u32,
            groups: self.groups.len() as u32,
            leaderless: self.partitions.iter().filter(|part| part.leader().is_none()).count() as u32,
            brokers_down: self.brokers.iter().filter(|&&up| !up).count() as u32,
            rebalancing: self.groups.iter().any(Group::rebalancing),
            paused: self.paused,
        }
    }

    /// What can be seen of a partition.
    pub fn partition(&self, partition: u32) -> PartitionState {
        let Some(part) = self.partitions.get(partition as usize) else { return PartitionState::default() };
        PartitionState {
            start: part.start,
            high: part.high,
            end: part.end,
            leader: part.leader(),
            in_sync: part.in_sync(),
        }
    }

    /// What can be seen of a group in a partition.
    pub fn claim(&self, group: u32, partition: u32) -> ClaimState {
        let Some(group) = self.groups.get(group as usize) else { return ClaimState::default() };
        let Some(assignment) = group.assignments.get(partition as usize) else {
            return ClaimState::default();
        };
        ClaimState {
            committed: assignment.committed,
            position: assignment.position,
            consumer: group.owner(partition).map(|id| (id.service(), id.replica.into())),
            revoking: assignment.revoking,
        }
    }

    /// What can be seen of a group.
    pub fn group(&self, group: u32) -> GroupState {
        self.groups.get(group as usize).map_or_else(GroupState::default, Group::state)
    }

    /// Whether a broker is up.
    pub fn is_up(&self, broker: u32) -> bool {
        self.brokers.get(broker as usize).copied().unwrap_or(false)
    }

    /// Groups share the partitions for the first time.
    pub fn begin<O: Observer>(&mut self, cx: &mut Context<O>) {
        for group in &mut self.groups {
            group.begin(&self.partitions, cx);
        }
    }

    /// It stops or goes on; what reaches it in between waits outside.
    pub fn set_paused<O: Observer>(&mut self, paused: bool, cx: &mut Context<O>) {
        self.paused = paused;
        self.retune(cx);
    }

    /// Handles an event.
    #[inline(never)]
    pub fn handle<O: Observer>(&mut self, event: LogEvent, cx: &mut Context<O>) {
        match event {
            LogEvent::Node(NodeEvent::Deliver(message)) => self.deliver(cx.land(message), cx),
            LogEvent::Replicate { partition, generation } => self.replicated(partition, generation, cx),
            LogEvent::Group { group, timer, member, generation } => {
                self.timer(group, timer, member, generation, cx);
            }
            LogEvent::Consumer(ConsumerEvent::Connection { consumer, open }) => {
                self.connection(consumer, open, cx);
            }
            LogEvent::Broker { broker, up } => self.set_broker(broker, up, cx),
            LogEvent::Cut { of, replica, cut } => self.cut(of, replica, cut, cx),
            LogEvent::Expire(partition) => self.expire(partition, cx),
            LogEvent::Node(NodeEvent::Begin) => self.begin(cx),
        }
    }

    /// A message arrived.
    pub fn deliver<O: Observer>(&mut self, message: Message, cx: &mut Context<O>) {
        match message.payload {
            Payload::Publish { publish, confirm, publication } => {
                self.publish(publish, confirm, publication, message.context, cx);
            }
            Payload::GivenUp { publish } => self.publish(publish, None, None, message.context, cx),
            Payload::RecordAck { consumer, delivery, processed } => {
                if let Some(group) = group_of(consumer, cx.plan) {
                    self.groups[group].ack(consumer, delivery, processed, &self.partitions, cx);
                    self.settle(group, cx);
                }
            }
            other => other.misdelivered(),
        }
    }

    /// Half a follower's fetch is over.
    pub fn replicated<O: Observer>(&mut self, partition: u32, generation: u32, cx: &mut Context<O>) {
        let part = &mut self.partitions[partition as usize];
        let in_sync = part.in_sync();
        let again = part.fetched(generation);
        if part.in_sync() != in_sync {
            self.tell_leader(partition, false, cx);
        }
        if again {
            self.fetch_ends(partition, generation, cx);
        }
        self.moved(partition, cx);
    }

    /// It is time to see whether records are too old.
    pub fn expire<O: Observer>(&mut self, partition: u32, cx: &mut Context<O>) {
        self.partitions[partition as usize].expiring = false;
        self.moved(partition, cx);
    }

    /// A wait of a group is over by the clock.
    pub fn timer<O: Observer>(
        &mut self,
        group: u16,
        timer: GroupTimer,
        member: u32,
        generation: u32,
        cx: &mut Context<O>,
    ) {
        let group = usize::from(group);
        self.groups[group].timer(timer, member, generation, &self.partitions, cx);
        self.settle(group, cx);
    }

    /// A member's process died or is there.
    pub fn connection<O: Observer>(&mut self, id: ConsumerId, open: bool, cx: &mut Context<O>) {
        if let Some(group) = group_of(id, cx.plan) {
            self.groups[group].connection(id, open, &self.partitions, cx);
            self.settle(group, cx);
        }
    }

    /// The replicas under a subscription are paused or cut off from the log, or no longer.
    pub fn cut<O: Observer>(&mut self, of: (u8, u8), replica: Option<u16>, cut: bool, cx: &mut Context<O>) {
        let id = ConsumerId { service: of.0, subscription: of.1, replica: 0 };
        if let Some(group) = group_of(id, cx.plan) {
            self.groups[group].cut(of, replica, cut, &self.partitions, cx);
            self.settle(group, cx);
        }
    }

    /// The plan has other numbers now.
    pub fn retune<O: Observer>(&mut self, cx: &mut Context<O>) {
        if self.paused {
            return;
        }
        self.set_retention(cx.plan.logs[self.index.at()].rules.retention);
        for group in 0..self.groups.len() {
            self.groups[group].rebalance(&self.partitions, cx);
            self.settle(group, cx);
        }
        for partition in 0..self.partitions.len() as u32 {
            self.moved(partition, cx);
        }
    }

    /// A broker goes down or comes back.
    pub fn set_broker<O: Observer>(&mut self, broker: u32, up: bool, cx: &mut Context<O>) {
        match self.brokers.get_mut(broker as usize) {
            Some(known) if *known != up => *known = up,
            _ => return,
        }
        let resend = cx.plan.logs[self.index.at()].rules.acks == Acks::All;
        for partition in 0..self.partitions.len() as u32 {
            let part = &mut self.partitions[partition as usize];
            let in_sync = part.in_sync();
            let change = if up { part.broker_up(broker) } else { part.broker_down(broker, resend) };
            let Change { leader, lost } = change;
            if lost > 0 {
                let fact = LogFact::Lost { partition, count: lost, end: part.end };
                self.fact(fact, cx);
                settled(lost, Fate::Lost, cx);
            }
            while let Some(gone) = self.partitions[partition as usize].take_gone() {
                confirm(gone.publish, gone.confirm, false, gone.context, cx);
                if let Some(publication) = gone.publication {
                    cx.publications.lost(publication, self.address.node());
                }
            }
            let part = &mut self.partitions[partition as usize];
            if leader || part.in_sync() != in_sync {
                let changed = part.led_by_another();
                self.tell_leader(partition, changed, cx);
            }
            self.moved(partition, cx);
        }
    }

    /// Something changed in a partition: followers fetch, old records go, safe ones are confirmed and read.
    fn moved<O: Observer>(&mut self, partition: u32, cx: &mut Context<O>) {
        if let Some(generation) = self.partitions[partition as usize].fetch() {
            self.fetch_ends(partition, generation, cx);
        }
        let rules = cx.plan.logs[self.index.at()].rules;
        if let Some(retention) = rules.retention {
            self.retain(partition, retention, cx);
        }
        let part = &mut self.partitions[partition as usize];
        while let Some(safe) = part.take_safe() {
            // Kafka: too few copies after the append are an error too, though the record stays.
            let accepted = part.in_sync() >= rules.min_in_sync;
            confirm(safe.publish, safe.confirm, accepted, safe.context, cx);
            if let Some(publication) = safe.publication {
                cx.publications.landed(publication);
            }
        }
        for group in 0..self.groups.len() {
            self.groups[group].offer(partition, &self.partitions, cx);
            self.settle(group, cx);
        }
    }

    /// Draws how long half a fetch takes.
    fn fetch_ends<O: Observer>(&mut self, partition: u32, generation: u32, cx: &mut Context<O>) {
        let dist = cx.plan.logs[self.index.at()].fetch;
        let wait = cx.plan.dists[dist.at()].sample(&mut self.fetching);
        cx.after(wait, self.address, LogEvent::Replicate { partition, generation });
    }

    fn set_retention(&mut self, retention: Option<Retention>) {
        for part in &mut self.partitions {
            part.set_dated(matches!(retention, Some(Retention::Time(_))));
        }
    }

    fn retain<O: Observer>(&mut self, partition: u32, retention: Retention, cx: &mut Context<O>) {
        let part = &mut self.partitions[partition as usize];
        let before = part.start;
        let (gone, fate) = match retention {
            Retention::Count(count) => (part.retain_newest(count), Fate::Dropped),
            Retention::Time(age) => {
                let gone = part.retain_young(age, cx.now);
                if let Some(oldest) = part.oldest()
                    && !std::mem::replace(&mut part.expiring, true)
                {
                    let wait = (oldest + age).since(cx.now).max(SimDuration(age.0 / EXPIRY_PARTS));
                    cx.after(wait, self.address, LogEvent::Expire(partition));
                }
                (gone, Fate::Expired)
            }
        };
        let start = part.start;
        if start == before {
            return;
        }
        self.fact(LogFact::Dropped { partition, start }, cx);
        settled(gone, fate, cx);
        for group in 0..self.groups.len() {
            self.groups[group].skip(partition, &self.partitions, cx);
            self.settle(group, cx);
        }
    }

    /// Lets go of records that every group has committed.
    fn settle<O: Observer>(&mut self, group: usize, cx: &mut Context<O>) {
        while let Some(partition) = self.groups[group].touched.pop() {
            let committed = |group: &Group| group.assignments[partition as usize].committed;
            // A group that an edit took out holds nothing back.
            let all = self.groups.iter().filter(|group| !group.retired).map(committed).min().unwrap_or(0);
            settled(self.partitions[partition as usize].release(all), Fate::Consumed, cx);
        }
    }

    fn tell_leader<O: Observer>(&self, partition: u32, changed: bool, cx: &mut Context<O>) {
        let part = &self.partitions[partition as usize];
        let (leader, in_sync) = (part.leader(), part.in_sync());
        self.fact(LogFact::Leader { partition, leader, in_sync, changed }, cx);
    }

    fn fact<O: Observer>(&self, what: LogFact, cx: &mut Context<O>) {
        cx.observe(Observation::Log { log: self.index, what });
    }
}

/// The group to which a member belongs.
fn group_of(id: ConsumerId, plan: &Plan) -> Option<usize> {
    match plan.services[id.service().at()].consumes[usize::from(id.subscription)].from {
        Source::Log(_, group) => Some(group as usize),
        Source::Queue(_) => None,
    }
}

/// Confirms a record to its producer, or refuses it, if the producer waits for that.
fn confirm<O: Observer>(
    publish: PublishIx,
    waits: Option<WakeToken>,
    accepted: bool,
    context: RequestContext,
    cx: &mut Context<O>,
) {
    if let Some(publisher) = waits {
        let back = cx.plan.publishes[publish.at()].back;
        Publisher::Task(publisher).confirm(accepted, back, &context, cx);
    }
}

/// So many records have come to this end.
fn settled<O: Observer>(count: u64, fate: Fate, cx: &mut Context<O>) {
    for _ in 0..count {
        cx.observe(Observation::Settled { fate });
    }
}
