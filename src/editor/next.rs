//! What naturally comes after a node: "calls a service", "publishes to a queue".

use super::connect::connect;
use super::draft::{Draft, refuse};
use super::edit::Refused;
use super::palette::preset;
use super::places;
use crate::base::{Json, Text};
use crate::scenario::Scenario;

/// A node that can come next.
#[derive(Debug)]
pub struct Next {
    /// Its key: what [`Edit::AddNext`](super::Edit::AddNext) names.
    pub key: &'static str,
    /// What comes of it, in words.
    pub words: Text,
    /// The kinds of nodes after which it can come.
    after: &'static [&'static str],
    /// The preset of the palette that comes.
    preset: &'static str,
}

static NEXT: [Next; 10] = [
    next("service", Text::new("editor.next.service"), &["client", "service"], "service"),
    next("queue", Text::new("editor.next.queue"), &["client", "service"], "queue"),
    next("store", Text::new("editor.next.store"), &["client", "service"], "store"),
    next("topic", Text::new("editor.next.topic"), &["client", "service"], "topic"),
    next("log", Text::new("editor.next.log"), &["client", "service"], "log"),
    next("cache", Text::new("editor.next.cache"), &["client", "service"], "cache"),
    next("workers", Text::new("editor.next.workers"), &["queue", "log"], "workers"),
    next("dead-letters", Text::new("editor.next.dead-letters"), &["queue"], "dead-letters"),
    next("bound-queue", Text::new("editor.next.bound-queue"), &["exchange"], "queue"),
    next("bound-topic", Text::new("editor.next.bound-topic"), &["exchange"], "topic"),
];

const fn next(key: &'static str, words: Text, after: &'static [&'static str], preset: &'static str) -> Next {
    Next { key, words, after, preset }
}

/// What can come after a node, the most usual first; nothing after a store.
pub fn next_of(scenario: &Scenario, node: &str) -> Vec<&'static Next> {
    let node = scenario.json().get("nodes").and_then(|nodes| nodes.get(node));
    let kind = node.and_then(|node| node.get("kind")).and_then(Json::as_str).unwrap_or("");
    NEXT.iter().filter(|next| next.after.contains(&kind)).collect()
}

/// Adds what comes next, to the right, and links it.
pub fn add_next(draft: &mut Draft, from: &str, key: &str) -> Result<(), Refused> {
    draft.must_have(from)?;
    let kind = draft.kind(from).unwrap_or("");
    let found = NEXT.iter().find(|next| next.key == key && next.after.contains(&kind));
    let Some((next, preset)) = found.and_then(|next| Some((next, preset(next.preset)?))) else {
        return refuse(&["nodes.", from].concat(), problem!("editor.no.next", name = key, node = from));
    };
    let id = draft.free_id(preset.id);
    draft.add(&id, preset.node());
    places::settle(draft, &id, None, Some(from));
    connect(draft, from, &id, None)?;
    if next.key == "dead-letters" {
        // Without an end to deliveries nothing would ever come there.
        let queue = draft.node_mut(from)?;
        if queue.get("max_deliveries").is_none() {
            super::tree::put(queue, "max_deliveries", 5.0.into());
        }
    }
    draft.select = vec![id];
    Ok(())
}
