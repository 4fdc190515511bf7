//! An exchange's card: how it routes, and how many messages it took and sent on.

use super::card::{Detail, Pen, State};
use super::draw::Align;
use super::format;
use super::geometry::Size;
use super::text::Face;
use super::theme::Token;
use super::words::{card, routing};
use crate::scenario::Routing;
use crate::telemetry::result::Exchange;

/// Size of the card at scale 1.
pub(super) fn natural(detail: Detail) -> Size {
    let (w, h) = detail.pick((150.0, 60.0), (120.0, 48.0), (92.0, 38.0));
    Size { w, h }
}

/// Draws the card.
pub(super) fn draw(pen: &mut Pen, id: &str, kind: Routing, counts: &Exchange) {
    pen.frame(id, &State::default(), &|out, version| {
        if version == 0 {
            out.push_str(word(kind));
        }
    });
    let y = pen.detail.pick(44.0, 36.0, 30.0);
    let (face, room) = (Face::regular(pen.small(), Token::Muted), pen.room());
    pen.versions(y, Align::Left, face, room, &|out, version| {
        if version < 2 {
            format::count(out, counts.published);
            out.push_str(card::ROUTED);
            format::count(out, counts.routed);
            out.push_str(if version == 0 { card::COPIES } else { "" });
        }
    });
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
