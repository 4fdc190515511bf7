//! A queue's card: a conveyor of messages with its depth and the age of the oldest.

use super::card::{Detail, Pen, State};
use super::draw::{Align, DrawOp, Stroke};
use super::format;
use super::geometry::Size;
use super::glyph::Glyph;
use super::text::Face;
use super::theme::Token;
use super::words::{card, state};
use crate::base::SimDuration;

/// What a queue's card shows.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct QueueReading {
    /// Messages ready for a consumer.
    pub ready: u32,
    /// Messages delivered and not yet acknowledged.
    pub unacked: u32,
    /// Messages that may be unacknowledged at once: the prefetch of all consumers together.
    pub prefetch: u64,
    /// Age of the oldest ready message.
    pub oldest: Option<SimDuration>,
    /// It is paused.
    pub paused: bool,
}

impl QueueReading {
    /// Its state in a word.
    pub fn state(&self) -> State {
        if self.paused { State::new(state::PAUSED, Token::Failed) } else { State::default() }
    }
}

/// Size of the card at scale 1.
pub(super) fn natural(detail: Detail) -> Size {
    let (w, h) = detail.pick((196.0, 92.0), (136.0, 66.0), (92.0, 46.0));
    Size { w, h }
}

/// Draws the card.
pub(super) fn draw(pen: &mut Pen, id: &str, reading: &QueueReading) {
    let state = reading.state();
    pen.frame(id, &state, &|out, version| {
        if version <= 2 {
            depth(out, reading, version);
        }
    });
    let (top, height) = pen.detail.pick((33.0, 25.0), (25.0, 18.0), (19.0, 10.0));
    conveyor(pen, top, height, reading.ready);
    let y = pen.detail.pick(78.0, 58.0, 40.0);
    let (small, room) = (pen.small(), pen.room());
    let token = state.token.unwrap_or(Token::Muted);
    let taken = pen.text(0.0, y, Align::Right, Face::bold(small, token), room, &state.word);
    let room = room - if taken > 0.0 { taken + 6.0 } else { 0.0 };
    pen.versions(y, Align::Left, Face::regular(small, Token::Muted), room, &|out, version| {
        if version > 2 {
            return;
        }
        if version < 2 {
            out.push_str(card::UNACKED);
        }
        format::count(out, reading.unacked.into());
        if version == 0 && reading.prefetch > 0 {
            out.push_str(card::OF);
            format::count(out, reading.prefetch);
        }
    });
}

/// "depth 412 · oldest 8.2 s", then "412 · 8.2 s", then "412".
fn depth(out: &mut String, reading: &QueueReading, version: usize) {
    if version == 0 {
        out.push_str(card::DEPTH);
    }
    format::count(out, reading.ready.into());
    if let (0 | 1, Some(age)) = (version, reading.oldest) {
        out.push_str(card::DOT);
        if version == 0 {
            out.push_str(card::OLDEST);
        }
        format::duration(out, age);
    }
}

/// The messages at the head, at the right; at the left how many there are behind.
fn conveyor(pen: &mut Pen, top: f32, height: f32, ready: u32) {
    let rect = pen.rect(0.0, top, pen.room(), height);
    let stroke = Some(Stroke::new(Token::Line, 1.0));
    let radius = 5.0 * pen.scale.min(1.0);
    pen.sketch.push(DrawOp::Rect { rect, radius, fill: Some(Token::Stage.into()), stroke });
    let pitch = height * pen.detail.pick(0.56, 0.68, 1.0);
    let places = ((pen.room() - 8.0) / pitch) as u32;
    let mut shown = ready.min(places);
    if shown < ready {
        // Room for the number of those behind.
        let room = pitch * 3.0;
        shown = shown.saturating_sub(3);
        let text = format::string(|out| {
            out.push('+');
            format::count(out, u64::from(ready - shown));
        });
        let size = pen.small().min(height * 0.8);
        let baseline = top + height / 2.0 + size * 0.36;
        pen.text(5.0, baseline, Align::Left, Face::regular(size, Token::Muted), room, &text);
    }
    let size = height * 0.44 * pen.scale;
    for place in 0..shown {
        let x = pen.room() - 4.0 - (place as f32 + 0.5) * pitch;
        let at = pen.rect(x, top + height / 2.0, 0.0, 0.0).center();
        pen.sketch.push(DrawOp::Dot { at, size, glyph: Glyph::Message });
    }
}
