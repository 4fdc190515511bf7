//! Readings of queues, logs and stores: what their cards show at this instant.

use super::faults::node_faults;
use crate::base::{LogIx, QueueIx, StoreIx, order_by};
use crate::observation::{ClaimState, Discard, Lag};
use crate::session::VariantRun;
use crate::view::cards::log_reading::{
    GroupReading, LogReading, MOST_BROKERS, MOST_GROUPS, MOST_TRACKS, Track,
};
use crate::view::cards::queue::{MOST_SHOWN, QueueReading};
use crate::view::cards::store::StoreReading;

/// A queue.
pub fn queue(variant: &VariantRun, queue: QueueIx) -> QueueReading {
    let (plan, snapshot) = (variant.plan(), variant.snapshot());
    let (state, own) = (snapshot.queue(queue), &plan.queues[queue.at()]);
    let prefetch = own
        .consumers
        .iter()
        .filter_map(|&(service, place)| {
            let replicas = snapshot.replicas(service);
            let consumer = plan.services.get(service.at())?.consumes.get(place as usize)?;
            Some(u64::from(consumer.prefetch) * u64::from(replicas))
        })
        .sum();
    let mut reading = QueueReading {
        ready: state.ready,
        unacked: state.unacked,
        prefetch,
        oldest: state.oldest.map(|since| snapshot.now().since(since)),
        paused: state.paused,
        ..QueueReading::default()
    };
    reading.capacity = own.rules.capacity;
    reading.redelivered = variant.telemetry().statistics().redelivered(queue);
    reading.head.extend(snapshot.line(queue).take(MOST_SHOWN));
    reading.dead = plan.dead_letter_links().any(|link| plan.links[link.at()].to == own.node);
    reading.cause = reading.dead.then(|| cause(variant, queue)).flatten();
    reading
}

fn leads_to(dead_letter: Option<crate::scenario::DeadLetterPlan>, queue: QueueIx) -> bool {
    dead_letter.is_some_and(|dead_letter| dead_letter.queue == queue)
}

/// Why most of a queue's dead letters came, and after how many deliveries where that is why.
fn cause(variant: &VariantRun, queue: QueueIx) -> Option<(Discard, Option<u32>)> {
    let (plan, recent) = (variant.plan(), variant.telemetry().recent());
    let mut causes: Vec<(u64, Discard, Option<u32>)> = Vec::new();
    for (at, source) in plan
        .queues
        .iter()
        .enumerate()
        .filter(|(_, source)| plan.has(source.node) && leads_to(source.dead_letter, queue))
    {
        let counts = recent.dead_letters(QueueIx(at as u32));
        for (reason, count) in Discard::ALL.into_iter().zip(counts) {
            causes.push((count, reason, source.rules.max_deliveries));
        }
    }
    order_by(&mut causes, &|cause| -(cause.0 as f64));
    causes.first().filter(|cause| cause.0 > 0).map(|&(_, reason, most)| (reason, most))
}

/// A store.
pub fn store(variant: &VariantRun, store: StoreIx) -> StoreReading {
    let snapshot = variant.snapshot();
    let (state, lags) = (snapshot.store(store), snapshot.store_lag(store));
    let lag = |lag: Lag| (lag.versions, lag.since.map(|since| snapshot.now().since(since)));
    let [behind, followers] = lags.map(|found| found.map(lag));
    let [stale, ..] = variant.telemetry().statistics().mishaps(store);
    StoreReading {
        versions: state.versions,
        keys: state.keys,
        connections: state.connections,
        busy: state.busy,
        waiting: state.waiting,
        behind,
        followers,
        stale,
        state: node_faults(variant, variant.plan().stores[store.at()].node, state.crashed, state.paused),
    }
}

/// A log.
pub fn log(variant: &VariantRun, log: LogIx) -> LogReading {
    let (plan, snapshot) = (&variant.plan().logs[log.at()], variant.snapshot());
    let now = snapshot.log(log);
    let brokers = plan.brokers.min(MOST_BROKERS);
    let shown = plan.groups.len().min(MOST_GROUPS);
    let mut reading = LogReading {
        partitions: now.partitions,
        all_groups: now.groups,
        groups: (0..shown as u32)
            .map(|group| GroupReading { state: snapshot.group(log, group), ..GroupReading::default() })
            .collect(),
        brokers: (0..brokers).map(|broker| snapshot.broker_is_up(log, broker)).collect(),
        down: now.brokers_down,
        leads: vec![Vec::new(); brokers as usize],
        leaderless: now.leaderless,
        in_sync: plan.replication,
        paused: now.paused,
        ..LogReading::default()
    };
    let mut worst = [0; MOST_GROUPS];
    // The partition in which a group is furthest behind, of all that have been seen; and by how much all groups are.
    let (mut hot, mut all): (Option<(u64, Track)>, u64) = (None, 0);
    for number in 0..now.partitions {
        let partition = snapshot.partition(log, number);
        reading.in_sync = reading.in_sync.min(partition.in_sync);
        if let Some(led) = partition.leader.and_then(|leader| reading.leads.get_mut(leader as usize)) {
            led.push(number);
        }
        let mut claims = [ClaimState::default(); MOST_GROUPS];
        let (mut most, mut together) = (0, 0);
        for group in 0..now.groups {
            let claim = snapshot.claim(log, group, number);
            let lag = partition.end.saturating_sub(claim.committed);
            most = most.max(lag);
            together += lag;
            if let Some(own) = reading.groups.get_mut(group as usize) {
                own.lag += lag;
                claims[group as usize] = claim;
                if lag > worst[group as usize] && now.partitions > 1 {
                    (worst[group as usize], own.worst) = (lag, Some(number));
                }
            }
        }
        all += together;
        let track = Track { number, partition, claims, lag: together };
        if hot.as_ref().is_none_or(|(lag, _)| most > *lag) {
            hot = Some((most, track.clone()));
        }
        if number < MOST_TRACKS {
            reading.tracks.push(track);
        }
    }
    if let Some((_, track)) = hot.filter(|(_, track)| track.number >= MOST_TRACKS)
        && let Some(last) = reading.tracks.last_mut()
    {
        *last = track;
    }
    reading.lag_elsewhere = all - reading.tracks.iter().map(|track| track.lag).sum::<u64>();
    reading
}
