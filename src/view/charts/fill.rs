//! Which code fills a chart of which kind.

use super::data::ChartData;
use super::kind::ChartKind;
use super::source::Source;
use super::{breakers, heat, nodes, system};

/// Adds what a source has to show.
pub(super) fn fill(data: &mut ChartData, kind: ChartKind, source: &Source) {
    if let Some(level) = kind.level() {
        return nodes::levels(data, source, level);
    }
    match kind {
        ChartKind::Answers => system::answers(data, source),
        ChartKind::Latency => system::latency(data, source),
        ChartKind::Waiting => system::waiting(data, source),
        ChartKind::Blocked => system::blocked(data, source),
        ChartKind::Heatmap => heat::fill(data, source),
        ChartKind::Wait => nodes::wait(data, source),
        ChartKind::Workers => nodes::workers(data, source),
        ChartKind::Breakers => breakers::fill(data, source),
        ChartKind::Depth => nodes::depth(data, source),
        ChartKind::Age => nodes::age(data, source),
        ChartKind::Lag => nodes::lag(data, source),
        ChartKind::Staleness => nodes::staleness(data, source),
        ChartKind::Versions => nodes::versions(data, source),
        ChartKind::TimeLag => nodes::time_lag(data, source),
        // The others show a level.
        _ => {}
    }
}

/// Values this many times apart are told apart on a logarithmic scale alone.
const LOG_FROM: f64 = 100.0;

/// What can only be settled when all variants are there.
pub(super) fn finish(data: &mut ChartData, kind: ChartKind) {
    if kind != ChartKind::Latency {
        return;
    }
    let lines = data.series.iter().filter(|line| line.stroke.is_some());
    let values = lines.flat_map(|line| &line.points).map(|(_, value)| *value).filter(|value| *value > 0.0);
    let (least, most) = values.fold((f64::MAX, 0.0_f64), |(least, most), v| (least.min(v), most.max(v)));
    data.log = most > LOG_FROM * least;
    if data.log {
        data.of = text!("chart.log-scale").to_owned();
    }
}
