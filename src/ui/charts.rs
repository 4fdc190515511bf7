//! Charts of the page: which are shown, one large, their tables, their files, and one crosshair for all.

use wasm_bindgen::JsCast;
use web_sys::{
    Element, Event, HtmlCanvasElement, HtmlElement, HtmlInputElement, HtmlSelectElement, KeyboardEvent,
    PointerEvent,
};
use yew::virtual_dom::ListenerKind;

use super::app::{App, Content};
use super::browser::{remember, remembered, window};
use super::dom::{Answer, El, el, icon, target};
use super::download;
use super::figure::table;
use super::msg::Msg;
use super::painter::Painter;
use super::pictures::Pictures;
use super::run::Run;
use super::words;
use crate::base::WHOLE;
use crate::session::Session;
use crate::view::{self, ChartId, ChartKind, Size, Sketch};

/// Charts of single nodes are shown at most so many at a time; one more takes the place of the first.
const NODES: usize = 3;

/// Places for charts: one for each kind of the whole system, then those of single nodes.
pub const PLACES: usize = if WHOLE { ChartKind::ALL.len() + NODES } else { ChartKind::FIRST.len() };

/// Under this name the chosen charts are remembered.
const REMEMBERED: &str = "charts";

/// A picture for a file has so many pixels to a pixel of the page.
const FILE_SCALE: f64 = 2.0;

/// What happens to charts. Numbers are places.
#[derive(Debug)]
pub enum ChartMsg {
    /// The pointer is so many pixels from the left in a chart of this width; none: it has left.
    Cross(Option<(f32, f32)>),
    /// A key moves the crosshair by so many steps; infinite: to an end. From which chart.
    Nudge(usize, f64),
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
        let chosen = if WHOLE { remembered(REMEMBERED) } else { None };
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
        if WHOLE {
            self.nodes = [const { None }; NODES];
        }
    }

    /// The chart at a place.
    pub fn id(&self, place: usize) -> Option<ChartId> {
        if !WHOLE || place < ChartKind::ALL.len() {
            return ChartKind::ALL.get(place).map(|kind| ChartId::from(*kind));
        }
        self.nodes.get(place - ChartKind::ALL.len())?.clone()
    }

    /// The places of the charts that are shown.
    fn shown(&self, session: &Session) -> Vec<usize> {
        if !WHOLE {
            return (0..PLACES).collect();
        }
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
        if let Some(canvas) = canvas.filter(|_| WHOLE) {
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
            ChartMsg::Cross(place) => {
                charts.cross = place.map(|(x, width)| view::instant_at(session, width, x));
                charts.spoken.take().is_some()
            }
            ChartMsg::Nudge(place, steps) => {
                charts.cross = Some(view::nudged(session, charts.cross, steps));
                charts.spoken = WHOLE.then_some(place);
                WHOLE
            }
            ChartMsg::Table(place, open) => {
                charts.tables[place] = open;
                true
            }
            _ if !WHOLE => false,
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

    /// Saves a chart as it stands.
    fn save_chart(&self, place: usize, form: Form) {
        let (Content::Running(run), Some(id)) = (&self.content, self.charts.id(place)) else { return };
        let data = view::chart_data(&run.session, &run.shown(), &id);
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

/// A canvas of its own with a sketch on it; none where the browser refuses one.
fn painted(sketch: &Sketch, size: Size, theme: view::Theme) -> Option<HtmlCanvasElement> {
    let canvas = window().document()?.create_element("canvas").ok()?.dyn_into::<HtmlCanvasElement>().ok()?;
    canvas.set_width((f64::from(size.w) * FILE_SCALE) as u32);
    canvas.set_height((f64::from(size.h) * FILE_SCALE) as u32);
    let context = canvas.get_context("2d").ok()??.dyn_into().ok()?;
    Painter::new(theme, FILE_SCALE).paint(&context, size.w.into(), size.h.into(), sketch);
    Some(canvas)
}

/// The charts of the page and, in a whole program, the choice of them.
pub fn charts(app: &App, run: &Run) -> El {
    let shown = app.charts.shown(&run.session);
    let each = |place: &usize| one(app, run, *place);
    el("section", &[("class", "charts"), ("aria-label", words::CHARTS)])
        .maybe(WHOLE.then(|| choice(app, run, &shown)))
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
        Some(el("label", &[]).key(place).add(input).say(id.title()))
    };
    el("details", &[("class", "choice-of-charts")])
        .key(PLACES)
        .add(el("summary", &[("data-testid", "choose charts")]).text(words::CHOOSE_CHARTS))
        .add(el("div", &[]).all(places.filter_map(each)))
}

fn one(app: &App, run: &Run, place: usize) -> Option<El> {
    let (id, send) = (app.charts.id(place)?, &app.send);
    let shown = run.shown();
    let title = view::chart_title(&shown, &id);
    let canvas = el("canvas", &[("role", "img"), ("tabindex", "0")])
        .node(&app.pictures.charts[place].node)
        .put("aria-label", title.clone())
        .test("chart", place + 1)
        .on(ListenerKind::onkeydown, send, place, nudge)
        .on(ListenerKind::onpointermove, send, 0, |event, _| {
            Some(Msg::Chart(ChartMsg::Cross(Some(at(event)?))))
        })
        .on(ListenerKind::onpointerleave, send, 0, |_, _| Some(Msg::Chart(ChartMsg::Cross(None))));
    let summary = el("summary", &[]).text(words::TABLE);
    let details = el("details", &[])
        .on(ListenerKind::ontoggle, send, place, |event, place| {
            Some(Msg::Chart(ChartMsg::Table(place, target::<Element>(event)?.has_attribute("open"))))
        })
        .add(summary.add(el("span", &[("class", "aside")]).say([": ", &title].concat())))
        .maybe(app.charts.tables[place].then(|| table(view::table(&run.session, &shown, &id))));
    let chart = el("div", &[("class", "chart")]).key(place).add(canvas);
    if !WHOLE {
        return Some(chart.add(details));
    }
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

/// What can be done with a chart.
fn tools(app: &App, run: &Run, place: usize, id: &ChartId, large: bool) -> El {
    let send = &app.send;
    let file = |(form, (_, label)): (usize, &(Form, &'static str))| {
        el("button", &[("title", words::SAVE_AS)])
            .put("data-testid", ["save ", &(place + 1).to_string(), " ", label].concat())
            .put("aria-label", [words::SAVE_AS, " ", label, ": ", &id.title()].concat())
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
        .put("aria-label", [label, ": ", &id.title()].concat())
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
        let name = view::format::string(|out| view::words::title(out, node));
        el("option", &[]).property("selected", chosen).say(name)
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

/// Keys in a chart move the crosshair.
fn nudge(event: &Event, place: usize) -> Option<Msg> {
    let key = event.dyn_ref::<KeyboardEvent>()?;
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

/// Where the pointer is in a chart, and how wide that is.
fn at(event: &Event) -> Option<(f32, f32)> {
    let width = target::<Element>(event)?.client_width().max(1);
    Some((event.dyn_ref::<PointerEvent>()?.offset_x() as f32, width as f32))
}
