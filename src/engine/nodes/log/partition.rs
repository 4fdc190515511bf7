//! One partition: its records, its copies on brokers, and how far each is known to have come.
//!
//! Semantics of Kafka's replication. Followers in sync fetch together, one fetch after the other: a record reaches
//! them one link latency after the fetch begins, and the leader hears of it one link latency later, with their next
//! fetch. Then it is below the high watermark: consumers may read it, and a producer that asked for `acks` all hears
//! that it is safe. A broker that goes down leaves the replicas in sync at once, unless it is the last of them: then
//! the partition has no leader until it is back (no unclean election). One that comes back catches up with one
//! fetch. Simpler than Kafka: election takes no time, and leadership does not wander back to the first broker.

use std::collections::VecDeque;

use super::producer::{Producer, Verdict};
use crate::base::{PublishIx, SimDuration, SimTime};
use crate::engine::kernel::request_context::RequestContext;
use crate::engine::kernel::slab::Slot;
use crate::engine::kernel::wake::WakeToken;

/// A record that is kept.
#[derive(Clone, Copy, Debug)]
pub struct Record {
    /// What goes along.
    pub context: RequestContext,
    /// When it was appended.
    pub at: SimTime,
}

/// A record that its producer does not know to be safe.
#[derive(Clone, Copy, Debug)]
pub struct Pending {
    /// Its offset.
    pub offset: u64,
    /// Which publish step sent it.
    pub publish: PublishIx,
    /// Who waits for the confirm, if anyone does.
    pub confirm: Option<WakeToken>,
    /// Which publication it is, where it may be sent again.
    pub publication: Option<Slot>,
    /// Which producer of the log sent it.
    pub producer: u32,
    /// The sequence number that it gave it.
    pub sequence: u32,
    /// What goes along.
    pub context: RequestContext,
}

/// A copy of the partition.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Replica {
    broker: u32,
    standing: Standing,
}

/// How a copy stands to the leader's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Standing {
    /// Its broker is down, and others were in sync when it went.
    Out,
    /// Its broker is back: it will take part in the next fetch.
    Joining,
    /// It is fetching what it missed.
    Catching,
    /// In sync; its broker may be down if it is the last one.
    InSync,
}

/// What the followers are doing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Cycle {
    Idle,
    /// Records before this offset are on their way to them.
    Fetching(u64),
    /// They have them; that they have is on its way to the leader, with their next fetch.
    Telling(u64),
}

/// What came of a broker's going or coming.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Change {
    /// Another broker leads now, or none, or one again.
    pub leader: bool,
    /// Records that no follower had, gone with their leader.
    pub lost: u64,
}

/// A partition.
#[derive(Clone, Debug)]
pub struct Partition {
    /// What is kept, from the offset `first` on.
    records: VecDeque<Record>,
    first: u64,
    /// Offset of the oldest record that retention has left.
    pub start: u64,
    /// Every group has committed what is before.
    released: u64,
    /// All replicas in sync have what is before.
    replicated: u64,
    /// Consumers may read what is before: the high watermark.
    pub high: u64,
    /// Offset of the next record.
    pub end: u64,
    leader: Option<u32>,
    /// Who led last.
    led: u32,
    /// In order of preference.
    replicas: Vec<Replica>,
    cycle: Cycle,
    generation: u32,
    /// By offset.
    pub(super) pending: VecDeque<Pending>,
    producers: Vec<Producer>,
    /// Nobody consumes: what is safe need not be kept.
    unread: bool,
    /// Retention asks how old records are: they are kept until it drops them.
    dated: bool,
    /// An event for its oldest record's expiry is scheduled.
    pub expiring: bool,
}

impl Partition {
    /// Empty; its copies are on `replication` of `brokers` brokers, the first preferred one by its number.
    pub fn new(number: u32, brokers: u32, replication: u32, producers: u32, unread: bool) -> Partition {
        let replica =
            |nth| Replica { broker: (number % brokers + nth) % brokers, standing: Standing::InSync };
        let replicas: Vec<Replica> = (0..replication.min(brokers)).map(replica).collect();
        Partition {
            records: VecDeque::new(),
            first: 0,
            start: 0,
            released: 0,
            replicated: 0,
            high: 0,
            end: 0,
            leader: Some(number % brokers),
            led: number % brokers,
            replicas,
            cycle: Cycle::Idle,
            generation: 0,
            pending: VecDeque::new(),
            producers: if replication > 1 {
                vec![Producer::default(); producers as usize]
            } else {
                Vec::new()
            },
            unread,
            dated: false,
            expiring: false,
        }
    }

    /// There are so many producers now, and nobody consumes, or somebody does.
    pub fn grow(&mut self, producers: u32, replication: u32, unread: bool) {
        if replication > 1 {
            self.producers.resize(self.producers.len().max(producers as usize), Producer::default());
        }
        self.unread = unread;
    }

    /// The broker that leads, if one does.
    pub fn leader(&self) -> Option<u32> {
        self.leader
    }

    /// Copies in sync, the leader's included; a single one whose broker is down counts.
    pub fn in_sync(&self) -> u32 {
        self.replicas.iter().filter(|replica| replica.standing == Standing::InSync).count() as u32
    }

    /// Records in memory.
    pub fn kept(&self) -> usize {
        self.records.len()
    }

    /// Records that retention has left and some group has not committed (or all that are left, without groups).
    pub fn alive(&self) -> u64 {
        self.end - self.settled()
    }

    /// What is before this offset has been settled in the ledger.
    fn settled(&self) -> u64 {
        self.start.max(self.released)
    }

    /// Whether retention asks how old records are. Of those that it keeps and the log has let go, it does not know.
    pub fn set_dated(&mut self, dated: bool) {
        if dated && !self.dated {
            self.start = self.start.max(self.first);
        }
        self.dated = dated;
    }

    /// Offsets of the records of a request that some group has yet to commit (of all that are kept, without groups).
    pub fn records_of(&self, request: u64, since: SimTime) -> impl Iterator<Item = u64> {
        let open = self.settled().saturating_sub(self.first) as usize;
        // They stand in the order in which they were appended: none of what is older is the request's.
        let first = open.max(self.records.partition_point(|record| record.at < since));
        let own = move |(_, record): &(usize, &Record)| record.context.request == request;
        self.records.iter().enumerate().skip(first).filter(own).map(|(at, _)| self.first + at as u64)
    }

    /// The record at an offset that has not been let go.
    pub fn record(&self, offset: u64) -> &Record {
        &self.records[(offset - self.first) as usize]
    }

    /// When the record at an offset was appended, or the oldest that is kept after it; never where there is none yet.
    pub fn appended_at(&self, offset: u64) -> SimTime {
        let at = offset.saturating_sub(self.first) as usize;
        self.records.get(at).map_or(SimTime::NEVER, |record| record.at)
    }

    /// No follower is fetching: what the leader has is safe as far as it can be.
    pub fn alone(&self) -> bool {
        !self.replicas.iter().any(|replica| {
            Some(replica.broker) != self.leader
                && matches!(replica.standing, Standing::InSync | Standing::Catching)
        })
    }

    /// Appends a record and gives its offset. There is a leader.
    pub fn append(&mut self, record: Record) -> u64 {
        let offset = self.end;
        self.records.push_back(record);
        self.end += 1;
        self.rise();
        offset
    }

    /// The next record's producer waits until it is safe.
    pub fn expect(
        &mut self,
        publish: PublishIx,
        confirm: Option<WakeToken>,
        publication: Option<Slot>,
        producer: u32,
        context: RequestContext,
    ) {
        let Some(known) = self.producers.get_mut(producer as usize) else { return };
        let sequence = known.next();
        let verdict = known.offer(0, sequence);
        debug_assert_eq!(verdict, Verdict::Accepted);
        let offset = self.end - 1;
        self.pending.push_back(Pending {
            offset,
            publish,
            confirm,
            publication,
            producer,
            sequence,
            context,
        });
    }

    /// The record of a publication that waits to be safe, if there is one.
    pub fn pending(&mut self, publication: Slot) -> Option<&mut Pending> {
        self.pending.iter_mut().rev().find(|pending| pending.publication == Some(publication))
    }

    /// Takes the oldest record of a waiting producer that has become safe.
    pub fn take_safe(&mut self) -> Option<Pending> {
        if self.pending.front()?.offset < self.high { self.pending.pop_front() } else { None }
    }

    /// Begins a fetch if one is due, and gives its number.
    pub fn fetch(&mut self) -> Option<u32> {
        let leader = self.leader?;
        let (mut behind, mut joins) = (false, false);
        for replica in &mut self.replicas {
            if replica.broker != leader {
                behind |= replica.standing == Standing::InSync && self.replicated < self.end;
                joins |= matches!(replica.standing, Standing::Joining | Standing::Catching);
            }
        }
        if self.cycle != Cycle::Idle || !(behind || joins) {
            return None;
        }
        for replica in &mut self.replicas {
            if replica.standing == Standing::Joining {
                replica.standing = Standing::Catching;
            }
        }
        self.cycle = Cycle::Fetching(self.end);
        self.generation = self.generation.wrapping_add(1);
        Some(self.generation)
    }

    /// Half a fetch is over. True if the other half is to follow.
    pub fn fetched(&mut self, generation: u32) -> bool {
        match self.cycle {
            Cycle::Fetching(upto) if generation == self.generation => {
                for replica in &mut self.replicas {
                    // The high watermark has waited for it since its fetch began.
                    if replica.standing == Standing::Catching {
                        replica.standing = Standing::InSync;
                    }
                }
                self.replicated = self.replicated.max(upto);
                self.cycle = Cycle::Telling(upto);
                true
            }
            Cycle::Telling(upto) if generation == self.generation => {
                self.high = self.high.max(upto);
                self.cycle = Cycle::Idle;
                self.trim();
                false
            }
            _ => false,
        }
    }

    /// A broker goes down. With `resend` producers send again what they do not know to be safe (`acks` all).
    pub fn broker_down(&mut self, broker: u32, resend: bool) -> Change {
        let mut change = Change::default();
        let Some(at) = self.replicas.iter().position(|replica| replica.broker == broker) else {
            return change;
        };
        let was_in_sync = self.replicas[at].standing == Standing::InSync;
        if !was_in_sync || self.in_sync() > 1 {
            self.replicas[at].standing = Standing::Out;
        }
        if self.leader == Some(broker) {
            change.leader = true;
            let next = self.replicas.iter().find(|replica| replica.standing == Standing::InSync);
            self.leader = next.map(|replica| replica.broker).filter(|&next| next != broker);
            self.cycle = Cycle::Idle;
            self.generation = self.generation.wrapping_add(1);
            for replica in &mut self.replicas {
                if replica.standing == Standing::Catching {
                    replica.standing = Standing::Joining;
                }
            }
            if self.leader.is_some() {
                change.lost = self.follow(resend);
            }
        }
        if self.leader.is_some() {
            self.rise();
        }
        change
    }

    /// A broker is back. `was_last` of the replicas in sync: it leads again.
    pub fn broker_up(&mut self, broker: u32) -> Change {
        let mut change = Change::default();
        if let Some(replica) = self.replicas.iter_mut().find(|replica| replica.broker == broker) {
            match replica.standing {
                Standing::Out => replica.standing = Standing::Joining,
                Standing::InSync if self.leader.is_none() => {
                    self.leader = Some(broker);
                    change.leader = true;
                    self.rise();
                }
                _ => {}
            }
        }
        change
    }

    /// Whether the present leader is another than the last one; it is the last one from now on.
    pub fn led_by_another(&mut self) -> bool {
        self.leader.is_some_and(|leader| std::mem::replace(&mut self.led, leader) != leader)
    }

    /// A new leader goes on from what it has. Gives how many records are gone.
    fn follow(&mut self, resend: bool) -> u64 {
        // What all in sync have is safe now, though the old leader had not heard of it.
        self.high = self.replicated;
        if resend {
            self.resend();
            return 0;
        }
        let lost = self.end - self.replicated;
        self.end = self.replicated;
        self.records.truncate((self.end - self.first) as usize);
        lost
    }

    /// Producers send the new leader all that they do not know to be safe, in order. What it has already it
    /// recognises by its sequence number (a record further back than it remembers came in one batch with those that
    /// it does); the rest it appends, at the same offsets.
    fn resend(&mut self) {
        for record in self.pending.iter().rev() {
            if record.offset >= self.replicated {
                self.producers[record.producer as usize].forget_newest(record.sequence);
            }
        }
        for record in &self.pending {
            let verdict = self.producers[record.producer as usize].offer(0, record.sequence);
            debug_assert_eq!(verdict == Verdict::Accepted, record.offset >= self.replicated);
        }
    }

    /// Takes the newest record of a waiting producer that is gone.
    pub fn take_gone(&mut self) -> Option<Pending> {
        if self.pending.back()?.offset >= self.end { self.pending.pop_back() } else { None }
    }

    /// Without followers all that the leader has is safe.
    fn rise(&mut self) {
        if self.alone() {
            self.replicated = self.end;
            self.high = self.end;
        }
        self.trim();
    }

    /// Every group has committed what is before. Gives how many records that settles.
    pub fn release(&mut self, before: u64) -> u64 {
        let settled = self.settled();
        self.released = self.released.max(before);
        self.trim();
        self.settled() - settled
    }

    /// Drops what is older than `age`. Gives how many records that settles.
    pub fn retain_young(&mut self, age: SimDuration, now: SimTime) -> u64 {
        let settled = self.settled();
        while self.start < self.high && self.oldest().is_some_and(|at| at + age <= now) {
            self.start += 1;
            self.trim();
        }
        self.settled() - settled
    }

    /// Drops all but the newest `count` records. Gives how many records that settles.
    pub fn retain_newest(&mut self, count: u64) -> u64 {
        let settled = self.settled();
        self.start = self.start.max(self.end.saturating_sub(count).min(self.high));
        self.trim();
        self.settled() - settled
    }

    /// When the oldest record that retention has left was appended (of a dated partition).
    pub fn oldest(&self) -> Option<SimTime> {
        self.records.front().map(|record| record.at)
    }

    /// Lets go of records that nobody will read: consumers never go back before what all groups have committed.
    fn trim(&mut self) {
        let needed = match (self.dated, self.unread) {
            (true, _) => self.start,
            (false, true) => self.high,
            (false, false) => self.settled(),
        };
        let needed = needed.min(self.high);
        while self.first < needed && self.records.pop_front().is_some() {
            self.first += 1;
        }
    }
}

#[cfg(test)]
mod tests;
