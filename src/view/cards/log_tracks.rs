//! The tracks of a log's card, one a partition: cells of records up to the newest, and the groups' places among them.

use super::detail::Detail;
use super::log::LogReading;
use super::pen::{LOOK, Pen, TRACED};
use crate::base::format;
use crate::observation::{ClaimState, PartitionState};
use crate::view::canvas::draw::{Align, DrawOp, Sketch, Stroke};
use crate::view::canvas::geometry::{Point, Rect};
use crate::view::canvas::steps::nice_count;
use crate::view::canvas::text::Face;
use crate::view::canvas::theme::Token;

/// Natural width of a cell, its gap included.
const CELL: f32 = 9.0;
/// Natural width of what stands at the left of a track: the partition and its leader.
const LEFT: f32 = 44.0;
/// The same at the right: the offset of the next record.
const RIGHT: f32 = 40.0;
/// At most so many groups have a marker and a line; of the rest the number is told.
pub const MOST_GROUPS: usize = 3;

/// A partition, and where groups stand in it.
#[derive(Clone, Debug, PartialEq)]
pub struct Track {
    /// The partition's number.
    pub number: u32,
    /// How it stands.
    pub partition: PartitionState,
    /// Where the first groups stand in it.
    pub claims: [ClaimState; MOST_GROUPS],
}

impl Track {
    /// Records by which one of the first groups is behind, the most of any.
    fn behind(&self, groups: usize) -> u64 {
        let lag = |claim: &ClaimState| self.partition.end.saturating_sub(claim.committed);
        self.claims.iter().take(groups).map(lag).max().unwrap_or(0)
    }
}

/// Draws the tracks from `top` on, one every `pitch`; says how many records one cell is.
pub(crate) fn draw(pen: &mut Pen, (top, pitch): (f32, f32), reading: &LogReading) -> u64 {
    let (tracks, groups) = (&reading.tracks, reading.groups.len());
    let detail = pen.detail;
    let full = detail == Detail::Full;
    let (left, right) = (detail.pick(LEFT, 20.0, 0.0), detail.pick(RIGHT, 0.0, 0.0));
    let width = (pen.room() - left - right).max(CELL);
    let cells = (width / CELL) as u64;
    let scale = scale(tracks, cells, groups);
    let size = detail.pick(11.0, 9.5, 0.0_f32).min(pitch * 0.75);
    for (at, track) in tracks.iter().enumerate() {
        let y = top + at as f32 * pitch;
        let rect = pen.rect(left, y + pitch * 0.28, cells as f32 * CELL, pitch * 0.62);
        if reading.looked_at.contains(&track.number) {
            let around =
                pen.rect(-3.0, y + pitch * 0.1, left + cells as f32 * CELL + right + 6.0, pitch * 0.9);
            let (fill, stroke) = (Some(Token::Accent.alpha(0.14)), Some(LOOK));
            pen.sketch.push(DrawOp::Rect { rect: around, radius: 3.0, fill, stroke });
        }
        if detail != Detail::Tiny {
            label(pen, y + pitch * 0.82, size, track, full);
        }
        if full {
            let text = format::string(|out| format::count(out, track.partition.end));
            let face = Face::regular(size - 1.0, Token::Muted);
            pen.text(0.0, y + pitch * 0.82, Align::Right, face, right - 4.0, &text);
        }
        records(pen, rect, track, (cells, scale), groups);
        for group in 0..groups.min(MOST_GROUPS) {
            place(pen, rect, track, group, (cells, scale), detail);
        }
        for &(_, offset) in reading.traced.iter().filter(|(partition, _)| *partition == track.number) {
            mark(pen, rect, track, offset, (cells, scale));
        }
    }
    scale
}

/// How many records one cell is: so few that the slowest group still has its place on its track.
fn scale(tracks: &[Track], cells: u64, groups: usize) -> u64 {
    let most = tracks.iter().map(|track| track.behind(groups)).max().unwrap_or(0);
    // Some of what is done is to be seen as well.
    let room = cells.saturating_sub(cells / 4).max(1);
    nice_count(most.div_ceil(room))
}

/// "p0 B1": which partition, and who leads it.
fn label(pen: &mut Pen, y: f32, size: f32, Track { number, partition, .. }: &Track, full: bool) {
    let text = say!("card.partition", partition = *number);
    let token = if partition.leader.is_some() { Token::Muted } else { Token::Failed };
    let taken = pen.text(0.0, y, Align::Left, Face::bold(size, token), LEFT, &text);
    if full {
        let (text, token) = match partition.leader {
            Some(broker) => (say!("card.broker", broker = broker), Token::Accent),
            None => (text!("card.nobody").to_owned(), Token::Failed),
        };
        pen.text(taken + 4.0, y, Align::Left, Face::bold(size - 1.0, token), LEFT - taken - 6.0, &text);
    }
}

/// One cell for every `scale` records, the newest at the right: full colour for what some group has not committed,
/// pale for what all have, an outline alone for what is not yet safe on all copies in sync.
fn records(
    pen: &mut Pen,
    rect: Rect,
    Track { partition, claims, .. }: &Track,
    (cells, scale): (u64, u64),
    groups: usize,
) {
    let step = rect.w / cells as f32;
    let slowest = claims.iter().take(groups).map(|claim| claim.committed).min().unwrap_or(0);
    for cell in 0..cells {
        let newest = partition.end.saturating_sub(cell * scale);
        let oldest = newest.saturating_sub(scale).max(partition.start);
        if newest <= partition.start {
            break;
        }
        let x = rect.right() - (cell + 1) as f32 * step;
        let gap = (step * 0.16).min(1.5 * pen.scale);
        let at = Rect { x: x + gap / 2.0, w: step - gap, ..rect };
        let radius = 2.0 * pen.scale.min(1.0);
        let (fill, stroke) = if oldest >= partition.high {
            (None, Some(Stroke::new(Token::Message, 1.0)))
        } else if newest <= slowest {
            (Some(Token::Message.alpha(0.3)), None)
        } else {
            (Some(Token::Message.alpha(0.8)), None)
        };
        let rect = if stroke.is_some() { at.inset(0.5) } else { at };
        pen.sketch.push(DrawOp::Rect { rect, radius, fill, stroke });
    }
}

/// A dashed frame around the cell of a record of the request whose trace is shown; none where it lies beyond the track.
fn mark(pen: &mut Pen, rect: Rect, Track { partition, .. }: &Track, offset: u64, (cells, scale): (u64, u64)) {
    let cell = partition.end.saturating_sub(offset + 1) / scale;
    if cell < cells {
        let step = rect.w / cells as f32;
        let at = Rect { x: rect.right() - (cell + 1) as f32 * step, w: step, ..rect }.inset(-1.0);
        pen.sketch.push(DrawOp::Rect { rect: at, radius: 2.0, fill: None, stroke: Some(TRACED) });
    }
}

/// A group's marker above the boundary of what it has committed, and a line as far as it has read beyond.
fn place(
    pen: &mut Pen,
    rect: Rect,
    Track { partition, claims, .. }: &Track,
    group: usize,
    (cells, scale): (u64, u64),
    detail: Detail,
) {
    let claim = &claims[group];
    let step = rect.w / cells as f32 / scale as f32;
    let x = |offset: u64| {
        let behind = partition.end.saturating_sub(offset) as f32 * step;
        (rect.right() - behind).max(rect.x)
    };
    let (done, read) = (x(claim.committed), x(claim.position.max(claim.committed)));
    let ink = Token::of_group(group);
    let top = rect.y - 3.0 * pen.scale;
    if read > done + 0.5 {
        let from = Point { x: done, y: rect.bottom() - (1.0 + 2.0 * group as f32) * pen.scale };
        let stroke = Stroke::new(ink, 1.5 * pen.scale);
        pen.sketch.push(DrawOp::Line { from, to: Point { x: read, ..from }, stroke });
    }
    let (from, to) = (Point { x: done, y: top }, Point { x: done, y: rect.bottom() });
    pen.sketch.push(DrawOp::Line { from, to, stroke: Stroke::new(ink, 1.5 * pen.scale) });
    // Lines alone where there is no room for signs.
    if detail == Detail::Tiny {
        return;
    }
    let size = detail.pick(3.6, 2.4, 0.0_f32).min(rect.h / pen.scale * 0.3) * pen.scale;
    marker(pen.sketch, Point { x: done, y: top }, size, group);
}

/// A group's sign: a triangle, a square or a disc in its colour.
pub(crate) fn marker(sketch: &mut Sketch, at: Point, size: f32, group: usize) {
    let token = Token::of_group(group % MOST_GROUPS);
    match group % MOST_GROUPS {
        0 => {
            let corners = [(-size, -size), (size, -size), (0.0, size)];
            let points = sketch.keep_points(corners.map(|(x, y)| Point { x: at.x + x, y: at.y + y }));
            sketch.push(DrawOp::Area { points, fill: token.into() });
        }
        1 => {
            let side = size * 1.7;
            let rect = Rect::new(at.x - side / 2.0, at.y - side / 2.0, side, side);
            sketch.push(DrawOp::Rect { rect, radius: 0.0, fill: Some(token.into()), stroke: None });
        }
        _ => sketch.push(DrawOp::Circle { center: at, radius: size, fill: Some(token.into()), stroke: None }),
    }
}
