//! What is done with a system of one's own.

pub mod begin;
pub mod choose;
pub mod edit;
mod effect;
mod link;
mod pointer;
#[cfg(test)]
mod tests;

use crate::editor::{Edit, Spot, copy};
use crate::ui::model::Model;
use crate::ui::model::effect::Effect;
use crate::ui::model::gesture::Gesture;
use crate::ui::model::side::Side;
use crate::ui::msg::sandbox::{PaletteMsg, SandboxMsg};
use crate::view::Point;

/// Answers what is done in the sandbox; true if the page has to be written anew.
pub fn sandbox(model: &mut Model, msg: SandboxMsg) -> bool {
    match msg {
        SandboxMsg::Bring => begin::bring(model),
        SandboxMsg::Template(slug) => begin::template(model, slug.as_deref()),
        SandboxMsg::Pointer(msg) => return pointer::pointer(model, msg),
        SandboxMsg::Palette(msg) => return palette(model, msg),
        SandboxMsg::Link(msg) => link::link(model, msg),
        SandboxMsg::Choose(id, more) => {
            if let Some(side) = model.content.sandbox().map(|own| own.side) {
                choose::choose(model, side, id, more);
            }
        }
        SandboxMsg::Go(by, more) => choose::go(model, by, more),
        SandboxMsg::Nudge(x, y) => nudge(model, [x, y]),
        SandboxMsg::Escape => escape(model),
        SandboxMsg::ChooseAll(all) => choose::choose_all(model, all),
        SandboxMsg::Menu(open) => choose::open_menu(model, open),
        SandboxMsg::Undo => edit::undo(model, false),
        SandboxMsg::Redo => edit::undo(model, true),
        SandboxMsg::Text(text) => edit::type_text(model, &text),
        SandboxMsg::Tab(tab) => {
            if let Some(own) = model.content.sandbox_mut() {
                own.tab = tab;
            }
        }
        SandboxMsg::Tidy => {
            if let Some(side) = model.content.sandbox().map(|own| own.side) {
                model.stages.pins[side.at()] = None;
                edit::edit(model, side, Edit::TidyUp);
            }
        }
        msg => act(model, msg),
    }
    true
}

/// What is done to the nodes that are chosen.
fn act(model: &mut Model, msg: SandboxMsg) {
    let Some(own) = model.content.sandbox_mut() else { return };
    let (side, nodes) = (own.side, own.chosen.clone());
    if let (SandboxMsg::Copy | SandboxMsg::Cut, false) = (&msg, nodes.is_empty()) {
        own.kept = copy(own.editor().scenario(), &nodes);
        model.effects.push(Effect::Clip(own.kept.clone()));
    }
    let wanted = match msg {
        SandboxMsg::Edit(edit) => edit,
        SandboxMsg::Paste(text) => Edit::Paste { text: text.unwrap_or_else(|| own.kept.clone()), at: None },
        SandboxMsg::Remedy(at) => match own.findings.get(at).and_then(|each| each.remedy.clone()) {
            Some((_, edit)) => edit,
            None => return,
        },
        SandboxMsg::Next(next) => match own.only() {
            Some(from) => Edit::AddNext { from: from.to_owned(), next },
            None => return,
        },
        _ if nodes.is_empty() => return,
        SandboxMsg::Delete | SandboxMsg::Cut => Edit::Remove { nodes, links: Vec::new() },
        SandboxMsg::Duplicate => Edit::Duplicate { nodes },
        SandboxMsg::Align(how) => {
            let places = Edit::Place(edit::places(model, side));
            Edit::Together(vec![places, Edit::Align { nodes, how }])
        }
        _ => return,
    };
    edit::edit(model, side, wanted);
}

/// The chosen nodes move by keys: presses one after the other are one step.
fn nudge(model: &mut Model, by: Spot) {
    let Some(own) = model.content.sandbox() else { return };
    let (side, nodes) = (own.side, own.chosen.clone());
    if nodes.is_empty() {
        return;
    }
    if model.stages.pins[side.at()].is_none() {
        edit::put(model, side);
    }
    edit::edit(model, side, Edit::Move { nodes, by });
}

/// What is under way is left; where nothing is, nothing is chosen any more.
fn escape(model: &mut Model) {
    let Some(own) = model.content.sandbox_mut() else { return };
    if own.aim.take().is_some() {
        return;
    }
    if own.menu {
        return choose::open_menu(model, false);
    }
    if own.gesture != Gesture::None {
        return pointer::leave(model);
    }
    choose::choose_all(model, false);
}

/// What is done with the palette; true if the page has to be written anew.
fn palette(model: &mut Model, msg: PaletteMsg) -> bool {
    let Some(own) = model.content.sandbox_mut() else { return false };
    model.stale.pictures = true;
    match msg {
        PaletteMsg::Add(preset) => {
            let side = own.side;
            edit::edit(model, side, Edit::Add { preset: preset.to_owned(), at: None });
        }
        PaletteMsg::Carry(at) => {
            let seen = at.and_then(|(side, at)| Some((side, seen(model, side, at)?)));
            let Some(own) = model.content.sandbox_mut() else { return false };
            own.gesture = seen.map_or(Gesture::None, |(side, at)| Gesture::Carry { side, at });
            return false;
        }
        PaletteMsg::Leave => {
            own.gesture = Gesture::None;
            return false;
        }
        PaletteMsg::Drop(preset, side, at) => {
            own.gesture = Gesture::None;
            let zoom = model.stages.camera(side).zoom();
            let Some(at) = seen(model, side, at) else { return false };
            edit::drop(model, side, preset, [f64::from(at.x / zoom), f64::from(at.y / zoom)]);
        }
    }
    true
}

/// The point of the picture that is at a point of a stage's canvas.
fn seen(model: &Model, side: Side, at: Point) -> Option<Point> {
    model.stages.point(side, at.over(model.sizes.larger)).map(|(_, at)| at)
}
