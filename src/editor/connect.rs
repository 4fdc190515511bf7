//! Links: drawing from one node to another adds the step that makes sense between them, and taking a link away takes
//! every step by which there is one.

use super::draft::{Draft, refuse};
use super::edit::Refused;
use super::names::Named;
use super::tree::{member_or, object, put};
use crate::base::{Json, Text};
use crate::scenario::Scenario;

/// By what two nodes are linked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LinkKind {
    /// The first calls the second.
    Call,
    /// The first publishes to the second.
    Publish,
    /// The first reads from the second.
    Read,
    /// The second consumes from the first.
    Consume,
    /// The first passes messages on to the second.
    Bind,
    /// The first sends what it cannot deliver to the second.
    DeadLetter,
}

impl LinkKind {
    /// What comes of it, in words: "calls the service".
    pub fn words(self) -> &'static str {
        let text = match self {
            LinkKind::Call => Text::new("editor.link.call"),
            LinkKind::Publish => Text::new("editor.link.publish"),
            LinkKind::Read => Text::new("editor.link.read"),
            LinkKind::Consume => Text::new("editor.link.consume"),
            LinkKind::Bind => Text::new("editor.link.bind"),
            LinkKind::DeadLetter => Text::new("editor.link.dead-letter"),
        };
        text.plain()
    }
}

/// What would come of a link.
#[derive(Clone, Debug, PartialEq)]
pub struct Connection {
    /// By what the nodes would be linked.
    pub kind: LinkKind,
    /// The node whose operations there are to choose from.
    pub node: String,
    /// These operations, the one first that is taken where nobody chooses; empty where there is nothing to choose. Of a
    /// service that calls, publishes or reads it is the operation that gets the step; of one that a client calls or that
    /// consumes it is the operation that runs.
    pub operations: Vec<String>,
}

/// What would come of a link from one node to another.
///
/// # Errors
///
/// Why there can be none, in words.
pub fn could_connect(scenario: &Scenario, from: &str, to: &str) -> Result<Connection, String> {
    connection(scenario.json(), from, to)
}

fn connection(json: &Json, from: &str, to: &str) -> Result<Connection, String> {
    let node = |id: &str| json.get("nodes").and_then(|nodes| nodes.get(id));
    let kind = |id: &str| node(id).and_then(|node| node.get("kind")).and_then(Json::as_str).unwrap_or("");
    let operations = |id: &str| -> Vec<String> {
        let all = node(id).and_then(|node| node.get("operations")).map_or(&[][..], Json::members);
        let mut names: Vec<String> = all.iter().map(|(name, _)| name.clone()).collect();
        if let Some(at) = names.iter().position(|name| name == "default") {
            names[..=at].rotate_right(1);
        }
        names
    };
    if from == to {
        return Err(text!("editor.unlinked.itself").to_owned());
    }
    let made =
        |kind, node: &str| Ok(Connection { kind, node: node.to_owned(), operations: operations(node) });
    match (kind(from), kind(to)) {
        ("client", "service") => made(LinkKind::Call, to),
        ("service", "service") => made(LinkKind::Call, from),
        ("client" | "service", "queue" | "exchange" | "log") => made(LinkKind::Publish, from),
        ("client" | "service", "store") => made(LinkKind::Read, from),
        ("queue" | "log", "service") => made(LinkKind::Consume, to),
        ("exchange", "queue" | "exchange") => made(LinkKind::Bind, from),
        ("queue", "queue") => made(LinkKind::DeadLetter, from),
        (_, "client") => Err(text!("editor.unlinked.to-client").to_owned()),
        ("store", _) => Err(text!("editor.unlinked.from-store").to_owned()),
        ("exchange", "service") => Err(text!("editor.unlinked.exchange-service").to_owned()),
        ("queue" | "log" | "exchange", "store") => Err(text!("editor.unlinked.to-store").to_owned()),
        _ => Err(text!("editor.unlinked.needs-service").to_owned()),
    }
}

/// Links two nodes. Where the service that gets a step, or runs one, has no operation it gets one.
pub fn connect(draft: &mut Draft, from: &str, to: &str, operation: Option<&str>) -> Result<(), Refused> {
    draft.must_have(from)?;
    draft.must_have(to)?;
    let path = ["nodes.", from].concat();
    let made = match connection(&draft.json, from, to) {
        Ok(made) => made,
        Err(why) => return refuse(&path, problem!("editor.no.link", why = &why)),
    };
    if let Some(name) = operation
        && !made.operations.iter().any(|known| known == name)
    {
        return refuse(&path, problem!("editor.no.operation", name = name, node = &made.node));
    }
    let chosen = operation.map(str::to_owned).or_else(|| made.operations.first().cloned());
    match made.kind {
        LinkKind::Call => {
            let own = chosen.as_deref().filter(|_| made.node == to);
            let called = match own {
                Some(name) => name.to_owned(),
                None => any_operation(draft, to)?,
            };
            let mut call = object([("to", to.into())]);
            if called != "default" {
                put(&mut call, "operation", called.as_str().into());
            }
            // Whoever waits without limit waits for what hangs.
            put(&mut call, "timeout", "1s".into());
            let own = chosen.as_deref().filter(|_| made.node == from);
            step(draft, from, own, object([("call", call)]))
        }
        LinkKind::Publish => {
            step(draft, from, chosen.as_deref(), object([("publish", object([("to", to.into())]))]))
        }
        LinkKind::Read => {
            step(draft, from, chosen.as_deref(), object([("read", object([("from", to.into())]))]))
        }
        LinkKind::Consume => {
            let name = match chosen {
                Some(name) => name,
                None => any_operation(draft, to)?,
            };
            let mut consume = object([("from", from.into())]);
            if name != "default" {
                put(&mut consume, "operation", name.as_str().into());
            }
            push(draft, to, "consumes", consume)
        }
        LinkKind::Bind => push(draft, from, "bindings", object([("to", to.into())])),
        LinkKind::DeadLetter => {
            put(draft.node_mut(from)?, "dead_letter", to.into());
            Ok(())
        }
    }
}

/// An operation of a service: `default`, or else the first; where there is none it gets one that works a little.
fn any_operation(draft: &mut Draft, service: &str) -> Result<String, Refused> {
    let node = draft.node_mut(service)?;
    let Some(operations) = member_or(node, "operations", object([])) else { return Ok("default".to_owned()) };
    if operations.members().is_empty() {
        put(operations, "default", Json::Array(vec![object([("work", "20ms".into())])]));
    }
    let names = || operations.members().iter().map(|(name, _)| name.as_str());
    Ok(names().find(|name| *name == "default").or(names().next()).unwrap_or("default").to_owned())
}

/// Adds a step at the end of an operation of a node; of a service without one it is the first of `default`.
fn step(draft: &mut Draft, id: &str, operation: Option<&str>, step: Json) -> Result<(), Refused> {
    let is_client = draft.kind(id) == Some("client");
    let node = draft.node_mut(id)?;
    let steps = if is_client {
        member_or(node, "operation", Json::Array(Vec::new()))
    } else {
        let operations = member_or(node, "operations", object([]));
        operations.and_then(|all| member_or(all, operation.unwrap_or("default"), Json::Array(Vec::new())))
    };
    if let Some(Json::Array(steps)) = steps {
        steps.push(step);
    }
    Ok(())
}

/// Adds an item to a list of a node.
fn push(draft: &mut Draft, id: &str, list: &str, item: Json) -> Result<(), Refused> {
    if let Some(Json::Array(items)) = member_or(draft.node_mut(id)?, list, Json::Array(Vec::new())) {
        items.push(item);
    }
    Ok(())
}

/// Takes out all by which two nodes are linked in this direction.
pub fn disconnect(draft: &mut Draft, from: &str, to: &str) -> Result<(), Refused> {
    draft.must_have(from)?;
    draft.must_have(to)?;
    let before = draft.json.get("nodes").cloned();
    // Messages go against the direction in which these fields name their node.
    let backward = |field: (&str, &str)| matches!(field, ("Consume", "from") | ("Ask", "reply_via"));
    draft.prune(&|place| {
        place.named == Named::Node
            && if backward(place.field) {
                (place.node, place.name) == (to, from)
            } else {
                (place.node, place.name) == (from, to)
            }
    });
    if draft.json.get("nodes") == before.as_ref() {
        return refuse(&["nodes.", from].concat(), problem!("editor.no.linked", from = from, to = to));
    }
    Ok(())
}
