//! The words of the reader's diagnostics: what was found, what was expected, how to mend it.

use super::diagnostic::nearest;
use super::reader::{Known, MAX_DIAGNOSTICS, Reader};
use super::shape::{Bounds, Field, Shape};
use super::{Diagnostic, Json};

impl Reader {
    /// Reports something wrong here. Message and help come in pieces.
    #[cold]
    #[inline(never)]
    pub fn wrong(&mut self, message: &[&str], help: &[&str]) {
        if self.found.len() < MAX_DIAGNOSTICS {
            self.found.push(Diagnostic::new(&self.path, message, help));
        } else if self.found.len() == MAX_DIAGNOSTICS {
            self.found.push(Diagnostic::new(
                "",
                &["there is more wrong than this"],
                &["mend these, then check again"],
            ));
        }
    }

    /// Reports something wrong further down.
    #[cold]
    #[inline(never)]
    pub fn wrong_at(&mut self, key: &str, message: &[&str], help: &[&str]) {
        let before = self.enter(key);
        self.wrong(message, help);
        self.leave(before);
    }

    /// Reports a part of the language that does not run yet.
    pub(super) fn not_yet(&mut self, noun: &str, name: &str) {
        if self.later.len() < MAX_DIAGNOSTICS {
            let space = if noun.is_empty() { "" } else { " " };
            let end = "\" runs on the command line, but not in this page yet";
            let message = [noun, space, "\"", name, end];
            self.later.push(Diagnostic::new(&self.path, &message, &["remove it to run the rest"]));
        }
    }

    /// An unknown `noun` called `name`, where there are `known` ones.
    pub fn unknown(&mut self, noun: &str, name: &str, known: &mut dyn Iterator<Item = &str>) {
        let known: Vec<&str> = known.collect();
        let help = match nearest(name, &mut known.iter().copied()) {
            Some(near) => ["did you mean \"", near, "\"?"].concat(),
            None => one_of("known here", &mut known.into_iter()),
        };
        self.wrong(&["unknown ", noun, " \"", short(name), "\""], &[&help]);
    }

    /// A field that must not be left out.
    pub(super) fn missing(&mut self, field: &Field) {
        let (expected, help) = expectation(&field.shape);
        self.wrong(&["the field \"", field.key, "\" is missing: ", expected], &[&help]);
    }

    /// A reference to a node of one of these kinds.
    pub(super) fn node(&mut self, id: &str, kinds: &[&str]) {
        let Some(node) = self.nodes.iter().find(|node| node.id == id) else {
            let fits = |node: &&Known| kinds.is_empty() || kinds.contains(&node.kind.as_str());
            let ids = || self.nodes.iter().filter(fits).map(|node| node.id.as_str());
            let help = match nearest(id, &mut ids()) {
                Some(near) => ["did you mean \"", near, "\"?"].concat(),
                None => one_of("name a node", &mut ids()),
            };
            return self.wrong(&["there is no node \"", short(id), "\""], &[&help]);
        };
        if node.kind.is_empty() || kinds.contains(&node.kind.as_str()) {
            return;
        }
        let help = match (node.kind.as_str(), kinds) {
            ("queue" | "exchange" | "log", ["service"]) => "to send it a message, use \"publish\"",
            ("store", ["service"]) => "to use a store, write \"read\" or \"write\"",
            ("service", ["queue", ..]) => {
                "to ask a service, use \"call\", or publish to a queue that it consumes"
            }
            _ => "name a node of the right kind",
        };
        let kind = node.kind.clone();
        let expected = kinds.join(" or ");
        self.wrong(&["\"", id, "\" is of kind ", &kind, "; expected ", &expected], &[help]);
    }

    /// Says what was expected instead of `json`.
    pub(super) fn mistaken(&mut self, json: &Json, shape: &Shape) {
        let shown = match json {
            Json::Array(_) => "an array".to_owned(),
            Json::Object(_) => "an object".to_owned(),
            Json::String(text) => Json::from(short(text)).to_string(),
            _ => json.to_string(),
        };
        let mut inner = shape;
        while let Shape::Nullable(next) = inner {
            inner = next;
        }
        if let (Shape::Duration(_), Json::Number(_)) = (inner, json) {
            return self.wrong(
                &[&shown, " is a bare number where a duration is due"],
                &["write it with its unit: \"", &shown, "ms\" or \"", &shown, "s\""],
            );
        }
        let (expected, help) = expectation(shape);
        self.wrong(&["expected ", expected, ", found ", &shown], &[&help]);
    }
}

/// What a shape expects, and how to write it.
fn expectation(shape: &Shape) -> (&'static str, String) {
    let (expected, help) = match shape {
        Shape::Any => ("a value", "write any JSON value"),
        Shape::Flag => ("true or false", "write true or false, without quotes"),
        Shape::Text(_) => ("a text", "write it in double quotes"),
        Shape::Name => ("a name", "write it in double quotes"),
        Shape::Node(kinds) => {
            return ("the id of a node", ["name a node of kind ", &kinds.join(" or ")].concat());
        }
        Shape::Number(bounds) => {
            let expected = if bounds.whole { "a whole number" } else { "a number" };
            return (expected, [&range(bounds), ", without quotes"].concat());
        }
        Shape::Duration(_) => ("a duration", "write a number and a unit, in double quotes: \"20ms\""),
        Shape::Words(words) => {
            return ("a word", one_of("write one of", &mut words.iter().map(|word| word.word)));
        }
        Shape::Pair(_) => ("an array of two", "write [first, second]"),
        Shape::List(..) => ("an array", "write [ … ]"),
        Shape::Map(..) => ("an object from names to values", "write { \"name\": … }"),
        Shape::Steps => ("an array of steps", "write [ {\"work\": \"20ms\"} ]"),
        Shape::Record(record) => {
            return ("an object", one_of("its fields", &mut record.fields.iter().map(|field| field.key)));
        }
        Shape::Kinds(tagged) => return ("a node", one_of("write \"kind\" as one of", &mut tagged.keys())),
        Shape::Tagged(tagged) => {
            return ("an object with one key", one_of("one of", &mut tagged.keys()));
        }
        Shape::Nullable(inner) => return expectation(inner),
        Shape::Either(Shape::Duration(_), Shape::Tagged(_)) => {
            ("a distribution", "write \"20ms\" or {\"exponential\": \"20ms\"}")
        }
        Shape::Either(text, other) => {
            let ((_, first), (_, second)) = (expectation(text), expectation(other));
            return ("another value", [&first, ", or ", &second].concat());
        }
    };
    (expected, help.to_owned())
}

/// How to write a number within bounds.
pub(super) fn range(bounds: &Bounds) -> String {
    let [min, max] = [bounds.min, bounds.max].map(|number| Json::Number(number).to_string());
    if bounds.min == bounds.max {
        return ["write ", &min].concat();
    }
    let what = if bounds.whole { "write a whole number " } else { "write a number " };
    let (from, to) = if bounds.above { ("above ", " up to ") } else { ("from ", " to ") };
    [what, from, &min, to, &max].concat()
}

/// "lead: a, b, c", at most sixteen of them.
pub(super) fn one_of(lead: &str, names: &mut dyn Iterator<Item = &str>) -> String {
    let mut out = lead.to_owned();
    let mut separator = ": ";
    for (at, name) in names.enumerate() {
        out.push_str(separator);
        if at == 16 {
            out.push('…');
            return out;
        }
        out.push_str(name);
        separator = ", ";
    }
    if separator == ": " {
        out.push_str(": there is none yet");
    }
    out
}

/// The text, or a sign for one that is too long to be shown.
pub(super) fn short(text: &str) -> &str {
    if text.len() <= 100 { text } else { "…" }
}
