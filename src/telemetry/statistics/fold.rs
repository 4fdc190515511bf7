//! The fold: which observation counts where. What is counted is in the table of metrics.

use super::{MOST_CHANGES, Statistics};
use crate::base::SimTime;
use crate::observation::{
    CallResult, Discard, Effect, Failure, Fate, JobEnd, Observation, Observer, Outcome, SagaEnd,
};
use crate::scenario::NodeKind;
use crate::telemetry::metrics::{ClientTally, Scaling, Turn};

impl Observer for Statistics {
    #[inline(always)]
    fn observe(&mut self, at: SimTime, what: Observation) {
        let warmup = self.warmup;
        // One when this instant is measured: adding it spares a branch.
        let counts = u64::from(at >= warmup);
        match what {
            Observation::Offered { client, .. } => self.clients[client.at()].offered += counts,
            Observation::Ended { client, outcome, offered, .. } if offered >= warmup => {
                let client = &mut self.clients[client.at()];
                if answered(client, outcome) {
                    client.latency.record(at.since(offered));
                }
            }
            Observation::Created => self.ledger.created += 1,
            Observation::Settled { fate } => {
                *match fate {
                    Fate::Consumed => &mut self.ledger.consumed,
                    Fate::Refused => &mut self.ledger.refused,
                    Fate::DeadLettered => &mut self.ledger.dead_lettered,
                    Fate::Expired => &mut self.ledger.expired,
                    Fate::Dropped => &mut self.ledger.dropped,
                    Fate::Lost => &mut self.ledger.lost,
                    Fate::Removed => &mut self.ledger.removed,
                } += 1;
            }

            Observation::Arrived { service, replica, .. } => {
                let service = &mut self.services[service.at()];
                if let Some(replica) = service.replica(replica) {
                    replica.arrivals += counts;
                }
                service.arrivals += counts;
                service.in_system.up(at);
            }
            Observation::Refused { service, replica, .. } => {
                let service = &mut self.services[service.at()];
                if let Some(replica) = service.replica(replica) {
                    replica.rejected += counts;
                }
                service.rejected += counts;
                service.in_system.down(at);
            }
            Observation::Shed { service, replica, arrived } => {
                let service = &mut self.services[service.at()];
                if let Some(replica) = service.replica(replica) {
                    replica.rejected += counts;
                }
                service.shed += counts;
                if arrived >= warmup {
                    // Whoever is shed waited too, and longest.
                    service.waited.record(at.since(arrived));
                }
                service.in_system.down(at);
            }
            Observation::Queued { service, .. } => self.services[service.at()].waiting.up(at),
            Observation::Dequeued { service, .. } => self.services[service.at()].waiting.down(at),
            Observation::Started { service, arrived, .. } if arrived >= warmup => {
                let service = &mut self.services[service.at()];
                service.started += 1;
                service.waits += at.since(arrived).0;
            }
            Observation::Workers { service, replica, busy, blocked, total } => {
                self.services[service.at()].set_workers(at, replica, [busy, blocked, total]);
            }
            Observation::Scaled { service, from, to } => {
                let service = &mut self.services[service.at()];
                service.scaled(at, to);
                if counts > 0 && service.scaling.len() < MOST_CHANGES {
                    service.scaling.push(Scaling { at_s: at.as_secs(), from, to });
                }
            }
            Observation::Finished { service, replica, op, end, arrived, waited, wasted } => {
                let service = &mut self.services[service.at()];
                service.in_system.down(at);
                if arrived >= warmup {
                    service.waited.record(waited);
                    service.wasted += u64::from(wasted);
                    service.expired += u64::from(end == JobEnd::Expired);
                    if let Some(replica) = service.replica(replica) {
                        let completed = u64::from(end == JobEnd::Completed);
                        replica.wasted += u64::from(wasted);
                        replica.completed += completed;
                        replica.failed += 1 - completed;
                        replica.response_ns += completed * at.since(arrived).0;
                    }
                    let operation = &mut self.operations[op.at()];
                    if end == JobEnd::Completed {
                        service.completed += 1;
                        operation.response.record(at.since(arrived));
                    } else {
                        service.failed += 1;
                        operation.failed += 1;
                    }
                }
            }
            Observation::InVain { service, arrived, .. } => {
                self.services[service.at()].wasted += u64::from(arrived >= warmup);
            }

            Observation::CallStarted { edge } => self.calls[edge.at()].calls += counts,
            Observation::Attempted { edge, attempt } => {
                let call = &mut self.calls[edge.at()];
                call.attempted += counts;
                call.retries += counts & u64::from(attempt > 1);
            }
            Observation::Hedged { edge } => self.calls[edge.at()].hedges += counts,
            Observation::NotPermitted { edge, reason } => {
                let call = &mut self.calls[edge.at()];
                call.stopped += counts;
                call.not_permitted += counts & u64::from(reason == Failure::BreakerOpen);
            }
            Observation::BreakerTurned { breaker, to, calls, failed, slow } => {
                let turn = Turn { at, to, calls, failed, slow };
                self.breakers[breaker.at()].turned(turn, counts);
            }
            Observation::Host { health, replica, what } => {
                self.healths[health.at()].fold(at, replica, what, counts);
            }
            Observation::CallEnded { edge, result, started } if started >= warmup => {
                let call = &mut self.calls[edge.at()];
                match result {
                    CallResult::Ok => call.latency.record(at.since(started)),
                    CallResult::Failed(failure) => call.failed.count(failure),
                    CallResult::Abandoned => {}
                }
            }

            Observation::Published { queue } => self.queues[queue.at()].published += counts,
            Observation::PublishRefused { queue } => self.queues[queue.at()].rejected += counts,
            Observation::Republished { to } => {
                *match self.kinds[to.at()] {
                    NodeKind::Queue(queue) => &mut self.queues[queue.at()].retried,
                    NodeKind::Exchange(exchange) => &mut self.exchanges[exchange.at()].retried,
                    NodeKind::Log(log) => &mut self.logs[log.at()].counts.retried,
                    _ => return,
                } += counts;
            }
            Observation::StoredAgain { queue } => self.queues[queue.at()].stored_again += counts,
            Observation::Delivered { queue, redelivered, published } => {
                let queue = &mut self.queues[queue.at()];
                queue.delivered += counts;
                queue.redelivered += counts & u64::from(redelivered);
                if published >= warmup {
                    queue.age.record(at.since(published));
                }
            }
            Observation::Acked { queue } => self.queues[queue.at()].acked += counts,
            Observation::LateAck { queue, .. } => self.queues[queue.at()].late_acks += counts,
            Observation::Discarded { queue, fate, reason } => {
                let queue = &mut self.queues[queue.at()];
                queue.rejected_by_consumers += counts & u64::from(reason == Discard::Rejected);
                *match fate {
                    Fate::Expired => &mut queue.expired,
                    Fate::DeadLettered => &mut queue.dead_lettered,
                    _ => &mut queue.dropped,
                } += counts;
            }
            Observation::Depth { queue, ready, unacked } => {
                let queue = &mut self.queues[queue.at()];
                let (ready, unacked) = (u64::from(ready), u64::from(unacked));
                queue.ready.set(at, ready);
                queue.unacked.set(at, unacked);
                queue.depth.set(at, ready + unacked);
            }
            Observation::Routed { exchange, copies } => {
                let exchange = &mut self.exchanges[exchange.at()];
                exchange.published += counts;
                exchange.routed += counts * u64::from(copies);
                exchange.unroutable += counts & u64::from(copies == 0);
            }
            Observation::Log { log, what } => self.logs[log.at()].observe(at, what, counts),

            Observation::Connections { store, busy, total, .. } => {
                let store = &mut self.stores[store.at()];
                store.busy.set(at, busy.into());
                store.connections.set(at, total.into());
            }
            Observation::Read { store, behind, since } if at >= warmup => {
                let store = &mut self.stores[store.at()];
                store.reads += 1;
                if behind > 0 {
                    let length = at.since(since);
                    store.versions += u64::from(behind);
                    store.behind += length.0;
                    store.staleness.record(length);
                }
            }
            Observation::Wrote { store, effect, .. } => {
                let store = &mut self.stores[store.at()];
                let applied = matches!(effect, Effect::Applied | Effect::Duplicated);
                store.writes += counts;
                store.applied += counts & u64::from(applied);
                store.duplicates += counts & u64::from(effect == Effect::Duplicated);
                store.ignored += counts & u64::from(effect == Effect::Ignored);
            }
            Observation::LostUpdates { store, count } => {
                self.stores[store.at()].lost += counts * u64::from(count);
            }
            Observation::FoundUpdate { store } => self.stores[store.at()].found += counts,

            Observation::SagaBegan { saga } => self.sagas[saga.at()].started += counts,
            Observation::SagaEnded { saga, end } => {
                let saga = &mut self.sagas[saga.at()];
                *match end {
                    SagaEnd::Completed => &mut saga.completed,
                    SagaEnd::Compensated => &mut saga.compensated,
                    SagaEnd::Stuck => &mut saga.stuck,
                } += counts;
            }
            Observation::Recorded { window, late } => {
                let step = &mut self.window_steps[window.at()];
                step.records += counts;
                step.late += counts & u64::from(late);
            }
            Observation::WindowClosed { window, groups } => {
                let step = &mut self.window_steps[window.at()];
                step.windows += counts;
                step.results += counts * u64::from(groups);
            }

            Observation::Ended { .. }
            | Observation::Started { .. }
            | Observation::CallEnded { .. }
            | Observation::AttemptEnded { .. }
            | Observation::Probe { .. }
            | Observation::Requeued { .. }
            | Observation::Read { .. }
            | Observation::Sent { .. }
            | Observation::Landed { .. }
            | Observation::Vanished { .. }
            | Observation::FaultBegan { .. }
            | Observation::FaultEnded { .. } => {}
        }
    }
}

/// Counts how a request ended; says whether there was an answer.
#[inline]
fn answered(client: &mut ClientTally, outcome: Outcome) -> bool {
    match outcome {
        Outcome::Good => client.good += 1,
        Outcome::Late => client.late += 1,
        Outcome::Degraded => client.degraded += 1,
        Outcome::Failed(failure) => client.failed[failure as usize] += 1,
    }
    !matches!(outcome, Outcome::Failed(_))
}
