//! A queue's card: a conveyor of messages with its depth and the age of the oldest.

use super::card::{Detail, Pen, State};
use super::draw::{Align, DrawOp, Stroke};
use super::format;
use super::geometry::{Rect, Size};
use super::glyph::Glyph;
use super::text::Face;
use super::theme::Token;
use super::words::{card, state};
use crate::base::SimDuration;
use crate::observation::{Discard, QueuedMessage};

/// As many messages at the head of a queue are read for its card; no conveyor shows more.
pub const MOST_SHOWN: usize = 48;

/// What a queue's card shows.
#[derive(Clone, Debug, Default, PartialEq)]
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
    /// Ready messages at most; none: without bound.
    pub capacity: Option<u32>,
    /// Deliveries that were not the first of their message, since the start.
    pub redelivered: u64,
    /// Dead letters come here.
    pub dead: bool,
    /// Why most of its dead letters came, and after how many deliveries where that is why.
    pub cause: Option<(Discard, Option<u32>)>,
    /// The next messages to be delivered, in order: at most [`MOST_SHOWN`].
    pub head: Vec<QueuedMessage>,
}

impl QueueReading {
    /// Whether it has no room for another message.
    pub fn full(&self) -> bool {
        self.capacity.is_some_and(|capacity| self.ready >= capacity)
    }

    /// Its state in a word.
    pub fn state(&self) -> State {
        if self.paused {
            return State::new(state::PAUSED, Token::Failed);
        }
        if self.dead && self.ready > 0 {
            return match self.cause {
                Some((Discard::DeliveryLimit, Some(most))) => {
                    State::with(state::MAX_DELIVERIES, Token::Failed, |out| {
                        format::count(out, most.into());
                        out.push(')');
                    })
                }
                Some((reason, _)) => State::new(state::DEAD_LETTERS[reason as usize], Token::Failed),
                None => State { word: String::new(), token: Some(Token::Failed) },
            };
        }
        if self.full() { State::new(state::FULL, Token::Late) } else { State::default() }
    }
}

/// Size of the card at scale 1.
pub(super) fn natural(detail: Detail) -> Size {
    let (w, h) = detail.pick((214.0, 92.0), (136.0, 66.0), (92.0, 46.0));
    Size { w, h }
}

/// Draws the card.
pub(super) fn draw(pen: &mut Pen, name: &str, reading: &QueueReading) {
    let state = reading.state();
    pen.frame(name, &state, &|out, version| {
        if version <= 2 {
            depth(out, reading, version);
        }
    });
    let (top, height) = pen.detail.pick((33.0, 25.0), (25.0, 18.0), (19.0, 10.0));
    conveyor(pen, top, height, reading);
    last_line(pen, pen.detail.pick(78.0, 58.0, 40.0), reading, &state);
}

/// What consumers have at the left; at the right its state, or how much was delivered again.
fn last_line(pen: &mut Pen, y: f32, reading: &QueueReading, state: &State) {
    let (small, room) = (pen.small(), pen.room());
    let mut taken = pen.text(
        0.0,
        y,
        Align::Right,
        Face::bold(small, state.token.unwrap_or(Token::Muted)),
        room,
        &state.word,
    );
    if taken == 0.0 && reading.redelivered > 0 && pen.detail == Detail::Full {
        taken =
            pen.versions(y, Align::Right, Face::bold(small, Token::Late), room * 0.55, &|out, version| {
                if version == 0 {
                    out.push_str(card::REDELIVERED);
                    format::count(out, reading.redelivered);
                }
            });
    }
    let room = room - if taken > 0.0 { taken + 6.0 } else { 0.0 };
    pen.versions(y, Align::Left, Face::regular(small, Token::Muted), room, &|out, version| {
        // A queue that nobody consumes from has nothing to say here.
        if version > 3 || reading.dead && reading.prefetch == 0 && reading.unacked == 0 {
            return;
        }
        if version < 3 {
            out.push_str(card::UNACKED);
        }
        format::count(out, reading.unacked.into());
        if version < 2 && reading.prefetch > 0 {
            out.push_str(card::OF);
            format::count(out, reading.prefetch);
            out.push_str(if version == 0 { card::PREFETCH } else { "" });
        }
    });
}

/// "depth 412 · oldest 8.2 s", then "412 · 8.2 s", then "412".
fn depth(out: &mut String, reading: &QueueReading, version: usize) {
    if version == 0 {
        out.push_str(card::DEPTH);
    }
    format::count(out, reading.ready.into());
    if let (0, Some(capacity)) = (version, reading.capacity) {
        out.push_str(card::OF);
        format::count(out, capacity.into());
    }
    if let (0 | 1, Some(age)) = (version, reading.oldest) {
        out.push_str(card::DOT);
        if version == 0 {
            out.push_str(card::OLDEST);
        }
        format::duration(out, age);
    }
}

/// The messages at the head, at the right; at the left how many there are behind, and a red end where it is full.
fn conveyor(pen: &mut Pen, top: f32, height: f32, reading: &QueueReading) {
    let rect = pen.rect(0.0, top, pen.room(), height);
    let stroke = Some(Stroke::new(Token::Line, 1.0));
    let radius = 5.0 * pen.scale.min(1.0);
    pen.sketch.push(DrawOp::Rect { rect, radius, fill: Some(Token::Stage.into()), stroke });
    if reading.full() {
        pen.fill(Rect { w: 4.0 * pen.scale, ..rect }, radius, Token::Failed);
    }
    let pitch = height * pen.detail.pick(0.56, 0.68, 1.0);
    let places = ((pen.room() - 8.0) / pitch) as u32;
    let ready = reading.ready;
    let mut shown = ready.min(places).min(MOST_SHOWN as u32);
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
        pen.text(6.0, baseline, Align::Left, Face::regular(size, Token::Muted), room, &text);
    }
    let size = height * 0.44 * pen.scale;
    for place in 0..shown {
        let x = pen.room() - 4.0 - (place as f32 + 0.5) * pitch;
        let at = pen.rect(x, top + height / 2.0, 0.0, 0.0).center();
        let message = reading.head.get(place as usize).copied().unwrap_or_default();
        let glyph = match (message.poison || reading.dead, message.redelivered) {
            (true, false) => Glyph::Poison,
            (true, true) => Glyph::PoisonAgain,
            (false, true) => Glyph::Redelivered,
            (false, false) => Glyph::Message,
        };
        pen.sketch.push(DrawOp::Dot { at, size, glyph });
    }
}
