//! The reader: walks a JSON value along its shape, fills in defaults and collects every diagnostic.

use super::complain::{one_of, range, short};
use super::shape::{Bounds, Field, Record, Shape, Tagged, Word};
use super::words;
use crate::base::{Diagnostic, Json, MAX_SAMPLE, parse_duration};

/// After so many diagnostics the rest of a text is not read.
pub(super) const MAX_DIAGNOSTICS: usize = 200;
/// Steps of one operation, all branches together.
const MAX_STEPS: usize = 64;
/// How deep they nest.
const MAX_DEPTH: u32 = 8;

/// A node that references may name.
pub struct Known {
    /// Its id.
    pub id: String,
    /// Its kind; empty where that is not known.
    pub kind: String,
    /// The operations of a service.
    pub operations: Vec<String>,
    /// The replicas of a service.
    pub replicas: u32,
}

/// Walks a JSON value along its shape.
#[derive(Default)]
pub struct Reader {
    /// Where it stands.
    pub(super) path: String,
    /// What is wrong, in the order of the text.
    pub found: Vec<Diagnostic>,
    /// The nodes there are.
    pub nodes: Vec<Known>,
    /// The kind of the node that is being read.
    pub kind: String,
    steps: usize,
    depth: u32,
}

impl Reader {
    /// A reader that knows these nodes.
    pub fn new(nodes: Vec<Known>) -> Reader {
        Reader { nodes, ..Reader::default() }
    }

    /// One step further down; `leave` takes what comes back.
    #[inline(never)]
    pub fn enter(&mut self, key: &str) -> usize {
        let before = self.path.len();
        if before > 0 {
            self.path.push('.');
        }
        // A hostile key may be as long as the text; nobody reads that.
        self.path.push_str(if key.len() <= 100 { key } else { "…" });
        before
    }

    /// One step further down, to an item of an array.
    #[inline(never)]
    pub fn enter_item(&mut self, at: usize) -> usize {
        let before = self.path.len();
        self.path.push('[');
        self.path.push_str(&at.to_string());
        self.path.push(']');
        before
    }

    /// Back up again.
    pub fn leave(&mut self, before: usize) {
        self.path.truncate(before);
    }

    /// The value with its defaults filled in. Where it is wrong, diagnostics are added and what comes back must
    /// not be decoded.
    pub fn read(&mut self, json: &Json, shape: &Shape) -> Json {
        if self.found.len() > MAX_DIAGNOSTICS {
            return Json::Null;
        }
        match (shape, json) {
            (Shape::Any, _) | (Shape::Nullable(_), Json::Null) | (Shape::Flag, Json::Bool(_)) => {}
            (Shape::Nullable(inner), _) => return self.read(json, inner),
            (Shape::Either(text, _), Json::String(_)) => return self.read(json, text),
            (Shape::Either(text, other), _) => return self.either(json, shape, text, other),
            (Shape::Text(max), Json::String(text)) => {
                if text.len() > *max as usize {
                    self.wrong(&words::LONG_TEXT, &[&max.to_string()]);
                }
            }
            (Shape::Name, Json::String(text)) => self.name(text, true),
            (Shape::Node(kinds), Json::String(id)) => self.node(id, kinds),
            (Shape::Number(bounds), Json::Number(number)) => self.number(*number, bounds),
            (Shape::Duration(positive), Json::String(text)) => self.duration(text, *positive),
            (Shape::Words(words), Json::String(text)) => self.word(text, words),
            (Shape::Pair(shapes), Json::Array(items)) if items.len() == 2 => {
                return Json::Array((0..2).map(|at| self.item(at, &items[at], &shapes[at])).collect());
            }
            (Shape::List(of, max), Json::Array(items)) => {
                return if self.few(items.len(), *max) { self.list(items, of) } else { Json::Null };
            }
            (Shape::Map(of, refer, max), Json::Object(members)) => {
                return if self.few(members.len(), *max) {
                    self.map(members, of, *refer)
                } else {
                    Json::Null
                };
            }
            (Shape::Steps, Json::Array(items)) => return self.operation(items),
            (Shape::Record(record), Json::Object(members)) => return self.record(members, record, None),
            (Shape::Tagged(tagged), Json::Object(members)) => return self.tagged(members, tagged),
            (Shape::Kinds(tagged), Json::Object(members)) => return self.kinds(members, tagged),
            _ => self.mistaken(json, shape),
        }
        json.clone()
    }

    /// A value that is no string where a string of one shape or something else may stand.
    fn either(&mut self, json: &Json, whole: &Shape, text: &Shape, other: &Shape) -> Json {
        let fits = match other {
            Shape::Number(_) => matches!(json, Json::Number(_)),
            _ => matches!(json, Json::Object(_)),
        };
        if fits {
            return self.read(json, other);
        }
        self.mistaken(json, if matches!(json, Json::Number(_)) { text } else { whole });
        Json::Null
    }

    /// A new id, or (`camel`) the name of an operation or a group, which may have capitals within: `createOrder`.
    fn name(&mut self, text: &str, camel: bool) {
        let mut bytes = text.bytes();
        let right = bytes.next().is_some_and(|byte| byte.is_ascii_lowercase())
            && bytes.all(|byte| {
                matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'_' | b'-') || camel && byte.is_ascii_uppercase()
            })
            && text.len() <= 40;
        if !right {
            self.wrong(&words::NO_ID, &[short(text)]);
        }
    }

    fn number(&mut self, number: f64, bounds: &Bounds) {
        let Bounds { min, max, above, whole } = *bounds;
        let within = number <= max && (number > min || (number == min && !above));
        if within && (!whole || number == libm::trunc(number)) {
            return;
        }
        let problem = if within { words::NOT_WHOLE } else { words::OUT_OF_RANGE };
        self.wrong(&problem, &[&Json::Number(number).to_string(), &range(bounds)]);
    }

    fn duration(&mut self, text: &str, positive: bool) {
        match parse_duration(short(text)) {
            Err(_) => self.wrong(&words::NO_DURATION, &[short(text)]),
            Ok(duration) if duration > MAX_SAMPLE => self.wrong(&words::LONG_DURATION, &[text]),
            Ok(duration) if positive && duration.0 == 0 => self.wrong(&words::NO_TIME, &[]),
            Ok(_) => {}
        }
    }

    fn word(&mut self, text: &str, words: &[Word]) {
        if !words.iter().any(|word| word.word == text) {
            self.unknown(words::VALUE, text, &mut words.iter().map(|word| word.word));
        }
    }

    /// Refuses more than `max` entries.
    fn few(&mut self, count: usize, max: u32) -> bool {
        let few = count <= max as usize;
        if !few {
            let (count, max) = (count.to_string(), max.to_string());
            self.wrong(&words::TOO_MANY, &[&count, &max]);
        }
        few
    }

    fn item(&mut self, at: usize, item: &Json, of: &Shape) -> Json {
        let before = self.enter_item(at);
        let full = self.read(item, of);
        self.leave(before);
        full
    }

    fn list(&mut self, items: &[Json], of: &Shape) -> Json {
        Json::Array(items.iter().enumerate().map(|(at, item)| self.item(at, item, of)).collect())
    }

    fn map(&mut self, members: &[(String, Json)], of: &Shape, refer: bool) -> Json {
        let mut full = Vec::with_capacity(members.len());
        for (at, (key, value)) in members.iter().enumerate() {
            let before = self.enter(key);
            if !refer {
                self.name(key, matches!(of, Shape::Steps));
            } else if !self.nodes.iter().any(|node| node.id == *key) {
                self.node(key, &[]);
            }
            self.twice(members, at);
            full.push((key.clone(), self.read(value, of)));
            self.leave(before);
        }
        Json::Object(full)
    }

    /// Refuses a key that stands in the object before.
    fn twice(&mut self, members: &[(String, Json)], at: usize) {
        if members[..at].iter().any(|(key, _)| *key == members[at].0) {
            self.wrong(&words::TWICE, &[]);
        }
    }

    fn operation(&mut self, items: &[Json]) -> Json {
        if self.depth == MAX_DEPTH {
            self.wrong(&words::STEPS_NEST, &[]);
            return Json::Null;
        }
        if self.depth == 0 {
            self.steps = 0;
        }
        self.steps += items.len();
        self.depth += 1;
        let full = self.list(items, &super::model::STEP);
        self.depth -= 1;
        if self.depth == 0 && self.steps > MAX_STEPS {
            let count = self.steps.to_string();
            self.wrong(&words::MANY_STEPS, &[&count]);
        }
        full
    }

    fn record(&mut self, members: &[(String, Json)], record: &Record, kind: Option<&str>) -> Json {
        let wrong_before = self.found.len();
        self.keys(members, record, kind.is_some());
        let mut full = Vec::with_capacity(record.fields.len() + 1);
        full.extend(kind.map(|kind| ("kind".to_owned(), kind.into())));
        for field in record.fields {
            let written = members.iter().find(|(key, _)| key == field.key).map(|(_, value)| value);
            full.push((field.key.to_owned(), self.field(written, field)));
        }
        let full = Json::Object(full);
        if let Some(check) = record.check
            && self.found.len() == wrong_before
        {
            check(&full, self);
        }
        full
    }

    /// Refuses unknown keys and keys that are written twice.
    fn keys(&mut self, members: &[(String, Json)], record: &Record, has_kind: bool) {
        for (at, (key, _)) in members.iter().enumerate() {
            if self.found.len() > MAX_DIAGNOSTICS {
                return;
            }
            let before = self.enter(key);
            if (has_kind && key == "kind") || record.fields.iter().any(|field| field.key == key) {
                self.twice(members, at);
            } else {
                self.unknown(words::FIELD, key, &mut record.fields.iter().map(|field| field.key));
            }
            self.leave(before);
        }
    }

    fn field(&mut self, written: Option<&Json>, field: &Field) -> Json {
        let before = self.enter(field.key);
        let full = match (written, field.given.json()) {
            (Some(written), _) => self.read(written, &field.shape),
            // The default may itself leave out what has a default.
            (None, Some(given)) => self.read(&given, &field.shape),
            (None, None) => {
                self.leave(before);
                self.missing(field);
                Json::Null
            }
        };
        self.leave(before);
        full
    }

    fn tagged(&mut self, members: &[(String, Json)], tagged: &Tagged) -> Json {
        let [(key, value)] = members else {
            let problem = if members.is_empty() { words::NOT_ONE } else { words::SEVERAL };
            let help = one_of(words::ONE_KEY, &mut tagged.keys());
            self.wrong(&problem, &[tagged.noun, &help]);
            return Json::Null;
        };
        let Some(variant) = tagged.variants.iter().find(|variant| variant.key == key) else {
            self.unknown(tagged.noun, key, &mut tagged.keys());
            return Json::Null;
        };
        let wrong_before = self.found.len();
        let before = self.enter(key);
        let full = self.read(value, &variant.shape);
        self.leave(before);
        let full = Json::Object(vec![(key.clone(), full)]);
        if let Some(check) = tagged.check
            && self.found.len() == wrong_before
        {
            check(&full, self);
        }
        full
    }

    fn kinds(&mut self, members: &[(String, Json)], tagged: &Tagged) -> Json {
        let kind = members.iter().find(|(key, _)| key == "kind").map(|(_, kind)| kind);
        let Some(Json::String(kind)) = kind else {
            let help = one_of(words::WORD.help, &mut tagged.keys());
            self.wrong(&words::NO_KIND, &[&help]);
            return Json::Null;
        };
        let Some(variant) = tagged.variants.iter().find(|variant| variant.key == kind) else {
            let before = self.enter("kind");
            self.unknown(tagged.noun, kind, &mut tagged.keys());
            self.leave(before);
            return Json::Null;
        };
        self.kind.clone_from(kind);
        match variant.shape {
            Shape::Record(record) => self.record(members, record, Some(kind)),
            _ => Json::Null,
        }
    }
}
