//! Counts: what else happened in a window, at every kind of node, between nodes, and in the ledger.
//!
//! All of a window's counters stand in one list, so that a window stays small and light to copy. [`Places`] says which
//! counter stands where.

use crate::base::{BreakerIx, EdgeIx, ExchangeIx, LogIx, NodeIx, QueueIx, SagaIx, StoreIx, WindowIx};
use crate::observation::{BreakerState, Effect, Fate, LogFact, Observation, SagaEnd};
use crate::scenario::Plan;

macro_rules! counters {
    ($($(#[$doc:meta])* $name:ident { $($(#[$each:meta])* $counter:ident,)* })*) => {
        $($(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum $name { $($(#[$each])* $counter,)* }

        impl $name {
            const COUNT: usize = [$($name::$counter),*].len();
        })*
    };
}

counters! {
    /// What is counted at a queue.
    AtQueue {
        /// Messages handed to a consumer.
        Delivered,
        /// Those of them that had been delivered before.
        Redelivered,
        /// Messages that it refused to take.
        Refused,
        /// Messages let go because it was full, or refused by a consumer.
        Dropped,
        /// Messages whose time to live ran out.
        Expired,
        /// Messages sent on to a dead-letter queue.
        DeadLettered,
    }
    /// What is counted at an exchange.
    AtExchange {
        /// Messages that came.
        Published,
        /// Copies sent on.
        Routed,
        /// Messages that no binding wanted.
        Unroutable,
    }
    /// What is counted at a log.
    AtLog {
        /// Records appended.
        Appended,
        /// Records refused.
        Refused,
        /// Records lost with their leader.
        Lost,
        /// Changes of leader.
        Elections,
    }
    /// What is counted of a group that reads a log.
    AtGroup {
        /// Records taken up by a member.
        Taken,
        /// Those of them that some member had taken up before.
        Duplicates,
        /// Records that retention dropped before they were read.
        Skipped,
        /// Times at which its partitions were shared out anew.
        Rebalances,
    }
    /// What is counted at a store.
    AtStore {
        /// Writes and projections that were applied.
        Writes,
        /// Those of them that had been applied before, for the same message.
        Duplicates,
        /// Updates lost, or skipped by a read model; one that comes after all is taken off again.
        LostUpdates,
    }
    /// What is counted between a caller and a callee, all operations together.
    AtPair {
        /// Calls begun.
        Calls,
        /// Attempts sent.
        Attempts,
        /// Those of them that were not the first.
        Retries,
        /// Further requests while the first was out.
        Hedges,
        /// Attempts that the caller's own policies did not permit.
        Stopped,
    }
    /// What is counted of a circuit breaker.
    AtBreaker {
        /// Times that it opened.
        Opened,
        /// Times that it closed.
        Closed,
        /// Times that it began to probe.
        HalfOpened,
    }
    /// What is counted of a saga.
    AtSaga {
        /// Begun.
        Started,
        /// All done.
        Completed,
        /// All undone.
        Compensated,
        /// Neither.
        Stuck,
    }
    /// What is counted of a window step.
    AtWindow {
        /// Records that came.
        Records,
        /// Those of them that came too late.
        Late,
    }
    /// What is counted of all messages together.
    InLedger {
        /// Came into being.
        Created,
        /// Reached their end.
        Consumed,
        /// Moved to a dead-letter queue.
        DeadLettered,
        /// Ran out of time.
        Expired,
        /// Dropped by a full queue.
        Dropped,
        /// Lost on a link, or with a crashed replica.
        Lost,
    }
}

/// Where the counters of a plan's parts stand in the list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Places {
    exchanges: usize,
    logs: usize,
    stores: usize,
    breakers: usize,
    sagas: usize,
    windows: usize,
    ledger: usize,
    /// By `LogIx`: where its first group's stand.
    groups: Vec<usize>,
    pairs: Vec<(NodeIx, NodeIx)>,
    first_pair: usize,
    /// By `EdgeIx`: which pair it belongs to.
    pair_of: Vec<usize>,
    len: usize,
}

impl Places {
    /// Those of a plan; plans of one shape have the same.
    pub fn of(plan: &Plan) -> Places {
        let mut places = Places::default();
        let mut len = plan.queues.len() * AtQueue::COUNT;
        let mut after = |count: usize| {
            let first = len;
            len += count;
            first
        };
        places.exchanges = after(plan.exchanges.len() * AtExchange::COUNT);
        places.logs = after(plan.logs.len() * AtLog::COUNT);
        places.stores = after(plan.stores.len() * AtStore::COUNT);
        places.breakers = after(plan.breakers.len() * AtBreaker::COUNT);
        places.sagas = after(plan.sagas.len() * AtSaga::COUNT);
        places.windows = after(plan.windows.len() * AtWindow::COUNT);
        places.ledger = after(InLedger::COUNT);
        places.groups = plan.logs.iter().map(|log| after(log.groups.len() * AtGroup::COUNT)).collect();
        for edge in &plan.edges {
            let ends = (edge.from, edge.to);
            let known = places.pairs.iter().position(|pair| *pair == ends);
            places.pair_of.push(known.unwrap_or(places.pairs.len()));
            if known.is_none() {
                places.pairs.push(ends);
            }
        }
        places.first_pair = after(places.pairs.len() * AtPair::COUNT);
        places.len = len;
        places
    }

    /// The place of a queue's counter.
    pub fn queue(&self, queue: QueueIx, what: AtQueue) -> usize {
        queue.at() * AtQueue::COUNT + what as usize
    }

    /// The place of an exchange's counter.
    pub fn exchange(&self, exchange: ExchangeIx, what: AtExchange) -> usize {
        self.exchanges + exchange.at() * AtExchange::COUNT + what as usize
    }

    /// The place of a log's counter.
    pub fn log(&self, log: LogIx, what: AtLog) -> usize {
        self.logs + log.at() * AtLog::COUNT + what as usize
    }

    /// The place of the counter of a log's group.
    pub fn group(&self, log: LogIx, group: usize, what: AtGroup) -> usize {
        self.groups[log.at()] + group * AtGroup::COUNT + what as usize
    }

    /// The place of a store's counter.
    pub fn store(&self, store: StoreIx, what: AtStore) -> usize {
        self.stores + store.at() * AtStore::COUNT + what as usize
    }

    /// The place of a counter between a caller and a callee; none where the one never calls the other.
    pub fn pair(&self, from: NodeIx, to: NodeIx, what: AtPair) -> Option<usize> {
        let pair = self.pairs.iter().position(|pair| *pair == (from, to))?;
        Some(self.first_pair + pair * AtPair::COUNT + what as usize)
    }

    /// The place of a circuit breaker's counter.
    pub fn breaker(&self, breaker: BreakerIx, what: AtBreaker) -> usize {
        self.breakers + breaker.at() * AtBreaker::COUNT + what as usize
    }

    /// The place of a saga's counter.
    pub fn saga(&self, saga: SagaIx, what: AtSaga) -> usize {
        self.sagas + saga.at() * AtSaga::COUNT + what as usize
    }

    /// The place of a window step's counter.
    pub fn window(&self, window: WindowIx, what: AtWindow) -> usize {
        self.windows + window.at() * AtWindow::COUNT + what as usize
    }

    /// The place of a counter of the ledger.
    pub fn ledger(&self, what: InLedger) -> usize {
        self.ledger + what as usize
    }

    fn edge(&self, edge: EdgeIx, what: AtPair) -> usize {
        self.first_pair + self.pair_of[edge.at()] * AtPair::COUNT + what as usize
    }
}

/// The counters of the open window, and how circuit breakers stand.
#[derive(Clone, Debug)]
pub(super) struct Counts {
    places: Places,
    pub(super) list: Vec<i32>,
    pub(super) breakers: Vec<BreakerState>,
    /// By log, group and partition: the offset after the last record taken up.
    reached: Vec<Vec<Vec<u64>>>,
}

impl Counts {
    pub(super) fn new(plan: &Plan) -> Counts {
        let places = Places::of(plan);
        let log = |log: &crate::scenario::LogPlan| vec![vec![0; log.partitions as usize]; log.groups.len()];
        Counts {
            list: vec![0; places.len],
            places,
            breakers: vec![BreakerState::Closed; plan.breakers.len()],
            reached: plan.logs.iter().map(log).collect(),
        }
    }

    /// About how many bytes a clone takes.
    pub(super) fn weight(&self) -> usize {
        let reached = self.reached.iter().flatten().map(|group| size_of_val(&group[..]));
        size_of_val(&self.list[..]) + size_of_val(&self.places.pair_of[..]) + reached.sum::<usize>()
    }

    /// Another window begins.
    pub(super) fn restart(&mut self) {
        self.list.fill(0);
    }

    #[inline(always)]
    pub(super) fn observe(&mut self, what: Observation) {
        let places = &self.places;
        match what {
            Observation::Created => self.list[places.ledger] += 1,
            Observation::Settled { fate } => {
                let which = match fate {
                    Fate::Consumed => InLedger::Consumed,
                    Fate::DeadLettered => InLedger::DeadLettered,
                    Fate::Expired => InLedger::Expired,
                    Fate::Dropped => InLedger::Dropped,
                    Fate::Lost => InLedger::Lost,
                };
                self.list[places.ledger(which)] += 1;
            }
            Observation::CallStarted { edge } => self.list[places.edge(edge, AtPair::Calls)] += 1,
            Observation::Attempted { edge, attempt } => {
                self.list[places.edge(edge, AtPair::Attempts)] += 1;
                self.list[places.edge(edge, AtPair::Retries)] += i32::from(attempt > 1);
            }
            Observation::Hedged { edge } => self.list[places.edge(edge, AtPair::Hedges)] += 1,
            Observation::NotPermitted { edge, .. } => self.list[places.edge(edge, AtPair::Stopped)] += 1,
            _ => self.seldom(what),
        }
    }

    /// What is seldom seen, or only by systems with brokers, stores and sagas.
    fn seldom(&mut self, what: Observation) {
        let places = &self.places;
        let (place, by) = match what {
            Observation::PublishRefused { queue } => (places.queue(queue, AtQueue::Refused), 1),
            Observation::Delivered { queue, redelivered, .. } => {
                self.list[places.queue(queue, AtQueue::Delivered)] += 1;
                (places.queue(queue, AtQueue::Redelivered), i32::from(redelivered))
            }
            Observation::Discarded { queue, fate, .. } => {
                let which = match fate {
                    Fate::Expired => AtQueue::Expired,
                    Fate::DeadLettered => AtQueue::DeadLettered,
                    _ => AtQueue::Dropped,
                };
                (places.queue(queue, which), 1)
            }
            Observation::Routed { exchange, copies } => {
                self.list[places.exchange(exchange, AtExchange::Published)] += 1;
                self.list[places.exchange(exchange, AtExchange::Routed)] += copies as i32;
                (places.exchange(exchange, AtExchange::Unroutable), i32::from(copies == 0))
            }
            Observation::Wrote { store, effect, .. } => {
                let applied = matches!(effect, Effect::Applied | Effect::Duplicated);
                self.list[places.store(store, AtStore::Writes)] += i32::from(applied);
                (places.store(store, AtStore::Duplicates), i32::from(effect == Effect::Duplicated))
            }
            Observation::LostUpdates { store, count } => {
                (places.store(store, AtStore::LostUpdates), count as i32)
            }
            Observation::FoundUpdate { store } => (places.store(store, AtStore::LostUpdates), -1),
            Observation::BreakerTurned { breaker, to, .. } => {
                self.breakers[breaker.at()] = to;
                let which = match to {
                    BreakerState::Open | BreakerState::ForcedOpen => AtBreaker::Opened,
                    BreakerState::HalfOpen => AtBreaker::HalfOpened,
                    BreakerState::Closed | BreakerState::Disabled => AtBreaker::Closed,
                };
                (places.breaker(breaker, which), 1)
            }
            Observation::SagaBegan { saga } => (places.saga(saga, AtSaga::Started), 1),
            Observation::SagaEnded { saga, end } => {
                let which = match end {
                    SagaEnd::Completed => AtSaga::Completed,
                    SagaEnd::Compensated => AtSaga::Compensated,
                    SagaEnd::Stuck => AtSaga::Stuck,
                };
                (places.saga(saga, which), 1)
            }
            Observation::Recorded { window, late } => {
                self.list[places.window(window, AtWindow::Records)] += 1;
                (places.window(window, AtWindow::Late), i32::from(late))
            }
            Observation::Log { log, what } => return self.log(log, what),
            _ => return,
        };
        self.list[place] += by;
    }

    fn log(&mut self, log: LogIx, what: LogFact) {
        let places = &self.places;
        let (place, by) = match what {
            LogFact::Appended { .. } => (places.log(log, AtLog::Appended), 1),
            LogFact::Refused { .. } => (places.log(log, AtLog::Refused), 1),
            LogFact::Lost { count, .. } => (places.log(log, AtLog::Lost), count as i32),
            LogFact::Leader { changed, .. } => (places.log(log, AtLog::Elections), i32::from(changed)),
            LogFact::Rebalanced { group } => (places.group(log, group as usize, AtGroup::Rebalances), 1),
            LogFact::Skipped { group, count, .. } => {
                (places.group(log, group as usize, AtGroup::Skipped), count as i32)
            }
            LogFact::Taken { group, partition, offset, .. } => {
                let group = group as usize;
                let reached = &mut self.reached[log.at()][group][partition as usize];
                let again = offset < *reached;
                *reached = (*reached).max(offset + 1);
                self.list[places.group(log, group, AtGroup::Taken)] += 1;
                (places.group(log, group, AtGroup::Duplicates), i32::from(again))
            }
            LogFact::Dropped { .. } | LogFact::Assigned { .. } | LogFact::Committed { .. } => return,
        };
        self.list[place] += by;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::telemetry::fixture::plan;

    #[test]
    fn every_counter_has_a_place_of_its_own() {
        let plan = plan();
        let places = Places::of(&plan);
        let mut counts = Counts::new(&plan);
        let queue = QueueIx(0);
        counts.observe(Observation::Created);
        counts.observe(Observation::Settled { fate: Fate::Lost });
        counts.observe(Observation::Delivered {
            queue,
            redelivered: true,
            published: crate::base::SimTime::ZERO,
        });
        counts.observe(Observation::PublishRefused { queue });
        let expected = [
            places.ledger(InLedger::Created),
            places.ledger(InLedger::Lost),
            places.queue(queue, AtQueue::Delivered),
            places.queue(queue, AtQueue::Redelivered),
            places.queue(queue, AtQueue::Refused),
        ];
        let ones: Vec<usize> = (0..counts.list.len()).filter(|place| counts.list[*place] == 1).collect();
        assert!(expected.iter().all(|place| ones.contains(place)), "{expected:?} {ones:?}");
        assert_eq!(ones.len(), expected.len());
        counts.restart();
        assert!(counts.list.iter().all(|count| *count == 0));
    }
}
