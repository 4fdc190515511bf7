//! What a step asks beside its task: the guess among choices or on a scale, figures beside each other, questions.

use web_sys::HtmlInputElement;
use yew::prelude::*;
use yew::virtual_dom::ListenerKind;

use super::curve::curve;
use super::dom::{El, el, target};
use super::glyphs::{block, prose, said};
use super::guess::{GuessMsg, Guessed, Outcome, SCALE};
use super::msg::Msg;
use super::run::{Answered, Run};
use super::words;
use crate::lesson::{Block, Choice, Comparison, Guess, Prediction, Question, Scale, Span, Unit};
use crate::view::format;

/// A note beside the text.
pub fn note(text: &[Span]) -> El {
    said("p", text).put("class", "note")
}

fn boxed(name: &'static str) -> El {
    el("div", &[("class", "box"), ("role", "group"), ("aria-label", name)])
}

/// Whether something is right, in a word.
pub fn verdict(right: bool) -> El {
    let word = if right { words::RIGHT } else { words::NOT_SO };
    el("span", &[("class", "verdict")]).flag("data-right", right).text(word)
}

/// One of several answers. `right`: whether it is, once that is said.
fn choice(name: &'static str, at: usize, text: &[Span], chosen: bool, right: Option<bool>, shut: bool) -> El {
    let said = right.map(verdict);
    el("button", &[("class", "choice")])
        .test(name, at + 1)
        .state("aria-pressed", chosen)
        .flag("disabled", shut && !chosen)
        .add(prose("span", text))
        .maybe(said)
}

/// The guess of the open step. `surface`: where a curve is drawn.
pub fn prediction(predict: &Prediction, guessed: &Guessed, surface: &NodeRef, send: &Callback<Msg>) -> El {
    let question = boxed(words::PREDICT).add(prose("h3", &predict.question));
    let (asked, place) = match &predict.guess {
        Guess::Choice(choices) => {
            let right = match &guessed.outcome {
                Some(Outcome::Choices(right)) => right.as_slice(),
                _ => &[],
            };
            let each = |(at, each): (usize, &Choice)| {
                let chosen = guessed.made == Some(at);
                let verdict = right.get(at).copied().filter(|right| chosen || *right);
                choice("choice", at, &each.text, chosen, verdict, guessed.made.is_some()).on(
                    ListenerKind::onclick,
                    send,
                    at,
                    |_, at| Some(GuessMsg::Make(at).into()),
                )
            };
            (question.all(choices.iter().enumerate().map(each)), None)
        }
        Guess::Number { scale, near, .. } => {
            (on_a_scale(question, scale, *near, guessed, send), Some(guessed.draft))
        }
        Guess::Curve { scale, near, .. } => {
            let asked = curve(question, predict, (scale, *near), guessed, surface, send);
            (asked, (!guessed.drawn.is_empty()).then_some(0))
        }
    };
    let said = match (&guessed.outcome, guessed.made) {
        (Some(_), _) => Some(note(&predict.reveal)),
        (None, Some(_)) => Some(el("p", &[]).text(words::DECIDING)),
        (None, None) => None,
    };
    let choices = matches!(predict.guess, Guess::Choice(_)) && guessed.made.is_none();
    asked
        .add(el("div", &[("role", "status")]).maybe(said))
        .maybe((!choices).then(|| way(guessed, place, send)))
}

/// The button that commits to a guess (`place`: to which, if it can be), then leads to the outcome, and then runs it once
/// more. One button, so that it keeps the focus.
fn way(guessed: &Guessed, place: Option<usize>, send: &Callback<Msg>) -> El {
    let button = el("button", &[("data-testid", "commit")]);
    if guessed.made.is_none() {
        return button
            .put("data-kind", "primary")
            .flag("disabled", place.is_none())
            .on(ListenerKind::onclick, send, place.unwrap_or_default(), |_, place| {
                Some(GuessMsg::Make(place).into())
            })
            .text(words::COMMIT);
    }
    let word = if guessed.is_open() { words::TO_OUTCOME } else { words::RUN_AGAIN };
    button.on(ListenerKind::onclick, send, 0, |_, _| Some(GuessMsg::Decide.into())).text(word)
}

fn on_a_scale(question: El, scale: &Scale, near: f64, guessed: &Guessed, send: &Callback<Msg>) -> El {
    let place = guessed.made.unwrap_or(guessed.draft);
    let guess = scale.at(place as f64 / SCALE as f64);
    let shown = number(scale.quantity.unit, guess);
    let input = el(
        "input",
        &[("type", "range"), ("min", "0"), ("data-testid", "scale"), ("aria-label", words::PREDICT)],
    )
    .put("max", SCALE.to_string())
    .put("aria-valuetext", shown.clone())
    .value(place.to_string())
    .flag("disabled", guessed.made.is_some())
    .on(ListenerKind::oninput, send, 0, |event, _| {
        Some(GuessMsg::Draft(target::<HtmlInputElement>(event)?.value_as_number() as usize).into())
    });
    let outcome = match &guessed.outcome {
        Some(Outcome::Number(Some(outcome))) => {
            let said = [words::CAME_TO, &number(scale.quantity.unit, *outcome), ". "].concat();
            Some(el("p", &[]).say(said).add(verdict((outcome - guess).abs() <= near)))
        }
        Some(_) => Some(el("p", &[]).text(words::NOT_MEASURED)),
        None => None,
    };
    question.add(el("output", &[("class", "value")]).say(shown)).add(input).maybe(outcome)
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
pub fn comparison(compare: &Comparison, run: &Run) -> El {
    let head = |name: &'static str| el("th", &[("scope", "col")]).text(name);
    let row = |(at, (name, quantities)): (usize, &(Vec<Span>, Vec<crate::lesson::Quantity>))| {
        let values = run.compared.get(at).map_or(&[][..], Vec::as_slice);
        let cell = |(at, quantity): (usize, &crate::lesson::Quantity)| {
            let value = values.get(at).copied().flatten();
            el("td", &[]).say(value.map_or("–".to_owned(), |value| number(quantity.unit, value)))
        };
        el("tr", &[]).add(prose("th", name).put("scope", "row")).all(quantities.iter().enumerate().map(cell))
    };
    boxed(words::COMPARISON).put("data-testid", "comparison").add(
        el("table", &[])
            .add(el("tr", &[]).add(el("td", &[])).add(head("A")).add(head("B")))
            .all(compare.rows.iter().enumerate().map(row)),
    )
}

/// What real systems do.
pub fn real(blocks: &[Block]) -> El {
    boxed(words::REAL).all(blocks.iter().map(block))
}

/// A question on what was understood, and what came of the answer.
pub fn question(at: usize, question: &Question, answered: Option<&Answered>, send: &Callback<Msg>) -> El {
    let answers =
        question.answers.iter().enumerate().map(|(place, answer)| {
            let chosen = answered.is_some_and(|answered| answered.answer == place);
            let right = answered.and_then(|answered| answered.right.get(place)).copied();
            let verdict = right.filter(|right| chosen || *right);
            choice("answer", at * Answered::MOST + place, &answer.text, chosen, verdict, answered.is_some())
                .on(ListenerKind::onclick, send, at * Answered::MOST + place, |_, place| {
                    Some(Msg::Answer(place))
                })
        });
    let because = answered.and_then(|answered| question.answers.get(answered.answer));
    let because = because.filter(|answer| !answer.because.is_empty()).map(|answer| note(&answer.because));
    boxed(words::QUIZ)
        .add(prose("h3", &question.question))
        .all(answers)
        .add(el("div", &[("role", "status")]).maybe(because))
}
