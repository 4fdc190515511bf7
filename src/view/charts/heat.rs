//! The map of latencies: how many answers took how long, as shades.

use super::axis::Axis;
use super::data::{ChartData, Extra, HeatRow, TracePoint};
use super::plot::Plot;
use super::source::Source;
use crate::base::{SimDuration, format, within_f32};
use crate::telemetry::{Spread, Window};
use crate::view::canvas::draw::{Align, DrawOp, Sketch, Stroke};
use crate::view::canvas::geometry::{Point, Rect};
use crate::view::canvas::text::{Face, write};
use crate::view::canvas::theme::Token;
use crate::view::words;

/// A map has at most so many columns; where there are more windows, several are one column.
const MOST_COLUMNS: f64 = 120.0;
/// And its columns are at least so many pixels wide.
const NARROWEST: f64 = 3.0;
/// Shades that are told apart.
const SHADES: f64 = 8.0;

/// A line of counts for each band of latencies, hidden, and rows that draw them as shades.
pub(super) fn fill(data: &mut ChartData, source: &Source) {
    data.empty = text!("chart.no-answers-yet");
    let columns: Vec<(f64, Vec<(u32, f64)>)> =
        source.windows.iter().map(|window| (window.end.as_secs(), bands(window, source))).collect();
    let all = || columns.iter().flat_map(|(_, bands)| bands).map(|(band, _)| *band);
    let (Some(first), Some(last)) = (all().min(), all().max()) else { return };
    for band in first..=last {
        let count = |bands: &[(u32, f64)]| {
            bands.iter().filter(|(own, _)| *own == band).map(|(_, count)| *count).sum::<f64>()
        };
        let points = columns.iter().map(|(at, bands)| (*at, count(bands))).collect();
        let ends = [band, band + 1].map(Spread::begins);
        let name = say!("chart.from-to", low = ends[0], high = ends[1]);
        let series = data.series.len();
        data.series.push(source.look.hidden(&name, points));
        let (low, high) = (ends[0].as_secs(), ends[1].as_secs());
        data.extra().heat.push(HeatRow { variant: source.look.variant, low, high, series });
    }
    data.of = text!("chart.answers").to_owned();
}

/// Answers of a window by band, of the clients that are meant.
fn bands(window: &Window, source: &Source) -> Vec<(u32, f64)> {
    let mut found: Vec<(u32, f64)> = Vec::new();
    for (_, spread) in window.spreads.iter().enumerate().filter(|(at, _)| source.of.client(*at)) {
        for (band, count) in spread.bands() {
            match found.iter_mut().rev().find(|(own, _)| *own == band) {
                Some((_, sum)) => *sum += f64::from(count),
                None => found.push((band, f64::from(count))),
            }
        }
    }
    found
}

impl Plot<'_> {
    /// The map of latencies: one part of the frame for each variant, on one scale.
    pub(super) fn heat(&self, sketch: &mut Sketch, rows: &[HeatRow]) {
        let variants = variants(rows);
        let axis = scale(rows);
        let (per_column, most) = self.columns(rows);
        for (at, variant) in variants.iter().enumerate() {
            let part = self.part(at, variants.len());
            for row in rows.iter().filter(|row| row.variant == *variant) {
                let y = |value: f64| part.bottom() - axis.share(value) * part.h;
                let (top, bottom) = (y(row.high), y(row.low));
                self.row(sketch, row, (top, bottom), per_column, most);
            }
        }
    }

    /// Ticks of the map's scale, and the variants' letters. The clip must be off.
    pub(super) fn heat_scale(&self, sketch: &mut Sketch, rows: &[HeatRow]) {
        let variants = variants(rows);
        let axis = scale(rows);
        let face = Face::regular(10.0, Token::Faint);
        for (at, variant) in variants.iter().enumerate() {
            let part = self.part(at, variants.len());
            let mut free = f32::MAX;
            for &tick in &axis.ticks {
                let y = part.bottom() - axis.share(tick) * part.h;
                if y > free || y < part.y + 2.0 && at > 0 {
                    continue;
                }
                free = y - 11.0;
                let label = format::string(|out| format::duration(out, SimDuration::from_secs(tick)));
                let place = Point { x: part.x - 5.0, y: y + 3.5 };
                write(sketch, place, Align::Right, face, part.x - 6.0, &label);
                let (from, to) = (Point { x: part.x, y }, Point { x: part.right(), y });
                sketch.push(DrawOp::Line { from, to, stroke: Stroke::new(Token::Grid, 1.0) });
            }
            if variants.len() > 1 {
                let letter = words::LETTERS.get(*variant).copied().unwrap_or("");
                let place = Point { x: part.right() + 5.0, y: part.center().y + 4.0 };
                write(sketch, place, Align::Left, Face::bold(11.0, Token::Ink), 20.0, letter);
            }
        }
    }

    /// The variant and the latency in seconds at a height of the map; none where there is no map.
    pub(super) fn heat_at(&self, rows: &[HeatRow], y: f32) -> Option<(usize, f64)> {
        let variants = variants(rows);
        let part = |at: usize| self.part(at, variants.len());
        let at = (0..variants.len()).find(|at| y <= part(*at).bottom()).or(variants.len().checked_sub(1))?;
        let share = within_f32((part(at).bottom() - y) / part(at).h, 0.0, 1.0);
        Some((variants[at], scale(rows).value(share)))
    }

    /// A ring where the trace is that is shown elsewhere.
    pub(super) fn trace(&self, sketch: &mut Sketch, extra: &Extra) {
        let Some(TracePoint { variant, at, takes }) = extra.point else { return };
        let variants = variants(&extra.heat);
        let y = match variants.iter().position(|own| *own == variant) {
            Some(place) => {
                let part = self.part(place, variants.len());
                part.bottom() - scale(&extra.heat).share(takes) * part.h
            }
            None => self.y(takes),
        };
        let (center, ground) = (Point { x: self.x(at), y }, Some(Token::Panel.alpha(0.6)));
        let ring = |radius, fill, stroke| DrawOp::Circle { center, radius, fill, stroke: Some(stroke) };
        sketch.push(ring(5.0, ground, Stroke::new(Token::Panel, 4.0)));
        sketch.push(ring(5.0, None, Stroke::new(Token::Ink, 2.0)));
    }

    /// The part of the frame that a variant has.
    fn part(&self, at: usize, of: usize) -> Rect {
        let h = self.frame.h / of.max(1) as f32;
        let gap = if of > 1 { 2.0 } else { 0.0 };
        Rect::new(self.frame.x, self.frame.y + h * at as f32 + gap, self.frame.w, (h - gap).max(1.0))
    }

    /// How many seconds a column is, and the greatest count in one.
    fn columns(&self, rows: &[HeatRow]) -> (f64, f64) {
        let (from, to) = self.data.span;
        let width = rows.iter().find_map(|row| match &self.data.series[row.series].points[..] {
            [.., before, last] => Some(last.0 - before.0),
            _ => None,
        });
        let width = width.filter(|width| *width > 0.0).unwrap_or(0.5);
        let pixels = f64::from(self.frame.w) * width / (to - from);
        let least = ((to - from) / width / MOST_COLUMNS).max(NARROWEST / pixels.max(1e-9));
        let column = width * libm::ceil(least.max(1.0));
        let counts = rows.iter().flat_map(|row| Cells::new(&self.data.series[row.series].points, column));
        (column, counts.map(|(_, count)| count).fold(0.0, f64::max))
    }

    fn row(&self, sketch: &mut Sketch, row: &HeatRow, (top, bottom): (f32, f32), column: f64, most: f64) {
        let shade = |count: f64| libm::ceil(libm::log1p(count) / libm::log1p(most.max(1.0)) * SHADES);
        let mut paint = |from: f64, to: f64, shade: f64| {
            let (left, right) = (self.x(from), self.x(to));
            let rect = Rect::new(left, top, (right - left).max(1.0), (bottom - top).max(1.0));
            let fill = Some(Token::Accent.alpha((0.1 + 0.9 * shade / SHADES) as f32));
            sketch.push(DrawOp::Rect { rect, radius: 0.0, fill, stroke: None });
        };
        // Neighbours of one shade are one rectangle.
        let mut open: Option<(f64, f64, f64)> = None;
        for (at, count) in Cells::new(&self.data.series[row.series].points, column) {
            let (from, to, shade) = (at * column, (at + 1.0) * column, shade(count));
            open = match open {
                Some((start, end, same)) if same == shade && end == from => Some((start, to, same)),
                before => {
                    if let Some((start, end, shade)) = before {
                        paint(start, end, shade);
                    }
                    Some((from, to, shade))
                }
            };
            open = open.filter(|(_, _, shade)| *shade > 0.0);
        }
        if let Some((start, end, shade)) = open {
            paint(start, end, shade);
        }
    }
}

/// The variants that a map has, in order.
fn variants(rows: &[HeatRow]) -> Vec<usize> {
    let mut variants: Vec<usize> = rows.iter().map(|row| row.variant).collect();
    variants.dedup();
    variants
}

/// The scale of latencies that all rows fit in.
fn scale(rows: &[HeatRow]) -> Axis {
    let least =
        rows.iter().map(|row| if row.low > 0.0 { row.low } else { row.high }).fold(f64::MAX, f64::min);
    Axis::log(least, rows.iter().map(|row| row.high).fold(0.0, f64::max))
}

/// Counts of windows, added up by column: the column's number and its count.
struct Cells<'a> {
    points: &'a [(f64, f64)],
    column: f64,
}

impl<'a> Cells<'a> {
    fn new(points: &'a [(f64, f64)], column: f64) -> Cells<'a> {
        Cells { points, column }
    }
}

impl Iterator for Cells<'_> {
    type Item = (f64, f64);

    fn next(&mut self) -> Option<(f64, f64)> {
        // A count stands at the end of its window.
        let number = |at: f64| libm::ceil(at / self.column - 1e-9) - 1.0;
        let here = number(self.points.first()?.0);
        let length = self.points.iter().take_while(|(at, _)| number(*at) == here).count().max(1);
        let (cell, rest) = self.points.split_at(length);
        self.points = rest;
        Some((here, cell.iter().map(|(_, count)| if *count > 0.0 { *count } else { 0.0 }).sum()))
    }
}
