//! What a measure or a fact is about: a node, two nodes, a group of a log, a saga, and how each is written.

use crate::observation::Failure;
use crate::scenario::{GroupPlan, NodeKind, Plan};
use crate::telemetry::metrics::Subject;
use crate::telemetry::{self, Measure};

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

/// The counts of the ledger, as `ledger(…)` names them.
pub(super) fn ledger() -> impl Iterator<Item = &'static dyn Measure> {
    telemetry::measures().filter(|measure| measure.subject() == Subject::Ledger)
}

/// The thing of a kind that is written so, `further` being what follows a comma.
///
/// Nodes are written by their ids, a client also with a reason after the comma: `web, timeout`. `billing@clicks` is a
/// group that reads a log, `order@shop` a saga or a window step by its operation and its node; what is behind the `@`
/// may be left out where it is clear. `gateway→payment` or `gateway->payment` are the calls between two nodes, `lost` is
/// a count of the ledger.
pub(super) fn find(of: Subject, written: &str, further: Option<&str>, plan: &Plan) -> Option<At> {
    if let Some(further) = further {
        let reason = Failure::ALL.iter().position(|failure| failure.key() == further);
        let client = things(of, plan).into_iter().find(|(id, _)| id == written);
        return match (of, reason, client) {
            (Subject::Client, Some(_), Some((_, at))) => Some(At { part: reason, ..at }),
            _ => None,
        };
    }
    match of {
        Subject::Call => {
            let (from, to) = pair(written)?;
            let (from, to) = (plan.node(from)?, plan.node(to)?);
            Some(At { part: Some(to.at()), ..plain(from.at()) })
        }
        Subject::Ledger => ledger().position(|count| count.name() == written).map(plain),
        _ => {
            let all = things(of, plan);
            let mut own =
                all.iter().filter(|(name, _)| name == written || name.split('@').next() == Some(written));
            match (own.next(), own.next()) {
                (Some((_, at)), None) => Some(*at),
                _ => None,
            }
        }
    }
}

/// All of a kind in a plan, as they are written; none for those that are not listed.
pub(super) fn things(of: Subject, plan: &Plan) -> Vec<(String, At)> {
    let part = |name: &str, node| [name, "@", plan.id(node)].concat();
    match of {
        Subject::Group => {
            let mut found = Vec::new();
            for (index, log) in plan.logs.iter().enumerate() {
                let parts = log.groups.len();
                let each = |(at, group): (usize, &GroupPlan)| {
                    (part(&group.name, log.node), At { index, part: Some(at), parts })
                };
                found.extend(log.groups.iter().enumerate().map(each));
            }
            found
        }
        Subject::Saga => {
            let sagas = plan.sagas.iter().enumerate();
            sagas.map(|(at, saga)| (part(&saga.name, saga.node), plain(at))).collect()
        }
        Subject::WindowStep => {
            let windows = plan.windows.iter().enumerate();
            windows.map(|(at, window)| (part(&window.name, window.node), plain(at))).collect()
        }
        _ => plan
            .nodes
            .iter()
            .filter_map(|node| {
                let index = match (of, node.kind) {
                    (Subject::Client, NodeKind::Client(client)) => client.at(),
                    (Subject::Service, NodeKind::Service(service)) => service.at(),
                    (Subject::Queue, NodeKind::Queue(queue)) => queue.at(),
                    (Subject::Exchange, NodeKind::Exchange(exchange)) => exchange.at(),
                    (Subject::Log, NodeKind::Log(log)) => log.at(),
                    (Subject::Store, NodeKind::Store(store)) => store.at(),
                    _ => return None,
                };
                Some((node.id.clone(), plain(index)))
            })
            .collect(),
    }
}

/// The place of a thing's sums in the windows' list of its kind; several for the calls between two nodes, which are
/// counted for each operation. None where there is no such thing.
pub(super) fn places(of: Subject, at: At, plan: &Plan) -> Option<Vec<usize>> {
    match of {
        Subject::Call => {
            let ends = (at.index, at.part?);
            let edges = plan.edges.iter().enumerate();
            let own = edges.filter(|(_, edge)| (edge.from.at(), edge.to.at()) == ends);
            let own: Vec<usize> = own.map(|(at, _)| at).collect();
            (!own.is_empty()).then_some(own)
        }
        Subject::Group => {
            let before: usize = plan.logs[..at.index].iter().map(|log| log.groups.len()).sum();
            Some(vec![before + at.part?])
        }
        Subject::Ledger => Some(vec![0]),
        _ => Some(vec![at.index]),
    }
}

fn plain(index: usize) -> At {
    At { index, ..At::default() }
}

/// The two ends of `gateway→payment`.
pub(super) fn pair(written: &str) -> Option<(&str, &str)> {
    let (from, to) = written.split_once('→').or_else(|| written.split_once("->"))?;
    Some((from.trim(), to.trim()))
}
