//! The future that was left at a fork: the same lines, faint and dashed.

use std::sync::Arc;

use super::data::ChartData;
use super::fill::fill;
use super::kind::ChartKind;
use super::source::Source;
use crate::telemetry::Window;
use crate::view::canvas::draw::Stroke;
use crate::view::canvas::theme::Token;

/// The windows of a future that was left that lie in a span.
pub(super) fn windows(ghost: &[Arc<Window>], span: (f64, f64)) -> Vec<&Window> {
    let all = ghost.iter().map(|window| &**window);
    all.filter(|window| window.end.as_secs() >= span.0 && window.start.as_secs() <= span.1).collect()
}

/// Adds the lines of a future that was left, below those of the present one. What is no line (areas, maps, bands) and
/// what needs more than the windows after the fork (ages) has no ghost.
pub(super) fn add(data: &mut ChartData, kind: ChartKind, source: &Source) {
    if source.windows.is_empty() || matches!(kind, ChartKind::Heatmap | ChartKind::Breakers | ChartKind::Age)
    {
        return;
    }
    let mut left = ChartData { series: Vec::new(), layers: Vec::new(), extra: None, ..data.clone() };
    fill(&mut left, kind, source);
    // Where good answers are an area, their line is what can be compared.
    let area = kind == ChartKind::Answers && source.look.of == 1;
    for mut line in left.series {
        let good = area && line.name == text!("chart.good");
        let stroke = if good { Some(Stroke::new(Token::Good, 1.0)) } else { line.stroke };
        let Some(stroke) = stroke.filter(|_| good || !area) else { continue };
        line.stroke = Some(Stroke::dashed(stroke.ink.token.alpha(0.45), 1.2, 2.0, 3.0));
        line.name = say!("chart.left", line = &line.name);
        line.label.clear();
        data.series.push(line);
    }
}
