//! Reading typed values out of JSON, with the path of every problem.

use super::words;
use crate::base::{Diagnostic, Json, SimDuration, Wording, parse_duration};

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
    /// Notes a problem at this path; `parts` fill the places in its words.
    pub(super) fn add(&mut self, path: &str, problem: &Wording, parts: &[&str]) {
        self.0.push(Diagnostic::new(path, problem, parts));
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
            problems.add(&self.path, &words::MISSING, &[key]);
        }
        found
    }

    /// Complains where this is not an object, or has fields other than these.
    pub(super) fn only(&self, keys: &[&str], problems: &mut Problems) {
        let Json::Object(fields) = self.json else {
            return problems.add(&self.path, &words::NO_OBJECT, &[]);
        };
        for (name, _) in fields.iter().filter(|(name, _)| !keys.contains(&name.as_str())) {
            problems.add(&self.child(name), &words::NO_FIELD, &[name, &keys.join(", ")]);
        }
    }

    /// The elements of a list; at most `limit` are read.
    pub(super) fn items(&self, limit: usize, problems: &mut Problems) -> Vec<Place<'a>> {
        let Json::Array(items) = self.json else {
            problems.add(&self.path, &words::NO_LIST, &[]);
            return Vec::new();
        };
        if items.len() > limit {
            problems.add(&self.path, &words::TOO_MANY, &[&items.len().to_string(), &limit.to_string()]);
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
                problems.add(&self.path, &words::NO_STRING, &[]);
                ""
            }
        }
    }

    pub(super) fn number(&self, problems: &mut Problems) -> f64 {
        match self.json {
            Json::Number(number) => *number,
            _ => {
                problems.add(&self.path, &words::NO_NUMBER, &[]);
                0.0
            }
        }
    }

    pub(super) fn flag(&self, problems: &mut Problems) -> bool {
        match self.json {
            Json::Bool(flag) => *flag,
            _ => {
                problems.add(&self.path, &words::NO_FLAG, &[]);
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
        problems.add(&self.path, &words::NO_PLACE, &[]);
        0
    }

    pub(super) fn duration(&self, problems: &mut Problems) -> SimDuration {
        parse_duration(self.text(problems)).unwrap_or_else(|message| {
            problems.add(&self.path, &words::NO_DURATION, &[&message]);
            SimDuration::ZERO
        })
    }

    fn child(&self, key: &str) -> String {
        if self.path.is_empty() { key.to_owned() } else { [self.path.as_str(), ".", key].concat() }
    }
}
