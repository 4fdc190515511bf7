//! Beginning a system of one's own: with the small one, a ready one, or what runs on the page that is open.

use crate::base::Diagnostic;
use crate::lesson::Gallery;
use crate::scenario::Scenario;
use crate::ui::model::Model;
use crate::ui::model::content::Content;
use crate::ui::model::effect::Effect;
use crate::ui::model::sandbox::Sandbox;
use crate::ui::platform::route::Route;
use crate::ui::update::{mine, variants};

/// The address of the page.
const ADDRESS: &str = "#/sandbox";

/// The page opens: what was there when it was left, one that is kept, or the small system.
pub fn open(model: &mut Model) -> Content {
    if model.gallery.is_none() {
        model.effects.push(Effect::Fetch(Route::Gallery));
    }
    let asked = model.route.kept();
    match model.draft.take_if(|own| asked.is_none_or(|id| own.id.as_deref() == Some(id))) {
        Some(own) => {
            if let Some(id) = own.id.clone() {
                mine::resume(model, &id);
            }
            Content::Sandbox(own)
        }
        None if asked.is_some() => mine::open(model),
        None => match Sandbox::first() {
            Ok(own) => Content::Sandbox(Box::new(own)),
            Err(problems) => Content::Broken(problems),
        },
    }
}

/// What runs on the page that is open comes along, as it is now: of two variants the one that is meant.
pub fn bring(model: &mut Model) {
    let Some(run) = model.content.run() else { return };
    let selected = model.inspector.selected.as_ref().map(|own| own.side.at());
    let shown = run.shown_variants();
    let meant = run.target().or(selected).unwrap_or(model.stages.front.at());
    let at = if shown.contains(&meant) { meant } else { shown.first().copied().unwrap_or(0) };
    let Some(variant) = run.session.variants().get(at) else { return };
    let scenario = variant.scenario().clone();
    begin(model, Sandbox::new(scenario));
}

/// A ready scenario, by its name in addresses; none: the small system.
pub fn template(model: &mut Model, slug: Option<&str>) {
    let own = match slug {
        None => Sandbox::first(),
        Some(slug) => {
            let entry = model.gallery.as_ref().and_then(|all: &Gallery| all.entry(slug));
            let Some(entry) = entry else { return };
            Scenario::from_json(entry.scenario.clone()).and_then(Sandbox::new)
        }
    };
    begin(model, own);
}

/// Begins with a system. Where the sandbox is open already, that is an edit: it can be undone.
fn begin(model: &mut Model, own: Result<Sandbox, Vec<Diagnostic>>) {
    let Ok(own) = own else { return };
    // What was there stays as it is kept; this is kept beside it.
    mine::close(model);
    let before = match &mut model.content {
        Content::Sandbox(before) => Some(before),
        _ => model.draft.as_mut(),
    };
    match before {
        Some(before) => {
            let text = own.editor().text().to_owned();
            // What was there can be had back by undoing. It was found right when it was read.
            before.side = crate::ui::model::side::Side::A;
            before.editors.truncate(1);
            before.editors[0].pause();
            let _ = before.editors[0].type_text(&text);
            before.editors[0].pause();
            (before.run, before.chosen, before.id) = (own.run, Vec::new(), None);
            (before.aim, before.menu, before.refused) = (None, false, Vec::new());
        }
        None => model.draft = Some(Box::new(own)),
    }
    if let Content::Sandbox(_) = model.content {
        variants::forget(model);
    } else {
        model.effects.push(Effect::GoTo(ADDRESS.to_owned()));
    }
}
