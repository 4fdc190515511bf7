//! A store: a cylinder with its version, how far it or its followers are behind, and who uses it.

use super::detail::Detail;
use super::pen::Pen;
use super::state::State;
use crate::base::{List, SimDuration, format, list};
use crate::view::canvas::draw::{Align, DrawOp, Stroke};
use crate::view::canvas::geometry::{Point, Rect, Size};
use crate::view::canvas::text::Face;
use crate::view::canvas::theme::Token;

/// What a store's card shows.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct StoreReading {
    /// Versions made or projected, all keys together.
    pub versions: u64,
    /// Keys that have one.
    pub keys: u32,
    /// Connections there are.
    pub connections: u32,
    /// Connections in use.
    pub busy: u32,
    /// Accesses that wait for one.
    pub waiting: u32,
    /// For a read model: versions that it misses, and since when where that is known.
    pub behind: Option<(u64, Option<SimDuration>)>,
    /// The same for followers.
    pub followers: Option<(u64, Option<SimDuration>)>,
    /// Reads that were stale, since the start.
    pub stale: u64,
    /// Its state in a word.
    pub state: State,
}

/// Corners of half an ellipse.
const HALF: usize = 12;

/// Size of the card at scale 1.
pub(crate) fn natural(detail: Detail) -> Size {
    let (w, h) = detail.pick((186.0, 108.0), (130.0, 76.0), (92.0, 50.0));
    Size { w, h }
}

/// Draws the cylinder and what is written on it.
pub(crate) fn draw(pen: &mut Pen, name: &str, reading: &StoreReading) {
    let (token, width) = match reading.state.token {
        Some(token) => (token, 1.5),
        None => (Token::Line, 1.0),
    };
    cylinder(pen, Stroke::new(token, width));
    let face = Face::bold(pen.detail.pick(13.0, 12.0, 11.0), Token::Ink);
    let (middle, room) = (pen.room() / 2.0, pen.room());
    pen.text(middle, pen.detail.pick(38.0, 28.0, 24.0), Align::Center, face, room, name);
    match pen.detail {
        Detail::Full => {
            version(pen, 54.0, reading);
            lag(pen, 70.0, reading);
            busy(pen, 86.0, reading);
        }
        Detail::Compact => {
            if !lag(pen, 44.0, reading) {
                version(pen, 44.0, reading);
            }
            busy(pen, 59.0, reading);
        }
        Detail::Tiny => {
            let behind = reading.behind.or(reading.followers).is_some_and(|(count, _)| count > 0);
            if !reading.state.word.is_empty() || !behind {
                busy(pen, 37.0, reading);
            } else {
                lag(pen, 37.0, reading);
            }
        }
    }
}

/// Body, bottom and lid.
fn cylinder(pen: &mut Pen, stroke: Stroke) {
    let Rect { x, y, w, h } = pen.card;
    let rise = pen.detail.pick(11.0, 8.0, 5.0) * pen.scale;
    let arc = |top: f32, down: bool| {
        (0..=HALF).map(move |step| {
            let angle = std::f32::consts::PI * step as f32 / HALF as f32;
            let lift = libm::sinf(angle) * rise * if down { 1.0 } else { -1.0 };
            Point { x: x + w / 2.0 - libm::cosf(angle) * w / 2.0, y: top + lift }
        })
    };
    let (lid, floor) = (y + rise, y + h - rise);
    let mut outline: Vec<Point> = arc(lid, false).collect();
    outline.extend(arc(floor, true).collect::<Vec<_>>().into_iter().rev());
    outline.push(Point { x, y: lid });
    let points = pen.sketch.keep_points(outline);
    pen.sketch.push(DrawOp::Area { points, fill: Token::Panel.into() });
    pen.sketch.push(DrawOp::Polyline { points, stroke });
    let points = pen.sketch.keep_points(arc(lid, true));
    pen.sketch.push(DrawOp::Polyline { points, stroke });
}

fn version(pen: &mut Pen, y: f32, reading: &StoreReading) {
    line(pen, y, Face::regular(pen.small(), Token::Muted), &|out, version| match version {
        0 | 1 => {
            let mut all = List::new(out, list::DOT);
            all.item(|out| say!(out => "card.version", count = reading.versions));
            if version == 0 && reading.keys > 1 {
                all.item(|out| say!(out => "card.keys", count = reading.keys));
            }
        }
        _ => {}
    });
}

/// "7 behind · 420 ms", of a read model or of followers. False where it is neither.
fn lag(pen: &mut Pen, y: f32, reading: &StoreReading) -> bool {
    let Some((count, age)) = reading.behind.or(reading.followers) else { return false };
    let followers = reading.behind.is_none();
    let (small, late) = (pen.small(), count > 0);
    let face = if late { Face::bold(small, Token::Late) } else { Face::regular(small, Token::Muted) };
    line(pen, y, face, &|out, version| {
        if version > 3 {
            return;
        }
        let named = followers && version < 2;
        if !late {
            return out.push_str(match (named, version) {
                (true, _) => text!("card.followers-up-to-date"),
                (false, 0..3) => text!("card.up-to-date"),
                _ => "",
            });
        }
        let mut all = List::new(out, list::DOT);
        all.item(|out| match named {
            true => say!(out => "card.followers-behind", count = count),
            false => say!(out => "card.behind", count = count),
        });
        if let (0 | 2, Some(age)) = (version, age) {
            all.item(|out| format::duration(out, age));
        }
    });
    true
}

/// Its state in a word, else how many connections are busy and who waits for one.
fn busy(pen: &mut Pen, y: f32, reading: &StoreReading) {
    let small = pen.small();
    if let Some(token) = reading.state.token {
        let (middle, room) = (pen.room() / 2.0, pen.room());
        pen.text(middle, y, Align::Center, Face::bold(small, token), room, &reading.state.word);
        return;
    }
    let full = reading.waiting > 0;
    let face = Face::regular(small, if full { Token::Late } else { Token::Muted });
    line(pen, y, face, &|out, version| {
        if version > 3 {
            return;
        }
        let (part, of) = (reading.busy, reading.connections);
        let mut all = List::new(out, list::DOT);
        if version < 2 {
            all.item(|out| say!(out => "card.busy-of", busy = part, all = of));
        } else if version < 3 || !full {
            all.item(|out| say!(out => "card.part-of", part = part, all = of));
        }
        if full && version != 2 {
            all.item(|out| say!(out => "card.waiting", count = reading.waiting));
        } else if reading.stale > 0 && version == 0 {
            all.item(|out| say!(out => "card.stale-reads", count = reading.stale));
        }
    });
}

/// The first version that fits, in the middle.
fn line(pen: &mut Pen, y: f32, face: Face, version: &dyn Fn(&mut String, usize)) {
    let room = pen.room();
    pen.versions_at(room / 2.0, y, Align::Center, face, room, version);
}
