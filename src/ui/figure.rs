//! The figure: stages, controls, charts, legend, and the same in words.

use wasm_bindgen::JsCast;
use web_sys::Element;
use yew::prelude::*;

use super::app::App;
use super::controls::{Button, Faults, Settings};
use super::glyphs::glyph;
use super::msg::Msg;
use super::run::Run;
use super::words;
use crate::lesson::FaultButton;
use crate::view::{self, ChartKind};

/// Sliders and buttons, beside the text.
pub fn controls(app: &App, run: &Run) -> Html {
    let button = |(at, button): (usize, &FaultButton)| Button {
        at,
        label: button.label.clone(),
        active: view::is_active(&run.session, &button.faults),
    };
    html! {
        <section class="controls" aria-label={words::CONTROLS}>
            <Faults buttons={run.buttons().map(button).collect::<Vec<_>>()} send={&app.send} />
            <Settings knobs={run.knobs()} refused={run.refused.clone()} seed={view::seed(&run.session)}
                send={&app.send} />
        </section>
    }
}

/// Stages, legend and charts.
pub fn figure(app: &App, run: &Run) -> Html {
    html! {
        <div class="figure">
            <section class="stages" id="figure" tabindex="-1" aria-label={words::FIGURE}>
                { for run.shown().into_iter().map(|lane| pane(app, run, lane)) }
            </section>
            <Legend />
            <section class="charts" aria-label={words::CHARTS}>
                { for ChartKind::ALL.iter().enumerate().map(|(at, kind)| chart(app, run, at, *kind)) }
            </section>
        </div>
    }
}

/// One lane: the stage, and what it shows in words.
fn pane(app: &App, run: &Run, at: usize) -> Html {
    let (Some(lane), Some(surface)) = (run.session.lanes().get(at), app.pictures.panes.get(at)) else {
        return Html::default();
    };
    let numbers = view::headline(lane);
    let test = |what: &str| [what, " ", if at == 0 { "A" } else { "B" }].concat();
    let words = app.clock.words.get(at).map(Vec::as_slice).unwrap_or_default();
    html! {
        <div class="pane" key={at}>
            <canvas ref={&surface.node} role="img" aria-label={lane.label().to_owned()} data-testid={test("stage")} />
            <div class="aside">
                <h3>{ words::SUMMARY }{ ": " }{ lane.label() }</h3>
                <p>
                    { words::GOOD }{ " " }<span data-testid={test("good")}>{ numbers.good }</span>{ ", " }
                    { words::FAILED }{ " " }<span data-testid={test("failed")}>{ numbers.failed }</span>
                </p>
                <ul aria-live="polite">{ for words.iter().map(|line| html! { <li>{ line }</li> }) }</ul>
            </div>
        </div>
    }
}

fn chart(app: &App, run: &Run, at: usize, kind: ChartKind) -> Html {
    let surface = &app.pictures.charts[at];
    let (title, table) = (view::chart_title(&run.session, kind), view::table(&run.session, kind));
    let share = |event: &PointerEvent| {
        let canvas: Element = event.target()?.dyn_into().ok()?;
        let width = f64::from(canvas.client_width().max(1));
        Some((f64::from(event.offset_x()) / width) as f32)
    };
    let send = app.send.clone();
    let onkeydown = move |event: KeyboardEvent| match event.key().as_str() {
        "ArrowLeft" => send.emit(Msg::Nudge(-1.0)),
        "ArrowRight" => send.emit(Msg::Nudge(1.0)),
        _ => {}
    };
    let row =
        |row: Vec<String>| html! { <tr>{ for row.into_iter().map(|cell| html! { <td>{ cell }</td> }) }</tr> };
    html! {
        <div class="chart" key={at}>
            <canvas ref={&surface.node} role="img" aria-label={title.clone()} tabindex="0" {onkeydown}
                data-testid={["chart ", &(at + 1).to_string()].concat()}
                onpointermove={app.send.reform(move |event: PointerEvent| Msg::Cross(share(&event)))}
                onpointerleave={app.send.reform(|_| Msg::Cross(None))} />
            <details>
                <summary>{ words::TABLE }<span class="aside">{ ": " }{ title }</span></summary>
                <div class="scroll" tabindex="0"><table>
                    <thead><tr>{ for table.head.into_iter().map(|cell| html! { <th scope="col">{ cell }</th> }) }</tr></thead>
                    <tbody>{ for table.rows.into_iter().map(row) }</tbody>
                </table></div>
            </details>
        </div>
    }
}

#[component]
fn Legend() -> Html {
    let row = |(picture, meaning): &(view::Glyph, &'static str)| {
        html! { <li>{ glyph(*picture) }{ *meaning }</li> }
    };
    html! {
        <section class="legend" aria-label={words::LEGEND}>
            <ul>{ for view::LEGEND.iter().map(row) }</ul>
        </section>
    }
}
