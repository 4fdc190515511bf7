//! From a trace to its point in a chart of latencies, and from a place of such a chart to what is meant by it.

use super::contents::chart_data;
use super::data::{ChartData, TracePoint};
use super::kind::{ChartId, ChartKind};
use super::look::Look;
use super::plot::Plot;
use super::span::{REACH, instant_at};
use crate::base::{ClientIx, SimDuration, SimTime, within_f32};
use crate::scenario::NodeKind;
use crate::session::Session;
use crate::telemetry::Trace;
use crate::view::canvas::geometry::{Point, Size};

/// What a place of a chart of latencies means in one of the variants that it shows: an answer about then that took
/// about so long.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Meant {
    /// In which variant.
    pub variant: usize,
    /// Whose; none: anybody's.
    pub client: Option<ClientIx>,
    /// When.
    pub at: SimTime,
    /// How long it took; none: whatever it took.
    pub latency: Option<SimDuration>,
}

impl Meant {
    /// Whether a client's answers are meant.
    pub fn is_of(&self, client: Option<ClientIx>) -> bool {
        self.client.is_none_or(|own| client == Some(own))
    }
}

impl ChartKind {
    /// Whether requests have a point in it.
    pub fn has_traces(self) -> bool {
        matches!(self, ChartKind::Latency | ChartKind::Heatmap)
    }
}

/// Marks a trace of a variant in the contents of a chart, where it has a point in what they show.
pub fn mark_trace(
    data: &mut ChartData,
    session: &Session,
    shown: &[usize],
    id: &ChartId,
    (variant, trace): (usize, &Trace),
) {
    let Some((ended, _)) = trace.ended() else { return };
    let (at, takes) = (ended.as_secs(), trace.latency(ended).as_secs());
    let own = |(here, client): (usize, Option<ClientIx>)| {
        here == variant && client.is_none_or(|client| trace.client() == Some(client))
    };
    if (data.span.0..=data.now).contains(&at) && variants(session, shown, id).any(own) {
        data.extra().point = Some(TracePoint { variant, at, takes });
    }
}

/// What is meant by a place of a chart's picture of this size; nothing where requests have no points in it.
pub fn meant_under(
    session: &Session,
    shown: &[usize],
    id: &ChartId,
    data: &ChartData,
    (size, place): (Size, Point),
) -> Vec<Meant> {
    let plot = Plot::new(data, size);
    let at = SimTime::from_secs(instant_at(session, size.w, place.x));
    let heat = data.extra.as_ref().and_then(|extra| plot.heat_at(&extra.heat, place.y));
    let share = within_f32((plot.frame.bottom() - place.y) / plot.frame.h, 0.0, 1.0);
    let (only, latency) = match heat {
        Some((variant, latency)) => (Some(variant), latency),
        None => (None, plot.values.value(share)),
    };
    let latency = Some(SimDuration::from_secs(latency));
    let own = variants(session, shown, id).filter(|(variant, _)| only.is_none_or(|only| only == *variant));
    own.map(|(variant, client)| Meant { variant, client, at, latency }).collect()
}

/// What is meant where the crosshair stands (at first: at the present), which has an instant and no height: an answer
/// at the 99th percentile.
pub fn meant_at(session: &Session, shown: &[usize], id: &ChartId, cross: Option<f64>) -> Vec<Meant> {
    let at = cross.unwrap_or(session.now().as_secs());
    let data = chart_data(session, shown, &ChartId { kind: ChartKind::Latency, of: id.of.clone() });
    let reach = REACH * (data.span.1 - data.span.0);
    let all = variants(session, shown, id).map(|(variant, client)| {
        let name = Look { variant, of: shown.len() }.name(text!("chart.p99"));
        let line = data.series.iter().find(|line| line.name == name);
        let value = line.and_then(|line| line.at(at, reach)).filter(|value| value.is_finite());
        Meant { variant, client, at: SimTime::from_secs(at), latency: value.map(SimDuration::from_secs) }
    });
    all.collect()
}

/// The variants whose requests have points in a chart, and the client that it is of (none: all).
fn variants<'a>(
    session: &'a Session,
    shown: &'a [usize],
    id: &'a ChartId,
) -> impl Iterator<Item = (usize, Option<ClientIx>)> + 'a {
    let all = session.variants().iter().enumerate();
    let all = all.filter(|(at, _)| id.kind.has_traces() && shown.contains(at));
    all.filter_map(|(at, variant)| {
        let Some(node) = &id.of else { return Some((at, None)) };
        let plan = variant.plan();
        match plan.nodes[plan.node(node)?.at()].kind {
            NodeKind::Client(client) => Some((at, Some(client))),
            _ => None,
        }
    })
}
