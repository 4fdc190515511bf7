//! What a step's text speaks of, so that the figure can mark it: a node, one partition of a log, or a link.

use crate::base::{LinkIx, LogIx, NodeIx};
use crate::scenario::{NodeKind, Plan};

/// Something on the stage that a text speaks of, as a lesson writes it: `orders`, `clicks/4`, `shop→payment`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Look {
    /// A node, by its id.
    Node(String),
    /// A partition of the log with this id.
    Partition(String, u32),
    /// The link from one node to another.
    Link(String, String),
}

/// Where it is in a system.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LookedAt {
    /// A node.
    Node(NodeIx),
    /// A partition of a log.
    Partition(LogIx, u32),
    /// A link.
    Link(LinkIx),
}

impl Look {
    /// As it is written; every text is something, and [`Look::find`] says whether a system has it.
    pub fn read(text: &str) -> Look {
        if let Some((from, to)) = text.split_once('→') {
            return Look::Link(from.trim().to_owned(), to.trim().to_owned());
        }
        match text.split_once('/').map(|(log, partition)| (log.trim(), partition.trim().parse())) {
            Some((log, Ok(partition))) => Look::Partition(log.to_owned(), partition),
            _ => Look::Node(text.trim().to_owned()),
        }
    }

    /// Where it is; none where the system has no such thing.
    pub fn find(&self, plan: &Plan) -> Option<LookedAt> {
        Some(match self {
            Look::Node(id) => LookedAt::Node(plan.node(id)?),
            Look::Partition(id, partition) => {
                let NodeKind::Log(log) = plan.nodes[plan.node(id)?.at()].kind else { return None };
                (*partition < plan.logs[log.at()].partitions)
                    .then_some(LookedAt::Partition(log, *partition))?
            }
            Look::Link(from, to) => LookedAt::Link(plan.link(plan.node(from)?, plan.node(to)?)?),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::Scenario;

    #[test]
    fn nodes_partitions_and_links_are_found_where_they_are() {
        let scenario = Scenario::read(
            r#"{ "schema": 1, "nodes": {
                "web": { "kind": "client", "arrivals": { "constant": { "rate": 1 } }, "operation": [ { "publish": { "to": "clicks" } } ] },
                "clicks": { "kind": "log", "partitions": 3 } } }"#,
        );
        let plan = scenario.expect("a scenario").plan().expect("a plan");
        let find = |text: &str| Look::read(text).find(&plan);
        assert_eq!(find("clicks"), Some(LookedAt::Node(plan.node("clicks").expect("there"))));
        assert_eq!(find("clicks/2"), Some(LookedAt::Partition(LogIx(0), 2)));
        assert!(matches!(find("web → clicks"), Some(LookedAt::Link(_))));
        for text in ["", "clicks/3", "web/0", "clicks/x", "clicks→web→clicks", "nobody", "nobody→web"] {
            assert_eq!(find(text), None, "{text}");
        }
    }
}
