//! How an edit comes into effect in the system that runs.

use std::sync::Arc;

use crate::base::Json;
use crate::scenario::Scenario;
use crate::session::{Action, Session, TimedAction, Variant, VariantRun};
use crate::ui::model::sandbox::Sandbox;
use crate::view;

/// So many edits one run remembers, each with the whole system; then another run goes on in its place.
const MOST_EDITS: usize = 500;

/// A number is set in what runs as on every other page: a slider that is dragged fills no log with whole systems.
pub fn set_number(own: &mut Sandbox, path: &str, value: Json) {
    let at = own.side.at();
    let action = Action::Set { variant: Some(at), path: path.to_owned(), value };
    // Where that is refused, or would wait for a restart, the edit as a whole takes effect instead.
    let _ = own.run.session.act(action);
}

/// What is edited is what runs from now on, in the variant that is edited; the run goes on. Where cards stand changes
/// nothing that runs.
pub fn take_effect(own: &mut Sandbox) {
    let at = own.side.at();
    let scenario = own.editor().scenario().clone();
    let same = |variant: &VariantRun| !variant.is_waiting() && is_same(variant.scenario(), &scenario);
    if own.run.session.variants().get(at).is_none_or(same) {
        return;
    }
    let edit = Action::Edit { variant: Some(at), scenario: Arc::new(scenario) };
    let is_edit = |done: &&TimedAction| matches!(done.action, Action::Edit { .. });
    let many = own.run.session.log().iter().filter(is_edit).count() >= MOST_EDITS;
    // It was found right: what may be wrong is that one run was edited too often.
    if many || own.run.session.act(edit).is_err() {
        begin_again(own);
    }
    own.run.refused = None;
    // A button for every fault that the scenario knows now.
    let scenarios = own.editors.iter().map(|editor| editor.scenario().clone()).collect();
    if let Ok(page) = view::scenario_page(scenarios) {
        own.run.faults = page.faults;
    }
}

/// Begins anew with what is edited, and goes to the moment at which one was.
fn begin_again(own: &mut Sandbox) {
    let session = &own.run.session;
    let variants = session.variants().iter().zip(&own.editors).map(|(variant, editor)| Variant {
        label: variant.label().to_owned(),
        scenario: editor.scenario().clone(),
    });
    if let Ok(mut again) = Session::new(variants.collect(), session.speed()) {
        again.set_playing(session.playing());
        again.go_to(session.now());
        own.run.session = again;
    }
}

/// Whether two scenarios are the same but for where their nodes stand.
fn is_same(a: &Scenario, b: &Scenario) -> bool {
    let rest = |json: &Json| {
        let members = json.members().iter().filter(|(key, _)| key != "view").cloned().collect::<Vec<_>>();
        let view = json.get("view").map_or(&[][..], Json::members).iter();
        (members, view.filter(|(key, _)| key != "positions").cloned().collect::<Vec<_>>())
    };
    a == b || rest(a.json()) == rest(b.json())
}
