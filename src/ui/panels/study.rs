//! What a step asks beside its task: the guess among choices or on a scale, figures beside each other, questions.

use web_sys::HtmlInputElement;
use yew::prelude::*;

use crate::lesson::player::{Answered, Draft, GuessAction, Guessed, Outcome, SCALE};
use crate::lesson::{Block, Choice, Comparison, Guess, Over, Prediction, Quantity, Question, Scale, Span};
use crate::ui::msg::lesson::LessonMsg;
use crate::ui::panels::curve::curve;
use crate::ui::panels::dom::answering;
use crate::ui::panels::glyphs::{block, prose};
use crate::ui::panels::outcome::{note, number, verdict};
use crate::view::format;

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
pub fn prediction(
    predict: &Prediction,
    guessed: &Guessed,
    surface: &NodeRef,
    on_lesson: &Callback<LessonMsg>,
) -> Html {
    let on_act = on_lesson.reform(LessonMsg::Guess);
    let asked = match (&predict.guess, guessed.draft()) {
        (Guess::Choice(choices), Draft::Choice(choice)) => among(choices, *choice, guessed, &on_act),
        (Guess::Number { scale, .. }, Draft::Place(place)) => on_a_scale(scale, *place, guessed, &on_act),
        (Guess::Curve { scale, .. }, Draft::Curve(drawn)) => {
            curve(predict.length(), scale, drawn, guessed, surface, on_lesson)
        }
        // A guess has the draft of its kind.
        _ => Html::default(),
    };
    let said = match (guessed.outcome(), guessed.is_made()) {
        (Some(_), _) => note(&predict.reveal),
        (None, true) => html! { <p>{text!("study.deciding")}</p> },
        (None, false) => Html::default(),
    };
    // Whoever guesses among choices commits by choosing.
    let choices = matches!(predict.guess, Guess::Choice(_)) && !guessed.is_made();
    html! {
        <div class="box" role="group" aria-label={text!("study.predict")}>
            <h3>{prose(&predict.question)}</h3>
            {asked}
            <div role="status">{said}</div>
            if !choices {
                {way_button(guessed, &on_act)}
            }
        </div>
    }
}

/// A guess among choices.
fn among(
    choices: &[Choice],
    choice: Option<usize>,
    guessed: &Guessed,
    on_act: &Callback<GuessAction>,
) -> Html {
    let right = match guessed.outcome() {
        Some(Outcome::Choices(right)) => right.as_slice(),
        _ => &[],
    };
    let each = |(at, text): (usize, &Choice)| {
        let chosen = choice == Some(at);
        let right = right.get(at).copied().filter(|right| chosen || *right);
        let offered = Offered {
            name: ["choice ", &(at + 1).to_string()].concat(),
            chosen,
            right,
            shut: guessed.is_made(),
            text: prose(&text.text),
        };
        answer_button(offered, &on_act.reform(move |()| GuessAction::Choose(at)))
    };
    choices.iter().enumerate().map(each).collect()
}

/// The button that commits to a guess, then leads to the outcome, and then runs it once more. One button, so that it
/// keeps the focus.
fn way_button(guessed: &Guessed, on_act: &Callback<GuessAction>) -> Html {
    let (word, wants) = if guessed.is_open() {
        (text!("study.to-outcome"), GuessAction::Decide)
    } else if guessed.is_made() {
        (text!("study.run-again"), GuessAction::Decide)
    } else {
        (text!("study.commit"), GuessAction::Commit)
    };
    let kind = (!guessed.is_made()).then_some("primary");
    let disabled = !guessed.is_made() && !guessed.is_ready();
    let onclick = (!disabled).then(|| on_act.reform(move |_: MouseEvent| wants));
    html! {
        <button data-testid="commit" data-kind={kind} {disabled} {onclick}>{word}</button>
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
                aria-label={text!("study.predict")}
                max={SCALE.to_string()}
                aria-valuetext={shown}
                value={place.to_string()}
                disabled={shut}
                {oninput}
            />
        </>
    }
}

fn on_a_scale(scale: &Scale, place: usize, guessed: &Guessed, on_act: &Callback<GuessAction>) -> Html {
    let guess = scale.at(place as f64 / SCALE as f64);
    let outcome = match guessed.outcome() {
        Some(Outcome::Number { measured, right }) => {
            let said = say!("study.came-to", value = &number(scale.quantity.unit, *measured));
            html! { <p>{said}{" "}{verdict(*right)}</p> }
        }
        Some(_) => html! { <p>{text!("study.not-measured")}</p> },
        None => Html::default(),
    };
    let shown = AttrValue::from(number(scale.quantity.unit, guess));
    html! {
        <>
            {scale_field(&shown, place, guessed.is_made(), &on_act.reform(GuessAction::Place))}
            {outcome}
        </>
    }
}

/// Figures of the variants beside each other, as they are now.
pub fn comparison(compare: &Comparison, compared: &[Vec<Option<f64>>]) -> Html {
    let row = |(at, (name, quantities)): (usize, &(Vec<Span>, Vec<Quantity>))| {
        let values = compared.get(at).map_or(&[][..], Vec::as_slice);
        let over = quantities.first().and_then(Quantity::over).map(|over| match over {
            Over::Last(length) => {
                say!("study.over-last", time = &format::string(|out| format::duration(out, length)))
            }
            Over::All => text!("study.over-all").to_owned(),
        });
        let cell = |(at, quantity): (usize, &Quantity)| {
            let value = values.get(at).copied().flatten();
            html! { <td>{value.map_or("–".to_owned(), |value| number(quantity.unit, value))}</td> }
        };
        html! {
            <tr>
                <th scope="row">{prose(name)}{over.map(|over| html! { <small>{over}</small> })}</th>
                {for quantities.iter().enumerate().map(cell)}
            </tr>
        }
    };
    html! {
        <div class="box" role="group" aria-label={text!("study.comparison")} data-testid="comparison">
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
        <div class="box real" role="group" aria-label={text!("study.real")}>
            {for blocks.iter().map(block)}
        </div>
    }
}

/// The names by which tests find the answers of one question and of the next are so far apart.
const APART: usize = 10;

/// A question on what was understood, and what came of the answer. `at`: the question's number; `tries`: what the reader
/// can set and break to find out.
pub fn question(
    at: usize,
    question: &Question,
    answered: Option<&Answered>,
    tries: Html,
    on_lesson: &Callback<LessonMsg>,
) -> Html {
    let answers = question.answers.iter().enumerate().map(|(own, answer)| {
        let chosen = answered.is_some_and(|answered| answered.answer == own);
        let right = answered.and_then(|answered| answered.right.get(own)).copied();
        let offered = Offered {
            name: ["answer ", &(at * APART + own + 1).to_string()].concat(),
            chosen,
            right: right.filter(|right| chosen || *right),
            shut: answered.is_some(),
            text: prose(&answer.text),
        };
        answer_button(offered, &on_lesson.reform(move |()| LessonMsg::Answer { question: at, answer: own }))
    });
    let because = answered.and_then(|answered| question.answers.get(answered.answer));
    let because = because.filter(|answer| !answer.because.is_empty()).map(|answer| note(&answer.because));
    let wrong = answered.is_some_and(|given| given.right.get(given.answer) == Some(&false));
    let untried = answered.is_some_and(|answered| !answered.tried);
    html! {
        <div class="box" role="group" aria-label={text!("study.quiz")}>
            <h3>{prose(&question.question)}</h3>
            {tries}
            {for answers}
            <div role="status">
                {because}
                if untried {
                    <p class="hint">{text!("study.untried")}</p>
                }
            </div>
            if wrong || untried {
                <button
                    data-testid={["again ", &(at + 1).to_string()].concat()}
                    onclick={on_lesson.reform(move |_: MouseEvent| LessonMsg::Again(at))}
                >
                    {text!("study.again")}
                </button>
            }
        </div>
    }
}
