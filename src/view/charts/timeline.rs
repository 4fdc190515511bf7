//! The line of what has happened: how far the run is, when faults were active, what a person did.

use crate::base::{List, SimDuration, SimTime, format, list, sort_by_key, within};
use crate::observation::BreakerState;
use crate::session::{Action, Session};
use crate::view::canvas::draw::{Align, DrawOp, Ink, Sketch, Stroke};
use crate::view::canvas::geometry::{Point, Rect, Size};
use crate::view::canvas::text::{Face, text_width, write};
use crate::view::canvas::theme::Token;
use crate::view::words::name;

/// The line begins by showing so much time; when that is over it shows twice as much, and so on.
const FIRST_SPAN: SimDuration = SimDuration::from_millis(60_000);
/// The line begins and ends so many pixels from the edges of its picture.
const EDGE: f32 = 7.0;
/// Height of the line.
const THICK: f32 = 5.0;
/// Actions of a person that are marked at most: the latest.
const MOST_ACTIONS: usize = 500;

/// A stretch of time in which a fault was active, for the line.
struct Stretch {
    node: String,
    from: SimTime,
    to: Option<SimTime>,
}

/// How much time the line shows: all that was simulated, and room for what comes.
fn span(session: &Session) -> SimDuration {
    room_for(session.now().max(session.horizon()))
}

/// How much time an axis from zero shows when a run has come so far: a minute, and twice as much each time that is
/// over.
fn room_for(reached: SimTime) -> SimDuration {
    let mut span = FIRST_SPAN;
    while span.0 < reached.0 {
        span = SimDuration(span.0.saturating_mul(2));
    }
    span
}

/// The instant at a share of the line, 0 to 1.
pub fn timeline_at(session: &Session, share: f64) -> SimTime {
    SimTime((span(session).0 as f64 * within(share, 0.0, 1.0)) as u64)
}

/// The share of the line at which the present stands, 0 to 1.
pub fn timeline_share(session: &Session) -> f64 {
    session.now().0 as f64 / span(session).0 as f64
}

/// Draws the line: what is past in the accent, the known future paler, a future that was left dashed below. Clears
/// the sketch first. `cross` is the instant at which the crosshair of the charts stands, in seconds.
pub fn timeline(sketch: &mut Sketch, session: &Session, size: Size, cross: Option<f64>) {
    sketch.clear();
    let (now, span) = (session.now(), span(session));
    let (left, right) = (EDGE, size.w - EDGE);
    let x = |at: SimTime| left + (right - left) * (at.0 as f64 / span.0 as f64).min(1.0) as f32;
    let middle = size.h / 2.0;
    let bar = |from: f32, to: f32| Rect::new(from, middle - THICK / 2.0, (to - from).max(0.0), THICK);
    let fill =
        |rect: Rect, fill: Ink| DrawOp::Rect { rect, radius: THICK / 2.0, fill: Some(fill), stroke: None };
    sketch.push(fill(bar(left, right), Token::Idle.into()));
    sketch.push(fill(bar(left, x(session.horizon())), Token::Accent.alpha(0.35)));
    ghost(sketch, session, middle + THICK / 2.0 + 1.5, &x);
    sketch.push(fill(bar(left, x(now)), Token::Accent.into()));
    faults(sketch, session, middle, &x);
    switches(sketch, session, middle, &x);
    actions(sketch, session, middle, &x);
    let (center, stroke) = (Point { x: x(now), y: middle }, Some(Stroke::new(Token::Accent, 2.0)));
    sketch.push(DrawOp::Circle { center, radius: 6.0, fill: Some(Token::Panel.into()), stroke });
    if let Some(at) = cross {
        let x = x(SimTime::from_secs(at.max(0.0)));
        let (from, to) = (Point { x, y: 0.0 }, Point { x, y: size.h });
        sketch.push(DrawOp::Line { from, to, stroke: Stroke::new(Token::Ink, 1.0) });
    }
    let face = Face::regular(10.0, Token::Muted);
    let end = format::string(|out| format::duration(out, span));
    let at = Point { x: right, y: size.h - 2.0 };
    if size.h >= 30.0 {
        write(sketch, at, Align::Right, face, 60.0, &end);
    }
}

/// The future that was left, from where it was left.
fn ghost(sketch: &mut Sketch, session: &Session, y: f32, x: &dyn Fn(SimTime) -> f32) {
    let Some(ghost) = session.ghost() else { return };
    let (from, to) = (Point { x: x(ghost.at), y }, Point { x: x(ghost.until), y });
    sketch.push(DrawOp::Line { from, to, stroke: Stroke::dashed(Token::Muted, 1.5, 3.0, 3.0) });
}

/// Small triangles above the line: circuit breakers that opened, half opened or closed, with the caller where there
/// is room.
fn switches(sketch: &mut Sketch, session: &Session, middle: f32, x: &dyn Fn(SimTime) -> f32) {
    let (mut last, mut drawn) = (f32::MIN, 0);
    for variant in session.furthest() {
        for switch in variant.telemetry().recent().switches().rev() {
            let at = x(switch.at);
            // What falls on the same pixels is one mark.
            if (at - last).abs() < 2.0 || drawn == MOST_ACTIONS {
                continue;
            }
            (last, drawn) = (at, drawn + 1);
            let token = match switch.to {
                BreakerState::Closed | BreakerState::Disabled => Token::Good,
                BreakerState::Open | BreakerState::ForcedOpen => Token::Failed,
                BreakerState::HalfOpen => Token::Late,
            };
            let top = middle - THICK / 2.0 - 2.0;
            let corners = [(at, top), (at + 3.5, top - 6.0), (at - 3.5, top - 6.0)];
            let points = sketch.keep_points(corners.map(|(x, y)| Point { x, y }));
            sketch.push(DrawOp::Area { points, fill: token.into() });
        }
    }
}

/// Red frames around the stretches in which something was broken, with the node's name where there is room.
fn faults(sketch: &mut Sketch, session: &Session, middle: f32, x: &dyn Fn(SimTime) -> f32) {
    let mut label_end = f32::MIN;
    for stretch in stretches(session) {
        let (from, to) = (x(stretch.from), x(stretch.to.unwrap_or(session.now().max(session.horizon()))));
        let rect = Rect::new(from, middle - 7.0, (to - from).max(2.0), 14.0);
        let (fill, stroke) = (Some(Token::Failed.alpha(0.14)), Some(Stroke::new(Token::Failed, 1.0)));
        sketch.push(DrawOp::Rect { rect, radius: 3.0, fill, stroke });
        let face = Face::regular(10.0, Token::Failed);
        let name = stretch.node.as_str();
        let width = text_width(name, face);
        if middle >= 18.0 && from >= label_end {
            write(sketch, Point { x: from, y: middle - 10.0 }, Align::Left, face, width + 1.0, name);
            label_end = from + width + 6.0;
        }
    }
}

/// Whether an action changed the system: one setting of it, or more.
fn is_setting(action: &Action) -> bool {
    matches!(action, Action::Set { .. } | Action::Edit { .. })
}

/// Small triangles below the line: what a person set.
fn actions(sketch: &mut Sketch, session: &Session, middle: f32, x: &dyn Fn(SimTime) -> f32) {
    let settings = session.log().iter().rev().filter(|logged| is_setting(&logged.action));
    let mut last = f32::MAX;
    for logged in settings.take(MOST_ACTIONS) {
        let at = x(logged.at);
        // What falls on the same pixels is one mark.
        if last - at < 2.0 {
            continue;
        }
        last = at;
        let top = middle + THICK / 2.0 + 2.0;
        let corners = [(at, top), (at + 4.0, top + 7.0), (at - 4.0, top + 7.0)];
        let points = sketch.keep_points(corners.map(|(x, y)| Point { x, y }));
        sketch.push(DrawOp::Area { points, fill: Token::Muted.into() });
    }
}

/// When faults were active, oldest first, over all variants; what is the same in both is one.
fn stretches(session: &Session) -> Vec<Stretch> {
    let mut found: Vec<Stretch> = Vec::new();
    for variant in session.furthest() {
        let mut open: Vec<(u32, usize)> = Vec::new();
        for mark in variant.telemetry().recent().marks() {
            if mark.began {
                let node = name::of_node(variant.plan(), mark.node);
                let known = found.iter().position(|each| each.from == mark.at && each.node == node);
                let at = known.unwrap_or(found.len());
                if known.is_none() {
                    found.push(Stretch { node, from: mark.at, to: None });
                }
                open.push((mark.fault, at));
            } else if let Some(place) = open.iter().position(|(fault, _)| *fault == mark.fault) {
                let (_, at) = open.swap_remove(place);
                found[at].to = Some(mark.at);
            }
        }
    }
    sort_by_key(&mut found, |stretch| stretch.from);
    found
}

/// What the line shows, in words.
pub fn marks(session: &Session) -> String {
    let (faults, now) = (stretches(session).len(), session.now());
    let settings = session.log().iter().filter(|logged| is_setting(&logged.action)).count();
    // To the second: the words should not change with every frame.
    let second = |at: SimTime| SimDuration(at.0 / 1_000_000_000 * 1_000_000_000);
    let (time, horizon) = (second(now), session.horizon());
    let variants = session.furthest().iter();
    let switches: usize = variants.map(|variant| variant.telemetry().recent().switches().len()).sum();
    let mut out = String::new();
    let mut facts = List::new(&mut out, list::SEMICOLON);
    facts.item(|out| match horizon > now {
        true => say!(out => "timeline.passed-of", time = time, horizon = second(horizon)),
        false => say!(out => "timeline.passed", time = time),
    });
    facts
        .item(|out| say!(out => "timeline.marks", faults = faults, switches = switches, settings = settings));
    if let Some(ghost) = session.ghost() {
        facts.item(|out| say!(out => "timeline.left", time = second(ghost.at)));
    }
    out
}
