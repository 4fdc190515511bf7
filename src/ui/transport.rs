//! Time: play, step, speed, restart, the clock, and the line of what has happened.

use wasm_bindgen::JsCast;
use web_sys::HtmlSelectElement;
use yew::prelude::*;

use super::msg::Msg;
use super::words;

/// The speeds that can be chosen, with what they are called.
pub const SPEEDS: [(f64, &str); 16] = [
    (0.01, "0.01×"),
    (0.02, "0.02×"),
    (0.05, "0.05×"),
    (0.1, "0.1×"),
    (0.25, "0.25×"),
    (0.5, "0.5×"),
    (1.0, "1×"),
    (2.0, "2×"),
    (5.0, "5×"),
    (10.0, "10×"),
    (20.0, "20×"),
    (50.0, "50×"),
    (100.0, "100×"),
    (200.0, "200×"),
    (500.0, "500×"),
    (1000.0, "1000×"),
];

/// The place in [`SPEEDS`] of the speed nearest to this one.
pub fn nearest(speed: f64) -> usize {
    SPEEDS.iter().rposition(|(each, _)| *each <= speed * 1.2).unwrap_or(0)
}

/// What the transport shows.
pub struct Shown<'a> {
    /// Whether time passes.
    pub playing: bool,
    /// The asked speed.
    pub speed: f64,
    /// The present instant as mm:ss.mmm.
    pub clock: String,
    /// "3.1×", where playback falls behind.
    pub behind: Option<String>,
    /// Where the timeline is drawn.
    pub timeline: &'a NodeRef,
    /// What the timeline shows, in words.
    pub marks: String,
}

/// The bar at the bottom.
pub fn transport(shown: Shown, send: &Callback<Msg>) -> Html {
    let play = if shown.playing { words::PAUSE } else { words::PLAY };
    let picture = if shown.playing { "M4 3h3v10H4zM9 3h3v10H9z" } else { "M4 2.500 13 8l-9 5.500z" };
    html! {
        <footer class="transport" aria-label={words::PLAYBACK}>
            <div class="buttons">
                { button("play", play, picture, "primary", send.reform(|_| Msg::Toggle)) }
                { button("step", words::STEP_EVENT, "M3 3l6 5-6 5zM11 3h2v10h-2z", "", send.reform(|_| Msg::StepEvent)) }
                { button("step-second", words::STEP_SECOND, "M1 3l5 5-5 5zM7 3l5 5-5 5zM13 3h2v10h-2z", "",
                    send.reform(|_| Msg::StepSecond)) }
                { button("restart", words::RESTART, "M8 3a5 5 0 1 1-4.600 3l1.500.7A3.400 3.400 0 1 0 8 4.600V7L4.200 3.800 8 .6z", "",
                    send.reform(|_| Msg::Restart)) }
                { speed(shown.speed, send) }
            </div>
            <canvas class="timeline" ref={shown.timeline} role="img" aria-label={shown.marks} />
            <div class="now">
                if let Some(behind) = shown.behind {
                    <span class="behind" role="status">
                        { words::RUNNING_AT }{ behind }{ words::OF }{ SPEEDS[nearest(shown.speed)].1 }
                    </span>
                }
                <output class="clock" data-testid="clock" aria-label={words::TIME} aria-live="off">{ shown.clock }</output>
                <button class="icon keys" data-testid="help" aria-label={words::KEYS} title={words::KEYS}
                    onclick={send.reform(|_| Msg::Help(true))}>{ "?" }</button>
            </div>
        </footer>
    }
}

fn button(
    id: &'static str,
    label: &'static str,
    path: &'static str,
    kind: &'static str,
    onclick: Callback<MouseEvent>,
) -> Html {
    html! {
        <button class="icon" data-kind={kind} data-testid={id} aria-label={label} title={label} {onclick}>
            <svg viewBox="0 0 16 16" aria-hidden="true"><path d={path} fill="currentColor" /></svg>
        </button>
    }
}

fn speed(speed: f64, send: &Callback<Msg>) -> Html {
    let chosen = nearest(speed);
    let onchange = send.reform(|event: Event| {
        let at = event.target().and_then(|target| target.dyn_into::<HtmlSelectElement>().ok());
        let at = at.map_or(0, |select| select.selected_index().max(0) as usize);
        Msg::Speed(SPEEDS[at.min(SPEEDS.len() - 1)].0)
    });
    let option = |(at, (_, label)): (usize, &(f64, &'static str))| {
        html! { <option selected={at == chosen}>{ *label }</option> }
    };
    html! {
        <select class="speed" data-testid="speed" aria-label={words::SPEED} title={words::SPEED} {onchange}>
            { for SPEEDS.iter().enumerate().map(option) }
        </select>
    }
}
