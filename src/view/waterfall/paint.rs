//! The picture of a waterfall.

use super::rows::{Part, Row, rows};
use super::say::{ending, part_word};
use crate::base::{SimDuration, SimTime, format, within_f32};
use crate::observation::SpanEnd;
use crate::scenario::Plan;
use crate::telemetry::Trace;
use crate::view::canvas::draw::{Align, DrawOp, Sketch, Stroke};
use crate::view::canvas::geometry::{Point, Rect, Size};
use crate::view::canvas::glyph::Glyph;
use crate::view::canvas::steps::nice_step;
use crate::view::canvas::text::{Face, text_width, write};
use crate::view::canvas::theme::Token;

/// Height of a row.
const PITCH: f32 = 22.0;
/// Height of a bar.
const BAR: f32 = 12.0;
/// Height of the axis above the rows.
const AXIS: f32 = 20.0;
/// Height of a line of the legend below them.
const LEGEND: f32 = 16.0;
/// Ticks are about so far apart.
const TICK: f32 = 90.0;
/// A picture of its own height shows at most so many rows at once.
const MOST_AT_ONCE: usize = 18;
/// By so much is a row further in than its parent.
const STEP: f32 = 10.0;

/// What is asked of the picture.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct WaterfallOptions {
    /// The first row that is shown, where not all fit.
    pub first: usize,
    /// The row that the pointer or the keyboard is at.
    pub row: Option<usize>,
    /// The present instant, where time went back to before the one up to which the trace is known; none: the same.
    pub present: Option<SimTime>,
}

/// Where things are.
struct Frame {
    /// Bars lie in here, below the axis and above the legend.
    bars: Rect,
    /// The first row that is shown, and the one after the last.
    shown: (usize, usize),
    from: SimTime,
    to: SimTime,
}

/// Draws the waterfall of a trace as it stands at `now`, the instant up to which it is known. Clears the sketch first.
pub fn waterfall(
    sketch: &mut Sketch,
    plan: &Plan,
    trace: &Trace,
    now: SimTime,
    size: Size,
    options: &WaterfallOptions,
) {
    sketch.clear();
    let rows = rows(plan, trace, now);
    let legend = legend_of(&rows, size);
    let Some(frame) = frame(&rows, size, legend.lines, options.first) else { return };
    axis(sketch, &frame, size);
    let shown = rows.iter().enumerate().skip(frame.shown.0).take(frame.shown.1 - frame.shown.0);
    for (at, row) in shown.clone() {
        if options.row == Some(at) {
            let rect = Rect::new(0.0, frame.y(at) - PITCH / 2.0, size.w, PITCH);
            sketch.push(DrawOp::Rect { rect, radius: 4.0, fill: Some(Token::Grid.into()), stroke: None });
        }
        label(sketch, &frame, at, row);
    }
    for (at, row) in shown.clone() {
        link(sketch, &frame, at, row);
    }
    for (at, row) in shown {
        bar(sketch, &frame, at, row, size);
    }
    present(sketch, &frame, &rows, options.present.unwrap_or(now));
    thumb(sketch, &frame, rows.len(), size);
    draw_legend(sketch, &legend, size);
}

/// The height that shows all rows of a trace, in whole pixels; where there are very many, not all.
pub fn waterfall_height(plan: &Plan, trace: &Trace, now: SimTime) -> u32 {
    let rows = rows(plan, trace, now).len().clamp(1, MOST_AT_ONCE);
    // The legend takes two lines on a narrow screen.
    (AXIS + rows as f32 * PITCH + 2.0 * LEGEND + 4.0) as u32
}

/// How many rows fit at a size; at least one.
pub fn waterfall_fitting(plan: &Plan, trace: &Trace, now: SimTime, size: Size) -> usize {
    let rows = rows(plan, trace, now);
    fitting(size, legend_of(&rows, size).lines)
}

/// The row at a height of the picture.
pub fn waterfall_row_at(
    plan: &Plan,
    trace: &Trace,
    now: SimTime,
    size: Size,
    options: &WaterfallOptions,
    y: f32,
) -> Option<usize> {
    let rows = rows(plan, trace, now);
    let frame = frame(&rows, size, legend_of(&rows, size).lines, options.first)?;
    let (first, end) = frame.shown;
    let at = first + within_f32((y - frame.bars.y) / PITCH, 0.0, 1e4) as usize;
    (y >= frame.bars.y && at < end).then_some(at)
}

fn fitting(size: Size, legend: usize) -> usize {
    let room = size.h - AXIS - legend as f32 * LEGEND - 4.0;
    (within_f32(room / PITCH, 1.0, 1e4)) as usize
}

/// None where there is nothing to draw, or no room.
fn frame(rows: &[Row], size: Size, legend: usize, first: usize) -> Option<Frame> {
    let from = rows.iter().map(|row| row.from).min()?;
    let to = rows.iter().map(|row| row.to).max()?.max(from + SimDuration(1));
    let gutter = within_f32(size.w * 0.28, 60.0, 220.0);
    let fits = fitting(size, legend);
    if size.w < 120.0 || size.h < AXIS + PITCH {
        return None;
    }
    let first = first.min(rows.len().saturating_sub(fits));
    let shown = (first, (first + fits).min(rows.len()));
    let height = (shown.1 - shown.0) as f32 * PITCH;
    let bars = Rect::new(gutter, AXIS, size.w - gutter - 10.0, height);
    Some(Frame { bars, shown, from, to })
}

impl Frame {
    fn x(&self, at: SimTime) -> f32 {
        let share = at.since(self.from).0 as f64 / self.to.since(self.from).0 as f64;
        self.bars.x + self.bars.w * share.min(1.0) as f32
    }

    /// The middle of a row.
    fn y(&self, row: usize) -> f32 {
        let last = self.shown.1.saturating_sub(self.shown.0) as f32;
        let places = row as f32 - self.shown.0 as f32;
        self.bars.y + (within_f32(places, -1.0, last) + 0.5) * PITCH
    }

    fn shows(&self, row: usize) -> bool {
        (self.shown.0..self.shown.1).contains(&row)
    }
}

/// Time since the request was offered.
fn axis(sketch: &mut Sketch, frame: &Frame, size: Size) {
    let whole = frame.to.since(frame.from).as_secs();
    let step = nice_step(whole, ((frame.bars.w / TICK) as usize).clamp(1, 10));
    let face = Face::regular(10.0, Token::Faint);
    let mut free = 0.0;
    for tick in 0..=(within_f32((whole / step) as f32 + 0.001, 0.0, 20.0)) as u32 {
        let after = SimDuration::from_secs(f64::from(tick) * step);
        let x = frame.x(frame.from + after);
        let (from, to) = (Point { x, y: frame.bars.y - 4.0 }, Point { x, y: frame.bars.bottom() });
        sketch.push(DrawOp::Line { from, to, stroke: Stroke::new(Token::Grid, 1.0) });
        let text = format::string(|out| format::duration(out, after));
        let half = text_width(&text, face) / 2.0;
        // Kept whole at the edges, left out where the one before still stands.
        let x = x.min(size.w - half - 2.0);
        if x - half >= free {
            write(sketch, Point { x, y: 12.0 }, Align::Center, face, 2.0 * half + 1.0, &text);
            free = x + half + 6.0;
        }
    }
}

fn label(sketch: &mut Sketch, frame: &Frame, at: usize, row: &Row) {
    // Deep rows are not pushed out of their own gutter.
    let left = 6.0 + (row.depth as f32 * STEP).min(frame.bars.x * 0.4);
    let room = frame.bars.x - left - 6.0;
    let y = frame.y(at) + 4.0;
    let face = Face::regular(11.5, Token::Ink);
    // What is special about it stands behind its name, if that leaves the name some room.
    let special = Face::regular(10.5, Token::Late);
    let wide = if row.note.is_empty() { 0.0 } else { text_width(&row.note, special) + 6.0 };
    let wide = if wide <= room * 0.6 { wide } else { 0.0 };
    let taken = write(sketch, Point { x: left, y }, Align::Left, face, room - wide, &row.name);
    if wide > 0.0 {
        write(sketch, Point { x: left + taken + 5.0, y }, Align::Left, special, wide, &row.note);
    }
}

/// From where a message was handed over to the row that handles it.
fn link(sketch: &mut Sketch, frame: &Frame, at: usize, row: &Row) {
    let Some((publication, handed)) = row.link else { return };
    let x = frame.x(handed);
    let top = if frame.shows(publication) { frame.y(publication) } else { frame.bars.y };
    let (from, to) = (Point { x, y: top }, Point { x, y: frame.y(at) });
    sketch.push(DrawOp::Line { from, to, stroke: Stroke::dashed(Token::Message, 1.5, 3.0, 3.0) });
}

fn bar(sketch: &mut Sketch, frame: &Frame, at: usize, row: &Row, size: Size) {
    let y = frame.y(at);
    for stretch in &row.stretches {
        let (from, to) = (frame.x(stretch.from), frame.x(stretch.to));
        part(sketch, stretch.part, from, to.max(from + 1.0).min(frame.bars.right()), y);
    }
    if let Some(given_up) = row.given_up {
        // Nobody waits any more: the rest is for nobody.
        let x = frame.x(given_up);
        let (from, to) = (Point { x, y: y - BAR / 2.0 - 3.0 }, Point { x, y: y + BAR / 2.0 + 3.0 });
        sketch.push(DrawOp::Line { from, to, stroke: Stroke::new(Token::Failed, 2.0) });
    }
    let bad = matches!(row.end, Some(SpanEnd::Failed(_) | SpanEnd::Crashed | SpanEnd::Late));
    let text = format::string(|out| {
        if bad {
            say!(out => "trace.bad", ending = &ending(row));
        } else if row.pending {
            out.push_str(text!("trace.pending"));
        } else {
            format::duration(out, row.to.since(row.from));
        }
    });
    let token = if bad { Token::Failed } else { Token::Muted };
    let face = Face::regular(10.0, token);
    let (wide, y) = (text_width(&text, face) + 1.0, y + 3.5);
    let (left, right) = (frame.x(row.from), frame.x(row.to));
    // Behind the bar, else before it; else the bar fills its row, and the words say the rest.
    if right + 6.0 + wide <= size.w - 8.0 {
        write(sketch, Point { x: right + 6.0, y }, Align::Left, face, wide, &text);
    } else if left - 6.0 - wide >= frame.bars.x {
        write(sketch, Point { x: left - 6.0, y }, Align::Right, face, wide, &text);
    }
}

/// One kind of time: told apart by its colour, and by its height, edge and filling.
fn part(sketch: &mut Sketch, part: Part, from: f32, to: f32, y: f32) {
    let (wide, middle) = ((to - from).max(1.0), Point { x: (from + to) / 2.0, y });
    let rect = |height: f32| Rect::new(from, y - height / 2.0, wide, height);
    let mut push = |rect: Rect, fill, stroke| {
        sketch.push(DrawOp::Rect { rect, radius: 2.0f32.min(rect.w / 2.0), fill, stroke });
    };
    let edge = |token| (wide >= 3.0).then(|| Stroke::new(token, 1.0));
    match part {
        Part::Working => push(rect(BAR), Some(Token::Busy.into()), None),
        Part::Waiting => push(rect(BAR / 2.0), Some(Token::Waiting.into()), None),
        Part::Blocked => {
            let outline = rect(BAR).inset(if wide >= 3.0 { 0.5 } else { 0.0 });
            push(outline, Some(Token::Blocked.alpha(0.25)), edge(Token::Blocked));
            for side in [-2.5, 1.0].into_iter().filter(|_| wide >= 12.0) {
                let pause = Rect::new(middle.x + side, y - 3.0, 1.5, 6.0);
                push(pause, Some(Token::Late.into()), None);
            }
        }
        Part::Network => {
            let (from, to) = (Point { x: from, y }, Point { x: from + wide, y });
            sketch.push(DrawOp::Line { from, to, stroke: Stroke::new(Token::Muted, 1.5) });
        }
        Part::Queue => {
            let outline = rect(BAR).inset(if wide >= 3.0 { 0.5 } else { 0.0 });
            push(outline, Some(Token::Message.alpha(0.2)), edge(Token::Message));
            if wide >= 14.0 {
                sketch.push(DrawOp::Dot { at: middle, size: 8.0, glyph: Glyph::Message });
            }
        }
        Part::Store => {
            push(rect(BAR).inset(0.5), Some(Token::Idle.into()), edge(Token::Muted));
            if wide >= 8.0 {
                let x = from + 3.0;
                let (from, to) = (Point { x, y: y - BAR / 2.0 }, Point { x, y: y + BAR / 2.0 });
                sketch.push(DrawOp::Line { from, to, stroke: Stroke::new(Token::Muted, 1.0) });
            }
        }
    }
}

/// The present instant, where something still goes on.
fn present(sketch: &mut Sketch, frame: &Frame, rows: &[Row], now: SimTime) {
    let over = rows.iter().all(|row| row.end.is_some());
    if now > frame.to || over && now == frame.to {
        return;
    }
    let x = frame.x(now);
    let (from, to) = (Point { x, y: frame.bars.y - 6.0 }, Point { x, y: frame.bars.bottom() });
    sketch.push(DrawOp::Line { from, to, stroke: Stroke::new(Token::Ink, 1.5) });
    let corners = [(x - 4.0, from.y - 4.0), (x + 4.0, from.y - 4.0), (x, from.y + 2.0)];
    let points = sketch.keep_points(corners.map(|(x, y)| Point { x, y }));
    sketch.push(DrawOp::Area { points, fill: Token::Ink.into() });
}

/// Where the shown rows lie among all, where not all fit.
fn thumb(sketch: &mut Sketch, frame: &Frame, count: usize, size: Size) {
    let (first, end) = frame.shown;
    if end - first >= count {
        return;
    }
    let part = |rows: usize| frame.bars.h * rows as f32 / count as f32;
    let rect = Rect::new(size.w - 5.0, frame.bars.y + part(first), 3.0, part(end - first).max(4.0));
    sketch.push(DrawOp::Rect { rect, radius: 1.5, fill: Some(Token::Faint.into()), stroke: None });
}

/// The parts that occur, each with its place.
struct Legend {
    cells: Vec<(Part, f32, usize)>,
    lines: usize,
}

fn legend_face() -> Face {
    Face::regular(10.5, Token::Muted)
}

/// Width of a part's picture in the legend.
const SWATCH: f32 = 20.0;

fn legend_of(rows: &[Row], size: Size) -> Legend {
    let occurs = |part: &Part| rows.iter().any(|row| row.sum(*part) > 0);
    let (mut x, mut line) = (6.0, 0);
    let mut cells = Vec::new();
    for part in Part::ALL.into_iter().filter(occurs) {
        let wide = SWATCH + 5.0 + text_width(part_word(part), legend_face()) + 14.0;
        if x + wide > size.w && x > 6.0 {
            (x, line) = (6.0, line + 1);
        }
        cells.push((part, x, line));
        x += wide;
    }
    let lines = if cells.is_empty() { 0 } else { line + 1 };
    Legend { cells, lines }
}

fn draw_legend(sketch: &mut Sketch, legend: &Legend, size: Size) {
    let top = size.h - legend.lines as f32 * LEGEND;
    for &(kind, x, line) in &legend.cells {
        let y = top + (line as f32 + 0.5) * LEGEND;
        part(sketch, kind, x, x + SWATCH, y);
        let at = Point { x: x + SWATCH + 5.0, y: y + 3.5 };
        let room = size.w - at.x - 1.0;
        write(sketch, at, Align::Left, legend_face(), room, part_word(kind));
    }
}
