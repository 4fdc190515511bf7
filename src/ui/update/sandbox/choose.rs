//! What is chosen of a system that is edited.

use crate::base::{Json, NodeIx};
use crate::ui::model::Model;
use crate::ui::model::focus::Focus;
use crate::ui::model::inspector::Selected;
use crate::ui::model::sandbox::row_id;
use crate::ui::model::side::Side;
use crate::view::inspector::Subject;

/// The id of the list of what naturally comes next.
pub const MENU: &str = "sandbox-next";

/// Chooses a node alone; or (`more`) in addition, and no more if it was chosen.
pub fn choose(model: &mut Model, side: Side, id: String, more: bool) {
    let Some(own) = model.content.sandbox_mut() else { return };
    let known = own.chosen.iter().position(|other| *other == id).filter(|_| own.side == side);
    if !more || own.side != side {
        own.chosen.clear();
    }
    match known {
        Some(at) if more => _ = own.chosen.remove(at),
        _ => own.chosen.push(id),
    }
    own.side = side;
    changed(model);
}

/// Chooses nodes as they are drawn.
pub fn choose_nodes(model: &mut Model, side: Side, nodes: &[NodeIx], more: bool) {
    let Some(own) = model.content.sandbox_mut() else { return };
    let names: Vec<String> = nodes.iter().filter_map(|node| own.name(side, *node)).collect();
    if !more || own.side != side {
        own.chosen.clear();
    }
    own.chosen.retain(|id| !names.contains(id));
    own.chosen.extend(names);
    own.side = side;
    changed(model);
}

/// In the list of nodes: goes to the next one or the one before, with the focus.
pub fn go(model: &mut Model, by: i32, more: bool) {
    let Some(own) = model.content.sandbox() else { return };
    let nodes = own.editor().scenario().json().get("nodes").map_or(&[][..], Json::members);
    let now = nodes.iter().position(|(id, _)| own.chosen.last() == Some(id));
    let next = now.map_or(0, |now| (now as i32 + by).clamp(0, nodes.len().max(1) as i32 - 1) as usize);
    let Some((id, _)) = nodes.get(next) else { return };
    let (side, id) = (own.side, id.clone());
    model.focus = Some(Focus::Element(row_id(&id)));
    if more && own.chosen.contains(&id) {
        return;
    }
    choose(model, side, id, more);
}

/// Chooses every node, or none.
pub fn choose_all(model: &mut Model, all: bool) {
    let Some(own) = model.content.sandbox_mut() else { return };
    let nodes = own.editor().scenario().json().get("nodes").map_or(&[][..], Json::members);
    own.chosen = if all { nodes.iter().map(|(id, _)| id.clone()).collect() } else { Vec::new() };
    changed(model);
}

/// Nothing is chosen any more; what the panel shows beside nodes stays.
pub fn choose_none(model: &mut Model) {
    if let Some(own) = model.content.sandbox_mut() {
        own.chosen.clear();
        own.editor_mut().pause();
        (own.aim, own.menu) = (None, false);
    }
}

/// Something else is chosen: typing in one field ends, and the panel shows the one node.
fn changed(model: &mut Model) {
    if let Some(own) = model.content.sandbox_mut() {
        own.editor_mut().pause();
        (own.aim, own.menu, own.refused) = (None, false, Vec::new());
        own.run.target = Some(own.side.at());
    }
    model.inspector.selected = None;
    refresh(model);
}

/// The plan may be another one: what is chosen is looked for in it.
pub fn refresh(model: &mut Model) {
    let Some(own) = model.content.sandbox_mut() else { return };
    let nodes = own.editor().scenario().json().get("nodes").cloned();
    own.chosen.retain(|id| nodes.as_ref().is_some_and(|nodes| nodes.get(id).is_some()));
    let node = own.only().and_then(|id| own.plan(own.side)?.node(id)).map(Subject::Node);
    let side = own.side;
    model.inspector.hovered = None;
    match (&mut model.inspector.selected, node) {
        (Some(selected), Some(subject))
            if selected.side == side && matches!(selected.subject, Subject::Node(_)) =>
        {
            selected.subject = subject;
            (selected.draft, selected.refused) = (None, None);
        }
        (selected, Some(subject)) => *selected = Some(Selected::to_edit(side, subject)),
        (selected, None) if selected.as_ref().is_some_and(|own| matches!(own.subject, Subject::Node(_))) => {
            *selected = None;
        }
        _ => {}
    }
}

/// Opens the list of what naturally comes next after a node, with the focus in it.
pub fn menu(model: &mut Model, side: Side, node: NodeIx) {
    if let Some(id) = model.content.sandbox().and_then(|own| own.name(side, node)) {
        choose(model, side, id, false);
        open_menu(model, true);
    }
}

/// Opens or closes that list for the node that is chosen.
pub fn open_menu(model: &mut Model, open: bool) {
    let Some(own) = model.content.sandbox_mut() else { return };
    own.menu = open && own.only().is_some();
    if own.menu {
        model.focus = Some(Focus::on(MENU));
    } else if let Some(id) = own.only() {
        model.focus = Some(Focus::Element(row_id(id)));
    }
}
