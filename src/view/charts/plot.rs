//! A chart's plot: its frame, its axes, its lines and areas.

use super::axis::{Axis, instants};
use super::data::{ChartData, Layer};
use super::legend;
use super::series::{Series, decimated};
use super::span::margins;
use crate::base::{SimDuration, format, sort_by, within, within_f32};
use crate::view::canvas::draw::{Align, DrawOp, Sketch, Stroke};
use crate::view::canvas::geometry::{Point, Rect, Size};
use crate::view::canvas::text::{Face, text_width, write};
use crate::view::canvas::theme::Token;

/// A chart with its place.
pub(super) struct Plot<'a> {
    pub(super) data: &'a ChartData,
    pub(super) size: Size,
    /// Where the lines are.
    pub(super) frame: Rect,
    pub(super) values: Axis,
    /// Where the legend of its areas begins; none where there is no room for one.
    pub(super) legend: Option<f32>,
}

impl<'a> Plot<'a> {
    pub(super) fn new(data: &'a ChartData, size: Size) -> Plot<'a> {
        let size = Size { w: within_f32(size.w, 1.0, 20_000.0), h: within_f32(size.h, 1.0, 20_000.0) };
        let (left, right) = margins(size.w);
        let (top, bottom) = if size.h < 110.0 { (20.0, 14.0) } else { (26.0, 18.0) };
        let bare = top;
        let top = top + legend::height(data, size, size.h - top - bottom);
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
        if let Some(point) = data.extra.as_ref().and_then(|extra| extra.point) {
            (least, most) = (least.min(point.takes.max(1e-9)), most.max(point.takes));
        }
        let parts = ((frame.h / 32.0) as usize).clamp(1, 5);
        let scale = data.extra.as_ref().and_then(|extra| extra.scale);
        let values = match scale {
            Some((low, high)) => Axis::between(low, high, parts),
            None if data.log => Axis::log(least, most),
            None => Axis::linear(most, parts, data.unit),
        };
        Plot { data, size, frame, values, legend: (top > bare).then_some(bare - 6.0) }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.data.series.iter().all(|line| line.last().is_none())
    }

    pub(super) fn x(&self, at: f64) -> f32 {
        let (from, to) = self.data.span;
        let share = within((at - from) / (to - from), -1.0, 2.0);
        self.frame.x + share as f32 * self.frame.w
    }

    pub(super) fn y(&self, value: f64) -> f32 {
        self.frame.bottom() - self.values.share(value) * self.frame.h
    }

    pub(super) fn head(&self, sketch: &mut Sketch) {
        let baseline = if self.size.h < 110.0 { 13.0 } else { 16.0 };
        let face = Face::regular(11.0, Token::Muted);
        let unit = Point { x: self.size.w - 10.0, y: baseline };
        let taken = write(sketch, unit, Align::Right, face, self.size.w * 0.45, &self.data.of);
        let title = Face::bold(12.0, Token::Ink);
        let room = (self.size.w - 28.0 - taken).max(0.0);
        write(sketch, Point { x: 10.0, y: baseline }, Align::Left, title, room, &self.data.title);
    }

    pub(super) fn grid(&self, sketch: &mut Sketch) {
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
    pub(super) fn times(&self, sketch: &mut Sketch) {
        let (face, frame) = (Face::regular(10.0, Token::Faint), self.frame);
        let baseline = frame.bottom() + 12.0;
        let mut free = 0.0;
        for at in instants(self.data.span.0, self.data.span.1, ((frame.w / 60.0) as usize).clamp(1, 6)) {
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

    pub(super) fn line(&self, sketch: &mut Sketch, line: &Series) {
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
    pub(super) fn layers(&self, sketch: &mut Sketch) {
        for (index, Layer { fill, points, .. }) in self.data.layers.iter().enumerate() {
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
    pub(super) fn marks(&self, sketch: &mut Sketch) {
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
    pub(super) fn labels(&self, sketch: &mut Sketch) {
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
        sort_by(&mut labels, &|one, other| one.0.total_cmp(&other.0));
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
}

/// Height of the lowest `layers` areas together at one of their points.
fn stacked(data: &ChartData, layers: usize, at: usize) -> f64 {
    let values = data.layers[..layers].iter().filter_map(|layer| layer.points.get(at));
    values.map(|(_, value)| if value.is_finite() { *value } else { 0.0 }).sum()
}
