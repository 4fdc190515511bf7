//! How a node stands among the others, in words: what it is, and to whom it hands work on.

use super::format;
use super::inspector::Subject;
use super::layout::pairs;
use super::name;
use super::words::{inspector as kinds, said};
use crate::base::NodeIx;
use crate::scenario::NodeKind;
use crate::session::Lane;

/// What a node does with those to which it hands work on.
const VERBS: [&str; 6] =
    [said::CALLS, said::USES, said::PUBLISHES, said::ROUTES, said::FEEDS, said::GIVES_UP];

/// So many nodes are named; of more it is said how many.
const MOST_NAMED: usize = 8;

/// "service; calls Payment, Search; publishes to Orders", of a link "link: …". Empty for what is not there.
pub fn topology(lane: &Lane, subject: Subject) -> String {
    let plan = lane.plan();
    let node = match subject {
        Subject::Node(node) => node,
        Subject::Link(..) => return kinds::LINK.to_owned(),
        Subject::Message(_) => return kinds::MESSAGE.to_owned(),
    };
    let Some(own) = plan.nodes.get(node.at()) else { return String::new() };
    let kind = match own.kind {
        NodeKind::Client(_) => kinds::A_CLIENT,
        NodeKind::Service(_) => kinds::A_SERVICE,
        NodeKind::Queue(_) => kinds::A_QUEUE,
        NodeKind::Exchange(_) => kinds::AN_EXCHANGE,
        NodeKind::Log(_) => kinds::A_LOG,
        NodeKind::Store(_) => kinds::A_STORE,
    };
    let to: Vec<usize> =
        pairs(plan).0.into_iter().filter(|pair| pair.0 == node.at()).map(|pair| pair.1).collect();
    format::string(|out| {
        out.push_str(kind);
        for verb in VERBS {
            let named = to.iter().filter(|at| verb_for(&own.kind, &plan.nodes[**at].kind) == verb);
            let count = named.clone().count();
            for (place, at) in named.take(MOST_NAMED).enumerate() {
                out.push_str(if place == 0 { verb } else { said::ALSO });
                name::node(out, plan, NodeIx(*at as u32));
            }
            if count > MOST_NAMED {
                out.push_str(said::AND_MORE);
                format::count(out, (count - MOST_NAMED) as u64);
            }
        }
    })
}

/// What one node does with another to which it hands work on.
fn verb_for(from: &NodeKind, to: &NodeKind) -> &'static str {
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
    use crate::base::NodeIx;
    use crate::view::tests::lane;

    #[test]
    fn everybody_says_to_whom_work_goes() {
        let lane = lane(
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
            ("jobs", "queue; feeds Crew; gives up to Dead"),
            ("clicks", "log; feeds Judge"),
            ("crew", "service"),
        ];
        for (id, expected) in cases {
            let node = lane.plan().nodes.iter().position(|node| node.id == id).expect("the node");
            assert_eq!(topology(&lane, Subject::Node(NodeIx(node as u32))), expected);
        }
        assert_eq!(topology(&lane, Subject::Node(NodeIx(99))), "");
        assert!(topology(&lane, Subject::Link(NodeIx(0), NodeIx(1))).starts_with("link: "));
    }
}
