//! Traces under the charts: which list and which trace are shown, and what they say of a moment.

use std::sync::Arc;

use crate::base::SimTime;
use crate::session::Run;
use crate::session::VariantRun;
use crate::ui::model::side::Side;
use crate::view::charts::ChartData;
use crate::view::{self, ChartId, Size, Trace, TracePlace, TraceRow, WaterfallOptions, Which};

/// While time passes, the list is brought up to date this often, in milliseconds: it has to be read.
const LIST_MS: f64 = 1000.0;

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

/// A form in which traces are saved.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// As OpenTelemetry exports them.
    Otlp,
    /// As Chrome and Perfetto read them.
    Chrome,
}

impl Form {
    /// All of them.
    pub const ALL: [Form; 2] = [Form::Otlp, Form::Chrome];
}

/// Which traces are saved.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Saved {
    /// The chosen one.
    Chosen,
    /// All that are listed.
    Listed,
}

/// What the panel shows.
pub struct Traces {
    /// It is open.
    pub open: bool,
    /// Of which variant it lists traces.
    pub side: Side,
    /// Which of them.
    pub which: Which,
    /// The list.
    pub list: Vec<TraceRow>,
    /// The pointer or the focus is in the list: meanwhile it stands still.
    pub held: bool,
    /// When the list was last brought up to date, in the display's milliseconds.
    told: f64,
    /// The trace that is shown, as it was when it was last to be had, and whose it is.
    pub chosen: Option<(Side, Arc<Trace>)>,
    /// Up to when it is known, and how often the run had taken another future then: going back in time forgets nothing
    /// of it.
    known: (SimTime, u32),
    /// How its waterfall is looked at.
    pub options: WaterfallOptions,
    /// Its table is open.
    pub table: bool,
}

impl Default for Traces {
    /// Closed.
    fn default() -> Traces {
        Traces {
            open: false,
            side: Side::A,
            which: Which::ALL[0],
            list: Vec::new(),
            held: false,
            told: 0.0,
            chosen: None,
            known: (SimTime::ZERO, 0),
            options: WaterfallOptions::default(),
            table: false,
        }
    }
}

impl Traces {
    /// Another run begins, or other variants are there.
    pub fn forget(&mut self) {
        *self = Traces { open: self.open, ..Traces::default() };
    }

    /// The trace that is shown, and whose it is.
    fn shown(&self) -> Option<(Side, &Arc<Trace>)> {
        self.chosen.as_ref().filter(|_| self.open).map(|(side, trace)| (*side, trace))
    }

    /// The trace that is shown, as it is at this very instant; none where it is no longer kept.
    pub fn now(&self, run: &Run) -> Option<Arc<Trace>> {
        let (side, trace) = self.shown()?;
        view::trace(variant(run, side)?, trace.request())
    }

    /// Where the request of the trace that is shown is on a stage.
    pub fn places(&self, run: &Run, side: Side) -> Vec<TracePlace> {
        let own = self.shown().is_some_and(|(own, _)| own == side);
        let trace = self.now(run).filter(|_| own);
        let places = trace.and_then(|trace| Some(view::trace_places(variant(run, side)?, &trace)));
        places.unwrap_or_default()
    }

    /// What a chart shows, with the trace that is shown marked in it.
    pub fn chart(&self, run: &Run, id: &ChartId) -> ChartData {
        let mut data = view::chart_data(&run.session, &run.shown_variants(), id);
        if let Some((side, trace)) = self.shown() {
            view::mark_trace(&mut data, &run.session, &run.shown_variants(), id, (side.at(), trace));
        }
        data
    }

    /// When a moment of the trace that is shown is, or was.
    pub fn moment(&self, run: &Run, moment: Moment) -> Option<SimTime> {
        let (side, trace) = self.shown()?;
        match moment {
            Moment::Began => Some(trace.offered()),
            Moment::Ended => trace.ended().map(|(at, _)| at),
            Moment::Row => {
                let plan = variant(run, side)?.plan();
                view::waterfall_moment(plan, trace, self.options.row?, self.known(run))
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
        // On the way to a moment, what matters is what is there then.
        let now = run.session.going().map_or(run.session.now(), |(to, _)| to);
        // One that is no longer kept stays as it was; one that is not yet, after time went back, goes.
        self.chosen.take_if(|(side, trace)| variant(run, *side).is_none() || trace.offered() > now);
        // What came of it is known, though time went back to when it began, unless the future is another now.
        let reached = (run.session.now(), run.session.futures());
        if reached.1 == self.known.1 && reached.0 < self.known.0 {
            return;
        }
        if let Some((side, trace)) = &mut self.chosen
            && let Some(newer) = variant(run, *side).and_then(|variant| view::trace(variant, trace.request()))
        {
            (*trace, self.known) = (newer, reached);
        }
    }

    /// Up to when the trace that is shown is known: the present, or later where time went back since.
    pub fn known(&self, run: &Run) -> SimTime {
        let (now, futures) = (run.session.now(), run.session.futures());
        if futures == self.known.1 { now.max(self.known.0) } else { now }
    }

    /// Brings the list up to date.
    pub fn list_again(&mut self, run: &Run) {
        if variant(run, self.side).is_none() {
            self.side = Side::A;
        }
        let listed = variant(run, self.side);
        self.list = listed.map_or(Vec::new(), |variant| view::trace_list(variant, self.which));
    }

    /// Shows the trace of a request; true if it is to be had.
    pub fn choose(&mut self, run: &Run, side: Side, request: u64) -> bool {
        let Some(trace) = variant(run, side).and_then(|variant| view::trace(variant, request)) else {
            return false;
        };
        self.options = WaterfallOptions::default();
        self.chosen = Some((side, trace));
        self.known = (run.session.now(), run.session.futures());
        let was_open = std::mem::replace(&mut self.open, true);
        if std::mem::replace(&mut self.side, side) != side || !was_open {
            self.list_again(run);
        }
        true
    }

    /// Moves to a row of a waterfall of this size, and shows it where not all fit. `to` tells the row from the one that
    /// it is at (−1 for none) and the last one.
    pub fn go(&mut self, run: &Run, size: Size, to: impl Fn(isize, isize) -> isize) {
        let Some((side, trace)) = &self.chosen else { return };
        let Some(variant) = variant(run, *side) else { return };
        let (plan, now) = (variant.plan(), self.known(run));
        let last = view::waterfall_rows(plan, trace, now) as isize - 1;
        let row = to(self.options.row.map_or(-1, |row| row as isize), last).clamp(0, last.max(0)) as usize;
        let fits = view::waterfall_fitting(plan, trace, now, size);
        let first = self.options.first.min(row).max((row + 1).saturating_sub(fits));
        self.options = WaterfallOptions { first, row: Some(row), ..self.options };
    }

    /// The row at a height of a waterfall of this size.
    pub fn row_at(&self, run: &Run, size: Size, y: f32) -> Option<usize> {
        let (side, trace) = self.chosen.as_ref()?;
        let variant = variant(run, *side)?;
        view::waterfall_row_at(variant.plan(), trace, self.known(run), size, &self.options, y)
    }

    /// The traces in a file: its name, and its text.
    pub fn file(&self, run: &Run, saved: Saved, form: Form) -> Option<(String, String)> {
        let (ending, write): (_, fn(&VariantRun, Option<&Trace>) -> String) = match form {
            Form::Otlp => (".otlp.json", view::trace_otlp),
            Form::Chrome => (".chrome.json", view::trace_chrome),
        };
        let chosen = self.chosen.as_ref().filter(|_| saved == Saved::Chosen);
        let name = match chosen {
            Some((_, trace)) => ["trace-", &trace.request().to_string(), ending].concat(),
            None => ["traces", ending].concat(),
        };
        let side = chosen.map_or(self.side, |(side, _)| *side);
        Some((name, write(variant(run, side)?, chosen.map(|(_, trace)| &**trace))))
    }
}

/// The variant on a side, if there is one.
fn variant(run: &Run, side: Side) -> Option<&VariantRun> {
    run.session.variants().get(side.at())
}
