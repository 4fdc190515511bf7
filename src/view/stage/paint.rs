//! The stage of one variant: links, messages, cards, losses, and what a dot means.

use super::hit::Hit;
use super::layout::{Layout, heading};
use super::options::{StageOptions, TracePlace};
use super::{counterpart, density, dots, editing, highlight, links, look, moments, pill, pills};
use crate::base::{List, NodeIx, SimDuration, Text, list, within_f32};
use crate::scenario::{NodeKind, Plan};
use crate::session::VariantRun;
use crate::view::canvas::draw::{Align, DrawOp, Sketch, Stroke};
use crate::view::canvas::geometry::{Point, Rect, Size};
use crate::view::canvas::text::{Face, text_width, write};
use crate::view::canvas::theme::Token;
use crate::view::cards::detail::{footer, padding};
use crate::view::cards::log_reading::LogReading;
use crate::view::cards::pen::{Pen, TRACED};
use crate::view::cards::{client, exchange, log, queue, reading, service, store};
use crate::view::words::name;

/// Draws a variant as it stands now. Clears the sketch first. Equal inputs give equal pictures.
pub fn stage(sketch: &mut Sketch, variant: &VariantRun, layout: &Layout, options: &StageOptions) {
    sketch.clear();
    sketch.look_from(Point { x: layout.window.x, y: layout.window.y });
    let flights = variant.snapshot().flights().count();
    let every = dots::sample(flights);
    let marks = [(options.hovered, 0.55), (options.selected, 1.0)];
    for (hit, alpha) in marks {
        if let Some(Hit::Link(link)) = hit {
            highlight::link(sketch, layout, link, Token::Accent.alpha(alpha));
        }
    }
    links::draw(sketch, variant, layout);
    let gone = density::gone(variant, layout, options.speed);
    density::draw(sketch, variant, layout, options.speed, every > 1, &gone);
    cards(sketch, variant, layout, options);
    if options.reduced_motion {
        dots::draw_counts(sketch, variant, layout);
    } else {
        dots::draw(sketch, variant, layout, every, &gone);
        dots::draw_losses(sketch, variant, layout, options.speed);
    }
    let pills = pills::pills(variant, layout, options.speed, &gone, options.reduced_motion);
    pill::draw(sketch, &pills);
    if !options.reduced_motion {
        moments::draw(sketch, variant, layout, &pills, options.speed);
    }
    for (hit, alpha) in marks {
        let ink = Token::Accent.alpha(alpha);
        match hit {
            Some(Hit::Message(message)) => {
                highlight::message(sketch, variant, layout, message, 1.1, Stroke::new(ink, 2.0));
            }
            Some(Hit::Breaker(breaker)) => highlight::breaker(sketch, &pills, breaker, ink),
            _ => {}
        }
    }
    look::draw(sketch, variant.plan(), layout, options.looks);
    if let Some(shown) = options.counterpart {
        counterpart::draw(
            sketch,
            variant,
            layout,
            &pills,
            shown,
            &counterpart::Drawn { every, gone: &gone, options },
        );
    }
    for hit in options.traced {
        if let TracePlace::Message(message) = hit {
            highlight::message(sketch, variant, layout, *message, 1.5, TRACED);
        }
    }
    if let Some(own) = &options.editing {
        editing::draw(sketch, layout, own);
    }
    let meaning = dot_meaning(variant, every, &gone, options);
    sketch.fix();
    head(sketch, layout, options, &meaning);
}

/// What the corner says about dots and lines: the whole, and shorter versions.
fn dot_meaning(variant: &VariantRun, every: u64, gone: &[bool], options: &StageOptions) -> Vec<String> {
    let lines = gone.contains(&true) || every > 1;
    if options.reduced_motion || !gone.is_empty() && !gone.contains(&false) {
        let words = [text!("stage.density"), text!("stage.density-short")];
        return if lines { words.map(str::to_owned).into() } else { Vec::new() };
    }
    let text = match every {
        2.. => say!("stage.dot-is", count = every),
        _ => text!("stage.one-dot").to_owned(),
    };
    let with = |text: &str, more| list::of(list::DOT, [text, more]);
    let mut all = vec![text.clone()];
    if dots::too_short(variant.plan(), options.speed) && !gone.contains(&true) {
        all = [text!("stage.too-short"), text!("stage.sampled")].map(|why| with(&text, why)).into();
        // That a dot is one goes without saying where there is no room.
        all.extend((every == 1).then(|| text!("stage.sampled").to_owned()));
    }
    if lines {
        let longer = [text!("stage.density"), text!("stage.density-short")].map(|words| with(&all[0], words));
        all.splice(0..0, longer);
    }
    if let Some(hop) = hop(variant.plan()) {
        let longest = with(&all[0], &say!("stage.hop", time = hop));
        all.insert(0, longest);
    }
    all
}

/// How long every hop takes, where all take the same time on average; none where there is but one.
fn hop(plan: &Plan) -> Option<SimDuration> {
    let mut means = plan.living_links().map(|(_, link)| plan.dists[link.latency.at()].mean());
    let first = means.next()?;
    let same = plan.living_links().count() > 2 && means.all(|mean| (mean - first).abs() <= first * 1e-6);
    same.then_some(SimDuration(first as u64))
}

/// Badge and label at the left, what a dot means at the right.
fn head(sketch: &mut Sketch, layout: &Layout, options: &StageOptions, meaning: &[String]) {
    let Rect { w, h, .. } = layout.window;
    let (size, middle) = (Size { w, h }, heading(Size { w, h }) / 2.0 + 1.0);
    if layout.size != size {
        // The heading lies upon the picture.
        let (rect, fill) = (Rect::new(0.0, 0.0, w, heading(size)), Some(Token::Stage.alpha(0.86)));
        sketch.push(DrawOp::Rect { rect, radius: 0.0, fill, stroke: None });
    }
    let baseline = |face: Face| middle + face.size * 0.36;
    let face = Face::regular(11.0, Token::Muted);
    let mut right = size.w - 10.0;
    // The label needs room as well: ever shorter versions, until both fit. What goes without saying is left out first.
    let room = size.w - 30.0 - label_width(options);
    let fits = |text: &&String| text_width(text, face) + 16.0 <= room;
    let shortest = meaning.last().filter(|text| *text != text!("stage.one-dot"));
    if let Some(text) = meaning.iter().find(fits).or(shortest) {
        let w = (text_width(text, face) + 14.0).min(size.w - 12.0);
        let rect = Rect::new(right - w, middle - 10.0, w, 20.0);
        let (fill, stroke) = (Some(Token::Stage.into()), Some(Stroke::new(Token::Line, 1.0)));
        sketch.push(DrawOp::Rect { rect, radius: 6.0, fill, stroke });
        let at = Point { x: right - w / 2.0, y: baseline(face) };
        write(sketch, at, Align::Center, face, w - 8.0, text);
        right -= w + 8.0;
    }
    let mut left = 10.0;
    if !options.badge.is_empty() {
        let face = Face::bold(12.0, Token::OnAccent);
        let rect = Rect::new(left, middle - 9.5, 19.0, 19.0);
        sketch.push(DrawOp::Rect { rect, radius: 5.0, fill: Some(Token::Accent.into()), stroke: None });
        let at = Point { x: rect.center().x, y: baseline(face) };
        write(sketch, at, Align::Center, face, rect.w, options.badge);
        left += 26.0;
    }
    let face = Face::bold(13.0, Token::Ink);
    let at = Point { x: left, y: baseline(face) };
    write(sketch, at, Align::Left, face, (right - left).max(0.0), options.label);
}

fn label_width(options: &StageOptions) -> f32 {
    text_width(options.label, Face::bold(13.0, Token::Ink))
        + if options.badge.is_empty() { 0.0 } else { 26.0 }
}

/// Every node's card and its losses.
fn cards(sketch: &mut Sketch, variant: &VariantRun, layout: &Layout, options: &StageOptions) {
    let plan = variant.plan();
    let services = reading::services(variant);
    let mut pen = Pen::new(sketch, layout.scale, layout.detail);
    for (index, node) in plan.living_nodes() {
        let place = layout.node(index);
        (pen.card, pen.detail) = (place.card, place.detail);
        for (hit, alpha) in [(options.hovered, 0.55), (options.selected, 1.0)] {
            if hit == Some(Hit::Node(index)) {
                let stroke = Stroke::new(Token::Accent.alpha(alpha), 2.0);
                highlight::card(pen.sketch, layout, place.card, 3.0, stroke);
            }
        }
        if options.traced.contains(&TracePlace::Node(index)) {
            highlight::card(pen.sketch, layout, place.card, 5.0, TRACED);
        }
        let name = name::of_node(plan, index);
        match node.kind {
            NodeKind::Client(client) => {
                let reading = reading::client(variant, client, options.speed);
                client::draw(&mut pen, plan, &name, &reading);
            }
            NodeKind::Service(service) => {
                let (plan, reading) = (&plan.services[service.at()], &services[service.at()]);
                service::draw(&mut pen, &name, plan, reading);
            }
            NodeKind::Queue(queue) => queue::draw(&mut pen, &name, &reading::queue(variant, queue)),
            NodeKind::Exchange(exchange) => {
                let counts = variant.telemetry().statistics().exchange(exchange);
                let ends = layout.ends(index);
                exchange::draw(&mut pen, &name, plan.exchanges[exchange.at()].routing, &counts, &ends);
            }
            NodeKind::Store(store) => store::draw(&mut pen, &name, &reading::store(variant, store)),
            NodeKind::Log(log) => {
                let own = |place: &TracePlace| match *place {
                    TracePlace::Record(of, partition, offset) if of == log => Some((partition, offset)),
                    _ => None,
                };
                let traced = options.traced.iter().filter_map(own).collect();
                let looked_at = look::partitions(plan, log, options.looks);
                let reading = LogReading { traced, looked_at, ..reading::log(variant, log) };
                log::draw(&mut pen, &name, &plan.logs[log.at()], &reading);
            }
        }
        losses(&mut pen, variant, index, layout.window);
    }
}

/// What was lost may stand so many times as wide as a card below it, so that its reason can be read.
const WIDER: f32 = 1.8;

/// Below a card: what was lost there and why, the largest first, as much as fits. A reason may reach beyond the card,
/// as far as its neighbours leave room: without it the number says nothing.
fn losses(pen: &mut Pen, variant: &VariantRun, node: NodeIx, window: Rect) {
    let losses = reading::losses(variant, node);
    if losses.is_empty() {
        return;
    }
    let all: u64 = losses.iter().map(|(count, _)| count).sum();
    let y = pen.card.h / pen.scale + footer(pen.detail) - 4.5;
    let (face, room) = (Face::bold(pen.small() - 0.5, Token::Failed), pen.room() + 8.0);
    let told = pen.versions(y, Align::Left, face, room, &|out, version| {
        // All reasons, ever fewer of them with how many more there are.
        let shown = losses.len().saturating_sub(version);
        if shown == 0 {
            return;
        }
        let told: u64 = losses.iter().take(shown).map(|(count, _)| count).sum();
        let mut said = String::new();
        let mut list = List::new(&mut said, list::DOT);
        for (count, why) in losses.iter().take(shown) {
            list.item(|out| why.write(out, &[("count", (*count).into())]));
        }
        match told == all {
            true => say!(out => "stage.lost", losses = &said),
            false => say!(out => "stage.lost-and-more", losses = &said, count = all - told),
        }
    });
    if told == 0.0 {
        beyond(pen, face, y, window, &losses, all);
    }
}

/// The largest loss with its reason, around the middle of the card and as far beyond its edges as that takes, within
/// the window; only its number where even that is too long.
fn beyond(pen: &mut Pen, face: Face, y: f32, window: Rect, losses: &[(u64, Text)], all: u64) {
    let (count, why) = losses[0];
    let said = why.say(&[("count", count.into())]);
    let natural = pen.card.w / pen.scale;
    let alone = say!("stage.lost", losses = &said);
    let texts = match all - count {
        0 => [alone.clone(), alone],
        more => [say!("stage.lost-and-more", losses = &said, count = more), alone],
    };
    let fits = texts.into_iter().find(|text| text_width(text, face) <= natural * WIDER);
    let text = fits.unwrap_or_else(|| say!("card.lost", count = all));
    let wide = text_width(&text, face) * pen.scale;
    let most = (window.right() - wide - 2.0).max(window.x);
    let left = within_f32(pen.card.center().x - wide / 2.0, window.x.min(most) + 2.0, most);
    let x = (left - pen.card.x) / pen.scale - padding(pen.detail);
    pen.text(x, y, Align::Left, face, natural * WIDER, &text);
}
