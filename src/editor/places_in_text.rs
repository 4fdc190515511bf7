//! Where in a JSON text something stands: of a path its line and column, and of a cursor the path.
//!
//! The text may be wrong: reading goes on as far as it makes sense.

use super::tree::{Part, parts};
use crate::base::{Diagnostic, Json, Unread};

/// A stretch of a text: from where to where, in bytes.
pub type Span = std::ops::Range<usize>;

/// Where the cursor stands in the structure of a text.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct At {
    /// The path of the value in which it stands.
    pub path: String,
    /// It stands where a key is written, or may be; else where a value is.
    pub key: bool,
    /// The word or string around the cursor, quotes included; empty where there is none.
    pub word: Span,
    /// The keys that the object has, as far as the text is read.
    pub keys: Vec<String>,
}

/// The most levels that are followed.
const DEEPEST: usize = 130;

/// The line and the column, from 1, at which a path stands in a text; of what is not written, where the last thing above
/// it does.
pub fn line_and_column(text: &str, path: &str) -> (usize, usize) {
    let mut scan = Scan::new(text);
    let wanted: Vec<Part> = parts(path).collect();
    let mut best = (0, first_place(text));
    scan.run(&mut |open: &[Level], start| {
        let depth = open.iter().zip(&wanted).take_while(|(level, part)| level.is(part)).count();
        if depth == open.len() && depth > best.0 {
            best = (depth, start);
        }
    });
    place(text, best.1)
}

/// The line and the column, from 1, of something that is wrong with a text.
pub fn place_of_mistake(text: &str, diagnostic: &Diagnostic) -> (usize, usize) {
    match Json::read(text) {
        // What is no JSON has no path: reading ended there.
        Err(Unread::At(line, column, _)) => (line, column),
        _ => line_and_column(text, &diagnostic.path),
    }
}

/// The line and the column of a byte, both from 1; columns are characters.
pub fn place(text: &str, offset: usize) -> (usize, usize) {
    let before = text.as_bytes().get(..offset).unwrap_or(text.as_bytes());
    let line = 1 + before.iter().filter(|byte| **byte == b'\n').count();
    let start = before.iter().rposition(|byte| *byte == b'\n').map_or(0, |at| at + 1);
    (line, 1 + before[start..].iter().filter(|byte| **byte & 0xc0 != 0x80).count())
}

fn first_place(text: &str) -> usize {
    text.bytes().position(|byte| !byte.is_ascii_whitespace()).unwrap_or(0)
}

/// Where a cursor stands.
pub fn cursor(text: &str, offset: usize) -> At {
    let mut scan = Scan::new(text);
    scan.until = offset.min(text.len());
    scan.run(&mut |_, _| {});
    let word = scan.word.clone();
    let mut at = At { word, ..At::default() };
    for level in &scan.open {
        match level {
            Level::Key(key) if at.path.is_empty() => at.path.clone_from(key),
            Level::Key(key) => at.path = [&at.path, ".", key].concat(),
            Level::Item(item) => at.path = [&at.path, "[", &item.to_string(), "]"].concat(),
            Level::Object => {}
        }
    }
    at.key = matches!(scan.open.last(), Some(Level::Object));
    at.keys = scan.keys.last().cloned().unwrap_or_default();
    at
}

#[derive(Clone, Debug, PartialEq)]
enum Level {
    /// In an object, before or in a key.
    Object,
    /// In the value of this key.
    Key(String),
    /// In this item of a list.
    Item(usize),
}

impl Level {
    fn is(&self, part: &Part) -> bool {
        match (self, part) {
            (Level::Key(key), Part::Key(wanted)) => key == wanted,
            (Level::Item(item), Part::Item(wanted)) => item == wanted,
            _ => false,
        }
    }
}

struct Scan<'t> {
    bytes: &'t [u8],
    text: &'t str,
    at: usize,
    until: usize,
    open: Vec<Level>,
    keys: Vec<Vec<String>>,
    word: Span,
}

impl<'t> Scan<'t> {
    fn new(text: &'t str) -> Scan<'t> {
        let until = text.len();
        Scan {
            bytes: text.as_bytes(),
            text,
            at: 0,
            until,
            open: Vec::new(),
            keys: Vec::new(),
            word: until..until,
        }
    }

    /// Goes through the text; tells at each key and item what is open there and where it begins.
    fn run(&mut self, tell: &mut dyn FnMut(&[Level], usize)) {
        self.word = self.until..self.until;
        while self.at < self.until {
            let start = self.at;
            match self.bytes[start] {
                b'{' | b'[' if self.open.len() >= DEEPEST => return,
                b'{' => {
                    self.begin(tell, start);
                    self.open.push(Level::Object);
                    self.keys.push(Vec::new());
                    self.at += 1;
                }
                b'[' => {
                    self.begin(tell, start);
                    self.open.push(Level::Item(0));
                    self.keys.push(Vec::new());
                    self.at += 1;
                }
                b'}' | b']' => {
                    self.open.pop();
                    self.keys.pop();
                    self.at += 1;
                }
                b',' => {
                    match self.open.last_mut() {
                        Some(Level::Item(item)) => *item += 1,
                        Some(level) => *level = Level::Object,
                        None => {}
                    }
                    self.at += 1;
                }
                b':' => self.at += 1,
                b'"' => self.string(tell, start),
                byte if byte.is_ascii_whitespace() => self.at += 1,
                _ => self.bare(tell, start),
            }
        }
    }

    /// A value begins.
    fn begin(&self, tell: &mut dyn FnMut(&[Level], usize), start: usize) {
        if let Some(Level::Item(_)) = self.open.last() {
            tell(&self.open, start);
        }
    }

    fn string(&mut self, tell: &mut dyn FnMut(&[Level], usize), start: usize) {
        let mut end = start + 1;
        while end < self.bytes.len() && !matches!(self.bytes[end], b'"' | b'\n') {
            end += if self.bytes[end] == b'\\' { 2 } else { 1 };
        }
        let closed = self.bytes.get(end) == Some(&b'"');
        let end = (end + usize::from(closed)).min(self.bytes.len());
        if end >= self.until && !(closed && end == self.until) {
            self.word = start..end;
            self.at = self.until;
            return;
        }
        if let Some(level @ Level::Object) = self.open.last_mut() {
            let key = self.text.get(start + 1..end.saturating_sub(1)).unwrap_or("").to_owned();
            *level = Level::Key(key.clone());
            if let Some(keys) = self.keys.last_mut() {
                keys.push(key);
            }
            tell(&self.open, start);
        } else {
            self.begin(tell, start);
        }
        self.at = end;
    }

    /// A number, a word, or what is no JSON.
    fn bare(&mut self, tell: &mut dyn FnMut(&[Level], usize), start: usize) {
        let ends = |byte: &u8| byte.is_ascii_whitespace() || b"{}[],:\"".contains(byte);
        let end = self.bytes[start..].iter().position(ends).map_or(self.bytes.len(), |length| start + length);
        if end >= self.until {
            self.word = start..end;
        }
        self.begin(tell, start);
        self.at = end.min(self.until).max(start + 1);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "{\n  \"a\": {\"é\": [1, {\"b\": \"x\"}]},\n  \"c\": tru\n}";

    #[test]
    fn a_path_has_its_line_and_column() {
        let check = |path: &str, expected| assert_eq!(line_and_column(TEXT, path), expected, "{path}");
        check("", (1, 1));
        check("a", (2, 3));
        check("a.é[1].b", (2, 19));
        check("a.é[0]", (2, 15));
        check("a.é[7].b", (2, 9));
        check("c.d", (3, 3));
        check("x", (1, 1));
    }

    #[test]
    fn a_cursor_has_its_path() {
        let at = |before: &str| cursor(TEXT, TEXT.find(before).expect("it is there") + before.len());
        assert_eq!((at("{\n  ").path.as_str(), at("{\n  ").key), ("", true));
        let inner = at("[1, {\"b\": \"");
        assert_eq!((inner.path.as_str(), inner.key, &TEXT[inner.word]), ("a.é[1].b", false, "\"x\""));
        let word = at("\"c\": t");
        assert_eq!(
            (word.path.as_str(), &TEXT[word.word], word.keys),
            ("c", "tru", vec!["a".to_owned(), "c".to_owned()])
        );
        for offset in 0..=TEXT.len() {
            cursor(TEXT, offset);
        }
    }
}
