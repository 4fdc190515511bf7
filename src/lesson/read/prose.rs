//! Reads prose: paragraphs with their terms, lists, and the pages that are prose alone.

use super::{MAX_LIST, Reader};
use crate::base::{Cursor, Json};
use crate::lesson::format::{About, Level, Teacher};
use crate::lesson::text::{self, Block, Span};

impl Reader<'_> {
    /// A paragraph: a string with marks, or a list of pieces as the site's build writes them.
    pub(super) fn spans(&mut self, here: &Cursor) -> Vec<Span> {
        if matches!(here.json, Json::Array(_)) {
            let pieces = here.items(usize::MAX, &mut self.problems);
            return pieces.iter().filter_map(|piece| self.piece(piece)).collect();
        }
        text::spans(here.text(&mut self.problems)).unwrap_or_else(|message| {
            self.problems.tell(&here.path, message, text!("lesson.marks").to_owned());
            Vec::new()
        })
    }

    fn piece(&mut self, here: &Cursor) -> Option<Span> {
        let own = |key: &str| here.json.get(key).and_then(Json::as_str);
        let shown = |key: &str| own("as").unwrap_or(key).to_owned();
        if let Json::String(words) = here.json {
            return Some(Span::Plain(words.clone()));
        }
        let marked = own("strong").map(|words| Span::Strong(words.to_owned()));
        let marked = marked.or_else(|| own("em").map(|words| Span::Emphasis(words.to_owned())));
        let marked = marked.or_else(|| own("code").map(|words| Span::Code(words.to_owned())));
        let marked = marked.or_else(|| own("gloss").map(|key| Span::Gloss(key.to_owned(), shown(key))));
        if marked.is_some() {
            return marked;
        }
        let Some(key) = own("term") else {
            self.problems.add(&here.path, problem!("lesson.no-piece"));
            return None;
        };
        match text::term(&[key, "|", &shown(key)].concat()) {
            Ok(span) => Some(span),
            Err(message) => {
                self.problems.tell(&here.path, message, text!("lesson.other-term").to_owned());
                None
            }
        }
    }

    /// A paragraph, a list, lines of a program or a table.
    pub(super) fn block(&mut self, here: &Cursor) -> Block {
        if !matches!(here.json, Json::Object(_)) {
            return Block::Paragraph(self.spans(here));
        }
        here.only(&["list", "ordered", "lines", "table"], &mut self.problems);
        if let Some(lines) = here.get("lines") {
            return Block::Code(self.string(&lines));
        }
        if here.get("table").is_some() {
            return Block::Table(self.list(here, "table", MAX_LIST, |reader, row| {
                let cells = row.items(MAX_LIST, &mut reader.problems);
                cells.iter().map(|cell| reader.spans(cell)).collect()
            }));
        }
        here.must("list", &mut self.problems);
        let ordered = here.get("ordered").is_some_and(|flag| flag.flag(&mut self.problems));
        Block::List { ordered, items: self.list(here, "list", MAX_LIST, Reader::spans) }
    }

    pub(super) fn about(&mut self, here: &Cursor) -> About {
        here.only(&["chapter", "number", "minutes", "level"], &mut self.problems);
        let written = here.must("level", &mut self.problems);
        let name = written.as_ref().map_or("beginner", |level| level.text(&mut self.problems));
        let level = Level::named(name);
        if let (None, Some(here)) = (level, &written) {
            self.problems.add(&here.path, problem!("lesson.no-level", level = name));
        }
        let mut whole = |key: &str| {
            here.must(key, &mut self.problems)
                .map_or(0, |number| number.below(1000, &mut self.problems) as u32)
        };
        let (chapter, number, minutes) = (whole("chapter"), whole("number"), whole("minutes"));
        About { chapter, number, minutes, level: level.unwrap_or(Level::Beginner) }
    }

    pub(super) fn teacher(&mut self, here: &Cursor) -> Teacher {
        here.only(&["goal", "preparation", "live", "questions"], &mut self.problems);
        Teacher {
            goal: self.must_spans(here, "goal"),
            preparation: self.must_spans(here, "preparation"),
            live: self.list(here, "live", MAX_LIST, Reader::spans),
            questions: self.list(here, "questions", MAX_LIST, |reader, each| {
                each.only(&["question", "answer"], &mut reader.problems);
                (reader.must_spans(each, "question"), reader.must_spans(each, "answer"))
            }),
        }
    }
}
