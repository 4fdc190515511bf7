//! How a node stands among the others, in words: what it is, and to whom it hands work on.

use crate::base::{List, NodeIx, Text, list};
use crate::scenario::{NodeKind, Plan};
use crate::session::VariantRun;
use crate::view::stage::layout::pairs;
use crate::view::stage::subject::Subject;
use crate::view::words::name;

/// What a node does with those to which it hands work on, whose names fill the place `nodes`.
const VERBS: [Text; 6] = [
    Text::new("said.calls"),
    Text::new("said.uses"),
    Text::new("said.publishes"),
    Text::new("said.routes"),
    Text::new("said.feeds"),
    Text::new("said.gives-up"),
];

/// So many nodes are named; of more it is said how many.
const MOST_NAMED: usize = 8;

/// "service; calls Payment, Search; publishes to Orders", of a link "link: …". Empty for what is not there.
pub fn topology(variant: &VariantRun, subject: Subject) -> String {
    let plan = variant.plan();
    let node = match subject {
        Subject::Node(node) => node,
        Subject::Link(..) => return text!("kind.about-link").to_owned(),
        Subject::Message(_) => return text!("kind.about-message").to_owned(),
    };
    let Some(own) = plan.nodes.get(node.at()) else { return String::new() };
    let kind = match own.kind {
        NodeKind::Client(_) => text!("kind.client"),
        NodeKind::Service(_) => text!("kind.service"),
        NodeKind::Queue(_) => text!("kind.queue"),
        NodeKind::Exchange(_) => text!("kind.exchange"),
        NodeKind::Log(_) => text!("kind.log"),
        NodeKind::Store(_) => text!("kind.store"),
    };
    let to: Vec<usize> =
        pairs(plan).0.into_iter().filter(|pair| pair.0 == node.at()).map(|pair| pair.1).collect();
    let mut out = String::new();
    let mut facts = List::new(&mut out, list::SEMICOLON);
    facts.push(kind);
    for verb in VERBS {
        let named = to.iter().filter(|at| verb_for(&own.kind, &plan.nodes[**at].kind) == verb);
        let all: Vec<NodeIx> = named.map(|at| NodeIx(*at as u32)).collect();
        if !all.is_empty() {
            facts.item(|out| verb.write(out, &[("nodes", names(plan, &all).as_str().into())]));
        }
    }
    out
}

/// The names of these nodes, and how many there are more.
fn names(plan: &Plan, nodes: &[NodeIx]) -> String {
    let mut out = String::new();
    let mut names = List::new(&mut out, list::COMMA);
    for &node in nodes.iter().take(MOST_NAMED) {
        names.item(|out| name::node(out, plan, node));
    }
    match nodes.len().checked_sub(MOST_NAMED) {
        None | Some(0) => out,
        Some(more) => say!("said.nodes-and-more", nodes = &out, count = more),
    }
}

/// What one node does with another to which it hands work on.
fn verb_for(from: &NodeKind, to: &NodeKind) -> Text {
    let [calls, uses, publishes, routes, feeds, dead] = VERBS;
    match (from, to) {
        (NodeKind::Exchange(_), _) => routes,
        (NodeKind::Queue(_), NodeKind::Queue(_) | NodeKind::Exchange(_)) => dead,
        (NodeKind::Queue(_) | NodeKind::Log(_) | NodeKind::Store(_), _) => feeds,
        (_, NodeKind::Store(_)) => uses,
        (_, NodeKind::Queue(_) | NodeKind::Exchange(_) | NodeKind::Log(_)) => publishes,
        (_, NodeKind::Client(_) | NodeKind::Service(_)) => calls,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::view::stage::tests::variant;

    #[test]
    fn everybody_says_to_whom_work_goes() {
        let variant = variant(
            r##"{ "schema": 1, "nodes": {
            "web": { "kind": "client", "arrivals": { "poisson": { "rate": 30 } }, "operation": [ { "call": { "to": "app" } } ] },
            "app": { "kind": "service", "workers": 4, "operations": { "default": [ { "write": { "to": "app-db" } },
              { "call": { "to": "pay" } }, { "publish": { "to": "news", "routing_key": "a" } }, { "publish": { "to": "clicks" } } ] } },
            "pay": { "kind": "service", "workers": 1, "operations": { "default": [ { "work": "60ms" } ] } },
            "app-db": { "kind": "store" },
            "news": { "kind": "exchange", "type": "topic", "bindings": [ { "to": "jobs", "key": "#" } ] },
            "jobs": { "kind": "queue", "max_deliveries": 2, "dead_letter": "dead" }, "dead": { "kind": "queue" },
            "clicks": { "kind": "log" },
            "crew": { "kind": "service", "workers": 4, "operations": { "run": [ { "work": "1ms" } ] },
              "consumes": [ { "from": "jobs", "operation": "run" } ] },
            "judge": { "kind": "service", "workers": 4, "operations": { "run": [ { "work": "1ms" } ] },
              "consumes": [ { "from": "clicks", "operation": "run", "group": "judge" } ] } } }"##,
            0.0,
        );
        let cases = [
            ("web", "client; calls App"),
            ("app", "service; calls Pay; uses App db; publishes to News, Clicks"),
            ("pay", "service"),
            ("app-db", "store"),
            ("news", "exchange; routes to Jobs"),
            ("jobs", "queue; feeds Crew; sends dead letters to Dead"),
            ("clicks", "log; feeds Judge"),
            ("crew", "service"),
        ];
        for (id, expected) in cases {
            let node = variant.plan().nodes.iter().position(|node| node.id == id).expect("the node");
            assert_eq!(topology(&variant, Subject::Node(NodeIx(node as u32))), expected);
        }
        assert_eq!(topology(&variant, Subject::Node(NodeIx(99))), "");
        assert!(topology(&variant, Subject::Link(NodeIx(0), NodeIx(1))).starts_with("link: "));
    }
}
