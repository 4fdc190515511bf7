//! What must hold of digests and of the numbers in them.

use std::collections::{BTreeMap, BTreeSet};
use std::mem::{Discriminant, discriminant};

use super::*;
use crate::base::{
    AccessIx, BreakerIx, ClientIx, EdgeIx, ExchangeIx, HealthIx, LinkIx, NodeIx, OpIx, QueueIx, SagaIx,
    ServiceIx, SimDuration, StoreIx, WindowIx,
};
use crate::observation::*;

const FATES: [Fate; 7] = [
    Fate::Consumed,
    Fate::Refused,
    Fate::DeadLettered,
    Fate::Expired,
    Fate::Dropped,
    Fate::Lost,
    Fate::Removed,
];

fn outcomes() -> Vec<Outcome> {
    let failed = Failure::ALL.map(Outcome::Failed);
    [Outcome::Good, Outcome::Late, Outcome::Degraded].into_iter().chain(failed).collect()
}

fn results() -> Vec<CallResult> {
    let failed = Failure::ALL.map(CallResult::Failed);
    [CallResult::Ok, CallResult::Abandoned].into_iter().chain(failed).collect()
}

fn message_kinds() -> Vec<MessageKind> {
    let flags = [false, true];
    let mut kinds = vec![MessageKind::Request, MessageKind::Reply, MessageKind::Publish, MessageKind::Query];
    kinds.extend(Failure::ALL.map(MessageKind::Failure));
    kinds.extend(flags.map(|redelivered| MessageKind::Delivery { redelivered }));
    kinds.extend(flags.map(|accepted| MessageKind::Confirm { accepted }));
    kinds.extend(flags.map(|positive| MessageKind::Ack { positive }));
    kinds.extend(flags.map(|done| MessageKind::Result { done }));
    kinds
}

/// Facts about a log: every kind, every number 0.
fn log_facts() -> Vec<LogFact> {
    let (partition, group, offset, oldest) = (0, 0, 0, SimTime::NEVER);
    let mut facts = vec![
        LogFact::Appended { partition, offset },
        LogFact::Refused { partition },
        LogFact::Lost { partition, count: 0, end: 0 },
        LogFact::Leader { partition, leader: None, in_sync: 0, changed: false },
        LogFact::Dropped { partition, start: 0 },
        LogFact::Rebalanced { group },
        LogFact::Assigned { group, partition, to: None },
        LogFact::Committed { group, partition, offset, oldest },
        LogFact::Skipped { group, partition, count: 0 },
        LogFact::Taken { group, partition, offset, lease: 0 },
        LogFact::Recognized { partition },
        LogFact::StoredAgain { partition },
    ];
    let given_up = |dead_lettered| LogFact::GivenUp { group, partition, offset, dead_lettered };
    facts.extend([false, true].map(given_up));
    facts
}

/// Facts of every kind and with every value of every enum, all numbers 0: they differ in nothing else.
fn facts() -> Vec<Observation> {
    let (zero, request, message) = (SimTime::ZERO, 0, 0);
    let (client, service, replica, op) = (ClientIx(0), ServiceIx(0), 0, OpIx(0));
    let (link, edge, queue, node) = (LinkIx(0), EdgeIx(0), QueueIx(0), NodeIx(0));
    let (store, saga, window, breaker) = (StoreIx(0), SagaIx(0), WindowIx(0), BreakerIx(0));
    let mut facts = vec![
        Observation::Offered { client, request },
        Observation::Landed { message, link },
        Observation::Created,
        Observation::Arrived { service, replica, op, request },
        Observation::Shed { service, replica, arrived: zero },
        Observation::InVain { service, arrived: zero, span: 0 },
        Observation::Queued { service, replica },
        Observation::Dequeued { service, replica, queued: zero },
        Observation::Started { service, replica, arrived: zero },
        Observation::Workers { service, replica, busy: 0, blocked: 0, total: 0 },
        Observation::Scaled { service, from: 0, to: 0 },
        Observation::CallStarted { edge },
        Observation::Attempted { edge, attempt: 0 },
        Observation::Hedged { edge },
        Observation::Published { queue },
        Observation::PublishRefused { queue },
        Observation::Acked { queue },
        Observation::Requeued { queue },
        Observation::Routed { exchange: ExchangeIx(0), copies: 0 },
        Observation::Depth { queue, ready: 0, unacked: 0 },
        Observation::Connections { store, busy: 0, waiting: 0, total: 0 },
        Observation::Read { store, behind: 0, since: zero },
        Observation::LostUpdates { store, count: 0 },
        Observation::FoundUpdate { store },
        Observation::SagaBegan { saga },
        Observation::WindowClosed { window, groups: 0 },
        Observation::FaultBegan { fault: 0, node },
        Observation::FaultEnded { fault: 0, node },
    ];
    facts.extend(outcomes().into_iter().map(|outcome| Observation::Ended {
        client,
        request,
        outcome,
        offered: zero,
    }));
    facts.extend(message_kinds().into_iter().map(|kind| Observation::Sent {
        message,
        kind,
        link,
        request,
        arrives: zero,
    }));
    let losses = LossReason::ALL;
    facts.extend(losses.map(|reason| Observation::Vanished { message, link, reason }));
    facts.extend(FATES.map(|fate| Observation::Settled { fate }));
    facts.extend(Failure::ALL.map(|reason| Observation::Refused { service, replica, reason }));
    facts.extend(Failure::ALL.map(|reason| Observation::NotPermitted { edge, reason }));
    let waited = SimDuration::ZERO;
    for end in [JobEnd::Completed, JobEnd::Failed, JobEnd::Crashed, JobEnd::Expired] {
        facts.extend([false, true].map(|wasted| Observation::Finished {
            service,
            replica,
            op,
            end,
            arrived: zero,
            waited,
            wasted,
        }));
    }
    for result in results() {
        facts.push(Observation::AttemptEnded { edge, result, sent: zero });
        facts.push(Observation::CallEnded { edge, result, started: zero });
    }
    let states = [BreakerState::Closed, BreakerState::Open, BreakerState::HalfOpen];
    let forced = [BreakerState::ForcedOpen, BreakerState::Disabled];
    let turned = |to| Observation::BreakerTurned { breaker, to, calls: 0, failed: 0, slow: 0 };
    facts.extend(states.into_iter().chain(forced).map(turned));
    let flags = [false, true];
    facts.extend(flags.map(|returned| Observation::Probe { breaker, returned }));
    facts.extend(flags.map(|redelivered| Observation::Delivered { queue, redelivered, published: zero }));
    facts.extend(flags.map(|counts| Observation::LateAck { queue, counts }));
    facts.extend(flags.map(|late| Observation::Recorded { window, late }));
    for reason in Discard::ALL {
        facts.extend(FATES.map(|fate| Observation::Discarded { queue, reason, fate }));
    }
    let effects = [Effect::Applied, Effect::Duplicated, Effect::Ignored, Effect::Overtaken];
    facts.extend(effects.map(|effect| Observation::Wrote { store, access: AccessIx(0), message, effect }));
    let ends = [SagaEnd::Completed, SagaEnd::Compensated, SagaEnd::Stuck];
    facts.extend(ends.map(|end| Observation::SagaEnded { saga, end }));
    facts.extend(log_facts().into_iter().map(|what| Observation::Log { log: LogIx(0), what }));
    facts.extend([Observation::Republished { to: node }, Observation::StoredAgain { queue }]);
    facts.extend(HostFact::ALL.map(|what| Observation::Host { health: HealthIx(0), replica, what }));
    facts
}

/// A number for each kind of fact about a log.
fn code(what: LogFact) -> u8 {
    let kinds = log_facts().into_iter().map(|fact| discriminant(&fact));
    kinds.take_while(|kind| *kind != discriminant(&what)).count() as u8
}

fn digest(what: Observation) -> Digest {
    let mut digest = Digest::default();
    digest.observe(SimTime::ZERO, what);
    digest
}

#[test]
fn every_fact_has_a_digest_of_its_own() {
    let mut digests = BTreeMap::new();
    for what in facts() {
        if let Some(other) = digests.insert(digest(what).value(), what) {
            panic!("{what:?} and {other:?} have the same digest");
        }
    }
}

#[test]
fn no_kind_of_fact_is_left_out() {
    let kinds = |facts: Vec<Observation>| {
        let mut kinds: Vec<Discriminant<Observation>> = Vec::new();
        for kind in facts.iter().map(discriminant) {
            if !kinds.contains(&kind) {
                kinds.push(kind);
            }
        }
        kinds.len()
    };
    // A fact about a log has its own code, and `Observation::Log` has none.
    let of_logs: BTreeSet<u8> = log_facts().iter().map(|what| code(*what)).collect();
    assert_eq!(kinds(facts()) - 1 + of_logs.len(), CODES.len());
}

#[test]
fn codes_are_unique() {
    let once: BTreeSet<u8> = CODES.iter().copied().collect();
    assert_eq!(once.len(), CODES.len());
    assert!(!once.contains(&0));
}

/// Whoever changes what an existing fact folds, or the number of a value, changes every digest that is written down.
#[test]
fn the_numbers_of_facts_stay_as_they_are() {
    let mut all = Digest::default();
    facts().into_iter().for_each(|what| all.observe(SimTime::from_secs(1.0), what));
    assert_eq!(all.hex(), "a35de4c70a2fede4");
}

#[test]
fn the_order_and_the_instant_of_facts_count() {
    let (one, two) = (Observation::CallStarted { edge: EdgeIx(1) }, Observation::Created);
    let fold = |facts: &[(u64, Observation)]| {
        let mut digest = Digest::default();
        facts.iter().for_each(|(at, what)| digest.observe(SimTime(*at), *what));
        digest
    };
    assert_ne!(fold(&[(1, one), (1, two)]), fold(&[(1, two), (1, one)]));
    assert_ne!(fold(&[(1, one)]), fold(&[(2, one)]));
}
