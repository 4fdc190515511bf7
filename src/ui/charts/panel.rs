//! Charts on the page: the choice of them, each with its words, its tools and its table.

use web_sys::{Element, HtmlInputElement, HtmlSelectElement};
use yew::prelude::*;

use super::{ChartMsg, FORMS};
use crate::ui::app::App;
use crate::ui::dom::{answering, icon, option};
use crate::ui::figure::table;
use crate::ui::msg::Msg;
use crate::ui::run::Run;
use crate::ui::words;
use crate::view::{self, ChartId, ChartKind, Point};

/// The charts of the page and the choice of them.
pub fn charts(app: &App, run: &Run) -> Html {
    let shown = app.charts.shown(&run.session);
    let act = app.send.reform(Msg::Chart);
    html! {
        <section class="charts" aria-label={words::CHARTS}>
            {choice(app, run, &shown, &act)}
            for place in &shown {
                {for one(app, run, *place, &act)}
            }
        </section>
    }
}

/// A box for each chart that has something to show.
fn choice(app: &App, run: &Run, shown: &[usize], act: &Callback<ChartMsg>) -> Html {
    let offered = view::offered(&run.session);
    let kinds = ChartKind::ALL.iter().enumerate().filter(|(_, kind)| offered.contains(kind));
    let nodes = shown.iter().copied().filter(|place| *place >= ChartKind::ALL.len());
    let places = kinds.map(|(at, _)| at).chain(nodes);
    let each = |place: usize| {
        let id = app.charts.id(place)?;
        let onchange = answering(act, move |event: Event| {
            let input = event.target_dyn_into::<HtmlInputElement>()?;
            Some(ChartMsg::Choose(place, input.checked()))
        });
        Some(html! {
            <label key={place}>
                <input
                    type="checkbox"
                    data-testid={["choose ", id.kind.key()].concat()}
                    checked={shown.contains(&place)}
                    {onchange}
                />
                {id.title(&run.session)}
            </label>
        })
    };
    html! {
        <details class="choice-of-charts">
            <summary data-testid="choose charts">{words::CHOOSE_CHARTS}</summary>
            <div>
                for label in places.filter_map(each) {
                    {label}
                }
            </div>
        </details>
    }
}

/// A chart with all that belongs to it.
fn one(app: &App, run: &Run, place: usize, act: &Callback<ChartMsg>) -> Option<Html> {
    let id = app.charts.id(place)?;
    let shown = run.shown();
    let title = view::chart_title(&run.session, &shown, &id);
    let large = app.charts.large == Some(place);
    let says = app.charts.cross.filter(|_| app.charts.spoken == Some(place));
    let says = says.map(|at| view::chart_says(&run.session, &shown, &id, at)).unwrap_or_default();
    let theory = view::explained(&run.session, &shown, &id);
    let of_whom = if large { of_whom(run, place, &id, act) } else { None };
    let onkeydown =
        answering(act, |event: KeyboardEvent| (event.key() == "Escape").then_some(ChartMsg::Enlarge(None)));
    let ontoggle = answering(act, move |event: Event| {
        let details = event.target_dyn_into::<Element>()?;
        Some(ChartMsg::Table(place, details.has_attribute("open")))
    });
    Some(html! {
        <div key={place} class="chart" data-large={large.then_some("")} {onkeydown}>
            {canvas(&app.pictures.charts[place].node, place, &id, &title, act)}
            <p class="aside" aria-live="polite" data-testid={numbered("cross", place)}>{says}</p>
            {tools(place, large, &id.title(&run.session), act, of_whom.unwrap_or_default())}
            if !theory.is_empty() {
                <details class="theory">
                    <summary>{words::THEORY}</summary>
                    for line in theory {
                        <p>{line}</p>
                    }
                </details>
            }
            <details {ontoggle}>
                <summary>
                    {words::TABLE}
                    <span class="aside">{[": ", &title].concat()}</span>
                </summary>
                if app.charts.tables[place] {
                    {table(view::table(&run.session, &shown, &id))}
                }
            </details>
        </div>
    })
}

/// The picture; one in which requests have their points leads to their traces.
fn canvas(node: &NodeRef, place: usize, id: &ChartId, title: &str, act: &Callback<ChartMsg>) -> Html {
    let asked = id.kind.has_traces();
    let onclick =
        asked.then(|| act.reform(move |event: MouseEvent| ChartMsg::Ask(place, Some(point(&event)))));
    let onkeydown = {
        let act = act.clone();
        move |event: KeyboardEvent| {
            if let Some(msg) = nudge(&event, place) {
                event.prevent_default();
                act.emit(msg);
            }
        }
    };
    html! {
        <canvas
            ref={node}
            role="img"
            tabindex="0"
            aria-label={title.to_owned()}
            data-testid={numbered("chart", place)}
            data-asked={asked.then_some("")}
            title={asked.then_some(words::TO_TRACE)}
            {onclick}
            {onkeydown}
            onpointermove={act.reform(move |event: PointerEvent| ChartMsg::Cross(place, Some(point(&event))))}
            onpointerleave={act.reform(move |_: PointerEvent| ChartMsg::Cross(place, None))}
        />
    }
}

/// Buttons that save a chart and that make it large or small. Something may come before them.
fn tools(place: usize, large: bool, title: &str, act: &Callback<ChartMsg>, before: Html) -> Html {
    let (label, path, next) = if large {
        (words::REDUCE, "M3 9h4v4M13 7H9V3", None)
    } else {
        (words::ENLARGE, "M9 3h4v4M7 13H3V9", Some(place))
    };
    let path =
        ["<path d=\"", path, "\" fill=\"none\" stroke=\"currentColor\" stroke-width=\"1.5\"/>"].concat();
    html! {
        <div class="tools">
            {before}
            for (form, name) in FORMS {
                <button
                    title={words::SAVE_AS}
                    data-testid={[&numbered("save", place), " ", name].concat()}
                    aria-label={[words::SAVE_AS, " ", name, ": ", title].concat()}
                    onclick={act.reform(move |_: MouseEvent| ChartMsg::Save(place, form))}
                >
                    {name}
                </button>
            }
            <button
                class="icon"
                data-testid={numbered("enlarge", place)}
                title={label}
                aria-label={[label, ": ", title].concat()}
                onclick={act.reform(move |_: MouseEvent| ChartMsg::Enlarge(next))}
            >
                {icon(&path)}
            </button>
        </div>
    }
}

/// Of which node the chart is.
fn of_whom(run: &Run, place: usize, id: &ChartId, act: &Callback<ChartMsg>) -> Option<Html> {
    let nodes = view::chart_nodes(&run.session, id.kind);
    if nodes.len() < 2 && id.of.is_none() {
        return None;
    }
    let is_of = |node: &str| id.of.as_ref().is_some_and(|of| of.as_str() == node);
    let onchange = answering(act, move |event: Event| {
        let select = event.target_dyn_into::<HtmlSelectElement>()?;
        // Nothing is chosen: the browser says −1.
        let node = usize::try_from(select.selected_index()).ok()?;
        Some(ChartMsg::Of(place, node))
    });
    Some(html! {
        <select aria-label={words::OF_WHOM} data-testid={numbered("of", place)} {onchange}>
            {option(words::WHOLE_SYSTEM, None, id.of.is_none())}
            for node in nodes {
                {option(view::name::of_id(&run.session, node), None, is_of(node))}
            }
        </select>
    })
}

/// Keys in a chart move the crosshair; Enter asks for the trace where it stands.
fn nudge(key: &KeyboardEvent, place: usize) -> Option<ChartMsg> {
    let far = if key.shift_key() { 10.0 } else { 1.0 };
    let steps = match key.key().as_str() {
        "Enter" => return Some(ChartMsg::Ask(place, None)),
        "ArrowLeft" => -far,
        "ArrowRight" => far,
        "Home" => f64::NEG_INFINITY,
        "End" => f64::INFINITY,
        _ => return None,
    };
    Some(ChartMsg::Nudge(place, steps))
}

/// Where the pointer is in a chart.
fn point(mouse: &MouseEvent) -> Point {
    Point { x: mouse.offset_x() as f32, y: mouse.offset_y() as f32 }
}

/// The name by which tests find a part of a chart: what it is, and the number of the chart.
fn numbered(name: &str, place: usize) -> String {
    [name, " ", &(place + 1).to_string()].concat()
}
