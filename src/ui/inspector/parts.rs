//! The parts of a stage: a list of them for keys and screen readers, and what pointers do on its canvas.

use wasm_bindgen::JsCast;
use web_sys::{Event, KeyboardEvent, MouseEvent, PointerEvent};
use yew::Callback;
use yew::virtual_dom::ListenerKind;

use super::{InspectMsg, Inspector, Place, Step};
use crate::session::Lane;
use crate::ui::dom::{El, el};
use crate::ui::msg::Msg;
use crate::ui::words;
use crate::view::{self, inspector};

/// Lists of more parts say what only that part is doing that has the focus.
const MOST_SENTENCES: usize = 40;

/// What keys and screen readers find of a stage: every node and every link, as a button that opens it, with what it is
/// and what it is doing. One of them is reached by the tabulator, the others from there by arrows.
pub fn parts(state: &Inspector, lane: &Lane, at: usize, send: &Callback<Msg>) -> El {
    let all = inspector::subjects(lane);
    let reach = state.reach.get(at).copied().unwrap_or(0).min(all.len().saturating_sub(1));
    let part = |(number, subject): (usize, &inspector::Subject)| {
        let [is, does] = ["-is", "-does"].map(|what| [&id(at, number), what].concat());
        let button = el("button", &[])
            .put("id", id(at, number))
            .put("tabindex", if number == reach { "0" } else { "-1" })
            .put("aria-describedby", [&is, " ", &does].concat())
            .on(ListenerKind::onclick, send, at * LANE + number, |_, at| {
                Some(Msg::Inspect(InspectMsg::OpenPart(at / LANE, at % LANE)))
            })
            .on(ListenerKind::onfocusin, send, at * LANE + number, |_, at| {
                Some(Msg::Inspect(InspectMsg::Focus(at / LANE, Some(at % LANE))))
            })
            .on(ListenerKind::onfocusout, send, at, |_, at| Some(Msg::Inspect(InspectMsg::Focus(at, None))))
            .on(ListenerKind::onkeydown, send, at, step)
            .say(inspector::title(lane, *subject));
        let told = all.len() <= MOST_SENTENCES || state.focused == Some((at, number));
        let tell = |what: fn(&Lane, inspector::Subject) -> String| {
            el("p", &[]).say(if told { what(lane, *subject) } else { String::new() })
        };
        el("li", &[])
            .add(button)
            .add(tell(view::topology).put("id", is))
            .add(tell(inspector::sentence).put("id", does))
    };
    el("ul", &[("class", "aside"), ("aria-label", words::PARTS)])
        .put("data-testid", ["parts ", view::words::LETTERS[at.min(1)]].concat())
        .all(all.iter().enumerate().map(part))
}

/// More parts than any plan has: lane and part in one number.
const LANE: usize = 1 << 20;

/// The id of the n-th part of a lane's list.
pub fn id(lane: usize, part: usize) -> String {
    ["part-", &lane.to_string(), "-", &part.to_string()].concat()
}

/// Arrows go from part to part; what they do elsewhere they do not do here.
fn step(event: &Event, at: usize) -> Option<Msg> {
    let step = match event.dyn_ref::<KeyboardEvent>()?.key().as_str() {
        "ArrowDown" => Step::By(1),
        "ArrowUp" => Step::By(-1),
        "ArrowRight" => Step::Node(1),
        "ArrowLeft" => Step::Node(-1),
        "Home" => Step::End(false),
        "End" => Step::End(true),
        _ => return None,
    };
    event.prevent_default();
    Some(Msg::Inspect(InspectMsg::Move(at, step)))
}

/// The canvas of a stage answers pointers.
pub fn canvas(canvas: El, at: usize, send: &Callback<Msg>) -> El {
    let canvas = canvas.on(ListenerKind::onclick, send, at, |event, at| {
        let touch = event.dyn_ref::<PointerEvent>().is_some_and(|event| event.pointer_type() == "touch");
        Some(Msg::Inspect(InspectMsg::Click(at, place(event, touch)?)))
    });
    canvas
        .on(ListenerKind::onpointermove, send, at, |event, at| {
            // Fingers do not hover.
            let mouse = event.dyn_ref::<PointerEvent>()?.pointer_type() != "touch";
            mouse.then_some(Msg::Inspect(InspectMsg::Point(at, Some(place(event, false)?))))
        })
        .on(ListenerKind::onpointerleave, send, at, |_, at| Some(Msg::Inspect(InspectMsg::Point(at, None))))
}

fn place(event: &Event, touch: bool) -> Option<Place> {
    let mouse = event.dyn_ref::<MouseEvent>()?;
    Some(Place { x: mouse.offset_x() as f32, y: mouse.offset_y() as f32, touch })
}

/// At the foot of a stage: what the thing under the pointer, or with the focus, is doing.
pub fn foot(state: &Inspector, lane: &Lane, at: usize) -> Option<El> {
    let focused = state.focused.filter(|(of, _)| *of == at);
    let sentence = match (state.hovered.filter(|(of, _)| *of == at), focused) {
        (Some((_, hit)), _) => view::describe_hit(lane, hit),
        (None, Some((_, part))) => inspector::sentence(lane, *inspector::subjects(lane).get(part)?),
        _ => return None,
    };
    let foot = el("p", &[("class", "foot"), ("aria-hidden", "true"), ("data-testid", "foot")]);
    (!sentence.is_empty()).then(|| foot.say(sentence))
}
