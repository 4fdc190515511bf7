//! An exchange: a small hub with how it routes, its name, and how many messages it took and sent on.

use super::card::{Detail, Pen};
use super::draw::{Align, DrawOp, Stroke};
use super::format;
use super::geometry::{Point, Size};
use super::text::{Face, text_width};
use super::theme::Token;
use super::words::{card, routing};
use crate::scenario::Routing;
use crate::telemetry::result::Exchange;

/// Size of the card at scale 1: the hub in its middle, its name below.
pub(super) fn natural(detail: Detail) -> Size {
    let (w, h) = detail.pick((118.0, 106.0), (100.0, 80.0), (84.0, 58.0));
    Size { w, h }
}

/// Natural radius of the hub.
fn radius(detail: Detail) -> f32 {
    detail.pick(34.0, 24.0, 15.0)
}

/// Draws the hub. `ends` are where links reach its card: from there lines go on to the hub.
pub(super) fn draw(pen: &mut Pen, name: &str, kind: Routing, counts: &Exchange, ends: &[Point]) {
    let (center, radius) = (pen.card.center(), radius(pen.detail) * pen.scale);
    for &end in ends {
        let stroke = Stroke::new(Token::Link, 1.5);
        pen.sketch.push(DrawOp::Line { from: end, to: center, stroke });
    }
    let (fill, stroke) = (Some(Token::Panel.into()), Some(Stroke::new(Token::Message, 1.5)));
    pen.sketch.push(DrawOp::Circle { center, radius, fill, stroke });
    let (middle, y) = (pen.room() / 2.0, pen.card.h / pen.scale / 2.0);
    let chord = 2.0 * self::radius(pen.detail) - 8.0;
    let small = pen.small();
    if pen.detail != Detail::Tiny {
        let rise = pen.detail.pick(-2.0, 4.0, 0.0);
        pen.text(middle, y + rise, Align::Center, Face::bold(small, Token::Message), chord, word(kind));
    }
    if pen.detail == Detail::Full {
        let face = Face::regular(small - 1.5, Token::Muted);
        pen.versions_at(middle, y + 12.0, Align::Center, face, chord - 2.0, &|out, version| {
            if version == 0 {
                format::count(out, counts.published);
            }
            if version < 2 {
                out.push_str(if version == 0 { card::ROUTED } else { card::ROUTED.trim_start() });
                format::count(out, counts.routed);
            }
        });
    }
    let below = y + self::radius(pen.detail) + pen.detail.pick(15.0, 13.0, 12.0);
    let face = Face::bold(pen.detail.pick(13.0, 12.0, 10.5), Token::Ink);
    // Where the flow goes down, a line to the hub passes behind the name.
    let wide = text_width(name, face).min(pen.room() + 8.0) + 4.0;
    let behind = pen.rect(middle - wide / 2.0, below - face.size, wide, face.size + 3.0);
    pen.fill(behind, 0.0, Token::Stage);
    pen.text(middle, below, Align::Center, face, pen.room() + 8.0, name);
}

/// How it routes, in a word.
pub(super) fn word(kind: Routing) -> &'static str {
    match kind {
        Routing::Direct => routing::DIRECT,
        Routing::Fanout => routing::FANOUT,
        Routing::Topic => routing::TOPIC,
        Routing::Headers => routing::HEADERS,
    }
}
