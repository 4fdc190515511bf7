//! What each chart shows: series taken from the windows of one lane or two.

use super::Unit;
use super::series::Series;
use crate::base::SimTime;
use crate::observation::Failure;
use crate::session::{Lane, Session};
use crate::telemetry::{ClientWindow, Window};
use crate::view::draw::{Ink, Stroke};
use crate::view::order::order_by;
use crate::view::theme::Token;
use crate::view::words::{self, chart as said};

/// A chart of the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ChartKind {
    /// Requests offered, answered well, failed and why.
    Answers,
    /// Percentiles of latency.
    Latency,
    /// Jobs in waiting rooms, messages in queues.
    Waiting,
    /// Workers that wait for a downstream answer.
    Blocked,
}

impl ChartKind {
    /// All charts, in the order in which a page shows them.
    pub const ALL: [ChartKind; 4] =
        [ChartKind::Answers, ChartKind::Latency, ChartKind::Waiting, ChartKind::Blocked];

    /// What it is called.
    pub fn title(self) -> &'static str {
        match self {
            ChartKind::Answers => said::ANSWERS,
            ChartKind::Latency => said::LATENCY,
            ChartKind::Waiting => said::WAITING,
            ChartKind::Blocked => said::BLOCKED,
        }
    }

    fn unit(self) -> Unit {
        match self {
            ChartKind::Answers => Unit::PerSecond,
            ChartKind::Latency => Unit::Seconds,
            ChartKind::Waiting | ChartKind::Blocked => Unit::Count,
        }
    }
}

/// A chart's contents, before it has a size.
#[derive(Clone, Debug, PartialEq)]
pub struct ChartData {
    /// Its title.
    pub title: String,
    /// The unit, beside the title.
    pub of: String,
    /// What its values are.
    pub unit: Unit,
    /// First and last instant of its time axis, in seconds.
    pub span: (f64, f64),
    /// The present instant, in seconds.
    pub now: f64,
    /// Lines, in the order of their drawing.
    pub series: Vec<Series>,
    /// Areas upon each other, lowest first.
    pub layers: Vec<Layer>,
    /// When a fault set in (true) or ended, in seconds.
    pub marks: Vec<(f64, bool)>,
    /// Values on a logarithmic scale.
    pub log: bool,
    /// What it says as long as there is nothing to show.
    pub empty: &'static str,
}

/// One of the areas that lie upon each other.
#[derive(Clone, Debug, PartialEq)]
pub struct Layer {
    /// Its colour.
    pub fill: Ink,
    /// Instant in seconds and height; at the same instants in all layers of a chart.
    pub points: Vec<(f64, f64)>,
}

/// The time axis shows at least so many seconds; fast playback more.
const SPANS_S: [(f64, f64); 3] = [(2.0, 60.0), (5.0, 120.0), (20.0, 300.0)];
/// And at most so many.
const LONGEST_SPAN_S: f64 = 600.0;

/// First and last instant of every chart's time axis, in seconds: the last minute or, at high speed, minutes.
pub fn time_span(now: SimTime, speed: f64) -> (f64, f64) {
    let span =
        SPANS_S.iter().find(|(fastest, _)| speed <= *fastest).map_or(LONGEST_SPAN_S, |(_, span)| *span);
    let from = (now.as_secs() - span).max(0.0);
    (from, from + span)
}

/// The contents of a chart for the lanes of a session that are shown, by place.
pub fn chart_data(session: &Session, shown: &[usize], kind: ChartKind) -> ChartData {
    let span = time_span(session.now(), session.speed());
    let lanes = session.lanes();
    let mut data = ChartData {
        title: kind.title().to_owned(),
        of: String::new(),
        unit: kind.unit(),
        span,
        now: session.now().as_secs(),
        series: Vec::new(),
        layers: Vec::new(),
        marks: marks(lanes, span),
        log: false,
        empty: said::NOTHING_YET,
    };
    for (at, lane) in lanes.iter().enumerate().filter(|(at, _)| shown.contains(at)) {
        let look = Look { lane: at, of: shown.len() };
        let open = lane.telemetry().windows().open(lane.simulation().now());
        let windows = windows(lane, &open, span);
        match kind {
            ChartKind::Answers => answers(&mut data, look, &windows),
            ChartKind::Latency => latency(&mut data, look, &windows),
            ChartKind::Waiting => waiting(&mut data, look, &windows, lane),
            ChartKind::Blocked => blocked(&mut data, look, &windows, lane),
        }
    }
    if kind == ChartKind::Answers {
        data.of = said::PER_SECOND.to_owned();
    }
    data
}

/// The windows of a lane that its chart shows: the closed ones; before the first has closed, the open one.
fn windows<'a>(lane: &'a Lane, open: &'a Window, span: (f64, f64)) -> Vec<&'a Window> {
    let windows = lane.telemetry().windows();
    let mut seen: Vec<&Window> = windows.closed().filter(|window| window.end.as_secs() >= span.0).collect();
    // A shorter one would say more about chance than about rates.
    if seen.is_empty() && open.end.since(open.start).0 > windows.width().0 / 5 {
        seen.push(open);
    }
    seen
}

/// When faults set in and ended within a span, over all lanes.
fn marks(lanes: &[Lane], span: (f64, f64)) -> Vec<(f64, bool)> {
    let all = lanes.iter().flat_map(|lane| lane.telemetry().recent().marks());
    let mut marks: Vec<(f64, bool)> = all
        .map(|mark| (mark.at.as_secs(), mark.began))
        .filter(|(at, _)| (span.0..=span.1).contains(at))
        .collect();
    order_by(&mut marks, &|mark| mark.0);
    marks.dedup();
    marks
}

/// How a lane's lines look: A dashed in ink, B (or the only lane) solid in the accent.
#[derive(Clone, Copy)]
struct Look {
    lane: usize,
    of: usize,
}

impl Look {
    fn dashed(self) -> bool {
        self.of > 1 && self.lane == 0
    }

    fn token(self) -> Token {
        if self.dashed() { Token::Ink } else { Token::Accent }
    }

    fn stroke(self, token: Token, alpha: f32, width: f32) -> Stroke {
        let ink = token.alpha(alpha);
        if self.dashed() { Stroke::dashed(ink, width, 5.0, 3.0) } else { Stroke::new(ink, width) }
    }

    /// "A good"; without the letter where there is one lane.
    fn name(self, what: &str) -> String {
        let letter = if self.of > 1 { words::LETTERS.get(self.lane).copied().unwrap_or("") } else { "" };
        let mut name = letter.to_owned();
        if !name.is_empty() && !what.is_empty() {
            name.push(' ');
        }
        name.push_str(what);
        name
    }

    /// The lane's main line.
    fn main(self, what: &str, points: Vec<(f64, f64)>) -> Series {
        let stroke = Some(self.stroke(self.token(), 1.0, 1.8));
        let label = if self.of > 1 { self.name("") } else { what.to_owned() };
        Series { name: self.name(what), label, stroke, points }
    }

    /// A line beside it.
    fn side(self, what: &str, stroke: Stroke, points: Vec<(f64, f64)>) -> Series {
        Series { name: self.name(what), label: self.name(what), stroke: Some(stroke), points }
    }
}

/// One value for each window, at its middle.
fn points(windows: &[&Window], value: &dyn Fn(&Window) -> f64) -> Vec<(f64, f64)> {
    let middle = |window: &Window| (window.start.as_secs() + window.end.as_secs()) / 2.0;
    windows.iter().map(|window| (middle(window), value(window))).collect()
}

/// Rates are means over so many windows up to each: single ones hold too few events to say more than chance.
const SMOOTHED: usize = 4;

/// Events per second up to each window's end, of all clients together.
fn rates(windows: &[&Window], count: &dyn Fn(&ClientWindow) -> u32) -> Vec<(f64, f64)> {
    let events = |window: &Window| window.clients.iter().map(|client| f64::from(count(client))).sum::<f64>();
    let mut rates = Vec::with_capacity(windows.len());
    for end in 1..=windows.len() {
        let group = &windows[end.saturating_sub(SMOOTHED)..end];
        let last = group[group.len() - 1].end;
        let seconds = last.since(group[0].start).as_secs();
        let sum: f64 = group.iter().map(|window| events(window)).sum();
        rates.push((last.as_secs(), if seconds > 0.0 { sum / seconds } else { f64::NAN }));
    }
    rates
}

fn answers(data: &mut ChartData, look: Look, windows: &[&Window]) {
    let offered = rates(windows, &|client| client.offered);
    let good = rates(windows, &|client| client.good);
    let late = rates(windows, &|client| client.late);
    let degraded = rates(windows, &|client| client.degraded);
    let failed = rates(windows, &|client| client.failed.iter().sum());
    let reasons = Failure::ALL.iter().enumerate().map(|(at, reason)| {
        (words::failure(*reason), rates(windows, &|client| client.failed.get(at).copied().unwrap_or(0)))
    });
    let reasons: Vec<_> =
        reasons.filter(|(_, points)| points.iter().any(|(_, value)| *value > 0.0)).collect();
    let faint = Stroke::new(Token::Faint.alpha(0.9), 1.2);
    let hidden = |what: &str, points: Vec<(f64, f64)>| Series {
        name: look.name(what),
        label: String::new(),
        stroke: None,
        points,
    };
    if look.of == 1 {
        data.layers = vec![
            Layer { fill: Token::Good.alpha(0.55), points: good.clone() },
            Layer { fill: Token::Late.alpha(0.45), points: degraded.clone() },
            Layer { fill: Token::Late.alpha(0.75), points: late.clone() },
        ];
        for (at, (_, points)) in reasons.iter().enumerate() {
            // Neighbouring reasons in different shades.
            let fill = Token::Failed.alpha(0.8 - 0.15 * (at % 4) as f32);
            data.layers.push(Layer { fill, points: points.clone() });
        }
        data.series.push(look.side(said::OFFERED, faint, offered));
        data.series.push(hidden(said::GOOD, good));
        data.series.push(hidden(said::FAILED, failed));
    } else {
        // Both lanes meet the same arrivals: one line says it.
        if look.lane == 0 {
            let name = said::OFFERED.to_owned();
            data.series.push(Series {
                name: name.clone(),
                label: name,
                stroke: Some(faint),
                points: offered,
            });
        }
        let mut bad = look.side(said::FAILED, look.stroke(Token::Failed, 0.85, 1.2), failed);
        bad.label.clear();
        data.series.push(bad);
        data.series.push(look.main(said::GOOD, good));
    }
    for (what, points) in [(said::LATE, late), (said::DEGRADED, degraded)] {
        if points.iter().any(|(_, value)| *value > 0.0) {
            data.series.push(hidden(what, points));
        }
    }
    data.series.extend(reasons.into_iter().map(|(what, points)| hidden(what, points)));
}

fn latency(data: &mut ChartData, look: Look, windows: &[&Window]) {
    data.empty = said::NO_ANSWERS_YET;
    let percentile = |which: usize| {
        points(windows, &|window| {
            let clients = window.clients.iter().filter_map(|client| client.latency);
            // Several clients: the worst one's.
            clients.map(|latency| latency[which].as_secs()).fold(f64::NAN, f64::max)
        })
    };
    let dim = |alpha: f32| look.stroke(look.token(), alpha, 1.2);
    let mut p50 = look.side(said::P50, dim(0.45), percentile(0));
    let mut p95 = look.side(said::P95, dim(0.7), percentile(1));
    if look.of > 1 {
        p50.label.clear();
        p95.label.clear();
    }
    data.series.push(p50);
    data.series.push(p95);
    let mut p99 = look.main(said::P99, percentile(2));
    p99.label = look.name(said::P99);
    data.series.push(p99);
}

fn waiting(data: &mut ChartData, look: Look, windows: &[&Window], lane: &Lane) {
    let rooms = points(windows, &|window| window.services.iter().map(|service| service.waiting).sum());
    let queues = points(windows, &|window| window.queues.iter().map(|queue| queue.ready).sum());
    if !lane.plan().queues.is_empty() {
        let stroke = look.stroke(Token::Message, 1.0, 1.4);
        data.series.push(look.side(said::IN_QUEUES, stroke, queues));
    }
    let mut rooms = look.main(said::IN_ROOMS, rooms);
    if look.of == 1 {
        rooms.label = said::IN_ROOMS.to_owned();
    }
    data.series.push(rooms);
}

fn blocked(data: &mut ChartData, look: Look, windows: &[&Window], lane: &Lane) {
    let blocked = points(windows, &|window| window.services.iter().map(|service| service.blocked).sum());
    data.series.push(look.main(said::BLOCKED_LINE, blocked));
    let workers =
        |service: &crate::scenario::ServicePlan| u64::from(service.replicas) * u64::from(service.workers);
    let all: u64 = lane.plan().services.iter().map(workers).sum();
    if look.lane == 0 || look.of == 1 {
        data.of = said::OF.to_owned();
        crate::view::format::count(&mut data.of, all);
    }
}
