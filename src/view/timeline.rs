//! The line of what has happened: how far the run is, when faults were active, what a person did.

use super::draw::{Align, DrawOp, Sketch, Stroke};
use super::format;
use super::geometry::{Point, Rect, Size};
use super::text::{Face, text_width, write};
use super::theme::Token;
use super::words;
use crate::base::{SimDuration, SimTime};
use crate::session::{Action, Session};

/// The line begins by showing so much time; when that is over it shows twice as much, and so on.
const FIRST_SPAN: SimDuration = SimDuration::from_millis(60_000);
/// Height of the line.
const THICK: f32 = 5.0;
/// Actions of a person that are marked at most: the latest.
const MOST_ACTIONS: usize = 500;

/// A stretch of time in which a fault was active, for the line.
struct Stretch<'a> {
    node: &'a str,
    from: SimTime,
    to: Option<SimTime>,
}

/// Draws the line. Clears the sketch first.
pub fn timeline(sketch: &mut Sketch, session: &Session, size: Size) {
    sketch.clear();
    let now = session.now();
    let mut span = FIRST_SPAN;
    while span.0 < now.0 {
        span = SimDuration(span.0.saturating_mul(2));
    }
    let (left, right) = (7.0, size.w - 7.0);
    let x = |at: SimTime| left + (right - left) * (at.0 as f64 / span.0 as f64).min(1.0) as f32;
    let middle = size.h / 2.0;
    let bar = |from: f32, to: f32| Rect::new(from, middle - THICK / 2.0, (to - from).max(0.0), THICK);
    let fill = |rect: Rect, token: Token| DrawOp::Rect {
        rect,
        radius: THICK / 2.0,
        fill: Some(token.into()),
        stroke: None,
    };
    sketch.push(fill(bar(left, right), Token::Idle));
    sketch.push(fill(bar(left, x(now)), Token::Accent));
    faults(sketch, session, middle, &x);
    actions(sketch, session, middle, &x);
    let (center, stroke) = (Point { x: x(now), y: middle }, Some(Stroke::new(Token::Accent, 2.0)));
    sketch.push(DrawOp::Circle { center, radius: 6.0, fill: Some(Token::Panel.into()), stroke });
    let face = Face::regular(10.0, Token::Muted);
    let end = format::string(|out| format::duration(out, span));
    let at = Point { x: right, y: size.h - 2.0 };
    if size.h >= 30.0 {
        write(sketch, at, Align::Right, face, 60.0, &end);
    }
}

/// Red frames around the stretches in which something was broken, with the node's name where there is room.
fn faults(sketch: &mut Sketch, session: &Session, middle: f32, x: &dyn Fn(SimTime) -> f32) {
    let mut label_end = f32::MIN;
    for stretch in stretches(session) {
        let (from, to) = (x(stretch.from), x(stretch.to.unwrap_or(session.now())));
        let rect = Rect::new(from, middle - 7.0, (to - from).max(2.0), 14.0);
        let (fill, stroke) = (Some(Token::Failed.alpha(0.14)), Some(Stroke::new(Token::Failed, 1.0)));
        sketch.push(DrawOp::Rect { rect, radius: 3.0, fill, stroke });
        let face = Face::regular(10.0, Token::Failed);
        let name = format::string(|out| words::title(out, stretch.node));
        let width = text_width(&name, face);
        if middle >= 18.0 && from >= label_end {
            write(sketch, Point { x: from, y: middle - 10.0 }, Align::Left, face, width + 1.0, &name);
            label_end = from + width + 6.0;
        }
    }
}

/// Small triangles below the line: what a person set.
fn actions(sketch: &mut Sketch, session: &Session, middle: f32, x: &dyn Fn(SimTime) -> f32) {
    let settings = session.log().iter().rev().filter(|logged| matches!(logged.action, Action::Set { .. }));
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

/// When faults were active, oldest first, over all lanes; what is the same in both is one.
fn stretches(session: &Session) -> Vec<Stretch<'_>> {
    let mut found: Vec<Stretch> = Vec::new();
    for lane in session.lanes() {
        let mut open: Vec<(u32, usize)> = Vec::new();
        for mark in lane.telemetry().recent().marks() {
            if mark.began {
                let node = lane.plan().id(mark.node);
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
    found.sort_by_key(|stretch| stretch.from);
    found
}

/// What the line shows, in words.
pub fn marks(session: &Session) -> String {
    let (faults, now) = (stretches(session).len(), session.now());
    let settings = session.log().iter().filter(|logged| matches!(logged.action, Action::Set { .. })).count();
    format::string(|out| {
        // To the second: the words should not change with every frame.
        format::duration(out, SimDuration(now.0 / 1_000_000_000 * 1_000_000_000));
        out.push_str(words::timeline::PASSED);
        format::count(out, faults as u64);
        out.push_str(words::timeline::FAULTS);
        format::count(out, settings as u64);
        out.push_str(words::timeline::SETTINGS);
    })
}
