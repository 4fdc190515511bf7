//! The palette: the six kinds of nodes, and what people mean by them.

use crate::base::{Json, Text};

/// A node of the palette.
#[derive(Debug)]
pub struct Preset {
    /// Its key: what [`Edit::Add`](super::Edit::Add) names.
    pub key: &'static str,
    /// The kind of node that it is.
    pub kind: &'static str,
    /// The id that a new one gets, if it is free.
    pub id: &'static str,
    /// What it is called.
    pub name: Text,
    /// What it is, in a sentence.
    pub about: Text,
    node: &'static str,
}

impl Preset {
    /// A new node.
    pub fn node(&self) -> Json {
        Json::parse(self.node).unwrap_or(Json::Null)
    }
}

macro_rules! preset {
    ($key:literal, $kind:literal, $id:literal, $name:literal, $about:literal, $node:tt) => {
        Preset {
            key: $key,
            kind: $kind,
            id: $id,
            name: Text::new($name),
            about: Text::new($about),
            node: stringify!($node),
        }
    };
}

/// What can be added, in the order in which it is shown: first the six kinds.
pub fn palette() -> &'static [Preset] {
    &PRESETS
}

/// A preset by its key.
pub fn preset(key: &str) -> Option<&'static Preset> {
    PRESETS.iter().find(|preset| preset.key == key)
}

static PRESETS: [Preset; 11] = [
    preset!("client", "client", "users", "editor.preset.client", "editor.preset.client-about",
        {"kind": "client", "arrivals": {"poisson": {"rate": 10}}, "deadline": "2s", "operation": []}),
    preset!("service", "service", "service", "editor.preset.service", "editor.preset.service-about",
        {"kind": "service", "workers": 4, "queue": 100, "operations": {"default": [{"work": {"exponential": "50ms"}}]}}),
    preset!("queue", "queue", "queue", "editor.preset.queue", "editor.preset.queue-about",
        {"kind": "queue"}),
    preset!("exchange", "exchange", "exchange", "editor.preset.exchange", "editor.preset.exchange-about",
        {"kind": "exchange", "type": "direct", "bindings": []}),
    preset!("log", "log", "log", "editor.preset.log", "editor.preset.log-about",
        {"kind": "log", "partitions": 3}),
    preset!("store", "store", "store", "editor.preset.store", "editor.preset.store-about",
        {"kind": "store", "connections": 10, "read": {"exponential": "5ms"}, "write": {"exponential": "10ms"}}),
    preset!("gateway", "service", "gateway", "editor.preset.gateway", "editor.preset.gateway-about",
        {"kind": "service", "workers": 100, "queue": 100, "while_waiting": "release_worker",
         "operations": {"default": [{"work": {"exponential": "2ms"}}]}}),
    preset!("workers", "service", "workers", "editor.preset.workers", "editor.preset.workers-about",
        {"kind": "service", "replicas": 3, "workers": 2, "operations": {"default": [{"work": {"exponential": "100ms"}}]}}),
    preset!("cache", "store", "cache", "editor.preset.cache", "editor.preset.cache-about",
        {"kind": "store", "connections": 100, "read": {"exponential": "500us"}, "write": {"exponential": "500us"}}),
    preset!("topic", "exchange", "topic", "editor.preset.topic", "editor.preset.topic-about",
        {"kind": "exchange", "type": "fanout", "bindings": []}),
    preset!("dead-letters", "queue", "dead_letters", "editor.preset.dead-letters", "editor.preset.dead-letters-about",
        {"kind": "queue"}),
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::Scenario;

    #[test]
    fn every_preset_is_a_system_of_its_own() {
        for preset in palette() {
            let node = preset.node();
            assert_eq!(node.get("kind").and_then(Json::as_str), Some(preset.kind), "{}", preset.key);
            let text = format!(r#"{{"schema": 1, "nodes": {{"{}": {node}}}}}"#, preset.id);
            let read = Scenario::read(&text).and_then(|scenario| scenario.plan());
            assert!(read.is_ok(), "{}: {read:?}", preset.key);
            assert!(!preset.name.plain().is_empty() && !preset.about.plain().is_empty());
        }
        let kinds: Vec<&str> = palette()[..6].iter().map(|preset| preset.kind).collect();
        assert_eq!(kinds, crate::scenario::model::kinds::ANY_NODE);
    }
}
