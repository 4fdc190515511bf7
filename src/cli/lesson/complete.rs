//! What a lesson must contain, beyond what the page needs to show it.

use cascade::lesson::{Block, Lesson, Span, Step};

use super::mistake::Mistakes;
use super::source::Source;

/// What looks like an abbreviation and needs no words: units, and names that nobody writes out.
const NAMES: [&str; 7] = ["KB", "MB", "AMD", "AMQP", "JSON", "NET", "NGINX"];

/// Complains of what is missing, at the line where it would begin.
pub fn complete(lesson: &Lesson, source: &Source, mistakes: &mut Mistakes) {
    let steps = &lesson.steps;
    let line = source.title.line;
    let mut at_least = |least: usize, found: usize, what: &str, mend: &str| {
        if found < least {
            mistakes.add(line, format!("the lesson has {found} {what}, and needs {least}"), mend);
        }
    };
    let count = |of: fn(&Step) -> usize| steps.iter().map(of).sum::<usize>();
    at_least(3, steps.len(), "steps", "write another \"## …\"");
    at_least(1, count(|step| step.predict.iter().count()), "predictions", "write a \":::predict\"");
    at_least(2, count(|step| step.task.iter().count()), "tasks", "write a \":::task\"");
    at_least(1, count(|step| step.compare.iter().count()), "comparisons", "write a \":::compare\"");
    let real = count(|step| usize::from(!step.real.is_empty()));
    at_least(1, real, "words on real systems", "write a \":::real\"");
    let challenges = count(|step| usize::from(!step.challenge.is_empty()));
    at_least(1, challenges, "challenges", "write a \":::challenge\" in the last step");
    at_least(3, count(|step| step.quiz.len()), "questions", "write a \":::quiz\"");
    at_least(5, lesson.claims.len(), "claims", "write a \":::claim\" for every number in the text");
    if let Some(teacher) = &lesson.teacher {
        at_least(1, teacher.live.len(), "things to break live", "write \"live: …\" into \":::teacher\"");
        at_least(3, teacher.questions.len(), "questions to the room", "write \"- …\" into \":::teacher\"");
    }
    if steps.len() > 7 {
        mistakes.add(line, format!("the lesson has {} steps", steps.len()), "leave at most 7");
    }
    for (step, lines) in steps.iter().zip(&source.steps) {
        for question in &step.quiz {
            if question.experiment.is_none() && question.answers.iter().any(|answer| answer.holds.is_some()) {
                let what = "a question of this step has conditions and no run to try them in";
                mistakes.add(
                    lines.heading.line,
                    what,
                    "write \"at: 40s\" into the \":::quiz\", and what is done before",
                );
            }
        }
        if step.text.is_empty() && step.real.is_empty() && step.quiz.is_empty() {
            mistakes.add(lines.heading.line, "the step says nothing", "write a paragraph under its heading");
        }
    }
    let text = prose(lesson);
    for short in unexplained(&text) {
        let what = format!("nothing says what {short} means where it is first used");
        mistakes.add(line, what, format!("write \"the long form ({short})\" or \"{short} (the long form)\""));
    }
}

/// What a learner reads as sentences, a paragraph a line.
fn prose(lesson: &Lesson) -> String {
    let mut text = String::new();
    for spans in lesson.steps.iter().flat_map(|step| texts(step)) {
        text.extend(spans.iter().map(Span::words));
        text.push('\n');
    }
    text
}

/// The sentences of a step, a paragraph each.
pub fn texts(step: &Step) -> Vec<&[Span]> {
    let mut texts: Vec<&[Span]> = Vec::new();
    for block in step.text.iter().chain(&step.real).chain(&step.challenge) {
        match block {
            Block::Paragraph(spans) => texts.push(spans),
            Block::List { items, .. } => texts.extend(items.iter().map(Vec::as_slice)),
            Block::Code(_) | Block::Table(_) => {}
        }
    }
    texts.extend(step.notes.iter().map(|note| note.text.as_slice()));
    texts.extend(step.task.iter().map(|task| task.text.as_slice()));
    texts.extend(step.predict.iter().flat_map(|predict| [predict.question.as_slice(), &predict.reveal]));
    for quiz in &step.quiz {
        texts.push(&quiz.question);
        texts.extend(quiz.answers.iter().map(|answer| answer.because.as_slice()));
    }
    texts
}

/// Abbreviations that the paragraph of their first use does not explain: nothing in brackets, or after a comma and an
/// article, stands beside them there.
fn unexplained(text: &str) -> Vec<&str> {
    let mut known: Vec<&str> = NAMES.to_vec();
    let mut found = Vec::new();
    for paragraph in text.lines() {
        for word in paragraph.split(|c: char| !c.is_ascii_alphanumeric()) {
            let is_short =
                word.len() > 1 && word.bytes().all(|c| c.is_ascii_uppercase() || c.is_ascii_digit());
            if !is_short || word.parse::<f64>().is_ok() || known.contains(&word) {
                continue;
            }
            known.push(word);
            let beside = [["(", word, ")"], [word, " (", ""], [word, ", a ", ""], [word, ", an ", ""]];
            if !beside.iter().any(|parts| paragraph.contains(&parts.concat())) {
                found.push(word);
            }
        }
    }
    found
}
