//! Time: play, step, speed, restart, the clock, and the line of what has happened.

use web_sys::{Event, HtmlInputElement, HtmlSelectElement, KeyboardEvent};
use yew::prelude::*;
use yew::virtual_dom::ListenerKind;

use super::dom::{Answer, El, el, icon, target};
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

/// The bar at the bottom.
pub fn transport(shown: Shown, send: &Callback<Msg>) -> El {
    let behind = shown.behind.as_ref().map(|behind| {
        let asked = SPEEDS[nearest(shown.speed)].1;
        let words = [words::RUNNING_AT, behind, words::OF, asked].concat();
        el("span", &[("class", "behind"), ("role", "status")]).say(words)
    });
    let going = shown.going.map(|share| {
        let words = [words::GOING, &((share * 100.0) as u32).to_string(), " %"].concat();
        el("span", &[("class", "behind"), ("role", "status")]).say(words)
    });
    let unfork = shown.forked.then(|| {
        el("button", &[("data-testid", "unfork"), ("title", words::UNFORK_ABOUT)])
            .on(ListenerKind::onclick, send, 0, |_, _| Some(Msg::Unfork))
            .text(words::UNFORK)
    });
    let clock =
        [("class", "clock"), ("data-testid", "clock"), ("aria-label", words::TIME), ("aria-live", "off")];
    let help = [
        ("class", "icon keys"),
        ("data-testid", "help"),
        ("aria-label", words::KEYS),
        ("title", words::KEYS),
    ];
    el("footer", &[("class", "transport"), ("aria-label", words::PLAYBACK)])
        .add(buttons(shown.playing, send).add(speed(shown.speed, send)))
        .add(line(&shown, send))
        .maybe(unfork)
        .add(
            el("div", &[("class", "now")])
                .maybe(behind)
                .maybe(going)
                .add(
                    el("output", &clock)
                        .put("title", [words::DIGEST, &shown.digests].concat())
                        .put("data-digests", shown.digests)
                        .say(shown.clock),
                )
                .add(
                    el("button", &help)
                        .on(ListenerKind::onclick, send, 0, |_, _| Some(Msg::Help(true)))
                        .text("?"),
                ),
        )
}

/// The line of time: a picture, and a slider that nobody sees upon it.
fn line(shown: &Shown, send: &Callback<Msg>) -> El {
    let slider = el("input", &[("type", "range"), ("min", "0"), ("data-testid", "timeline")])
        .put("max", TIMELINE_PLACES.to_string())
        .put("aria-label", words::TIME)
        .put("aria-valuetext", [&shown.clock, ", ", &shown.marks].concat())
        .value(((shown.place * TIMELINE_PLACES) as u32).to_string())
        .on(ListenerKind::onkeydown, send, 0, jump)
        .on(ListenerKind::oninput, send, 0, |event, _| {
            Some(Msg::GoTo(target::<HtmlInputElement>(event)?.value_as_number()))
        });
    let canvas = el("canvas", &[("aria-hidden", "true")]).node(shown.timeline);
    el("div", &[("class", "timeline")]).add(canvas).add(slider)
}

/// Arrow keys on the line go by seconds, whatever the line's length.
fn jump(event: &Event, _: usize) -> Option<Msg> {
    use wasm_bindgen::JsCast;
    let key = event.dyn_ref::<KeyboardEvent>()?;
    let step = if key.shift_key() { 10.0 } else { 1.0 };
    let seconds = match key.key().as_str() {
        "ArrowLeft" | "ArrowDown" => -step,
        "ArrowRight" | "ArrowUp" => step,
        "PageDown" => -10.0,
        "PageUp" => 10.0,
        _ => return None,
    };
    event.prevent_default();
    Some(Msg::Jump(seconds))
}

fn buttons(playing: bool, send: &Callback<Msg>) -> El {
    let button = |id: &'static str, label: &'static str, path: &str, answer: Answer| {
        let path = ["<path d=\"", path, "\" fill=\"currentColor\"/>"].concat();
        el("button", &[("class", "icon"), ("data-testid", id), ("aria-label", label), ("title", label)])
            .on(ListenerKind::onclick, send, 0, answer)
            .html(icon(&path))
    };
    let (play, picture) = if playing {
        (words::PAUSE, "M4 3h3v10H4zM9 3h3v10H9z")
    } else {
        (words::PLAY, "M4 2.500 13 8l-9 5.500z")
    };
    let second = "M1 3l5 5-5 5zM6 3l5 5-5 5z";
    let circle = "M8 3a5 5 0 1 1-4.600 3l1.500.7A3.400 3.400 0 1 0 8 4.600V7L4.200 3.800 8 .6z";
    el("div", &[("class", "buttons")])
        .add(button("play", play, picture, |_, _| Some(Msg::Toggle)).put("data-kind", "primary"))
        .add(button("step", words::STEP_EVENT, "M3 3l6 5-6 5zM11 3h2v10h-2z", |_, _| Some(Msg::StepEvent)))
        .add(button("step-second", words::STEP_SECOND, second, |_, _| Some(Msg::StepSecond)))
        .add(button("to-end", words::TO_END, "M1 3l6 5-6 5zM7 3l6 5-6 5zM13 3h2v10h-2z", |_, _| {
            Some(Msg::ToEnd)
        }))
        .add(button("restart", words::RESTART, circle, |_, _| Some(Msg::Restart)))
}

fn speed(speed: f64, send: &Callback<Msg>) -> El {
    let chosen = nearest(speed);
    let option = |(at, (_, label)): (usize, &(f64, &'static str))| {
        // The attribute would be forgotten once a reader has chosen for himself.
        el("option", &[]).property("selected", at == chosen).text(label)
    };
    let names =
        [("class", "speed"), ("data-testid", "speed"), ("aria-label", words::SPEED), ("title", words::SPEED)];
    el("select", &names)
        .on(ListenerKind::onchange, send, 0, |event, _| {
            let at = target::<HtmlSelectElement>(event)?.selected_index();
            Some(Msg::Speed(SPEEDS.get(usize::try_from(at).ok()?)?.0))
        })
        .all(SPEEDS.iter().enumerate().map(option))
}
