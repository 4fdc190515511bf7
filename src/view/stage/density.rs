//! Density: links on which messages are too many or too fast to be seen one by one, as lines as wide as their traffic.
//!
//! Both directions lie beside each other in the colour of what travels there; a pill tells the numbers.

use super::layout::{Joint, Layout};
use super::pill::{Draft, Placer};
use crate::base::{LinkIx, List, Number, Text, list};
use crate::scenario::Plan;
use crate::session::VariantRun;
use crate::telemetry::{STRETCH, STRETCHES};
use crate::view::canvas::draw::{DrawOp, Sketch, Stroke};
use crate::view::canvas::geometry::{Curve, Point};
use crate::view::canvas::theme::Token;
use crate::view::cards::reading;

/// Hops that take less than this on screen, in seconds, are over within about one frame: a dot would be somewhere and
/// gone, and its place would tell nothing.
pub const GONE_HOP_S: f64 = 0.02;

/// By joint: its links along its curve and against it.
fn links(variant: &VariantRun, layout: &Layout) -> Vec<[Option<LinkIx>; 2]> {
    let mut links = vec![[None; 2]; layout.joints().len()];
    for at in 0..variant.plan().links.len() {
        let link = LinkIx(at as u32);
        if let Some((joint, back)) = layout.joint(link) {
            links[joint][usize::from(back)] = Some(link);
        }
    }
    links
}

/// By joint: whether a hop is over before a dot can be seen on it, at this speed (simulated seconds per second).
pub(crate) fn gone(variant: &VariantRun, layout: &Layout, speed: f64) -> Vec<bool> {
    let mut longest = vec![0.0f64; layout.joints().len()];
    let plan = variant.plan();
    for (at, link) in plan.links.iter().enumerate() {
        if let Some((joint, _)) = layout.joint(LinkIx(at as u32)) {
            let mean = plan.dists[link.latency.at()].mean() / 1e9;
            let added = reading::link(variant, LinkIx(at as u32)).added_s;
            longest[joint] = longest[joint].max(mean + added);
        }
    }
    longest.into_iter().map(|mean| mean < GONE_HOP_S * speed).collect()
}

/// What travels on each link, as a colour: requests, answers, messages, or mere words of brokers and consumers.
fn tokens(plan: &Plan) -> Vec<Token> {
    let mut tokens = vec![Token::Faint; plan.links.len()];
    let mut set = |link: LinkIx, token| tokens[link.at()] = token;
    plan.publishes.iter().for_each(|publish| set(publish.out, Token::Message));
    plan.routes.iter().for_each(|route| set(route.out, Token::Message));
    let consumers = plan.services.iter().flat_map(|service| &service.consumes);
    consumers.for_each(|consumer| set(consumer.out, Token::Message));
    plan.dead_letter_links().for_each(|link| set(link, Token::Message));
    plan.asks.iter().for_each(|ask| {
        set(ask.out, Token::Message);
        set(ask.reply, Token::Message);
    });
    plan.accesses.iter().for_each(|access| {
        set(access.out, Token::Request);
        set(access.back, Token::Good);
    });
    plan.calls.iter().for_each(|call| {
        set(call.out, Token::Request);
        set(call.back, Token::Good);
    });
    tokens
}

/// Over how many stretches of time rates are taken: about what passes in a second on screen.
fn stretches(speed: f64) -> usize {
    ((speed / STRETCH.as_secs()) as usize).clamp(4, STRETCHES)
}

/// Draws the lines, for joints on which dots are not all drawn: those that `gone` names, and all where dots are a
/// sample.
pub(crate) fn draw(
    sketch: &mut Sketch,
    variant: &VariantRun,
    layout: &Layout,
    speed: f64,
    sampled: bool,
    gone: &[bool],
) {
    if !sampled && !gone.contains(&true) {
        return;
    }
    let (tokens, traffic) = (tokens(variant.plan()), variant.telemetry().traffic());
    let links = links(variant, layout);
    for ((joint, gone), links) in layout.joints().iter().zip(gone).zip(links) {
        for (link, side) in links.into_iter().zip([-1.0, 1.0]) {
            let Some(link) = link.filter(|_| *gone || sampled) else { continue };
            let rate = traffic.rate(link, stretches(speed));
            if rate <= 0.0 {
                continue;
            }
            let size = libm::log10(1.0 + rate) as f32;
            let width = ((1.0 + 1.6 * size) * layout.scale).min(11.0);
            let ink = tokens[link.at()].alpha((0.2 + 0.06 * size).min(0.5));
            for &curve in joint.route.curves() {
                let curve = beside(curve, side * (width / 2.0 + 0.5), layout.vertical);
                sketch.push(DrawOp::Cubic { curve, stroke: Stroke::new(ink, width) });
            }
        }
    }
}

/// The curve moved across the flow.
fn beside(curve: Curve, by: f32, vertical: bool) -> Curve {
    let (dx, dy) = if vertical { (by, 0.0) } else { (0.0, by) };
    let moved = |point: Point| Point { x: point.x + dx, y: point.y + dy };
    Curve {
        from: moved(curve.from),
        leave: moved(curve.leave),
        reach: moved(curve.reach),
        to: moved(curve.to),
    }
}

/// "→ 12 k/s ← 11 k/s" on every joint without dots.
pub(crate) fn pills(placer: &mut Placer, variant: &VariantRun, layout: &Layout, speed: f64, gone: &[bool]) {
    if !gone.contains(&true) {
        return;
    }
    let links = links(variant, layout);
    for (at, joint) in layout.joints().iter().enumerate().filter(|(at, _)| gone[*at]) {
        let rate = |link: LinkIx| variant.telemetry().traffic().rate(link, stretches(speed));
        let rates = links[at].map(|link| link.map_or(0.0, rate));
        let arrows = arrows(joint);
        let version = |out: &mut String, version: usize| {
            let mut all = List::new(out, list::SPACE);
            for ((rate, arrow), place) in rates.into_iter().zip(arrows).zip(0..) {
                if rate > 0.0 && place + version < 2 {
                    all.item(|out| arrow.write(out, &[("rate", Number::Rate(rate).into())]));
                }
            }
        };
        let token = Token::Muted;
        placer.place(&Draft {
            joint: at,
            along: 0.5,
            slot: -1,
            token,
            breaker: None,
            optional: true,
            version: &version,
        });
    }
}

/// The texts that say a rate with an arrow the way that a joint's two directions point on the stage.
fn arrows(joint: &Joint) -> [Text; 2] {
    let (from, to) = (joint.route.at(0.0), joint.route.at(1.0));
    let (dx, dy) = (to.x - from.x, to.y - from.y);
    let across = 2.5 * libm::fabsf(dx) >= libm::fabsf(dy);
    match (across, if across { dx } else { dy } >= 0.0) {
        (true, true) => [Text::new("stage.right"), Text::new("stage.left")],
        (true, false) => [Text::new("stage.left"), Text::new("stage.right")],
        (false, true) => [Text::new("stage.down"), Text::new("stage.up")],
        (false, false) => [Text::new("stage.up"), Text::new("stage.down")],
    }
}
