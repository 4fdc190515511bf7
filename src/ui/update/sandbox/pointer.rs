//! What a pointer does on a stage that is edited: it chooses, moves cards, draws links and boxes.

use crate::base::NodeIx;
use crate::ui::model::Model;
use crate::ui::model::content::Content;
use crate::ui::model::gesture::{Gesture, Held};
use crate::ui::model::side::Side;
use crate::ui::msg::sandbox::PointerMsg;
use crate::ui::update::sandbox::{choose, edit};
use crate::view::{Point, is_handle};

/// Answers what a pointer does; true if the page has to be written anew. While something is moved nothing is written: the
/// canvas alone shows it.
pub fn pointer(model: &mut Model, msg: PointerMsg) -> bool {
    match msg {
        PointerMsg::Press { side, id, at, touch, more } => press(model, side, id, at, touch, more),
        PointerMsg::Drag(id, at) => {
            drag(model, id, at);
            false
        }
        PointerMsg::Lift(id) => lift(model, id),
        PointerMsg::Cancel => {
            leave(model);
            true
        }
    }
}

/// Leaves what a pointer was doing: nothing of it stays behind.
pub fn leave(model: &mut Model) {
    if let Content::Sandbox(own) = &mut model.content {
        own.gesture = Gesture::None;
        model.stages.forget_layouts();
        model.stale.pictures = true;
    }
}

/// A pointer comes down: on a handle, on a card, or beside them.
fn press(model: &mut Model, side: Side, id: i32, at: Point, touch: bool, more: bool) -> bool {
    let at = at.over(model.sizes.larger);
    let fitted = model.stages.camera(side).is_fit();
    let Content::Sandbox(own) = &mut model.content else { return false };
    if own.gesture.held().is_some_and(|by| by.id != id) {
        // A second finger: the picture is pinched, and nothing is moved.
        leave(model);
        return false;
    }
    let Some((layout, at)) = model.stages.point(side, at) else { return false };
    own.pressed = true;
    let by = Held { id, side, from: at, moved: false };
    let handle = own.handle(side).filter(|node| is_handle(layout, *node, at, touch));
    if let Some(from) = handle {
        own.gesture = Gesture::Link { by, from, to: at, target: None };
        model.stale.pictures = true;
        return false;
    }
    let Some(node) = layout.node_at(at) else {
        own.pressed = false;
        if !touch && (more || fitted) {
            own.gesture = Gesture::Choose { by, to: at, more };
        }
        return false;
    };
    let Some(name) = own.name(side, node) else { return false };
    let chosen = own.chosen.contains(&name) && own.side == side;
    let alone = (chosen && !more && own.chosen.len() > 1).then(|| name.clone());
    if !chosen || more {
        choose::choose(model, side, name, more);
    }
    let Content::Sandbox(own) = &mut model.content else { return false };
    own.gesture = Gesture::Move { by, nodes: own.chosen_nodes(), to: at, alone };
    true
}

/// A pointer that is down moves.
fn drag(model: &mut Model, id: i32, at: Point) {
    let Content::Sandbox(own) = &mut model.content else { return };
    let Some(side) = own.gesture.held().filter(|by| by.id == id).map(|by| by.side) else { return };
    let zoom = model.stages.camera(side).zoom();
    let Some((layout, at)) = model.stages.point(side, at.over(model.sizes.larger)) else { return };
    match &mut own.gesture {
        Gesture::Move { by, nodes, to, .. } => {
            if !by.moves(at) {
                return;
            }
            let moved = Point { x: (at.x - to.x) / zoom, y: (at.y - to.y) / zoom };
            *to = at;
            let nodes = nodes.clone();
            model.stages.shift(side, &nodes, moved);
        }
        Gesture::Choose { by, to, .. } => {
            by.moves(at);
            *to = at;
        }
        Gesture::Link { by, from, to, target } => {
            by.moves(at);
            *to = at;
            *target = layout.node_at(at);
            let (from, aimed) = (*from, *target);
            if aimed.is_some_and(|node| !own.could_join(side, from, node))
                && let Gesture::Link { target, .. } = &mut own.gesture
            {
                *target = None;
            }
        }
        Gesture::None | Gesture::Carry { .. } => return,
    }
    model.stale.pictures = true;
}

/// A pointer goes up: what it did is done.
fn lift(model: &mut Model, id: i32) -> bool {
    let Content::Sandbox(own) = &mut model.content else { return false };
    if own.gesture.held().is_none_or(|by| by.id != id) {
        return false;
    }
    let gesture = std::mem::take(&mut own.gesture);
    model.stale.pictures = true;
    match &gesture {
        Gesture::Move { by, .. } if by.moved => edit::put(model, by.side),
        Gesture::Move { by, alone: Some(name), .. } => choose::choose(model, by.side, name.clone(), false),
        Gesture::Choose { by, more, .. } if by.moved => {
            // The click that ends it is none.
            own.pressed = true;
            let nodes: Vec<NodeIx> = match (gesture.area(), model.stages.seen(by.side)) {
                (Some(area), Some(layout)) => layout.nodes_in(area),
                _ => Vec::new(),
            };
            choose::choose_nodes(model, by.side, &nodes, *more);
        }
        Gesture::Link { by, from, target: Some(target), .. } => edit::join(model, by.side, *from, *target),
        Gesture::Link { by, from, .. } if !by.moved => {
            // A click on the handle says what comes next.
            choose::menu(model, by.side, *from);
        }
        _ => return false,
    }
    true
}
