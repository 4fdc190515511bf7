//! Looking at a stage from nearer: what wheels, fingers, keys and buttons do with its camera.

use web_sys::Element;
use yew::prelude::*;

use super::dom::{answering, icon};
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

/// What wheels, fingers and keys do with a stage: the listeners of its pane.
pub struct Gestures {
    /// A wheel is turned.
    pub onwheel: Callback<WheelEvent>,
    /// A finger or a mouse button goes down.
    pub onpointerdown: Callback<PointerEvent>,
    /// It moves.
    pub onpointermove: Callback<PointerEvent>,
    /// It goes up, or away.
    pub onpointerup: Callback<PointerEvent>,
    /// Two clicks at one place.
    pub ondblclick: Callback<MouseEvent>,
    /// A key is pressed.
    pub onkeydown: Callback<KeyboardEvent>,
}

impl Gestures {
    /// Those of the n-th lane's stage.
    pub fn of(lane: usize, send: &Callback<Msg>) -> Gestures {
        let send = send.reform(move |msg| Msg::Camera(lane, msg));
        Gestures {
            onwheel: answering(&send, |event| wheel(&event)),
            onpointerdown: answering(&send, |event| down(&event)),
            onpointermove: answering(&send, |event: PointerEvent| {
                let at = on_canvas(&event).filter(|_| event.buttons() == 1)?;
                Some(CameraMsg::Drag(event.pointer_id(), at))
            }),
            onpointerup: send.reform(|event: PointerEvent| CameraMsg::Up(event.pointer_id())),
            ondblclick: answering(&send, |event: MouseEvent| Some(CameraMsg::Twice(on_canvas(&event)?))),
            onkeydown: answering(&send, |event| taken(&event)),
        }
    }
}

/// The buttons for looking at the n-th lane's stage from nearer.
pub fn zoom(lane: usize, camera: Camera, send: &Callback<Msg>) -> Html {
    let fits = camera.is_fit();
    let button = |id: &str, label: &'static str, path: &str, msg: CameraMsg, off: bool| {
        let path =
            ["<path d=\"", path, "\" fill=\"none\" stroke=\"currentColor\" stroke-width=\"1.8\"/>"].concat();
        html! {
            <button
                class="icon"
                aria-label={label}
                title={label}
                data-testid={[id, " ", &lane.to_string()].concat()}
                aria-disabled={off.to_string()}
                onclick={send.reform(move |_: MouseEvent| Msg::Camera(lane, msg))}
            >
                {icon(&path)}
            </button>
        }
    };
    let most = camera.zoom() >= Camera::MOST;
    html! {
        <div class="zoom" role="group" aria-label={words::VIEW}>
            {button("zoom-in", words::ZOOM_IN, "M8 3v10M3 8h10", CameraMsg::Zoom(STEP, None), most)}
            {button("zoom-out", words::ZOOM_OUT, "M3 8h10", CameraMsg::Zoom(1.0 / STEP, None), fits)}
            {button("zoom-fit", words::ZOOM_FIT, "M2 6V2h4M10 2h4v4M14 10v4h-4M6 14H2v-4", CameraMsg::Fit, fits)}
        </div>
    }
}

/// Keys of the figure as a whole concern all its stages.
pub fn figure_key(event: &KeyboardEvent) -> Option<Msg> {
    let figure = event.target_dyn_into::<Element>()?.id() == "figure";
    if figure { Some(Msg::Camera(ALL, taken(event)?)) } else { None }
}

/// What a key does, which then does nothing else.
fn taken(event: &KeyboardEvent) -> Option<CameraMsg> {
    let msg = key(event)?;
    event.prevent_default();
    Some(msg)
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
fn wheel(event: &WheelEvent) -> Option<CameraMsg> {
    let around = on_canvas(event).filter(|_| event.ctrl_key() || event.meta_key())?;
    event.prevent_default();
    // Lines and pages, where the browser counts so.
    let unit = [1.0, 16.0, 400.0][(event.delta_mode() as usize).min(2)];
    let turn = within_f32(event.delta_y() as f32 * unit, -NOTCH, NOTCH);
    Some(CameraMsg::Zoom((-turn / WHEEL).exp(), Some(around)))
}

fn down(event: &PointerEvent) -> Option<CameraMsg> {
    let point = on_canvas(event).filter(|_| event.button() == 0)?;
    // So that a movement goes on beyond the edge; fails only for a pointer that is gone already.
    let _ = event.target_dyn_into::<Element>()?.set_pointer_capture(event.pointer_id());
    Some(CameraMsg::Down(event.pointer_id(), point))
}

/// Where on its canvas something happened; none where it happened to something else.
fn on_canvas(event: &MouseEvent) -> Option<Point> {
    let canvas = event.target_dyn_into::<Element>()?.tag_name() == "CANVAS";
    canvas.then(|| Point { x: event.offset_x() as f32, y: event.offset_y() as f32 })
}
