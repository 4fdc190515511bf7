//! Which charts there are, of what, and which of them have something to show.

use super::axis::Unit;
use crate::base::NodeIx;
use crate::scenario::{NodeKind, Plan, StorePlan};
use crate::session::Session;
use crate::view::name;
use crate::view::words::chart as said;

/// What a chart shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ChartKind {
    /// Requests offered, answered well, failed and why.
    Answers,
    /// Percentiles of latency.
    Latency,
    /// Jobs in waiting rooms, messages in queues.
    Waiting,
    /// Workers that wait for a downstream answer.
    Blocked,
    /// How many answers took how long.
    Heatmap,
    /// How long jobs wait for a worker.
    Wait,
    /// Workers that compute, that are blocked, and that there are.
    Workers,
    /// States of circuit breakers.
    Breakers,
    /// Messages in queues.
    Depth,
    /// Age of the oldest ready message of queues.
    Age,
    /// How far groups are behind in the partitions of logs.
    Lag,
    /// For how long what is read has been out of date.
    Staleness,
    /// How many versions what is read is behind.
    Versions,
}

/// A chart of the page: what it shows, of whom.
#[derive(Clone, Debug, PartialEq)]
pub struct ChartId {
    /// What it shows.
    pub kind: ChartKind,
    /// Of this node, by its id in the scenario; none: of the whole system.
    pub of: Option<String>,
}

impl ChartKind {
    /// The charts that a page begins with, in the order in which it shows them.
    pub const FIRST: [ChartKind; 4] =
        [ChartKind::Answers, ChartKind::Latency, ChartKind::Waiting, ChartKind::Blocked];

    /// All kinds, in the order in which a page shows them.
    pub const ALL: [ChartKind; 13] = [
        ChartKind::Answers,
        ChartKind::Latency,
        ChartKind::Waiting,
        ChartKind::Blocked,
        ChartKind::Heatmap,
        ChartKind::Wait,
        ChartKind::Workers,
        ChartKind::Breakers,
        ChartKind::Depth,
        ChartKind::Age,
        ChartKind::Lag,
        ChartKind::Staleness,
        ChartKind::Versions,
    ];

    /// What it is called.
    pub fn title(self) -> &'static str {
        match self {
            ChartKind::Answers => said::ANSWERS,
            ChartKind::Latency => said::LATENCY,
            ChartKind::Waiting => said::WAITING,
            ChartKind::Blocked => said::BLOCKED,
            ChartKind::Heatmap => said::HEATMAP,
            ChartKind::Wait => said::WAIT,
            ChartKind::Workers => said::WORKERS,
            ChartKind::Breakers => said::BREAKERS,
            ChartKind::Depth => said::DEPTH,
            ChartKind::Age => said::AGE,
            ChartKind::Lag => said::LAG,
            ChartKind::Staleness => said::STALENESS,
            ChartKind::Versions => said::VERSIONS,
        }
    }

    /// A word for files and for what is remembered: lower case, no blanks, never translated.
    pub fn key(self) -> &'static str {
        match self {
            ChartKind::Answers => "answers",
            ChartKind::Latency => "latency",
            ChartKind::Waiting => "waiting",
            ChartKind::Blocked => "blocked",
            ChartKind::Heatmap => "heatmap",
            ChartKind::Wait => "wait",
            ChartKind::Workers => "workers",
            ChartKind::Breakers => "breakers",
            ChartKind::Depth => "depth",
            ChartKind::Age => "age",
            ChartKind::Lag => "lag",
            ChartKind::Staleness => "staleness",
            ChartKind::Versions => "versions",
        }
    }

    pub(super) fn unit(self) -> Unit {
        match self {
            ChartKind::Answers => Unit::PerSecond,
            ChartKind::Latency => Unit::Seconds,
            ChartKind::Wait | ChartKind::Age | ChartKind::Staleness => Unit::Seconds,
            ChartKind::Breakers => Unit::State,
            _ => Unit::Count,
        }
    }

    /// Whether a node has something to show in it.
    fn is_of(self, plan: &Plan, node: NodeKind) -> bool {
        let node_ix = |service: crate::base::ServiceIx| plan.services[service.at()].node;
        let calls = |from: NodeIx| plan.edges.iter().any(|edge| edge.from == from);
        match (self, node) {
            (ChartKind::Answers | ChartKind::Latency | ChartKind::Heatmap, NodeKind::Client(_))
            | (ChartKind::Waiting | ChartKind::Wait | ChartKind::Workers, NodeKind::Service(_))
            | (ChartKind::Waiting | ChartKind::Depth | ChartKind::Age, NodeKind::Queue(_)) => true,
            (ChartKind::Blocked, NodeKind::Service(service)) => {
                let steps =
                    || plan.accesses.iter().any(|step| plan.links[step.out.at()].from == node_ix(service));
                calls(node_ix(service)) || steps()
            }
            (ChartKind::Breakers, NodeKind::Service(service)) => {
                plan.breakers.iter().any(|breaker| breaker.from == node_ix(service))
            }
            (ChartKind::Breakers, NodeKind::Client(client)) => {
                plan.breakers.iter().any(|breaker| breaker.from == plan.clients[client.at()].node)
            }
            (ChartKind::Lag, NodeKind::Log(log)) => !plan.logs[log.at()].groups.is_empty(),
            (ChartKind::Staleness | ChartKind::Versions, NodeKind::Store(store)) => {
                is_copied(&plan.stores[store.at()])
            }
            _ => false,
        }
    }
}

/// Whether what is read in a store can be out of date.
pub(super) fn is_copied(store: &StorePlan) -> bool {
    store.follower_lag.is_some() || store.projected
}

impl From<ChartKind> for ChartId {
    fn from(kind: ChartKind) -> ChartId {
        ChartId { kind, of: None }
    }
}

impl ChartId {
    /// A chart of one node, by its id.
    pub fn of_node(kind: ChartKind, node: &str) -> ChartId {
        ChartId { kind, of: Some(node.to_owned()) }
    }

    /// Its title: "Latency", "Workers · Checkout".
    pub fn title(&self, session: &Session) -> String {
        let mut title = self.kind.title().to_owned();
        if let Some(node) = &self.of {
            title.push_str(said::OF_NODE);
            title.push_str(&name::of_id(session, node));
        }
        title
    }

    /// A name for its files, without an ending: `latency`, `workers-checkout`.
    pub fn file(&self) -> String {
        let mut name = self.kind.key().to_owned();
        if let Some(node) = &self.of {
            name.push('-');
            name.push_str(node);
        }
        name
    }
}

/// The kinds that have something to show in a session, in the order of [`ChartKind::ALL`].
pub fn offered(session: &Session) -> Vec<ChartKind> {
    let has = |kind: &ChartKind| {
        session.lanes().iter().any(|lane| {
            let plan = lane.plan();
            plan.nodes.iter().any(|node| kind.is_of(plan, node.kind))
        })
    };
    ChartKind::ALL.into_iter().filter(has).collect()
}

/// The nodes of a session of which there can be a chart of this kind: ids, each once.
pub fn chart_nodes(session: &Session, kind: ChartKind) -> Vec<&str> {
    let mut found: Vec<&str> = Vec::new();
    for lane in session.lanes() {
        let plan = lane.plan();
        for node in plan.nodes.iter().filter(|node| kind.is_of(plan, node.kind)) {
            if !found.contains(&node.id.as_str()) {
                found.push(&node.id);
            }
        }
    }
    found
}

/// The chart that explains a number of a node: of that node where it has such a chart, of the whole system where only
/// that has one (good answers beside a service); none where the session has nothing of the kind.
pub fn chart_for(session: &Session, node: &str, number: ChartKind) -> Option<ChartId> {
    let nodes = chart_nodes(session, number);
    if nodes.contains(&node) {
        Some(ChartId::of_node(number, node))
    } else {
        (!nodes.is_empty()).then_some(ChartId { kind: number, of: None })
    }
}
