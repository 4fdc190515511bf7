//! The kinds of steps that a node can be given, each with a step to begin with, by the tables of the language.

use super::tree::object;
use crate::base::{Json, Text};
use crate::scenario::Scenario;
use crate::scenario::model::decode::Decode;
use crate::scenario::model::shape::{Field, Shape, about};
use crate::scenario::model::step::Step;

/// A kind of step.
#[derive(Clone, Debug, PartialEq)]
pub struct StepKind {
    /// Its word in the language: `call`.
    pub kind: &'static str,
    /// What it does.
    pub about: Text,
    /// One to begin with, which is right in this system.
    pub step: Json,
}

/// The kinds of steps that can be added to an operation of a node, in the order of the language: those for which what they
/// need is there, such as a service to call.
pub fn step_kinds(scenario: &Scenario, node: &str) -> Vec<StepKind> {
    let Shape::Tagged(steps) = Step::SHAPE else { return Vec::new() };
    let start = Start { nodes: scenario.json().get("nodes").map_or(&[][..], Json::members), node };
    let is_client = start.kind(node) == "client";
    let possible = steps.variants.iter().filter(|variant| !(is_client && variant.key == "respond"));
    possible
        .filter_map(|variant| {
            let value = start.step(variant.key, &variant.shape)?;
            Some(StepKind {
                kind: variant.key,
                about: about(steps.name, variant.key),
                step: object([(variant.key, value)]),
            })
        })
        .collect()
}

struct Start<'a> {
    nodes: &'a [(String, Json)],
    node: &'a str,
}

impl Start<'_> {
    fn kind(&self, id: &str) -> &str {
        let node = self.nodes.iter().find(|(known, _)| known == id);
        node.and_then(|(_, node)| node.get("kind")).and_then(Json::as_str).unwrap_or("")
    }

    fn step(&self, kind: &str, shape: &Shape) -> Option<Json> {
        let nothing = || Json::Array(Vec::new());
        Some(match (kind, shape) {
            // What must contain something begins with two branches, or one part.
            ("all", _) => Json::Array(vec![nothing(), nothing()]),
            ("choose", _) => Json::Array(vec![object([("then", nothing())]), object([("then", nothing())])]),
            ("saga", _) => Json::Array(vec![object([("do", nothing())])]),
            (_, Shape::Record(record)) => {
                let mut members = Vec::new();
                for field in record.fields.iter().filter(|field| field.default.is_none()) {
                    members.push((field.key.to_owned(), self.field(field)?));
                }
                self.operation(&mut members, record.fields);
                Json::Object(members)
            }
            _ => "20ms".into(),
        })
    }

    /// A value for a field that must not be left out; none where it names a node and there is none that fits.
    fn field(&self, field: &Field) -> Option<Json> {
        match field.shape {
            Shape::Node(kinds) => {
                let mut fit = self.nodes.iter().map(|(id, _)| id.as_str());
                let fits =
                    |id: &&str| *id != self.node && kinds.contains(&self.kind(id)) && self.can_be_called(id);
                fit.find(fits).map(Json::from)
            }
            Shape::Steps(_) => Some(Json::Array(Vec::new())),
            _ => field.example(),
        }
    }

    /// Whether it is no service, or one with an operation.
    fn can_be_called(&self, id: &str) -> bool {
        self.kind(id) != "service" || self.operations(id).next().is_some()
    }

    fn operations(&self, id: &str) -> impl Iterator<Item = &str> {
        let node = self.nodes.iter().find(|(known, _)| known == id);
        let all = node.and_then(|(_, node)| node.get("operations")).map_or(&[][..], Json::members);
        all.iter().map(|(name, _)| name.as_str())
    }

    /// Names the operation of a service that has none by default.
    fn operation(&self, members: &mut Vec<(String, Json)>, fields: &[Field]) {
        for field in fields {
            let Shape::Operation(of) = field.shape else { continue };
            let service = members.iter().find(|(key, _)| key == of).and_then(|(_, value)| value.as_str());
            let Some(service) = service else { continue };
            let first = self.operations(service).next();
            if let Some(first) = first.filter(|_| self.operations(service).all(|name| name != "default")) {
                members.push((field.key.to_owned(), first.into()));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::editor::{Edit, Editor};

    #[test]
    fn every_kind_that_is_offered_is_right_where_it_is_added() {
        let text = r#"{"schema": 1, "nodes": {
          "web": {"kind": "client", "arrivals": {"poisson": {"rate": 1}}, "operation": []},
          "app": {"kind": "service", "operations": {"book": []}}, "q": {"kind": "queue"}, "db": {"kind": "store"}}}"#;
        let kinds = |text: &str, node: &str| {
            let scenario = Scenario::read(text).expect("a scenario");
            step_kinds(&scenario, node).into_iter().map(|kind| kind.kind).collect::<Vec<_>>()
        };
        for (node, at) in [("web", "nodes.web.operation[0]"), ("app", "nodes.app.operations.book[0]")] {
            for kind in step_kinds(&Scenario::read(text).expect("a scenario"), node) {
                let mut editor = Editor::read(text).expect("a scenario");
                let done = editor.apply(Edit::AddStep { at: at.to_owned(), step: kind.step.clone() });
                assert!(done.is_ok(), "{kind:?}: {done:?}");
            }
        }
        assert!(kinds(text, "web").contains(&"call") && !kinds(text, "app").contains(&"call"));
        assert!(!kinds(text, "web").contains(&"respond") && kinds(text, "app").contains(&"respond"));
        assert_eq!(kinds(text, "app").len(), 14, "all but a call to itself");
    }
}
