//! What a step asks beside its task: the guess among choices or on a scale, figures beside each other, questions.

use web_sys::HtmlInputElement;
use yew::prelude::*;

use super::curve::curve;
use super::dom::answering;
use super::glyphs::{block, prose, said};
use super::guess::{GuessMsg, Guessed, Outcome, SCALE};
use super::msg::Msg;
use super::run::{Answered, Run};
use super::words;
use crate::lesson::{Block, Choice, Comparison, Guess, Prediction, Quantity, Question, Scale, Span, Unit};
use crate::view::format;

/// A note beside the text.
pub fn note(text: &[Span]) -> Html {
    html! { <p class="note">{said(text)}</p> }
}

/// Whether something is right, in a word.
pub fn verdict(right: bool) -> Html {
    let word = if right { words::RIGHT } else { words::NOT_SO };
    html! { <span class="verdict" data-right={right.then_some("")}>{word}</span> }
}

/// What the button of an answer says, and how it is.
struct Offered {
    /// The name by which tests find it.
    name: String,
    /// It was chosen.
    chosen: bool,
    /// Whether it is right, once that is said.
    right: Option<bool>,
    /// Nothing can be chosen any more.
    shut: bool,
    /// What it says.
    text: Html,
}

/// One of several answers.
fn answer_button(answer: Offered, on_choose: &Callback<()>) -> Html {
    let Offered { name, chosen, right, shut, text } = answer;
    html! {
        <button
            class="choice"
            data-testid={name}
            aria-pressed={chosen.to_string()}
            disabled={shut && !chosen}
            onclick={on_choose.reform(|_: MouseEvent| ())}
        >
            <span>{text}</span>
            if let Some(right) = right {
                {verdict(right)}
            }
        </button>
    }
}

/// The guess of the open step. `surface`: where a curve is drawn.
pub fn prediction(predict: &Prediction, guessed: &Guessed, surface: &NodeRef, send: &Callback<Msg>) -> Html {
    let on_guess: Callback<GuessMsg> = send.reform(Msg::Guess);
    let (asked, place) = match &predict.guess {
        Guess::Choice(choices) => (among(choices, guessed, &on_guess), None),
        Guess::Number { scale, near, .. } => {
            (on_a_scale(scale, *near, guessed, &on_guess), Some(guessed.draft))
        }
        Guess::Curve { scale, near, .. } => {
            let asked = curve(predict, (scale, *near), guessed, surface, &on_guess);
            (asked, (!guessed.drawn.is_empty()).then_some(0))
        }
    };
    let said = match (&guessed.outcome, guessed.made) {
        (Some(_), _) => note(&predict.reveal),
        (None, Some(_)) => html! { <p>{words::DECIDING}</p> },
        (None, None) => Html::default(),
    };
    let way = match guessed.made {
        None => Way::Commit(place),
        Some(_) if guessed.is_open() => Way::ToOutcome,
        Some(_) => Way::Again,
    };
    // Whoever guesses among choices commits by choosing.
    let choices = matches!(predict.guess, Guess::Choice(_)) && guessed.made.is_none();
    html! {
        <div class="box" role="group" aria-label={words::PREDICT}>
            <h3>{prose(&predict.question)}</h3>
            {asked}
            <div role="status">{said}</div>
            if !choices {
                {way_button(way, &on_guess)}
            }
        </div>
    }
}

/// A guess among choices.
fn among(choices: &[Choice], guessed: &Guessed, on_guess: &Callback<GuessMsg>) -> Html {
    let right = match &guessed.outcome {
        Some(Outcome::Choices(right)) => right.as_slice(),
        _ => &[],
    };
    let each = |(at, choice): (usize, &Choice)| {
        let chosen = guessed.made == Some(at);
        let right = right.get(at).copied().filter(|right| chosen || *right);
        let offered = Offered {
            name: ["choice ", &(at + 1).to_string()].concat(),
            chosen,
            right,
            shut: guessed.made.is_some(),
            text: prose(&choice.text),
        };
        answer_button(offered, &on_guess.reform(move |()| GuessMsg::Make(at)))
    };
    choices.iter().enumerate().map(each).collect()
}

/// What the button of a guess leads to.
enum Way {
    /// To the guess: to which, if it can be committed to.
    Commit(Option<usize>),
    /// To the outcome.
    ToOutcome,
    /// To the run once more.
    Again,
}

/// The button that commits to a guess, then leads to the outcome, and then runs it once more. One button, so that it
/// keeps the focus.
fn way_button(way: Way, on_guess: &Callback<GuessMsg>) -> Html {
    let (word, wants) = match way {
        Way::Commit(place) => (words::COMMIT, place.map(GuessMsg::Make)),
        Way::ToOutcome => (words::TO_OUTCOME, Some(GuessMsg::Decide)),
        Way::Again => (words::RUN_AGAIN, Some(GuessMsg::Decide)),
    };
    let kind = matches!(way, Way::Commit(_)).then_some("primary");
    let onclick = wants.map(|wants| on_guess.reform(move |_: MouseEvent| wants));
    html! {
        <button data-testid="commit" data-kind={kind} disabled={wants.is_none()} {onclick}>{word}</button>
    }
}

/// The field of a guess on a scale. `shown`: the guess in its unit; `place`: its place on the scale; `shut`: it is
/// made.
fn scale_field(shown: &AttrValue, place: usize, shut: bool, on_draft: &Callback<usize>) -> Html {
    let oninput = answering(on_draft, |event: InputEvent| {
        Some(event.target_dyn_into::<HtmlInputElement>()?.value_as_number() as usize)
    });
    html! {
        <>
            <output class="value">{shown}</output>
            <input
                type="range"
                min="0"
                data-testid="scale"
                aria-label={words::PREDICT}
                max={SCALE.to_string()}
                aria-valuetext={shown}
                value={place.to_string()}
                disabled={shut}
                {oninput}
            />
        </>
    }
}

fn on_a_scale(scale: &Scale, near: f64, guessed: &Guessed, on_guess: &Callback<GuessMsg>) -> Html {
    let place = guessed.made.unwrap_or(guessed.draft);
    let guess = scale.at(place as f64 / SCALE as f64);
    let outcome = match &guessed.outcome {
        Some(Outcome::Number(Some(outcome))) => {
            let said = [words::CAME_TO, &number(scale.quantity.unit, *outcome), ". "].concat();
            html! { <p>{said}{verdict((outcome - guess).abs() <= near)}</p> }
        }
        Some(_) => html! { <p>{words::NOT_MEASURED}</p> },
        None => Html::default(),
    };
    let shown = AttrValue::from(number(scale.quantity.unit, guess));
    html! {
        <>
            {scale_field(&shown, place, guessed.made.is_some(), &on_guess.reform(GuessMsg::Draft))}
            {outcome}
        </>
    }
}

/// A number in its unit.
pub fn number(unit: Unit, value: f64) -> String {
    format::string(|out| match unit {
        Unit::Share => format::percent(out, value),
        Unit::Rate => format::rate(out, value),
        Unit::Time => format::duration(out, crate::base::SimDuration::from_secs(value.max(0.0))),
        Unit::Bare | Unit::Count | Unit::Ratio => format::number(out, value),
    })
}

/// Figures of the variants beside each other, as they are now.
pub fn comparison(compare: &Comparison, run: &Run) -> Html {
    let row = |(at, (name, quantities)): (usize, &(Vec<Span>, Vec<Quantity>))| {
        let values = run.compared.get(at).map_or(&[][..], Vec::as_slice);
        let cell = |(at, quantity): (usize, &Quantity)| {
            let value = values.get(at).copied().flatten();
            html! { <td>{value.map_or("–".to_owned(), |value| number(quantity.unit, value))}</td> }
        };
        html! {
            <tr>
                <th scope="row">{prose(name)}</th>
                {for quantities.iter().enumerate().map(cell)}
            </tr>
        }
    };
    html! {
        <div class="box" role="group" aria-label={words::COMPARISON} data-testid="comparison">
            <table>
                <tr><td></td><th scope="col">{"A"}</th><th scope="col">{"B"}</th></tr>
                {for compare.rows.iter().enumerate().map(row)}
            </table>
        </div>
    }
}

/// What real systems do.
pub fn real(blocks: &[Block]) -> Html {
    html! {
        <div class="box" role="group" aria-label={words::REAL}>{for blocks.iter().map(block)}</div>
    }
}

/// A question on what was understood, and what came of the answer.
pub fn question(at: usize, question: &Question, answered: Option<&Answered>, send: &Callback<Msg>) -> Html {
    let answers = question.answers.iter().enumerate().map(|(own, answer)| {
        let place = at * Answered::MOST + own;
        let chosen = answered.is_some_and(|answered| answered.answer == own);
        let right = answered.and_then(|answered| answered.right.get(own)).copied();
        let offered = Offered {
            name: ["answer ", &(place + 1).to_string()].concat(),
            chosen,
            right: right.filter(|right| chosen || *right),
            shut: answered.is_some(),
            text: prose(&answer.text),
        };
        answer_button(offered, &send.reform(move |()| Msg::Answer(place)))
    });
    let because = answered.and_then(|answered| question.answers.get(answered.answer));
    let because = because.filter(|answer| !answer.because.is_empty()).map(|answer| note(&answer.because));
    html! {
        <div class="box" role="group" aria-label={words::QUIZ}>
            <h3>{prose(&question.question)}</h3>
            {for answers}
            <div role="status">{because}</div>
        </div>
    }
}
