//! The crosshair of all charts, with the values where it stands.

use super::plot::Plot;
use super::readout::rows_at;
use super::span::REACH;
use crate::base::within_f32;
use crate::view::canvas::draw::{Align, DrawOp, Sketch, Stroke};
use crate::view::canvas::geometry::{Point, Rect};
use crate::view::canvas::text::{Face, text_width, write};
use crate::view::canvas::theme::Token;

impl Plot<'_> {
    /// A vertical line with the values where it stands.
    pub(super) fn crosshair(&self, sketch: &mut Sketch, at: f64) {
        let (from, to) = self.data.span;
        let x = within_f32(self.x(at), self.frame.x, self.frame.right());
        let line = DrawOp::Line {
            from: Point { x, y: self.frame.y },
            to: Point { x, y: self.frame.bottom() },
            stroke: Stroke::new(Token::Ink, 1.0),
        };
        sketch.push(line);
        for series in &self.data.series {
            let (Some(value), Some(stroke)) = (series.at(at, REACH * (to - from)), series.stroke) else {
                continue;
            };
            let (center, fill) = (Point { x, y: self.y(value) }, Some(stroke.ink.token.into()));
            sketch.push(DrawOp::Circle { center, radius: 3.0, fill, stroke: None });
        }
        let rows = rows_at(self.data, at);
        self.readout(sketch, x, &rows);
    }

    /// A box beside the crosshair, on the side with more room.
    fn readout(&self, sketch: &mut Sketch, x: f32, rows: &[(Token, String)]) {
        const PITCH: f32 = 13.0;
        let face = |token: Token| Face::regular(10.5, token);
        let wide = rows.iter().map(|(token, text)| text_width(text, face(*token))).fold(0.0, f32::max) + 12.0;
        let wide = wide.min(self.frame.w);
        let fits = ((self.frame.h - 8.0) / PITCH) as usize;
        let shown = &rows[..rows.len().min(fits)];
        if shown.is_empty() {
            return;
        }
        let left = if x > self.frame.center().x { x - wide - 8.0 } else { x + 8.0 };
        let left = within_f32(left, self.frame.x, self.frame.right() - wide);
        let rect = Rect::new(left, self.frame.y, wide, shown.len() as f32 * PITCH + 7.0);
        let (fill, stroke) = (Some(Token::Panel.alpha(0.94)), Some(Stroke::new(Token::Line, 1.0)));
        sketch.push(DrawOp::Rect { rect, radius: 6.0, fill, stroke });
        for (row, (token, text)) in shown.iter().enumerate() {
            let at = Point { x: left + 6.0, y: rect.y + 13.0 + row as f32 * PITCH };
            write(sketch, at, Align::Left, face(*token), wide - 10.0, text);
        }
    }
}
