//! Time: play, step, speed, restart, the clock, and the line of what has happened.

use crate::base::{Number, list};
use web_sys::{HtmlInputElement, HtmlSelectElement};
use yew::prelude::*;

use crate::session::Session;
use crate::ui::model::speed::{self, SPEEDS, nearest};
use crate::ui::msg::keys;
use crate::ui::msg::time::TimeMsg;
use crate::ui::panels::dom::{answering, icon, on_key, option};
use crate::view;

/// Into so many places the line of time is cut for pointers and keys.
const TIMELINE_PLACES: f64 = 10_000.0;

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
pub fn transport(shown: Shown, on_time: &Callback<TimeMsg>, on_help: &Callback<()>) -> Html {
    let status = |words: String| html! { <span class="behind" role="status">{words}</span> };
    let behind = shown.behind.as_ref().map(|behind| {
        let asked = speed::name(nearest(shown.speed));
        status(say!("transport.running-at", speed = behind, asked = &asked))
    });
    let going = shown.going.map(|share| status(say!("transport.going", share = Number::Percent(share))));
    html! {
        <footer class="transport" aria-label={text!("transport.playback")}>
            {buttons(shown.playing, shown.speed, on_time)}
            {line(&shown, on_time)}
            if shown.forked {
                <button
                    data-testid="unfork"
                    title={text!("transport.unfork-about")}
                    onclick={on_time.reform(|_: MouseEvent| TimeMsg::Unfork)}
                >
                    {text!("transport.unfork")}
                </button>
            }
            <div class="now">
                // A place is kept for what is not there, so that the others stay what they are.
                {behind.unwrap_or_default()}
                {going.unwrap_or_default()}
                <output
                    class="clock"
                    data-testid="clock"
                    aria-label={text!("transport.time")}
                    aria-live="off"
                    title={say!("transport.digest", digests = &shown.digests)}
                    data-digests={shown.digests}
                >
                    {shown.clock}
                </output>
                <button
                    class="icon keys"
                    data-testid="help"
                    aria-label={text!("transport.keys")}
                    title={text!("transport.keys")}
                    onclick={on_help.reform(|_: MouseEvent| ())}
                >
                    {"?"}
                </button>
            </div>
        </footer>
    }
}

/// The line of time: a picture, and a slider that nobody sees upon it.
fn line(shown: &Shown, on_time: &Callback<TimeMsg>) -> Html {
    let onkeydown = on_key(on_time, keys::timeline);
    let oninput = answering(on_time, |event: InputEvent| {
        Some(TimeMsg::GoTo(event.target_dyn_into::<HtmlInputElement>()?.value_as_number() / TIMELINE_PLACES))
    });
    html! {
        <div class="timeline">
            <canvas aria-hidden="true" ref={shown.timeline} />
            <input
                type="range"
                min="0"
                data-testid="timeline"
                max={(TIMELINE_PLACES as u32).to_string()}
                aria-label={text!("transport.time")}
                aria-valuetext={list::of(list::COMMA, [&*shown.clock, &*shown.marks])}
                value={((shown.place * TIMELINE_PLACES) as u32).to_string()}
                {onkeydown}
                {oninput}
            />
        </div>
    }
}

/// The buttons that play, step and start again, and the speed.
fn buttons(playing: bool, speed: f64, on_time: &Callback<TimeMsg>) -> Html {
    let button = |id: &'static str, label: &'static str, path: &str, msg: TimeMsg| {
        html! {
            <button
                class="icon"
                data-testid={id}
                aria-label={label}
                title={label}
                data-kind={(id == "play").then_some("primary")}
                onclick={on_time.reform(move |_: MouseEvent| msg)}
            >
                {icon(&["<path d=\"", path, "\" fill=\"currentColor\"/>"].concat())}
            </button>
        }
    };
    let (play, picture) = if playing {
        (text!("transport.pause"), "M4 3h3v10H4zM9 3h3v10H9z")
    } else {
        (text!("transport.play"), "M4 2.500 13 8l-9 5.500z")
    };
    let second = "M1 3l5 5-5 5zM6 3l5 5-5 5z";
    let circle = "M8 3a5 5 0 1 1-4.600 3l1.500.7A3.400 3.400 0 1 0 8 4.600V7L4.200 3.800 8 .6z";
    html! {
        <div class="buttons">
            {button("play", play, picture, TimeMsg::Toggle)}
            {button("step", text!("transport.step-event"), "M3 3l6 5-6 5zM11 3h2v10h-2z", TimeMsg::StepEvent)}
            {button("step-second", text!("transport.step-second"), second, TimeMsg::StepSecond)}
            {button("to-end", text!("transport.to-end"), "M1 3l6 5-6 5zM7 3l6 5-6 5zM13 3h2v10h-2z", TimeMsg::ToEnd)}
            {button("restart", text!("transport.restart"), circle, TimeMsg::Restart)}
            {speeds(speed, on_time)}
        </div>
    }
}

/// The list of speeds.
fn speeds(speed: f64, on_time: &Callback<TimeMsg>) -> Html {
    let onchange = answering(on_time, |event: Event| {
        let place = event.target_dyn_into::<HtmlSelectElement>()?.selected_index();
        Some(TimeMsg::Speed(*SPEEDS.get(usize::try_from(place).ok()?)?))
    });
    let chosen = nearest(speed);
    let entry = |place: usize| option(speed::name(place), None, place == chosen);
    html! {
        <select class="speed" data-testid="speed" aria-label={text!("transport.speed")} title={text!("transport.speed")} {onchange}>
            {for (0..SPEEDS.len()).map(entry)}
        </select>
    }
}
