//! An exchange: a small hub with how it routes, its name, and how many messages it took and sent on.

use super::detail::Detail;
use super::pen::Pen;
use crate::scenario::Routing;
use crate::telemetry::result::Exchange;
use crate::view::canvas::draw::{Align, DrawOp, Stroke};
use crate::view::canvas::geometry::{Point, Size};
use crate::view::canvas::text::{Face, text_width};
use crate::view::canvas::theme::Token;

/// Size of the card at scale 1: the hub in its middle, its name below.
pub(crate) fn natural(detail: Detail) -> Size {
    let (w, h) = detail.pick((118.0, 106.0), (100.0, 80.0), (84.0, 58.0));
    Size { w, h }
}

/// Natural radius of the hub.
fn radius(detail: Detail) -> f32 {
    detail.pick(34.0, 24.0, 15.0)
}

/// Draws the hub. `ends` are where links reach its card: from there lines go on to the hub.
pub(crate) fn draw(pen: &mut Pen, name: &str, kind: Routing, counts: &Exchange, ends: &[Point]) {
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
        pen.versions_at(middle, y + 12.0, Align::Center, face, chord - 2.0, &|out, version| match version {
            0 => say!(out => "card.routed", published = counts.published, routed = counts.routed),
            1 => say!(out => "card.routed-alone", routed = counts.routed),
            _ => {}
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
pub(crate) fn word(kind: Routing) -> &'static str {
    match kind {
        Routing::Direct => text!("routing.direct"),
        Routing::Fanout => text!("routing.fanout"),
        Routing::Topic => text!("routing.topic"),
        Routing::Headers => text!("routing.headers"),
    }
}
