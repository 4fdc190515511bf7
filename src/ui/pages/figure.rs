//! The figure: stages, controls, charts, legend, and the same in words.

use web_sys::Element;
use yew::prelude::*;

use crate::session::Run;
use crate::ui::canvas::canvases::Canvases;
use crate::ui::model::Model;
use crate::ui::model::focus::FIGURE;
use crate::ui::model::side::Side;
use crate::ui::msg::Msg;
use crate::ui::msg::keys;
use crate::ui::pages::callbacks::Callbacks;
use crate::ui::panels::charts::{self, charts};
use crate::ui::panels::controls::{faults, settings};
use crate::ui::panels::dom::answering;
use crate::ui::panels::legend::legend;
use crate::ui::panels::stage::{self, stage};
use crate::ui::panels::traces::{self, traces};
use crate::ui::panels::variants::variants;
use crate::ui::platform::keyboard::Press;
use crate::view;

/// Sliders and buttons, beside the text.
pub fn controls(run: &Run, send: &Callback<Msg>) -> Html {
    let on_setting = send.reform(Msg::Setting);
    let buttons =
        run.buttons().map(|(at, button)| (at, button.label.as_str(), run.is_active(&button.faults)));
    let breaks = run.buttons().next().is_some();
    let mut knobs = view::knobs(&run.session, run.target());
    knobs.retain(|knob| run.shows_knob(&knob.path));
    html! {
        <section class="controls" aria-label={text!("screen.controls")}>
            if breaks {
                {faults(buttons, &on_setting)}
            }
            {settings(&knobs, run.refused.as_ref(), view::seed(&run.session), &on_setting)}
        </section>
    }
}

/// Stages, legend and charts.
pub fn figure(model: &Model, run: &Run, canvases: &Canvases, callbacks: &Callbacks) -> Html {
    let send = &callbacks.send;
    // Keys of the figure as a whole concern all its stages.
    let onkeydown = answering(send, |event: KeyboardEvent| {
        let own = event.target_dyn_into::<Element>()?.id() == FIGURE;
        let msg = keys::camera(&Press::of(&event)).filter(|_| own)?;
        event.prevent_default();
        Some(Msg::Cameras(msg))
    });
    let shown = run.shown_variants();
    // A step that shows one variant says nothing of the other.
    let compares = shown.len() == run.session.lanes().len();
    let sides = shown.into_iter().filter_map(Side::of);
    let traced = traces::Shown {
        run,
        traces: &model.traces,
        canvas: &canvases.waterfall.node,
        larger: model.sizes.larger,
    };
    html! {
        <div class="figure">
            <section class="stages" id={FIGURE} tabindex="-1" aria-label={text!("screen.figure")} {onkeydown}>
                {for sides.filter_map(|side| pane(model, run, canvases, side, callbacks))}
            </section>
            if compares {
                {variants(run, model.gallery.as_ref(), model.stretch, &send.reform(Msg::Variant))}
            }
            {legend(&run.session)}
            {charts(
                charts::Shown { run, charts: &model.charts, surfaces: &canvases.charts },
                &send.reform(Msg::Chart),
            )}
            {traces(&traced, &send.reform(Msg::Trace))}
        </div>
    }
}

/// One variant.
fn pane(model: &Model, run: &Run, canvases: &Canvases, side: Side, callbacks: &Callbacks) -> Option<Html> {
    let shown = stage::Shown {
        side,
        lane: run.session.lanes().get(side.at())?,
        canvas: &canvases.stages[side.at()].node,
        camera: model.stages.camera(side),
        inspector: &model.inspector,
        words: model.told.words.get(side.at()).map_or(&[], Vec::as_slice),
        news: model.told.news.get(side.at()).map_or(&[], Vec::as_slice),
    };
    let on_camera = callbacks.send.reform(move |msg| Msg::Camera(side, msg));
    Some(stage(&shown, &on_camera, &callbacks.inspect))
}
