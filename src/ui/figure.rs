//! The figure: stages, controls, charts, legend, and the same in words.

use yew::prelude::*;

use super::app::App;
use super::camera::{self, Gestures, zoom};
use super::charts::charts;
use super::controls::{faults, settings};
use super::dom::answering;
use super::glyphs::glyph;
use super::inspector;
use super::lanes::lanes;
use super::run::Run;
use super::{traces, words};
use crate::session::Lane;
use crate::view;

/// The id of the figure, to which the skip link leads.
pub const FIGURE: &str = "figure";

/// Sliders and buttons, beside the text.
pub fn controls(app: &App, run: &Run) -> Html {
    let buttons = run
        .buttons()
        .map(|(at, button)| (at, button.label.as_str(), view::is_active(&run.session, &button.faults)));
    let breaks = run.buttons().next().is_some();
    html! {
        <section class="controls" aria-label={words::CONTROLS}>
            if breaks {
                {faults(buttons, &app.send)}
            }
            {settings(&run.knobs(), run.refused.as_ref(), view::seed(&run.session), &app.send)}
        </section>
    }
}

/// Stages, legend and charts.
pub fn figure(app: &App, run: &Run) -> Html {
    let onkeydown = answering(&app.send, |event| camera::figure_key(&event));
    let shown = run.shown();
    // A step that shows one variant says nothing of the other.
    let compares = shown.len() == run.session.lanes().len();
    html! {
        <div class="figure">
            <section class="stages" id={FIGURE} tabindex="-1" aria-label={words::FIGURE} {onkeydown}>
                {for shown.into_iter().filter_map(|lane| pane(app, run, lane))}
            </section>
            if compares {
                {lanes(run, app.gallery.as_ref(), &app.send)}
            }
            {legend(run)}
            {charts(app, run)}
            {traces::panel(app, run)}
        </div>
    }
}

/// One lane: the stage, and what it shows in words.
fn pane(app: &App, run: &Run, at: usize) -> Option<Html> {
    let (lane, surface) = (run.session.lanes().get(at)?, app.pictures.panes.get(at)?);
    let camera = app.pictures.camera(at);
    let gestures = Gestures::of(at, &app.send);
    let pointers = inspector::Pointers::of(at, &app.send);
    Some(html! {
        <div
            key={at}
            class="pane"
            data-closer={(!camera.is_fit()).then_some("")}
            onwheel={gestures.onwheel}
            onpointerdown={gestures.onpointerdown}
            onpointermove={gestures.onpointermove}
            onpointerup={gestures.onpointerup.clone()}
            onpointercancel={gestures.onpointerup}
            ondblclick={gestures.ondblclick}
            onkeydown={gestures.onkeydown}
        >
            <canvas
                ref={&surface.node}
                role="img"
                aria-label={lane.label().to_owned()}
                data-testid={test("stage", at)}
                onclick={pointers.onclick}
                onpointermove={pointers.onpointermove}
                onpointerleave={pointers.onpointerleave}
            />
            {inspector::foot(&app.inspector, lane, at).unwrap_or_default()}
            {inspector::parts(&app.inspector, lane, at, &app.send)}
            {zoom(at, camera, &app.send)}
            {said(app, lane, at)}
        </div>
    })
}

/// What a stage shows, in words.
fn said(app: &App, lane: &Lane, at: usize) -> Html {
    let numbers = view::headline(lane);
    let number = |name: &'static str, id: &str, value: String| {
        html! { <p>{name}{" "}<span data-testid={test(id, at)}>{value}</span></p> }
    };
    let news = app.clock.news.get(at).map(Vec::as_slice).unwrap_or_default();
    let lines = app.clock.words.get(at).map(Vec::as_slice).unwrap_or_default();
    let piece = |(place, line): (usize, &String)| html! { <li key={place}>{line}</li> };
    html! {
        <div class="aside" data-testid={test("summary", at)}>
            <h3>{[words::SUMMARY, ": ", lane.label()].concat()}</h3>
            {number(words::GOOD, "good", numbers.good)}
            {number(words::FAILED, "failed", numbers.failed)}
            <ul>{for lines.iter().map(|line| html! { <li>{line}</li> })}</ul>
            <ul aria-live="polite" aria-label={words::NEWS} data-testid={test("news", at)}>
                {for news.iter().enumerate().map(piece)}
            </ul>
        </div>
    }
}

/// The name by which tests find a part of the n-th lane.
fn test(what: &str, at: usize) -> String {
    [what, " ", if at == 0 { "A" } else { "B" }].concat()
}

/// A chart's numbers.
pub fn table(table: view::Table) -> Html {
    let row = |row: Vec<String>| {
        html! { <tr>{for row.into_iter().map(|text| html! { <td>{text}</td> })}</tr> }
    };
    html! {
        <div class="scroll" tabindex="0">
            <table>
                <thead>
                    <tr>{for table.head.into_iter().map(|text| html! { <th scope="col">{text}</th> })}</tr>
                </thead>
                <tbody>{for table.rows.into_iter().map(row)}</tbody>
            </table>
        </div>
    }
}

/// What the glyphs mean.
fn legend(run: &Run) -> Html {
    let row = |(picture, meaning): (view::Glyph, &'static str)| {
        html! { <li>{glyph(picture)}{meaning}</li> }
    };
    html! {
        <section class="legend" aria-label={words::LEGEND}>
            <ul>{for view::legend(run.session.lanes()).into_iter().map(row)}</ul>
        </section>
    }
}
