//! Charts as drawing operations.

use super::data::ChartData;
use super::legend;
use super::plot::Plot;
use crate::view::canvas::draw::{Align, DrawOp, Sketch};
use crate::view::canvas::geometry::{Rect, Size};
use crate::view::canvas::text::{Face, write};
use crate::view::canvas::theme::Token;

/// Draws a chart. Clears the sketch first. `cross` is the instant at which the crosshair of all charts stands, in
/// seconds.
pub fn chart(sketch: &mut Sketch, data: &ChartData, size: Size, cross: Option<f64>) {
    sketch.clear();
    draw_chart(sketch, data, size, cross);
}

/// A chart on a panel's ground, for files. Clears the sketch first.
pub fn chart_picture(sketch: &mut Sketch, data: &ChartData, size: Size, cross: Option<f64>) {
    sketch.clear();
    let rect = Rect::new(0.0, 0.0, size.w, size.h);
    sketch.push(DrawOp::Rect { rect, radius: 0.0, fill: Some(Token::Panel.into()), stroke: None });
    draw_chart(sketch, data, size, cross);
}

/// Draws a chart's contents on top of what the sketch holds.
pub fn draw_chart(sketch: &mut Sketch, data: &ChartData, size: Size, cross: Option<f64>) {
    let plot = Plot::new(data, size);
    let extra = data.extra.as_ref();
    plot.head(sketch);
    if let Some(top) = plot.legend {
        legend::draw(sketch, data, plot.size.w, top);
    }
    plot.times(sketch);
    match extra {
        Some(extra) if !extra.heat.is_empty() => plot.heat_scale(sketch, &extra.heat),
        Some(extra) if !extra.bands.is_empty() => plot.bands(sketch, &extra.bands),
        _ => plot.grid(sketch),
    }
    sketch.push(DrawOp::Clip(plot.frame.inset(-1.0)));
    if let Some(extra) = extra {
        plot.heat(sketch, &extra.heat);
    }
    plot.layers(sketch);
    plot.marks(sketch);
    for line in &data.series {
        plot.line(sketch, line);
    }
    sketch.push(DrawOp::Unclip);
    if plot.is_empty() {
        let (face, at) = (Face::regular(11.0, Token::Muted), plot.frame.center());
        write(sketch, at, Align::Center, face, plot.frame.w, data.empty);
        return;
    }
    plot.labels(sketch);
    if let Some(extra) = extra {
        plot.trace(sketch, extra);
    }
    if let Some(at) = cross.filter(|at| (data.span.0..=data.span.1).contains(at)) {
        plot.crosshair(sketch, at);
    }
}
