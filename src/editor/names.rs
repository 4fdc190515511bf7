//! Where a scenario names something: nodes, operations and parameters, found by the tables of the language.

use crate::base::Json;
use crate::scenario::model::decode::Decode;
use crate::scenario::model::document::Document;
use crate::scenario::model::shape::{KeyShape, Record, Shape};

/// What is named.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Named<'a> {
    /// A node, by its id.
    Node,
    /// An operation of this service.
    Operation(&'a str),
    /// A parameter, by its path.
    Path,
}

/// Visits every name of a whole scenario as written. A name that is changed is changed in the scenario; an operation that
/// is left out is visited by its default, and is written when it is changed.
pub fn each_name(json: &mut Json, visit: &mut dyn FnMut(Named, &mut String)) {
    Walk { node: String::new(), visit }.value(json, &Document::SHAPE);
}

struct Walk<'v> {
    /// The node in whose description the walk stands.
    node: String,
    visit: &'v mut dyn FnMut(Named, &mut String),
}

impl Walk<'_> {
    fn value(&mut self, json: &mut Json, shape: &Shape) {
        match (shape, json) {
            (Shape::Nullable(inner), json) => self.value(json, inner),
            (Shape::Either(first, other), json) => {
                let shape = if first.is_written_as(json) { first } else { other };
                self.value(json, shape);
            }
            (Shape::Node(_), Json::String(id)) => (self.visit)(Named::Node, id),
            (Shape::Path, Json::String(path)) => (self.visit)(Named::Path, path),
            (Shape::Pair(shapes), Json::Array(items)) => {
                items.iter_mut().zip(shapes.iter()).for_each(|(item, shape)| self.value(item, shape));
            }
            (Shape::List(of, _), Json::Array(items)) => {
                items.iter_mut().for_each(|item| self.value(item, of));
            }
            (Shape::Steps(step), Json::Array(items)) => {
                items.iter_mut().for_each(|item| self.value(item, step()));
            }
            (Shape::Map(of, keys, _), Json::Object(members)) => {
                for (key, value) in members {
                    match keys {
                        KeyShape::Nodes => (self.visit)(Named::Node, key),
                        KeyShape::Operations => (self.visit)(Named::Operation(&self.node), key),
                        KeyShape::Ids | KeyShape::Names => {}
                    }
                    if let Shape::Kinds(_) = of {
                        self.node.clone_from(key);
                    }
                    self.value(value, of);
                }
            }
            (Shape::Record(record), json) => self.record(json, record),
            (Shape::Tagged(tagged), Json::Object(members)) => {
                for (key, value) in members {
                    if let Some(variant) = tagged.variant(key) {
                        self.value(value, &variant.shape);
                    }
                }
            }
            (Shape::Kinds(tagged), json) => {
                let variant = json.get("kind").and_then(Json::as_str).and_then(|kind| tagged.variant(kind));
                if let Some(variant) = variant {
                    self.value(json, &variant.shape);
                }
            }
            _ => {}
        }
    }

    fn record(&mut self, json: &mut Json, record: &Record) {
        for field in record.fields {
            if let Shape::Operation(of) = field.shape {
                let service = service_of(json, of, &self.node).to_owned();
                let Json::Object(members) = &mut *json else { return };
                match members.iter_mut().find(|(key, _)| key == field.key) {
                    Some((_, Json::String(name))) => (self.visit)(Named::Operation(&service), name),
                    Some(_) => {}
                    None => {
                        let default = field.default().unwrap_or(Json::Null);
                        let Json::String(before) = default else { continue };
                        let mut name = before.clone();
                        (self.visit)(Named::Operation(&service), &mut name);
                        if name != before {
                            members.push((field.key.to_owned(), Json::String(name)));
                        }
                    }
                }
            } else if let Json::Object(members) = &mut *json
                && let Some((_, value)) = members.iter_mut().find(|(key, _)| key == field.key)
            {
                self.value(value, &field.shape);
            }
        }
    }
}

/// The service whose operation a field names: that of the field `of` beside it, or where that is empty the node itself.
pub fn service_of<'a>(record: &'a Json, of: &str, node: &'a str) -> &'a str {
    if of.is_empty() { node } else { record.get(of).and_then(Json::as_str).unwrap_or("") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_found_wherever_the_language_has_them() {
        let text = r#"{"nodes": {"web": {"kind": "client", "operation": [{"all": [[{"call": {"to": "app"}}]]},
            {"ask": {"via": "q", "reply_via": "r"}}]},
          "app": {"kind": "service", "operations": {"a": []}, "operation_labels": {"a": "A"},
            "consumes": [{"from": "q", "operation": "a", "dead_letter": "d"}]}},
          "links": [{"from": "web", "to": "app"}],
          "timeline": [{"at": "1s", "fault": {"partition": {"between": ["web", "app"]}}}],
          "view": {"positions": {"web": [0, 0]}, "primary": "web", "knobs": [{"path": "nodes.app.workers"}]}}"#;
        let mut json = Json::parse(text).expect("JSON");
        let mut found = Vec::new();
        each_name(&mut json, &mut |named, name| {
            found.push(match named {
                Named::Node => name.clone(),
                Named::Operation(service) => [service, "/", name].concat(),
                Named::Path => ["=", name].concat(),
            });
        });
        let expected = [
            "app",
            "app/default",
            "q",
            "r",
            "app/a",
            "q",
            "app/a",
            "d",
            "web",
            "app",
            "web",
            "app",
            "web",
            "=nodes.app.workers",
            "web",
        ];
        assert_eq!(found, expected);
        assert_eq!(json, Json::parse(text).expect("JSON"), "looking changes nothing");
    }
}
