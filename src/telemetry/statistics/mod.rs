//! Statistics: what a whole run came to, in memory that does not grow with it.
//!
//! **Warm-up.** Nothing that happens before the warm-up ends is counted, nor the end of a request, a job or a
//! call that began before it, nor the age of a message published before it. Means over time run from its end
//! to the present. The ledger alone counts from the very start.

mod breaker;
mod call;
mod client;
mod glance;
mod ledger;
mod log;
mod queue;
mod service;
mod store;
#[cfg(test)]
mod tests;

use breaker::BreakerTally;
use call::CallTally;
use client::ClientTally;
use ledger::LedgerTally;
use log::LogTally;
use queue::QueueTally;
use service::{OperationTally, ServiceTally};
use store::StoreTally;

use super::result::{self, Named, RunResult};
use crate::base::{ClientIx, EdgeIx, ExchangeIx, LogIx, OpIx, QueueIx, ServiceIx, SimTime, StoreIx};
use crate::observation::{Failure, JobEnd, Observation, Observer};
use crate::scenario::{EdgePlan, Plan};

/// All figures of a run: an observer that costs a few nanoseconds a fact and allocates nothing once warm.
#[derive(Clone, Debug)]
pub struct Statistics {
    warmup: SimTime,
    clients: Vec<ClientTally>,
    services: Vec<ServiceTally>,
    operations: Vec<OperationTally>,
    calls: Vec<CallTally>,
    breakers: Vec<BreakerTally>,
    queues: Vec<QueueTally>,
    exchanges: Vec<result::Exchange>,
    stores: Vec<StoreTally>,
    sagas: Vec<result::Saga>,
    windows: Vec<result::Window>,
    logs: Vec<LogTally>,
    ledger: LedgerTally,
}

/// What a result says that observations do not: counted by the simulation from what is there.
#[derive(Clone, Debug, PartialEq)]
pub struct RunFacts {
    /// When the run ended.
    pub end: SimTime,
    /// Events that the simulation handled.
    pub events: u64,
    /// The digest of all observations, as `Digest::hex` prints it.
    pub digest: String,
    /// Messages alive at the end.
    pub in_flight: u64,
}

impl Statistics {
    /// For a run of `plan` from time zero, measured from `warmup` on.
    pub fn new(plan: &Plan, warmup: SimTime) -> Statistics {
        Statistics {
            warmup,
            clients: vec![ClientTally::default(); plan.clients.len()],
            services: plan.services.iter().map(|service| ServiceTally::new(service, warmup)).collect(),
            operations: vec![OperationTally::default(); plan.operations.len()],
            calls: vec![CallTally::default(); plan.edges.len()],
            breakers: vec![BreakerTally::default(); plan.breakers.len()],
            queues: vec![QueueTally::new(warmup); plan.queues.len()],
            exchanges: vec![result::Exchange::default(); plan.exchanges.len()],
            stores: plan.stores.iter().map(|store| StoreTally::new(store.connections, warmup)).collect(),
            sagas: vec![result::Saga::default(); plan.sagas.len()],
            windows: vec![result::Window::default(); plan.windows.len()],
            logs: plan.logs.iter().map(LogTally::new).collect(),
            ledger: LedgerTally::default(),
        }
    }

    /// About how many bytes a clone takes: nearly all of it histograms.
    pub fn weight(&self) -> usize {
        self.clients.iter().map(ClientTally::weight).sum::<usize>()
            + self.services.iter().map(ServiceTally::weight).sum::<usize>()
            + self.operations.iter().map(OperationTally::weight).sum::<usize>()
            + self.calls.iter().map(CallTally::weight).sum::<usize>()
            + self.queues.iter().map(QueueTally::weight).sum::<usize>()
            + self.stores.iter().map(StoreTally::weight).sum::<usize>()
            + self.logs.iter().map(LogTally::weight).sum::<usize>()
    }

    /// Since when it counts.
    pub fn warmup(&self) -> SimTime {
        self.warmup
    }

    /// A client's figures, up to `now`.
    pub fn client(&self, client: ClientIx, now: SimTime) -> result::Client {
        self.clients[client.at()].figures(now.since(self.warmup))
    }

    /// A service's figures, up to `now`.
    pub fn service(&self, plan: &Plan, service: ServiceIx, now: SimTime) -> result::Service {
        let own = plan.operations.iter().zip(&self.operations).filter(|(op, _)| op.service == service);
        let named = own.map(|(op, tally)| (op.name.as_str(), tally));
        self.services[service.at()].figures(named, self.warmup, now)
    }

    /// One operation's figures.
    pub fn operation(&self, op: OpIx) -> result::Operation {
        self.operations[op.at()].figures()
    }

    /// The figures of the calls between two nodes for one operation.
    pub fn call(&self, plan: &Plan, edge: EdgeIx) -> result::Call {
        let EdgePlan { from, to, op } = &plan.edges[edge.at()];
        let operation = &plan.operations[op.at()].name;
        let tally = &self.calls[edge.at()];
        let mut figures = tally.figures(plan.id(*from), plan.id(*to), operation);
        // The breaker may be shared with calls for other operations.
        let asked = plan.calls.iter().filter(|call| call.edge == edge);
        let breaker = asked.filter_map(|call| call.policies.as_ref()?.breaker).next();
        figures.breaker = breaker.map(|breaker| {
            let breaker = &self.breakers[breaker.at()];
            result::Breaker {
                state: breaker.state.key(),
                transitions: breaker.transitions(),
                not_permitted: tally.not_permitted,
            }
        });
        figures
    }

    /// A queue's figures, up to `now`.
    pub fn queue(&self, queue: QueueIx, now: SimTime) -> result::Queue {
        self.queues[queue.at()].figures(self.warmup, now)
    }

    /// An exchange's figures.
    pub fn exchange(&self, exchange: ExchangeIx) -> result::Exchange {
        self.exchanges[exchange.at()]
    }
    /// A store's figures, up to `now`.
    pub fn store(&self, store: StoreIx, now: SimTime) -> result::Store {
        self.stores[store.at()].figures(now)
    }

    /// A log's figures.
    pub fn log(&self, plan: &Plan, log: LogIx) -> result::Log {
        self.logs[log.at()].figures(&plan.logs[log.at()], plan)
    }

    /// Records that a log took, and by how many all its groups are behind.
    pub fn log_summary(&self, log: LogIx) -> (u64, u64) {
        self.logs[log.at()].summary()
    }

    /// Records that a log refused and lost.
    pub fn log_losses(&self, log: LogIx) -> [u64; 2] {
        self.logs[log.at()].losses()
    }

    /// The ledger from the very start, with the messages that are alive (counted by the simulation).
    pub fn ledger(&self, in_flight: u64) -> result::Ledger {
        self.ledger.figures(in_flight)
    }

    /// The whole result.
    pub fn result(&self, plan: &Plan, facts: RunFacts) -> RunResult {
        let now = facts.end;
        let id = |node| plan.id(node).to_owned();
        let clients = (0..).map(ClientIx).zip(&plan.clients);
        let services = (0..).map(ServiceIx).zip(&plan.services);
        let exchanges = plan.exchanges.iter().zip(&self.exchanges);
        let queues = (0..).map(QueueIx).zip(&plan.queues);
        let stores = (0..).map(StoreIx).zip(&plan.stores);
        let sagas = plan.sagas.iter().map(|saga| &saga.name).zip(&self.sagas);
        let windows = plan.windows.iter().map(|window| &window.name).zip(&self.windows);
        let logs = (0..).map(LogIx).zip(&plan.logs);
        RunResult {
            schema: 1,
            title: plan.title.clone(),
            seed: plan.seed,
            simulated_s: now.since(self.warmup).as_secs(),
            warmup_s: self.warmup.as_secs(),
            events: facts.events,
            digest: facts.digest,
            clients: Named(clients.map(|(ix, plan)| (id(plan.node), self.client(ix, now))).collect()),
            services: Named(services.map(|(ix, s)| (id(s.node), self.service(plan, ix, now))).collect()),
            calls: (0..plan.edges.len()).map(|edge| self.call(plan, EdgeIx(edge as u32))).collect(),
            queues: Named(queues.map(|(ix, plan)| (id(plan.node), self.queue(ix, now))).collect()),
            exchanges: Named(exchanges.map(|(plan, tally)| (id(plan.node), *tally)).collect()),
            logs: Named(logs.map(|(ix, log)| (id(log.node), self.log(plan, ix))).collect()),
            stores: Named(stores.map(|(ix, plan)| (id(plan.node), self.store(ix, now))).collect()),
            sagas: by_name(sagas, result::Saga::add),
            windows: by_name(windows, result::Window::add),
            ledger: self.ledger(facts.in_flight),
        }
    }
}

/// Figures of steps by their operation's name: those of one name are added up.
fn by_name<'a, T: Copy + 'a>(
    steps: impl Iterator<Item = (&'a String, &'a T)>,
    add: fn(&mut T, &T),
) -> Named<T> {
    let mut named: Vec<(String, T)> = Vec::new();
    for (name, step) in steps {
        match named.iter_mut().find(|(other, _)| other == name) {
            Some((_, all)) => add(all, step),
            None => named.push((name.clone(), *step)),
        }
    }
    Named(named)
}

impl Observer for Statistics {
    #[inline(always)]
    fn observe(&mut self, at: SimTime, what: Observation) {
        let warmup = self.warmup;
        // One when this instant is measured: adding it spares a branch.
        let counts = u64::from(at >= warmup);
        match what {
            Observation::Offered { client, .. } => self.clients[client.at()].offered += counts,
            Observation::Ended { client, outcome, offered, .. } if offered >= warmup => {
                self.clients[client.at()].ended(outcome, at.since(offered));
            }
            Observation::Created => self.ledger.created += 1,
            Observation::Settled { fate } => self.ledger.settled(fate),

            Observation::Arrived { service, .. } => self.services[service.at()].arrived(at, counts),
            Observation::Refused { service, .. } => self.services[service.at()].refused(at, counts),
            Observation::Queued { service, .. } => self.services[service.at()].waiting.up(at),
            Observation::Dequeued { service, .. } => self.services[service.at()].waiting.down(at),
            Observation::Started { service, arrived, .. } if arrived >= warmup => {
                self.services[service.at()].started += 1;
            }
            Observation::Workers { service, replica, busy, blocked, total } => {
                self.services[service.at()].workers.set(at, replica, [busy, blocked, total]);
            }
            Observation::Finished { service, op, end, arrived, waited, wasted, .. } => {
                let service = &mut self.services[service.at()];
                service.in_system.down(at);
                if arrived >= warmup {
                    service.finished(waited, wasted);
                    service.expired += u64::from(end == JobEnd::Expired);
                    self.operations[op.at()].finished(end, at.since(arrived));
                }
            }

            Observation::CallStarted { edge } => self.calls[edge.at()].calls += counts,
            Observation::Attempted { edge, attempt } => {
                let call = &mut self.calls[edge.at()];
                call.attempts += counts;
                call.retries += counts & u64::from(attempt > 1);
            }
            Observation::Hedged { edge } => {
                let call = &mut self.calls[edge.at()];
                call.attempts += counts;
                call.hedges += counts;
            }
            Observation::NotPermitted { edge, reason: Failure::BreakerOpen } => {
                self.calls[edge.at()].not_permitted += counts;
            }
            Observation::BreakerTurned { breaker, to, calls, failed } => {
                self.breakers[breaker.at()].turned(at, to, calls, failed, counts > 0);
            }
            Observation::Shed { service, .. } => self.services[service.at()].shed(at, counts),
            Observation::CallEnded { edge, result, started } if started >= warmup => {
                self.calls[edge.at()].ended(result, at.since(started));
            }

            Observation::Published { queue } => self.queues[queue.at()].published += counts,
            Observation::PublishRefused { queue } => self.queues[queue.at()].rejected += counts,
            Observation::Delivered { queue, redelivered, published } => {
                let queue = &mut self.queues[queue.at()];
                queue.delivered += counts;
                queue.redelivered += counts & u64::from(redelivered);
                if published >= warmup {
                    queue.age.record(at.since(published));
                }
            }
            Observation::Connections { store, busy, total, .. } => {
                self.stores[store.at()].connections(at, busy, total);
            }
            Observation::Read { store, behind, since } if at >= warmup => {
                self.stores[store.at()].read(at, behind, since);
            }
            Observation::Wrote { store, effect, .. } if at >= warmup => self.stores[store.at()].wrote(effect),
            Observation::LostUpdates { store, count } => {
                self.stores[store.at()].lost(counts * u64::from(count));
            }
            Observation::FoundUpdate { store } => self.stores[store.at()].found(counts),
            Observation::SagaBegan { saga } => self.sagas[saga.at()].started += counts,
            Observation::SagaEnded { saga, end } => self.sagas[saga.at()].ended(end, counts),
            Observation::Recorded { window, late } => {
                self.windows[window.at()].records += counts;
                self.windows[window.at()].late += counts & u64::from(late);
            }
            Observation::WindowClosed { window, groups } => {
                self.windows[window.at()].windows += counts;
                self.windows[window.at()].results += counts * u64::from(groups);
            }
            Observation::Acked { queue } => self.queues[queue.at()].acked += counts,
            Observation::Discarded { queue, fate, .. } => self.queues[queue.at()].discarded(fate, counts),
            Observation::Routed { exchange, copies } => {
                let exchange = &mut self.exchanges[exchange.at()];
                exchange.published += counts;
                exchange.routed += counts * u64::from(copies);
                exchange.unroutable += counts & u64::from(copies == 0);
            }
            Observation::Log { log, what } => self.logs[log.at()].observe(what, counts),
            Observation::Depth { queue, ready, unacked } => {
                self.queues[queue.at()].depth(at, ready, unacked);
            }

            Observation::Ended { .. }
            | Observation::Started { .. }
            | Observation::CallEnded { .. }
            | Observation::AttemptEnded { .. }
            | Observation::NotPermitted { .. }
            | Observation::Probe { .. }
            | Observation::Requeued { .. }
            | Observation::Read { .. }
            | Observation::Wrote { .. }
            | Observation::Sent { .. }
            | Observation::Landed { .. }
            | Observation::Vanished { .. }
            | Observation::FaultBegan { .. }
            | Observation::FaultEnded { .. } => {}
        }
    }
}
