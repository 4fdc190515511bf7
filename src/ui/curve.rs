//! The chart over which a curve is drawn: with a finger, a pen, a mouse or keys, and later beside what was measured.

use web_sys::Element;
use yew::prelude::*;

use super::app::{App, Content};
use super::guess::{GuessMsg, Guessed, ends};
use super::pictures::Pictures;
use super::run::Run;
use super::study::{number, verdict};
use super::words;
use crate::base::SimDuration;
use crate::lesson::{Guess, Prediction, Scale};
use crate::view::chart::ChartData;
use crate::view::{self, COLUMNS, Point, format};

/// A key moves the height by this share of the scale, and one that goes far by ten times as much.
const STEP: f64 = 0.02;
/// With Shift a key goes so many columns.
const FAR: isize = 5;

/// The chart of the open step's curve; none where it asks for none.
fn contents(run: &Run) -> Option<ChartData> {
    let step = run.lesson.steps.get(run.step)?;
    let (predict, guessed) = (step.predict.as_ref()?, &run.steps.get(run.step)?.guess);
    let Guess::Curve { scale, .. } = &predict.guess else { return None };
    let seconds = ends(predict).as_secs();
    let now = if guessed.is_open() { run.session.now().since(run.since()).as_secs() } else { 0.0 };
    Some(view::guess_chart(&guessed.drawn, scale, seconds, &guessed.measured, now.min(seconds)))
}

impl App {
    /// Answers what is done with a guess.
    pub(super) fn guess(&mut self, msg: GuessMsg) {
        let (size, larger) = (self.pictures.guess.size(), self.pictures.larger());
        let Content::Running(run) = &mut self.content else { return };
        match msg {
            GuessMsg::Make(guess) => return run.commit(guess),
            GuessMsg::Decide => return run.decide(),
            _ => {}
        }
        let place = match (msg, size) {
            (GuessMsg::Pen(at, _), Some(size)) => {
                contents(run).map(|data| view::guess_place(&data, size, at.over(larger)))
            }
            _ => None,
        };
        let Some((_, guessed)) = run.guessed() else { return };
        let shut = guessed.made.is_some();
        match msg {
            // What was committed to stays; keys still go along it.
            GuessMsg::Go(by) => guessed.drawn.go(by),
            _ if shut => {}
            GuessMsg::Draft(place) => guessed.draft = place,
            GuessMsg::Pen(_, first) => {
                if let Some(place) = place {
                    guessed.drawn.pen(place, first);
                }
            }
            GuessMsg::Lift => guessed.drawn.lift(),
            GuessMsg::Raise(by) => guessed.drawn.raise(by),
            GuessMsg::Erase => guessed.drawn.erase(),
            GuessMsg::Clear => guessed.drawn = view::Drawn::default(),
            GuessMsg::Make(_) | GuessMsg::Decide => {}
        }
    }
}

impl Pictures {
    /// Paints the chart of a curve.
    pub(super) fn curve(&mut self, run: &Run) {
        let Some(painter) = &mut self.painter else { return };
        let (Some(size), Some(data)) = (self.guess.size(), contents(run)) else { return };
        view::chart(&mut self.guess.sketch, &data, size, None);
        self.guess.paint(painter);
    }
}

/// What there is to draw on, and to clear; afterwards how far the curve is from what was measured.
pub fn curve(
    predict: &Prediction,
    (scale, near): (&Scale, f64),
    guessed: &Guessed,
    surface: &NodeRef,
    on_guess: &Callback<GuessMsg>,
) -> Html {
    let says = says(predict, scale, guessed);
    let height = guessed.drawn.height(guessed.drawn.at()).unwrap_or(0.5);
    let aside = if guessed.made.is_none() { words::HOW_TO_DRAW } else { words::WHICH_LINE };
    html! {
        <>
            <canvas
                class="curve"
                role="slider"
                tabindex="0"
                data-testid="curve"
                ref={surface}
                aria-label={words::CURVE}
                aria-valuemin="0"
                aria-valuemax="100"
                aria-valuenow={((height * 100.0) as u32).to_string()}
                aria-valuetext={says.clone()}
                onkeydown={on_key(on_guess)}
                onpointerdown={on_pen(on_guess, true)}
                onpointermove={on_pen(on_guess, false)}
                onpointerup={on_guess.reform(|_: PointerEvent| GuessMsg::Lift)}
                onpointercancel={on_guess.reform(|_: PointerEvent| GuessMsg::Lift)}
            />
            <p class="hint">{aside}</p>
            <div class="row">
                <output class="value">{says}</output>
                if guessed.made.is_none() {
                    <button
                        data-testid="clear"
                        disabled={guessed.drawn.is_empty()}
                        onclick={on_guess.reform(|_: MouseEvent| GuessMsg::Clear)}
                    >
                        {words::CLEAR}
                    </button>
                }
            </div>
            if guessed.outcome.is_some() {
                {outcome(predict, scale, near, guessed)}
            }
        </>
    }
}

/// The place at which the keys are, in words: "12 s: your guess 4.2/s, measured 3.9/s".
fn says(predict: &Prediction, scale: &Scale, guessed: &Guessed) -> String {
    let (at, unit) = (guessed.drawn.at(), scale.quantity.unit);
    let mut out = String::new();
    let seconds = view::instant(ends(predict).as_secs(), at);
    format::duration(&mut out, SimDuration::from_secs(seconds));
    out.push_str(words::AND_THERE);
    match guessed.drawn.height(at) {
        Some(height) => out.push_str(&number(unit, scale.at(height))),
        None => out.push_str(words::NOTHING_DRAWN),
    }
    if let Some(found) = guessed.measured.get(at).filter(|found| found.is_finite()) {
        out.push_str(words::AND_MEASURED);
        out.push_str(&number(unit, *found));
    }
    out
}

/// How far the curve is from what was measured, in a sentence.
fn outcome(predict: &Prediction, scale: &Scale, near: f64, guessed: &Guessed) -> Html {
    let seconds = ends(predict).as_secs();
    let Some((mean, [at, guess, found])) = view::apart(&guessed.drawn, scale, seconds, &guessed.measured)
    else {
        return html! { <p>{words::NOT_MEASURED}</p> };
    };
    let unit = scale.quantity.unit;
    let at = format::string(|out| format::duration(out, SimDuration::from_secs(at)));
    let parts = [
        words::ON_AVERAGE,
        &number(unit, mean),
        words::FURTHEST,
        &at,
        words::AND_THERE,
        &number(unit, guess),
        words::AND_MEASURED,
        &number(unit, found),
        ". ",
    ];
    html! { <p>{parts.concat()}{verdict(mean <= near)}</p> }
}

/// Answers keys, and keeps those that mean something here from the page.
fn on_key(on_guess: &Callback<GuessMsg>) -> Callback<KeyboardEvent> {
    let on_guess = on_guess.clone();
    Callback::from(move |event: KeyboardEvent| {
        if let Some(wants) = key(&event) {
            event.prevent_default();
            on_guess.emit(wants);
        }
    })
}

/// What a key means.
fn key(event: &KeyboardEvent) -> Option<GuessMsg> {
    let (far, everything) = (event.shift_key(), COLUMNS as isize);
    let columns = if far { FAR } else { 1 };
    Some(match event.key().as_str() {
        "ArrowLeft" => GuessMsg::Go(-columns),
        "ArrowRight" => GuessMsg::Go(columns),
        "Home" => GuessMsg::Go(-everything),
        "End" => GuessMsg::Go(everything),
        "ArrowUp" => GuessMsg::Raise(STEP),
        "ArrowDown" => GuessMsg::Raise(-STEP),
        "PageUp" => GuessMsg::Raise(STEP * 10.0),
        "PageDown" => GuessMsg::Raise(-STEP * 10.0),
        "Delete" => GuessMsg::Erase,
        _ => return None,
    })
}

/// Draws where the pointer is as long as the pen is down; `down`: it has come down just now.
fn on_pen(on_guess: &Callback<GuessMsg>, down: bool) -> Callback<PointerEvent> {
    let on_guess = on_guess.clone();
    Callback::from(move |event: PointerEvent| {
        if event.buttons() != 1 {
            return;
        }
        if down {
            let Some(canvas) = event.target_dyn_into::<Element>() else { return };
            // It goes on drawing beyond the chart's edge; a pointer that is gone already has nothing to draw.
            let _ = canvas.set_pointer_capture(event.pointer_id());
        }
        let at = Point { x: event.offset_x() as f32, y: event.offset_y() as f32 };
        on_guess.emit(GuessMsg::Pen(at, down));
    })
}
