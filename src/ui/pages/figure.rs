//! The figure: stages, charts, legend, and the same in words.

use web_sys::Element;
use yew::prelude::*;

use crate::session::Run;
use crate::ui::canvas::canvases::Canvases;
use crate::ui::model::Model;
use crate::ui::model::content::Content;
use crate::ui::model::focus::FIGURE;
use crate::ui::model::side::Side;
use crate::ui::msg::Msg;
use crate::ui::msg::keys;
use crate::ui::msg::sandbox::SandboxMsg;
use crate::ui::pages::callbacks::Callbacks;
use crate::ui::panels::charts::{self, charts};
use crate::ui::panels::dom::answering;
use crate::ui::panels::legend::legend;
use crate::ui::panels::sandbox::palette::palette;
use crate::ui::panels::stage::{self, stage};
use crate::ui::panels::traces::{self, traces};
use crate::ui::panels::variants::variants;
use crate::ui::platform::keyboard::Press;
use crate::ui::platform::route::Route;
use crate::view;

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
    let edited = matches!(model.content, Content::Sandbox(_));
    let shown = run.shown_variants();
    // A step that shows one variant says nothing of the other.
    let compares = shown.len() == run.session.variants().len();
    let sides: Vec<Side> = shown.into_iter().filter_map(Side::of).collect();
    let traced = traces::Shown {
        run,
        traces: &model.traces,
        canvas: &canvases.waterfall.node,
        larger: model.sizes.larger,
    };
    html! {
        <div class="figure">
            <section
                class="stages"
                id={FIGURE}
                tabindex="-1"
                aria-label={text!("screen.figure")}
                data-front={view::words::LETTERS[model.stages.front.at()]}
                {onkeydown}
            >
                if sides.len() > 1 {
                    {tabs(run, model.stages.front, &send.reform(Msg::Front))}
                }
                {for sides.iter().filter_map(|side| pane(model, run, canvases, *side, callbacks))}
            </section>
            if edited {
                {palette(&send.reform(Msg::Sandbox))}
            } else if model.route != Route::Opening {
                {open_in_sandbox(&send.reform(Msg::Sandbox))}
            }
            if compares {
                {variants(run, model.gallery.as_ref(), model.stretch, &send.reform(Msg::Variant))}
            }
            {legend(&run.session)}
            {charts(
                charts::Shown {
                    run,
                    charts: &model.charts,
                    surfaces: &canvases.charts,
                    word: model.word.as_ref(),
                },
                &send.reform(Msg::Chart),
                &send.reform(Msg::Word),
            )}
            {traces(&traced, &send.reform(Msg::Trace))}
        </div>
    }
}

/// What runs here comes along into the sandbox, with what was changed.
fn open_in_sandbox(send: &Callback<SandboxMsg>) -> Html {
    html! {
        <p class="to-sandbox">
            <button class="quiet" data-testid="to sandbox" onclick={send.reform(|_: MouseEvent| SandboxMsg::Bring)}>
                {text!("sandbox.open")}
            </button>
        </p>
    }
}

/// Which stage is seen where there is room for one; the style sheet shows this there alone.
fn tabs(run: &Run, front: Side, on_front: &Callback<Side>) -> Html {
    let tab = |side: Side| {
        let variant = run.session.variants().get(side.at())?;
        let letter = view::words::LETTERS[side.at()];
        Some(html! {
            <button
                data-testid={["front ", letter].concat()}
                aria-pressed={(side == front).to_string()}
                onclick={on_front.reform(move |_: MouseEvent| side)}
            >
                <span class="variant">{letter}</span>{" "}{variant.label()}
            </button>
        })
    };
    html! { <div class="tabs" role="group" aria-label={text!("screen.figure")}>{for Side::BOTH.into_iter().filter_map(tab)}</div> }
}

/// One variant.
fn pane(model: &Model, run: &Run, canvases: &Canvases, side: Side, callbacks: &Callbacks) -> Option<Html> {
    let edited = matches!(model.content, Content::Sandbox(_));
    let on_pointer = callbacks.send.reform(|msg| Msg::Sandbox(SandboxMsg::Pointer(msg)));
    let shown = stage::Shown {
        side,
        variant: run.session.variants().get(side.at())?,
        canvas: &canvases.stages[side.at()].node,
        camera: model.stages.camera(side),
        inspector: &model.inspector,
        words: model.told.words.get(side.at()).map_or(&[], Vec::as_slice),
        news: model.told.news.get(side.at()).map_or(&[], Vec::as_slice),
        on_pointer: edited.then_some(&on_pointer),
    };
    let on_camera = callbacks.send.reform(move |msg| Msg::Camera(side, msg));
    Some(stage(&shown, &on_camera, &callbacks.inspect))
}
