//! Reading typed values out of JSON, with the path of every problem.

use crate::base::{SimDuration, parse_duration};
use crate::scenario::{Diagnostic, Json};

/// A value of the document, and where it stands.
#[derive(Clone, Debug)]
pub(super) struct Place<'a> {
    pub(super) json: &'a Json,
    pub(super) path: String,
}

/// Problems found so far.
#[derive(Default)]
pub(super) struct Problems(pub(super) Vec<Diagnostic>);

impl Problems {
    pub(super) fn add(&mut self, path: &str, message: impl Into<String>, help: impl Into<String>) {
        self.0.push(Diagnostic { path: path.to_owned(), message: message.into(), help: help.into() });
    }
}

impl<'a> Place<'a> {
    /// The value of a field, if it is there and not null.
    pub(super) fn get(&self, key: &str) -> Option<Place<'a>> {
        let Json::Object(fields) = self.json else { return None };
        let (_, json) = fields.iter().find(|(name, _)| name == key)?;
        (*json != Json::Null).then(|| Place { json, path: self.child(key) })
    }

    /// The value of a field that must be there.
    pub(super) fn must(&self, key: &str, problems: &mut Problems) -> Option<Place<'a>> {
        let found = self.get(key);
        if found.is_none() && matches!(self.json, Json::Object(_)) {
            problems.add(&self.path, ["\"", key, "\" is missing"].concat(), "add it");
        }
        found
    }

    /// Complains where this is not an object, or has fields other than these.
    pub(super) fn only(&self, keys: &[&str], problems: &mut Problems) {
        let Json::Object(fields) = self.json else {
            return self.wrong("an object", problems);
        };
        for (name, _) in fields.iter().filter(|(name, _)| !keys.contains(&name.as_str())) {
            let message = ["there is no field \"", name, "\" here"].concat();
            problems.add(&self.child(name), message, ["fields are ", &keys.join(", ")].concat());
        }
    }

    /// The elements of a list; at most `limit` are read.
    pub(super) fn items(&self, limit: usize, problems: &mut Problems) -> Vec<Place<'a>> {
        let Json::Array(items) = self.json else {
            self.wrong("a list", problems);
            return Vec::new();
        };
        if items.len() > limit {
            let message = ["there are ", &items.len().to_string(), " of them"].concat();
            problems.add(&self.path, message, ["leave at most ", &limit.to_string()].concat());
        }
        let place = |(at, json)| Place {
            json,
            path: [self.path.as_str(), "[", &usize::to_string(&at), "]"].concat(),
        };
        items.iter().take(limit).enumerate().map(place).collect()
    }

    pub(super) fn text(&self, problems: &mut Problems) -> &'a str {
        match self.json {
            Json::String(text) => text,
            _ => {
                self.wrong("a string", problems);
                ""
            }
        }
    }

    pub(super) fn number(&self, problems: &mut Problems) -> f64 {
        match self.json {
            Json::Number(number) => *number,
            _ => {
                self.wrong("a number", problems);
                0.0
            }
        }
    }

    pub(super) fn flag(&self, problems: &mut Problems) -> bool {
        match self.json {
            Json::Bool(flag) => *flag,
            _ => {
                self.wrong("true or false", problems);
                false
            }
        }
    }

    /// A whole number below `bound`: the place of something in a list.
    pub(super) fn below(&self, bound: usize, problems: &mut Problems) -> usize {
        let number = self.number(problems);
        if number >= 0.0 && number < bound as f64 && number.fract() == 0.0 {
            return number as usize;
        }
        problems.add(&self.path, "nothing is at this place", "places are counted from 0");
        0
    }

    pub(super) fn duration(&self, problems: &mut Problems) -> SimDuration {
        parse_duration(self.text(problems)).unwrap_or_else(|message| {
            problems.add(&self.path, message, "write \"20s\"");
            SimDuration::ZERO
        })
    }

    fn wrong(&self, expected: &str, problems: &mut Problems) {
        problems.add(&self.path, ["this is not ", expected].concat(), ["write ", expected].concat());
    }

    fn child(&self, key: &str) -> String {
        if self.path.is_empty() { key.to_owned() } else { [self.path.as_str(), ".", key].concat() }
    }
}
