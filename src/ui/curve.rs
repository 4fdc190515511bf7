//! The chart over which a curve is drawn: with a finger, a pen, a mouse or keys, and later beside what was measured.

use wasm_bindgen::JsCast;
use web_sys::{Element, Event, KeyboardEvent, MouseEvent, PointerEvent};
use yew::Callback;
use yew::virtual_dom::ListenerKind;

use super::app::{App, Content};
use super::dom::{El, el, target};
use super::guess::{GuessMsg, Guessed, ends};
use super::msg::Msg;
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
    question: El,
    predict: &Prediction,
    (scale, near): (&Scale, f64),
    guessed: &Guessed,
    surface: &yew::NodeRef,
    send: &Callback<Msg>,
) -> El {
    let says = says(predict, scale, guessed);
    let height = guessed.drawn.height(guessed.drawn.at()).unwrap_or(0.5);
    let canvas =
        el("canvas", &[("class", "curve"), ("role", "slider"), ("tabindex", "0"), ("data-testid", "curve")])
            .node(surface)
            .put("aria-label", words::CURVE)
            .put("aria-valuemin", "0")
            .put("aria-valuemax", "100")
            .put("aria-valuenow", ((height * 100.0) as u32).to_string())
            .put("aria-valuetext", says.clone())
            .on(ListenerKind::onkeydown, send, 0, key)
            .on(ListenerKind::onpointerdown, send, 1, pen)
            .on(ListenerKind::onpointermove, send, 0, pen)
            .on(ListenerKind::onpointerup, send, 0, |_, _| Some(GuessMsg::Lift.into()))
            .on(ListenerKind::onpointercancel, send, 0, |_, _| Some(GuessMsg::Lift.into()));
    let clear = el("button", &[("data-testid", "clear")])
        .flag("disabled", guessed.made.is_some() || guessed.drawn.is_empty())
        .on(ListenerKind::onclick, send, 0, |_, _| Some(GuessMsg::Clear.into()))
        .text(words::CLEAR);
    let aside = if guessed.made.is_none() { words::HOW_TO_DRAW } else { words::WHICH_LINE };
    let outcome = guessed.outcome.as_ref().map(|_| outcome(predict, scale, near, guessed));
    question
        .add(canvas)
        .add(el("p", &[("class", "hint")]).text(aside))
        .add(
            el("div", &[("class", "row")])
                .add(el("output", &[("class", "value")]).say(says))
                .maybe(guessed.made.is_none().then_some(clear)),
        )
        .maybe(outcome)
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
fn outcome(predict: &Prediction, scale: &Scale, near: f64, guessed: &Guessed) -> El {
    let said = el("p", &[]);
    let seconds = ends(predict).as_secs();
    let Some((mean, [at, guess, found])) = view::apart(&guessed.drawn, scale, seconds, &guessed.measured)
    else {
        return said.text(words::NOT_MEASURED);
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
    said.say(parts.concat()).add(verdict(mean <= near))
}

fn key(event: &Event, _: usize) -> Option<Msg> {
    let key = event.dyn_ref::<KeyboardEvent>()?;
    let (far, everything) = (key.shift_key(), COLUMNS as isize);
    let columns = if far { FAR } else { 1 };
    let msg = match key.key().as_str() {
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
    };
    event.prevent_default();
    Some(msg.into())
}

/// `down`: the pen has come down; else it draws as long as it is.
fn pen(event: &Event, down: usize) -> Option<Msg> {
    let pointer = event.dyn_ref::<PointerEvent>().filter(|pointer| pointer.buttons() == 1)?;
    if down == 1 {
        // It goes on drawing beyond the chart's edge; a pointer that is gone already has nothing to draw.
        let _ = target::<Element>(event)?.set_pointer_capture(pointer.pointer_id());
    }
    let mouse = event.dyn_ref::<MouseEvent>()?;
    let at = Point { x: mouse.offset_x() as f32, y: mouse.offset_y() as f32 };
    Some(GuessMsg::Pen(at, down == 1).into())
}
