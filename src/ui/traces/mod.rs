//! Traces under the charts: which lists and which trace are shown, and the ways between a trace, the stage and the charts.

mod panel;

use std::sync::Arc;

pub use panel::panel;

use super::app::{App, Content};
use super::download::save_text;
use super::figure::FIGURE;
use super::run::Run;
use super::surface::Surface;
use super::words;
use crate::base::SimTime;
use crate::session::Lane;
use crate::view::chart::ChartData;
use crate::view::{self, ChartId, Meant, Trace, TracePlace, TraceRow, WaterfallOptions, Which};

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
    /// Show the waterfall of the trace that is nearest to what is meant in a chart.
    Near(Vec<Meant>),
    /// Show the stage at a moment of the trace.
    GoTo(Moment),
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

/// A moment of a trace.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Moment {
    /// When the request was offered.
    Began,
    /// When it ended.
    Ended,
    /// When the row began that the keyboard or the pointer is at.
    Row,
}

/// The id of the waterfall.
const WATERFALL: &str = "waterfall";

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
    /// Another run begins, or other lanes are there.
    pub fn forget(&mut self) {
        *self = Traces { open: self.open, ..Traces::default() };
    }

    /// The trace that is shown, and whose it is.
    fn shown(&self) -> Option<(usize, &Arc<Trace>)> {
        self.chosen.as_ref().filter(|_| self.open).map(|(lane, trace)| (*lane, trace))
    }

    /// The trace that is shown, as it is at this very instant; none where it is no longer kept.
    fn now(&self, run: &Run) -> Option<Arc<Trace>> {
        let (lane, trace) = self.shown()?;
        view::trace(run.session.lanes().get(lane)?, trace.request())
    }

    /// Where the request of the trace that is shown is on the stage of the n-th lane.
    pub fn places(&self, run: &Run, lane: usize) -> Vec<TracePlace> {
        let own = self.shown().is_some_and(|(own, _)| own == lane);
        let trace = self.now(run).filter(|_| own);
        let places = trace.and_then(|trace| Some(view::trace_places(run.session.lanes().get(lane)?, &trace)));
        places.unwrap_or_default()
    }

    /// Marks the trace that is shown in the contents of a chart.
    pub fn mark(&self, run: &Run, id: &ChartId, data: &mut ChartData) {
        if let Some((lane, trace)) = self.shown() {
            view::mark_trace(data, &run.session, &run.shown(), id, (lane, trace));
        }
    }

    /// When a moment of the trace that is shown is, or was.
    fn moment(&self, run: &Run, moment: Moment) -> Option<SimTime> {
        let (lane, trace) = self.shown()?;
        match moment {
            Moment::Began => Some(trace.offered()),
            Moment::Ended => trace.ended().map(|(at, _)| at),
            Moment::Row => {
                let plan = run.session.lanes().get(lane)?.plan();
                view::waterfall_moment(plan, trace, self.options.row?, run.session.now())
            }
        }
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
        let lanes = run.session.lanes();
        // On the way to a moment, what matters is what is there then.
        let now = run.session.going().map_or(run.session.now(), |(to, _)| to);
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
        let Content::Running(run) = &mut self.content else { return false };
        let traces = &mut self.traces;
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
                let of = run.session.lanes().get(lane);
                let request = of.and_then(|lane| view::trace_of_message(lane, message));
                traces.choose(run, lane, request);
            }
            TraceMsg::Near(meant) => {
                let Some((lane, request)) = view::trace_near(&run.session, &meant) else { return false };
                traces.choose(run, lane, Some(request));
                self.inspector.wants_focus = Some(WATERFALL.to_owned());
            }
            TraceMsg::GoTo(moment) => {
                let Some(at) = traces.moment(run, moment) else { return false };
                run.session.set_playing(false);
                run.session.go_to(at);
                self.inspector.wants_focus = Some(FIGURE.to_owned());
                self.stand();
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
