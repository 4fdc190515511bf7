//! The reader's diagnostics: what was found, what was expected, how to mend it.

use super::nearest::nearest;
use super::reader::{Known, MAX_DIAGNOSTICS, Reader};
use super::shape::{Bounds, Field, Shape};
use super::words;
use crate::base::{Diagnostic, Json, Wording, fill};

impl Reader {
    /// Reports a problem here; `parts` fill the places in its words.
    #[cold]
    #[inline(never)]
    pub fn wrong(&mut self, problem: &Wording, parts: &[&str]) {
        if self.found.len() < MAX_DIAGNOSTICS {
            self.found.push(Diagnostic::new(&self.path, problem, parts));
        } else if self.found.len() == MAX_DIAGNOSTICS {
            self.found.push(Diagnostic::new("", &words::MORE, &[]));
        }
    }

    /// Reports a problem further down.
    #[cold]
    #[inline(never)]
    pub fn wrong_at(&mut self, key: &str, problem: &Wording, parts: &[&str]) {
        let before = self.enter(key);
        self.wrong(problem, parts);
        self.leave(before);
    }

    /// An unknown `noun` called `name`, where there are `known` ones.
    pub fn unknown(&mut self, noun: &str, name: &str, known: &mut dyn Iterator<Item = &str>) {
        let known: Vec<&str> = known.collect();
        let help = meant(name, &mut known.iter().copied())
            .unwrap_or_else(|| one_of(words::KNOWN_HERE, &mut known.into_iter()));
        self.wrong(&words::UNKNOWN, &[noun, short(name), &help]);
    }

    /// A field that must not be left out.
    pub(super) fn missing(&mut self, field: &Field) {
        let (expected, help) = expectation(&field.shape);
        self.wrong(&words::MISSING, &[field.key, expected, &help]);
    }

    /// A reference to a node of one of these kinds.
    pub(super) fn node(&mut self, id: &str, kinds: &[&str]) {
        let Some(node) = self.nodes.iter().find(|node| node.id == id) else {
            let fits = |node: &&Known| kinds.is_empty() || kinds.contains(&node.kind.as_str());
            let ids = || self.nodes.iter().filter(fits).map(|node| node.id.as_str());
            let help = meant(id, &mut ids()).unwrap_or_else(|| one_of(words::NAME_A_NODE, &mut ids()));
            return self.wrong(&words::NO_NODE, &[short(id), &help]);
        };
        if node.kind.is_empty() || kinds.contains(&node.kind.as_str()) {
            return;
        }
        let problem = match (node.kind.as_str(), kinds) {
            ("queue" | "exchange" | "log", ["service"]) => words::NOT_CALLED,
            ("store", ["service"]) => words::NOT_ASKED,
            ("service", ["queue", ..]) => words::NOT_SENT_TO,
            _ => words::OTHER_KIND,
        };
        let kind = node.kind.clone();
        self.wrong(&problem, &[id, &kind, &any_of(kinds)]);
    }

    /// Says what was expected instead of `json`.
    pub(super) fn mistaken(&mut self, json: &Json, shape: &Shape) {
        let shown = match json {
            Json::Array(_) => words::LIST.what.to_owned(),
            Json::Object(_) => words::RECORD.what.to_owned(),
            Json::String(text) => Json::from(short(text)).to_string(),
            _ => json.to_string(),
        };
        let mut inner = shape;
        while let Shape::Nullable(next) = inner {
            inner = next;
        }
        if let (Shape::Duration(_), Json::Number(_)) = (inner, json) {
            return self.wrong(&words::NO_UNIT, &[&shown]);
        }
        let (expected, help) = expectation(shape);
        self.wrong(&words::UNLIKE, &[expected, &shown, &help]);
    }
}

/// Which of the `known` names was probably meant.
pub(super) fn meant(name: &str, known: &mut dyn Iterator<Item = &str>) -> Option<String> {
    nearest(name, known).map(|near| fill(words::DID_YOU_MEAN, &[near]))
}

/// What a shape expects, and how to write it.
fn expectation(shape: &Shape) -> (&'static str, String) {
    let (Wording { what, help }, parts) = match shape {
        Shape::Any => (words::ANY, String::new()),
        Shape::Flag => (words::FLAG, String::new()),
        Shape::Text(_) => (words::TEXT, String::new()),
        Shape::Name => (words::NAME, String::new()),
        Shape::Node(kinds) => (words::NODE, any_of(kinds)),
        Shape::Number(bounds) if bounds.whole => (words::WHOLE, range(bounds)),
        Shape::Number(bounds) => (words::NUMBER, range(bounds)),
        Shape::Duration(_) => (words::DURATION, String::new()),
        Shape::Words(options) => (words::WORD, list(&mut options.iter().map(|word| word.word))),
        Shape::Pair(_) => (words::PAIR, String::new()),
        Shape::List(..) => (words::LIST, String::new()),
        Shape::Map(..) => (words::MAP, String::new()),
        Shape::Steps => (words::STEPS, String::new()),
        Shape::Record(record) => (words::RECORD, list(&mut record.fields.iter().map(|field| field.key))),
        Shape::Kinds(tagged) => (words::KINDS, list(&mut tagged.keys())),
        Shape::Tagged(tagged) => (words::TAGGED, list(&mut tagged.keys())),
        Shape::Nullable(inner) => return expectation(inner),
        Shape::Either(Shape::Duration(_), Shape::Tagged(_)) => (words::DIST, String::new()),
        Shape::Either(text, other) => {
            let [first, second] = [text, other].map(|shape| expectation(shape).1);
            (words::EITHER, fill(words::OR_ELSE, &[&first, &second]))
        }
    };
    (what, fill(help, &[&parts]))
}

/// "queue or exchange".
fn any_of(kinds: &[&str]) -> String {
    kinds.join(words::OR)
}

/// How to write a number within bounds.
pub(super) fn range(bounds: &Bounds) -> String {
    let [min, max] = [bounds.min, bounds.max].map(|number| Json::Number(number).to_string());
    let text = match (bounds.whole, bounds.above) {
        _ if bounds.min == bounds.max => words::EXACTLY,
        (true, false) => words::WHOLE_FROM,
        (true, true) => words::WHOLE_ABOVE,
        (false, false) => words::NUMBER_FROM,
        (false, true) => words::NUMBER_ABOVE,
    };
    fill(text, &[&min, &max])
}

/// "lead: a, b, c".
pub(super) fn one_of(lead: &str, names: &mut dyn Iterator<Item = &str>) -> String {
    fill(lead, &[&list(names)])
}

/// "a, b, c", at most sixteen of them.
fn list(names: &mut dyn Iterator<Item = &str>) -> String {
    let mut out = String::new();
    for (at, name) in names.enumerate() {
        out.push_str(if at == 0 { "" } else { ", " });
        if at == 16 {
            out.push('…');
            return out;
        }
        out.push_str(name);
    }
    if out.is_empty() {
        out.push_str(words::NONE_YET);
    }
    out
}

/// The text, or a sign for one that is too long to be shown.
pub(super) fn short(text: &str) -> &str {
    if text.len() <= 100 { text } else { "…" }
}
