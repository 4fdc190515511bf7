//! What no request comes to.

use super::finding::Finding;
use super::survey::Survey;
use crate::scenario::model::node::Node;
use crate::scenario::model::step::Step;

/// A node that nothing reaches: no request of any client leads there.
pub fn unreached(survey: &Survey) -> Vec<Finding> {
    let nodes = || survey.document.nodes.iter();
    let mut reached: Vec<&str> =
        nodes().filter(|(_, node)| matches!(node, Node::Client(_))).map(|(id, _)| id).collect();
    let mut at = 0;
    while at < reached.len() {
        let next = leads_to(survey, reached[at]);
        for id in next {
            if !reached.contains(&id) {
                reached.push(id);
            }
        }
        at += 1;
    }
    let lost = nodes().filter(|(id, _)| !reached.contains(id));
    lost.map(|(id, _)| {
        Finding::new("unreached", &["nodes.", id].concat(), problem!("scenario.advice-unreached", id = id))
    })
    .collect()
}

/// The nodes that a node's requests and messages go to.
fn leads_to<'d>(survey: &Survey<'d>, id: &str) -> Vec<&'d str> {
    let mut found: Vec<&str> = Vec::new();
    for operation in survey.operations.iter().filter(|operation| operation.node == id) {
        for place in &operation.places {
            match place.step {
                Step::Call(call) => found.push(&call.to),
                Step::Publish(publish) => found.push(&publish.to),
                Step::Ask(ask) => found.extend([ask.via.as_str(), ask.reply_via.as_str()]),
                Step::Read(read) => found.push(&read.from),
                Step::Write(write) => found.push(&write.to),
                Step::Project(project) => found.push(&project.to),
                Step::Window(window) => found.extend(window.emit_to.as_deref()),
                _ => {}
            }
        }
    }
    match survey.node(id) {
        Some(Node::Exchange(exchange)) => {
            found.extend(exchange.bindings.iter().map(|binding| binding.to.as_str()))
        }
        Some(Node::Queue(queue)) => found.extend(queue.dead_letter.as_deref()),
        Some(Node::Service(service)) => {
            found.extend(service.consumes.iter().filter_map(|consume| consume.dead_letter.as_deref()));
        }
        _ => {}
    }
    for (other, node) in survey.document.nodes.iter() {
        if let Node::Service(service) = node
            && service.consumes.iter().any(|consume| consume.from == id)
        {
            found.push(other);
        }
    }
    found
}

/// A client whose requests do nothing.
pub fn idle_client(survey: &Survey) -> Vec<Finding> {
    let idle = survey.operations.iter().filter(|operation| {
        operation.places.is_empty() && matches!(survey.node(operation.node), Some(Node::Client(_)))
    });
    idle.map(|operation| {
        let problem = problem!("scenario.advice-idle-client", id = operation.node);
        Finding::new("idle-client", &["nodes.", operation.node].concat(), problem)
    })
    .collect()
}
