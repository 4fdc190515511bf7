//! Charts of the page: which are shown, one large, their tables, their files, and one crosshair for all.

mod panel;

use wasm_bindgen::JsCast;
use web_sys::{HtmlCanvasElement, HtmlElement};

pub use panel::charts;

use super::app::{App, Content};
use super::browser::{remember, remembered, window};
use super::download;
use super::painter::Painter;
use super::pictures::Pictures;
use super::run::Run;
use super::traces::{TraceMsg, Traces};
use crate::session::Session;
use crate::view::chart::ChartData;
use crate::view::{self, ChartId, ChartKind, Meant, Point, Size, Sketch};

/// Charts of single nodes are shown at most so many at a time; one more takes the place of the first.
const NODES: usize = 3;

/// Places for charts: one for each kind of the whole system, then those of single nodes.
pub const PLACES: usize = ChartKind::ALL.len() + NODES;

/// Under this name the chosen charts are remembered.
const REMEMBERED: &str = "charts";

/// A picture for a file has so many pixels to a pixel of the page.
const FILE_SCALE: f64 = 2.0;

/// What happens to charts. Numbers are places, points count pixels of the page from the chart's corner.
#[derive(Debug)]
pub enum ChartMsg {
    /// The pointer is at this point of a chart; none: it has left.
    Cross(usize, Option<Point>),
    /// A key moves the crosshair by so many steps; infinite: to an end. From which chart.
    Nudge(usize, f64),
    /// Show the trace that is nearest to a point of a chart; none: to where the crosshair stands.
    Ask(usize, Option<Point>),
    /// The table was opened or closed.
    Table(usize, bool),
    /// Show this chart, or do not.
    Choose(usize, bool),
    /// Open this chart.
    Open(ChartId),
    /// Show the same of another node, by its place in the list; 0: of the whole system.
    Of(usize, usize),
    /// Make it large, or none.
    Enlarge(Option<usize>),
    /// Save it.
    Save(usize, Form),
}

/// The form of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// The picture in pixels.
    Png,
    /// The picture as shapes.
    Svg,
    /// The values.
    Csv,
}

const FORMS: [(Form, &str); 3] = [(Form::Png, "PNG"), (Form::Svg, "SVG"), (Form::Csv, "CSV")];

/// What is known of the charts.
pub struct Charts {
    /// What a person chose, by kind; none: what suits the scenario.
    chosen: Option<[bool; ChartKind::ALL.len()]>,
    /// Charts of single nodes.
    nodes: [Option<ChartId>; NODES],
    /// Which tables are open.
    tables: [bool; PLACES],
    /// Which chart is large.
    large: Option<usize>,
    /// Where the crosshair is, in simulated seconds.
    pub cross: Option<f64>,
    /// In which chart a key moved it last.
    spoken: Option<usize>,
    /// Which chart is to have the focus as soon as it is there.
    focus: Option<usize>,
}

impl Charts {
    /// As they were chosen on an earlier visit.
    pub fn remembered() -> Charts {
        let chosen = remembered(REMEMBERED);
        let chosen =
            chosen.map(|words| ChartKind::ALL.map(|kind| words.split(' ').any(|word| word == kind.key())));
        let tables = [false; PLACES];
        Charts {
            chosen,
            nodes: [const { None }; NODES],
            tables,
            large: None,
            cross: None,
            spoken: None,
            focus: None,
        }
    }

    /// Another run begins.
    pub fn forget(&mut self) {
        (self.cross, self.spoken, self.large) = (None, None, None);
        self.nodes = [const { None }; NODES];
    }

    /// The chart at a place.
    pub fn id(&self, place: usize) -> Option<ChartId> {
        if place < ChartKind::ALL.len() {
            return ChartKind::ALL.get(place).map(|kind| ChartId::from(*kind));
        }
        self.nodes.get(place - ChartKind::ALL.len())?.clone()
    }

    /// The places of the charts that are shown.
    fn shown(&self, session: &Session) -> Vec<usize> {
        let offered = view::offered(session);
        let suits = |kind: &ChartKind| {
            let telling = [ChartKind::Breakers, ChartKind::Lag, ChartKind::Staleness];
            ChartKind::FIRST.contains(kind) || telling.contains(kind)
        };
        let wanted = |(at, kind): &(usize, ChartKind)| {
            offered.contains(kind) && self.chosen.map_or_else(|| suits(kind), |chosen| chosen[*at])
        };
        let kinds = ChartKind::ALL.into_iter().enumerate().filter(wanted).map(|(at, _)| at);
        let nodes = (0..NODES).filter(|at| {
            let id = self.nodes[*at].as_ref();
            let node = id.and_then(|id| Some((id.kind, id.of.as_ref()?)));
            node.is_some_and(|(kind, node)| view::chart_nodes(session, kind).contains(&node.as_str()))
        });
        kinds.chain(nodes.map(|at| ChartKind::ALL.len() + at)).collect()
    }

    /// Opens a chart; what is shown already becomes large.
    fn open(&mut self, id: ChartId, session: &Session) {
        let place = match &id.of {
            None => ChartKind::ALL.iter().position(|kind| *kind == id.kind),
            Some(_) => {
                let known = self.nodes.iter().position(|node| node.as_ref() == Some(&id));
                let free = || self.nodes.iter().position(Option::is_none).unwrap_or(0);
                let at = known.unwrap_or_else(free);
                self.nodes[at] = Some(id);
                Some(ChartKind::ALL.len() + at)
            }
        };
        let Some(place) = place else { return };
        self.choose(place, true, session);
        (self.large, self.focus) = (Some(place), Some(place));
    }

    /// Gives the focus to a chart that was opened, now that the page has it.
    pub fn show(&mut self, pictures: &Pictures) {
        let canvas =
            self.focus.take().and_then(|place| pictures.charts.get(place)?.node.cast::<HtmlElement>());
        if let Some(canvas) = canvas {
            // A page that refuses the focus has lost nothing else.
            let _ = canvas.focus();
        }
    }

    fn choose(&mut self, place: usize, on: bool, session: &Session) {
        if self.large == Some(place) && !on {
            self.large = None;
        }
        if let Some(node) = place.checked_sub(ChartKind::ALL.len()) {
            if !on {
                self.nodes[node] = None;
            }
            return;
        }
        let shown = self.shown(session);
        let mut chosen = self.chosen.unwrap_or_else(|| std::array::from_fn(|at| shown.contains(&at)));
        if chosen[place] != on {
            chosen[place] = on;
            self.chosen = Some(chosen);
            let words = ChartKind::ALL.iter().zip(chosen).filter(|(_, on)| *on).map(|(kind, _)| kind.key());
            remember(REMEMBERED, &words.collect::<Vec<_>>().join(" "));
        }
    }
}

impl App {
    /// Answers what happens to charts; true if the page has to be written anew.
    pub(super) fn chart(&mut self, msg: ChartMsg) -> bool {
        let Content::Running(run) = &self.content else { return false };
        let (charts, session) = (&mut self.charts, &run.session);
        let written = match msg {
            // The crosshair is only painted: the page need not be written anew.
            ChartMsg::Cross(place, at) => {
                let width = self.pictures.charts[place].size().map_or(1.0, |size| size.w);
                let larger = self.pictures.larger();
                charts.cross = at.map(|at| view::instant_at(session, width, at.over(larger).x));
                charts.spoken.take().is_some()
            }
            ChartMsg::Nudge(place, steps) => {
                charts.cross = Some(view::nudged(session, charts.cross, steps));
                charts.spoken = Some(place);
                true
            }
            ChartMsg::Table(place, open) => {
                charts.tables[place] = open;
                true
            }
            ChartMsg::Ask(place, at) => return self.trace(TraceMsg::Near(self.meant(place, at))),
            ChartMsg::Choose(place, on) => {
                charts.choose(place, on, session);
                true
            }
            ChartMsg::Open(id) => {
                charts.open(id, session);
                true
            }
            ChartMsg::Of(place, node) => {
                let Some(id) = charts.id(place) else { return false };
                let other = match node.checked_sub(1) {
                    None => ChartId::from(id.kind),
                    Some(at) => match view::chart_nodes(session, id.kind).get(at) {
                        Some(node) => ChartId::of_node(id.kind, node),
                        None => return false,
                    },
                };
                charts.open(other, session);
                true
            }
            ChartMsg::Enlarge(place) => {
                charts.large = place;
                true
            }
            ChartMsg::Save(place, form) => {
                self.save_chart(place, form);
                return false;
            }
        };
        self.pictures.stale = true;
        written
    }

    /// What is meant by a point of a chart, or where the crosshair stands.
    fn meant(&self, place: usize, at: Option<Point>) -> Vec<Meant> {
        let (Content::Running(run), Some(id)) = (&self.content, self.charts.id(place)) else {
            return Vec::new();
        };
        match (at, self.pictures.charts[place].size()) {
            (None, _) => view::meant_at(&run.session, &run.shown(), &id, self.charts.cross),
            (Some(at), Some(size)) => {
                let at = at.over(self.pictures.larger());
                let data = contents(run, &id, &self.traces);
                view::meant_under(&run.session, &run.shown(), &id, &data, (size, at))
            }
            (Some(_), None) => Vec::new(),
        }
    }

    /// Saves a chart as it stands.
    fn save_chart(&self, place: usize, form: Form) {
        let (Content::Running(run), Some(id)) = (&self.content, self.charts.id(place)) else { return };
        let data = contents(run, &id, &self.traces);
        let name = |ending: &str| ["cascade-", &id.file(), ending].concat();
        if form == Form::Csv {
            return download::save_text(&name(".csv"), "text/csv;charset=utf-8", &view::csv(&data));
        }
        let Some(size) = self.pictures.charts.get(place).and_then(|surface| surface.size()) else { return };
        let mut sketch = Sketch::new();
        view::chart_picture(&mut sketch, &data, size, self.charts.cross);
        if form == Form::Svg {
            let text = view::svg(&sketch, size, self.colours);
            return download::save_text(&name(".svg"), "image/svg+xml", &text);
        }
        if let Some(canvas) = painted(&sketch, size, self.colours) {
            download::save_canvas(&name(".png"), &canvas);
        }
    }
}

/// What a chart shows, with the trace that is shown elsewhere.
pub fn contents(run: &Run, id: &ChartId, traces: &Traces) -> ChartData {
    let mut data = view::chart_data(&run.session, &run.shown(), id);
    traces.mark(run, id, &mut data);
    data
}

/// A canvas of its own with a sketch on it; none where the browser refuses one.
fn painted(sketch: &Sketch, size: Size, theme: view::Theme) -> Option<HtmlCanvasElement> {
    let canvas = window().document()?.create_element("canvas").ok()?.dyn_into::<HtmlCanvasElement>().ok()?;
    canvas.set_width((f64::from(size.w) * FILE_SCALE) as u32);
    canvas.set_height((f64::from(size.h) * FILE_SCALE) as u32);
    let context = canvas.get_context("2d").ok()??.dyn_into().ok()?;
    Painter::new(theme, FILE_SCALE).paint(&context, size.w.into(), size.h.into(), sketch);
    Some(canvas)
}
