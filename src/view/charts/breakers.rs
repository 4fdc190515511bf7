//! States of circuit breakers over time: a row for each, told apart by height, hatching and word as much as by colour.

use super::axis::breaker_state;
use super::data::{BandRow, ChartData};
use super::plot::Plot;
use super::source::Source;
use crate::base::{BreakerIx, list};
use crate::observation::BreakerState;
use crate::scenario::{NodeKind, SharedBreaker};
use crate::telemetry::MARKS;
use crate::view::canvas::draw::{Align, DrawOp, Ink, Sketch, Stroke};
use crate::view::canvas::geometry::{Point, Rect};
use crate::view::canvas::text::{Face, text_width, write};
use crate::view::canvas::theme::Token;
use crate::view::words::name;

/// A row is at least so high; those for which there is no room are counted below the others.
const LEAST_ROW: f32 = 21.0;
/// And at most so high.
const MOST_ROW: f32 = 60.0;
/// Pixels from one line of a hatching to the next.
const HATCH: f32 = 4.0;

/// Adds a row and a hidden series for each breaker that is meant.
pub(super) fn fill(data: &mut ChartData, source: &Source) {
    let plan = source.variant.plan();
    for (at, breaker) in plan.breakers.iter().enumerate() {
        let from = plan.nodes[breaker.from.at()].kind;
        if !plan.has(BreakerIx(at as u32)) || !source.of.is(&|node: NodeKind| node == from) {
            continue;
        }
        let name = source.look.name(&between(source, breaker));
        let stretches = stretches(source, BreakerIx(at as u32), data.span.0, data.now);
        let mut points = Vec::new();
        let mut windows = source.windows.iter().map(|window| window.end.as_secs()).peekable();
        for &(from, to, state) in &stretches {
            let code = state as usize as f64;
            points.push((from, code));
            while windows.next_if(|at| *at <= from).is_some() {}
            while let Some(at) = windows.next_if(|at| *at < to) {
                points.push((at, code));
            }
            points.push((to, code));
        }
        data.series.push(source.look.hidden(&between(source, breaker), points));
        data.extra().bands.push(BandRow { name, stretches });
    }
}

/// "Checkout → Payment", with the operation where it is of one alone.
fn between(source: &Source, breaker: &SharedBreaker) -> String {
    let plan = source.variant.plan();
    let link = name::of_link(plan, breaker.from, breaker.to);
    let op = breaker.op.filter(|op| plan.operations[op.at()].name != "default");
    list::of(list::DOT, [&*link].into_iter().chain(op.map(|op| name::operation(plan, op))))
}

/// The states of a breaker from an instant to another, in seconds. Changes older than the [`MARKS`] that are
/// remembered are not known, nor what was before the first that is.
fn stretches(source: &Source, breaker: BreakerIx, from: f64, now: f64) -> Vec<(f64, f64, BreakerState)> {
    let recent = source.variant.telemetry().recent();
    let forgotten = recent.switches().len() == MARKS;
    let first = recent.switches().next().filter(|_| forgotten);
    let known = first.map_or(0.0, |switch| switch.at.as_secs());
    let mut own = recent.switches().filter(|switch| switch.breaker == breaker).peekable();
    let mut found = Vec::new();
    let mut state = match own.peek() {
        None => Some(source.variant.snapshot().breaker(breaker)),
        Some(_) => (!forgotten).then_some(BreakerState::Closed),
    };
    let mut since = known;
    let mut add = |since: f64, until: f64, state: Option<BreakerState>| {
        if let Some(state) = state.filter(|_| until > from && until > since) {
            found.push((since.max(from), until, state));
        }
    };
    for switch in own {
        let at = switch.at.as_secs();
        add(since, at, state);
        (since, state) = (at, Some(switch.to));
    }
    add(since, now, state);
    found
}

impl Plot<'_> {
    /// Rows of states. Writes within the frame.
    pub(super) fn bands(&self, sketch: &mut Sketch, rows: &[BandRow]) {
        let frame = self.frame;
        let fit = ((frame.h / LEAST_ROW) as usize).max(1);
        let shown = if rows.len() <= fit { rows.len() } else { fit - usize::from(fit > 1) };
        let pitch = (frame.h / shown.max(1) as f32).min(MOST_ROW).max(LEAST_ROW.min(frame.h));
        let face = Face::regular(10.0, Token::Muted);
        for (at, row) in rows[..shown].iter().enumerate() {
            let top = frame.y + at as f32 * pitch;
            let place = Point { x: frame.x + 2.0, y: top + 8.5 };
            write(sketch, place, Align::Left, face, frame.w - 4.0, &row.name);
            let bar = (top + 11.0, (pitch - 13.0).max(3.0));
            for stretch in &row.stretches {
                self.stretch(sketch, bar, stretch);
            }
        }
        if shown < rows.len() {
            let more = say!("chart.more", count = rows.len() - shown);
            let place = Point { x: frame.x + 2.0, y: frame.y + shown as f32 * pitch + 10.0 };
            if place.y <= frame.bottom() {
                write(sketch, place, Align::Left, face, frame.w - 4.0, &more);
            }
        }
    }

    fn stretch(&self, sketch: &mut Sketch, (top, h): (f32, f32), stretch: &(f64, f64, BreakerState)) {
        let &(from, to, state) = stretch;
        let (left, right) = (self.x(from).max(self.frame.x), self.x(to).min(self.frame.right()));
        if right <= left {
            return;
        }
        let whole = Rect::new(left, top, (right - left).max(1.0), h);
        let mut paint = |rect: Rect, fill: Option<Ink>, stroke: Option<Stroke>| {
            sketch.push(DrawOp::Rect { rect, radius: 0.0, fill, stroke });
        };
        let token = match state {
            BreakerState::Closed | BreakerState::Disabled => Token::Good,
            BreakerState::HalfOpen => Token::Late,
            BreakerState::Open | BreakerState::ForcedOpen => Token::Failed,
        };
        match state {
            // A thin line: nothing to see here.
            BreakerState::Closed => {
                paint(Rect::new(left, top + h - 3.0, whole.w, 3.0), Some(token.alpha(0.8)), None);
            }
            BreakerState::Disabled => {
                paint(Rect::new(left, top + h - 3.0, whole.w, 3.0), None, Some(Stroke::new(token, 1.0)));
            }
            BreakerState::Open => paint(whole, Some(token.alpha(0.85)), None),
            BreakerState::ForcedOpen => {
                paint(whole, Some(token.alpha(0.45)), Some(Stroke::new(token, 1.0)));
            }
            BreakerState::HalfOpen => {
                paint(whole, Some(token.alpha(0.25)), None);
                let lines = (whole.w / HATCH) as usize;
                for line in 0..=lines.min(self.frame.w as usize) {
                    let x = left + line as f32 * HATCH;
                    let (from, to) = (Point { x, y: top }, Point { x, y: top + h });
                    sketch.push(DrawOp::Line { from, to, stroke: Stroke::new(token, 1.0) });
                }
            }
        }
        if state == BreakerState::Closed || h < 9.0 {
            return;
        }
        let word = breaker_state(state as usize);
        let ground = state == BreakerState::Open;
        let face = Face::bold(9.0, if ground { Token::Panel } else { Token::Ink });
        if text_width(word, face) + 6.0 <= whole.w {
            let place = Point { x: whole.center().x, y: whole.center().y + 3.0 };
            write(sketch, place, Align::Center, face, whole.w, word);
        }
    }
}
