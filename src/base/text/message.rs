//! Messages: texts with named places, and parts that depend on what fills them.
//!
//! They are written in a part of the MessageFormat of ICU (<https://unicode-org.github.io/icu/userguide/format_parse/messages>):
//! `{name}` is a place; `{count, plural, =0 {nobody} one {# worker} other {# workers}}` chooses by a number, which `#`
//! writes; `{state, select, open {…} other {…}}` chooses by a word. Between apostrophes braces are braces (`'{'`), and two
//! apostrophes are one.

use super::plural::{Form, Operands, Rules};
use crate::base::sort;

/// The longest message, in bytes.
const MAX_LENGTH: usize = 4096;

/// How deep choices may stand in each other.
const MAX_NESTING: u32 = 6;

/// A message, read.
#[derive(Clone, Debug)]
pub struct Message(Vec<Part>);

/// What a message is made of.
#[derive(Clone, Debug)]
enum Part {
    Literal(Box<str>),
    Place(Box<str>),
    Plural { place: Box<str>, exact: Vec<(u64, Vec<Part>)>, forms: Vec<(Form, Vec<Part>)> },
    Select { place: Box<str>, cases: Vec<(Box<str>, Vec<Part>)> },
}

/// What fills the places of a message.
pub trait Places {
    /// Writes what belongs into this place.
    fn write(&self, out: &mut String, place: &str);
    /// What plural rules ask of the number in this place; of what is no number, nothing that any rule but `other` knows.
    fn operands(&self, place: &str) -> Option<Operands>;
    /// The word in this place, for a choice.
    fn word(&self, place: &str) -> &str;
}

impl Message {
    /// Reads a message.
    ///
    /// # Errors
    ///
    /// What is wrong with it, for whoever writes a language's file.
    pub fn read(text: &str) -> Result<Message, &'static str> {
        if text.len() > MAX_LENGTH {
            return Err("is longer than 4096 bytes");
        }
        let mut reader = Reader { rest: text, depth: 0 };
        let parts = reader.parts(None)?;
        if reader.rest.is_empty() { Ok(Message(parts)) } else { Err("has a } too many") }
    }

    /// The text, if it has no places.
    pub fn plain(&self) -> Option<&str> {
        match &*self.0 {
            [] => Some(""),
            [Part::Literal(text)] => Some(text),
            _ => None,
        }
    }

    /// What stands before, between and after two places, if these and nothing else make it up.
    pub fn around(&self, first: &str, second: &str) -> Option<[&str; 3]> {
        let (mut texts, mut places) = ([""; 3], [first, second].into_iter());
        let mut at = 0;
        for part in &self.0 {
            match part {
                Part::Literal(text) => texts[at] = text,
                Part::Place(place) if Some(&**place) == places.next() => at += 1,
                _ => return None,
            }
        }
        (at == 2 || second.is_empty() && at == 1).then_some(texts)
    }

    /// The names of its places, each once, in the order of the alphabet.
    pub fn places(&self) -> Vec<&str> {
        let mut found = Vec::new();
        collect(&self.0, &mut found);
        sort(&mut found);
        found.dedup();
        found
    }

    /// Writes it with its places filled.
    pub fn write(&self, out: &mut String, rules: &Rules, places: &dyn Places) {
        write(&self.0, out, rules, places);
    }
}

fn collect<'a>(parts: &'a [Part], found: &mut Vec<&'a str>) {
    for part in parts {
        match part {
            Part::Literal(_) => {}
            Part::Place(place) => found.push(place),
            Part::Plural { place, exact, forms } => {
                found.push(place);
                exact.iter().for_each(|(_, parts)| collect(parts, found));
                forms.iter().for_each(|(_, parts)| collect(parts, found));
            }
            Part::Select { place, cases } => {
                found.push(place);
                cases.iter().for_each(|(_, parts)| collect(parts, found));
            }
        }
    }
}

fn write(parts: &[Part], out: &mut String, rules: &Rules, places: &dyn Places) {
    for part in parts {
        match part {
            Part::Literal(text) => out.push_str(text),
            Part::Place(place) => places.write(out, place),
            Part::Plural { place, exact, forms } => {
                let number = places.operands(place);
                let same = |own: u64| number.is_some_and(|number| number.i == own && number.t == 0);
                let exact = exact.iter().find(|(own, _)| same(*own)).map(|(_, parts)| &**parts);
                let form = || number.map_or(Form::Other, |number| rules.form(&number));
                write(exact.unwrap_or_else(|| pick(forms, form())), out, rules, places);
            }
            Part::Select { place, cases } => {
                let word = places.word(place);
                let case = cases.iter().find(|(own, _)| &**own == word);
                let other = || cases.iter().find(|(own, _)| &**own == OTHER);
                if let Some((_, parts)) = case.or_else(other) {
                    write(parts, out, rules, places);
                }
            }
        }
    }
}

/// The parts of a form, or of the other one.
fn pick(forms: &[(Form, Vec<Part>)], form: Form) -> &[Part] {
    let of = |wanted: Form| forms.iter().find(|(own, _)| *own == wanted).map(|(_, parts)| &**parts);
    of(form).or_else(|| of(Form::Other)).unwrap_or_default()
}

/// The case that every choice has.
const OTHER: &str = "other";

const NO_PLACE: &str = "has a { that is not followed by the name of a place and a }";
const NO_OTHER: &str = "has a choice without \"other\"";

struct Reader<'a> {
    rest: &'a str,
    depth: u32,
}

impl<'a> Reader<'a> {
    /// Parts up to the end of the text or of the case. `#` writes the `number`, where there is one.
    fn parts(&mut self, number: Option<&str>) -> Result<Vec<Part>, &'static str> {
        let (mut parts, mut literal) = (Vec::new(), String::new());
        let mut chars = self.rest.chars();
        while let Some(c) = chars.next() {
            match c {
                '\'' => {
                    self.rest = chars.as_str();
                    self.apostrophe(&mut literal, number.is_some());
                    chars = self.rest.chars();
                }
                '{' => {
                    self.rest = chars.as_str();
                    flush(&mut literal, &mut parts);
                    parts.push(self.place()?);
                    chars = self.rest.chars();
                }
                '}' => break,
                '#' if number.is_some() => {
                    flush(&mut literal, &mut parts);
                    parts.extend(number.map(|place| Part::Place(place.into())));
                }
                _ => literal.push(c),
            }
            self.rest = chars.as_str();
        }
        flush(&mut literal, &mut parts);
        Ok(parts)
    }

    /// What follows an apostrophe: another one, or a quotation up to the next; else it is an apostrophe.
    fn apostrophe(&mut self, literal: &mut String, sharp: bool) {
        let quotes = self.rest.starts_with(['{', '}']) || sharp && self.rest.starts_with('#');
        if !quotes {
            self.rest = self.rest.strip_prefix('\'').unwrap_or(self.rest);
            return literal.push('\'');
        }
        loop {
            let end = self.rest.find('\'').unwrap_or(self.rest.len());
            literal.push_str(&self.rest[..end]);
            self.rest = self.rest.get(end + 1..).unwrap_or_default();
            let Some(rest) = self.rest.strip_prefix('\'') else { return };
            literal.push('\'');
            self.rest = rest;
        }
    }

    /// A place behind its {, up to its }.
    fn place(&mut self) -> Result<Part, &'static str> {
        let place = self.name()?;
        if self.take('}') {
            return Ok(Part::Place(place.into()));
        }
        let kind = if self.take(',') { self.name()? } else { return Err(NO_PLACE) };
        if !self.take(',') || self.depth == MAX_NESTING {
            return Err("has a choice without cases, or more than six within each other");
        }
        self.depth += 1;
        let part = match kind {
            "plural" => self.plural(place),
            "select" => self.select(place),
            _ => Err("has a place of a kind other than plural and select"),
        }?;
        self.depth -= 1;
        Ok(part)
    }

    fn plural(&mut self, place: &str) -> Result<Part, &'static str> {
        let (mut exact, mut forms) = (Vec::new(), Vec::new());
        while !self.take('}') {
            if self.take('=') {
                let number = self.name()?.parse().map_err(|_| "has a case = without a whole number")?;
                exact.push((number, self.case(Some(place))?));
            } else {
                let form = Form::named(self.name()?).ok_or("has a form that CLDR does not know")?;
                forms.push((form, self.case(Some(place))?));
            }
        }
        let other = forms.iter().any(|(form, _)| *form == Form::Other);
        other.then(|| Part::Plural { place: place.into(), exact, forms }).ok_or(NO_OTHER)
    }

    fn select(&mut self, place: &str) -> Result<Part, &'static str> {
        let mut cases: Vec<(Box<str>, _)> = Vec::new();
        while !self.take('}') {
            let word = self.name()?;
            cases.push((word.into(), self.case(None)?));
        }
        let other = cases.iter().any(|(word, _)| &**word == OTHER);
        other.then(|| Part::Select { place: place.into(), cases }).ok_or(NO_OTHER)
    }

    /// The parts of a case, in braces.
    fn case(&mut self, number: Option<&str>) -> Result<Vec<Part>, &'static str> {
        if !self.take('{') {
            return Err("has a case without braces");
        }
        let parts = self.parts(number)?;
        if self.take('}') { Ok(parts) } else { Err("has a { that is not closed") }
    }

    /// A word of letters, digits, `-` and `_`, with blanks around it.
    fn name(&mut self) -> Result<&'a str, &'static str> {
        let rest = self.rest.trim_start();
        let end = rest.find(|c: char| !(c.is_alphanumeric() || c == '-' || c == '_')).unwrap_or(rest.len());
        let (name, rest) = rest.split_at(end);
        self.rest = rest;
        if name.is_empty() { Err(NO_PLACE) } else { Ok(name) }
    }

    /// Takes this sign, with the blanks before it.
    fn take(&mut self, sign: char) -> bool {
        let rest = self.rest.trim_start().strip_prefix(sign);
        self.rest = rest.unwrap_or(self.rest);
        rest.is_some()
    }
}

fn flush(literal: &mut String, parts: &mut Vec<Part>) {
    if !literal.is_empty() {
        parts.push(Part::Literal(std::mem::take(literal).into()));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Places filled from a list; what is a whole number counts as one.
    struct Given(&'static [(&'static str, &'static str)]);

    impl Places for Given {
        fn write(&self, out: &mut String, place: &str) {
            out.push_str(self.word(place));
        }

        fn operands(&self, place: &str) -> Option<Operands> {
            self.word(place).parse().ok().map(Operands::whole)
        }

        fn word(&self, place: &str) -> &str {
            self.0.iter().find(|(name, _)| *name == place).map_or("?", |(_, value)| value)
        }
    }

    fn check(text: &str, given: &'static [(&'static str, &'static str)], expected: &str) {
        let mut rules = Rules::default();
        rules.add(Form::One, "i = 1 and v = 0").expect("a rule");
        let mut out = String::new();
        Message::read(text).expect(text).write(&mut out, &rules, &Given(given));
        assert_eq!(out, expected, "{text}");
    }

    #[test]
    fn places_are_filled() {
        check("nothing to fill", &[], "nothing to fill");
        check("{b} or { a }", &[("a", "1"), ("b", "2")], "2 or 1");
        check("{missing}", &[], "?");
        assert_eq!(Message::read("just text").expect("a message").plain(), Some("just text"));
        assert_eq!(Message::read("{b} of {a}").expect("a message").plain(), None);
    }

    #[test]
    fn a_number_chooses_the_form_of_its_word() {
        let text = "{busy} of {workers, plural, one {# worker} other {# workers}} busy";
        check(text, &[("busy", "0"), ("workers", "1")], "0 of 1 worker busy");
        check(text, &[("busy", "3"), ("workers", "20")], "3 of 20 workers busy");
        check("{n, plural, =0 {nobody} =1{one} other{# people}}", &[("n", "0")], "nobody");
        check("{n, plural, =0 {nobody} =1{one} other{# people}}", &[("n", "1")], "one");
        check("{n, plural, one {a #} other {b}}", &[("n", "no number")], "b");
        check(
            "{n, plural, other {{m, plural, one {# in #} other {#}} in #}}",
            &[("n", "2"), ("m", "1")],
            "1 in 1 in 2",
        );
    }

    #[test]
    fn a_word_chooses() {
        let text = "It is {state, select, open {open for {time}} other {closed}}.";
        check(text, &[("state", "open"), ("time", "3 s")], "It is open for 3 s.");
        check(text, &[("state", "?")], "It is closed.");
    }

    #[test]
    fn apostrophes_make_braces_of_braces() {
        check("write '{'\"name\": …'}'", &[], "write {\"name\": …}");
        check("it''s '…' and '{it''s}'", &[], "it's '…' and {it's}");
        check("# and '#'", &[], "# and '#'");
        check("{n, plural, other {'#'#}}", &[("n", "1")], "#1");
        check("'{' without an end", &[], "{ without an end");
    }

    #[test]
    fn what_surrounds_two_places_is_found() {
        let around = |text: &str| {
            let message = Message::read(text).expect(text);
            message.around("list", "item").map(|texts| texts.concat())
        };
        assert_eq!(around("{list}, {item}").as_deref(), Some(", "));
        assert_eq!(around("a{list}b{item}c").as_deref(), Some("abc"));
        assert_eq!(around("{item}, {list}"), None);
        assert_eq!(around("{list}"), None);
        assert_eq!(around("{list} {item} {item}"), None);
        let one = Message::read("{value} ms").expect("a message");
        assert_eq!(one.around("value", ""), Some(["", " ms", ""]));
    }

    #[test]
    fn places_are_known_by_name() {
        let text = "{b} {a} {n, plural, one {{c}} other {{a}}} {s, select, other {{d}}}";
        assert_eq!(Message::read(text).expect("a message").places(), ["a", "b", "c", "d", "n", "s"]);
    }

    #[test]
    fn what_is_malformed_is_refused() {
        for text in [
            "{",
            "}",
            "{}",
            "{a",
            "{a b}",
            "{a,}",
            "{a, plural}",
            "{a, plural, }",
            "{a, plural, one {x}}",
            "{a, plural, several {x} other {y}}",
            "{a, plural, =x {x} other {y}}",
            "{a, select, x {y}}",
            "{a, select, other y}",
            "{a, select, other {y}",
            "{a, number}",
            "{a, date, short}",
            "a } b",
        ] {
            assert!(Message::read(text).is_err(), "{text}");
        }
        let deep = |depth: usize| ["{a, select, other {".repeat(depth), "}}".repeat(depth)].concat();
        assert!(Message::read(&deep(6)).is_ok() && Message::read(&deep(7)).is_err());
        assert!(Message::read(&"a".repeat(MAX_LENGTH + 1)).is_err());
    }
}
