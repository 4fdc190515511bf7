//! The future that was left at a fork: the same lines, faint and dashed.

use std::sync::Arc;

use super::data::ChartData;
use super::fill::fill;
use super::kind::ChartKind;
use super::source::Source;
use crate::base::SimTime;
use crate::session::VariantRun;
use crate::telemetry::Window;
use crate::view::canvas::draw::Stroke;
use crate::view::canvas::theme::Token;

/// The windows of a future that was left that lie in a span, after those that both futures have: its lines go on from
/// what was measured until the fork.
pub(super) fn windows<'a>(
    variant: &'a VariantRun,
    ghost: &'a [Arc<Window>],
    fork: SimTime,
    span: (f64, f64),
) -> Vec<&'a Window> {
    let both = variant.telemetry().windows().closed().filter(|window| window.end <= fork);
    let all = both.chain(ghost.iter().map(|window| &**window));
    all.filter(|window| window.end.as_secs() >= span.0 && window.start.as_secs() <= span.1).collect()
}

/// Adds the lines of a future that was left, below those of the present one. What is no line (areas, maps, bands) and
/// what needs more than the windows after the fork (ages) has no ghost.
/// Its lines begin at the last value that both futures have.
pub(super) fn add(data: &mut ChartData, kind: ChartKind, source: &Source, fork: SimTime) {
    if source.windows.last().is_none_or(|last| last.end <= fork)
        || matches!(kind, ChartKind::Heatmap | ChartKind::Breakers | ChartKind::Age)
    {
        return;
    }
    let mut left = ChartData { series: Vec::new(), layers: Vec::new(), extra: None, ..data.clone() };
    fill(&mut left, kind, source);
    // Where good answers are an area, their line is what can be compared.
    let area = kind == ChartKind::Answers && source.look.of == 1;
    let shared = source.windows.iter().rev().find(|window| window.end <= fork);
    let from = shared.map_or(0.0, |window| window.end.as_secs());
    for mut line in left.series {
        line.points.retain(|(at, _)| *at >= from);
        let good = area && line.name == text!("chart.good");
        let stroke = if good { Some(Stroke::new(Token::Good, 1.0)) } else { line.stroke };
        let Some(stroke) = stroke.filter(|_| good || !area) else { continue };
        line.stroke = Some(Stroke::dashed(stroke.ink.token.alpha(0.45), 1.2, 2.0, 3.0));
        line.name = say!("chart.left", line = &line.name);
        line.label.clear();
        data.series.push(line);
    }
}
