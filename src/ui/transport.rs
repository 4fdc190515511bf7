//! Time: play, step, speed, restart, the clock, and the line of what has happened.

use web_sys::{HtmlInputElement, HtmlSelectElement};
use yew::prelude::*;

use super::dom::{answering, icon, option};
use super::msg::Msg;
use super::words;
use crate::session::Session;
use crate::view;

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

/// Into so many places the line of time is cut for pointers and keys.
pub const TIMELINE_PLACES: f64 = 10_000.0;

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
    /// The digest of each variant's run so far, with spaces between them.
    pub digests: String,
    /// "3.1×", where playback falls behind.
    pub behind: Option<String>,
    /// How much of the way to another moment is done, 0 to 1, while it is under way.
    pub going: Option<f64>,
    /// Where the present stands on the line of time, 0 to 1.
    pub place: f64,
    /// There is a future that was left.
    pub forked: bool,
    /// Where the timeline is drawn.
    pub timeline: &'a NodeRef,
    /// What the timeline shows, in words.
    pub marks: String,
}

impl Shown<'_> {
    /// What is to be shown of a session, with its line of time drawn there.
    pub fn of<'a>(session: &Session, timeline: &'a NodeRef) -> Shown<'a> {
        Shown {
            playing: session.playing(),
            speed: session.speed(),
            clock: view::clock(session.now()),
            digests: view::digests(session),
            behind: session.behind().map(view::times),
            going: session.going().map(|(_, share)| share),
            place: view::timeline_share(session),
            forked: session.ghost().is_some(),
            timeline,
            marks: view::marks(session),
        }
    }
}

/// The bar at the bottom. It is no component: its line of time has to be put right at every message, also where what
/// it shows has not changed, for the browser moves a slider before anybody has agreed.
pub fn transport(shown: Shown, send: &Callback<Msg>) -> Html {
    let status = |words: String| html! { <span class="behind" role="status">{words}</span> };
    let behind = shown.behind.as_ref().map(|behind| {
        let asked = SPEEDS[nearest(shown.speed)].1;
        status([words::RUNNING_AT, behind, words::OF, asked].concat())
    });
    let going =
        shown.going.map(|share| status([words::GOING, &((share * 100.0) as u32).to_string(), " %"].concat()));
    html! {
        <footer class="transport" aria-label={words::PLAYBACK}>
            {buttons(shown.playing, shown.speed, send)}
            {line(&shown, send)}
            if shown.forked {
                <button
                    data-testid="unfork"
                    title={words::UNFORK_ABOUT}
                    onclick={send.reform(|_: MouseEvent| Msg::Unfork)}
                >
                    {words::UNFORK}
                </button>
            }
            <div class="now">
                // A place is kept for what is not there, so that the others stay what they are.
                {behind.unwrap_or_default()}
                {going.unwrap_or_default()}
                <output
                    class="clock"
                    data-testid="clock"
                    aria-label={words::TIME}
                    aria-live="off"
                    title={[words::DIGEST, &shown.digests].concat()}
                    data-digests={shown.digests}
                >
                    {shown.clock}
                </output>
                <button
                    class="icon keys"
                    data-testid="help"
                    aria-label={words::KEYS}
                    title={words::KEYS}
                    onclick={send.reform(|_: MouseEvent| Msg::Help(true))}
                >
                    {"?"}
                </button>
            </div>
        </footer>
    }
}

/// The line of time: a picture, and a slider that nobody sees upon it.
fn line(shown: &Shown, send: &Callback<Msg>) -> Html {
    let onkeydown = answering(send, |event: KeyboardEvent| {
        let seconds = jump(&event)?;
        event.prevent_default();
        Some(Msg::Jump(seconds))
    });
    let oninput = answering(send, |event: InputEvent| {
        Some(Msg::GoTo(event.target_dyn_into::<HtmlInputElement>()?.value_as_number()))
    });
    html! {
        <div class="timeline">
            <canvas aria-hidden="true" ref={shown.timeline} />
            <input
                type="range"
                min="0"
                data-testid="timeline"
                max={TIMELINE_PLACES.to_string()}
                aria-label={words::TIME}
                aria-valuetext={[&shown.clock, ", ", &shown.marks].concat()}
                value={((shown.place * TIMELINE_PLACES) as u32).to_string()}
                {onkeydown}
                {oninput}
            />
        </div>
    }
}

/// How many seconds a key on the line goes by, whatever the line's length.
fn jump(event: &KeyboardEvent) -> Option<f64> {
    let step = if event.shift_key() { 10.0 } else { 1.0 };
    match event.key().as_str() {
        "ArrowLeft" | "ArrowDown" => Some(-step),
        "ArrowRight" | "ArrowUp" => Some(step),
        "PageDown" => Some(-10.0),
        "PageUp" => Some(10.0),
        _ => None,
    }
}

/// The buttons that play, step and start again, and the speed.
fn buttons(playing: bool, speed: f64, send: &Callback<Msg>) -> Html {
    let button = |id: &'static str, label: &'static str, path: &str, msg: fn() -> Msg| {
        html! {
            <button
                class="icon"
                data-testid={id}
                aria-label={label}
                title={label}
                data-kind={(id == "play").then_some("primary")}
                onclick={send.reform(move |_: MouseEvent| msg())}
            >
                {icon(&["<path d=\"", path, "\" fill=\"currentColor\"/>"].concat())}
            </button>
        }
    };
    let (play, picture) = if playing {
        (words::PAUSE, "M4 3h3v10H4zM9 3h3v10H9z")
    } else {
        (words::PLAY, "M4 2.500 13 8l-9 5.500z")
    };
    let second = "M1 3l5 5-5 5zM6 3l5 5-5 5z";
    let circle = "M8 3a5 5 0 1 1-4.600 3l1.500.7A3.400 3.400 0 1 0 8 4.600V7L4.200 3.800 8 .6z";
    html! {
        <div class="buttons">
            {button("play", play, picture, || Msg::Toggle)}
            {button("step", words::STEP_EVENT, "M3 3l6 5-6 5zM11 3h2v10h-2z", || Msg::StepEvent)}
            {button("step-second", words::STEP_SECOND, second, || Msg::StepSecond)}
            {button("to-end", words::TO_END, "M1 3l6 5-6 5zM7 3l6 5-6 5zM13 3h2v10h-2z", || Msg::ToEnd)}
            {button("restart", words::RESTART, circle, || Msg::Restart)}
            {speeds(speed, send)}
        </div>
    }
}

/// The list of speeds.
fn speeds(speed: f64, send: &Callback<Msg>) -> Html {
    let onchange = answering(send, |event: Event| {
        let place = event.target_dyn_into::<HtmlSelectElement>()?.selected_index();
        Some(Msg::Speed(SPEEDS.get(usize::try_from(place).ok()?)?.0))
    });
    let chosen = nearest(speed);
    let entry = |(place, (_, label)): (usize, &(f64, &'static str))| option(*label, None, place == chosen);
    html! {
        <select class="speed" data-testid="speed" aria-label={words::SPEED} title={words::SPEED} {onchange}>
            {for SPEEDS.iter().enumerate().map(entry)}
        </select>
    }
}
