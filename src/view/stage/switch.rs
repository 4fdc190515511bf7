//! A circuit breaker's switch: how far it is open, and how near its window is to opening it.

use crate::observation::{BreakerMeter, BreakerState};
use crate::scenario::BreakerPlan;
use crate::view::canvas::draw::{DrawOp, Sketch, Stroke};
use crate::view::canvas::geometry::{Point, Rect};
use crate::view::canvas::theme::Token;

/// A switch as its pill shows it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Switch {
    /// How far its arm is up, 0 (closed) to 1 (open).
    lift: f32,
    /// Share of bad calls in its window, and from which share on it opens; none where it does not judge.
    meter: Option<(f32, f32)>,
}

/// The switch of a breaker in this state.
pub(super) fn switch(meter: &BreakerMeter, plan: &BreakerPlan) -> Switch {
    let share = |part: u32| part as f32 / meter.calls.max(1) as f32;
    let (failed, slow) = (share(meter.failed), share(meter.slow));
    // Whichever is nearer to its threshold.
    let (failure_rate, slow_rate) = (plan.failure_rate as f32, plan.slow_rate as f32);
    let nearer =
        if failed / failure_rate >= slow / slow_rate { (failed, failure_rate) } else { (slow, slow_rate) };
    let judges = meter.calls > 0 && !matches!(meter.state, BreakerState::ForcedOpen | BreakerState::Disabled);
    Switch {
        lift: match meter.state {
            BreakerState::Closed | BreakerState::Disabled => 0.0,
            BreakerState::HalfOpen => 0.45,
            BreakerState::Open | BreakerState::ForcedOpen => 1.0,
        },
        meter: judges.then_some(nearer),
    }
}

/// Draws a switch at the left of its pill: two contacts and an arm, and along the pill's lower edge how near its
/// window is to opening it.
pub(crate) fn draw_switch(sketch: &mut Sketch, switch: &Switch, pill: Rect, size: f32, token: Token) {
    let (y, left, reach) = (pill.y + pill.h / 2.0, pill.x + size * 0.75, size);
    let ends = [left, left + reach].map(|x| Point { x, y });
    for center in ends {
        sketch.push(DrawOp::Circle { center, radius: size * 0.15, fill: Some(token.into()), stroke: None });
    }
    let angle = switch.lift * 0.65;
    let (sin, cos) = libm::sincosf(angle);
    let to = Point { x: left + reach * cos, y: y - reach * sin };
    sketch.push(DrawOp::Line { from: ends[0], to, stroke: Stroke::new(token, size * 0.15) });
    if let Some((share, threshold)) = switch.meter {
        let (start, end) = (pill.x + pill.h / 2.0, pill.right() - pill.h / 2.0);
        let bar = Rect::new(start, pill.bottom() - 3.0, (end - start).max(0.0), 1.5);
        let rect = Rect { w: bar.w * share.min(1.0), ..bar };
        for (rect, ink) in [(bar, Token::Idle.into()), (rect, Token::Failed.alpha(0.9))] {
            sketch.push(DrawOp::Rect { rect, radius: 0.0, fill: Some(ink), stroke: None });
        }
        let x = bar.x + bar.w * threshold.min(1.0);
        let (from, to) = (Point { x, y: bar.y - 1.0 }, Point { x, y: bar.bottom() + 1.0 });
        sketch.push(DrawOp::Line { from, to, stroke: Stroke::new(Token::Muted, 1.0) });
    }
}
