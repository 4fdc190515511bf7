//! What is kept of all lessons from one visit to the next, as text.
//!
//! `{ "the-log": { "title": "The log", "at": 2, "done": 1, "of": 6, "steps": [1, 0, 2], "said": […] } }`, the lesson last
//! begun at the end; `said` has what `recall` makes of each step. The text may be missing or nonsense: whatever cannot be read has not been begun.

use super::play::{Player, StepState};
use super::progress::Progress;
use crate::base::{Cursor, Json, Problems};
use crate::lesson::slug::is_slug;

/// So many lessons are kept, the first begun is forgotten for one more; and no lesson has more steps.
pub const MOST_KEPT: usize = 100;

/// What is kept of all lessons.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Kept(Vec<(String, Json)>);

/// How far a learner has come in a lesson, for a list of lessons.
#[derive(Clone, Debug, PartialEq)]
pub struct Bookmark {
    /// The lesson's name in addresses.
    pub slug: String,
    /// What it is called.
    pub title: String,
    /// The step that was open last, from 0.
    pub at: usize,
    /// How many steps are done.
    pub done: usize,
    /// How many it has.
    pub of: usize,
}

impl Bookmark {
    /// Every step is done.
    pub fn is_done(&self) -> bool {
        self.done >= self.of
    }

    fn read(slug: &str, kept: &Json) -> Option<Bookmark> {
        let (here, mut problems) = (Cursor::root(kept), Problems::default());
        let mut number = |key: &str| {
            here.must(key, &mut problems).map_or(0, |number| number.number(&mut problems) as usize)
        };
        let (at, done, of) = (number("at"), number("done"), number("of"));
        let title = here.must("title", &mut problems)?.text(&mut problems).to_owned();
        let known = is_slug(slug) && (1..=MOST_KEPT).contains(&of) && problems.is_empty();
        known.then(|| Bookmark { slug: slug.to_owned(), title, at: at.min(of - 1), done: done.min(of), of })
    }
}

impl Kept {
    /// Reads it; nothing where it is nonsense.
    pub fn read(text: &str) -> Kept {
        match Json::parse(text) {
            Ok(Json::Object(members)) => Kept(members),
            _ => Kept::default(),
        }
    }

    /// As text, to be kept.
    pub fn text(&self) -> String {
        Json::Object(self.0.clone()).to_string()
    }

    /// All lessons that were begun, the last one at the end.
    pub fn bookmarks(&self) -> Vec<Bookmark> {
        self.0.iter().filter_map(|(slug, kept)| Bookmark::read(slug, kept)).take(MOST_KEPT).collect()
    }

    /// What was done in a lesson of so many steps.
    pub fn progress(&self, slug: &str, steps: usize) -> Progress {
        let own = self.own(slug);
        let number = |json: &Json| json.as_f64().map_or(0, |number| number as u32);
        let bits = own.and_then(|own| own.get("steps")).map_or(&[][..], Json::items);
        let bits = (0..steps).map(|at| bits.get(at).map_or(0, number)).collect();
        let at = own.and_then(|own| own.get("at")).map_or(0, number) as usize;
        Progress::from_bits(at.min(steps.saturating_sub(1)), bits)
    }

    /// Takes a lesson up where an earlier visit left it.
    pub fn resume(&self, slug: &str, player: &mut Player) {
        let said = self.own(slug).and_then(|own| own.get("said")).map_or(&[][..], Json::items);
        player.resume(&self.progress(slug, player.lesson().steps.len()), said);
    }

    fn own(&self, slug: &str) -> Option<&Json> {
        self.0.iter().find(|(known, _)| known == slug).map(|(_, own)| own)
    }

    /// Keeps how far a learner has come in a lesson, and what was said there.
    pub fn keep(&mut self, slug: &str, player: &Player) {
        self.0.retain(|(known, _)| known != slug);
        let too_many = self.0.len().saturating_sub(MOST_KEPT - 1);
        self.0.drain(..too_many);
        let number = |number: usize| Json::Number(number as f64);
        let (lesson, progress) = (player.lesson(), player.progress());
        let done = (0..lesson.steps.len()).filter(|at| player.is_done(*at)).count();
        let bits = progress.bits().iter().map(|bits| Json::Number(f64::from(*bits)));
        let own = [
            ("title", Json::String(lesson.title.clone())),
            ("at", number(progress.at())),
            ("done", number(done)),
            ("of", number(lesson.steps.len())),
            ("steps", Json::Array(bits.collect())),
            ("said", Json::Array(player.states().iter().map(StepState::said).collect())),
        ];
        let own = own.into_iter().map(|(key, value)| (key.to_owned(), value)).collect();
        self.0.push((slug.to_owned(), Json::Object(own)));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nonsense_has_not_been_begun() {
        let read = |slug: &str, kept: &str| Bookmark::read(slug, &Json::parse(kept).expect("JSON"));
        let good = r#"{"title": "A", "at": 2, "done": 1, "of": 6, "steps": [1]}"#;
        let begun = read("a", good).expect("begun");
        assert_eq!((begun.at, begun.done, begun.of, begun.is_done()), (2, 1, 6, false));
        let wild = read("a", r#"{"title": "A", "at": 1e9, "done": 99, "of": 6}"#).expect("begun");
        assert_eq!((wild.at, wild.done, wild.is_done()), (5, 6, true));
        for (slug, kept) in [
            ("../a", good),
            ("a", "[]"),
            ("a", "7"),
            ("a", r#"{"title": 1, "at": 2, "done": 1, "of": 6}"#),
            ("a", r#"{"title": "A", "at": 0, "done": 0, "of": 0}"#),
            ("a", r#"{"title": "A", "at": -3, "done": -1, "of": -1}"#),
        ] {
            assert_eq!(read(slug, kept), None, "{slug}: {kept}");
        }
        for text in ["", "{", "[1]", "null"] {
            assert_eq!(Kept::read(text), Kept::default(), "{text}");
        }
        let kept = Kept::read(r#"{"a": {"steps": [1, "x", 1e99], "at": 9}}"#);
        assert_eq!(kept.progress("a", 4), Progress::from_bits(3, vec![1, 0, u32::MAX, 0]));
        assert_eq!(kept.progress("b", 2), Progress::new(2));
        assert!(kept.bookmarks().is_empty());
    }
}
