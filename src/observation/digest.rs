//! The digest: one 64-bit number over the whole event stream, equal on every platform.

use super::{
    CallResult, Failure, Fate, JobEnd, LogFact, LossReason, MessageKind, Observation, Observer, Outcome,
};
use crate::base::{LogIx, SimTime, mix};

/// Hashes every observation with its instant. Two runs that agree in it agree in all that can be seen.
///
/// Not cryptographic: a multiply-and-rotate fold over 64-bit words, fast enough to be always on: one fold a fact, with
/// its instant in the word. No word depends on the width of a pointer or the order of bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Digest {
    state: u64,
}

impl Default for Digest {
    fn default() -> Digest {
        Digest { state: 0x9e37_79b9_7f4a_7c15 }
    }
}

impl Digest {
    /// The number so far, well mixed.
    pub fn value(self) -> u64 {
        mix(self.state)
    }

    /// The number as results print it: 16 hexadecimal digits.
    pub fn hex(self) -> String {
        format!("{:016x}", self.value())
    }

    #[inline(always)]
    fn fold(&mut self, word: u64) {
        self.state = (self.state ^ word).wrapping_mul(0x2545_f491_4f6c_dd1d).rotate_left(29);
    }

    /// Folds a fact about a log.
    fn log(&mut self, at: SimTime, log: LogIx, what: LogFact) {
        // What it is, of which partition and group, and two numbers; 0 for what it does not have.
        let (kind, partition, group, one, other) = match what {
            LogFact::Appended { partition, offset } => (1, partition, 0, offset, 0),
            LogFact::Refused { partition } => (2, partition, 0, 0, 0),
            LogFact::Lost { partition, count, end } => (3, partition, 0, count, end),
            LogFact::Leader { partition, leader, in_sync, changed } => {
                let leader = leader.map_or(0, |leader| u64::from(leader) + 1);
                (4, partition, changed.into(), leader, in_sync.into())
            }
            LogFact::Dropped { partition, start } => (5, partition, 0, start, 0),
            LogFact::Rebalanced { group } => (6, 0, group, 0, 0),
            LogFact::Assigned { group, partition, to } => {
                let (service, replica) = to.map_or((0, 0), |(service, replica)| (service.0 + 1, replica));
                (7, partition, group, service.into(), replica.into())
            }
            LogFact::Committed { group, partition, offset } => (8, partition, group, offset, 0),
            LogFact::Skipped { group, partition, count } => (9, partition, group, count, 0),
            LogFact::Taken { group, partition, offset, lease } => {
                (10, partition, group, offset, lease.into())
            }
        };
        self.fact(at, 40, log.0, kind);
        self.fold(u64::from(partition) | u64::from(group) << 32);
        self.fold(one ^ u64::rotate_left(other, 32));
    }

    /// Folds what kind of fact it is (1 to 255) with its instant, an index and a small number.
    #[inline(always)]
    fn fact(&mut self, at: SimTime, kind: u8, index: u32, small: u32) {
        self.fact_with(at, kind, index, small, 0, 0);
    }

    /// The same with two words more. They are spread before they meet the state, so that the chain of folds, which is
    /// what takes time, grows by one link a fact.
    #[inline(always)]
    fn fact_with(&mut self, at: SimTime, kind: u8, index: u32, small: u32, one: u64, two: u64) {
        let words = at.0.wrapping_add(one.rotate_left(23)).wrapping_add(two.rotate_left(45));
        self.fold((u64::from(kind) | u64::from(index) << 8 | u64::from(small) << 40) ^ words.rotate_left(32));
    }
}

impl Observer for Digest {
    // Always inlined: where an observation is made, its kind is known, and all but one arm disappears.
    #[inline(always)]
    fn observe(&mut self, at: SimTime, what: Observation) {
        match what {
            Observation::Offered { client, request } => {
                self.fact_with(at, 1, client.0, 0, request, 0);
            }
            Observation::Ended { client, request, outcome, offered } => {
                self.fact_with(
                    at,
                    2,
                    client.0,
                    outcome_word(outcome),
                    request ^ offered.0.rotate_left(32),
                    0,
                );
            }
            Observation::Sent { message, kind, link, request, arrives } => {
                self.fact_with(at, 3, link.0, kind_word(kind), message ^ request.rotate_left(32), arrives.0);
            }
            Observation::Landed { message, link } => {
                self.fact_with(at, 4, link.0, 0, message, 0);
            }
            Observation::Vanished { message, link, reason } => {
                self.fact_with(at, 5, link.0, matches!(reason, LossReason::Link).into(), message, 0);
            }
            Observation::Created => self.fact(at, 6, 0, 0),
            Observation::Settled { fate } => self.fact(at, 7, fate_word(fate), 0),
            Observation::Arrived { service, replica, op, request } => {
                self.fact_with(at, 8, service.0, replica, request ^ u64::from(op.0).rotate_left(48), 0);
            }
            Observation::Refused { service, replica, reason } => {
                self.fact_with(at, 9, service.0, replica, failure_word(reason).into(), 0);
            }
            Observation::Queued { service, replica } => self.fact(at, 10, service.0, replica),
            Observation::Dequeued { service, replica, queued } => {
                self.fact_with(at, 11, service.0, replica, queued.0, 0);
            }
            Observation::Started { service, replica, arrived } => {
                self.fact_with(at, 12, service.0, replica, arrived.0, 0);
            }
            Observation::Workers { service, replica, busy, blocked, total } => {
                self.fact_with(
                    at,
                    13,
                    service.0,
                    replica,
                    u64::from(busy) | u64::from(blocked) << 20 | u64::from(total) << 40,
                    0,
                );
            }
            Observation::Finished { service, replica, op, end, arrived, waited, wasted } => {
                self.fact_with(
                    at,
                    14,
                    service.0,
                    replica,
                    u64::from(op.0) | u64::from(end_word(end)) << 32 | u64::from(wasted) << 40,
                    arrived.0 ^ waited.0.rotate_left(32),
                );
            }
            Observation::Scaled { service, from, to } => {
                self.fact_with(at, 46, service.0, 0, u64::from(from), u64::from(to));
            }
            Observation::CallStarted { edge } => self.fact(at, 15, edge.0, 0),
            Observation::Attempted { edge, attempt } => self.fact(at, 16, edge.0, attempt),
            Observation::AttemptEnded { edge, result, sent } => {
                self.fact_with(at, 17, edge.0, result_word(result), sent.0, 0);
            }
            Observation::CallEnded { edge, result, started } => {
                self.fact_with(at, 18, edge.0, result_word(result), started.0, 0);
            }
            Observation::Published { queue } => self.fact(at, 19, queue.0, 0),
            Observation::PublishRefused { queue } => self.fact(at, 20, queue.0, 0),
            Observation::Delivered { queue, redelivered, published } => {
                self.fact_with(at, 21, queue.0, redelivered.into(), published.0, 0);
            }
            Observation::Acked { queue } => self.fact(at, 22, queue.0, 0),
            Observation::Requeued { queue } => self.fact(at, 23, queue.0, 0),
            Observation::Depth { queue, ready, unacked } => {
                self.fact_with(at, 24, queue.0, 0, u64::from(ready) | u64::from(unacked) << 32, 0);
            }
            Observation::Discarded { queue, reason, fate } => {
                self.fact(at, 27, queue.0, reason as u32 | fate_word(fate) << 8);
            }
            Observation::Routed { exchange, copies } => self.fact(at, 28, exchange.0, copies),
            // 60 to 79 are those of stores, sagas and windows.
            Observation::Connections { store, busy, waiting, total } => {
                self.fact(at, 60, store.0, busy);
                self.fold(u64::from(waiting) | u64::from(total) << 32);
            }
            Observation::Read { store, behind, since } => {
                self.fact(at, 61, store.0, behind);
                self.fold(since.0);
            }
            Observation::Wrote { store, access, message, effect } => {
                self.fact(at, 62, store.0, access.0 << 2 | effect as u32);
                self.fold(message);
            }
            Observation::LostUpdates { store, count } => self.fact(at, 63, store.0, count),
            Observation::FoundUpdate { store } => self.fact(at, 64, store.0, 0),
            Observation::SagaBegan { saga } => self.fact(at, 65, saga.0, 0),
            Observation::SagaEnded { saga, end } => self.fact(at, 66, saga.0, end as u32),
            Observation::Recorded { window, late } => self.fact(at, 67, window.0, late.into()),
            Observation::WindowClosed { window, groups } => self.fact(at, 68, window.0, groups),
            Observation::Log { log, what } => self.log(at, log, what),
            Observation::Hedged { edge } => self.fact(at, 40, edge.0, 0),
            Observation::NotPermitted { edge, reason } => self.fact(at, 41, edge.0, failure_word(reason)),
            Observation::BreakerTurned { breaker, to, calls, failed } => {
                self.fact(at, 42, breaker.0, to as u32);
                self.fold(u64::from(calls) | u64::from(failed) << 32);
            }
            Observation::Probe { breaker, returned } => self.fact(at, 43, breaker.0, returned.into()),
            Observation::Shed { service, replica } => self.fact(at, 44, service.0, replica),
            Observation::FaultBegan { fault, node } => self.fact(at, 25, fault, node.0),
            Observation::FaultEnded { fault, node } => self.fact(at, 26, fault, node.0),
        }
    }
}

#[inline(always)]
fn failure_word(failure: Failure) -> u32 {
    failure as u32
}

#[inline(always)]
fn outcome_word(outcome: Outcome) -> u32 {
    match outcome {
        Outcome::Good => 1,
        Outcome::Late => 2,
        Outcome::Degraded => 3,
        Outcome::Failed(failure) => 16 + failure_word(failure),
    }
}

#[inline(always)]
fn result_word(result: CallResult) -> u32 {
    match result {
        CallResult::Ok => 1,
        CallResult::Abandoned => 2,
        CallResult::Failed(failure) => 16 + failure_word(failure),
    }
}

#[inline(always)]
fn kind_word(kind: MessageKind) -> u32 {
    match kind {
        MessageKind::Request => 1,
        MessageKind::Reply => 2,
        MessageKind::Publish => 3,
        MessageKind::Delivery { redelivered } => 4 + u32::from(redelivered),
        MessageKind::Confirm { accepted } => 6 + u32::from(accepted),
        MessageKind::Ack { positive } => 8 + u32::from(positive),
        MessageKind::Query => 10,
        MessageKind::Result { done } => 11 + u32::from(done),
        MessageKind::Failure(failure) => 16 + failure_word(failure),
    }
}

#[inline(always)]
fn fate_word(fate: Fate) -> u32 {
    fate as u32
}

#[inline(always)]
fn end_word(end: JobEnd) -> u32 {
    end as u32
}
