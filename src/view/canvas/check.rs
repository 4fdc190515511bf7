//! What tests ask of any sketch: where its operations are, and that they are numbers.

use super::draw::{Align, DrawOp, Sketch};
use super::geometry::{Point, Rect};
use super::text::{Face, text_width};

/// The rectangle of each operation with it; clipped ones are cut to their clip.
pub(crate) fn bounds(sketch: &Sketch) -> impl Iterator<Item = (DrawOp, Rect)> + '_ {
    let mut clip: Option<Rect> = None;
    sketch.ops().iter().filter_map(move |op| {
        let rect = match *op {
            DrawOp::Clip(rect) => {
                clip = Some(rect);
                return None;
            }
            DrawOp::Unclip => {
                clip = None;
                return None;
            }
            DrawOp::Rect { rect, .. } => rect,
            DrawOp::Circle { center, radius, .. } | DrawOp::Arc { center, radius, .. } => {
                around(center, radius)
            }
            DrawOp::Dot { at, size, .. } => around(at, size * 0.5),
            DrawOp::Line { from, to, .. } => hull(&[from, to]),
            DrawOp::Polyline { points, .. } | DrawOp::Area { points, .. } => hull(sketch.points(points)),
            DrawOp::Cubic { curve, .. } => {
                hull(&(0..=32).map(|step| curve.at(step as f32 / 32.0)).collect::<Vec<_>>())
            }
            DrawOp::Text { at, text, align, size, weight, token } => {
                let w = text_width(sketch.text(text), Face { size, weight, token });
                let x = match align {
                    Align::Left => at.x,
                    Align::Center => at.x - w / 2.0,
                    Align::Right => at.x - w,
                };
                Rect::new(x, at.y - size * 0.75, w, size)
            }
        };
        for value in [rect.x, rect.y, rect.w, rect.h] {
            assert!(value.is_finite(), "{op:?} is nowhere");
        }
        let rect = match clip {
            Some(clip) => cut(rect, clip)?,
            None => rect,
        };
        Some((*op, rect))
    })
}

/// Fails where an operation leaves `frame` by more than `slack` pixels.
pub(crate) fn within(sketch: &Sketch, frame: Rect, slack: f32) {
    for (op, rect) in bounds(sketch) {
        let said = match op {
            DrawOp::Text { text, .. } => sketch.text(text),
            _ => "",
        };
        assert!(frame.holds(rect, slack), "{op:?} {said:?} at {rect:?} leaves {frame:?}");
    }
}

fn around(at: Point, radius: f32) -> Rect {
    Rect::new(at.x - radius, at.y - radius, 2.0 * radius, 2.0 * radius)
}

fn hull(points: &[Point]) -> Rect {
    let low = |f: fn(&Point) -> f32| points.iter().map(f).fold(f32::INFINITY, f32::min);
    let high = |f: fn(&Point) -> f32| points.iter().map(f).fold(f32::NEG_INFINITY, f32::max);
    let (x, y) = (low(|p| p.x), low(|p| p.y));
    Rect::new(x, y, high(|p| p.x) - x, high(|p| p.y) - y)
}

fn cut(rect: Rect, clip: Rect) -> Option<Rect> {
    let (x, y) = (rect.x.max(clip.x), rect.y.max(clip.y));
    let (right, bottom) = (rect.right().min(clip.right()), rect.bottom().min(clip.bottom()));
    (right >= x && bottom >= y).then(|| Rect::new(x, y, right - x, bottom - y))
}
