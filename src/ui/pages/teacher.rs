//! The teacher's page of a lesson: goal, minutes, preparation, what to break live, questions with answers, and the steps
//! with what their guesses and questions come to.

use yew::prelude::*;

use crate::lesson::{Lesson, Question, Span, Step, Teacher};
use crate::ui::model::focus::FIGURE;
use crate::ui::model::kept::step_address;

/// The page of the lesson with this name in addresses. It is printed: its words bear no glyphs.
pub fn teacher(slug: &str, lesson: &Lesson, teacher: &Teacher) -> Html {
    let minutes = lesson.about.as_ref().map_or(0, |about| about.minutes);
    let asked = |(question, answer): &(Vec<Span>, Vec<Span>)| {
        html! { <li><strong>{prose(question)}</strong><p>{prose(answer)}</p></li> }
    };
    let right = |question: &Question| {
        let answers = question.answers.iter().filter(|answer| answer.right);
        html! {
            <p>
                {prose(&question.question)}{" "}
                {for answers.map(|answer| html! { <strong>{prose(&answer.text)}</strong> })}
            </p>
        }
    };
    let step = |(at, step): (usize, &Step)| {
        html! {
            <li>
                <a href={step_address(slug, at)}>{&step.heading}</a>
                if let Some(predict) = &step.predict {
                    <p>{prose(&predict.reveal)}</p>
                }
                {for step.quiz.iter().map(right)}
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
            <ol>{for lesson.steps.iter().enumerate().map(step)}</ol>
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
