//! The page of a system of one's own: what stands beside its stage.

use yew::prelude::*;

use crate::ui::model::Model;
use crate::ui::model::sandbox::{Sandbox, Tab};
use crate::ui::msg::Msg;
use crate::ui::pages::callbacks::Callbacks;
use crate::ui::panels::controls::{self, Controls};
use crate::ui::panels::inspector::{Edited, inspector};
use crate::ui::panels::sandbox::{findings, node, parts, steps, tabs, templates, text, toolbar};
use crate::ui::panels::trouble;

/// The history, the nodes with what the chosen one does, the findings, and the text.
pub fn sandbox(model: &Model, own: &Sandbox, callbacks: &Callbacks) -> Html {
    let send = callbacks.send.reform(Msg::Sandbox);
    html! {
        <div class="side sandbox" data-tab={tab(own.tab)}>
            <h1 class="aside">{text!("page.sandbox")}</h1>
            {toolbar::toolbar(own, &send)}
            {tabs(own, own.findings.len(), &send)}
            {trouble::of_run(&own.run.session)}
            {match own.tab {
                Tab::Parts => self::parts(model, own, callbacks),
                Tab::Findings => findings::findings(&own.findings, &send),
                Tab::Text => text::text(own, &send),
            }}
            {templates::templates(model.gallery.as_ref(), &send)}
        </div>
    }
}

/// For the style sheet.
fn tab(tab: Tab) -> &'static str {
    match tab {
        Tab::Parts => "parts",
        Tab::Findings => "findings",
        Tab::Text => "text",
    }
}

/// The list of nodes, and what is chosen of it; where nothing is, what the scenario lets one set and break.
fn parts(model: &Model, own: &Sandbox, callbacks: &Callbacks) -> Html {
    let send = callbacks.send.reform(Msg::Sandbox);
    let variant = own.run.session.variants().get(own.side.at());
    let extra = |field: &crate::view::inspector::Field| steps::extra(own, field, &send);
    let head = own.only().map_or_else(Html::default, |id| node::head(own, id, &send));
    let panel = model.inspector.selected.as_ref().and_then(|selected| {
        let edited = Edited { head, extra: &extra };
        inspector(&own.run, selected, model.word.as_ref(), Some(edited), &callbacks.send, &callbacks.inspect)
    });
    let on_set = callbacks.send.reform(Msg::Setting);
    html! {
        <>
            if let Some(variant) = variant {
                {parts::parts(own, variant, &send)}
            }
            {panel.unwrap_or_else(|| {
                let knobs = controls::knobs(&own.run);
                controls::panel(&Controls { run: &own.run, knobs: &knobs, locked: false, on_set: &on_set })
            })}
        </>
    }
}
