//! The chart over which a curve is drawn: with a finger, a pen, a mouse or keys, and later beside what was measured.

use web_sys::Element;
use yew::prelude::*;

use crate::base::SimDuration;
use crate::lesson::Scale;
use crate::lesson::player::{CurveEdit, Drawn, GuessAction, Guessed, Outcome, instant};
use crate::ui::msg::keys;
use crate::ui::msg::lesson::LessonMsg;
use crate::ui::panels::dom::{answering, on_key};
use crate::ui::panels::outcome::{number, verdict};
use crate::view::Point;

/// What there is to draw on, and to clear; afterwards how far the curve is from what was measured. `length`: the time
/// that the curve is about.
pub fn curve(
    length: SimDuration,
    scale: &Scale,
    drawn: &Drawn,
    guessed: &Guessed,
    surface: &NodeRef,
    on_lesson: &Callback<LessonMsg>,
) -> Html {
    let on_edit = on_lesson.reform(|edit| LessonMsg::Guess(GuessAction::Curve(edit)));
    let says = says(length, scale, drawn, guessed.measured());
    let height = drawn.height(drawn.at()).unwrap_or(0.5);
    let aside = if guessed.is_made() { text!("study.which-line") } else { text!("study.how-to-draw") };
    html! {
        <>
            <canvas
                class="curve"
                role="slider"
                tabindex="0"
                data-testid="curve"
                ref={surface}
                aria-label={text!("study.curve")}
                aria-valuemin="0"
                aria-valuemax="100"
                aria-valuenow={((height * 100.0) as u32).to_string()}
                aria-valuetext={says.clone()}
                onkeydown={on_key(&on_edit, keys::curve)}
                onpointerdown={on_pen(on_lesson, true)}
                onpointermove={on_pen(on_lesson, false)}
                onpointerup={on_edit.reform(|_: PointerEvent| CurveEdit::Lift)}
                onpointercancel={on_edit.reform(|_: PointerEvent| CurveEdit::Lift)}
            />
            <p class="hint">{aside}</p>
            <div class="row">
                <output class="value">{says}</output>
                if !guessed.is_made() {
                    <button
                        data-testid="clear"
                        disabled={drawn.is_empty()}
                        onclick={on_edit.reform(|_: MouseEvent| CurveEdit::Clear)}
                    >
                        {text!("study.clear")}
                    </button>
                }
            </div>
            if let Some(found) = guessed.outcome() {
                {outcome(scale, found)}
            }
        </>
    }
}

/// The place at which the keys are, in words: "12 s: your guess 4.2/s, measured 3.9/s".
fn says(length: SimDuration, scale: &Scale, drawn: &Drawn, measured: &[f64]) -> String {
    let (at, unit) = (drawn.at(), scale.quantity.unit);
    let time = SimDuration::from_secs(instant(length.as_secs(), at));
    let drawn = drawn.height(at).map(|height| number(unit, scale.at(height)));
    let measured = measured.get(at).filter(|found| found.is_finite());
    match (drawn, measured.map(|found| number(unit, *found))) {
        (Some(drawn), None) => say!("study.at", time = time, drawn = &drawn),
        (None, None) => say!("study.at-nothing", time = time),
        (Some(drawn), Some(measured)) => {
            say!("study.at-measured", time = time, drawn = &drawn, measured = &measured)
        }
        (None, Some(measured)) => say!("study.at-nothing-measured", time = time, measured = &measured),
    }
}

/// How far the curve is from what was measured, in a sentence.
fn outcome(scale: &Scale, outcome: &Outcome) -> Html {
    let Outcome::Curve { distance, right } = outcome else {
        return html! { <p>{text!("study.not-measured")}</p> };
    };
    let unit = scale.quantity.unit;
    let [off, drawn, measured] =
        [distance.mean, distance.drawn, distance.measured].map(|value| number(unit, value));
    let time = SimDuration::from_secs(distance.furthest_s);
    let said = say!("study.off-by", mean = &off, time = time, drawn = &drawn, measured = &measured);
    html! { <p>{said}{" "}{verdict(*right)}</p> }
}

/// Draws where the pointer is as long as the pen is down; `down`: it has come down just now.
fn on_pen(on_lesson: &Callback<LessonMsg>, down: bool) -> Callback<PointerEvent> {
    answering(on_lesson, move |event: PointerEvent| {
        if event.buttons() != 1 {
            return None;
        }
        if down {
            // It goes on drawing beyond the chart's edge; a pointer that is gone already has nothing to draw.
            let _ = event.target_dyn_into::<Element>()?.set_pointer_capture(event.pointer_id());
        }
        let at = Point { x: event.offset_x() as f32, y: event.offset_y() as f32 };
        Some(LessonMsg::Pen { at, down })
    })
}
