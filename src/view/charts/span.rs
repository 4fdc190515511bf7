//! The time axis that all charts share: from when to when it goes, and which instant is where.

use crate::base::{SimTime, within, within_f32};
use crate::session::Session;

/// Up to how fast the run plays, and how many seconds the time axis shows then at most.
const SPANS_S: [(f64, f64); 3] = [(2.0, 60.0), (5.0, 120.0), (20.0, 300.0)];
/// And at any speed.
const LONGEST_SPAN_S: f64 = 600.0;

/// The time axis begins with so many seconds, so that a young run fills its charts; each time that is over it shows twice
/// as much.
const FIRST_SPAN_S: f64 = 15.0;

/// First and last instant of every chart's time axis, in seconds: from the beginning, until that is longer than the last
/// minute or, at high speed, minutes.
pub fn time_span(now: SimTime, speed: f64) -> (f64, f64) {
    let most =
        SPANS_S.iter().find(|(fastest, _)| speed <= *fastest).map_or(LONGEST_SPAN_S, |(_, span)| *span);
    let mut span = FIRST_SPAN_S;
    while span < now.as_secs().min(most) {
        span *= 2.0;
    }
    let span = span.min(most);
    let from = (now.as_secs() - span).max(0.0);
    (from, from + span)
}

/// Points further than this share of the time axis from the crosshair do not answer it.
pub(super) const REACH: f64 = 0.02;

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

/// Left and right of a plot: the same in every chart, so that one crosshair means one instant.
pub(super) fn margins(width: f32) -> (f32, f32) {
    if width < 200.0 { (34.0, 26.0) } else { (46.0, 40.0) }
}
