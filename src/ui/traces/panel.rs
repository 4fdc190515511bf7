//! Traces on the page: the lists, one as a waterfall, its numbers as a table, the buttons that save files.

use wasm_bindgen::JsCast;
use web_sys::{Element, Event, KeyboardEvent, PointerEvent};
use yew::Callback;
use yew::virtual_dom::ListenerKind;

use super::{FILES, File, Moment, TraceMsg, Traces, WATERFALL};
use crate::session::Lane;
use crate::ui::app::App;
use crate::ui::dom::{El, el, target};
use crate::ui::figure::table;
use crate::ui::msg::Msg;
use crate::ui::run::Run;
use crate::ui::words;
use crate::view::{self, TraceRow, Which};

/// The panel.
pub fn panel(app: &App, run: &Run) -> El {
    let (traces, send) = (&app.traces, &app.send);
    let summary = el("summary", &[]).text(words::TRACES);
    let opened = || {
        el("div", &[("class", "traces")])
            .add(lists(traces, run, send))
            .add(list(traces, send))
            .maybe(
                run.session.lanes().get(traces.lane).map(|lane| el("p", &[]).say(view::trace_sample(lane))),
            )
            .maybe(chosen(app, run))
            .add(files(words::SAVE_ALL, 2, send))
    };
    el("details", &[("class", "panel"), ("data-testid", "traces")])
        .flag("open", traces.open)
        .on(ListenerKind::ontoggle, send, 0, |event, _| {
            Some(Msg::Trace(TraceMsg::Open(target::<Element>(event)?.has_attribute("open"))))
        })
        .add(summary)
        .maybe(traces.open.then(opened))
}

/// Which lane, which list.
fn lists(traces: &Traces, run: &Run, send: &Callback<Msg>) -> El {
    let lanes = run.session.lanes();
    let lane = |(at, lane): (usize, &Lane)| {
        el("button", &[])
            .state("aria-pressed", at == traces.lane)
            .test("trace lane", at + 1)
            .on(ListenerKind::onclick, send, at, |_, at| Some(Msg::Trace(TraceMsg::Lane(at))))
            .say(lane.label().to_owned())
    };
    let tab = |(at, which): (usize, &Which)| {
        el("button", &[])
            .state("aria-pressed", at == traces.tab)
            .test("trace list", at + 1)
            .on(ListenerKind::onclick, send, at, |_, at| Some(Msg::Trace(TraceMsg::Tab(at))))
            .text(view::trace_tab(*which))
    };
    let group =
        |name: &'static str| el("div", &[("class", "tabs"), ("role", "group")]).put("aria-label", name);
    let lanes =
        (lanes.len() > 1).then(|| group(words::TRACE_VARIANT).all(lanes.iter().enumerate().map(lane)));
    el("div", &[("class", "bar")])
        .maybe(lanes)
        .add(group(words::TRACES).all(Which::ALL.iter().enumerate().map(tab)))
}

/// The list; a trace is chosen by its button.
fn list(traces: &Traces, send: &Callback<Msg>) -> El {
    let head = words::TRACE_HEADS.iter().map(|head| el("th", &[("scope", "col")]).text(head));
    let shown = traces.chosen.as_ref().map(|(lane, trace)| (*lane, trace.request()));
    let row = |(at, row): (usize, &TraceRow)| {
        let button = el("button", &[])
            .state("aria-pressed", shown == Some((traces.lane, row.request)))
            .test("trace", at + 1)
            .on(ListenerKind::onclick, send, at, |_, at| Some(Msg::Trace(TraceMsg::Choose(at))))
            .say(row.id.clone());
        let cell = |text: String| el("td", &[]).say(text);
        el("tr", &[])
            .key(at)
            .add(el("td", &[]).add(button))
            .add(cell(row.client.clone()))
            .add(el("td", &[]).put("data-ink", if row.bad { "failed" } else { "good" }).text(row.outcome))
            .add(cell(row.takes.clone()))
            .add(cell(row.again.to_string()))
            .add(cell(row.when.clone()))
    };
    let hold = |kind, held: usize, of: El| {
        of.on(kind, send, held, |_, held| Some(Msg::Trace(TraceMsg::Hold(held == 1))))
    };
    let mut holder = el("div", &[("class", "scroll"), ("tabindex", "0"), ("role", "region")])
        .put("aria-label", words::TRACES);
    for (kind, held) in [
        (ListenerKind::onpointerenter, 1),
        (ListenerKind::onpointerleave, 0),
        (ListenerKind::onfocusin, 1),
        (ListenerKind::onfocusout, 0),
    ] {
        holder = hold(kind, held, holder);
    }
    let none = traces.list.is_empty().then(|| el("p", &[]).text(words::NO_TRACES));
    holder
        .add(
            el("table", &[("class", "list")])
                .add(el("thead", &[]).add(el("tr", &[]).all(head)))
                .add(el("tbody", &[]).all(traces.list.iter().enumerate().map(row))),
        )
        .maybe(none)
}

/// The chosen trace: waterfall, words, table, files.
fn chosen(app: &App, run: &Run) -> Option<El> {
    let (traces, send) = (&app.traces, &app.send);
    let (at, trace) = traces.chosen.as_ref()?;
    let (lane, now) = (run.session.lanes().get(*at)?, run.session.now());
    let row = view::trace_row(lane, trace);
    let title = [words::TRACE, &row.id, ", ", &row.client, ", ", row.outcome, ", ", &row.takes].concat();
    let height = view::waterfall_height(lane.plan(), trace, now) as f32 * app.pictures.larger();
    let height = ["height: ", &(height as u32).to_string(), "px"].concat();
    let canvas = el("canvas", &[("role", "img"), ("tabindex", "0"), ("data-testid", "waterfall")])
        .put("id", WATERFALL)
        .node(&app.pictures.waterfall.node)
        .put("aria-label", title.clone())
        .put("style", height)
        .on(ListenerKind::onkeydown, send, 0, keys)
        .on(ListenerKind::onpointermove, send, 0, |event, _| {
            let y = event.dyn_ref::<PointerEvent>()?.offset_y();
            Some(Msg::Trace(TraceMsg::Hover(Some(y))))
        })
        .on(ListenerKind::onpointerleave, send, 0, |_, _| Some(Msg::Trace(TraceMsg::Hover(None))));
    let said = match traces.options.row {
        Some(row) => view::waterfall_words(lane.plan(), trace, row, now),
        None if trace.cut() => words::TRACE_CUT.to_owned(),
        None => String::new(),
    };
    let details = el("details", &[("data-testid", "waterfall table")])
        .on(ListenerKind::ontoggle, send, 0, |event, _| {
            Some(Msg::Trace(TraceMsg::Table(target::<Element>(event)?.has_attribute("open"))))
        })
        .add(el("summary", &[]).text(words::TABLE))
        .maybe(traces.table.then(|| table(view::waterfall_table(lane.plan(), trace, now))));
    let here = traces.now(run).map(|trace| view::trace_here(lane, &trace)).unwrap_or_default();
    let whole = el("section", &[("class", "trace")]).put("aria-label", title.clone());
    Some(
        whole
            .add(el("h3", &[]).say(title))
            .add(moments(trace.ended().is_some(), send))
            .add(el("p", &[("class", "here"), ("data-testid", "trace here")]).say(here))
            .add(canvas)
            .add(el("p", &[("role", "status"), ("data-testid", "waterfall row")]).say(said))
            .add(details)
            .add(files(words::SAVE_ONE, 0, send)),
    )
}

/// Buttons that lead to the stage, at the moment when the request began or ended.
fn moments(ended: bool, send: &Callback<Msg>) -> El {
    let button = |(at, label): (usize, &&'static str)| {
        el("button", &[])
            .test("moment", at + 1)
            .on(ListenerKind::onclick, send, at, |_, at| {
                Some(Msg::Trace(TraceMsg::GoTo([Moment::Began, Moment::Ended][at])))
            })
            .text(label)
    };
    let labels = [words::TO_BEGIN, words::TO_END_OF_IT];
    el("div", &[("class", "bar"), ("role", "group"), ("aria-label", words::ON_STAGE)])
        .add(el("span", &[]).text(words::ON_STAGE))
        .all(labels.iter().take(1 + usize::from(ended)).enumerate().map(button))
}

/// Arrow keys in the waterfall go from row to row; Enter goes to the moment when that began.
fn keys(event: &Event, _: usize) -> Option<Msg> {
    let msg = match event.dyn_ref::<KeyboardEvent>()?.key().as_str() {
        "ArrowDown" => TraceMsg::Row(1),
        "ArrowUp" => TraceMsg::Row(-1),
        "PageDown" => TraceMsg::Row(10),
        "PageUp" => TraceMsg::Row(-10),
        "Home" => TraceMsg::First,
        "End" => TraceMsg::Last,
        "Enter" => TraceMsg::GoTo(Moment::Row),
        _ => return None,
    };
    event.prevent_default();
    Some(Msg::Trace(msg))
}

/// Two buttons that save files, from the n-th on.
fn files(name: &'static str, from: usize, send: &Callback<Msg>) -> El {
    let button = |(at, (label, ..)): (usize, &File)| {
        el("button", &[])
            .test("save", from + at + 1)
            .on(ListenerKind::onclick, send, from + at, |_, at| Some(Msg::Trace(TraceMsg::Save(at))))
            .text(label)
    };
    el("div", &[("class", "bar"), ("role", "group")])
        .put("aria-label", name)
        .add(el("span", &[]).text(name))
        .all(FILES[from..from + 2].iter().enumerate().map(button))
}
