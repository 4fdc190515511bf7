//! A lesson's text: the open step, its guess or its task, the way to the others.

use yew::prelude::*;

use crate::lesson::player::{Bookmark, Player, TaskState};
use crate::lesson::{Course, Glossary, Step, Task};
use crate::ui::model::content::OpenScenario;
use crate::ui::model::focus::STEP;
use crate::ui::model::word::Word;
use crate::ui::msg::lesson::LessonMsg;
use crate::ui::panels::controls::{Controls, of_question, of_step};
use crate::ui::panels::course::again;
use crate::ui::panels::ending::ending;
use crate::ui::panels::glyphs::{block, prose, said};
use crate::ui::panels::outcome::note;
use crate::ui::panels::study::{comparison, prediction, question, real};
use crate::ui::panels::terms::{entry, to_glossary, words_panel};

/// What the open step shows.
pub struct Shown<'a> {
    /// The lesson, and how far the reader has come in it.
    pub player: &'a Player,
    /// The lesson's name in addresses.
    pub slug: Option<&'a str>,
    /// All lessons, once they have come.
    pub course: Option<&'a Course>,
    /// The word that somebody is at.
    pub word: Option<&'a Word>,
    /// What words mean, once that has come.
    pub glossary: Option<&'a Glossary>,
    /// Where a curve is drawn.
    pub curve: &'a NodeRef,
    /// What its run can be set to, and broken by.
    pub controls: Controls<'a>,
    /// The step has them beside its task.
    pub inside: bool,
}

/// What a page without steps says; `begun` is the lesson that was begun last, if there is a way back to it.
pub fn introduction(open: &OpenScenario, begun: Option<&Bookmark>) -> Html {
    html! {
        <section class="panel intro" aria-label={text!("screen.introduction")}>
            <h1>{&open.title}</h1>
            <p>{prose(&open.summary)}</p>
            if let Some(mark) = begun {
                {again(mark)}
            }
        </section>
    }
}

/// The open step.
pub fn step(shown: &Shown, on_lesson: &Callback<LessonMsg>, on_word: &Callback<Option<Word>>) -> Html {
    let player = shown.player;
    let (lesson, step, state) = (player.lesson(), player.step(), player.state());
    let notes = step.notes.iter().zip(&state.notes).filter(|(_, seen)| seen.is_some());
    let on_step = on_lesson.reform(LessonMsg::Step);
    let questions = step.quiz.iter().enumerate().map(|(at, each)| {
        let answered = state.answers.get(at).and_then(Option::as_ref);
        let tries = each.experiment.as_ref().map(|run| of_question(&shown.controls, run));
        question(at, each, answered, tries.unwrap_or_default(), on_lesson)
    });
    let inside = html! {
        <>
            <h1 class="lesson">{&lesson.title}</h1>
            {steps(player, &on_step)}
            <h2 id={STEP} tabindex="-1">{&step.heading}</h2>
            {for step.text.iter().map(block)}
            if let (Some(predict), Some(guess)) = (&step.predict, &state.guess) {
                {prediction(predict, guess, shown.curve, on_lesson)}
            }
            if let Some(each) = &step.task {
                {task(each, state.task)}
            }
            if shown.inside {
                {of_step(&shown.controls)}
            }
            <div role="status">{for notes.map(|(seen, _)| note(&seen.text))}</div>
            if let Some(compare) = &step.compare {
                {comparison(compare, player.compared())}
            }
            if !step.real.is_empty() {
                {real(&step.real)}
            }
            {for questions}
            if player.at() + 1 == lesson.steps.len() {
                {ending(player, shown.slug, shown.course, on_lesson)}
            }
            {ways(player.at(), lesson.steps.len() - 1, &on_step)}
            if let Some(slug) = shown.slug {
                {teacher(slug)}
            }
            {entry(shown.word, shown.glossary)}
        </>
    };
    words_panel(on_word, STEP, inside)
}

/// All steps as a row of buttons: which one is open, which are done, and by pointing at one what it is about.
fn steps(player: &Player, on_step: &Callback<usize>) -> Html {
    let all = &player.lesson().steps;
    let entry = |(at, step): (usize, &Step)| {
        let done = player.is_done(at);
        let label = if done {
            say!("study.step-done", number = at + 1, heading = &step.heading)
        } else {
            say!("study.step", number = at + 1, heading = &step.heading)
        };
        html! {
            <li>
                <button
                    data-testid={["to step ", &(at + 1).to_string()].concat()}
                    aria-current={(at == player.at()).then_some("step")}
                    data-done={done.then_some("")}
                    title={label.clone()}
                    aria-label={label}
                    onclick={on_step.reform(move |_: MouseEvent| at)}
                >
                    {at + 1}
                </button>
            </li>
        }
    };
    html! {
        <nav class="steps" aria-label={text!("study.steps")}>
            <p class="count">{say!("study.step-of", step = player.at() + 1, steps = all.len())}</p>
            <ol>{for all.iter().enumerate().map(entry)}</ol>
        </nav>
    }
}

fn task(task: &Task, state: TaskState) -> Html {
    let done = state.done.is_some();
    let share = ((state.share * 100.0) as u32).to_string();
    html! {
        <div
            class="box task"
            role="group"
            aria-label={text!("study.task")}
            data-testid="task"
            data-done={done.then_some("")}
        >
            <h3>{text!("study.task")}</h3>
            <p>{said(&task.text)}</p>
            <progress max="100" aria-label={text!("study.task")} value={share} />
            <p role="status">{if done { text!("study.done") } else { "" }}</p>
        </div>
    }
}

/// The ways to the page for teachers of this lesson and to the words.
fn teacher(slug: &str) -> Html {
    let href = ["#/lesson/", slug, "/teacher"].concat();
    html! {
        <p class="teachers"><a {href}>{text!("study.teacher")}</a>{" · "}{to_glossary()}</p>
    }
}

/// The ways to the steps before and behind. `at`: the open step; `last`: the last one.
fn ways(at: usize, last: usize, on_step: &Callback<usize>) -> Html {
    let to = |step: usize| on_step.reform(move |_: MouseEvent| step);
    html! {
        <div class="ways">
            <button data-testid="back" disabled={at == 0} onclick={to(at.saturating_sub(1))}>
                {text!("study.back")}
            </button>
            <button data-testid="next" disabled={at == last} data-kind="primary" onclick={to(at + 1)}>
                {text!("study.next")}
            </button>
        </div>
    }
}
