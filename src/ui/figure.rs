//! The figure: stages, controls, charts, legend, and the same in words.

use yew::virtual_dom::ListenerKind;

use super::app::App;
use super::camera;
use super::charts::charts;
use super::controls::{faults, settings};
use super::dom::{El, el};
use super::glyphs::glyph;
use super::inspector;
use super::lanes::lanes;
use super::run::Run;
use super::{traces, words};
use crate::view;

/// The id of the figure, to which the skip link leads.
pub const FIGURE: &str = "figure";

/// Sliders and buttons, beside the text.
pub fn controls(app: &App, run: &Run) -> El {
    let buttons = run
        .buttons()
        .map(|(at, button)| (at, button.label.as_str(), view::is_active(&run.session, &button.faults)));
    let breaks = run.buttons().next().is_some();
    el("section", &[("class", "controls"), ("aria-label", words::CONTROLS)])
        .maybe(breaks.then(|| faults(buttons, &app.send)))
        .add(settings(&run.knobs(), run.refused.as_ref(), view::seed(&run.session), &app.send))
}

/// Stages, legend and charts.
pub fn figure(app: &App, run: &Run) -> El {
    let stages = [("class", "stages"), ("id", FIGURE), ("tabindex", "-1"), ("aria-label", words::FIGURE)];
    let stages = el("section", &stages);
    let stages = stages.on(ListenerKind::onkeydown, &app.send, 0, camera::figure_key);
    let shown = run.shown();
    // A step that shows one variant says nothing of the other.
    let compares = shown.len() == run.session.lanes().len();
    el("div", &[("class", "figure")])
        .add(stages.all(shown.into_iter().filter_map(|lane| pane(app, run, lane))))
        .maybe(compares.then(|| lanes(run, app.gallery.as_ref(), &app.send)))
        .add(legend(run))
        .add(charts(app, run))
        .add(traces::panel(app, run))
}

/// One lane: the stage, and what it shows in words.
fn pane(app: &App, run: &Run, at: usize) -> Option<El> {
    let (lane, surface) = (run.session.lanes().get(at)?, app.pictures.panes.get(at)?);
    let label = lane.label().to_owned();
    let numbers = view::headline(lane);
    let test = |what: &str| [what, " ", if at == 0 { "A" } else { "B" }].concat();
    let number = |name: &'static str, id: &str, value: String| {
        el("p", &[]).text(name).text(" ").add(el("span", &[]).put("data-testid", test(id)).say(value))
    };
    let news = app.clock.news.get(at).map(Vec::as_slice).unwrap_or_default();
    let lines = app.clock.words.get(at).map(Vec::as_slice).unwrap_or_default();
    let words = el("div", &[("class", "aside")])
        .put("data-testid", test("summary"))
        .add(el("h3", &[]).say([words::SUMMARY, ": ", &label].concat()))
        .add(number(words::GOOD, "good", numbers.good))
        .add(number(words::FAILED, "failed", numbers.failed))
        .add(el("ul", &[]).all(lines.iter().map(|line| el("li", &[]).say(line.clone()))))
        .add(
            el("ul", &[("aria-live", "polite"), ("aria-label", words::NEWS)])
                .put("data-testid", test("news"))
                .all(news.iter().enumerate().map(|(at, line)| el("li", &[]).key(at).say(line.clone()))),
        );
    let canvas = el("canvas", &[("role", "img")]).node(&surface.node);
    let canvas = canvas.put("aria-label", label).put("data-testid", test("stage"));
    let canvas = inspector::canvas(canvas, at, &app.send);
    let foot = inspector::foot(&app.inspector, lane, at);
    let parts = Some(inspector::parts(&app.inspector, lane, at, &app.send));
    let pane = el("div", &[("class", "pane")]).key(at).add(canvas).maybe(foot).maybe(parts);
    let pane = camera::pane(pane, at, app.pictures.camera(at), &app.send);
    Some(pane.add(words))
}

/// A chart's numbers.
pub fn table(table: view::Table) -> El {
    let head = |text: String| el("th", &[("scope", "col")]).say(text);
    let row = |row: Vec<String>| el("tr", &[]).all(row.into_iter().map(|text| el("td", &[]).say(text)));
    el("div", &[("class", "scroll"), ("tabindex", "0")]).add(
        el("table", &[])
            .add(el("thead", &[]).add(el("tr", &[]).all(table.head.into_iter().map(head))))
            .add(el("tbody", &[]).all(table.rows.into_iter().map(row))),
    )
}

/// What the glyphs mean.
fn legend(run: &Run) -> El {
    let row =
        |(picture, meaning): (view::Glyph, &'static str)| el("li", &[]).html(glyph(picture)).text(meaning);
    el("section", &[("class", "legend"), ("aria-label", words::LEGEND)])
        .add(el("ul", &[]).all(view::legend(run.session.lanes()).into_iter().map(row)))
}
