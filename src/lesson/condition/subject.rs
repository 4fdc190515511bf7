//! What a measure or a fact is about: a node, two nodes, a group of a log, a saga, and how each is written.

use crate::base::{BreakerIx, ExchangeIx, LogIx, QueueIx, SagaIx, StoreIx, WindowIx};
use crate::observation::Failure;
use crate::scenario::{NodeKind, Plan};

/// Kinds of things that are measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// `web`, `web, timeout`.
    Client,
    /// `app`.
    Service,
    /// `orders`.
    Queue,
    /// `events`.
    Exchange,
    /// `clicks`.
    Log,
    /// `billing@clicks`: a group that reads a log; `billing` where only one log has it.
    Group,
    /// `orders-db`.
    Store,
    /// `gateway→payment` or `gateway->payment`: the calls between two nodes.
    Pair,
    /// `order@shop`: a saga, by its operation and its node; `order` where only one node has it.
    Saga,
    /// The same for a step that cuts a stream into windows.
    Stream,
    /// `lost`: all messages together.
    Ledger,
}

/// What `ledger(…)` counts.
pub(super) const LEDGER: [&str; 6] = ["created", "consumed", "dead_lettered", "expired", "dropped", "lost"];

/// Which of its kind, with what is further asked.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct At {
    /// Its index; of two nodes: the caller.
    pub index: usize,
    /// A reason, a group, or the callee.
    pub part: Option<usize>,
    /// How many parts there are.
    pub parts: usize,
}

impl At {
    /// It as an index of the plan.
    pub fn of<T: Index>(self) -> T {
        T::at(self.index as u32)
    }
}

/// An index of the plan.
pub(super) trait Index {
    fn at(number: u32) -> Self;
}

macro_rules! indices {
    ($($index:ident),*) => { $(impl Index for $index { fn at(number: u32) -> $index { $index(number) } })* };
}

indices!(QueueIx, ExchangeIx, LogIx, StoreIx, BreakerIx, SagaIx, WindowIx);

impl Kind {
    /// The thing of this kind that is written so, `further` being what follows a comma.
    pub fn find(self, written: &str, further: Option<&str>, plan: &Plan) -> Option<At> {
        let plain = |index: usize| At { index, ..At::default() };
        if let Some(further) = further {
            let reason = Failure::ALL.iter().position(|failure| failure.key() == further);
            let client = self.nodes(plan).into_iter().find(|(id, _)| id == written);
            return match (self, reason, client) {
                (Kind::Client, Some(_), Some((_, at))) => Some(At { part: reason, ..at }),
                _ => None,
            };
        }
        match self {
            Kind::Pair => {
                let (from, to) = pair(written)?;
                let (from, to) = (plan.node(from)?, plan.node(to)?);
                Some(At { part: Some(to.at()), ..plain(from.at()) })
            }
            Kind::Ledger => LEDGER.iter().position(|name| *name == written).map(plain),
            _ => {
                let all = self.nodes(plan);
                let mut own =
                    all.iter().filter(|(name, _)| name == written || name.split('@').next() == Some(written));
                match (own.next(), own.next()) {
                    (Some((_, at)), None) => Some(*at),
                    _ => None,
                }
            }
        }
    }

    /// All of this kind in a plan, as they are written; none for those that are not listed.
    pub fn nodes(self, plan: &Plan) -> Vec<(String, At)> {
        let part = |name: &str, node| [name, "@", plan.id(node)].concat();
        let plain = |index: usize| At { index, ..At::default() };
        match self {
            Kind::Group => {
                let mut found = Vec::new();
                for (index, log) in plan.logs.iter().enumerate() {
                    let parts = log.groups.len();
                    let each = |(at, group): (usize, &crate::scenario::GroupPlan)| {
                        (part(&group.name, log.node), At { index, part: Some(at), parts })
                    };
                    found.extend(log.groups.iter().enumerate().map(each));
                }
                found
            }
            Kind::Saga => {
                let sagas = plan.sagas.iter().enumerate();
                sagas.map(|(at, saga)| (part(&saga.name, saga.node), plain(at))).collect()
            }
            Kind::Stream => {
                let windows = plan.windows.iter().enumerate();
                windows.map(|(at, window)| (part(&window.name, window.node), plain(at))).collect()
            }
            Kind::Pair | Kind::Ledger => Vec::new(),
            _ => plan
                .nodes
                .iter()
                .filter_map(|node| {
                    let index = match (self, node.kind) {
                        (Kind::Client, NodeKind::Client(client)) => client.at(),
                        (Kind::Service, NodeKind::Service(service)) => service.at(),
                        (Kind::Queue, NodeKind::Queue(queue)) => queue.at(),
                        (Kind::Exchange, NodeKind::Exchange(exchange)) => exchange.at(),
                        (Kind::Log, NodeKind::Log(log)) => log.at(),
                        (Kind::Store, NodeKind::Store(store)) => store.at(),
                        _ => return None,
                    };
                    Some((node.id.clone(), plain(index)))
                })
                .collect(),
        }
    }
}

/// The two ends of `gateway→payment`.
pub(super) fn pair(written: &str) -> Option<(&str, &str)> {
    let (from, to) = written.split_once('→').or_else(|| written.split_once("->"))?;
    Some((from.trim(), to.trim()))
}
