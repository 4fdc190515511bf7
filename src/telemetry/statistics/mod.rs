//! Statistics: what is folded of a whole run, in memory that does not grow with it, and the result made of it.
//!
//! **Warm-up.** Nothing that happens before the warm-up ends is counted, nor the end of a request, a job or a
//! call that began before it, nor the age of a message published before it. Means over time run from its end
//! to the present. The ledger alone counts from the very start.

mod breaker;
mod fold;
mod health;
mod log;
mod service;
#[cfg(test)]
mod tests;

use health::HealthFold;
use log::LogFold;

use super::level::Level;
use super::metrics::{
    Breaker, BreakerTally, Call, CallTally, Client, ClientTally, Exchange, ExchangeTally, Ledger,
    LedgerTally, Log, Named, Operation, OperationTally, Queue, QueueTally, Saga, SagaTally, Service,
    ServiceTally, Store, StoreTally, WindowStep, WindowStepTally,
};
use super::result::RunResult;
use crate::base::{
    CallIx, ClientIx, EdgeIx, ExchangeIx, LogIx, NodeIx, OpIx, QueueIx, SagaIx, ServiceIx, SimTime, StoreIx,
    WindowIx,
};
use crate::scenario::{EdgePlan, NodeKind, Plan, StorePlan};

/// Changes of a circuit breaker, or of a number of replicas, that are kept one by one. Later ones count, and are not
/// listed.
const MOST_CHANGES: usize = 1000;

/// All figures of a run: an observer that costs a few nanoseconds an observation and allocates nothing once warm.
#[derive(Clone, Debug)]
pub struct Statistics {
    warmup: SimTime,
    /// What each node is.
    kinds: Vec<NodeKind>,
    pub(super) clients: Vec<ClientTally>,
    pub(super) services: Vec<ServiceTally>,
    pub(super) operations: Vec<OperationTally>,
    pub(super) calls: Vec<CallTally>,
    pub(super) breakers: Vec<BreakerTally>,
    pub(super) queues: Vec<QueueTally>,
    pub(super) exchanges: Vec<ExchangeTally>,
    pub(super) stores: Vec<StoreTally>,
    pub(super) sagas: Vec<SagaTally>,
    pub(super) window_steps: Vec<WindowStepTally>,
    pub(super) logs: Vec<LogFold>,
    healths: Vec<HealthFold>,
    pub(super) ledger: LedgerTally,
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
        let mut statistics = Statistics {
            warmup,
            kinds: Vec::new(),
            clients: Vec::new(),
            services: Vec::new(),
            operations: Vec::new(),
            calls: Vec::new(),
            breakers: Vec::new(),
            queues: Vec::new(),
            exchanges: Vec::new(),
            stores: Vec::new(),
            sagas: Vec::new(),
            window_steps: Vec::new(),
            logs: Vec::new(),
            healths: Vec::new(),
            ledger: LedgerTally::new(warmup),
        };
        statistics.grow(plan, SimTime::ZERO);
        statistics
    }

    /// There may be more of everything, of which nothing was seen before `now`.
    pub fn grow(&mut self, plan: &Plan, now: SimTime) {
        let from = self.warmup.max(now);
        let store = |store: &StorePlan| StoreTally {
            connections: Level::new(store.connections.into(), from),
            ..StoreTally::new(from)
        };
        for (fold, log) in self.logs.iter_mut().zip(&plan.logs) {
            fold.grow(log, from);
        }
        add(&mut self.kinds, &plan.nodes, |node| node.kind);
        add(&mut self.clients, &plan.clients, |_| ClientTally::new(from));
        add(&mut self.services, &plan.services, |service| ServiceTally::idle(service, from));
        add(&mut self.operations, &plan.operations, |_| OperationTally::new(from));
        add(&mut self.calls, &plan.edges, |_| CallTally::new(from));
        add(&mut self.breakers, &plan.breakers, |_| BreakerTally::new(from));
        add(&mut self.queues, &plan.queues, |_| QueueTally::new(from));
        add(&mut self.exchanges, &plan.exchanges, |_| ExchangeTally::new(from));
        add(&mut self.stores, &plan.stores, store);
        add(&mut self.sagas, &plan.sagas, |_| SagaTally::new(from));
        add(&mut self.window_steps, &plan.windows, |_| WindowStepTally::new(from));
        add(&mut self.logs, &plan.logs, |log| LogFold::new(log, from));
        add(&mut self.healths, &plan.healths, |_| HealthFold::new(from));
    }

    /// How many groups each log has, or had.
    pub(super) fn groups(&self) -> Vec<usize> {
        self.logs.iter().map(|log| log.groups.len()).collect()
    }

    /// About how many bytes a clone takes: nearly all of it histograms.
    pub fn memory_bytes(&self) -> usize {
        self.clients.iter().map(ClientTally::memory_bytes).sum::<usize>()
            + self.services.iter().map(ServiceTally::memory_bytes).sum::<usize>()
            + self.operations.iter().map(OperationTally::memory_bytes).sum::<usize>()
            + self.calls.iter().map(CallTally::memory_bytes).sum::<usize>()
            + self.queues.iter().map(QueueTally::memory_bytes).sum::<usize>()
            + self.stores.iter().map(StoreTally::memory_bytes).sum::<usize>()
            + self.logs.iter().map(LogFold::memory_bytes).sum::<usize>()
    }

    /// Since when it counts.
    pub fn warmup(&self) -> SimTime {
        self.warmup
    }

    /// A client's figures, up to `now`.
    pub fn client(&self, client: ClientIx, now: SimTime) -> Client {
        Client::report(&self.clients[client.at()], self.warmup, now)
    }

    /// A service's figures, up to `now`.
    pub fn service(&self, plan: &Plan, service: ServiceIx, now: SimTime) -> Service {
        let own = (0..).map(OpIx).zip(plan.operations.iter().zip(&self.operations));
        let own = own.filter(|(ix, (op, _))| op.service == service && plan.has(*ix));
        let named = own.map(|(_, (op, tally))| (op.name.as_str(), tally));
        self.services[service.at()].figures(named, self.warmup, now)
    }

    /// One operation's figures.
    pub fn operation(&self, op: OpIx) -> Operation {
        Operation::report(&self.operations[op.at()], self.warmup, self.warmup)
    }

    /// The figures of the calls between two nodes for one operation, up to `now`.
    pub fn call(&self, plan: &Plan, edge: EdgeIx, now: SimTime) -> Call {
        let EdgePlan { from, to, op } = &plan.edges[edge.at()];
        let tally = &self.calls[edge.at()];
        // The breaker may be shared with calls for other operations.
        let asked =
            (0..).map(CallIx).zip(&plan.calls).filter(|(ix, call)| call.edge == edge && plan.has(*ix));
        let asked = asked.map(|(_, call)| call);
        let breaker = asked.clone().filter_map(|call| call.policies.as_ref()?.breaker).next();
        let health = asked.filter_map(|call| call.policies.as_ref()?.health).next();
        Call {
            from: plan.id(*from).to_owned(),
            to: plan.id(*to).to_owned(),
            operation: plan.operations[op.at()].name.clone(),
            breaker: breaker.map(|breaker| {
                let limits = &plan.breakers[breaker.at()].plan;
                let breaker = &self.breakers[breaker.at()];
                Breaker {
                    state: breaker.state.key(),
                    transitions: breaker.transitions(limits),
                    not_permitted: tally.not_permitted,
                }
            }),
            health: health.map(|health| self.healths[health.at()].figures(now)),
            ..Call::report(tally, self.warmup, self.warmup)
        }
    }

    /// A queue's figures, up to `now`.
    pub fn queue(&self, queue: QueueIx, now: SimTime) -> Queue {
        Queue::report(&self.queues[queue.at()], self.warmup, now)
    }

    /// An exchange's figures.
    pub fn exchange(&self, exchange: ExchangeIx) -> Exchange {
        Exchange::report(&self.exchanges[exchange.at()], self.warmup, self.warmup)
    }

    /// A store's figures, up to `now`.
    pub fn store(&self, store: StoreIx, now: SimTime) -> Store {
        Store::report(&self.stores[store.at()], self.warmup, now)
    }

    /// A log's figures, up to `now`.
    pub fn log(&self, plan: &Plan, log: LogIx, now: SimTime) -> Log {
        self.logs[log.at()].figures(&plan.logs[log.at()], plan, self.warmup, now)
    }

    /// Records that a log took, and by how many all its groups are behind.
    pub fn log_summary(&self, log: LogIx) -> (u64, u64) {
        let log = &self.logs[log.at()];
        (log.counts.appended, log.lags().flatten().sum())
    }

    /// Records that a log refused and lost, and those that its groups gave up: skipped and dead-lettered.
    pub fn log_losses(&self, log: LogIx) -> [u64; 4] {
        let log = &self.logs[log.at()].counts;
        [log.refused, log.lost, log.given_up - log.dead_lettered, log.dead_lettered]
    }

    /// Deliveries of a queue that were not the first of their message.
    pub fn redelivered(&self, queue: QueueIx) -> u64 {
        self.queues[queue.at()].redelivered
    }

    /// A store's stale reads, effects that a message had again, and lost updates.
    pub fn mishaps(&self, store: StoreIx) -> [u64; 3] {
        let store = &self.stores[store.at()];
        [store.staleness.count(), store.duplicates, store.lost.saturating_sub(store.found)]
    }

    /// The ledger from the very start, with the messages that are alive (counted by the simulation).
    pub fn ledger(&self, in_flight: u64) -> Ledger {
        Ledger { in_flight, ..Ledger::report(&self.ledger, self.warmup, self.warmup) }
    }

    /// The whole result.
    pub fn result(&self, plan: &Plan, facts: RunFacts) -> RunResult {
        let now = facts.end;
        let id = |node| plan.id(node).to_owned();
        let has = |node: NodeIx| plan.has(node);
        let clients = (0..).map(ClientIx).zip(&plan.clients).filter(|(_, own)| has(own.node));
        let services = (0..).map(ServiceIx).zip(&plan.services).filter(|(_, own)| has(own.node));
        let exchanges = (0..).map(ExchangeIx).zip(&plan.exchanges).filter(|(_, own)| has(own.node));
        let queues = (0..).map(QueueIx).zip(&plan.queues).filter(|(_, own)| has(own.node));
        let stores = (0..).map(StoreIx).zip(&plan.stores).filter(|(_, own)| has(own.node));
        let sagas = (0..).map(SagaIx).zip(plan.sagas.iter().zip(&self.sagas)).filter(|(ix, _)| plan.has(*ix));
        let sagas = by_name(sagas.map(|(_, (saga, tally))| (&saga.name, tally)), SagaTally::add);
        let steps = (0..).map(WindowIx).zip(plan.windows.iter().zip(&self.window_steps));
        let steps = steps.filter(|(ix, _)| plan.has(*ix)).map(|(_, (window, tally))| (&window.name, tally));
        let steps = by_name(steps, WindowStepTally::add);
        let logs = (0..).map(LogIx).zip(&plan.logs).filter(|(_, own)| has(own.node));
        let edges = (0..plan.edges.len() as u32).map(EdgeIx).filter(|edge| plan.has(*edge));
        let saga = |(name, tally): (String, SagaTally)| (name, Saga::report(&tally, self.warmup, now));
        let step =
            |(name, tally): (String, WindowStepTally)| (name, WindowStep::report(&tally, self.warmup, now));
        RunResult {
            schema: 1,
            title: plan.title.clone(),
            seed: plan.seed,
            simulated_s: now.since(self.warmup).as_secs(),
            warmup_s: self.warmup.as_secs(),
            events: facts.events,
            digest: facts.digest,
            // Who runs the simulation knows.
            blocked_in_a_circle: None,
            clients: Named(clients.map(|(ix, plan)| (id(plan.node), self.client(ix, now))).collect()),
            services: Named(services.map(|(ix, s)| (id(s.node), self.service(plan, ix, now))).collect()),
            calls: edges.map(|edge| self.call(plan, edge, now)).collect(),
            queues: Named(queues.map(|(ix, plan)| (id(plan.node), self.queue(ix, now))).collect()),
            exchanges: Named(exchanges.map(|(ix, plan)| (id(plan.node), self.exchange(ix))).collect()),
            logs: Named(logs.map(|(ix, log)| (id(log.node), self.log(plan, ix, now))).collect()),
            stores: Named(stores.map(|(ix, plan)| (id(plan.node), self.store(ix, now))).collect()),
            sagas: Named(sagas.into_iter().map(saga).collect()),
            windows: Named(steps.into_iter().map(step).collect()),
            ledger: self.ledger(facts.in_flight),
        }
    }
}

/// Adds to what is folded of each thing in a table what is folded of those after them.
fn add<P, T>(folds: &mut Vec<T>, plans: &[P], fold: impl Fn(&P) -> T) {
    let known = folds.len().min(plans.len());
    folds.extend(plans[known..].iter().map(fold));
}

/// Tallies of steps by their operation's name: those of one name are added up.
fn by_name<'a, T: Clone + 'a>(
    steps: impl Iterator<Item = (&'a String, &'a T)>,
    add: fn(&mut T, &T),
) -> Vec<(String, T)> {
    let mut named: Vec<(String, T)> = Vec::new();
    for (name, step) in steps {
        match named.iter_mut().find(|(other, _)| other == name) {
            Some((_, all)) => add(all, step),
            None => named.push((name.clone(), step.clone())),
        }
    }
    named
}
