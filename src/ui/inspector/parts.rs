//! The parts of a stage: a list of them for keys and screen readers, and what pointers do on its canvas.

use wasm_bindgen::JsCast;
use yew::prelude::*;

use super::{InspectMsg, Inspector, Place, Step};
use crate::session::Lane;
use crate::ui::dom::answering;
use crate::ui::msg::Msg;
use crate::ui::words;
use crate::view::{self, inspector};

/// Lists of more parts say what only that part is doing that has the focus.
const MOST_SENTENCES: usize = 40;

/// What keys and screen readers find of a stage: every node and every link, as a button that opens it, with what it is
/// and what it is doing. One of them is reached by the tabulator, the others from there by arrows.
pub fn parts(state: &Inspector, lane: &Lane, at: usize, send: &Callback<Msg>) -> Html {
    let all = inspector::subjects(lane);
    let reach = state.reach.get(at).copied().unwrap_or(0).min(all.len().saturating_sub(1));
    let part = |number: usize, subject: inspector::Subject| {
        let told = all.len() <= MOST_SENTENCES || state.focused == Some((at, number));
        let tell = |what: fn(&Lane, inspector::Subject) -> String| {
            if told { what(lane, subject) } else { String::new() }
        };
        html! {
            <Part
                lane={at}
                {number}
                reached={number == reach}
                title={inspector::title(lane, subject)}
                is={tell(view::topology)}
                does={tell(inspector::sentence)}
                {send}
            />
        }
    };
    html! {
        <ul
            class="aside"
            aria-label={words::PARTS}
            data-testid={["parts ", view::words::LETTERS[at.min(1)]].concat()}
        >
            for (number, subject) in all.iter().enumerate() {
                {part(number, *subject)}
            }
        </ul>
    }
}

/// A part of a stage.
#[derive(Properties, PartialEq)]
struct PartProps {
    /// In which lane's list it is.
    lane: usize,
    /// Its place in the list.
    number: usize,
    /// The tabulator reaches it.
    reached: bool,
    /// What it is called.
    title: AttrValue,
    /// What it is; empty where that is not said.
    is: AttrValue,
    /// What it is doing; empty where that is not said.
    does: AttrValue,
    /// Gets what somebody does with it. It is the page's own callback, always the same: there may be very many parts,
    /// and those of which nothing has changed are not written anew.
    send: Callback<Msg>,
}

/// A button that opens a part of a stage, with what it is and what it is doing.
#[component(Part)]
fn part(props: &PartProps) -> Html {
    let PartProps { lane, number, reached, title, is, does, send } = props;
    let (lane, number) = (*lane, *number);
    let act = send.reform(Msg::Inspect);
    let [about_is, about_does] = ["-is", "-does"].map(|what| [&id(lane, number), what].concat());
    // What the arrows do elsewhere they do not do here.
    let onkeydown = {
        let act = act.clone();
        move |event: KeyboardEvent| {
            if let Some(step) = step(&event.key()) {
                event.prevent_default();
                act.emit(InspectMsg::Move(lane, step));
            }
        }
    };
    html! {
        <li>
            <button
                id={id(lane, number)}
                tabindex={if *reached { "0" } else { "-1" }}
                aria-describedby={[&about_is, " ", &about_does].concat()}
                onclick={act.reform(move |_: MouseEvent| InspectMsg::OpenPart(lane, number))}
                onfocusin={act.reform(move |_: FocusEvent| InspectMsg::Focus(lane, Some(number)))}
                onfocusout={act.reform(move |_: FocusEvent| InspectMsg::Focus(lane, None))}
                {onkeydown}
            >
                {title}
            </button>
            <p id={about_is}>{is}</p>
            <p id={about_does}>{does}</p>
        </li>
    }
}

/// The id of the n-th part of a lane's list.
pub fn id(lane: usize, part: usize) -> String {
    ["part-", &lane.to_string(), "-", &part.to_string()].concat()
}

/// Arrows go from part to part.
fn step(key: &str) -> Option<Step> {
    Some(match key {
        "ArrowDown" => Step::By(1),
        "ArrowUp" => Step::By(-1),
        "ArrowRight" => Step::Node(1),
        "ArrowLeft" => Step::Node(-1),
        "Home" => Step::End(false),
        "End" => Step::End(true),
        _ => return None,
    })
}

/// What pointers do on the canvas of a stage: its listeners.
pub struct Pointers {
    /// A click, or a tap.
    pub onclick: Callback<MouseEvent>,
    /// A pointer moves.
    pub onpointermove: Callback<PointerEvent>,
    /// It leaves the canvas.
    pub onpointerleave: Callback<PointerEvent>,
}

impl Pointers {
    /// Those of the n-th lane's canvas.
    pub fn of(lane: usize, send: &Callback<Msg>) -> Pointers {
        let send = send.reform(Msg::Inspect);
        Pointers {
            onclick: send.reform(move |event: MouseEvent| {
                // Browsers send clicks as events of pointers.
                let pointer = event.dyn_ref::<PointerEvent>();
                let touch = pointer.is_some_and(|pointer| pointer.pointer_type() == "touch");
                InspectMsg::Click(lane, place(&event, touch))
            }),
            // Fingers do not hover.
            onpointermove: answering(&send, move |event: PointerEvent| {
                let mouse = event.pointer_type() != "touch";
                mouse.then(|| InspectMsg::Point(lane, Some(place(&event, false))))
            }),
            onpointerleave: send.reform(move |_| InspectMsg::Point(lane, None)),
        }
    }
}

fn place(mouse: &MouseEvent, touch: bool) -> Place {
    Place { x: mouse.offset_x() as f32, y: mouse.offset_y() as f32, touch }
}

/// At the foot of a stage: what the thing under the pointer, or with the focus, is doing.
pub fn foot(state: &Inspector, lane: &Lane, at: usize) -> Option<Html> {
    let focused = state.focused.filter(|(of, _)| *of == at);
    let sentence = match (state.hovered.filter(|(of, _)| *of == at), focused) {
        (Some((_, hit)), _) => view::describe_hit(lane, hit),
        (None, Some((_, part))) => inspector::sentence(lane, *inspector::subjects(lane).get(part)?),
        _ => return None,
    };
    (!sentence.is_empty()).then(|| {
        html! { <p class="foot" aria-hidden="true" data-testid="foot">{sentence}</p> }
    })
}
