//! What a chart holds, before it has a size: lines, areas, maps of shades, rows of states.

use super::axis::Unit;
use super::series::Series;
use crate::observation::BreakerState;
use crate::view::canvas::draw::Ink;

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
    pub extra: Option<Box<Extra>>,
}

/// One of the areas that lie upon each other.
#[derive(Clone, Debug, PartialEq)]
pub struct Layer {
    /// What it is, for the legend.
    pub name: String,
    /// Its colour.
    pub fill: Ink,
    /// Instant in seconds and height; at the same instants in all layers of a chart.
    pub points: Vec<(f64, f64)>,
}

impl ChartData {
    /// What only some charts have, to be written.
    pub(super) fn extra(&mut self) -> &mut Extra {
        self.extra.get_or_insert_default()
    }
}

/// What only some charts have.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Extra {
    /// Rows of a map of shades, by variant, the least latency first.
    pub heat: Vec<HeatRow>,
    /// Rows of states, in the order of their drawing.
    pub bands: Vec<BandRow>,
    /// Where the trace is that is shown elsewhere on the page.
    pub point: Option<TracePoint>,
    /// From where to where its values go, where that does not depend on them.
    pub scale: Option<(f64, f64)>,
}

/// Answers of one band of latencies: how many there were in each window is in a hidden series.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct HeatRow {
    /// Of which variant.
    pub variant: usize,
    /// The band's lower end, in seconds.
    pub low: f64,
    /// Its upper end, in seconds.
    pub high: f64,
    /// Which of the chart's series has the counts.
    pub series: usize,
}

/// The states of one breaker.
#[derive(Clone, Debug, PartialEq)]
pub struct BandRow {
    /// Between whom: "A Checkout → Payment".
    pub name: String,
    /// From when to when, in seconds, and which state; without overlaps, oldest first. Gaps are not known.
    pub stretches: Vec<(f64, f64, BreakerState)>,
}

/// Where a trace is in a chart of latencies: when its request ended, and how long it took.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct TracePoint {
    /// In which variant.
    pub variant: usize,
    /// When, in seconds.
    pub at: f64,
    /// How long, in seconds.
    pub takes: f64,
}
