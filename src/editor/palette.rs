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
    ($key:literal, $kind:literal, $id:literal, $name:expr, $about:expr, $node:tt) => {
        Preset { key: $key, kind: $kind, id: $id, name: $name, about: $about, node: stringify!($node) }
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
    preset!("client", "client", "users", Text::new("editor.preset.client"), Text::new("editor.preset.client-about"),
        {"kind": "client", "arrivals": {"poisson": {"rate": 10}}, "deadline": "2s", "operation": []}),
    preset!("service", "service", "service", Text::new("editor.preset.service"), Text::new("editor.preset.service-about"),
        {"kind": "service", "workers": 4, "queue": 100, "operations": {"default": [{"work": {"exponential": "50ms"}}]}}),
    preset!("queue", "queue", "queue", Text::new("editor.preset.queue"), Text::new("editor.preset.queue-about"),
        {"kind": "queue"}),
    preset!("exchange", "exchange", "exchange", Text::new("editor.preset.exchange"), Text::new("editor.preset.exchange-about"),
        {"kind": "exchange", "type": "direct", "bindings": []}),
    preset!("log", "log", "log", Text::new("editor.preset.log"), Text::new("editor.preset.log-about"),
        {"kind": "log", "partitions": 3}),
    preset!("store", "store", "store", Text::new("editor.preset.store"), Text::new("editor.preset.store-about"),
        {"kind": "store", "connections": 10, "read": {"exponential": "5ms"}, "write": {"exponential": "10ms"}}),
    preset!("gateway", "service", "gateway", Text::new("editor.preset.gateway"), Text::new("editor.preset.gateway-about"),
        {"kind": "service", "workers": 100, "queue": 100, "while_waiting": "release_worker",
         "operations": {"default": [{"work": {"exponential": "2ms"}}]}}),
    preset!("workers", "service", "workers", Text::new("editor.preset.workers"), Text::new("editor.preset.workers-about"),
        {"kind": "service", "replicas": 3, "workers": 2, "operations": {"default": [{"work": {"exponential": "100ms"}}]}}),
    preset!("cache", "store", "cache", Text::new("editor.preset.cache"), Text::new("editor.preset.cache-about"),
        {"kind": "store", "connections": 100, "read": {"exponential": "500us"}, "write": {"exponential": "500us"}}),
    preset!("topic", "exchange", "topic", Text::new("editor.preset.topic"), Text::new("editor.preset.topic-about"),
        {"kind": "exchange", "type": "fanout", "bindings": []}),
    preset!("dead-letters", "queue", "dead_letters", Text::new("editor.preset.dead-letters"), Text::new("editor.preset.dead-letters-about"),
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
