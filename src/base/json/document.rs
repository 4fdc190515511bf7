//! Reading a document: a cursor over its JSON values, and the list of its mistakes.
//!
//! A reader goes on after a mistake with a value of the wanted type, so that one pass finds everything that is wrong.

use super::parse::{MAX_TEXT, Unread};
use super::value::Json;
use crate::base::diagnostic::Diagnostic;
use crate::base::duration::parse_duration;
use crate::base::text::{Number, Problem};
use crate::base::time::SimDuration;

impl Json {
    /// Reads JSON text like [`Json::read`].
    ///
    /// # Errors
    ///
    /// What is wrong and where, as a diagnostic.
    pub fn parse(text: &str) -> Result<Json, Diagnostic> {
        Json::read(text).map_err(|unread| match unread {
            Unread::TooLong(bytes) => {
                let [bytes, most] = [bytes, MAX_TEXT].map(|bytes| Number::Digits(bytes as u64));
                Diagnostic::new("", problem!("json.too-long", bytes = bytes, most = most))
            }
            Unread::At(line, column, problem) => {
                let [mistake, help] = problem.say();
                let [line, column] = [line, column].map(|at| Number::Digits(at as u64));
                let message = say!("json.at-line", line = line, column = column, mistake = &mistake);
                Diagnostic { path: String::new(), message, help }
            }
        })
    }
}

/// The most mistakes that are listed. One more diagnostic says that there are others.
pub const MAX_PROBLEMS: usize = 200;

/// A key longer than this, in bytes, is shown as "…" in a path.
const MAX_KEY: usize = 100;

/// The mistakes found in a document, in the order in which they were found: at most [`MAX_PROBLEMS`], then one that
/// says there are more.
#[derive(Debug, Default)]
pub struct Problems {
    found: Vec<Diagnostic>,
}

impl Problems {
    /// Reports what is wrong at a path.
    pub fn add(&mut self, path: &str, problem: Problem) {
        self.push(Diagnostic::new(path, problem));
    }

    /// Reports a mistake whose words depend on what was found.
    pub fn tell(&mut self, path: &str, message: String, help: String) {
        self.push(Diagnostic { path: path.to_owned(), message, help });
    }

    /// Reports a mistake.
    pub fn push(&mut self, diagnostic: Diagnostic) {
        if self.found.len() < MAX_PROBLEMS {
            self.found.push(diagnostic);
        } else if !self.is_full() {
            self.found.push(Diagnostic::new("", problem!("json.more")));
        }
    }

    /// Reports the mistakes of a part that was read by itself: their paths continue `path`.
    pub fn add_inside(&mut self, path: &str, inner: Vec<Diagnostic>) {
        for each in inner {
            let dot =
                if path.is_empty() || each.path.is_empty() || each.path.starts_with('[') { "" } else { "." };
            let path = [path, dot, &each.path].concat();
            self.push(Diagnostic { path, ..each });
        }
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.found.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.found.is_empty()
    }

    /// Whether no more mistakes are listed: reading on finds nothing new.
    pub fn is_full(&self) -> bool {
        self.found.len() > MAX_PROBLEMS
    }

    /// The value that was read, if nothing was wrong with it.
    ///
    /// # Errors
    ///
    /// Every mistake that was found.
    pub fn or<T>(self, value: T) -> Result<T, Vec<Diagnostic>> {
        if self.is_empty() { Ok(value) } else { Err(self.found) }
    }
}

/// A value of a document, and its path there.
#[derive(Clone, Debug)]
pub struct Cursor<'a> {
    /// The value.
    pub json: &'a Json,
    /// Its path: `steps[2].heading`; empty for the whole document.
    pub path: String,
}

impl<'a> Cursor<'a> {
    /// The whole document.
    pub fn root(json: &'a Json) -> Cursor<'a> {
        Cursor { json, path: String::new() }
    }

    /// The same place with another value, such as the written one with its defaults filled in.
    pub fn with<'b>(&self, json: &'b Json) -> Cursor<'b> {
        Cursor { json, path: self.path.clone() }
    }

    /// A value below this one, under `key`.
    pub fn child<'b>(&self, key: &str, json: &'b Json) -> Cursor<'b> {
        Cursor { json, path: self.path_of(key) }
    }

    /// An item of this list, counted from 0.
    pub fn item<'b>(&self, at: usize, json: &'b Json) -> Cursor<'b> {
        Cursor { json, path: self.path_of_item(at) }
    }

    /// The path of what is below this value, under `key`.
    pub fn path_of(&self, key: &str) -> String {
        // A hostile key may be as long as the whole text.
        let key = if key.len() <= MAX_KEY { key } else { "…" };
        let dot = if self.path.is_empty() { "" } else { "." };
        [&self.path, dot, key].concat()
    }

    /// The path of an item of this list, counted from 0.
    pub fn path_of_item(&self, at: usize) -> String {
        [&self.path, "[", &at.to_string(), "]"].concat()
    }

    /// The value of a field, if it is there and not null.
    pub fn get(&self, key: &str) -> Option<Cursor<'a>> {
        let json = self.json.get(key)?;
        (*json != Json::Null).then(|| self.child(key, json))
    }

    /// The value of a field that must be there; reports that it is missing.
    pub fn must(&self, key: &str, problems: &mut Problems) -> Option<Cursor<'a>> {
        let found = self.get(key);
        if found.is_none() && matches!(self.json, Json::Object(_)) {
            problems.add(&self.path, problem!("json.missing", field = key));
        }
        found
    }

    /// Reports a value that is no object, and every field other than `keys`.
    pub fn only(&self, keys: &[&str], problems: &mut Problems) {
        let Json::Object(fields) = self.json else {
            return problems.add(&self.path, problem!("json.no-object"));
        };
        for (name, _) in fields.iter().filter(|(name, _)| !keys.contains(&name.as_str())) {
            let fields = keys.join(", ");
            problems.add(&self.path_of(name), problem!("json.no-field", field = name, fields = &fields));
        }
    }

    /// The items of a list; at most `limit` of them, and a report if there are more.
    pub fn items(&self, limit: usize, problems: &mut Problems) -> Vec<Cursor<'a>> {
        let Json::Array(items) = self.json else {
            problems.add(&self.path, problem!("json.no-list"));
            return Vec::new();
        };
        if items.len() > limit {
            let [count, most] = [items.len(), limit].map(|count| Number::Digits(count as u64));
            problems.add(&self.path, problem!("json.too-many", count = count, most = most));
        }
        items.iter().take(limit).enumerate().map(|(at, json)| self.item(at, json)).collect()
    }

    /// A string; empty if it is none.
    pub fn text(&self, problems: &mut Problems) -> &'a str {
        match self.json {
            Json::String(text) => text,
            _ => {
                problems.add(&self.path, problem!("json.no-string"));
                ""
            }
        }
    }

    /// A number; 0 if it is none.
    pub fn number(&self, problems: &mut Problems) -> f64 {
        match self.json {
            Json::Number(number) => *number,
            _ => {
                problems.add(&self.path, problem!("json.no-number"));
                0.0
            }
        }
    }

    /// A whole number below `bound`, such as the index of an item; 0 if it is none.
    pub fn below(&self, bound: usize, problems: &mut Problems) -> usize {
        let number = self.number(problems);
        if number >= 0.0 && number < bound as f64 && number.fract() == 0.0 {
            return number as usize;
        }
        problems.add(&self.path, problem!("json.no-place"));
        0
    }

    /// True or false; false if it is neither.
    pub fn flag(&self, problems: &mut Problems) -> bool {
        match self.json {
            Json::Bool(flag) => *flag,
            _ => {
                problems.add(&self.path, problem!("json.no-flag"));
                false
            }
        }
    }

    /// A duration with its unit; 0 s if it is none.
    pub fn duration(&self, problems: &mut Problems) -> SimDuration {
        parse_duration(self.text(problems)).unwrap_or_else(|message| {
            problems.tell(&self.path, message, text!("json.no-duration").to_owned());
            SimDuration::ZERO
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_mistake_is_found_in_one_pass_and_has_its_path() {
        let json = Json::parse(r#"{"a": [1, "x", {"b": true, "c": 1}], "d": null}"#).expect("JSON");
        let (root, mut problems) = (Cursor::root(&json), Problems::default());
        let items = root.get("a").expect("a list").items(2, &mut problems);
        assert_eq!((items.len(), items[0].number(&mut problems)), (2, 1.0));
        assert_eq!((items[1].flag(&mut problems), items[1].number(&mut problems)), (false, 0.0));
        assert!(root.must("d", &mut problems).is_none() && root.get("d").is_none());
        root.only(&["d"], &mut problems);
        let found = problems.or(()).expect_err("mistakes");
        let paths: Vec<&str> = found.iter().map(|problem| problem.path.as_str()).collect();
        assert_eq!(paths, ["a", "a[1]", "a[1]", "", "a"]);
    }

    #[test]
    fn paths_of_a_part_continue_its_own() {
        let mut problems = Problems::default();
        let inner = ["", "b.c", "[0].d"].map(|path| Diagnostic::new(path, problem!("json.no-list")));
        problems.add_inside("a", inner.to_vec());
        let found = problems.or(()).expect_err("mistakes");
        assert_eq!([&found[0].path, &found[1].path, &found[2].path], ["a", "a.b.c", "a[0].d"]);
    }

    #[test]
    fn the_list_of_mistakes_is_bounded() {
        let mut problems = Problems::default();
        (0..1000).for_each(|_| problems.add("a", problem!("json.no-list")));
        assert!(problems.is_full());
        let found = problems.or(()).expect_err("mistakes");
        assert_eq!((found.len(), found[MAX_PROBLEMS].message.as_str()), (201, text!("json.more.what")));
    }
}
