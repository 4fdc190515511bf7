//! A stage: its picture with what pointers, fingers and keys do there, and what it shows in words.

use wasm_bindgen::JsCast;
use web_sys::Element;
use yew::prelude::*;

use crate::session::VariantRun;
use crate::ui::canvas::fingers::{STEP, wheel_zoom};
use crate::ui::model::inspector::Inspector;
use crate::ui::model::side::Side;
use crate::ui::msg::inspect::InspectMsg;
use crate::ui::msg::keys;
use crate::ui::msg::sandbox::PointerMsg;
use crate::ui::msg::stage::CameraMsg;
use crate::ui::panels::dom::{answering, icon, on_key};
use crate::ui::panels::parts::{foot, parts};
use crate::view::{self, Camera, Point};

/// What is shown of a variant.
pub struct Shown<'a> {
    /// On which side it stands.
    pub side: Side,
    /// The variant.
    pub variant: &'a VariantRun,
    /// Where its picture is drawn.
    pub canvas: &'a NodeRef,
    /// How its picture is looked at.
    pub camera: Camera,
    /// What is selected on the stages.
    pub inspector: &'a Inspector,
    /// How things stand, in words.
    pub words: &'a [String],
    /// What has changed of late, in words.
    pub news: &'a [String],
    /// Hears what a pointer does where the system is edited.
    pub on_pointer: Option<&'a Callback<PointerMsg>>,
}

/// A variant: the stage, and what it shows in words.
pub fn stage(shown: &Shown, on_camera: &Callback<CameraMsg>, on_inspect: &Callback<InspectMsg>) -> Html {
    let Shown { side, variant, camera, inspector, .. } = *shown;
    let onpointerup = on_camera.reform(|event: PointerEvent| CameraMsg::Up(event.pointer_id()));
    html! {
        <div
            key={side.at()}
            class="pane"
            data-side={view::words::LETTERS[side.at()]}
            data-closer={(!camera.is_fit()).then_some("")}
            data-edited={shown.on_pointer.map(|_| "")}
            onwheel={answering(on_camera, |event| wheel(&event))}
            onpointerdown={answering(on_camera, |event| down(&event))}
            onpointermove={answering(on_camera, |event: PointerEvent| {
                let at = on_canvas(&event).filter(|_| event.buttons() == 1)?;
                Some(CameraMsg::Drag(event.pointer_id(), at))
            })}
            onpointerup={onpointerup.clone()}
            onpointercancel={onpointerup}
            ondblclick={answering(on_camera, |event: MouseEvent| Some(CameraMsg::Twice(on_canvas(&event)?)))}
            onkeydown={on_key(on_camera, keys::camera)}
        >
            {picture(shown, on_inspect)}
            {foot(inspector, variant, side).unwrap_or_default()}
            {parts(inspector, variant, side, on_inspect)}
            {zoom(side, camera, on_camera)}
            {said(shown)}
        </div>
    }
}

/// The picture: what is under the pointer is named below it, and a click inspects it.
fn picture(shown: &Shown, on_inspect: &Callback<InspectMsg>) -> Html {
    let side = shown.side;
    let onclick = on_inspect.reform(move |event: MouseEvent| {
        // Browsers send clicks as events of pointers.
        let pointer = event.dyn_ref::<PointerEvent>();
        let touch = pointer.is_some_and(|pointer| pointer.pointer_type() == "touch");
        InspectMsg::Click { side, at: point(&event), touch }
    });
    // Fingers do not hover.
    let (hover, drag) = (on_inspect.clone(), shown.on_pointer.cloned());
    let onpointermove = move |event: PointerEvent| match &drag {
        Some(drag) if event.buttons() == 1 => drag.emit(PointerMsg::Drag(event.pointer_id(), point(&event))),
        _ if event.pointer_type() != "touch" => hover.emit(InspectMsg::Point(side, Some(point(&event)))),
        _ => {}
    };
    html! {
        <canvas
            ref={shown.canvas}
            role="img"
            aria-label={shown.variant.label().to_owned()}
            data-testid={test("stage", side)}
            {onclick}
            {onpointermove}
            onpointerleave={on_inspect.reform(move |_: PointerEvent| InspectMsg::Point(side, None))}
            onpointerdown={shown.on_pointer.map(|send| answering(send, move |event| pressed(side, &event)))}
            onpointerup={shown.on_pointer.map(|send| send.reform(|event: PointerEvent| PointerMsg::Lift(event.pointer_id())))}
            onpointercancel={shown.on_pointer.map(|send| send.reform(|_: PointerEvent| PointerMsg::Cancel))}
        />
    }
}

/// The buttons for looking at a stage from nearer.
fn zoom(side: Side, camera: Camera, on_camera: &Callback<CameraMsg>) -> Html {
    let fits = camera.is_fit();
    let button = |id: &str, label: &'static str, path: &str, msg: CameraMsg, off: bool| {
        let path =
            ["<path d=\"", path, "\" fill=\"none\" stroke=\"currentColor\" stroke-width=\"1.8\"/>"].concat();
        html! {
            <button
                class="icon"
                aria-label={label}
                title={label}
                data-testid={[id, " ", &side.at().to_string()].concat()}
                aria-disabled={off.to_string()}
                onclick={on_camera.reform(move |_: MouseEvent| msg)}
            >
                {icon(&path)}
            </button>
        }
    };
    let most = camera.zoom() >= Camera::MOST;
    html! {
        <div class="zoom" role="group" aria-label={text!("zoom.view")}>
            {button("zoom-in", text!("zoom.in"), "M8 3v10M3 8h10", CameraMsg::Zoom(STEP, None), most)}
            {button("zoom-out", text!("zoom.out"), "M3 8h10", CameraMsg::Zoom(1.0 / STEP, None), fits)}
            {button("zoom-fit", text!("zoom.fit"), "M2 6V2h4M10 2h4v4M14 10v4h-4M6 14H2v-4", CameraMsg::Fit, fits)}
        </div>
    }
}

/// What a stage shows, in words.
fn said(shown: &Shown) -> Html {
    let Shown { side, variant, words: lines, news, .. } = *shown;
    let numbers = view::headline(variant);
    let number = |name: &'static str, id: &str, value: String| {
        html! { <p>{name}{" "}<span data-testid={test(id, side)}>{value}</span></p> }
    };
    let piece = |(place, line): (usize, &String)| html! { <li key={place}>{line}</li> };
    html! {
        <div class="aside" data-testid={test("summary", side)}>
            <h3>{say!("screen.summary", variant = variant.label())}</h3>
            {number(text!("screen.good"), "good", numbers.good)}
            {number(text!("screen.failed"), "failed", numbers.failed)}
            <ul>{for lines.iter().map(|line| html! { <li>{line}</li> })}</ul>
            <ul aria-live="polite" aria-label={text!("screen.news")} data-testid={test("news", side)}>
                {for news.iter().enumerate().map(piece)}
            </ul>
        </div>
    }
}

/// The name by which tests find a part of a variant.
fn test(what: &str, side: Side) -> String {
    [what, " ", view::words::LETTERS[side.at()]].concat()
}

/// A wheel with the control key magnifies, as two fingers on a touchpad do; without it the page scrolls.
fn wheel(event: &WheelEvent) -> Option<CameraMsg> {
    let around = on_canvas(event).filter(|_| event.ctrl_key() || event.meta_key())?;
    event.prevent_default();
    Some(CameraMsg::Zoom(wheel_zoom(event.delta_y() as f32, event.delta_mode()), Some(around)))
}

fn down(event: &PointerEvent) -> Option<CameraMsg> {
    let point = on_canvas(event).filter(|_| event.button() == 0)?;
    // So that a movement goes on beyond the edge; fails only for a pointer that is gone already.
    let _ = event.target_dyn_into::<Element>()?.set_pointer_capture(event.pointer_id());
    Some(CameraMsg::Down(event.pointer_id(), point))
}

/// A pointer comes down where the system is edited.
fn pressed(side: Side, event: &PointerEvent) -> Option<PointerMsg> {
    let (id, at) = (event.pointer_id(), point(event));
    let more = event.shift_key() || event.ctrl_key() || event.meta_key();
    let touch = event.pointer_type() == "touch";
    (event.button() == 0).then_some(PointerMsg::Press { side, id, at, touch, more })
}

/// Where on its canvas something happened; none where it happened to something else.
fn on_canvas(event: &MouseEvent) -> Option<Point> {
    let canvas = event.target_dyn_into::<Element>()?.tag_name() == "CANVAS";
    canvas.then(|| point(event))
}

/// Where something happened, in pixels of the page from the corner of what it happened to.
fn point(event: &MouseEvent) -> Point {
    Point { x: event.offset_x() as f32, y: event.offset_y() as f32 }
}
