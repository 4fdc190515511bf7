//! What each glyph looks like.

use super::draw::{DrawOp, Sketch, Stroke};
use super::geometry::{Point, Rect};
use super::glyph::{Glyph, RING_STEPS};
use super::theme::Token;

/// Paints a glyph with plain operations around `at`: for a painter's store of ready pictures, and for legends.
pub fn paint_glyph(sketch: &mut Sketch, glyph: Glyph, at: Point, size: f32) {
    let half = size / 2.0;
    match glyph {
        Glyph::Request(left) => {
            disc(sketch, at, size * 0.36, Token::Request);
            ring(sketch, at, size, left, Stroke::new(Token::Request, size * 0.14));
        }
        Glyph::Retry(left) => {
            disc(sketch, at, size * 0.36, Token::Request);
            let stroke = Stroke::dashed(Token::Late, size * 0.16, size * 0.28, size * 0.18);
            ring(sketch, at, size * 1.15, Some(left.unwrap_or(RING_STEPS)), stroke);
        }
        Glyph::Reply => square(sketch, at, size * 0.82, 0.25, Token::Good),
        Glyph::Failed => cross(sketch, at, size * 0.36, size * 0.26, Token::Failed),
        Glyph::Message => diamond(sketch, at, size * 0.56, Token::Message),
        Glyph::Redelivered => {
            diamond(sketch, at, size * 0.44, Token::Message);
            again(sketch, at, size);
        }
        Glyph::Poison => poison(sketch, at, size * 0.6),
        Glyph::PoisonAgain => {
            poison(sketch, at, size * 0.46);
            again(sketch, at, size);
        }
        Glyph::Confirm => disc(sketch, at, size * 0.2, Token::Faint),
        Glyph::Refusal => cross(sketch, at, size * 0.2, size * 0.16, Token::Failed),
        Glyph::Busy => square(sketch, at, size, 0.2, Token::Busy),
        Glyph::Free => square(sketch, at, size, 0.2, Token::Idle),
        Glyph::Blocked => {
            let line = size * 0.13;
            let rect = Rect::new(at.x - half, at.y - half, size, size).inset(line / 2.0);
            let (fill, stroke) = (Token::Blocked.alpha(0.22), Stroke::new(Token::Blocked, line));
            sketch.push(DrawOp::Rect { rect, radius: size * 0.2, fill: Some(fill), stroke: Some(stroke) });
            for side in [-1.0, 1.0] {
                let rect = Rect::new(
                    at.x + side * size * 0.13 - size * 0.055,
                    at.y - size * 0.22,
                    size * 0.11,
                    size * 0.44,
                );
                sketch.push(DrawOp::Rect { rect, radius: 0.0, fill: Some(Token::Late.into()), stroke: None });
            }
        }
    }
}

fn disc(sketch: &mut Sketch, at: Point, radius: f32, token: Token) {
    sketch.push(DrawOp::Circle { center: at, radius, fill: Some(token.into()), stroke: None });
}

fn square(sketch: &mut Sketch, at: Point, side: f32, round: f32, token: Token) {
    let rect = Rect::new(at.x - side / 2.0, at.y - side / 2.0, side, side);
    sketch.push(DrawOp::Rect { rect, radius: side * round, fill: Some(token.into()), stroke: None });
}

fn diamond(sketch: &mut Sketch, at: Point, reach: f32, token: Token) {
    let corners = [(0.0, -reach), (reach, 0.0), (0.0, reach), (-reach, 0.0)];
    let points = sketch.keep_points(corners.map(|(x, y)| Point { x: at.x + x, y: at.y + y }));
    sketch.push(DrawOp::Area { points, fill: token.into() });
}

fn poison(sketch: &mut Sketch, at: Point, reach: f32) {
    diamond(sketch, at, reach, Token::Failed);
    cross(sketch, at, reach * 0.28, reach * 0.2, Token::Panel);
}

/// The ring around what was delivered before.
fn again(sketch: &mut Sketch, at: Point, size: f32) {
    let stroke = Stroke::dashed(Token::Late, size * 0.14, size * 0.26, size * 0.18);
    sketch.push(DrawOp::Circle { center: at, radius: size * 0.72, fill: None, stroke: Some(stroke) });
}

fn cross(sketch: &mut Sketch, at: Point, reach: f32, width: f32, token: Token) {
    for side in [-1.0, 1.0] {
        let from = Point { x: at.x - reach, y: at.y - side * reach };
        let to = Point { x: at.x + reach, y: at.y + side * reach };
        sketch.push(DrawOp::Line { from, to, stroke: Stroke::new(token, width) });
    }
}

/// A ring of which `left` of [`RING_STEPS`] is left: it empties clockwise from the top.
fn ring(sketch: &mut Sketch, at: Point, size: f32, left: Option<u8>, stroke: Stroke) {
    let left = f32::from(left.unwrap_or(0).min(RING_STEPS)) / f32::from(RING_STEPS);
    if left > 0.0 {
        sketch.push(DrawOp::Arc { center: at, radius: size * 0.56, from: 1.0 - left, to: 1.0, stroke });
    }
}
