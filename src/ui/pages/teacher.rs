//! The teacher's page of a lesson: goal, minutes, preparation, what to break live, questions with answers.

use yew::prelude::*;

use crate::lesson::{Lesson, Span, Step, Teacher};
use crate::ui::model::focus::FIGURE;

/// The page. It is printed: its words bear no glyphs.
pub fn teacher(lesson: &Lesson, teacher: &Teacher) -> Html {
    let minutes = lesson.about.as_ref().map_or(0, |about| about.minutes);
    let asked = |(question, answer): &(Vec<Span>, Vec<Span>)| {
        html! { <li><strong>{prose(question)}</strong><p>{prose(answer)}</p></li> }
    };
    let step = |step: &Step| {
        html! {
            <li>
                {&step.heading}
                if let Some(predict) = &step.predict {
                    <p>{prose(&predict.reveal)}</p>
                }
            </li>
        }
    };
    html! {
        <article class="panel prose" id={FIGURE} tabindex="-1">
            <h1>{say!("teacher.title", lesson = &lesson.title)}</h1>
            <p>{say!("teacher.minutes", count = minutes)}</p>
            <h2>{text!("teacher.goal")}</h2>
            <p>{prose(&teacher.goal)}</p>
            <h2>{text!("teacher.before")}</h2>
            <p>{prose(&teacher.preparation)}</p>
            <h2>{text!("teacher.live")}</h2>
            <ul>{for teacher.live.iter().map(|each| html! { <li>{prose(each)}</li> })}</ul>
            <h2>{text!("teacher.questions")}</h2>
            <ol>{for teacher.questions.iter().map(asked)}</ol>
            <h2>{text!("teacher.steps")}</h2>
            <ol>{for lesson.steps.iter().map(step)}</ol>
        </article>
    }
}

fn prose(spans: &[Span]) -> Html {
    let each = |span: &Span| match span {
        Span::Plain(words) => html! { {words} },
        Span::Strong(words) | Span::Term(_, words) => html! { <b>{words}</b> },
        Span::Emphasis(words) | Span::Gloss(_, words) => html! { <em>{words}</em> },
        Span::Code(words) => html! { <code>{words}</code> },
    };
    spans.iter().map(each).collect()
}
