//! The JSON Schema of the language, made from its tables.

use crate::base::{Json, SimDuration};
use crate::scenario::model::decode::Decode;
use crate::scenario::model::document::Document;
use crate::scenario::model::shape::{Bounds, Field, Record, Shape, Tagged};
use crate::scenario::model::step::Step;

/// The JSON Schema (draft 2020-12) of the language: every field with its description, bounds and default.
///
/// It says what a text must look like; that references name what exists, and limits over several parts, are
/// checked by [`Scenario::read`](crate::scenario::Scenario::read) alone.
pub fn schema() -> Json {
    let mut schema = Schema { defs: Vec::new() };
    schema.define("id", || {
        object([
            ("type", "string".into()),
            ("pattern", "^[a-z][a-z0-9_-]{0,39}$".into()),
            ("description", "A name: a small letter, then at most 39 of a-z, 0-9, _ and -.".into()),
        ])
    });
    schema.define("name", || {
        object([
            ("type", "string".into()),
            ("pattern", "^[a-z][a-zA-Z0-9_-]{0,39}$".into()),
            ("description", "A small letter, then at most 39 letters, digits, _ and -.".into()),
        ])
    });
    schema.define("duration", || {
        let pattern = "^\\s*([0-9]+(\\.[0-9]*)?|\\.[0-9]+)\\s*(ns|us|µs|μs|ms|s|m|h)\\s*$";
        let about =
            "A duration with its unit, such as \"250us\", \"20ms\", \"1.5s\" or \"2m\"; at most \"1000h\".";
        object([("type", "string".into()), ("pattern", pattern.into()), ("description", about.into())])
    });
    let root = schema.of(&Document::SHAPE);
    let steps = schema.of(&Step::SHAPE);
    schema.define("Steps", || {
        let about = "Steps, one after the other: at most 64 in one operation, nested at most 8 deep.";
        object([("type", "array".into()), ("items", steps), ("description", about.into())])
    });
    let Json::Object(mut members) = root else { return Json::Null };
    members.splice(
        0..0,
        [
            ("$schema".to_owned(), "https://json-schema.org/draft/2020-12/schema".into()),
            ("title".to_owned(), "Cascade scenario".into()),
        ],
    );
    members.push(("$defs".to_owned(), Json::Object(schema.defs)));
    Json::Object(members)
}

/// A schema in the making.
struct Schema {
    defs: Vec<(String, Json)>,
}

impl Schema {
    /// Adds a definition.
    fn define(&mut self, name: &str, json: impl FnOnce() -> Json) {
        self.defs.push((name.to_owned(), json()));
    }

    /// A reference to the definition of a type, which is made where it is not there yet.
    fn named(&mut self, name: &str, make: impl FnOnce(&mut Self) -> Json) -> Json {
        if !self.defs.iter().any(|(other, _)| other == name) {
            let at = self.defs.len();
            self.defs.push((name.to_owned(), Json::Null));
            self.defs[at].1 = make(self);
        }
        reference(name)
    }

    fn of(&mut self, shape: &Shape) -> Json {
        match shape {
            Shape::Any => object([]),
            Shape::Flag => object([("type", "boolean".into())]),
            Shape::Text(max) => object([("type", "string".into()), ("maxLength", f64::from(*max).into())]),
            Shape::Path => self.of(&Shape::Text(Shape::LONGEST_PATH)),
            Shape::Name | Shape::Operation(_) => reference("name"),
            Shape::Node(kinds) => {
                let about = ["The id of a ", &kinds.join(" or a "), "."].concat();
                object([("$ref", "#/$defs/id".into()), ("description", about.as_str().into())])
            }
            Shape::Number(bounds) => number(bounds),
            Shape::Duration(SimDuration(0)) => reference("duration"),
            Shape::Duration(least) => {
                let about = match least.0 {
                    1 => "Longer than 0s.".to_owned(),
                    _ => format!("At least {least}."),
                };
                object([("$ref", "#/$defs/duration".into()), ("description", about.as_str().into())])
            }
            Shape::Words(words) => {
                let words = words.iter().map(|word| word.word.into()).collect();
                object([("enum", Json::Array(words))])
            }
            Shape::Pair(shapes) => {
                let items = shapes.iter().map(|shape| self.of(shape)).collect();
                object([
                    ("type", "array".into()),
                    ("prefixItems", Json::Array(items)),
                    ("items", false.into()),
                    ("minItems", 2.0.into()),
                ])
            }
            Shape::List(of, max) => object([
                ("type", "array".into()),
                ("items", self.of(of)),
                ("maxItems", f64::from(*max).into()),
            ]),
            Shape::Map(of, keys, max) => object([
                ("type", "object".into()),
                ("propertyNames", reference(if keys.of_operations() { "name" } else { "id" })),
                ("additionalProperties", self.of(of)),
                ("maxProperties", f64::from(*max).into()),
            ]),
            Shape::Steps(_) => reference("Steps"),
            Shape::Record(record) => self.named(record.name, |schema| schema.record(record, None)),
            Shape::Tagged(tagged) => self.named(tagged.name, |schema| schema.tagged(tagged)),
            Shape::Kinds(tagged) => self.named(tagged.name, |schema| schema.tagged(tagged)),
            Shape::Nullable(inner) => {
                let null = object([("type", "null".into())]);
                object([("anyOf", Json::Array(vec![self.of(inner), null]))])
            }
            Shape::Either(text, other) => {
                object([("anyOf", Json::Array(vec![self.of(text), self.of(other)]))])
            }
        }
    }

    /// An object with known fields, and with the field `kind` where it is a node.
    fn record(&mut self, record: &Record, kind: Option<&str>) -> Json {
        let kinds = kind.map(|kind| ("kind".to_owned(), object([("const", kind.into())])));
        let mut required: Vec<Json> = kind.map(|_| "kind".into()).into_iter().collect();
        let mut properties: Vec<_> = kinds.into_iter().collect();
        for field in record.fields {
            if field.default.is_none() {
                required.push(field.key.into());
            }
            properties.push((field.key.to_owned(), self.field(field)));
        }
        object([
            ("type", "object".into()),
            ("description", record.about.trim().into()),
            ("properties", Json::Object(properties)),
            ("required", Json::Array(required)),
            ("additionalProperties", false.into()),
        ])
    }

    /// A field: what it must look like, what it is, and what holds where it is left out.
    fn field(&mut self, field: &Field) -> Json {
        let mut json = self.of(&field.shape);
        if let Json::Object(members) = &mut json {
            members.retain(|(key, _)| key != "description");
            members.push(("description".to_owned(), field.about.trim().into()));
            members.extend(field.default().map(|given| ("default".to_owned(), given)));
        }
        json
    }

    /// One of several variants.
    fn tagged(&mut self, tagged: &Tagged) -> Json {
        let mut variants = Vec::new();
        for variant in tagged.variants {
            variants.push(match variant.shape {
                Shape::Record(record) if tagged.name == "Node" => self.record(record, Some(variant.key)),
                shape => object([
                    ("type", "object".into()),
                    ("description", variant.about.trim().into()),
                    ("properties", Json::Object(vec![(variant.key.to_owned(), self.of(&shape))])),
                    ("required", Json::Array(vec![variant.key.into()])),
                    ("additionalProperties", false.into()),
                ]),
            });
        }
        object([("description", tagged.about.trim().into()), ("oneOf", Json::Array(variants))])
    }
}

fn number(bounds: &Bounds) -> Json {
    let least = if bounds.above { "exclusiveMinimum" } else { "minimum" };
    let kind = if bounds.whole { "integer" } else { "number" };
    object([("type", kind.into()), (least, bounds.min.into()), ("maximum", bounds.max.into())])
}

fn reference(name: &str) -> Json {
    object([("$ref", ["#/$defs/", name].concat().as_str().into())])
}

fn object<const N: usize>(members: [(&str, Json); N]) -> Json {
    Json::Object(members.into_iter().map(|(key, value)| (key.to_owned(), value)).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Visits every object of a JSON value.
    fn each(json: &Json, visit: &mut impl FnMut(&Json)) {
        visit(json);
        json.members().iter().for_each(|(_, value)| each(value, visit));
        json.items().iter().for_each(|item| each(item, visit));
    }

    #[test]
    fn every_reference_resolves_and_every_part_is_described() {
        let schema = schema();
        let defs = schema.get("$defs").expect("definitions");
        each(&schema, &mut |json| {
            if let Some(name) = json.get("$ref").and_then(Json::as_str) {
                let name = name.strip_prefix("#/$defs/").expect("a definition");
                assert!(defs.get(name).is_some(), "{name} is not defined");
            }
            // What has fields or variants is a type, and its fields are described.
            let fields = json.get("properties").filter(|_| json.get("required").is_some());
            let described =
                |json: &Json| json.get("description").and_then(Json::as_str).is_some_and(|d| d.len() > 3);
            if fields.is_some() {
                assert!(described(json), "a type without a description: {json}");
            }
        });
        for (name, def) in defs.members() {
            for (key, field) in def.get("properties").map_or(&[][..], Json::members) {
                let about = field.get("description").and_then(Json::as_str).unwrap_or("");
                assert!(about.len() > 1, "{name}.{key} has no description");
            }
        }
    }
}
