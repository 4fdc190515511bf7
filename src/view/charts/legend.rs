//! The legend of a chart's areas: a swatch and a name for each that can be seen.

use super::data::{ChartData, Layer};
use crate::view::canvas::draw::{Align, DrawOp, Sketch};
use crate::view::canvas::geometry::{Point, Rect, Size};
use crate::view::canvas::text::{Face, text_width, write};
use crate::view::canvas::theme::Token;

/// From one row to the next, in pixels.
const PITCH: f32 = 13.0;
/// A swatch with the gap behind it.
const SWATCH: f32 = 11.0;
/// Between two names.
const GAP: f32 = 10.0;
/// Left and right of all.
const EDGE: f32 = 10.0;
/// A chart without the legend keeps at least so much height for its lines.
const LEAST_FRAME: f32 = 70.0;

/// How names are written.
fn face() -> Face {
    Face::regular(10.0, Token::Muted)
}

/// The areas of which there is something to see.
fn named(data: &ChartData) -> impl Iterator<Item = &Layer> {
    data.layers.iter().filter(|layer| layer.points.iter().any(|(_, value)| *value > 0.0))
}

/// Where each name begins: row and distance from the left.
fn places(data: &ChartData, width: f32) -> Vec<(usize, f32)> {
    let (mut row, mut x) = (0, EDGE);
    let place = |layer: &Layer| {
        let wide = SWATCH + text_width(&layer.name, face());
        if x > EDGE && x + wide > width - EDGE {
            (row, x) = (row + 1, EDGE);
        }
        let place = (row, x);
        x += wide + GAP;
        place
    };
    named(data).map(place).collect()
}

/// How much height the legend takes below a chart's title; nothing where there is no area, or no room.
pub(super) fn height(data: &ChartData, size: Size, rest: f32) -> f32 {
    let rows = places(data, size.w).last().map_or(0, |(row, _)| row + 1);
    let height = rows as f32 * PITCH;
    if rest - height >= LEAST_FRAME { height } else { 0.0 }
}

/// Draws the legend, whose first row stands below `top`, in a chart of this width.
pub(super) fn draw(sketch: &mut Sketch, data: &ChartData, width: f32, top: f32) {
    for (layer, (row, x)) in named(data).zip(places(data, width)) {
        let y = top + row as f32 * PITCH;
        let rect = Rect::new(x, y + 2.0, 8.0, 8.0);
        sketch.push(DrawOp::Rect { rect, radius: 2.0, fill: Some(layer.fill), stroke: None });
        let at = Point { x: x + SWATCH, y: y + 9.5 };
        write(sketch, at, Align::Left, face(), (width - at.x - 2.0).max(0.0), &layer.name);
    }
}
