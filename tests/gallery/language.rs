//! That the gallery shows the whole language: whatever the schema lets one choose is chosen by some entry.

use std::collections::BTreeSet;

use cascade::base::Json;
use cascade::scenario::schema;

use crate::entries;

/// Types that are about the drawing, not about the system.
const DRAWING: [&str; 2] = ["View", "Knob"];

/// The schema, and the choices that were met.
struct Walk {
    schema: Json,
    met: BTreeSet<String>,
}

impl Walk {
    fn new() -> Walk {
        Walk { schema: schema(), met: BTreeSet::new() }
    }

    /// The definition that a schema refers to by name, or the schema itself.
    fn resolve<'a>(&'a self, json: &'a Json) -> (Option<&'a str>, &'a Json) {
        let name = json.get("$ref").and_then(Json::as_str).and_then(|path| path.strip_prefix("#/$defs/"));
        let found = name.and_then(|name| self.schema.get("$defs")?.get(name));
        (name, found.unwrap_or(json))
    }

    /// Whether a value has the form that a schema asks for, seen from outside.
    fn fits(&self, schema: &Json, value: &Json) -> bool {
        let (_, schema) = self.resolve(schema);
        if let Some(forms) = schema.get("anyOf") {
            return forms.items().iter().any(|form| self.fits(form, value));
        }
        let kind = schema.get("type").and_then(Json::as_str);
        match value {
            Json::Null => kind == Some("null"),
            Json::String(_) => kind == Some("string") || schema.get("enum").is_some(),
            Json::Number(_) => kind == Some("number") || kind == Some("integer"),
            Json::Object(_) => kind == Some("object") || schema.get("oneOf").is_some(),
            Json::Array(_) => kind == Some("array"),
            Json::Bool(_) => kind == Some("boolean"),
        }
    }

    /// Meets what a value chooses. `place` is what the value is called: a type, or a field of one.
    fn meet(&mut self, place: &str, schema: &Json, value: &Json) {
        let (name, schema) = self.resolve(schema);
        let place = name.unwrap_or(place).to_owned();
        let schema = schema.clone();
        if let Some(forms) = schema.get("anyOf") {
            if let Some(form) = forms.items().iter().find(|form| self.fits(form, value)) {
                if *value != Json::Null && optional(&schema) {
                    self.met.insert(place.clone());
                }
                self.meet(&place, form, value);
            }
            return;
        }
        if schema.get("enum").is_some() {
            self.met.insert(format!("{place}={}", value.as_str().unwrap_or("")));
        }
        for variant in schema.get("oneOf").map_or(&[][..], Json::items) {
            let key = key(variant);
            let chosen =
                value.get("kind").and_then(Json::as_str).or_else(|| Some(&value.members().first()?.0));
            if chosen == Some(&key) {
                self.met.insert(format!("{place}.{key}"));
                self.record(&format!("{place}.{key}"), variant, value);
            }
        }
        self.record(&place, &schema, value);
        for item in value.items() {
            schema.get("items").into_iter().for_each(|form| self.meet(&place, form, item));
        }
    }

    /// Meets what the fields of a value choose.
    fn record(&mut self, place: &str, schema: &Json, value: &Json) {
        for (name, value) in value.members() {
            let field = schema.get("properties").and_then(|fields| fields.get(name));
            match (field, schema.get("additionalProperties")) {
                (Some(field), _) => self.meet(&format!("{place}.{name}"), field, value),
                (None, Some(form @ Json::Object(_))) => self.meet(place, form, value),
                _ => {}
            }
        }
    }

    /// Every choice that the schema offers.
    fn offered(&self) -> BTreeSet<String> {
        let mut offered = BTreeSet::new();
        for (name, schema) in self.schema.get("$defs").map_or(&[][..], Json::members) {
            if DRAWING.contains(&name.as_str()) {
                continue;
            }
            for variant in schema.get("oneOf").map_or(&[][..], Json::items) {
                let place = format!("{name}.{}", key(variant));
                fields(&place, variant, &mut offered);
                offered.insert(place);
            }
            fields(name, schema, &mut offered);
        }
        offered
    }
}

/// The choices that the fields of a type offer: words, and what may be left out.
fn fields(place: &str, schema: &Json, offered: &mut BTreeSet<String>) {
    for (name, field) in schema.get("properties").map_or(&[][..], Json::members) {
        let place = format!("{place}.{name}");
        words(&place, field, offered);
        if optional(field) {
            offered.insert(place);
        }
    }
}

/// The words that may stand in a field.
fn words(place: &str, schema: &Json, offered: &mut BTreeSet<String>) {
    let own = schema.get("enum").map_or(&[][..], Json::items).iter().filter_map(Json::as_str);
    offered.extend(own.map(|word| format!("{place}={word}")));
    let forms = schema.get("anyOf").map_or(&[][..], Json::items).iter().chain(schema.get("items"));
    for form in forms {
        words(place, form, offered);
    }
}

/// Whether a field may be null.
fn optional(schema: &Json) -> bool {
    let forms = schema.get("anyOf").map_or(&[][..], Json::items);
    forms.iter().any(|form| form.get("type").and_then(Json::as_str) == Some("null"))
}

/// What a variant is called: the kind of a node, or its only field.
fn key(variant: &Json) -> String {
    let fields = variant.get("properties").expect("a variant has fields");
    let kind = fields.get("kind").and_then(|kind| kind.get("const")).and_then(Json::as_str);
    kind.unwrap_or(&fields.members()[0].0).to_owned()
}

#[test]
fn the_gallery_shows_the_whole_language() {
    let mut walk = Walk::new();
    for entry in entries() {
        let scenario = entry.scenario();
        for part in ["nodes", "links", "timeline", "network"] {
            // With the defaults: what is chosen by saying nothing is shown too.
            let full = scenario.get(part).expect("every scenario has it");
            let (_, document) = walk.resolve(&walk.schema);
            let field = document.get("properties").and_then(|fields| fields.get(part)).cloned();
            walk.meet(part, &field.expect("the schema has it"), &full);
        }
    }
    let offered = walk.offered();
    let unmet: Vec<&String> = offered.iter().filter(|choice| !walk.met.contains(*choice)).collect();
    assert!(unmet.is_empty(), "no entry shows {unmet:#?}");
    for known in ["Node.log", "Step.saga", "Fault.poison", "Call.hedge", "Node.service.discipline=lifo"] {
        assert!(offered.contains(known), "{known} is not among the choices: {offered:#?}");
    }
    assert!(offered.len() > 100, "{} choices: the schema is not read as it is", offered.len());
}
