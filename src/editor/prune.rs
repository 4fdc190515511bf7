//! What is left of a scenario when something that it names is gone.

use super::names::{Named, service_of};
use crate::base::Json;
use crate::scenario::model::decode::Decode;
use crate::scenario::model::document::Document;
use crate::scenario::model::shape::{KeyShape, Record, Shape};

/// A name, and where it stands.
#[derive(Clone, Copy, Debug)]
pub struct Place<'a> {
    /// What is named.
    pub named: Named<'a>,
    /// The name.
    pub name: &'a str,
    /// The node in whose description it stands; empty for the rest of the scenario.
    pub node: &'a str,
    /// The type and the field in which it stands; empty for a key.
    pub field: (&'a str, &'a str),
    /// The kinds of nodes that may be named here; empty: any.
    pub kinds: &'a [&'a str],
}

/// Takes out of a scenario as written everything that names what is `gone`: a field that can be left out, or else the
/// step, the consumer, the binding, the link or the fault in which it stands. What has no steps left goes too, but an
/// operation or a branch of a choice may do nothing.
///
/// Returns the paths of the items that were taken out of lists, each as it was when it went.
pub fn prune(json: &mut Json, gone: &dyn Fn(Place) -> bool) -> Vec<String> {
    let mut pruning = Pruning { node: String::new(), field: ("", ""), gone, removed: Vec::new() };
    pruning.value(json, "", &Document::SHAPE);
    pruning.removed
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Left {
    Kept,
    /// A list that had items has none left.
    Emptied,
    Gone,
}

struct Pruning<'a> {
    node: String,
    field: (&'static str, &'static str),
    gone: &'a dyn Fn(Place) -> bool,
    removed: Vec<String>,
}

impl Pruning<'_> {
    fn is_gone(&self, named: Named, name: &str, kinds: &[&str]) -> bool {
        (self.gone)(Place { named, name, node: &self.node, field: self.field, kinds })
    }

    fn value(&mut self, json: &mut Json, path: &str, shape: &Shape) -> Left {
        let gone = |gone: bool| if gone { Left::Gone } else { Left::Kept };
        match (shape, json) {
            (Shape::Nullable(inner), json) => match self.value(json, path, inner) {
                Left::Emptied => Left::Kept,
                left => left,
            },
            (Shape::Either(first, other), json) => {
                let shape = if first.is_written_as(json) { first } else { other };
                self.value(json, path, shape)
            }
            (Shape::Node(kinds), Json::String(id)) => gone(self.is_gone(Named::Node, id, kinds)),
            (Shape::Path, Json::String(of)) => gone(self.is_gone(Named::Path, of, &[])),
            (Shape::Pair(shapes), Json::Array(items)) => {
                let mut left =
                    items.iter_mut().zip(shapes.iter()).map(|(item, of)| self.value(item, path, of));
                gone(left.any(|left| left == Left::Gone))
            }
            (Shape::List(of, _), Json::Array(items)) => self.items(items, path, of),
            (Shape::Steps(step), Json::Array(items)) => self.items(items, path, step()),
            (Shape::Map(of, keys, _), Json::Object(members)) => {
                self.members(members, path, of, *keys);
                Left::Kept
            }
            (Shape::Record(record), json) => self.record(json, path, record, false),
            (Shape::Tagged(tagged), Json::Object(members)) => {
                let Some((key, value)) = members.first_mut() else { return Left::Kept };
                let Some(variant) = tagged.variant(key) else { return Left::Kept };
                let inside = [path, ".", key].concat();
                gone(self.value(value, &inside, &variant.shape) != Left::Kept)
            }
            (Shape::Kinds(tagged), json) => {
                let kind = json.get("kind").and_then(Json::as_str).unwrap_or("");
                if let Some(Shape::Record(record)) = tagged.variant(kind).map(|variant| variant.shape) {
                    self.record(json, path, record, true);
                }
                Left::Kept
            }
            _ => Left::Kept,
        }
    }

    fn items(&mut self, items: &mut Vec<Json>, path: &str, of: &Shape) -> Left {
        let before = items.len();
        let mut at = 0;
        while at < items.len() {
            let inside = [path, "[", &at.to_string(), "]"].concat();
            if self.value(&mut items[at], &inside, of) == Left::Kept {
                at += 1;
            } else {
                items.remove(at);
                self.removed.push(inside);
            }
        }
        if before > 0 && items.is_empty() { Left::Emptied } else { Left::Kept }
    }

    fn members(&mut self, members: &mut Vec<(String, Json)>, path: &str, of: &Shape, keys: KeyShape) {
        members.retain_mut(|(key, value)| {
            let key_gone = match keys {
                KeyShape::Nodes => self.is_gone(Named::Node, key, &[]),
                KeyShape::Operations => self.is_gone(Named::Operation(&self.node), key, &[]),
                KeyShape::Ids | KeyShape::Names => false,
            };
            if let Shape::Kinds(_) = of {
                self.node.clone_from(key);
            }
            let inside = [path, ".", key].concat();
            !key_gone && self.value(value, &inside, of) != Left::Gone
        });
        if let Shape::Kinds(_) = of {
            self.node.clear();
        }
    }

    fn record(&mut self, json: &mut Json, path: &str, record: &'static Record, node: bool) -> Left {
        for field in record.fields {
            self.field = (record.name, field.key);
            let value = json.get(field.key);
            if let Shape::Operation(of) = field.shape {
                let default = field.default();
                let name = value.or(default.as_ref()).and_then(Json::as_str).unwrap_or("");
                if self.is_gone(Named::Operation(service_of(json, of, &self.node)), name, &[]) {
                    return Left::Gone;
                }
                continue;
            }
            let Json::Object(members) = &mut *json else { return Left::Kept };
            let Some(at) = members.iter().position(|(key, _)| key == field.key) else { continue };
            let dot = if path.is_empty() { "" } else { "." };
            let inside = [path, dot, field.key].concat();
            let required = field.default.is_none();
            match self.value(&mut members[at].1, &inside, &field.shape) {
                Left::Gone if !required => _ = members.remove(at),
                Left::Gone => return Left::Gone,
                // A branch of a choice keeps its weight; it may do nothing.
                Left::Emptied if required && !node && record.name != "Arm" => return Left::Gone,
                Left::Emptied | Left::Kept => {}
            }
        }
        Left::Kept
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_names_something_gone_goes_with_it_and_the_rest_stays() {
        let text = r#"{"nodes": {"web": {"kind": "client", "operation": [
              {"all": [[{"call": {"to": "x"}}], [{"sleep": "1s"}]]}, {"all": [[{"call": {"to": "x"}}]]},
              {"choose": [{"then": [{"call": {"to": "x"}}]}, {"then": []}]},
              {"repeat": {"times": 2, "do": [{"call": {"to": "x"}}]}}]},
            "q": {"kind": "queue", "dead_letter": "x"},
            "e": {"kind": "exchange", "bindings": [{"to": "x"}, {"to": "q"}]}},
          "timeline": [{"at": "1s", "fault": {"partition": {"between": ["web", "x"]}}}],
          "view": {"primary": "x"}}"#;
        let mut json = Json::parse(text).expect("JSON");
        let removed = prune(&mut json, &|place| place.named == Named::Node && place.name == "x");
        let expected = r#"{"nodes": {"web": {"kind": "client", "operation": [
              {"all": [[{"sleep": "1s"}]]}, {"choose": [{"then": []}, {"then": []}]}]},
            "q": {"kind": "queue"}, "e": {"kind": "exchange", "bindings": [{"to": "q"}]}},
          "timeline": [], "view": {}}"#;
        assert_eq!(json, Json::parse(expected).expect("JSON"));
        assert_eq!(removed.last().map(String::as_str), Some("timeline[0]"));
        assert!(removed.contains(&"nodes.web.operation[1]".to_owned()), "{removed:?}");
    }
}
