//! A lesson's text: the open step, its guess or its task, the way to the others.

use yew::prelude::*;

use super::app::App;
use super::glyphs::{block, prose, said};
use super::msg::Msg;
use super::progress::Open;
use super::route::Route;
use super::run::Run;
use super::study::{comparison, note, prediction, question, real};
use super::terms::{entry, to_glossary, words_panel};
use super::words;
use crate::lesson::{Step, Task};

/// The id of the open step's heading, to which the ways to the other steps lead.
pub const HEADING: &str = "step";

/// The panel beside the figure: the open step, or what a page without steps says.
pub fn text(app: &App, run: &Run) -> Html {
    match run.lesson.steps.get(run.step) {
        Some(open) => step(app, run, open),
        None => introduction(app, run),
    }
}

/// What a page without steps says.
fn introduction(app: &App, run: &Run) -> Html {
    let again = app.shelf.again().filter(|_| app.route == Route::Opening);
    html! {
        <section class="panel intro" aria-label={words::INTRODUCTION}>
            <h1>{&run.lesson.title}</h1>
            <p>{prose(&run.lesson.summary)}</p>
            if let Some(again) = again {
                {again}
            }
        </section>
    }
}

/// The open step.
fn step(app: &App, run: &Run, step: &Step) -> Html {
    let (route, send) = (&app.route, &app.send);
    let progress = &run.steps[run.step];
    let notes = step.notes.iter().zip(&progress.notes).filter(|(_, seen)| **seen);
    let questions = step.quiz.iter().enumerate().map(|(at, each)| {
        let answered = progress.answers.get(at).and_then(Option::as_ref);
        question(at, each, answered, send)
    });
    let inside = html! {
        <>
            <h1 class="lesson">{&run.lesson.title}</h1>
            {steps(run, app.open.as_ref(), send)}
            <h2 id={HEADING} tabindex="-1">{&step.heading}</h2>
            {for step.text.iter().map(block)}
            if let Some(predict) = &step.predict {
                {prediction(predict, &progress.guess, &app.pictures.guess.node, send)}
            }
            if let Some(each) = &step.task {
                {task(each, progress.task)}
            }
            <div role="status">{for notes.map(|(seen, _)| note(&seen.text))}</div>
            if let Some(compare) = &step.compare {
                {comparison(compare, run)}
            }
            if !step.real.is_empty() {
                {real(&step.real)}
            }
            {for questions}
            {ways(run.step, run.lesson.steps.len() - 1, &send.reform(Msg::Step))}
            if let Some(slug) = route.lesson() {
                {teacher(slug)}
            }
            {entry(app.word.as_ref(), app.glossary.as_ref())}
        </>
    };
    words_panel(&send.reform(Msg::Word), HEADING, inside)
}

/// Where the reader is among the steps, and all of them with what is done.
fn steps(run: &Run, open: Option<&Open>, send: &Callback<Msg>) -> Html {
    let (here, all) = ((run.step + 1).to_string(), run.lesson.steps.len().to_string());
    let entry = |(at, step): (usize, &Step)| {
        let done = open.is_some_and(|open| open.is_done(run, at));
        html! {
            <li>
                <button
                    class="quiet"
                    data-testid={["to step ", &(at + 1).to_string()].concat()}
                    aria-current={(at == run.step).then_some("step")}
                    onclick={send.reform(move |_: MouseEvent| Msg::Step(at))}
                >
                    {&step.heading}
                </button>
                if done {
                    <span class="verdict" data-right="">{words::DONE}</span>
                }
            </li>
        }
    };
    html! {
        <details class="steps">
            <summary class="count">{[words::STEP, &here, words::OF, &all].concat()}</summary>
            <ol>{for run.lesson.steps.iter().enumerate().map(entry)}</ol>
        </details>
    }
}

fn task(task: &Task, progress: f64) -> Html {
    let done = progress >= 1.0;
    let share = ((progress * 100.0) as u32).to_string();
    html! {
        <div
            class="box task"
            role="group"
            aria-label={words::TASK}
            data-testid="task"
            data-done={done.then_some("")}
        >
            <h3>{words::TASK}</h3>
            <p>{said(&task.text)}</p>
            <progress max="100" aria-label={words::TASK} value={share} />
            <p role="status">{if done { words::DONE } else { "" }}</p>
        </div>
    }
}

/// The ways to the page for teachers of this lesson and to the words.
fn teacher(slug: &str) -> Html {
    let href = ["#/lesson/", slug, "/teacher"].concat();
    html! {
        <p class="teachers"><a {href}>{words::TEACHER}</a>{" · "}{to_glossary()}</p>
    }
}

/// The ways to the steps before and behind. `at`: the open step; `last`: the last one.
fn ways(at: usize, last: usize, on_step: &Callback<usize>) -> Html {
    let to = |step: usize| on_step.reform(move |_: MouseEvent| step);
    html! {
        <div class="ways">
            <button data-testid="back" disabled={at == 0} onclick={to(at.saturating_sub(1))}>
                {words::BACK}
            </button>
            <button data-testid="next" disabled={at == last} data-kind="primary" onclick={to(at + 1)}>
                {words::NEXT}
            </button>
        </div>
    }
}
