//! Keys that a text names: the buttons of a step are numbered as they stand there.

use cascade::lesson::{Lesson, Span};

use super::complete::texts;
use super::mistake::Mistakes;
use super::source::Source;

/// Complains of keys that press another button at their step than the text says, or none, and of buttons that a step
/// names with a key and does not show.
pub fn keys(lesson: &Lesson, source: &Source, mistakes: &mut Mistakes) {
    for (at, (step, lines)) in lesson.steps.iter().zip(&source.steps).enumerate() {
        let shown: Vec<&str> = lesson.buttons(at).map(|(_, button)| button.label.as_str()).collect();
        for (number, button) in texts(step).into_iter().flat_map(in_text) {
            let found = number.checked_sub(1).and_then(|at| shown.get(at));
            let Some(what) = wrong(number, found.copied(), button) else { continue };
            let known = shown.iter().position(|label| Some(*label) == button);
            let mend = match known {
                Some(at) => format!("write \"key {}\"", at + 1),
                None => "name a button of this step, or show it: \"faults: …\" in \":::figure\"".to_owned(),
            };
            mistakes.add(lines.heading.line, what, mend);
        }
    }
}

/// The keys in a text, each with the button that stands in bold right before it: "**Crash** (key 1)".
fn in_text(text: &[Span]) -> impl Iterator<Item = (usize, Option<&str>)> {
    let before = std::iter::once(None).chain(text.iter().map(Some));
    before.zip(text).flat_map(|(before, span)| named(before, span.words()))
}

/// The same in a stretch of it.
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
