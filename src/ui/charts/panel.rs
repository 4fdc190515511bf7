//! Charts on the page: the choice of them, each with its words, its tools and its table.

use wasm_bindgen::JsCast;
use web_sys::{Element, Event, HtmlInputElement, HtmlSelectElement, KeyboardEvent, MouseEvent};
use yew::Callback;
use yew::virtual_dom::ListenerKind;

use super::{ChartMsg, FORMS, Form, PLACES};
use crate::ui::app::App;
use crate::ui::dom::{Answer, El, el, icon, target};
use crate::ui::figure::table;
use crate::ui::msg::Msg;
use crate::ui::run::Run;
use crate::ui::words;
use crate::view::{self, ChartId, ChartKind, Point};

/// The charts of the page and the choice of them.
pub fn charts(app: &App, run: &Run) -> El {
    let shown = app.charts.shown(&run.session);
    let each = |place: &usize| one(app, run, *place);
    el("section", &[("class", "charts"), ("aria-label", words::CHARTS)])
        .add(choice(app, run, &shown))
        .all(shown.iter().filter_map(each))
}

/// A box for each chart that has something to show.
fn choice(app: &App, run: &Run, shown: &[usize]) -> El {
    let offered = view::offered(&run.session);
    let kinds = ChartKind::ALL.iter().enumerate().filter(|(_, kind)| offered.contains(kind));
    let nodes = shown.iter().copied().filter(|place| *place >= ChartKind::ALL.len());
    let places = kinds.map(|(at, _)| at).chain(nodes);
    let each = |place: usize| {
        let id = app.charts.id(place)?;
        let input = el("input", &[("type", "checkbox")])
            .put("data-testid", ["choose ", id.kind.key()].concat())
            .property("checked", shown.contains(&place))
            .on(ListenerKind::onchange, &app.send, place, |event, place| {
                let on = target::<HtmlInputElement>(event)?.checked();
                Some(Msg::Chart(ChartMsg::Choose(place, on)))
            });
        Some(el("label", &[]).key(place).add(input).say(id.title(&run.session)))
    };
    el("details", &[("class", "choice-of-charts")])
        .key(PLACES)
        .add(el("summary", &[("data-testid", "choose charts")]).text(words::CHOOSE_CHARTS))
        .add(el("div", &[]).all(places.filter_map(each)))
}

fn one(app: &App, run: &Run, place: usize) -> Option<El> {
    let (id, send) = (app.charts.id(place)?, &app.send);
    let shown = run.shown();
    let title = view::chart_title(&run.session, &shown, &id);
    let canvas = el("canvas", &[("role", "img"), ("tabindex", "0")])
        .node(&app.pictures.charts[place].node)
        .put("aria-label", title.clone())
        .test("chart", place + 1)
        .on(ListenerKind::onkeydown, send, place, nudge)
        .on(ListenerKind::onpointermove, send, place, |event, place| {
            Some(Msg::Chart(ChartMsg::Cross(place, Some(at(event)?))))
        })
        .on(ListenerKind::onpointerleave, send, place, |_, place| {
            Some(Msg::Chart(ChartMsg::Cross(place, None)))
        });
    let canvas = if id.kind.has_traces() { asked(canvas, place, send) } else { canvas };
    let summary = el("summary", &[]).text(words::TABLE);
    let details = el("details", &[])
        .on(ListenerKind::ontoggle, send, place, |event, place| {
            Some(Msg::Chart(ChartMsg::Table(place, target::<Element>(event)?.has_attribute("open"))))
        })
        .add(summary.add(el("span", &[("class", "aside")]).say([": ", &title].concat())))
        .maybe(app.charts.tables[place].then(|| table(view::table(&run.session, &shown, &id))));
    let chart = el("div", &[("class", "chart")]).key(place).add(canvas);
    let large = app.charts.large == Some(place);
    let says = app.charts.cross.filter(|_| app.charts.spoken == Some(place));
    let says = says.map(|at| view::chart_says(&run.session, &shown, &id, at)).unwrap_or_default();
    let says = el("p", &[("class", "aside"), ("aria-live", "polite")]).test("cross", place + 1).say(says);
    let theory = view::explained(&run.session, &shown, &id);
    let theory = (!theory.is_empty()).then(|| {
        el("details", &[("class", "theory")])
            .add(el("summary", &[]).text(words::THEORY))
            .all(theory.into_iter().map(|line| el("p", &[]).say(line)))
    });
    Some(
        chart
            .flag("data-large", large)
            .on(ListenerKind::onkeydown, send, 0, |event, _| {
                let escape = event.dyn_ref::<KeyboardEvent>()?.key() == "Escape";
                escape.then_some(Msg::Chart(ChartMsg::Enlarge(None)))
            })
            .add(says)
            .add(tools(app, run, place, &id, large))
            .maybe(theory)
            .add(details),
    )
}

/// A chart in which requests have their points leads to their traces.
fn asked(canvas: El, place: usize, send: &Callback<Msg>) -> El {
    canvas.flag("data-asked", true).put("title", words::TO_TRACE).on(
        ListenerKind::onclick,
        send,
        place,
        |event, place| Some(Msg::Chart(ChartMsg::Ask(place, Some(at(event)?)))),
    )
}

/// What can be done with a chart.
fn tools(app: &App, run: &Run, place: usize, id: &ChartId, large: bool) -> El {
    let send = &app.send;
    let file = |(form, (_, label)): (usize, &(Form, &'static str))| {
        el("button", &[("title", words::SAVE_AS)])
            .put("data-testid", ["save ", &(place + 1).to_string(), " ", label].concat())
            .put("aria-label", [words::SAVE_AS, " ", label, ": ", &id.title(&run.session)].concat())
            .on(ListenerKind::onclick, send, place * FORMS.len() + form, |_, at| {
                Some(Msg::Chart(ChartMsg::Save(at / FORMS.len(), FORMS[at % FORMS.len()].0)))
            })
            .text(label)
    };
    let (label, path, answer): (_, _, Answer) = if large {
        (words::REDUCE, "M3 9h4v4M13 7H9V3", |_, _| Some(Msg::Chart(ChartMsg::Enlarge(None))))
    } else {
        (words::ENLARGE, "M9 3h4v4M7 13H3V9", |_, at| Some(Msg::Chart(ChartMsg::Enlarge(Some(at)))))
    };
    let path =
        ["<path d=\"", path, "\" fill=\"none\" stroke=\"currentColor\" stroke-width=\"1.5\"/>"].concat();
    let enlarge = el("button", &[("class", "icon")])
        .test("enlarge", place + 1)
        .put("title", label)
        .put("aria-label", [label, ": ", &id.title(&run.session)].concat())
        .on(ListenerKind::onclick, send, place, answer)
        .html(icon(&path));
    el("div", &[("class", "tools")])
        .maybe(large.then(|| of_whom(app, run, place, id)).flatten())
        .all(FORMS.iter().enumerate().map(file))
        .add(enlarge)
}

/// Of which node the chart is.
fn of_whom(app: &App, run: &Run, place: usize, id: &ChartId) -> Option<El> {
    let nodes = view::chart_nodes(&run.session, id.kind);
    if nodes.len() < 2 && id.of.is_none() {
        return None;
    }
    let option = |node: &&str| {
        let chosen = id.of.as_ref().is_some_and(|of| of.as_str() == *node);
        el("option", &[]).property("selected", chosen).say(view::name::of_id(&run.session, node))
    };
    let select = el("select", &[("aria-label", words::OF_WHOM)])
        .test("of", place + 1)
        .on(ListenerKind::onchange, &app.send, place, |event, place| {
            let node = target::<HtmlSelectElement>(event)?.selected_index();
            Some(Msg::Chart(ChartMsg::Of(place, usize::try_from(node).ok()?)))
        })
        .add(el("option", &[]).property("selected", id.of.is_none()).text(words::WHOLE_SYSTEM));
    Some(select.all(nodes.iter().map(option)))
}

/// Keys in a chart move the crosshair; Enter asks for the trace where it stands.
fn nudge(event: &Event, place: usize) -> Option<Msg> {
    let key = event.dyn_ref::<KeyboardEvent>()?;
    if key.key() == "Enter" {
        event.prevent_default();
        return Some(Msg::Chart(ChartMsg::Ask(place, None)));
    }
    let far = if key.shift_key() { 10.0 } else { 1.0 };
    let steps = match key.key().as_str() {
        "ArrowLeft" => -far,
        "ArrowRight" => far,
        "Home" => f64::NEG_INFINITY,
        "End" => f64::INFINITY,
        _ => return None,
    };
    event.prevent_default();
    Some(Msg::Chart(ChartMsg::Nudge(place, steps)))
}

/// Where the pointer is in a chart.
fn at(event: &Event) -> Option<Point> {
    let mouse = event.dyn_ref::<MouseEvent>()?;
    Some(Point { x: mouse.offset_x() as f32, y: mouse.offset_y() as f32 })
}
