//! The reader: walks a JSON value along its shape, fills in defaults and collects every diagnostic.

use super::expect::{missing, mistaken, range};
use crate::base::{Cursor, Json, MAX_SAMPLE, NoDuration, Number, SimDuration, read_duration};
use crate::scenario::model::shape::{Bounds, Check, Field, KeyShape, Record, Shape, Tagged, Word};
use crate::scenario::report::{Known, Report, names, short};

/// Steps of one operation, all branches together.
const MAX_STEPS: usize = 64;
/// How deep they nest.
const MAX_DEPTH: u32 = 8;

/// Walks a JSON value along its shape.
#[derive(Default)]
pub struct Reader {
    /// The mistakes found, and what references may name.
    pub report: Report,
    /// The steps of the operation that is being read.
    steps: usize,
    /// How deep in it the reader stands.
    depth: u32,
}

impl Reader {
    /// A reader that knows these nodes.
    pub fn new(nodes: Vec<Known>) -> Reader {
        Reader { report: Report { nodes, ..Report::default() }, ..Reader::default() }
    }

    /// The value with its defaults filled in. Where it is wrong, diagnostics are added and what comes back must
    /// not be decoded.
    pub fn read(&mut self, at: &Cursor, shape: &Shape) -> Json {
        if self.report.problems.is_full() {
            return Json::Null;
        }
        match (shape, at.json) {
            (Shape::Any, _) | (Shape::Nullable(_), Json::Null) | (Shape::Flag, Json::Bool(_)) => {}
            (Shape::Nullable(inner), _) => return self.read(at, inner),
            (Shape::Either(first, _), json) if first.is_written_as(json) => return self.read(at, first),
            (Shape::Either(first, other), _) => return self.either(at, shape, first, other),
            (Shape::Text(max), Json::String(text)) => {
                if text.len() > *max as usize {
                    self.report
                        .wrong(at, problem!("scenario.long-text", bytes = Number::Digits((*max).into())));
                }
            }
            (Shape::Path, Json::String(_)) => return self.read(at, &Shape::Text(Shape::LONGEST_PATH)),
            (Shape::Name | Shape::Operation(_), Json::String(text)) => self.name(at, text, true),
            (Shape::Node(kinds), Json::String(id)) => self.report.node(at, id, kinds),
            (Shape::Number(bounds), Json::Number(number)) => self.number(at, *number, bounds),
            (Shape::Duration(least), Json::String(text)) => self.duration(at, text, *least),
            (Shape::Words(words), Json::String(text)) => self.word(at, text, words),
            (Shape::Pair(shapes), Json::Array(items)) if items.len() == 2 => {
                let item = |n: usize| self.read(&at.item(n, &items[n]), &shapes[n]);
                return Json::Array((0..2).map(item).collect());
            }
            (Shape::List(of, max), Json::Array(items)) => {
                return if self.few(at, items.len(), *max) { self.list(at, items, of) } else { Json::Null };
            }
            (Shape::Map(of, keys, max), Json::Object(members)) => {
                let few = self.few(at, members.len(), *max);
                return if few { self.map(at, members, of, *keys) } else { Json::Null };
            }
            (Shape::Steps(step), Json::Array(items)) => return self.operation(at, items, step()),
            (Shape::Record(record), Json::Object(members)) => return self.record(at, members, record, None),
            (Shape::Tagged(tagged), Json::Object(members)) => return self.tagged(at, members, tagged),
            (Shape::Kinds(tagged), Json::Object(members)) => return self.kinds(at, members, tagged),
            _ => mistaken(&mut self.report, at, shape),
        }
        at.json.clone()
    }

    /// A value that is not written as the first of two shapes.
    fn either(&mut self, at: &Cursor, whole: &Shape, first: &Shape, other: &Shape) -> Json {
        if other.is_written_as(at.json) || matches!((other, at.json), (Shape::Tagged(_), Json::Object(_))) {
            return self.read(at, other);
        }
        mistaken(&mut self.report, at, if matches!(at.json, Json::Number(_)) { first } else { whole });
        Json::Null
    }

    /// A new id, or (`camel`) the name of an operation or a group, which may have capitals within: `createOrder`.
    fn name(&mut self, at: &Cursor, text: &str, camel: bool) {
        let mut bytes = text.bytes();
        let right = bytes.next().is_some_and(|byte| byte.is_ascii_lowercase())
            && bytes.all(|byte| {
                matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'_' | b'-') || camel && byte.is_ascii_uppercase()
            })
            && text.len() <= 40;
        if !right {
            self.report.wrong(at, problem!("scenario.no-id", text = short(text)));
        }
    }

    fn number(&mut self, at: &Cursor, number: f64, bounds: &Bounds) {
        let Bounds { min, max, above, whole } = *bounds;
        let within = number <= max && (number > min || (number == min && !above));
        if within && (!whole || number == libm::trunc(number)) {
            return;
        }
        let shown = Json::Number(number).to_string();
        let message = if within {
            say!("scenario.not-whole", number = &shown)
        } else {
            say!("scenario.out-of-range", number = &shown)
        };
        self.report.tell(at.path.clone(), message, range(bounds));
    }

    fn duration(&mut self, at: &Cursor, text: &str, least: SimDuration) {
        match read_duration(short(text)) {
            Err(NoDuration::TooFine) => {
                self.report.wrong(at, problem!("scenario.fine-duration", text = text))
            }
            Err(_) => self.report.wrong(at, problem!("scenario.no-duration", text = short(text))),
            Ok(duration) if duration > MAX_SAMPLE => {
                self.report.wrong(at, problem!("scenario.long-duration", text = text))
            }
            Ok(SimDuration::ZERO) if least.0 == 1 => self.report.wrong(at, problem!("scenario.no-time")),
            Ok(duration) if duration < least => {
                self.report.wrong(at, problem!("scenario.short-interval", least = &least.to_string()))
            }
            Ok(_) => {}
        }
    }

    fn word(&mut self, at: &Cursor, text: &str, words: &[Word]) {
        if !words.iter().any(|word| word.word == text) {
            let known: Vec<&str> = words.iter().map(|word| word.word).collect();
            self.report.unknown(&at.path, "value", text, &known);
        }
    }

    /// Refuses more than `max` entries.
    fn few(&mut self, at: &Cursor, count: usize, max: u32) -> bool {
        let few = count <= max as usize;
        if !few {
            let [count, most] = [count as u64, max.into()].map(Number::Digits);
            self.report.wrong(at, problem!("scenario.too-many", count = count, most = most));
        }
        few
    }

    fn list(&mut self, at: &Cursor, items: &[Json], of: &Shape) -> Json {
        Json::Array(items.iter().enumerate().map(|(n, item)| self.read(&at.item(n, item), of)).collect())
    }

    fn map(&mut self, at: &Cursor, members: &[(String, Json)], of: &Shape, keys: KeyShape) -> Json {
        let mut full = Vec::with_capacity(members.len());
        for (n, (key, value)) in members.iter().enumerate() {
            let inside = at.child(key, value);
            match keys {
                KeyShape::Nodes => self.report.node(&inside, key, &[]),
                KeyShape::Ids => self.name(&inside, key, false),
                KeyShape::Names | KeyShape::Operations => self.name(&inside, key, true),
            }
            self.twice(&inside, members, n);
            full.push((key.clone(), self.read(&inside, of)));
        }
        Json::Object(full)
    }

    /// Refuses a key that stands in the object before.
    fn twice(&mut self, at: &Cursor, members: &[(String, Json)], n: usize) {
        if members[..n].iter().any(|(key, _)| *key == members[n].0) {
            self.report.wrong(at, problem!("scenario.twice"));
        }
    }

    fn operation(&mut self, at: &Cursor, items: &[Json], step: &Shape) -> Json {
        if self.depth == MAX_DEPTH {
            self.report.wrong(at, problem!("scenario.steps-nest"));
            return Json::Null;
        }
        if self.depth == 0 {
            self.steps = 0;
        }
        self.steps += items.len();
        self.depth += 1;
        let full = self.list(at, items, step);
        self.depth -= 1;
        if self.depth == 0 && self.steps > MAX_STEPS {
            let count = Number::Digits(self.steps as u64);
            self.report.wrong(at, problem!("scenario.many-steps", count = count));
        }
        full
    }

    fn record(
        &mut self,
        at: &Cursor,
        members: &[(String, Json)],
        record: &Record,
        kind: Option<&str>,
    ) -> Json {
        let wrong_before = self.report.problems.len();
        self.keys(at, members, record, kind.is_some());
        let mut full = Vec::with_capacity(record.fields.len() + 1);
        full.extend(kind.map(|kind| ("kind".to_owned(), kind.into())));
        for field in record.fields {
            let written = members.iter().find(|(key, _)| key == field.key).map(|(_, value)| value);
            full.push((field.key.to_owned(), self.field(at, written, field)));
        }
        self.checked(at, Json::Object(full), record.check, wrong_before)
    }

    /// Checks a value in which nothing was wrong so far.
    fn checked(&mut self, at: &Cursor, full: Json, check: Option<Check>, wrong_before: usize) -> Json {
        let problems = &self.report.problems;
        if let Some(check) = check
            && problems.len() == wrong_before
            && !problems.is_full()
        {
            check(&full, at, &mut self.report);
        }
        full
    }

    /// Refuses unknown keys and keys that are written twice.
    fn keys(&mut self, at: &Cursor, members: &[(String, Json)], record: &Record, has_kind: bool) {
        for (n, (key, value)) in members.iter().enumerate() {
            if self.report.problems.is_full() {
                return;
            }
            if (has_kind && key == "kind") || record.fields.iter().any(|field| field.key == key) {
                self.twice(&at.child(key, value), members, n);
            } else {
                let known: Vec<&str> = record.fields.iter().map(|field| field.key).collect();
                self.report.unknown(&at.path_of(key), "field", key, &known);
            }
        }
    }

    fn field(&mut self, at: &Cursor, written: Option<&Json>, field: &Field) -> Json {
        match (written, field.default()) {
            (Some(written), _) => self.read(&at.child(field.key, written), &field.shape),
            // The default may itself leave out what has a default.
            (None, Some(given)) => self.read(&at.child(field.key, &given), &field.shape),
            (None, None) => {
                missing(&mut self.report, at, field);
                Json::Null
            }
        }
    }

    fn tagged(&mut self, at: &Cursor, members: &[(String, Json)], tagged: &Tagged) -> Json {
        let [(key, value)] = members else {
            let message = if members.is_empty() {
                say!("scenario.not-one", what = tagged.name)
            } else {
                say!("scenario.several", what = tagged.name)
            };
            let help = say!("scenario.one-key", keys = &names(&mut tagged.keys()));
            self.report.tell(at.path.clone(), message, help);
            return Json::Null;
        };
        let Some(variant) = tagged.variant(key) else {
            self.report.unknown(&at.path, tagged.name, key, &tagged.keys().collect::<Vec<_>>());
            return Json::Null;
        };
        let wrong_before = self.report.problems.len();
        let full = self.read(&at.child(key, value), &variant.shape);
        let full = Json::Object(vec![(key.clone(), full)]);
        self.checked(at, full, tagged.check, wrong_before)
    }

    fn kinds(&mut self, at: &Cursor, members: &[(String, Json)], tagged: &Tagged) -> Json {
        let kind = members.iter().find(|(key, _)| key == "kind").map(|(_, kind)| kind);
        let Some(Json::String(kind)) = kind else {
            let help = say!("expected.word.help", words = &names(&mut tagged.keys()));
            self.report.tell(at.path.clone(), text!("scenario.no-kind").to_owned(), help);
            return Json::Null;
        };
        let Some(variant) = tagged.variant(kind) else {
            self.report.unknown(&at.path_of("kind"), tagged.name, kind, &tagged.keys().collect::<Vec<_>>());
            return Json::Null;
        };
        self.report.kind.clone_from(kind);
        match variant.shape {
            Shape::Record(record) => self.record(at, members, record, Some(kind)),
            _ => Json::Null,
        }
    }
}
