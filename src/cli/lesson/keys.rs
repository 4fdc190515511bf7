//! Keys that a text names: the buttons of a step are numbered as they stand there.

use cascade::lesson::{Lesson, Span, Step};

use super::complete::texts;
use super::mistake::Mistakes;
use super::source::Source;

/// Complains of keys that press another button at their step than the text says, or none, and of buttons that a step
/// names with a key and does not show.
pub fn keys(lesson: &Lesson, source: &Source, mistakes: &mut Mistakes) {
    for (step, lines) in lesson.steps.iter().zip(&source.steps) {
        let shown = shown(lesson, step);
        for text in texts(step) {
            for (at, span) in text.iter().enumerate() {
                let before = at.checked_sub(1).and_then(|at| text.get(at));
                for (number, button) in named(before, span.words()) {
                    let found = number.checked_sub(1).and_then(|at| shown.get(at));
                    let Some(what) = wrong(number, found.copied(), button) else { continue };
                    let known = shown.iter().position(|label| Some(*label) == button);
                    let mend = match known {
                        Some(at) => format!("write \"key {}\"", at + 1),
                        None => "name a button of this step, or show it: \"faults: …\" in \":::figure\""
                            .to_owned(),
                    };
                    mistakes.add(lines.heading.line, what, mend);
                }
            }
        }
    }
}

/// The labels of the buttons that a step shows, in the order of their keys.
fn shown<'a>(lesson: &'a Lesson, step: &Step) -> Vec<&'a str> {
    let faults = lesson.faults.iter().enumerate();
    let wanted = |at: &usize| step.figure.faults.as_ref().is_none_or(|wanted| wanted.contains(at));
    faults.filter(|(at, _)| wanted(at)).map(|(_, button)| button.label.as_str()).collect()
}

/// The keys in a stretch of words, each with the button that stands in bold right before it: "**Crash** (key 1)".
fn named<'a>(before: Option<&'a Span>, words: &'a str) -> impl Iterator<Item = (usize, Option<&'a str>)> {
    words.match_indices("key ").filter_map(move |(at, word)| {
        let digits = words[at + word.len()..].split(|c: char| !c.is_ascii_digit()).next()?;
        let button = match before {
            Some(Span::Strong(label)) if [" (", ", "].contains(&&words[..at]) => Some(label.as_str()),
            _ => None,
        };
        Some((digits.parse().ok()?, button))
    })
}

/// What is wrong with a key, if anything is.
fn wrong(number: usize, found: Option<&str>, button: Option<&str>) -> Option<String> {
    match (found, button) {
        (Some(label), Some(button)) if label != button => {
            Some(format!("key {number} is \"{label}\" at this step, not \"{button}\""))
        }
        (None, _) => Some(format!("key {number} presses nothing at this step")),
        _ => None,
    }
}
