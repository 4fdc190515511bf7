//! Looking at a stage from nearer: what wheels, fingers, keys and buttons do with its camera.

use wasm_bindgen::JsCast;
use web_sys::{Element, Event, KeyboardEvent, MouseEvent, PointerEvent, WheelEvent};
use yew::Callback;
use yew::virtual_dom::ListenerKind;

use super::dom::{El, el, icon, target};
use super::msg::Msg;
use super::pictures::Pictures;
use super::words;
use crate::base::within_f32;
use crate::view::{Camera, Point};

/// What a person does with the camera of a lane's stage. Points are on its canvas, in pixels of the page.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum CameraMsg {
    /// Magnify so many times more; around a point, or around the middle.
    Zoom(f32, Option<Point>),
    /// See the whole.
    Fit,
    /// A double click: see the whole again, or the node under it from near.
    Twice(Point),
    /// A finger or a mouse button goes down: which, and where.
    Down(i32, Point),
    /// It moves.
    Drag(i32, Point),
    /// It goes up, or away.
    Up(i32),
}

/// All lanes' stages.
pub const ALL: usize = usize::MAX;

/// How much one press of a key or a button magnifies.
const STEP: f32 = 1.5;
/// So much of a stage a node takes that was double-clicked.
const NEAR: f32 = 0.5;
/// From so many pixels on a press is no click any more.
const DRAG: f32 = 6.0;
/// So much of a wheel's turn magnifies e times: two fingers on a touchpad give a few pixels at a time.
const WHEEL: f32 = 100.0;
/// No more of it counts at once: a notch of a mouse's wheel is 100 to 120.
const NOTCH: f32 = 40.0;

/// The fingers on a stage.
#[derive(Debug, Default)]
pub struct Fingers {
    /// On which lane's.
    lane: usize,
    /// Which, and where: two at most, further ones are not followed.
    down: Vec<(i32, Point)>,
    /// Where the first came down.
    from: Point,
    /// They have moved: what ends now is no click.
    moved: bool,
}

impl Fingers {
    /// Whether the press that has just ended was a movement of the picture and no click.
    pub fn moved(&self) -> bool {
        self.moved
    }

    /// A finger comes down.
    fn down(&mut self, lane: usize, id: i32, at: Point) {
        if self.lane != lane {
            (self.lane, self.down) = (lane, Vec::new());
        }
        self.down.retain(|(other, _)| *other != id);
        if self.down.is_empty() {
            (self.from, self.moved) = (at, false);
        }
        if self.down.len() < 2 {
            self.down.push((id, at));
        }
    }

    /// A finger moves: by how much the picture follows, and how much larger it becomes around which point. One finger
    /// moves nothing where all is seen.
    fn drag(&mut self, id: i32, at: Point, closer: bool) -> Option<(Point, f32, Point)> {
        let (middle, spread) = self.grip()?;
        self.down.iter_mut().find(|(own, _)| *own == id)?.1 = at;
        let two = self.down.len() > 1;
        let far = (at.x - self.from.x).abs().max((at.y - self.from.y).abs());
        if !two && !self.moved && far < DRAG {
            return None;
        }
        self.moved = true;
        if !two && !closer {
            return None;
        }
        let (now, wider) = self.grip()?;
        let by = Point { x: now.x - middle.x, y: now.y - middle.y };
        Some((by, if two { wider / spread.max(1.0) } else { 1.0 }, now))
    }

    /// The middle between the fingers, and how far they are apart.
    fn grip(&self) -> Option<(Point, f32)> {
        let ((_, a), (_, b)) = (*self.down.first()?, *self.down.last()?);
        let middle = Point { x: (a.x + b.x) / 2.0, y: (a.y + b.y) / 2.0 };
        Some((middle, (a.x - b.x).hypot(a.y - b.y)))
    }
}

impl Pictures {
    /// Moves a lane's camera; true if the page has to be written anew.
    pub fn steer(&mut self, lane: usize, msg: CameraMsg) -> bool {
        if lane == ALL {
            return [0, 1].map(|lane| self.steer(lane, msg)).contains(&true);
        }
        let larger = self.larger();
        match msg {
            CameraMsg::Fit => self.look(lane, |_, _| Camera::FIT),
            CameraMsg::Zoom(by, at) => {
                let at = at.map(|at| at.over(larger));
                self.look(lane, |camera, size| {
                    let middle = Point { x: size.w / 2.0, y: size.h / 2.0 };
                    camera.zoom_at(at.unwrap_or(middle), by, size)
                })
            }
            CameraMsg::Twice(at) => {
                let fitted = self.camera(lane).is_fit();
                let node = self.stage_point(lane, at).filter(|_| fitted);
                let card = node.and_then(|(layout, at)| Some(layout.node(layout.node_at(at)?).whole));
                if self.fingers.moved() {
                    return false;
                }
                self.look(lane, |_, size| match card {
                    Some(card) => {
                        let by =
                            within_f32((size.w / card.w).min(size.h / card.h) * NEAR, STEP, Camera::MOST);
                        Camera::FIT.zoom_at(card.center(), by, size).showing(card, size)
                    }
                    None => Camera::FIT,
                })
            }
            CameraMsg::Down(id, at) => {
                self.fingers.down(lane, id, at);
                false
            }
            CameraMsg::Up(id) => {
                self.fingers.down.retain(|(own, _)| *own != id);
                false
            }
            CameraMsg::Drag(id, at) => {
                let closer = !self.camera(lane).is_fit();
                // Fingers that came down on no stage, or on another one, move nothing.
                let own = lane == self.fingers.lane;
                let Some((by, wider, around)) = self.fingers.drag(id, at, closer).filter(|_| own) else {
                    return false;
                };
                let (by, around) = (by.over(larger), around.over(larger));
                self.look(lane, |camera, size| camera.pan(by, size).zoom_at(around, wider, size))
            }
        }
    }
}

/// A stage that can be looked at from nearer: the canvas answers wheels, fingers and keys, and there are buttons.
pub fn pane(pane: El, at: usize, camera: Camera, send: &Callback<Msg>) -> El {
    let closer = !camera.is_fit();
    let button = |id: &'static str, label: &'static str, path: &str, what: usize, off: bool| {
        let path =
            ["<path d=\"", path, "\" fill=\"none\" stroke=\"currentColor\" stroke-width=\"1.8\"/>"].concat();
        el("button", &[("class", "icon"), ("aria-label", label), ("title", label)])
            .test(id, at)
            .state("aria-disabled", off)
            .on(ListenerKind::onclick, send, at * 3 + what, |_, at| {
                let deeds = [CameraMsg::Zoom(STEP, None), CameraMsg::Zoom(1.0 / STEP, None), CameraMsg::Fit];
                Some(Msg::Camera(at / 3, deeds[at % 3]))
            })
            .html(icon(&path))
    };
    let most = camera.zoom() >= Camera::MOST;
    let buttons = el("div", &[("class", "zoom"), ("role", "group"), ("aria-label", words::VIEW)])
        .add(button("zoom-in", words::ZOOM_IN, "M8 3v10M3 8h10", 0, most))
        .add(button("zoom-out", words::ZOOM_OUT, "M3 8h10", 1, !closer))
        .add(button("zoom-fit", words::ZOOM_FIT, "M2 6V2h4M10 2h4v4M14 10v4h-4M6 14H2v-4", 2, !closer));
    pane.flag("data-closer", closer)
        .on(ListenerKind::onwheel, send, at, wheel)
        .on(ListenerKind::onpointerdown, send, at, down)
        .on(ListenerKind::onpointermove, send, at, |event, at| {
            let pointer = event.dyn_ref::<PointerEvent>().filter(|pointer| pointer.buttons() == 1)?;
            Some(Msg::Camera(at, CameraMsg::Drag(pointer.pointer_id(), on_canvas(event)?)))
        })
        .on(ListenerKind::onpointerup, send, at, up)
        .on(ListenerKind::onpointercancel, send, at, up)
        .on(ListenerKind::ondblclick, send, at, |event, at| {
            Some(Msg::Camera(at, CameraMsg::Twice(on_canvas(event)?)))
        })
        .on(ListenerKind::onkeydown, send, at, |event, at| {
            let msg = key(event.dyn_ref()?)?;
            event.prevent_default();
            Some(Msg::Camera(at, msg))
        })
        .add(buttons)
}

/// Keys of the figure as a whole concern all its stages.
pub fn figure_key(event: &Event, _: usize) -> Option<Msg> {
    let figure = target::<Element>(event)?.id() == "figure";
    let msg = key(event.dyn_ref().filter(|_| figure)?)?;
    event.prevent_default();
    Some(Msg::Camera(ALL, msg))
}

/// What a key does with the camera of the stage that has the focus.
fn key(event: &KeyboardEvent) -> Option<CameraMsg> {
    if event.alt_key() || event.meta_key() || event.ctrl_key() {
        return None;
    }
    match event.key().as_str() {
        "+" | "=" => Some(CameraMsg::Zoom(STEP, None)),
        "-" | "_" => Some(CameraMsg::Zoom(1.0 / STEP, None)),
        "0" => Some(CameraMsg::Fit),
        _ => None,
    }
}

/// A wheel with the control key magnifies, as two fingers on a touchpad do; without it the page scrolls.
fn wheel(event: &Event, at: usize) -> Option<Msg> {
    let wheel = event.dyn_ref::<WheelEvent>().filter(|wheel| wheel.ctrl_key() || wheel.meta_key())?;
    let around = on_canvas(event)?;
    event.prevent_default();
    // Lines and pages, where the browser counts so.
    let unit = [1.0, 16.0, 400.0][(wheel.delta_mode() as usize).min(2)];
    let turn = within_f32(wheel.delta_y() as f32 * unit, -NOTCH, NOTCH);
    Some(Msg::Camera(at, CameraMsg::Zoom((-turn / WHEEL).exp(), Some(around))))
}

fn down(event: &Event, at: usize) -> Option<Msg> {
    let pointer = event.dyn_ref::<PointerEvent>().filter(|pointer| pointer.button() == 0)?;
    let point = on_canvas(event)?;
    // So that a movement goes on beyond the edge; fails only for a pointer that is gone already.
    let _ = target::<Element>(event)?.set_pointer_capture(pointer.pointer_id());
    Some(Msg::Camera(at, CameraMsg::Down(pointer.pointer_id(), point)))
}

fn up(event: &Event, at: usize) -> Option<Msg> {
    Some(Msg::Camera(at, CameraMsg::Up(event.dyn_ref::<PointerEvent>()?.pointer_id())))
}

/// Where on its canvas something happened; none where it happened to something else.
fn on_canvas(event: &Event) -> Option<Point> {
    let canvas = target::<Element>(event)?.tag_name() == "CANVAS";
    let mouse = event.dyn_ref::<MouseEvent>().filter(|_| canvas)?;
    Some(Point { x: mouse.offset_x() as f32, y: mouse.offset_y() as f32 })
}
