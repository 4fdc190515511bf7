//! The digest: one 64-bit number over the whole event stream, equal on every platform.
//!
//! Every number in it is written out here: of kinds of facts in [`Code`], of the values of an enum in `words`. So the
//! order in which an enum lists its values means nothing to a digest.

mod words;

use super::{LogFact, Observation, Observer};
use crate::base::{LogIx, SimTime, mix};
use words::*;

/// Declares [`Code`] and, for the test, the list of all codes.
macro_rules! codes {
    ($($name:ident = $code:literal,)*) => {
        /// The number that stands for a kind of fact. The compiler refuses a number that is given twice.
        ///
        /// Numbers are never given anew: whoever adds a kind takes the next free one, and every digest without facts of
        /// that kind stays as it is.
        #[derive(Clone, Copy)]
        #[repr(u8)]
        enum Code {
            $($name = $code,)*
        }

        #[cfg(test)]
        const CODES: &[u8] = &[$($code),*];
    };
}

codes! {
    Offered = 1,
    Ended = 2,
    Sent = 3,
    Landed = 4,
    Vanished = 5,
    Created = 6,
    Settled = 7,
    Arrived = 8,
    Refused = 9,
    Queued = 10,
    Dequeued = 11,
    Started = 12,
    Workers = 13,
    Finished = 14,
    CallStarted = 15,
    Attempted = 16,
    AttemptEnded = 17,
    CallEnded = 18,
    Published = 19,
    PublishRefused = 20,
    Delivered = 21,
    Acked = 22,
    Requeued = 23,
    Depth = 24,
    FaultBegan = 25,
    FaultEnded = 26,
    Discarded = 27,
    Routed = 28,
    LateAck = 29,
    Republished = 30,
    StoredAgain = 31,
    NotPermitted = 41,
    BreakerTurned = 42,
    Probe = 43,
    Shed = 44,
    Hedged = 45,
    Scaled = 46,
    InVain = 47,
    Host = 48,
    Connections = 60,
    Read = 61,
    Wrote = 62,
    LostUpdates = 63,
    FoundUpdate = 64,
    SagaBegan = 65,
    SagaEnded = 66,
    Recorded = 67,
    WindowClosed = 68,
    LogAppended = 70,
    LogRefused = 71,
    LogLost = 72,
    LogLeader = 73,
    LogDropped = 74,
    LogRebalanced = 75,
    LogAssigned = 76,
    LogCommitted = 77,
    LogSkipped = 78,
    LogTaken = 79,
    LogRecognized = 80,
    LogStoredAgain = 81,
    LogGivenUp = 82,
}

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
        // The partition, the group and two numbers; 0 for what the fact does not have.
        let (code, partition, group, one, two) = match what {
            LogFact::Appended { partition, offset } => (Code::LogAppended, partition, 0, offset, 0),
            LogFact::Refused { partition } => (Code::LogRefused, partition, 0, 0, 0),
            LogFact::Recognized { partition } => (Code::LogRecognized, partition, 0, 0, 0),
            LogFact::StoredAgain { partition } => (Code::LogStoredAgain, partition, 0, 0, 0),
            LogFact::Lost { partition, count, end } => (Code::LogLost, partition, 0, count, end),
            LogFact::Leader { partition, leader, in_sync, changed } => {
                let leader = leader.map_or(0, |leader| u64::from(leader) + 1);
                (Code::LogLeader, partition, changed.into(), leader, in_sync.into())
            }
            LogFact::Dropped { partition, start } => (Code::LogDropped, partition, 0, start, 0),
            LogFact::Rebalanced { group } => (Code::LogRebalanced, 0, group, 0, 0),
            LogFact::Assigned { group, partition, to } => {
                let (service, replica) = to.map_or((0, 0), |(service, replica)| (service.0 + 1, replica));
                (Code::LogAssigned, partition, group, service.into(), replica.into())
            }
            LogFact::Committed { group, partition, offset, .. } => {
                (Code::LogCommitted, partition, group, offset, 0)
            }
            LogFact::Skipped { group, partition, count } => (Code::LogSkipped, partition, group, count, 0),
            LogFact::GivenUp { group, partition, offset, dead_lettered } => {
                (Code::LogGivenUp, partition, group, offset, dead_lettered.into())
            }
            LogFact::Taken { group, partition, offset, lease } => {
                (Code::LogTaken, partition, group, offset, lease.into())
            }
        };
        self.fact_with(at, code, log.0, partition, one, two);
        self.fold(group.into());
    }

    /// Folds a fact's code with its instant, an index and a number below 2^24.
    #[inline(always)]
    fn fact(&mut self, at: SimTime, code: Code, index: u32, small: u32) {
        self.fact_with(at, code, index, small, 0, 0);
    }

    /// Does the same with two more words. They are spread before they meet the state, so that the chain of folds, which
    /// is what takes time, grows by one link a fact.
    #[inline(always)]
    fn fact_with(&mut self, at: SimTime, code: Code, index: u32, small: u32, one: u64, two: u64) {
        let words = at.0.wrapping_add(one.rotate_left(23)).wrapping_add(two.rotate_left(45));
        self.fold((code as u64 | u64::from(index) << 8 | u64::from(small) << 40) ^ words.rotate_left(32));
    }
}

impl Observer for Digest {
    // Always inlined: where an observation is made, its kind is known, and all but one arm disappears.
    #[inline(always)]
    fn observe(&mut self, at: SimTime, what: Observation) {
        match what {
            Observation::Offered { client, request } => {
                self.fact_with(at, Code::Offered, client.0, 0, request, 0);
            }
            Observation::Ended { client, request, outcome, offered } => {
                self.fact_with(
                    at,
                    Code::Ended,
                    client.0,
                    outcome_word(outcome),
                    request ^ offered.0.rotate_left(32),
                    0,
                );
            }
            Observation::Sent { message, kind, link, request, arrives } => {
                self.fact_with(
                    at,
                    Code::Sent,
                    link.0,
                    kind_word(kind),
                    message ^ request.rotate_left(32),
                    arrives.0,
                );
            }
            Observation::Landed { message, link } => {
                self.fact_with(at, Code::Landed, link.0, 0, message, 0);
            }
            Observation::Vanished { message, link, reason } => {
                self.fact_with(at, Code::Vanished, link.0, loss_word(reason), message, 0);
            }
            Observation::Created => self.fact(at, Code::Created, 0, 0),
            Observation::Settled { fate } => self.fact(at, Code::Settled, fate_word(fate), 0),
            Observation::Arrived { service, replica, op, request } => {
                self.fact_with(
                    at,
                    Code::Arrived,
                    service.0,
                    replica,
                    request ^ u64::from(op.0).rotate_left(48),
                    0,
                );
            }
            Observation::Refused { service, replica, reason } => {
                self.fact_with(at, Code::Refused, service.0, replica, failure_word(reason).into(), 0);
            }
            Observation::Queued { service, replica } => self.fact(at, Code::Queued, service.0, replica),
            Observation::Dequeued { service, replica, queued } => {
                self.fact_with(at, Code::Dequeued, service.0, replica, queued.0, 0);
            }
            Observation::Started { service, replica, arrived } => {
                self.fact_with(at, Code::Started, service.0, replica, arrived.0, 0);
            }
            Observation::Workers { service, replica, busy, blocked, total } => {
                self.fact_with(
                    at,
                    Code::Workers,
                    service.0,
                    replica,
                    u64::from(busy) | u64::from(blocked) << 20 | u64::from(total) << 40,
                    0,
                );
            }
            Observation::Finished { service, replica, op, end, arrived, waited, wasted } => {
                self.fact_with(
                    at,
                    Code::Finished,
                    service.0,
                    replica,
                    u64::from(op.0) | u64::from(end_word(end)) << 32 | u64::from(wasted) << 40,
                    arrived.0 ^ waited.0.rotate_left(32),
                );
            }
            Observation::Scaled { service, from, to } => {
                self.fact_with(at, Code::Scaled, service.0, 0, u64::from(from), u64::from(to));
            }
            Observation::CallStarted { edge } => self.fact(at, Code::CallStarted, edge.0, 0),
            Observation::Attempted { edge, attempt } => self.fact(at, Code::Attempted, edge.0, attempt),
            Observation::AttemptEnded { edge, result, sent } => {
                self.fact_with(at, Code::AttemptEnded, edge.0, result_word(result), sent.0, 0);
            }
            Observation::CallEnded { edge, result, started } => {
                self.fact_with(at, Code::CallEnded, edge.0, result_word(result), started.0, 0);
            }
            Observation::Published { queue } => self.fact(at, Code::Published, queue.0, 0),
            Observation::PublishRefused { queue } => self.fact(at, Code::PublishRefused, queue.0, 0),
            Observation::Republished { to } => self.fact(at, Code::Republished, to.0, 0),
            Observation::StoredAgain { queue } => self.fact(at, Code::StoredAgain, queue.0, 0),
            Observation::Delivered { queue, redelivered, published } => {
                self.fact_with(at, Code::Delivered, queue.0, redelivered.into(), published.0, 0);
            }
            Observation::Acked { queue } => self.fact(at, Code::Acked, queue.0, 0),
            Observation::LateAck { queue, counts } => self.fact(at, Code::LateAck, queue.0, counts.into()),
            Observation::Requeued { queue } => self.fact(at, Code::Requeued, queue.0, 0),
            Observation::Depth { queue, ready, unacked } => {
                self.fact_with(at, Code::Depth, queue.0, 0, u64::from(ready) | u64::from(unacked) << 32, 0);
            }
            Observation::Discarded { queue, reason, fate } => {
                self.fact(at, Code::Discarded, queue.0, discard_word(reason) | fate_word(fate) << 8);
            }
            Observation::Routed { exchange, copies } => self.fact(at, Code::Routed, exchange.0, copies),
            Observation::Connections { store, busy, waiting, total } => {
                self.fact(at, Code::Connections, store.0, busy);
                self.fold(u64::from(waiting) | u64::from(total) << 32);
            }
            Observation::Read { store, behind, since } => {
                self.fact(at, Code::Read, store.0, behind);
                self.fold(since.0);
            }
            Observation::Wrote { store, access, message, effect } => {
                self.fact(at, Code::Wrote, store.0, access.0 << 2 | effect_word(effect));
                self.fold(message);
            }
            Observation::LostUpdates { store, count } => self.fact(at, Code::LostUpdates, store.0, count),
            Observation::FoundUpdate { store } => self.fact(at, Code::FoundUpdate, store.0, 0),
            Observation::SagaBegan { saga } => self.fact(at, Code::SagaBegan, saga.0, 0),
            Observation::SagaEnded { saga, end } => {
                self.fact(at, Code::SagaEnded, saga.0, saga_end_word(end))
            }
            Observation::Recorded { window, late } => self.fact(at, Code::Recorded, window.0, late.into()),
            Observation::WindowClosed { window, groups } => {
                self.fact(at, Code::WindowClosed, window.0, groups)
            }
            Observation::Log { log, what } => self.log(at, log, what),
            Observation::Hedged { edge } => self.fact(at, Code::Hedged, edge.0, 0),
            Observation::NotPermitted { edge, reason } => {
                self.fact(at, Code::NotPermitted, edge.0, failure_word(reason))
            }
            Observation::BreakerTurned { breaker, to, calls, failed, slow } => {
                self.fact(at, Code::BreakerTurned, breaker.0, breaker_word(to));
                self.fold((u64::from(calls) | u64::from(failed) << 32) ^ u64::from(slow).rotate_left(16));
            }
            Observation::Host { health, replica, what } => {
                self.fact(at, Code::Host, health.0, replica);
                self.fold(host_word(what).into());
            }
            Observation::Probe { breaker, returned } => {
                self.fact(at, Code::Probe, breaker.0, returned.into())
            }
            // Since when it waited is told by the `Dequeued` before it.
            Observation::Shed { service, replica, .. } => self.fact(at, Code::Shed, service.0, replica),
            Observation::InVain { service, arrived, .. } => {
                self.fact_with(at, Code::InVain, service.0, 0, arrived.0, 0);
            }
            Observation::FaultBegan { fault, node } => self.fact(at, Code::FaultBegan, fault, node.0),
            Observation::FaultEnded { fault, node } => self.fact(at, Code::FaultEnded, fault, node.0),
        }
    }
}

#[cfg(test)]
mod tests;
