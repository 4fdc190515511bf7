//! A log's card: a track for each partition with its newest records, where each group stands in it, who leads
//! it; then the groups with their lag, and the brokers.
//!
//! Tracks end at the right with the newest record and share one scale, so that a marker's distance from the end is a
//! group's lag, comparable from track to track.

use super::detail::Detail;
use super::log_reading::{GroupReading, LogReading, MOST_BROKERS, MOST_GROUPS, MOST_TRACKS};
use super::log_tracks as tracks;
use super::pen::Pen;
use super::state::State;
use crate::base::{List, format, list};
use crate::scenario::{Acks, LogPlan};
use crate::view::canvas::draw::{Align, DrawOp, Stroke, Weight};
use crate::view::canvas::geometry::Size;
use crate::view::canvas::text::{Face, text_width};
use crate::view::canvas::theme::Token;

/// More tracks than this stand closer together.
const FEW_TRACKS: u32 = 4;

/// How many partitions have a track.
fn track_count(plan: &LogPlan) -> u32 {
    plan.partitions.min(MOST_TRACKS)
}

/// Lines for groups on a full card.
fn group_lines(plan: &LogPlan) -> usize {
    plan.groups.len().clamp(1, MOST_GROUPS) + usize::from(plan.groups.len() > MOST_GROUPS)
}

/// Natural distance between tracks.
fn pitch(plan: &LogPlan, detail: Detail) -> f32 {
    if plan.partitions > FEW_TRACKS { detail.pick(16.0, 9.0, 5.0) } else { detail.pick(21.0, 13.0, 6.0) }
}

/// Size of the card at scale 1.
pub(crate) fn natural(plan: &LogPlan, detail: Detail) -> Size {
    let tracks = track_count(plan) as f32 * pitch(plan, detail);
    let more = if plan.partitions > track_count(plan) { 14.0 } else { 0.0 };
    let brokers = if plan.brokers > 1 { 24.0 } else { 0.0 };
    let full = 34.0 + tracks + more + group_lines(plan) as f32 * 15.0 + brokers + 5.0;
    detail.pick(
        Size { w: 292.0, h: full },
        Size { w: 190.0, h: 28.0 + tracks + 22.0 },
        Size { w: 108.0, h: 26.0 + tracks + 18.0 },
    )
}

/// Draws the card.
pub(crate) fn draw(pen: &mut Pen, name: &str, plan: &LogPlan, reading: &LogReading) {
    let state = reading.state(plan);
    pen.frame(name, &state, &|out, version| about(out, plan, version));
    let detail = pen.detail;
    let (top, count) = (detail.pick(31.0, 26.0, 24.0), track_count(plan));
    let pitch = pitch(plan, detail);
    let scale = tracks::draw(pen, (top, pitch), reading);
    let mut y = top + count as f32 * pitch;
    if detail != Detail::Full {
        return last_line(pen, y + 13.0, reading, &state);
    }
    if plan.partitions > count {
        elsewhere(pen, y + 9.0, plan.partitions - count, reading);
        y += 14.0;
    }
    y += 14.0;
    for line in 0..group_lines(plan) {
        group(pen, y, line, plan, reading, (scale, &state));
        y += 15.0;
    }
    if plan.brokers > 1 {
        brokers(pen, y - 7.0, plan, reading);
    }
}

/// "3 partitions · replication 3 · acks all", and shorter.
fn about(out: &mut String, plan: &LogPlan, version: usize) {
    if version > 2 {
        return;
    }
    let mut all = List::new(out, list::DOT);
    all.item(|out| say!(out => "card.partitions", count = plan.partitions));
    if version < 2 && plan.replication > 1 {
        all.item(|out| say!(out => "card.replication", copies = plan.replication));
    }
    if version < 1 {
        let acks = match plan.rules.acks {
            Acks::None => "0",
            Acks::Leader => "1",
            Acks::All => text!("card.acks-all"),
        };
        all.item(|out| say!(out => "card.acks", acks = acks));
    }
}

/// On smaller cards: how far all groups are behind together, and the state in a word.
fn last_line(pen: &mut Pen, y: f32, reading: &LogReading, state: &State) {
    let (small, room) = (pen.small(), pen.room());
    let tiny = pen.detail == Detail::Tiny;
    let align = if tiny { Align::Left } else { Align::Right };
    let taken =
        pen.text(0.0, y, align, Face::bold(small, state.token.unwrap_or(Token::Muted)), room, &state.word);
    if tiny && taken > 0.0 {
        return;
    }
    let room = room - if taken > 0.0 { taken + 6.0 } else { 0.0 };
    pen.versions(y, Align::Left, Face::regular(small, Token::Muted), room, &|out, version| match (
        version,
        reading.all_groups,
    ) {
        (0, 0) => out.push_str(text!("card.no-group")),
        (0, _) => say!(out => "card.behind", count = reading.lag()),
        (1, 1..) => format::count(out, reading.lag()),
        _ => {}
    });
}

/// "+ 8 partitions · 1,204 behind".
fn elsewhere(pen: &mut Pen, y: f32, partitions: u32, reading: &LogReading) {
    let (face, room) = (Face::regular(pen.small() - 0.5, Token::Muted), pen.room());
    pen.versions(y, Align::Left, face, room, &|out, version| {
        if version > 1 {
            return;
        }
        let mut all = List::new(out, list::DOT);
        all.item(|out| say!(out => "card.more-partitions", count = partitions));
        if version == 0 && reading.all_groups > 0 {
            all.item(|out| say!(out => "card.behind", count = reading.lag_elsewhere));
        }
    });
}

/// A group's marker, its name and how it does; at the right of the first line the log's state, of others what one
/// cell is.
fn group(
    pen: &mut Pen,
    y: f32,
    line: usize,
    plan: &LogPlan,
    reading: &LogReading,
    (scale, state): (u64, &State),
) {
    let (small, mut room) = (pen.small(), pen.room());
    let (sync, last) = (line == 0 && plan.replication > 1, line + 1 == group_lines(plan));
    let word = if line == 0 { state.word.as_str() } else { "" };
    let token = state.token.filter(|_| line == 0).unwrap_or(Token::Faint);
    let face = Face { weight: Weight::Bold, ..Face::regular(small, token) };
    let taken = pen.versions(y, Align::Right, face, room * 0.5, &|out, version| match version {
        0 if sync && (word.is_empty() || word == text!("state.not-in-sync")) => {
            in_sync(out, reading, plan);
        }
        0 if !word.is_empty() => out.push_str(word),
        0 | 1 if scale > 1 && word.is_empty() && last => say!(out => "card.cell", count = scale),
        2 if scale > 1 && word.is_empty() && last => say!(out => "card.cell-short", count = scale),
        _ => {}
    });
    room -= if taken > 0.0 { taken + 6.0 } else { 0.0 };
    let face = Face::regular(small, Token::Muted);
    let Some(own) = reading.groups.get(line) else {
        pen.versions(y, Align::Left, face, room, &|out, version| {
            if version == 0 && reading.all_groups == 0 {
                out.push_str(text!("card.no-group"));
            } else if version == 0 {
                let more = u64::from(reading.all_groups) - reading.groups.len() as u64;
                say!(out => "card.more-groups", count = more);
            }
        });
        return;
    };
    let at = pen.rect(4.0, y - 4.0, 0.0, 0.0).center();
    tracks::marker(pen.sketch, at, 4.5 * pen.scale, line);
    let late = own.state.rebalancing || own.state.silent > 0;
    let face = if late { Face::bold(small, Token::Late) } else { face };
    let name = plan.groups.get(line).map_or("", |group| group.name.as_str());
    let taken = 13.0;
    pen.versions_at(taken, y, Align::Left, face, room - taken, &|out, version| {
        group_line(out, name, own, version)
    });
}

/// "billing lag 9, most on p1 · rebalancing, 3 members", and shorter.
pub(crate) fn group_line(out: &mut String, name: &str, own: &GroupReading, version: usize) {
    if version > 4 {
        return;
    }
    if version == 4 {
        return say!(out => "card.behind", count = own.lag);
    }
    let mut all = List::new(out, list::DOT);
    all.item(|out| match own.worst.filter(|_| own.lag > 0 && version < 2) {
        Some(worst) => say!(out => "card.group-most-on", group = name, lag = own.lag, partition = worst),
        None => say!(out => "card.group", group = name, lag = own.lag),
    });
    if own.state.rebalancing && version < 3 {
        all.push(text!("state.rebalancing"));
    }
    if version == 0 && (own.state.rebalancing || own.state.silent > 0) {
        all.item(|out| say!(out => "card.members", count = own.state.members));
    }
    if version < 3 && own.state.silent > 0 {
        all.item(|out| say!(out => "card.silent", count = own.state.silent));
    }
}

/// A chip for each broker with what it leads; many are only counted.
fn brokers(pen: &mut Pen, y: f32, plan: &LogPlan, reading: &LogReading) {
    let (small, room) = (pen.small() - 1.0, pen.room());
    if plan.brokers > MOST_BROKERS {
        let token = if reading.down > 0 { Token::Failed } else { Token::Muted };
        let mut text = String::new();
        let mut all = List::new(&mut text, list::DOT);
        all.item(|out| say!(out => "card.brokers", count = plan.brokers));
        if reading.down > 0 {
            all.item(|out| say!(out => "card.down", count = reading.down));
        }
        pen.text(0.0, y + 11.5, Align::Left, Face::regular(small + 1.0, token), room, &text);
        return;
    }
    let width = (room + 4.0) / plan.brokers as f32;
    for (broker, &up) in reading.brokers.iter().enumerate() {
        let x = broker as f32 * width;
        let rect = pen.rect(x, y, width - 4.0, 17.0);
        let token = if up { Token::Line } else { Token::Failed };
        let (radius, stroke) = (5.0 * pen.scale.min(1.0), Some(Stroke::new(token, 1.0)));
        pen.sketch.push(DrawOp::Rect { rect, radius, fill: Some(Token::Stage.into()), stroke });
        let face = Face::regular(small, if up { Token::Muted } else { Token::Failed });
        let mut text = String::new();
        for version in 0..3 {
            text.clear();
            broker_chip(&mut text, broker, up, &reading.leads[broker], version);
            if text_width(&text, face) <= width - 14.0 {
                break;
            }
        }
        pen.text(x + 5.0, y + 12.0, Align::Left, face, width - 12.0, &text);
    }
}

/// "B1 leads p0, p2", "B1 p0, p2", "B1"; "B3 down".
fn broker_chip(out: &mut String, broker: usize, up: bool, leads: &[u32], version: usize) {
    if !up {
        return say!(out => "state.broker-down", broker = broker);
    }
    if version > 1 || leads.is_empty() {
        return say!(out => "card.broker", broker = broker);
    }
    let mut partitions = String::new();
    let mut all = List::new(&mut partitions, list::COMMA);
    for &partition in leads {
        all.item(|out| say!(out => "card.partition", partition = partition));
    }
    match version {
        0 => say!(out => "card.broker-leads", broker = broker, partitions = &partitions),
        _ => say!(out => "card.broker-leads-short", broker = broker, partitions = &partitions),
    }
}

/// "in sync 2/3": the fewest copies of a partition, and how many there are.
pub(crate) fn in_sync(out: &mut String, reading: &LogReading, plan: &LogPlan) {
    say!(out => "card.in-sync", in_sync = reading.in_sync, copies = plan.replication);
}
