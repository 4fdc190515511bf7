//! The figure: stages, controls, charts, legend, and the same in words.

use wasm_bindgen::JsCast;
use web_sys::Element;
use yew::prelude::*;

use super::app::App;
use super::controls::{faults, settings};
use super::glyphs::glyph;
use super::msg::Msg;
use super::run::Run;
use super::words;
use crate::view::{self, ChartKind};

/// Sliders and buttons, beside the text.
pub fn controls(app: &App, run: &Run) -> Html {
    let buttons = run
        .buttons()
        .map(|(at, button)| (at, button.label.as_str(), view::is_active(&run.session, &button.faults)));
    html! {
        <section class="controls" aria-label={words::CONTROLS}>
            { (run.buttons().count() > 0).then(|| faults(buttons, &app.send)) }
            { settings(&run.knobs(), run.refused.as_ref(), view::seed(&run.session), &app.send) }
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
            { legend() }
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
    let title = view::chart_title(&run.shown(), kind);
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
    let (open, send) = (app.tables[at], app.send.clone());
    let ontoggle = move |event: Event| {
        let details = event.target().and_then(|target| target.dyn_into::<Element>().ok());
        send.emit(Msg::Table(at, details.is_some_and(|details| details.has_attribute("open"))));
    };
    html! {
        <div class="chart" key={at}>
            <canvas ref={&surface.node} role="img" aria-label={title.clone()} tabindex="0" {onkeydown}
                data-testid={["chart ", &(at + 1).to_string()].concat()}
                onpointermove={app.send.reform(move |event: PointerEvent| Msg::Cross(share(&event)))}
                onpointerleave={app.send.reform(|_| Msg::Cross(None))} />
            <details {ontoggle}>
                <summary>{ words::TABLE }<span class="aside">{ ": " }{ title }</span></summary>
                { open.then(|| table(view::table(&run.session, &run.shown(), kind))) }
            </details>
        </div>
    }
}

/// A chart's numbers.
fn table(table: view::Table) -> Html {
    let cells = |row: Vec<String>, head: bool| -> Html {
        let cell = |text: String| {
            if head {
                html! { <th scope="col">{ text }</th> }
            } else {
                html! { <td>{ text }</td> }
            }
        };
        html! { <tr>{ for row.into_iter().map(cell) }</tr> }
    };
    html! {
        <div class="scroll" tabindex="0"><table>
            <thead>{ cells(table.head, true) }</thead>
            <tbody>{ for table.rows.into_iter().map(|row| cells(row, false)) }</tbody>
        </table></div>
    }
}

/// What the glyphs mean.
fn legend() -> Html {
    let row = |(picture, meaning): &(view::Glyph, &'static str)| {
        html! { <li>{ glyph(*picture) }{ *meaning }</li> }
    };
    html! {
        <section class="legend" aria-label={words::LEGEND}>
            <ul>{ for view::LEGEND.iter().map(row) }</ul>
        </section>
    }
}
