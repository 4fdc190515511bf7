//! What each chart shows: series taken from the windows of one lane or two.

use super::axis::Unit;
use super::kind::{ChartId, ChartKind};
use super::look::{Look, points, rates};
use super::plus::Plus;
use super::series::Series;
use super::{details, ghost};
use crate::base::SimTime;
use crate::observation::Failure;
use crate::scenario::{NodeKind, Plan};
use crate::session::{Lane, Session};
use crate::telemetry::Window;
use crate::view::draw::{Ink, Stroke};
use crate::view::order::order_by;
use crate::view::theme::Token;
use crate::view::timeline::room_for;
use crate::view::words::{self, chart as said};

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
    /// What only some charts have.
    pub plus: Option<Box<Plus>>,
}

/// One of the areas that lie upon each other.
#[derive(Clone, Debug, PartialEq)]
pub struct Layer {
    /// Its colour.
    pub fill: Ink,
    /// Instant in seconds and height; at the same instants in all layers of a chart.
    pub points: Vec<(f64, f64)>,
}

/// Up to how fast the run plays, and how many seconds the time axis shows then at most.
const SPANS_S: [(f64, f64); 3] = [(2.0, 60.0), (5.0, 120.0), (20.0, 300.0)];
/// And at any speed.
const LONGEST_SPAN_S: f64 = 600.0;

/// First and last instant of every chart's time axis, in seconds: as the timeline's until that is longer than the last
/// minute or, at high speed, minutes.
pub fn time_span(now: SimTime, speed: f64) -> (f64, f64) {
    let most =
        SPANS_S.iter().find(|(fastest, _)| speed <= *fastest).map_or(LONGEST_SPAN_S, |(_, span)| *span);
    let span = room_for(now).as_secs().min(most);
    let from = (now.as_secs() - span).max(0.0);
    (from, from + span)
}

/// Whom a chart is of, in the plan of one lane.
#[derive(Clone, Copy)]
pub(super) struct Of(Option<NodeKind>);

impl Of {
    /// None where this plan has no such node.
    fn find(plan: &Plan, id: &ChartId) -> Option<Of> {
        match &id.of {
            Some(node) => Some(Of(Some(plan.nodes[plan.node(node)?.at()].kind))),
            _ => Some(Of(None)),
        }
    }

    /// Whether something is meant that only a node of one kind has; `one` tells whether it is the node's.
    pub fn is(self, one: &dyn Fn(NodeKind) -> bool) -> bool {
        self.0.is_none_or(one)
    }

    pub fn client(self, at: usize) -> bool {
        self.is(&|node| matches!(node, NodeKind::Client(client) if client.at() == at))
    }

    pub fn service(self, at: usize) -> bool {
        self.is(&|node| matches!(node, NodeKind::Service(service) if service.at() == at))
    }

    pub fn queue(self, at: usize) -> bool {
        self.is(&|node| matches!(node, NodeKind::Queue(queue) if queue.at() == at))
    }
}

/// What a chart's series are taken from.
pub(super) struct Source<'a> {
    pub look: Look,
    pub windows: &'a [&'a Window],
    pub lane: &'a Lane,
    pub of: Of,
}

/// The contents of a chart for the lanes of a session that are shown, by place.
pub fn chart_data(session: &Session, shown: &[usize], id: &ChartId) -> ChartData {
    let span = time_span(session.now(), session.speed());
    let lanes = session.lanes();
    let mut data = ChartData {
        title: id.title(session),
        of: String::new(),
        unit: id.kind.unit(),
        span,
        now: session.now().as_secs(),
        series: Vec::new(),
        layers: Vec::new(),
        marks: marks(lanes, span),
        log: false,
        empty: said::NOTHING_YET,
        plus: None,
    };
    for (at, lane) in lanes.iter().enumerate().filter(|(at, _)| shown.contains(at)) {
        let Some(of) = Of::find(lane.plan(), id) else { continue };
        let look = Look { lane: at, of: shown.len() };
        if let Some(ghost) = session.ghost().and_then(|ghost| ghost.lanes.get(at)) {
            ghost::add(&mut data, id.kind, &Source { look, windows: &ghost::windows(ghost, span), lane, of });
        }
        let open = lane.telemetry().open_window(lane.snapshot().now());
        let source = Source { look, windows: &windows(lane, &open, span), lane, of };
        fill(&mut data, id.kind, &source);
        details::predict(&mut data, id, &source);
    }
    if id.kind == ChartKind::Answers {
        data.of = said::PER_SECOND.to_owned();
    }
    details::finish(&mut data, id.kind);
    data
}

/// Adds what a source has to show.
pub(super) fn fill(data: &mut ChartData, kind: ChartKind, source: &Source) {
    if let Some(level) = kind.level() {
        return details::levels(data, source, level);
    }
    match kind {
        ChartKind::Answers => answers(data, source),
        ChartKind::Latency => latency(data, source),
        ChartKind::Waiting => waiting(data, source),
        ChartKind::Blocked => blocked(data, source),
        _ => details::fill(data, kind, source),
    }
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

fn answers(data: &mut ChartData, source: &Source) {
    let (look, of) = (source.look, source.of);
    let rates = |count: &dyn Fn(&crate::telemetry::metrics::ClientWindow) -> u32| {
        rates(source.windows, &|at| of.client(at), count)
    };
    let offered = rates(&|client| client.offered);
    let good = rates(&|client| client.good);
    let late = rates(&|client| client.late);
    let degraded = rates(&|client| client.degraded);
    let failed = rates(&|client| client.failed.iter().sum());
    let reasons = Failure::ALL.iter().enumerate().map(|(at, reason)| {
        (words::failure(*reason), rates(&|client| client.failed.get(at).copied().unwrap_or(0)))
    });
    let reasons: Vec<_> =
        reasons.filter(|(_, points)| points.iter().any(|(_, value)| *value > 0.0)).collect();
    let faint = Stroke::new(Token::Faint.alpha(0.9), 1.2);
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
        data.series.push(look.hidden(said::GOOD, good));
        data.series.push(look.hidden(said::FAILED, failed));
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
            data.series.push(look.hidden(what, points));
        }
    }
    data.series.extend(reasons.into_iter().map(|(what, points)| look.hidden(what, points)));
}

fn latency(data: &mut ChartData, source: &Source) {
    data.empty = said::NO_ANSWERS_YET;
    let (look, of) = (source.look, source.of);
    let percentile = |which: usize| {
        points(source.windows, &|window| {
            let clients = window.percentiles.iter().enumerate().filter(|(at, _)| of.client(*at));
            let clients = clients.filter_map(|(_, latency)| *latency);
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

fn waiting(data: &mut ChartData, source: &Source) {
    let (look, of, plan) = (source.look, source.of, source.lane.plan());
    if (0..plan.queues.len()).any(|at| of.queue(at)) {
        let queues = points(source.windows, &|window| {
            let queues = window.queues.iter().enumerate().filter(|(at, _)| of.queue(*at));
            queues.map(|(_, queue)| window.mean(queue.ready)).sum()
        });
        let stroke = look.stroke(Token::Message, 1.0, 1.4);
        data.series.push(look.side(said::IN_QUEUES, stroke, queues));
    }
    if !(0..plan.services.len()).any(|at| of.service(at)) {
        return;
    }
    let rooms = points(source.windows, &|window| {
        let services = window.services.iter().enumerate().filter(|(at, _)| of.service(*at));
        services.map(|(_, service)| window.mean(service.waiting)).sum()
    });
    let mut rooms = look.main(said::IN_ROOMS, rooms);
    if look.of == 1 {
        rooms.label = said::IN_ROOMS.to_owned();
    }
    data.series.push(rooms);
}

fn blocked(data: &mut ChartData, source: &Source) {
    let (look, of) = (source.look, source.of);
    let blocked = points(source.windows, &|window| {
        let services = window.services.iter().enumerate().filter(|(at, _)| of.service(*at));
        services.map(|(_, service)| window.mean(service.blocked)).sum()
    });
    data.series.push(look.main(said::BLOCKED_LINE, blocked));
    let services = source.lane.plan().services.iter().enumerate().filter(|(at, _)| of.service(*at));
    let all: u64 =
        services.map(|(_, service)| u64::from(service.replicas) * u64::from(service.workers)).sum();
    if look.lane == 0 || look.of == 1 {
        data.of = said::OF.to_owned();
        crate::view::format::count(&mut data.of, all);
    }
}
