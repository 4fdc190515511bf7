//! A queue's card: a conveyor of messages with its depth and the age of the oldest.

use super::detail::Detail;
use super::pen::Pen;
use super::state::State;
use crate::base::{List, SimDuration, format, list};
use crate::observation::{Discard, QueuedMessage};
use crate::view::canvas::draw::{Align, DrawOp, Stroke};
use crate::view::canvas::geometry::{Rect, Size};
use crate::view::canvas::glyph::Glyph;
use crate::view::canvas::text::Face;
use crate::view::canvas::theme::Token;

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
            return State::new(text!("state.paused"), Token::Failed);
        }
        if self.dead && self.ready > 0 {
            return match self.cause {
                Some((Discard::DeliveryLimit, Some(most))) => {
                    State::new(say!("state.max-deliveries", most = most), Token::Failed)
                }
                Some((reason, _)) => State::new(cause(reason), Token::Failed),
                None => State { word: String::new(), token: Some(Token::Failed) },
            };
        }
        if self.full() { State::new(text!("state.full"), Token::Late) } else { State::default() }
    }
}

/// Why dead letters came, in a few words.
fn cause(reason: Discard) -> &'static str {
    match reason {
        Discard::MaxLen => text!("state.queue-full"),
        Discard::Rejected => text!("state.refused-for-good"),
        Discard::Expired => text!("state.expired"),
        Discard::DeliveryLimit => text!("state.delivery-limit"),
    }
}

/// Size of the card at scale 1.
pub(crate) fn natural(detail: Detail) -> Size {
    let (w, h) = detail.pick((214.0, 92.0), (136.0, 66.0), (92.0, 46.0));
    Size { w, h }
}

/// Draws the card.
pub(crate) fn draw(pen: &mut Pen, name: &str, reading: &QueueReading) {
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
                    say!(out => "card.redelivered", count = reading.redelivered);
                }
            });
    }
    let room = room - if taken > 0.0 { taken + 6.0 } else { 0.0 };
    pen.versions(y, Align::Left, Face::regular(small, Token::Muted), room, &|out, version| {
        // A queue that nobody consumes from has nothing to say here.
        if version > 3 || reading.dead && reading.prefetch == 0 && reading.unacked == 0 {
            return;
        }
        let (count, prefetch) = (reading.unacked, reading.prefetch);
        match version {
            0 if prefetch > 0 => say!(out => "card.unacked-of-prefetch", count = count, prefetch = prefetch),
            1 if prefetch > 0 => say!(out => "card.unacked-of", count = count, prefetch = prefetch),
            0..3 => say!(out => "card.unacked", count = count),
            _ => format::count(out, count.into()),
        }
    });
}

/// "depth 412 · oldest 8.2 s", then "412 · 8.2 s", then "412".
fn depth(out: &mut String, reading: &QueueReading, version: usize) {
    let ready = reading.ready;
    let mut all = List::new(out, list::DOT);
    all.item(|out| match (version, reading.capacity) {
        (0, Some(capacity)) => say!(out => "card.depth-of", count = ready, capacity = capacity),
        (0, None) => say!(out => "card.depth", count = ready),
        _ => format::count(out, ready.into()),
    });
    match (version, reading.oldest) {
        (0, Some(age)) => all.item(|out| say!(out => "card.oldest", age = age)),
        (1, Some(age)) => all.item(|out| format::duration(out, age)),
        _ => {}
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
        let text = say!("card.more", count = ready - shown);
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
