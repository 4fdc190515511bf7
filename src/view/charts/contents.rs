//! A chart's contents: series taken from the windows of one run or two.

use super::data::ChartData;
use super::fill::{fill, finish};
use super::kind::{ChartId, ChartKind};
use super::look::Look;
use super::source::{Of, Source, windows};
use super::span::time_span;
use super::{ghost, theory};
use crate::base::order_by;
use crate::session::{Lane, Session};
use crate::view::cards::reading;

/// The contents of a chart for the variants of a session that are shown, by place.
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
        empty: text!("chart.nothing-yet"),
        extra: None,
    };
    for (at, lane) in lanes.iter().enumerate().filter(|(at, _)| shown.contains(at)) {
        let Some(of) = Of::find(lane.plan(), id) else { continue };
        let look = Look { lane: at, of: shown.len() };
        if let Some((ghost, left)) = session.ghost().and_then(|ghost| Some((ghost, ghost.lanes.get(at)?))) {
            let windows = &ghost::windows(lane, left, ghost.at, span);
            ghost::add(&mut data, id.kind, &Source { look, windows, lane, of }, ghost.at);
        }
        let open = reading::open_window(lane);
        let source = Source { look, windows: &windows(lane, open.as_ref(), span), lane, of };
        fill(&mut data, id.kind, &source);
        theory::predict(&mut data, id, &source);
    }
    if id.kind == ChartKind::Answers {
        data.of = text!("chart.per-second").to_owned();
    }
    finish(&mut data, id.kind);
    data
}

/// When faults set in and ended within a span, over all variants.
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
