//! Editing a system of one's own: what is done to it takes effect in what runs.

use crate::base::{Diagnostic, Json, NodeIx};
use crate::editor::{Done, Edit, Spot, findings};
use crate::scenario::NodePlan;
use crate::ui::model::Model;
use crate::ui::model::side::Side;
use crate::ui::update::sandbox::choose;
use crate::ui::update::sandbox::effect::{set_number, take_effect};

/// Edits the variant on a side. Where that is refused, the page says why, and nothing has changed.
pub fn edit(model: &mut Model, side: Side, edit: Edit) {
    let Some(own) = model.content.sandbox_mut() else { return };
    own.side = side;
    let done = own.editor_mut().apply(edit);
    finish(model, done);
}

/// Sets a parameter of the variant that is edited.
///
/// # Errors
///
/// Why that is refused; nothing has changed then.
pub fn set(model: &mut Model, path: &str, value: Json) -> Result<(), Vec<Diagnostic>> {
    let Some(own) = model.content.sandbox_mut() else { return Ok(()) };
    let done = own.editor_mut().apply(Edit::Set { path: path.to_owned(), value: value.clone() })?;
    set_number(own, path, value);
    finish(model, Ok(done));
    Ok(())
}

/// What was typed as a text is the scenario, if it is right.
pub fn type_text(model: &mut Model, text: &str) {
    let Some(own) = model.content.sandbox_mut() else { return };
    if let Ok(done) = own.editor_mut().type_text(text) {
        finish(model, Ok(done));
    }
}

/// The last edit is undone, or (`again`) what was undone is done.
pub fn undo(model: &mut Model, again: bool) {
    let Some(own) = model.content.sandbox_mut() else { return };
    let editor = own.editor_mut();
    let moved = if again { editor.redo() } else { editor.undo() };
    if moved {
        finish(model, Ok(Done::default()));
    }
}

/// An edit was done, or refused.
fn finish(model: &mut Model, done: Result<Done, Vec<Diagnostic>>) {
    let Some(own) = model.content.sandbox_mut() else { return };
    own.aim = None;
    own.menu = false;
    match done {
        Err(found) => own.refused = found,
        Ok(done) => {
            own.refused = Vec::new();
            own.findings = findings(own.editor().scenario(), own.editor().plan());
            take_effect(own);
            if !done.select.is_empty() {
                own.chosen = done.select;
            }
            model.stages.forget_layouts();
            choose::refresh(model);
        }
    }
}

/// Cards were moved on a stage: that is where they stand.
pub fn put(model: &mut Model, side: Side) {
    let places = places(model, side);
    edit(model, side, Edit::Place(places));
}

/// A node of the palette is put down at a point of the stage as large as the whole fits.
pub fn drop(model: &mut Model, side: Side, preset: &str, at: Spot) {
    let place = Edit::Place(places(model, side));
    let add = Edit::Add { preset: preset.to_owned(), at: Some(at) };
    edit(model, side, Edit::Together(vec![place, add]));
}

/// Where all cards of a stage stand now, in pixels of it; from now on they stay there.
pub fn places(model: &mut Model, side: Side) -> Vec<(String, Spot)> {
    let Some(layout) = model.stages.fitted(side) else { return Vec::new() };
    let pin = layout.pin();
    let Some(plan) = model.content.sandbox().and_then(|own| own.plan(side)) else { return Vec::new() };
    let place = |(at, node): (NodeIx, &NodePlan)| {
        let middle = layout.node(at).whole.center();
        (node.id.clone(), [f64::from(middle.x).round(), f64::from(middle.y).round()])
    };
    let all = plan.living_nodes().map(place).collect();
    model.stages.pins[side.at()] = Some(pin);
    all
}

/// A link was drawn from one node to another.
pub fn join(model: &mut Model, side: Side, from: NodeIx, to: NodeIx) {
    let Some(own) = model.content.sandbox() else { return };
    if let Some((from, to)) = own.name(side, from).zip(own.name(side, to)) {
        edit(model, side, Edit::Connect { from, to, operation: None });
    }
}
