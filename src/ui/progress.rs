//! How far the reader has come in each lesson: kept in this browser, and nowhere else.
//!
//! `{ "the-log": { "title": "The log", "at": 2, "done": 1, "of": 6, "steps": [1, 0, 2] } }`, the lesson last begun at the
//! end. Storage may be missing, refuse or hold nonsense: whatever cannot be read has not been begun.

use super::browser::{forget, remember, remembered};
use super::route::is_slug;
use super::run::Run;
use crate::base::{Cursor, Json, Problems};
use crate::lesson::Step;

/// Where it is kept.
const KEY: &str = "cascade.progress";

/// No more lessons than these, and no more steps in one of them.
const MOST: usize = 100;

/// How far the reader has come in a lesson.
#[derive(Clone, Debug, PartialEq)]
pub struct Mark {
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

impl Mark {
    /// Every step is done.
    pub fn is_done(&self) -> bool {
        self.done >= self.of
    }

    /// Where to go on: the step that was open last.
    pub fn address(&self) -> String {
        ["#/lesson/", &self.slug, "/", &(self.at + 1).to_string()].concat()
    }
}

/// All lessons that were begun, the last one at the end.
pub fn marks() -> Vec<Mark> {
    kept().iter().filter_map(|(slug, kept)| mark(slug, kept)).take(MOST).collect()
}

fn mark(slug: &str, kept: &Json) -> Option<Mark> {
    let (here, mut problems) = (Cursor::root(kept), Problems::default());
    let mut number =
        |key: &str| here.must(key, &mut problems).map_or(0, |number| number.number(&mut problems) as usize);
    let (at, done, of) = (number("at"), number("done"), number("of"));
    let title = here.must("title", &mut problems)?.text(&mut problems).to_owned();
    let known = is_slug(slug) && (1..=MOST).contains(&of) && problems.is_empty();
    known.then(|| Mark { slug: slug.to_owned(), title, at: at.min(of - 1), done: done.min(of), of })
}

fn kept() -> Vec<(String, Json)> {
    match remembered(KEY).and_then(|text| Json::parse(&text).ok()) {
        Some(Json::Object(members)) => members,
        _ => Vec::new(),
    }
}

/// Forgets it all. What was there, to bring it back.
pub fn clear() -> Option<String> {
    let was = remembered(KEY);
    forget(KEY);
    was
}

/// Brings back what was forgotten.
pub fn restore(was: &str) {
    remember(KEY, was);
}

/// No step has more questions than these.
const QUESTIONS: usize = 28;

/// The lesson that is open: what of each step is done, and which is open.
#[derive(Debug, PartialEq)]
pub struct Open {
    slug: String,
    at: usize,
    steps: Vec<u32>,
}

/// A task that was ticked; in a step that asks nothing, the reader has gone on.
const TASK: u32 = 1;
/// A guess that was made.
const GUESS: u32 = 2;
/// The first question that was answered; the next ones follow.
const ANSWER: u32 = 4;

impl Open {
    /// Takes up a lesson where it was left.
    pub fn new(slug: &str, run: &Run) -> Open {
        let kept = kept().into_iter().find(|(known, _)| known == slug);
        let steps = kept.as_ref().and_then(|(_, kept)| kept.get("steps"));
        let step = |at: usize| match steps {
            Some(Json::Array(steps)) => steps.get(at).and_then(Json::as_f64).map_or(0, |bits| bits as u32),
            _ => 0,
        };
        let steps = (0..run.lesson.steps.len()).map(step).collect();
        Open { slug: slug.to_owned(), at: usize::MAX, steps }
    }

    /// Looks at what was done in the run, and keeps it where that is news; true if it is.
    pub fn look(&mut self, run: &Run) -> bool {
        let last = run.lesson.steps.len().saturating_sub(1);
        let mut news = std::mem::replace(&mut self.at, run.step) != run.step;
        for (at, bits) in self.steps.iter_mut().enumerate() {
            let before = *bits;
            let progress = &run.steps[at];
            let gone_on = asked(&run.lesson.steps[at]) == TASK && run.lesson.steps[at].task.is_none();
            let gone_on = gone_on && (run.step > at || run.step == last && at == last);
            *bits |= if gone_on || progress.task >= 1.0 { TASK } else { 0 };
            *bits |= if progress.guess.made.is_some() { GUESS } else { 0 };
            for (place, answer) in progress.answers.iter().enumerate().take(QUESTIONS) {
                *bits |= if answer.is_some() { ANSWER << place } else { 0 };
            }
            news |= before != *bits;
        }
        if news {
            self.keep(run);
        }
        news
    }

    /// Whether all that a step asks is done.
    pub fn is_done(&self, run: &Run, at: usize) -> bool {
        let asked = run.lesson.steps.get(at).map_or(0, asked);
        self.steps.get(at).is_some_and(|bits| bits & asked == asked)
    }

    fn keep(&self, run: &Run) {
        let mut all = kept();
        // Whoever begins the hundred-and-first lesson forgets the first.
        all.retain(|(slug, _)| *slug != self.slug);
        let most = all.len().saturating_sub(MOST - 1);
        all.drain(..most);
        let number = |number: usize| Json::Number(number as f64);
        let done = (0..self.steps.len()).filter(|at| self.is_done(run, *at)).count();
        let steps = self.steps.iter().map(|bits| Json::Number(f64::from(*bits)));
        let own = [
            ("title", Json::String(run.lesson.title.clone())),
            ("at", number(self.at)),
            ("done", number(done)),
            ("of", number(self.steps.len())),
            ("steps", Json::Array(steps.collect())),
        ];
        let own = own.into_iter().map(|(key, value)| (key.to_owned(), value)).collect();
        all.push((self.slug.clone(), Json::Object(own)));
        remember(KEY, &Json::Object(all).to_string());
    }
}

/// What a step asks; where it asks nothing, that one goes on.
fn asked(step: &Step) -> u32 {
    let task = if step.task.is_some() { TASK } else { 0 };
    let guess = if step.predict.is_some() { GUESS } else { 0 };
    let questions = (0..step.quiz.len().min(QUESTIONS)).fold(0, |bits, at| bits | ANSWER << at);
    match task | guess | questions {
        0 => TASK,
        asked => asked,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nonsense_has_not_been_begun() {
        let read = |slug: &str, kept: &str| mark(slug, &Json::parse(kept).expect("JSON"));
        let good = r#"{"title": "A", "at": 2, "done": 1, "of": 6, "steps": [1]}"#;
        let begun = read("a", good).expect("begun");
        assert_eq!((begun.at, begun.done, begun.of, begun.address().as_str()), (2, 1, 6, "#/lesson/a/3"));
        assert!(!begun.is_done());
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
    }
}
