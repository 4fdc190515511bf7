//! Traces under the charts: lists of them, one as a waterfall, its numbers as a table, files of them.

use std::sync::Arc;

use wasm_bindgen::JsCast;
use web_sys::{Element, Event, KeyboardEvent, PointerEvent};
use yew::Callback;
use yew::virtual_dom::ListenerKind;

use super::app::{App, Content};
use super::dom::{El, el, target};
use super::download::save_text;
use super::figure::table;
use super::msg::Msg;
use super::run::Run;
use super::surface::Surface;
use super::words;
use crate::base::{SimDuration, SimTime};
use crate::session::Lane;
use crate::view::{self, Trace, TraceRow, WaterfallOptions, Which};

/// While time passes, the list is brought up to date this often, in milliseconds: it has to be read.
const LIST_MS: f64 = 1000.0;

/// What can happen to the traces.
#[derive(Debug)]
pub enum TraceMsg {
    /// The panel was opened or closed.
    Open(bool),
    /// Show the lists of the n-th lane.
    Lane(usize),
    /// Show the n-th list.
    Tab(usize),
    /// The pointer or the focus is in the list, or has left it: meanwhile it stands still.
    Hold(bool),
    /// Show the waterfall of the n-th trace of the list.
    Choose(usize),
    /// Show the waterfall of the trace to which this message on the stage of the n-th lane belongs.
    OfMessage(usize, u64),
    /// Show the waterfall of the trace nearest to a point of the latency chart of the n-th lane.
    #[expect(dead_code, reason = "for clicks in the chart")]
    Near(usize, SimTime, SimDuration),
    /// The pointer is at this height of the waterfall, or has left it.
    Hover(Option<i32>),
    /// So many rows down, or up.
    Row(isize),
    /// The first row.
    First,
    /// The last row.
    Last,
    /// The waterfall's table was opened or closed.
    Table(bool),
    /// Save the n-th of [`FILES`].
    Save(usize),
}

/// Files that can be saved: their button, whether of all traces on a list or of the chosen one, what the name ends in,
/// and who writes them.
type File = (&'static str, bool, &'static str, fn(&Lane, Option<&Trace>) -> String);
const FILES: [File; 4] = [
    (words::SAVE_OTLP, false, ".otlp.json", view::trace_otlp),
    (words::SAVE_CHROME, false, ".chrome.json", view::trace_chrome),
    (words::SAVE_OTLP, true, ".otlp.json", view::trace_otlp),
    (words::SAVE_CHROME, true, ".chrome.json", view::trace_chrome),
];

/// What the panel shows.
#[derive(Default)]
pub struct Traces {
    open: bool,
    lane: usize,
    tab: usize,
    list: Vec<TraceRow>,
    held: bool,
    /// When the list was last brought up to date, in the display's milliseconds.
    told: f64,
    /// The trace that is shown, as it was when it was last to be had, and whose it is.
    chosen: Option<(usize, Arc<Trace>)>,
    options: WaterfallOptions,
    table: bool,
}

impl Traces {
    /// Another run begins.
    pub fn forget(&mut self) {
        *self = Traces { open: self.open, ..Traces::default() };
    }

    /// The lane and the request of the trace that is shown, to mark it elsewhere.
    #[expect(dead_code, reason = "for the stage and the latency chart")]
    pub fn chosen(&self) -> Option<(usize, u64)> {
        self.chosen.as_ref().filter(|_| self.open).map(|(lane, trace)| (*lane, trace.request()))
    }

    /// Brings list and trace up to date. While time passes (at so many of the display's milliseconds) the list stands
    /// still while somebody is at it, and for a while.
    pub fn look(&mut self, run: &Run, at: Option<f64>) {
        if !self.open {
            return;
        }
        if at.is_none_or(|at| !self.held && at - self.told >= LIST_MS) {
            self.told = at.unwrap_or(self.told);
            self.list_again(run);
        }
        let (lanes, now) = (run.session.lanes(), run.session.now());
        // One that is no longer kept stays as it was; one that is not yet, after time went back, goes.
        self.chosen.take_if(|(lane, trace)| *lane >= lanes.len() || trace.offered() > now);
        if let Some((lane, trace)) = &mut self.chosen
            && let Some(newer) = view::trace(&lanes[*lane], trace.request())
        {
            *trace = newer;
        }
    }

    fn list_again(&mut self, run: &Run) {
        let lanes = run.session.lanes();
        self.lane = self.lane.min(lanes.len().saturating_sub(1));
        let lane = lanes.get(self.lane);
        self.list = lane.map_or(Vec::new(), |lane| view::trace_list(lane, Which::ALL[self.tab]));
    }

    /// Paints the waterfall.
    pub fn paint(&self, run: &Run, surface: &mut Surface) {
        let (Some((lane, trace)), Some(size)) = (&self.chosen, surface.size()) else { return };
        let Some(lane) = run.session.lanes().get(*lane) else { return };
        let now = run.session.now();
        view::waterfall(&mut surface.sketch, lane.plan(), trace, now, size, &self.options);
    }

    fn choose(&mut self, run: &Run, lane: usize, request: Option<u64>) {
        let trace = || view::trace(run.session.lanes().get(lane)?, request?);
        if let Some(trace) = trace() {
            self.options = WaterfallOptions::default();
            self.chosen = Some((lane, trace));
            if !std::mem::replace(&mut self.open, true) || std::mem::replace(&mut self.lane, lane) != lane {
                self.list_again(run);
            }
        }
    }

    /// Moves to a row, and shows it where not all fit.
    fn go(&mut self, run: &Run, surface: &Surface, to: impl Fn(isize, isize) -> isize) {
        let (Some((lane, trace)), Some(size)) = (&self.chosen, surface.size()) else { return };
        let Some(lane) = run.session.lanes().get(*lane) else { return };
        let (plan, now) = (lane.plan(), run.session.now());
        let last = view::waterfall_rows(plan, trace, now) as isize - 1;
        let row = to(self.options.row.map_or(-1, |row| row as isize), last).clamp(0, last.max(0)) as usize;
        let fits = view::waterfall_fitting(plan, trace, now, size);
        let first = self.options.first.min(row).max((row + 1).saturating_sub(fits));
        self.options = WaterfallOptions { first, row: Some(row) };
    }

    fn save(&self, run: &Run, file: usize) {
        let Some(&(_, all, ending, write)) = FILES.get(file) else { return };
        let one = self.chosen.as_ref().filter(|_| !all);
        let lane = one.map_or(self.lane, |(lane, _)| *lane);
        let Some(lane) = run.session.lanes().get(lane) else { return };
        let name = match one {
            Some((_, trace)) => ["trace-", &trace.request().to_string(), ending].concat(),
            None => ["traces", ending].concat(),
        };
        save_text(&name, "application/json", &write(lane, one.map(|(_, trace)| &**trace)));
    }
}

impl App {
    /// Answers what happens to the traces; true if the page has to be written anew.
    pub(super) fn trace(&mut self, msg: TraceMsg) -> bool {
        let Content::Running(run) = &self.content else { return false };
        let traces = &mut self.traces;
        let lanes = run.session.lanes();
        match msg {
            TraceMsg::Open(open) => {
                traces.open = open;
                traces.look(run, None);
            }
            TraceMsg::Lane(lane) => {
                traces.lane = lane;
                traces.list_again(run);
            }
            TraceMsg::Tab(tab) => {
                traces.tab = tab.min(Which::ALL.len() - 1);
                traces.list_again(run);
            }
            TraceMsg::Hold(held) => {
                traces.held = held;
                return false;
            }
            TraceMsg::Choose(at) => {
                let request = traces.list.get(at).map(|row| row.request);
                traces.choose(run, traces.lane, request);
            }
            TraceMsg::OfMessage(lane, message) => {
                let request = lanes.get(lane).and_then(|lane| view::trace_of_message(lane, message));
                traces.choose(run, lane, request);
            }
            TraceMsg::Near(lane, at, latency) => {
                let request = lanes.get(lane).and_then(|lane| view::trace_near(lane, at, latency));
                traces.choose(run, lane, request);
            }
            TraceMsg::Hover(y) => {
                let before = traces.options.row;
                traces.options.row = y.and_then(|y| {
                    row_at(traces, run, &self.pictures.waterfall, y as f32 / self.pictures.larger())
                });
                if before == traces.options.row {
                    return false;
                }
            }
            TraceMsg::Row(by) => traces.go(run, &self.pictures.waterfall, |row, _| row + by),
            TraceMsg::First => traces.go(run, &self.pictures.waterfall, |_, _| 0),
            TraceMsg::Last => traces.go(run, &self.pictures.waterfall, |_, last| last),
            TraceMsg::Table(open) => traces.table = open,
            TraceMsg::Save(file) => {
                traces.save(run, file);
                return false;
            }
        }
        self.pictures.stale = true;
        true
    }
}

fn row_at(traces: &Traces, run: &Run, surface: &Surface, y: f32) -> Option<usize> {
    let (lane, trace) = traces.chosen.as_ref()?;
    let lane = run.session.lanes().get(*lane)?;
    let now = run.session.now();
    view::waterfall_row_at(lane.plan(), trace, now, surface.size()?, &traces.options, y)
}

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
    let whole = el("section", &[("class", "trace")]).put("aria-label", title.clone());
    Some(
        whole
            .add(el("h3", &[]).say(title))
            .add(canvas)
            .add(el("p", &[("role", "status"), ("data-testid", "waterfall row")]).say(said))
            .add(details)
            .add(files(words::SAVE_ONE, 0, send)),
    )
}

/// Arrow keys in the waterfall go from row to row.
fn keys(event: &Event, _: usize) -> Option<Msg> {
    let msg = match event.dyn_ref::<KeyboardEvent>()?.key().as_str() {
        "ArrowDown" => TraceMsg::Row(1),
        "ArrowUp" => TraceMsg::Row(-1),
        "PageDown" => TraceMsg::Row(10),
        "PageUp" => TraceMsg::Row(-10),
        "Home" => TraceMsg::First,
        "End" => TraceMsg::Last,
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
