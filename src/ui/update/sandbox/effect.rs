//! How an edit comes into effect in the system that runs.

use crate::base::Json;
use crate::session::{Action, Session, Variant};
use crate::ui::model::sandbox::Sandbox;
use crate::view;

/// What is edited is what runs from now on, in the variant that is edited. What only says how the system is shown
/// changes nothing that runs. `live` is a parameter that was set, where the run goes on under it.
pub fn take_effect(own: &mut Sandbox, live: Option<(String, Json)>) {
    let at = own.side.at();
    let scenario = own.editor().scenario().clone();
    let session = &mut own.run.session;
    if session.variants().get(at).is_some_and(|variant| *variant.scenario() == scenario) {
        return;
    }
    if let Some((path, value)) = live {
        // It was found right, so it can be set.
        let _ = session.act(Action::Set { variant: Some(at), path, value });
        return;
    }
    let (now, playing) = (session.now(), session.playing());
    let variants = session.variants().iter().zip(&own.editors).map(|(variant, editor)| Variant {
        label: variant.label().to_owned(),
        scenario: editor.scenario().clone(),
    });
    if let Ok(mut again) = Session::new(variants.collect(), session.speed()) {
        again.set_playing(playing);
        again.go_to(now);
        *session = again;
    }
    // A button for every fault that the scenario knows now.
    if let Ok(page) = view::scenario_page(own.editors.iter().map(|editor| editor.scenario().clone()).collect()) {
        own.run.faults = page.faults;
    }
}
