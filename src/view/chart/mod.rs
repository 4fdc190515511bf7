//! Charts over time: from series to drawing operations.
//!
//! All charts share one time axis; A and B are told apart by colour and by dash, and named at their lines' ends.

mod axis;
mod band;
mod csv;
mod data;
mod details;
mod ghost;
mod guess;
mod kind;
mod look;
mod plus;
mod point;
mod series;
mod table;
mod theory;

pub use axis::{Unit, nice_step};
pub use band::BandRow;
pub use csv::csv;
pub use data::{ChartData, Layer, chart_data, time_span};
pub use guess::{COLUMNS, Drawn, apart, guess_chart, guess_place, instant};
pub use kind::{ChartId, ChartKind, chart_for, chart_nodes, offered};
pub use plus::{HeatRow, Plus};
pub use point::{Meant, TracePoint, mark_trace, meant_at, meant_under};
pub use series::{Series, decimated};
pub use table::{Table, table};
pub use theory::{explained, theory};

use super::draw::{Align, DrawOp, Sketch, Stroke};
use super::format;
use super::geometry::{Point, Rect, Size};
use super::text::{Face, text_width, write};
use super::theme::Token;
use super::words::chart as said;
use crate::base::{SimDuration, within, within_f32};
use crate::session::Session;
use axis::Axis;

/// Points further than this share of the time axis from the crosshair do not answer it.
const REACH: f64 = 0.02;

/// Draws a chart. Clears the sketch first. `cross` is the instant at which the crosshair of all charts stands, in
/// seconds.
pub fn chart(sketch: &mut Sketch, data: &ChartData, size: Size, cross: Option<f64>) {
    sketch.clear();
    draw_chart(sketch, data, size, cross);
}

/// From the first instant that charts show to the present, in seconds: where a crosshair can stand.
pub fn crossable(session: &Session) -> (f64, f64) {
    (time_span(session.now(), session.speed()).0, session.now().as_secs())
}

/// The instant at a place of a chart, both counted in pixels from its left edge, in seconds; the nearest that
/// [`crossable`] gives.
pub fn instant_at(session: &Session, width: f32, x: f32) -> f64 {
    let width = within_f32(width, 1.0, 20_000.0);
    let (left, right) = margins(width);
    let (from, to) = time_span(session.now(), session.speed());
    let share = f64::from((x - left) / (width - left - right).max(1.0));
    let (first, last) = crossable(session);
    within(from + share * (to - from), first, last)
}

/// Into so many steps arrow keys cut the time axis.
const CROSS_STEPS: f64 = 120.0;

/// The crosshair so many steps later (earlier where negative), at a round instant in seconds; the first time it comes
/// from the present.
pub fn nudged(session: &Session, cross: Option<f64>, steps: f64) -> f64 {
    let (first, last) = crossable(session);
    let (from, to) = time_span(session.now(), session.speed());
    let step = (to - from) / CROSS_STEPS;
    let at = cross.unwrap_or(last) / step;
    // From between two round instants to the nearer of them.
    let at = if steps < 0.0 { libm::ceil(at - 1e-6) } else { libm::floor(at + 1e-6) };
    within((at + steps) * step, first, last)
}

/// What a chart says at an instant, in words: "12 s: A good 97/s, …"; the values that its crosshair shows.
pub fn chart_says(session: &Session, shown: &[usize], id: &ChartId, at: f64) -> String {
    let rows = rows_at(&chart_data(session, shown, id), at);
    let mut out = String::new();
    for (number, (_, text)) in rows.iter().enumerate() {
        out.push_str(match number {
            0 => "",
            1 => said::COLON,
            _ => said::COMMA,
        });
        out.push_str(text);
    }
    out
}

/// A chart on a panel's ground, for files. Clears the sketch first.
pub fn chart_picture(sketch: &mut Sketch, data: &ChartData, size: Size, cross: Option<f64>) {
    sketch.clear();
    let rect = Rect::new(0.0, 0.0, size.w, size.h);
    sketch.push(DrawOp::Rect { rect, radius: 0.0, fill: Some(Token::Panel.into()), stroke: None });
    draw_chart(sketch, data, size, cross);
}

/// The instant and the values of all series there, with the colours of their lines. Hidden series are left out where
/// they are nothing.
fn rows_at(data: &ChartData, at: f64) -> Vec<(Token, String)> {
    let (from, to) = data.span;
    let mut rows: Vec<(Token, String)> = Vec::new();
    rows.push((Token::Muted, format::string(|out| format::duration(out, SimDuration::from_secs(at)))));
    for series in &data.series {
        let Some(value) = series.at(at, REACH * (to - from)) else { continue };
        if series.stroke.is_none() && value == 0.0 && data.unit != Unit::State {
            continue;
        }
        let token = series.stroke.map_or(Token::Muted, |stroke| stroke.ink.token);
        let mut text = series.name.clone();
        text.push(' ');
        data.unit.write(&mut text, value);
        rows.push((token, text));
    }
    rows
}

/// Left and right of a plot: the same in every chart, so that one crosshair means one instant.
fn margins(width: f32) -> (f32, f32) {
    if width < 200.0 { (34.0, 26.0) } else { (46.0, 40.0) }
}

/// A chart's title with its unit, for its label: "Answers, per second".
pub fn chart_title(session: &Session, shown: &[usize], id: &ChartId) -> String {
    let mut title = id.title(session);
    if id.kind == ChartKind::Answers {
        title.push_str(", ");
        title.push_str(said::PER_SECOND);
    }
    if shown.len() > 1 {
        title.push_str(said::A_AND_B);
    }
    title
}

/// Draws a chart's contents on top of what the sketch holds.
pub fn draw_chart(sketch: &mut Sketch, data: &ChartData, size: Size, cross: Option<f64>) {
    let plot = Plot::new(data, size);
    let plus = data.plus.as_ref();
    plot.head(sketch);
    plot.times(sketch);
    match plus {
        Some(plus) if !plus.heat.is_empty() => plot.heat_scale(sketch, &plus.heat),
        Some(plus) if !plus.bands.is_empty() => plot.bands(sketch, &plus.bands),
        _ => plot.grid(sketch),
    }
    sketch.push(DrawOp::Clip(plot.frame.inset(-1.0)));
    if let Some(plus) = plus {
        plot.heat(sketch, &plus.heat);
    }
    plot.layers(sketch);
    plot.marks(sketch);
    for line in &data.series {
        plot.line(sketch, line);
    }
    sketch.push(DrawOp::Unclip);
    if plot.is_empty() {
        let (face, at) = (Face::regular(11.0, Token::Muted), plot.frame.center());
        write(sketch, at, Align::Center, face, plot.frame.w, data.empty);
        return;
    }
    plot.labels(sketch);
    if let Some(plus) = plus {
        plot.trace(sketch, plus);
    }
    if let Some(at) = cross.filter(|at| (data.span.0..=data.span.1).contains(at)) {
        plot.crosshair(sketch, at);
    }
}

/// A chart with its place.
struct Plot<'a> {
    data: &'a ChartData,
    size: Size,
    /// Where the lines are.
    frame: Rect,
    values: Axis,
}

impl<'a> Plot<'a> {
    fn new(data: &'a ChartData, size: Size) -> Plot<'a> {
        let size = Size { w: within_f32(size.w, 1.0, 20_000.0), h: within_f32(size.h, 1.0, 20_000.0) };
        let (left, right) = margins(size.w);
        let (top, bottom) = if size.h < 110.0 { (20.0, 14.0) } else { (26.0, 18.0) };
        let frame = Rect::new(left, top, (size.w - left - right).max(1.0), (size.h - top - bottom).max(1.0));
        let (mut least, mut most) = (f64::MAX, 0.0f64);
        for (_, value) in
            data.series.iter().filter(|line| line.stroke.is_some()).flat_map(|line| &line.points)
        {
            if value.is_finite() {
                most = most.max(*value);
                least = if *value > 0.0 { least.min(*value) } else { least };
            }
        }
        for at in 0..data.layers.first().map_or(0, |layer| layer.points.len()) {
            most = most.max(stacked(data, data.layers.len(), at));
        }
        if let Some(point) = data.plus.as_ref().and_then(|plus| plus.point) {
            (least, most) = (least.min(point.takes.max(1e-9)), most.max(point.takes));
        }
        let parts = ((frame.h / 32.0) as usize).clamp(1, 5);
        let scale = data.plus.as_ref().and_then(|plus| plus.scale);
        let values = match scale {
            Some((low, high)) => Axis::between(low, high, parts),
            None if data.log => Axis::log(least, most),
            None => Axis::linear(most, parts, data.unit),
        };
        Plot { data, size, frame, values }
    }

    fn is_empty(&self) -> bool {
        self.data.series.iter().all(|line| line.last().is_none())
    }

    fn x(&self, at: f64) -> f32 {
        let (from, to) = self.data.span;
        let share = within((at - from) / (to - from), -1.0, 2.0);
        self.frame.x + share as f32 * self.frame.w
    }

    fn y(&self, value: f64) -> f32 {
        self.frame.bottom() - self.values.share(value) * self.frame.h
    }

    fn head(&self, sketch: &mut Sketch) {
        let baseline = if self.size.h < 110.0 { 13.0 } else { 16.0 };
        let face = Face::regular(11.0, Token::Muted);
        let unit = Point { x: self.size.w - 10.0, y: baseline };
        let taken = write(sketch, unit, Align::Right, face, self.size.w * 0.45, &self.data.of);
        let title = Face::bold(12.0, Token::Ink);
        let room = (self.size.w - 28.0 - taken).max(0.0);
        write(sketch, Point { x: 10.0, y: baseline }, Align::Left, title, room, &self.data.title);
    }

    fn grid(&self, sketch: &mut Sketch) {
        let face = Face::regular(10.0, Token::Faint);
        let frame = self.frame;
        for &tick in &self.values.ticks {
            let y = self.y(tick);
            let (from, to) = (Point { x: frame.x, y }, Point { x: frame.right(), y });
            sketch.push(DrawOp::Line { from, to, stroke: Stroke::new(Token::Grid, 1.0) });
            let label = format::string(|out| self.data.unit.tick(out, tick));
            write(sketch, Point { x: frame.x - 5.0, y: y + 3.5 }, Align::Right, face, frame.x - 6.0, &label);
        }
    }

    /// Instants below the frame.
    fn times(&self, sketch: &mut Sketch) {
        let (face, frame) = (Face::regular(10.0, Token::Faint), self.frame);
        let baseline = frame.bottom() + 12.0;
        let mut free = 0.0;
        for at in axis::instants(self.data.span.0, self.data.span.1, ((frame.w / 60.0) as usize).clamp(1, 6))
        {
            let label = format::string(|out| format::duration(out, SimDuration::from_secs(at)));
            let half = text_width(&label, face) / 2.0;
            // Kept whole at the edges, left out where the one before still stands.
            let x = self.x(at).min(self.size.w - half - 2.0);
            if x - half >= free {
                write(sketch, Point { x, y: baseline }, Align::Center, face, 2.0 * half + 1.0, &label);
                free = x + half + 6.0;
            }
        }
    }

    fn line(&self, sketch: &mut Sketch, line: &Series) {
        let Some(stroke) = line.stroke else {
            return;
        };
        let (from, to) = self.data.span;
        let kept = decimated(&line.points, from, to, self.frame.w as usize);
        for run in kept.split(|(_, value)| !value.is_finite()).filter(|run| !run.is_empty()) {
            let place = |&(at, value): &(f64, f64)| Point { x: self.x(at), y: self.y(value) };
            if let [single] = run {
                // A point alone still shows.
                let (center, fill) = (place(single), Some(stroke.ink));
                sketch.push(DrawOp::Circle { center, radius: stroke.width, fill, stroke: None });
            } else {
                let points = sketch.keep_points(run.iter().map(place));
                sketch.push(DrawOp::Polyline { points, stroke });
            }
        }
    }

    /// Areas upon each other.
    fn layers(&self, sketch: &mut Sketch) {
        for (index, Layer { fill, points }) in self.data.layers.iter().enumerate() {
            if points.len() < 2 || points.iter().all(|(_, value)| *value == 0.0) {
                continue;
            }
            let edge = |at: usize, layers: usize| Point {
                x: self.x(points[at].0),
                y: self.y(stacked(self.data, layers, at)),
            };
            let upper = (0..points.len()).map(|at| edge(at, index + 1));
            let lower = (0..points.len()).rev().map(|at| edge(at, index));
            let points = sketch.keep_points(upper.chain(lower));
            sketch.push(DrawOp::Area { points, fill: *fill });
        }
    }

    /// Faults as dashed verticals, and the present.
    fn marks(&self, sketch: &mut Sketch) {
        let mut vertical = |at: f64, stroke: Stroke| {
            let x = self.x(at);
            let (from, to) = (Point { x, y: self.frame.y }, Point { x, y: self.frame.bottom() });
            sketch.push(DrawOp::Line { from, to, stroke });
        };
        for &(at, began) in &self.data.marks {
            let token = if began { Token::Failed } else { Token::Faint };
            vertical(at, Stroke::dashed(token, 1.0, 3.0, 3.0));
        }
        vertical(self.data.now, Stroke::new(Token::Muted, 1.0));
    }

    /// The lines' names at their ends, pushed apart but never past each other; those for which there is no room are left
    /// out.
    fn labels(&self, sketch: &mut Sketch) {
        const PITCH: f32 = 11.0;
        let (top, bottom) = (self.frame.y + 5.0, self.frame.bottom() - 3.0);
        let mut labels = Vec::new();
        for line in self.data.series.iter().rev().filter(|line| !line.label.is_empty()) {
            let (Some((at, value)), Some(stroke)) = (line.last(), line.stroke) else { continue };
            if at >= self.data.span.0 {
                labels.push((within_f32(self.y(value), top, bottom), at, stroke, &line.label));
            }
        }
        labels.truncate(((bottom - top) / PITCH) as usize + 1);
        // Of lines that end at one height the later is the upper: p99 stands over p95.
        labels.sort_by(|one, other| one.0.total_cmp(&other.0));
        let mut free = top;
        for (y, ..) in &mut labels {
            *y = y.max(free);
            free = *y + PITCH;
        }
        let mut free = bottom;
        for (y, ..) in labels.iter_mut().rev() {
            *y = y.min(free);
            free = *y - PITCH;
        }
        for (y, at, stroke, label) in labels {
            let face = Face::bold(10.0, stroke.ink.token);
            let x = self.x(at) + 5.0;
            let right = self.size.w - x - 1.0;
            if text_width(label, face) <= right {
                write(sketch, Point { x, y: y + 3.5 }, Align::Left, face, right, label);
            } else {
                let at = Point { x: self.size.w - 2.0, y: y + 3.5 };
                write(sketch, at, Align::Right, face, self.size.w * 0.4, label);
            }
        }
    }

    /// A vertical line with the values where it stands.
    fn crosshair(&self, sketch: &mut Sketch, at: f64) {
        let (from, to) = self.data.span;
        let x = within_f32(self.x(at), self.frame.x, self.frame.right());
        let line = DrawOp::Line {
            from: Point { x, y: self.frame.y },
            to: Point { x, y: self.frame.bottom() },
            stroke: Stroke::new(Token::Ink, 1.0),
        };
        sketch.push(line);
        for series in &self.data.series {
            let (Some(value), Some(stroke)) = (series.at(at, REACH * (to - from)), series.stroke) else {
                continue;
            };
            let (center, fill) = (Point { x, y: self.y(value) }, Some(stroke.ink.token.into()));
            sketch.push(DrawOp::Circle { center, radius: 3.0, fill, stroke: None });
        }
        let rows = rows_at(self.data, at);
        self.readout(sketch, x, &rows);
    }

    /// A box beside the crosshair, on the side with more room.
    fn readout(&self, sketch: &mut Sketch, x: f32, rows: &[(Token, String)]) {
        const PITCH: f32 = 13.0;
        let face = |token: Token| Face::regular(10.5, token);
        let wide = rows.iter().map(|(token, text)| text_width(text, face(*token))).fold(0.0, f32::max) + 12.0;
        let wide = wide.min(self.frame.w);
        let fits = ((self.frame.h - 8.0) / PITCH) as usize;
        let shown = &rows[..rows.len().min(fits)];
        if shown.is_empty() {
            return;
        }
        let left = if x > self.frame.center().x { x - wide - 8.0 } else { x + 8.0 };
        let left = within_f32(left, self.frame.x, self.frame.right() - wide);
        let rect = Rect::new(left, self.frame.y, wide, shown.len() as f32 * PITCH + 7.0);
        let (fill, stroke) = (Some(Token::Panel.alpha(0.94)), Some(Stroke::new(Token::Line, 1.0)));
        sketch.push(DrawOp::Rect { rect, radius: 6.0, fill, stroke });
        for (row, (token, text)) in shown.iter().enumerate() {
            let at = Point { x: left + 6.0, y: rect.y + 13.0 + row as f32 * PITCH };
            write(sketch, at, Align::Left, face(*token), wide - 10.0, text);
        }
    }
}

/// Height of the lowest `layers` areas together at one of their points.
fn stacked(data: &ChartData, layers: usize, at: usize) -> f64 {
    let values = data.layers[..layers].iter().filter_map(|layer| layer.points.get(at));
    values.map(|(_, value)| if value.is_finite() { *value } else { 0.0 }).sum()
}

#[cfg(test)]
mod kinds_tests;
#[cfg(test)]
pub(crate) mod tests;
