//! Markdown as data: paragraphs, lists, tables and lines of a program, with the terms in their braces.

use std::collections::BTreeSet;

use cascade::base::Json;
use cascade::lesson::{Span, Term};
use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

use super::mistake::Mistakes;
use super::source::Text;

/// Terms that need no entry: the variants, which say themselves what they are.
const UNEXPLAINED: [Term; 2] = [Term::VariantA, Term::VariantB];

/// Words that the glossary explains, as they are written in braces.
pub type Words = [String];

/// Paragraphs and what may stand between them, each with its line.
pub fn blocks(text: &Text, glossary: &Words, mistakes: &mut Mistakes) -> Vec<(usize, Json)> {
    let mut reader = Reader { text, glossary, mistakes, at: text.line, spans: Vec::new(), style: None };
    reader.blocks()
}

/// One paragraph.
pub fn spans(text: &Text, glossary: &Words, mistakes: &mut Mistakes) -> Json {
    let mut found = blocks(text, glossary, mistakes);
    match (found.len(), found.pop()) {
        (1, Some((_, Json::Array(spans)))) => Json::Array(spans),
        (0, _) => Json::Array(Vec::new()),
        _ => {
            mistakes.add(text.line, "this is more than a paragraph", "make one paragraph of it");
            Json::Array(Vec::new())
        }
    }
}

/// An object with these members.
pub fn object(members: Vec<(&str, Json)>) -> Json {
    Json::Object(members.into_iter().map(|(key, value)| (key.to_owned(), value)).collect())
}

/// The words that a lesson's data explains by their entry in the glossary, or by their look on the stage.
pub fn used(json: &Json) -> BTreeSet<&str> {
    let within = match json {
        Json::Object(members) => {
            let own = ["term", "gloss"].iter().filter_map(|kind| json.get(kind).and_then(Json::as_str));
            let mut found: BTreeSet<&str> = own.collect();
            found.extend(members.iter().flat_map(|(_, value)| used(value)));
            return found;
        }
        Json::Array(items) => items,
        _ => return BTreeSet::new(),
    };
    within.iter().flat_map(used).collect()
}

/// A paragraph as one string, with the marks that the page reads without knowing the glossary.
pub fn marked(spans: &[Span]) -> String {
    let each = |span: &Span| match span {
        Span::Strong(words) => format!("**{words}**"),
        Span::Term(term, words) => format!("{{{}|{words}}}", term.key()),
        _ => span.words().to_owned(),
    };
    spans.iter().map(each).collect()
}

struct Reader<'a> {
    text: &'a Text,
    glossary: &'a Words,
    mistakes: &'a mut Mistakes,
    /// The line that is read.
    at: usize,
    /// The paragraph, item or cell that is read.
    spans: Vec<Json>,
    /// Inside of strong or stressed words.
    style: Option<&'static str>,
}

impl Reader<'_> {
    fn blocks(&mut self) -> Vec<(usize, Json)> {
        let mut found = Vec::new();
        let mut items: Option<(bool, Vec<Json>)> = None;
        let (mut rows, mut cells): (Vec<Json>, Vec<Json>) = (Vec::new(), Vec::new());
        let mut lines: Option<String> = None;
        let mut begun = self.text.line;
        let options = Options::ENABLE_TABLES;
        for (event, range) in Parser::new_ext(&self.text.text, options).into_offset_iter() {
            self.at = self.text.line + self.text.text[..range.start].matches('\n').count();
            match event {
                Event::Start(Tag::Paragraph) if items.is_none() => begun = self.at,
                Event::Start(Tag::Paragraph) => {}
                Event::End(TagEnd::Paragraph) if items.is_none() => {
                    found.push((begun, Json::Array(self.take())));
                }
                Event::Start(Tag::List(first)) => {
                    if items.is_some() {
                        self.wrong("a list within a list", "make one list of it");
                    }
                    begun = self.at;
                    items = Some((first.is_some(), Vec::new()));
                }
                Event::End(TagEnd::Item) => {
                    let item = Json::Array(self.take());
                    if let Some((_, items)) = &mut items {
                        items.push(item);
                    }
                }
                Event::End(TagEnd::List(_)) => {
                    if let Some((ordered, items)) = items.take() {
                        let list = vec![("list", Json::Array(items)), ("ordered", Json::Bool(ordered))];
                        found.push((begun, object(list)));
                    }
                }
                Event::Start(Tag::CodeBlock(_)) => (begun, lines) = (self.at, Some(String::new())),
                Event::End(TagEnd::CodeBlock) => {
                    let lines = lines.take().unwrap_or_default();
                    found.push((begun, object(vec![("lines", lines.trim_end().into())])));
                }
                Event::Start(Tag::Table(_)) => begun = self.at,
                Event::End(TagEnd::TableCell) => cells.push(Json::Array(self.take())),
                Event::End(TagEnd::TableHead | TagEnd::TableRow) => {
                    rows.push(Json::Array(std::mem::take(&mut cells)));
                }
                Event::End(TagEnd::Table) => {
                    let rows = Json::Array(std::mem::take(&mut rows));
                    found.push((begun, object(vec![("table", rows)])));
                }
                Event::Start(Tag::Strong) => self.style = Some("strong"),
                Event::Start(Tag::Emphasis) => self.style = Some("em"),
                Event::End(TagEnd::Strong | TagEnd::Emphasis) => self.style = None,
                Event::Text(words) => match &mut lines {
                    Some(lines) => lines.push_str(&words),
                    None => self.words(&words),
                },
                Event::Code(words) => self.spans.push(object(vec![("code", (&*words).into())])),
                Event::SoftBreak | Event::HardBreak => self.words(" "),
                Event::Start(Tag::Item | Tag::TableHead | Tag::TableRow | Tag::TableCell) => {}
                Event::Start(Tag::Heading { .. }) => {
                    self.wrong("a heading within a step", "write ## for a step")
                }
                Event::Start(Tag::Link { .. } | Tag::Image { .. }) => {
                    self.wrong("links and pictures are not shown", "say it in words");
                }
                Event::Html(_) | Event::InlineHtml(_) => self.wrong("HTML is not shown", "write Markdown"),
                Event::Start(_) => {
                    self.wrong("this kind of Markdown is not shown", "write a paragraph or a list")
                }
                _ => {}
            }
        }
        found
    }

    fn wrong(&mut self, what: &str, mend: &str) {
        self.mistakes.add(self.at, what, mend);
    }

    /// The pieces read so far, with neighbouring plain words joined and the terms found.
    fn take(&mut self) -> Vec<Json> {
        let mut pieces = Vec::new();
        for span in std::mem::take(&mut self.spans) {
            match (pieces.last_mut(), span) {
                (Some(Json::String(before)), Json::String(words)) => before.push_str(&words),
                (_, span) => pieces.push(span),
            }
        }
        let mut found = Vec::new();
        for piece in pieces {
            match piece {
                Json::String(words) => self.terms(&words, &mut found),
                other => found.push(other),
            }
        }
        found
    }

    fn words(&mut self, words: &str) {
        let Some(style) = self.style else { return self.spans.push(words.into()) };
        if words.contains('{') {
            self.wrong(
                "a term within strong or stressed words",
                "take the stars away: a term has its own look",
            );
        }
        // What is one stretch in the text comes in several events.
        if let Some(Json::Object(members)) = self.spans.last_mut()
            && let Some((key, Json::String(before))) = members.first_mut()
            && key == style
        {
            return before.push_str(words);
        }
        self.spans.push(object(vec![(style, words.into())]));
    }

    /// Cuts plain words at the terms in braces.
    fn terms(&mut self, words: &str, found: &mut Vec<Json>) {
        let mut rest = words;
        while let Some((before, inside)) = rest.split_once('{') {
            let Some((term, after)) = inside.split_once('}') else {
                self.wrong("a \"{\" that is never closed", "write {request} or {request|requests}");
                break;
            };
            if !before.is_empty() {
                found.push(before.into());
            }
            found.extend(self.term(term));
            rest = after;
        }
        if !rest.is_empty() {
            found.push(rest.into());
        }
    }

    fn term(&mut self, written: &str) -> Option<Json> {
        let (key, shown) = written.split_once('|').unwrap_or((written, written));
        let explained = self.glossary.iter().any(|word| word == key);
        let kind = if let Some(term) = Term::named(key) {
            if !explained && !UNEXPLAINED.contains(&term) {
                let mend = format!("write \"## {key}\" and a paragraph into glossary.md");
                self.wrong(&format!("the glossary does not explain \"{key}\""), &mend);
            }
            "term"
        } else if explained {
            "gloss"
        } else {
            let names: Vec<&str> = Term::ALL.iter().map(|(_, name)| *name).collect();
            let mend = format!("write one of {}, or add it to glossary.md", names.join(", "));
            self.wrong(&format!("there is no term \"{key}\""), &mend);
            return None;
        };
        Some(object(vec![(kind, key.into()), ("as", shown.into())]))
    }
}
