//! The reader: walks a JSON value along its shape, fills in defaults and collects every diagnostic.

use super::diagnostic::nearest;
use super::shape::{Bounds, Field, Given, Record, Shape, Tagged, Word};
use super::{Diagnostic, Json};
use crate::base::{MAX_SAMPLE, parse_duration};

/// After so many diagnostics the rest of a text is not read.
const MAX_DIAGNOSTICS: usize = 200;
/// Steps of one operation, all branches together, and how deep they nest.
const MAX_STEPS: usize = 64;
const MAX_DEPTH: u32 = 8;

/// A node that references may name.
pub(super) struct Known {
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
pub(super) struct Reader {
    /// Where it stands.
    path: String,
    /// What is wrong, in the order of the text.
    pub found: Vec<Diagnostic>,
    /// What is right, but does not run yet.
    pub later: Vec<Diagnostic>,
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

    /// Reports something wrong here.
    pub fn wrong(&mut self, message: impl Into<String>, help: impl Into<String>) {
        if self.found.len() < MAX_DIAGNOSTICS {
            self.found.push(Diagnostic::new(&self.path, message, help));
        } else if self.found.len() == MAX_DIAGNOSTICS {
            self.found.push(Diagnostic::new(
                "",
                "there is more wrong than this",
                "mend these, then check again",
            ));
        }
    }

    /// Runs `read` one step further down: `.key`, or `[index]`.
    pub fn within<T>(&mut self, key: &str, read: impl FnOnce(&mut Self) -> T) -> T {
        let before = self.path.len();
        if before > 0 && !key.starts_with('[') {
            self.path.push('.');
        }
        self.path.push_str(key);
        let result = read(self);
        self.path.truncate(before);
        result
    }

    /// Runs `read` at an item of an array.
    pub fn item<T>(&mut self, at: usize, read: impl FnOnce(&mut Self) -> T) -> T {
        self.within(&format!("[{at}]"), read)
    }

    fn not_yet(&mut self, what: &str) {
        if self.later.len() < MAX_DIAGNOSTICS {
            self.later.push(Diagnostic::new(
                &self.path,
                [what, " is part of the language but does not run in this version yet"].concat(),
                "remove it to run the rest",
            ));
        }
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
            (Shape::Either(_, other), _) => return self.either(json, shape, other),
            (Shape::Text(max), Json::String(text)) => {
                if text.len() > *max as usize {
                    self.wrong(format!("this text is longer than {max} bytes"), "shorten it");
                }
            }
            (Shape::Name, Json::String(text)) => self.name(text),
            (Shape::Node(kinds), Json::String(id)) => self.node(id, kinds),
            (Shape::Number(bounds), Json::Number(number)) => self.number(*number, bounds),
            (Shape::Duration(positive), Json::String(text)) => self.duration(text, *positive),
            (Shape::Words(words), Json::String(text)) => self.word(text, words),
            (Shape::Pair(shapes), Json::Array(items)) if items.len() == 2 => {
                let pair = (0..2).map(|at| self.item(at, |r| r.read(&items[at], &shapes[at])));
                return Json::Array(pair.collect());
            }
            (Shape::List(of, max), Json::Array(items)) => {
                if items.len() > *max as usize {
                    self.wrong(format!("{} entries; at most {max} are allowed", items.len()), "remove some");
                    return Json::Null;
                }
                return self.list(items, of);
            }
            (Shape::Map(of, refer, max), Json::Object(members)) => {
                return self.map(members, of, *refer, *max);
            }
            (Shape::Steps, Json::Array(items)) => return self.operation(items),
            (Shape::Record(record), Json::Object(members)) => return self.record(members, record, None),
            (Shape::Tagged(tagged), Json::Object(members)) => return self.tagged(members, tagged),
            (Shape::Kinds(tagged), Json::Object(members)) => return self.kinds(members, tagged),
            _ => self.mistaken(json, shape),
        }
        json.clone()
    }

    /// Says what was expected instead of `json`.
    fn mistaken(&mut self, json: &Json, shape: &Shape) {
        if let (Shape::Duration(_), Json::Number(number)) = (shape, json) {
            let number = Json::Number(*number);
            return self.wrong(
                format!("{number} is a bare number where a duration is due"),
                format!("write it with its unit: \"{number}ms\" or \"{number}s\""),
            );
        }
        let (expected, help) = expectation(shape);
        let mut message = ["expected ", expected, ", found "].concat();
        match json {
            Json::Null => message.push_str("null"),
            Json::Bool(_) | Json::Number(_) => message.push_str(&json.to_string()),
            Json::String(text) if text.len() <= 60 => message.push_str(&json.to_string()),
            Json::String(_) => message.push_str("a string"),
            Json::Array(_) => message.push_str("an array"),
            Json::Object(_) => message.push_str("an object"),
        }
        self.wrong(message, help);
    }

    /// A value that is no string where a string of one shape or something else may stand.
    fn either(&mut self, json: &Json, whole: &Shape, other: &Shape) -> Json {
        let fits = match other {
            Shape::Number(_) => matches!(json, Json::Number(_)),
            _ => matches!(json, Json::Object(_)),
        };
        if fits {
            return self.read(json, other);
        }
        let Shape::Either(text, _) = whole else { return Json::Null };
        self.mistaken(json, if matches!(json, Json::Number(_)) { text } else { whole });
        Json::Null
    }

    fn name(&mut self, text: &str) {
        let mut bytes = text.bytes();
        let right = bytes.next().is_some_and(|byte| byte.is_ascii_lowercase())
            && bytes.all(|byte| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'_' | b'-'))
            && text.len() <= 40;
        if !right {
            self.wrong(
                if text.len() <= 60 { format!("\"{text}\" is no id") } else { "this is no id".to_owned() },
                "an id begins with a small letter and has at most 40 of a-z, 0-9, _ and -",
            );
        }
    }

    /// A reference to a node.
    fn node(&mut self, id: &str, kinds: &[&str]) {
        match self.nodes.iter().find(|node| node.id == id) {
            None => {
                let fitting = |node: &&Known| kinds.contains(&node.kind.as_str());
                let ids = || self.nodes.iter().filter(fitting).map(|node| node.id.as_str());
                let help = match nearest(id, ids()) {
                    Some(near) => format!("did you mean \"{near}\"?"),
                    None => one_of("name one of the nodes", ids()),
                };
                let shown = if id.len() <= 60 { id } else { "…" };
                self.wrong(format!("there is no node \"{shown}\""), help);
            }
            Some(node) if !node.kind.is_empty() && !kinds.contains(&node.kind.as_str()) => {
                let message = format!("\"{id}\" is a {}; expected a {}", node.kind, kinds.join(" or a "));
                let help = match (node.kind.as_str(), kinds) {
                    ("queue" | "exchange" | "log", ["service"]) => "to send it a message, use \"publish\"",
                    ("store", ["service"]) => "to use a store, write \"read\" or \"write\"",
                    ("service", ["queue", ..]) => {
                        "to ask a service, use \"call\"; or publish to a queue that it consumes"
                    }
                    _ => "name a node of the right kind",
                };
                self.wrong(message, help);
            }
            Some(_) => {}
        }
    }

    fn number(&mut self, number: f64, bounds: &Bounds) {
        let Bounds { min, max, above, whole } = *bounds;
        let within = number <= max && (number > min || (number == min && !above));
        if within && (!whole || number == libm::trunc(number)) {
            return;
        }
        let what = if whole { "a whole number" } else { "a number" };
        let (min, max) = (Json::Number(min), Json::Number(max));
        let from = if above { "above" } else { "from" };
        let to = if above { "up to" } else { "to" };
        self.wrong(
            format!("{} is out of range", Json::Number(number)),
            format!("write {what} {from} {min} {to} {max}"),
        );
    }

    fn duration(&mut self, text: &str, positive: bool) {
        if text.len() > 60 {
            return self
                .wrong("this is no duration", "write a number and a unit: \"20ms\", \"1.5s\" or \"2m\"");
        }
        match parse_duration(text) {
            Err(_) => self.wrong(
                format!("\"{text}\" is no duration"),
                "write a number and a unit (ns, us, ms, s, m, h): \"250us\", \"20ms\", \"1.5s\" or \"2m\"",
            ),
            Ok(duration) if duration > MAX_SAMPLE => {
                self.wrong(format!("\"{text}\" is too long"), "write at most \"1000h\"");
            }
            Ok(duration) if positive && duration.0 == 0 => {
                self.wrong(
                    "this duration must be longer than nothing",
                    "write \"1ns\" or longer, or leave it out",
                );
            }
            Ok(_) => {}
        }
    }

    fn word(&mut self, text: &str, words: &[Word]) {
        match words.iter().find(|word| word.word == text) {
            Some(word) if word.later => self.not_yet(&format!("\"{text}\"")),
            Some(_) => {}
            None => self.unknown("value", text, words.iter().map(|word| word.word)),
        }
    }

    /// An unknown `noun` called `name`, where there are `known` ones.
    pub fn unknown<'a>(&mut self, noun: &str, name: &str, known: impl Iterator<Item = &'a str> + Clone) {
        let help = match nearest(name, known.clone()) {
            Some(near) => format!("did you mean \"{near}\"?"),
            None => one_of("known here", known),
        };
        let name = if name.len() <= 60 { name } else { "…" };
        self.wrong(format!("unknown {noun} \"{name}\""), help);
    }

    fn list(&mut self, items: &[Json], of: &Shape) -> Json {
        Json::Array(items.iter().enumerate().map(|(at, item)| self.item(at, |r| r.read(item, of))).collect())
    }

    fn map(&mut self, members: &[(String, Json)], of: &Shape, refer: bool, max: u32) -> Json {
        if members.len() > max as usize {
            self.wrong(format!("{} entries; at most {max} are allowed", members.len()), "remove some");
            return Json::Null;
        }
        let mut full = Vec::with_capacity(members.len());
        for (at, (key, value)) in members.iter().enumerate() {
            self.within(key, |reader| {
                match refer {
                    true if !reader.nodes.iter().any(|node| node.id == *key) => reader.node(key, &[]),
                    true => {}
                    false => reader.name(key),
                }
                reader.twice(members, at);
                full.push((key.clone(), reader.read(value, of)));
            });
        }
        Json::Object(full)
    }

    /// Refuses a key that stands in the object before.
    fn twice(&mut self, members: &[(String, Json)], at: usize) {
        if members[..at].iter().any(|(key, _)| *key == members[at].0) {
            self.wrong("this key is written twice", "keep one of the two");
        }
    }

    fn operation(&mut self, items: &[Json]) -> Json {
        if self.depth == MAX_DEPTH {
            self.wrong("steps nest more than 8 deep", "move some of them into an operation of a service");
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
            self.wrong(
                format!("{} steps in one operation; at most {MAX_STEPS} are allowed", self.steps),
                "move some of them into an operation of a service",
            );
        }
        full
    }

    fn record(&mut self, members: &[(String, Json)], record: &Record, kind: Option<&str>) -> Json {
        let before = self.found.len();
        let known = || record.fields.iter().map(|field| field.key);
        for (at, (key, _)) in members.iter().enumerate() {
            if self.found.len() > MAX_DIAGNOSTICS {
                break;
            }
            let is_kind = kind.is_some() && key == "kind";
            if !is_kind && !known().any(|field| field == key) {
                let shown = if key.len() <= 60 { key } else { "…" };
                self.within(shown, |reader| reader.unknown("field", key, known()));
            } else if !is_kind {
                self.within(key, |reader| reader.twice(members, at));
            }
        }
        let mut full = Vec::with_capacity(record.fields.len() + 1);
        full.extend(kind.map(|kind| ("kind".to_owned(), kind.into())));
        for field in record.fields {
            let written = members.iter().find(|(key, _)| key == field.key).map(|(_, value)| value);
            full.push((field.key.to_owned(), self.field(written, field)));
        }
        let full = Json::Object(full);
        if let Some(check) = record.check
            && self.found.len() == before
        {
            check(&full, self);
        }
        full
    }

    fn field(&mut self, written: Option<&Json>, field: &Field) -> Json {
        let Some(written) = written else {
            return match field.given.json() {
                // The default may itself leave out what has a default.
                Some(given) => self.within(field.key, |reader| reader.read(&given, &field.shape)),
                None => {
                    let (expected, help) = expectation(&field.shape);
                    self.wrong(format!("the field \"{}\" is missing: {expected}", field.key), help);
                    Json::Null
                }
            };
        };
        self.within(field.key, |reader| {
            let full = reader.read(written, &field.shape);
            if field.later && !same_as_given(&full, field.given) {
                reader.not_yet(&format!("\"{}\"", field.key));
            }
            full
        })
    }

    fn tagged(&mut self, members: &[(String, Json)], tagged: &Tagged) -> Json {
        let known = || tagged.variants.iter().map(|variant| variant.key);
        let [(key, value)] = members else {
            let found = match members {
                [] => "none".to_owned(),
                _ => format!("{} of them", members.len()),
            };
            self.wrong(
                format!("expected exactly one {}, found {found}", tagged.noun),
                one_of("an object with one key, such as", known()),
            );
            return Json::Null;
        };
        let Some(variant) = tagged.variants.iter().find(|variant| variant.key == key) else {
            self.unknown(tagged.noun, key, known());
            return Json::Null;
        };
        let before = self.found.len();
        let full = self.within(key, |reader| {
            if variant.later {
                reader.not_yet(&format!("the {} \"{key}\"", tagged.noun));
            }
            reader.read(value, &variant.shape)
        });
        let full = Json::Object(vec![(key.clone(), full)]);
        if let Some(check) = tagged.check
            && self.found.len() == before
        {
            check(&full, self);
        }
        full
    }

    fn kinds(&mut self, members: &[(String, Json)], tagged: &Tagged) -> Json {
        let known = || tagged.variants.iter().map(|variant| variant.key);
        let kind = members.iter().position(|(key, _)| key == "kind");
        let Some((at, Json::String(kind))) = kind.map(|at| (at, &members[at].1)) else {
            self.wrong("this node has no \"kind\"", one_of("write one of", known()));
            return Json::Null;
        };
        if members[at + 1..].iter().any(|(key, _)| key == "kind") {
            self.within("kind", |reader| reader.wrong("this key is written twice", "keep one of the two"));
        }
        let Some(variant) = tagged.variants.iter().find(|variant| variant.key == kind) else {
            self.within("kind", |reader| reader.unknown(tagged.noun, kind, known()));
            return Json::Null;
        };
        if variant.later {
            self.not_yet(&format!("a node of kind \"{kind}\""));
        }
        self.kind.clone_from(kind);
        match variant.shape {
            Shape::Record(record) => self.record(members, record, Some(kind)),
            _ => Json::Null,
        }
    }
}

/// Whether a full value is the default.
fn same_as_given(full: &Json, given: Given) -> bool {
    given.json().is_some_and(|given| given == *full)
}

/// What a shape expects, and how to write it.
fn expectation(shape: &Shape) -> (&'static str, String) {
    let plain = |expected, help: &str| (expected, help.to_owned());
    match shape {
        Shape::Any => plain("a value", "write any JSON value"),
        Shape::Flag => plain("true or false", "write true or false, without quotes"),
        Shape::Text(_) => plain("a text", "write it in double quotes"),
        Shape::Name => plain("a name", "write it in double quotes"),
        Shape::Node(kinds) => {
            ("the id of a node", format!("name a {}, in double quotes", kinds.join(" or a ")))
        }
        Shape::Number(bounds) if bounds.whole => plain("a whole number", "write it without quotes: 3"),
        Shape::Number(_) => plain("a number", "write it without quotes: 0.5"),
        Shape::Duration(_) => plain("a duration", "write a number and a unit, in double quotes: \"20ms\""),
        Shape::Words(words) => ("a word", one_of("write one of", words.iter().map(|word| word.word))),
        Shape::Pair(_) => plain("an array of two", "write [first, second]"),
        Shape::List(..) => plain("an array", "write [ … ]"),
        Shape::Map(..) => plain("an object from names to values", "write { \"name\": … }"),
        Shape::Steps => plain("an array of steps", "write [ {\"work\": \"20ms\"} ]"),
        Shape::Record(record) => {
            ("an object", one_of("its fields", record.fields.iter().map(|field| field.key)))
        }
        Shape::Tagged(tagged) | Shape::Kinds(tagged) => {
            let keys = tagged.variants.iter().map(|variant| variant.key);
            ("an object with one key", one_of("one of", keys))
        }
        Shape::Nullable(inner) => expectation(inner),
        Shape::Either(Shape::Duration(_), Shape::Tagged(_)) => {
            plain("a distribution", "write \"20ms\" or {\"exponential\": \"20ms\"}")
        }
        Shape::Either(text, other) => {
            let ((_, first), (_, second)) = (expectation(text), expectation(other));
            ("another value", [&first, ", or ", &second].concat())
        }
    }
}

/// "lead: a, b, c", at most twelve of them.
fn one_of<'a>(lead: &str, names: impl Iterator<Item = &'a str>) -> String {
    let mut out = lead.to_owned();
    let mut names = names.peekable();
    let mut count = 0;
    while let Some(name) = names.next() {
        out.push_str(if count == 0 { ": " } else { ", " });
        out.push_str(name);
        count += 1;
        if count == 12 && names.peek().is_some() {
            out.push_str(", …");
            break;
        }
    }
    if count == 0 { [lead, ": there is none yet"].concat() } else { out }
}
