//! The teacher's page of a lesson, as HTML: goal, minutes, preparation, what to break live, questions with answers.

use cascade::lesson::{Lesson, Span};
use cascade::view::words::teacher as said;

/// The page's content; empty for a lesson without a teacher's part.
pub fn page(lesson: &Lesson) -> String {
    let Some(teacher) = &lesson.teacher else { return String::new() };
    let mut html = tag("h1", &[&escaped(&lesson.title), said::FOR_TEACHERS].concat());
    let minutes = lesson.about.as_ref().map_or(0, |about| about.minutes);
    html += &tag("p", &format!("{minutes}{}", said::MINUTES));
    let mut part = |heading: &str, content: String| {
        html += &tag("h2", heading);
        html += &content;
    };
    part(said::GOAL, tag("p", &prose(&teacher.goal)));
    part(said::BEFORE, tag("p", &prose(&teacher.preparation)));
    part(said::LIVE, list("ul", teacher.live.iter().map(|each| prose(each))));
    let asked = |(question, answer): &(Vec<Span>, Vec<Span>)| {
        [tag("strong", &prose(question)), tag("p", &prose(answer))].concat()
    };
    part(said::QUESTIONS, list("ol", teacher.questions.iter().map(asked)));
    let steps = lesson.steps.iter().map(|step| {
        let reveal = step.predict.as_ref().map(|predict| tag("p", &prose(&predict.reveal)));
        [escaped(&step.heading), reveal.unwrap_or_default()].concat()
    });
    part(said::STEPS, list("ol", steps));
    html
}

fn list(kind: &str, items: impl Iterator<Item = String>) -> String {
    tag(kind, &items.map(|item| tag("li", &item)).collect::<String>())
}

fn tag(name: &str, inside: &str) -> String {
    format!("<{name}>{inside}</{name}>\n")
}

fn prose(spans: &[Span]) -> String {
    let each = |span: &Span| {
        let words = escaped(span.words());
        match span {
            Span::Plain(_) => words,
            Span::Strong(_) | Span::Term(..) => format!("<b>{words}</b>"),
            Span::Emphasis(_) | Span::Gloss(..) => format!("<em>{words}</em>"),
            Span::Code(_) => format!("<code>{words}</code>"),
        }
    };
    spans.iter().map(each).collect()
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_lesson_says_stays_text() {
        let spans = [Span::Plain("a < b & c ".into()), Span::Strong("<i>".into()), Span::Code("x".into())];
        assert_eq!(prose(&spans), "a &lt; b &amp; c <b>&lt;i&gt;</b><code>x</code>");
    }
}
