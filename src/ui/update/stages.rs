//! What is done with the cameras of stages.

use crate::base::within_f32;
use crate::ui::canvas::fingers::STEP;
use crate::ui::model::Model;
use crate::ui::model::side::Side;
use crate::ui::msg::stage::CameraMsg;
use crate::view::{Camera, Hit, Point, Size};

/// So much of a stage a node takes that was double-clicked.
const NEAR: f32 = 0.5;

/// Does the same with the cameras of all stages; true if the page has to be written anew.
pub fn cameras(model: &mut Model, msg: CameraMsg) -> bool {
    Side::BOTH.map(|side| camera(model, side, msg)).contains(&true)
}

/// Moves a stage's camera; true if the page has to be written anew.
pub fn camera(model: &mut Model, side: Side, msg: CameraMsg) -> bool {
    // What is moved on the stage does not move the stage.
    let held = model.content.sandbox().is_some_and(|own| own.gesture.held().is_some());
    if held && matches!(msg, CameraMsg::Drag(..) | CameraMsg::Twice(_)) {
        return false;
    }
    let larger = model.sizes.larger;
    let fitted = model.stages.camera(side).is_fit();
    match msg {
        CameraMsg::Fit => look(model, side, |_, _| Camera::FIT),
        CameraMsg::Zoom(by, at) => {
            let at = at.map(|at| at.over(larger));
            look(model, side, |camera, size| {
                let middle = Point { x: size.w / 2.0, y: size.h / 2.0 };
                camera.zoom_at(at.unwrap_or(middle), by, size)
            })
        }
        CameraMsg::Twice(_) if model.stages.fingers[side.at()].moved() => false,
        CameraMsg::Twice(at) => {
            let node = model.stages.point(side, at.over(larger)).filter(|_| fitted);
            let card = node.and_then(|(layout, at)| Some(layout.node(layout.node_at(at)?).whole));
            look(model, side, |_, size| match card {
                Some(card) => {
                    let by = within_f32((size.w / card.w).min(size.h / card.h) * NEAR, STEP, Camera::MOST);
                    Camera::FIT.zoom_at(card.center(), by, size).showing(card, size)
                }
                None => Camera::FIT,
            })
        }
        CameraMsg::Down(id, at) => {
            model.stages.fingers[side.at()].down(id, at);
            false
        }
        CameraMsg::Up(id) => {
            model.stages.fingers[side.at()].up(id);
            false
        }
        CameraMsg::Drag(id, at) => {
            let Some(pull) = model.stages.fingers[side.at()].drag(id, at, !fitted) else { return false };
            let (by, around) = (pull.by.over(larger), pull.around.over(larger));
            look(model, side, |camera, size| camera.pan(by, size).zoom_at(around, pull.wider, size))
        }
    }
}

/// Moves a stage's camera, where not all is seen, no further than it takes to see a part of the stage.
pub fn reveal(model: &mut Model, side: Side, part: Hit) {
    if let Some(place) = model.stages.place(side, part) {
        look(model, side, |camera, size| camera.showing(place, size));
    }
}

/// Changes how a stage is looked at; true if it has come to a bound or left one.
fn look(model: &mut Model, side: Side, change: impl FnOnce(Camera, Size) -> Camera) -> bool {
    let Some(size) = model.sizes.stages[side.at()] else { return false };
    model.stale.pictures = true;
    model.stages.look(side, size, change)
}
