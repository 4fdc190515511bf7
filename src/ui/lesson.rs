//! A lesson's text: the open step, its guess or its task, the way to the others.

use yew::prelude::*;
use yew::virtual_dom::ListenerKind;

use super::app::App;
use super::dom::{El, el};
use super::glyphs::{block, prose, said};
use super::msg::Msg;
use super::progress::Open;
use super::route::Route;
use super::run::Run;
use super::study::{comparison, note, prediction, question, real};
use super::terms::{entry, to_glossary, with_words};
use super::words;
use crate::lesson::{Step, Task};

/// The id of the open step's heading, to which the ways to the other steps lead.
pub const HEADING: &str = "step";

/// The panel beside the figure: the open step, or what a page without steps says.
pub fn text(app: &App, run: &Run) -> El {
    let (route, send) = (&app.route, &app.send);
    let title = run.lesson.title.clone();
    let Some(step) = run.lesson.steps.get(run.step) else {
        return el("section", &[("class", "panel intro"), ("aria-label", words::INTRODUCTION)])
            .add(el("h1", &[]).say(title))
            .add(prose("p", &run.lesson.summary))
            .maybe(app.shelf.again().filter(|_| *route == Route::Opening));
    };
    let progress = &run.steps[run.step];
    let notes = step.notes.iter().zip(&progress.notes).filter(|(_, seen)| **seen);
    with_words(el("section", &[("class", "panel intro"), ("aria-labelledby", HEADING)]), send)
        .add(el("h1", &[("class", "lesson")]).say(title))
        .add(steps(run, app.open.as_ref(), send))
        .add(el("h2", &[("id", HEADING), ("tabindex", "-1")]).say(step.heading.clone()))
        .all(step.text.iter().map(block))
        .maybe(
            step.predict
                .as_ref()
                .map(|predict| prediction(predict, &progress.guess, &app.pictures.guess.node, send)),
        )
        .maybe(step.task.as_ref().map(|each| task(each, progress.task)))
        .add(el("div", &[("role", "status")]).all(notes.map(|(seen, _)| note(&seen.text))))
        .maybe(step.compare.as_ref().map(|compare| comparison(compare, run)))
        .maybe((!step.real.is_empty()).then(|| real(&step.real)))
        .all(step.quiz.iter().enumerate().map(|(at, each)| {
            let answered = progress.answers.get(at).and_then(Option::as_ref);
            question(at, each, answered, send)
        }))
        .add(ways(run, send))
        .maybe(teacher(route))
        .add(entry(app.word.as_ref(), app.glossary.as_ref()))
}

/// Where the reader is among the steps, and all of them with what is done.
fn steps(run: &Run, open: Option<&Open>, send: &Callback<Msg>) -> El {
    let (here, all) = ((run.step + 1).to_string(), run.lesson.steps.len().to_string());
    let entry = |(at, step): (usize, &Step)| {
        let button = el("button", &[("class", "quiet")])
            .test("to step", at + 1)
            .on(ListenerKind::onclick, send, at, |_, at| Some(Msg::Step(at)))
            .say(step.heading.clone());
        let button = if at == run.step { button.put("aria-current", "step") } else { button };
        let done = open.is_some_and(|open| open.is_done(run, at));
        let said = done.then(|| el("span", &[("class", "verdict"), ("data-right", "")]).text(words::DONE));
        el("li", &[]).add(button).maybe(said)
    };
    el("details", &[("class", "steps")])
        .add(el("summary", &[("class", "count")]).say([words::STEP, &here, words::OF, &all].concat()))
        .add(el("ol", &[]).all(run.lesson.steps.iter().enumerate().map(entry)))
}

fn task(task: &Task, progress: f64) -> El {
    let done = progress >= 1.0;
    let share = ((progress * 100.0) as u32).to_string();
    let names =
        [("class", "box task"), ("role", "group"), ("aria-label", words::TASK), ("data-testid", "task")];
    el("div", &names)
        .flag("data-done", done)
        .add(el("h3", &[]).text(words::TASK))
        .add(said("p", &task.text))
        .add(el("progress", &[("max", "100"), ("aria-label", words::TASK)]).put("value", share))
        .add(el("p", &[("role", "status")]).text(if done { words::DONE } else { "" }))
}

/// The ways to the teacher's page and to the words.
fn teacher(route: &Route) -> Option<El> {
    let slug = route.lesson()?;
    let link = el("a", &[]).put("href", ["#/lesson/", slug, "/teacher"].concat()).text(words::TEACHER);
    Some(el("p", &[("class", "teachers")]).add(link).text(" · ").add(to_glossary()))
}

fn ways(run: &Run, send: &Callback<Msg>) -> El {
    let (at, last) = (run.step, run.lesson.steps.len() - 1);
    let way = |id: &'static str, word: &'static str, to: usize| {
        el("button", &[("data-testid", id)])
            .on(ListenerKind::onclick, send, to, |_, to| Some(Msg::Step(to)))
            .text(word)
    };
    el("div", &[("class", "ways")])
        .add(way("back", words::BACK, at.saturating_sub(1)).flag("disabled", at == 0))
        .add(way("next", words::NEXT, at + 1).flag("disabled", at == last).put("data-kind", "primary"))
}
