//! A lesson's text: the open step, its guess or its task, the way to the others.

use yew::prelude::*;

use super::glyphs::prose;
use super::msg::Msg;
use super::run::{Progress, Run};
use super::words;
use crate::lesson::{Choice, Prediction, Task};

/// The panel beside the figure: the open step, or what a page without steps says.
pub fn text(run: &Run, send: &Callback<Msg>) -> Html {
    let Some(step) = run.lesson.steps.get(run.step) else {
        return html! {
            <section class="panel intro" aria-label={words::INTRODUCTION}>
                <h1>{ &run.lesson.title }</h1>
                <p>{ prose(&run.lesson.summary) }</p>
            </section>
        };
    };
    let progress = &run.steps[run.step];
    let notes = step.notes.iter().zip(&progress.notes).filter(|(_, seen)| **seen);
    html! {
        <section class="panel intro" aria-labelledby="step">
            <h1 class="lesson">{ &run.lesson.title }</h1>
            <p class="count">{ words::STEP }{ run.step + 1 }{ words::OF }{ run.lesson.steps.len() }</p>
            <h2 id="step">{ &step.heading }</h2>
            { for step.text.iter().map(|paragraph| html! { <p>{ prose(paragraph) }</p> }) }
            { step.predict.as_ref().map(|predict| prediction(predict, progress, send)) }
            { step.task.as_ref().map(|each| task(each, progress.task)) }
            <div role="status">{ for notes.map(|(note, _)| html! { <p class="note">{ prose(&note.text) }</p> }) }</div>
            { ways(run, send) }
        </section>
    }
}

fn prediction(predict: &Prediction, progress: &Progress, send: &Callback<Msg>) -> Html {
    let choice = |(at, choice): (usize, &Choice)| {
        let chosen = progress.guess == Some(at);
        let word = if choice.right { words::RIGHT } else { words::NOT_SO };
        let verdict = (progress.guess.is_some() && (chosen || choice.right))
            .then(|| html! { <span class="verdict" data-right={choice.right.then_some("")}>{ word }</span> });
        html! {
            <button class="choice" aria-pressed={if chosen { "true" } else { "false" }}
                disabled={progress.guess.is_some() && !chosen} data-testid={["choice ", &(at + 1).to_string()].concat()}
                onclick={send.reform(move |_| Msg::Guess(at))}>
                <span>{ &choice.text }</span>{ verdict }
            </button>
        }
    };
    html! {
        <div class="box" role="group" aria-label={words::PREDICT}>
            <h3>{ &predict.question }</h3>
            { for predict.choices.iter().enumerate().map(choice) }
            <div role="status">
                if progress.guess.is_some() { <p class="note">{ prose(&predict.reveal) }</p> }
            </div>
        </div>
    }
}

fn task(task: &Task, progress: f64) -> Html {
    let done = progress >= 1.0;
    let share = ((progress * 100.0) as u32).to_string();
    html! {
        <div class="box task" data-done={done.then_some("")} role="group" aria-label={words::TASK} data-testid="task">
            <h3>{ words::TASK }</h3>
            <p>{ prose(&task.text) }</p>
            <progress max="100" value={share} aria-label={words::TASK} />
            <p role="status">{ if done { words::DONE } else { "" } }</p>
        </div>
    }
}

fn ways(run: &Run, send: &Callback<Msg>) -> Html {
    let (at, last) = (run.step, run.lesson.steps.len() - 1);
    html! {
        <div class="ways">
            <button data-testid="back" disabled={at == 0} onclick={send.reform(move |_| Msg::Step(at.saturating_sub(1)))}>
                { words::BACK }
            </button>
            <button class="primary" data-testid="next" disabled={at == last} onclick={send.reform(move |_| Msg::Step(at + 1))}>
                { words::NEXT }
            </button>
        </div>
    }
}
