//! A plain card: an id, a state and a few numbers, for nodes without a picture of their own.

use super::card::{Detail, Pen, State};
use super::draw::Align;
use super::format;
use super::geometry::Size;
use super::text::Face;
use super::theme::Token;
use super::words::card;

/// What a plain card shows.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct PlainReading {
    /// Numbers with the words that follow them, the most important first.
    pub numbers: Vec<(u64, &'static str)>,
    /// Its state in a word.
    pub state: State,
}

/// Size of the card at scale 1.
pub(super) fn natural(detail: Detail) -> Size {
    let (w, h) = detail.pick((176.0, 58.0), (130.0, 46.0), (92.0, 36.0));
    Size { w, h }
}

/// Draws the card.
pub(super) fn draw(pen: &mut Pen, id: &str, reading: &PlainReading) {
    pen.frame(id, &reading.state, &|_, _| {});
    let y = pen.detail.pick(44.0, 36.0, 29.0);
    let (small, room) = (pen.small(), pen.room());
    let token = reading.state.token.unwrap_or(Token::Muted);
    let taken = pen.text(0.0, y, Align::Right, Face::bold(small, token), room, &reading.state.word);
    let room = room - if taken > 0.0 { taken + 6.0 } else { 0.0 };
    pen.versions(y, Align::Left, Face::regular(small, Token::Muted), room, &|out, version| {
        let shown = reading.numbers.len().saturating_sub(version);
        for (at, (count, word)) in reading.numbers[..shown].iter().enumerate() {
            out.push_str(if at > 0 { card::DOT } else { "" });
            format::count(out, *count);
            out.push_str(word);
        }
    });
}
