//! Completion of JSON text: what may stand at a cursor, by the tables of the language.

use super::places_in_text::{At, Span, cursor};
use super::tree::{Part, parts};
use crate::base::{Json, Text};
use crate::scenario::model::decode::Decode;
use crate::scenario::model::document::Document;
use crate::scenario::model::shape::{KeyShape, Record, Shape, about};

/// Something that may stand at a cursor.
#[derive(Clone, Debug, PartialEq)]
pub struct Completion {
    /// What it is called in a list.
    pub label: String,
    /// What is written in place of `replaces`.
    pub insert: String,
    /// The stretch of the text that it replaces, in bytes.
    pub replaces: Span,
    /// What it means; none for what has no words of its own, such as a node.
    pub about: Option<Text>,
}

/// What may stand at a byte of a text, which need not be right: keys that are not there yet, words, and the ids of nodes and
/// names of operations of `known`, the last right scenario as written. What begins like the word at the cursor comes
/// alone, if anything does.
pub fn completions(text: &str, offset: usize, known: &Json) -> Vec<Completion> {
    let at = cursor(text, offset);
    let mut all = Vec::new();
    if let Some(found) = locate(known, &at) {
        offer(&found, &at, known, &mut all);
    }
    let written = text.get(at.word.start..offset.clamp(at.word.start, text.len())).unwrap_or("");
    let written = written.trim_start_matches('"');
    if all.iter().any(|each: &Completion| each.label.starts_with(written)) {
        all.retain(|each| each.label.starts_with(written));
    }
    all
}

/// Where a path leads in the language.
struct Found {
    shape: &'static Shape,
    /// The kind of the node in which it is, and the node.
    node: String,
    /// The path of the record in which it is.
    record: String,
}

static DOCUMENT: Shape = Document::SHAPE;

/// The shape at the cursor. The kind of a node that is being written is that of the last right scenario.
fn locate(known: &Json, at: &At) -> Option<Found> {
    let mut found = Found { shape: &DOCUMENT, node: String::new(), record: String::new() };
    let mut path = String::new();
    for part in parts(&at.path) {
        let kind = super::tree::at(known, &path).and_then(|node| node.get("kind")).and_then(Json::as_str);
        found.record.clone_from(&path);
        match part {
            Part::Key(key) => {
                let dot = if path.is_empty() { "" } else { "." };
                path = [&path, dot, key].concat();
                if path.matches('.').count() == 1 && path.starts_with("nodes.") {
                    key.clone_into(&mut found.node);
                }
            }
            Part::Item(item) => path = [&path, "[", &item.to_string(), "]"].concat(),
        }
        found.shape = inside(found.shape, part, kind)?;
    }
    Some(found)
}

fn inside(shape: &'static Shape, part: Part, kind: Option<&str>) -> Option<&'static Shape> {
    match (shape, part) {
        (Shape::Nullable(inner), part) => inside(inner, part, kind),
        (Shape::Either(first, other), part) => {
            inside(other, part, kind).or_else(|| inside(first, part, kind))
        }
        (Shape::Record(record), Part::Key(key)) => field(record, key),
        (Shape::Tagged(tagged), Part::Key(key)) => tagged.variant(key).map(|variant| &variant.shape),
        (Shape::Kinds(tagged), Part::Key(key)) => match &tagged.variant(kind?)?.shape {
            Shape::Record(record) => field(record, key),
            _ => None,
        },
        (Shape::Map(of, ..), Part::Key(_)) => Some(*of),
        (Shape::List(of, _), Part::Item(_)) => Some(*of),
        (Shape::Steps(step), Part::Item(_)) => Some(step()),
        (Shape::Pair(shapes), Part::Item(item)) => shapes.get(item),
        _ => None,
    }
}

fn field(record: &'static Record, key: &str) -> Option<&'static Shape> {
    record.fields.iter().find(|field| field.key == key).map(|field| &field.shape)
}

fn offer(found: &Found, at: &At, known: &Json, all: &mut Vec<Completion>) {
    let nodes = known.get("nodes").map_or(&[][..], Json::members);
    let quoted = |label: &str, about: Option<Text>| Completion {
        label: label.to_owned(),
        insert: Json::from(label).to_string(),
        replaces: at.word.clone(),
        about,
    };
    let mut shape = found.shape;
    while let Shape::Nullable(inner) = shape {
        shape = inner;
    }
    if let Shape::Either(first, other) = shape {
        let halves = [*first, *other];
        halves.into_iter().for_each(|shape| {
            offer(&Found { shape, node: found.node.clone(), record: found.record.clone() }, at, known, all)
        });
        return;
    }
    if at.key {
        let fields = |record: &'static Record, all: &mut Vec<Completion>| {
            let left = record.fields.iter().filter(|field| !at.keys.iter().any(|key| key == field.key));
            all.extend(left.map(|field| quoted(field.key, Some(about(record.name, field.key)))));
        };
        match shape {
            Shape::Record(record) => fields(record, all),
            Shape::Tagged(tagged) if at.keys.is_empty() => {
                all.extend(tagged.keys().map(|key| quoted(key, Some(about(tagged.name, key)))));
            }
            Shape::Kinds(tagged) => {
                let kind =
                    super::tree::at(known, &at.path).and_then(|node| node.get("kind")).and_then(Json::as_str);
                if !at.keys.iter().any(|key| key == "kind") {
                    all.push(quoted("kind", None));
                }
                if let Some(Shape::Record(record)) =
                    kind.and_then(|kind| tagged.variant(kind)).map(|of| &of.shape)
                {
                    fields(record, all);
                }
            }
            Shape::Map(_, KeyShape::Nodes, _) => {
                let left = nodes.iter().filter(|(id, _)| !at.keys.contains(id));
                all.extend(left.map(|(id, _)| quoted(id, None)));
            }
            Shape::Map(_, KeyShape::Operations, _) => {
                operations(known, &found.node, &mut |name| all.push(quoted(name, None)))
            }
            _ => {}
        }
        return;
    }
    match shape {
        Shape::Words(words) => all.extend(words.iter().map(|word| quoted(word.word, None))),
        Shape::Flag => {
            let plain = |label: &str| Completion { insert: label.to_owned(), ..quoted(label, None) };
            all.extend([plain("true"), plain("false")]);
        }
        Shape::Node(kinds) => {
            let kind = |node: &Json| node.get("kind").and_then(Json::as_str).unwrap_or("").to_owned();
            let fit = nodes.iter().filter(|(_, node)| kinds.contains(&kind(node).as_str()));
            all.extend(fit.map(|(id, _)| quoted(id, None)));
        }
        Shape::Operation(of) => {
            let record = super::tree::at(known, &found.record).unwrap_or(&Json::Null);
            let service = super::names::service_of(record, of, &found.node).to_owned();
            operations(known, &service, &mut |name| all.push(quoted(name, None)));
        }
        _ => {}
    }
}

fn operations(known: &Json, service: &str, visit: &mut dyn FnMut(&str)) {
    let node = known.get("nodes").and_then(|nodes| nodes.get(service));
    let all = node.and_then(|node| node.get("operations")).map_or(&[][..], Json::members);
    all.iter().for_each(|(name, _)| visit(name));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_may_stand_at_a_cursor_follows_the_tables() {
        let text = r#"{"schema": 1, "nodes": {"web": {"kind": "client", "operation": [{"call": {"to": "app", "operation": "b"}}, {}]},
          "app": {"kind": "service", "discipline": "", "operations": {"book": [], "buy": []}}, "db": {"kind": "store", "unique": t}}}"#;
        let right = text.replace(r#""unique": t"#, r#""unique": true"#);
        let known = Json::parse(&right).expect("JSON");
        let labels = |before: &str| {
            let offset = text.find(before).expect("it is there") + before.len();
            completions(text, offset, &known).into_iter().map(|each| each.label).collect::<Vec<_>>()
        };
        assert_eq!(labels(r#""call": {"to": ""#), ["app"]);
        assert_eq!(labels(r#""operation": "b"#), ["book", "buy"]);
        assert_eq!(labels(r#""discipline": ""#), ["fifo", "lifo", "processor_sharing"]);
        assert_eq!(labels(r#""unique": t"#), ["true"]);
        assert!(labels(r#"}}, {"#).contains(&"publish".to_owned()));
        assert!(labels(r#""db": {"#).contains(&"kind".to_owned()));
        assert!(labels(r#"{"schema": 1, "#).contains(&"nodes".to_owned()));
        for offset in 0..text.len() {
            for each in completions(text, offset, &known) {
                assert!(each.replaces.start <= each.replaces.end && each.replaces.end <= text.len());
            }
        }
    }
}
