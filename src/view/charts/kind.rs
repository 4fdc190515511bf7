//! Which charts there are, of what, and which of them have something to show.

use super::axis::Unit;
use crate::base::{AccessIx, BreakerIx, EdgeIx, Pc, Text, list};
use crate::scenario::{Instruction, NodeKind, Plan, StorePlan};
use crate::session::Session;
use crate::telemetry::metrics::ServiceWindow;
use crate::view::words::name;

/// A row of the table of charts.
struct Row {
    key: &'static str,
    title: Text,
    means: Text,
    unit: Unit,
    /// Whether a node has something to show in it.
    of: fn(&Plan, NodeKind) -> bool,
    /// It shows this level of services, a line for each; none: it is drawn by code of its own (`data::fill`).
    level: Option<fn(&ServiceWindow) -> u64>,
}

/// Declares the charts in the order in which a page shows them. A row is `Kind: key, unit, whom it is of`, and
/// the level that it shows of services, if that is all it does. The key stands in files' names and in what is
/// remembered: lower case, no blanks, never translated. What it is called is the text `chart.title.KEY`,
/// and what it shows `chart.means.KEY`.
macro_rules! charts {
    ($($(#[$about:meta])* $kind:ident: $key:literal, $unit:ident, $of:expr $(, $level:expr)?;)*) => {
        /// What a chart shows.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum ChartKind {
            $($(#[$about])* $kind,)*
        }

        impl ChartKind {
            /// All kinds, in the order in which a page shows them.
            pub const ALL: [ChartKind; [$($key),*].len()] = [$(ChartKind::$kind),*];
        }

        static ROWS: [Row; ChartKind::ALL.len()] = [$(Row {
            key: $key,
            title: Text::new(concat!("chart.title.", $key)),
            means: Text::new(concat!("chart.means.", $key)),
            unit: Unit::$unit,
            of: $of,
            level: [$(Some($level as fn(&ServiceWindow) -> u64),)? None][0],
        },)*];
    };
}

charts! {
    /// Requests offered, answered well, failed and why.
    Answers: "answers", PerSecond, is_client;
    /// Percentiles of latency.
    Latency: "latency", Seconds, is_client;
    /// Jobs in waiting rooms, messages in queues.
    Waiting: "waiting", Count, |plan, node| is_service(plan, node) || is_queue(plan, node);
    /// Workers that wait for a downstream answer.
    Blocked: "blocked", Count, waits_for_others;
    /// How many answers took how long.
    Heatmap: "heatmap", Count, is_client;
    /// How long jobs wait for a worker.
    Wait: "wait", Seconds, is_service;
    /// Workers that compute, that are blocked, and that there are.
    Workers: "workers", Count, is_service;
    /// States of circuit breakers.
    Breakers: "breakers", State, has_breaker;
    /// Messages in queues.
    Depth: "depth", Count, is_queue;
    /// Age of the oldest ready message of queues.
    Age: "age", Seconds, is_queue;
    /// How far groups are behind in the partitions of logs.
    Lag: "lag", Count, has_groups;
    /// For how long what is read has been out of date.
    Staleness: "staleness", Seconds, is_copy;
    /// How many versions what is read is behind.
    Versions: "versions", Count, is_copy;
    /// Replicas of services that are scaled automatically.
    Replicas: "replicas", Count, |plan, node| {
        matches!(node, NodeKind::Service(service) if plan.services[service.at()].autoscale.is_some())
    }, |service| service.replicas;
    /// How old the oldest record is that groups of logs have not committed.
    TimeLag: "time-lag", Seconds, has_groups;
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
    /// The charts that a page begins with where they say something, in the order in which it shows them.
    const FIRST: [ChartKind; 8] = [
        ChartKind::Breakers,
        ChartKind::Lag,
        ChartKind::Staleness,
        ChartKind::Replicas,
        ChartKind::Answers,
        ChartKind::Latency,
        ChartKind::Waiting,
        ChartKind::Blocked,
    ];

    /// The one with this key.
    pub fn with_key(key: &str) -> Option<ChartKind> {
        ChartKind::ALL.into_iter().find(|kind| kind.key() == key)
    }

    /// Its place among all kinds.
    pub fn place(self) -> usize {
        self as usize
    }

    /// What it is called.
    pub fn title(self) -> &'static str {
        self.row().title.plain()
    }

    /// What its lines and areas mean.
    pub fn means(self) -> &'static str {
        self.row().means.plain()
    }

    /// A word for files and for what is remembered: lower case, no blanks, never translated.
    pub fn key(self) -> &'static str {
        self.row().key
    }

    pub(super) fn unit(self) -> Unit {
        self.row().unit
    }

    /// The level of services that it shows, if that is all it does.
    pub(super) fn level(self) -> Option<fn(&ServiceWindow) -> u64> {
        self.row().level
    }

    /// Whether a node has something to show in it.
    fn is_of(self, plan: &Plan, node: NodeKind) -> bool {
        (self.row().of)(plan, node)
    }

    fn row(self) -> &'static Row {
        &ROWS[self as usize]
    }
}

fn is_client(_: &Plan, node: NodeKind) -> bool {
    matches!(node, NodeKind::Client(_))
}

fn is_service(_: &Plan, node: NodeKind) -> bool {
    matches!(node, NodeKind::Service(_))
}

fn is_queue(_: &Plan, node: NodeKind) -> bool {
    matches!(node, NodeKind::Queue(_))
}

/// Whether a service calls another, or a store.
pub(super) fn waits_for_others(plan: &Plan, node: NodeKind) -> bool {
    let NodeKind::Service(service) = node else { return false };
    let own = plan.services[service.at()].node;
    let edges = (0..).map(EdgeIx).zip(&plan.edges).filter(|(at, _)| plan.has(*at));
    let mut accesses = (0..).map(AccessIx).zip(&plan.accesses).filter(|(at, _)| plan.has(*at));
    edges.into_iter().any(|(_, edge)| edge.from == own)
        || accesses.any(|(_, step)| plan.links[step.out.at()].from == own)
}

fn has_breaker(plan: &Plan, node: NodeKind) -> bool {
    let own = match node {
        NodeKind::Service(service) => plan.services[service.at()].node,
        NodeKind::Client(client) => plan.clients[client.at()].node,
        _ => return false,
    };
    let mut breakers = (0..).map(BreakerIx).zip(&plan.breakers).filter(|(at, _)| plan.has(*at));
    breakers.any(|(_, breaker)| breaker.from == own)
}

fn has_groups(plan: &Plan, node: NodeKind) -> bool {
    matches!(node, NodeKind::Log(log) if !plan.logs[log.at()].groups.is_empty())
}

fn is_copy(plan: &Plan, node: NodeKind) -> bool {
    matches!(node, NodeKind::Store(store) if is_copied(&plan.stores[store.at()]))
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
        let node = self.of.as_ref().map(|node| name::of_id(session, node));
        list::of(list::DOT, [self.kind.title()].into_iter().chain(node.as_deref()))
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
        session.variants().iter().any(|variant| {
            let plan = variant.plan();
            plan.living_nodes().any(|(_, node)| kind.is_of(plan, node.kind))
        })
    };
    ChartKind::ALL.into_iter().filter(has).collect()
}

/// The kinds that say something in a session, in the order in which a page shows them: what is peculiar to the system
/// first, then what every system has.
pub fn telling(session: &Session) -> Vec<ChartKind> {
    let offered = offered(session);
    let waits = session.variants().iter().any(|variant| {
        let plan = variant.plan();
        plan.clients.iter().any(|client| plan.has(client.node) && takes_time(plan, client.entry))
    });
    let says = |kind: &ChartKind| offered.contains(kind) && (*kind != ChartKind::Latency || waits);
    ChartKind::FIRST.into_iter().filter(says).collect()
}

/// Whether anything of an operation takes time, so that its latency is not zero: whoever leaves a message and does not
/// wait for a word is done at once.
fn takes_time(plan: &Plan, entry: Pc) -> bool {
    let own = plan.code.iter().skip(entry.at()).take_while(|step| !matches!(step, Instruction::End));
    own.into_iter().any(|step| match step {
        Instruction::Publish(publish) => plan.publishes[publish.at()].confirm,
        Instruction::Work(_)
        | Instruction::Sleep(_)
        | Instruction::Call(_)
        | Instruction::Ask(_)
        | Instruction::Access(_) => true,
        _ => false,
    })
}

/// The nodes of a session of which there can be a chart of this kind: ids, each once.
pub fn chart_nodes(session: &Session, kind: ChartKind) -> Vec<&str> {
    let mut found: Vec<&str> = Vec::new();
    for variant in session.variants() {
        let plan = variant.plan();
        for (_, node) in plan.living_nodes().filter(|(_, node)| kind.is_of(plan, node.kind)) {
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
