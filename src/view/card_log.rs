//! A log's card: a lane for each partition with its newest records, where each group stands in it, who leads it;
//! then the groups with their lag, and the brokers.
//!
//! Lanes end at the right with the newest record and share one scale, so that a marker's distance from the end is a
//! group's lag, comparable from lane to lane.

use super::card::{Detail, Pen, State};
use super::card_log_lanes as lanes;
use super::draw::{Align, DrawOp, Stroke};
use super::format;
use super::geometry::Size;
use super::text::{Face, text_width};
use super::theme::Token;
use super::words::{self, card, state};
use crate::observation::{ClaimState, GroupState, PartitionState};
use crate::scenario::{Acks, LogPlan};

/// At most so many partitions have a lane of their own; the rest is told together.
pub const MOST_LANES: u32 = 4;
/// At most so many groups have a marker and a line; of the rest the number is told.
pub const MOST_GROUPS: usize = 3;
/// More brokers than this have no chip each.
pub const MOST_BROKERS: u32 = 4;

/// What a log's card shows.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct LogReading {
    /// The first [`MOST_LANES`] partitions, each with where the first [`MOST_GROUPS`] groups stand in it.
    pub lanes: Vec<(PartitionState, [ClaimState; MOST_GROUPS])>,
    /// Partitions there are.
    pub partitions: u32,
    /// Records by which groups are behind in partitions without a lane, all together.
    pub lag_elsewhere: u64,
    /// The first [`MOST_GROUPS`] groups.
    pub groups: Vec<GroupReading>,
    /// Groups there are.
    pub all_groups: u32,
    /// Brokers: whether each is up, of the first [`MOST_BROKERS`].
    pub brokers: Vec<bool>,
    /// Brokers that are down.
    pub down: u32,
    /// Partitions that each of the first [`MOST_BROKERS`] leads.
    pub leads: Vec<Vec<u32>>,
    /// Partitions without a leader.
    pub leaderless: u32,
    /// Fewest copies in sync, over all partitions.
    pub in_sync: u32,
    /// It is paused.
    pub paused: bool,
    /// Partition and offset of the records of the request whose trace is shown.
    pub traced: Vec<(u32, u64)>,
}

/// What a log's card shows of a group.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct GroupReading {
    /// Records that it has not committed, all partitions together.
    pub lag: u64,
    /// The partition in which most of them are, where there is more than one partition.
    pub worst: Option<u32>,
    /// Its members.
    pub state: GroupState,
}

impl LogReading {
    /// Its state in a word.
    pub fn state(&self, plan: &LogPlan) -> State {
        let rebalancing = self.groups.iter().any(|group| group.state.rebalancing);
        if self.paused {
            return State::new(state::PAUSED, Token::Failed);
        }
        if self.leaderless > 0 {
            return State::new(state::LEADERLESS, Token::Failed);
        }
        if self.down > 0 {
            let first = self.brokers.iter().position(|up| !up).filter(|_| self.down == 1);
            return State {
                word: format::string(|out| match first {
                    Some(broker) => {
                        out.push_str(card::B);
                        format::count(out, broker as u64);
                        out.push_str(card::DOWN);
                    }
                    None => {
                        format::count(out, self.down.into());
                        out.push_str(card::BROKERS);
                        out.push_str(card::DOWN);
                    }
                }),
                token: Some(Token::Failed),
            };
        }
        if rebalancing {
            return State::new(state::REBALANCING, Token::Late);
        }
        if self.in_sync < plan.replication {
            State::new(state::NOT_IN_SYNC, Token::Late)
        } else {
            State::default()
        }
    }

    /// Records by which all groups are behind together.
    pub fn lag(&self) -> u64 {
        self.groups.iter().map(|group| group.lag).sum()
    }
}

/// How many partitions have a lane.
fn lane_count(plan: &LogPlan, detail: Detail) -> u32 {
    plan.partitions.min(detail.pick(MOST_LANES, 3, 0))
}

/// Lines for groups on a full card.
fn group_lines(plan: &LogPlan) -> usize {
    plan.groups.len().clamp(1, MOST_GROUPS) + usize::from(plan.groups.len() > MOST_GROUPS)
}

/// Natural distance between lanes.
fn pitch(detail: Detail) -> f32 {
    detail.pick(21.0, 13.0, 0.0)
}

/// Size of the card at scale 1.
pub(super) fn natural(plan: &LogPlan, detail: Detail) -> Size {
    let lanes = lane_count(plan, detail) as f32 * pitch(detail);
    let more = if plan.partitions > lane_count(plan, detail) { 14.0 } else { 0.0 };
    let brokers = if plan.brokers > 1 { 24.0 } else { 0.0 };
    let full = 34.0 + lanes + more + group_lines(plan) as f32 * 15.0 + brokers + 5.0;
    detail.pick(
        Size { w: 292.0, h: full },
        Size { w: 190.0, h: 28.0 + lanes + 22.0 },
        Size { w: 92.0, h: 46.0 },
    )
}

/// Draws the card.
pub(super) fn draw(pen: &mut Pen, name: &str, plan: &LogPlan, reading: &LogReading) {
    let state = reading.state(plan);
    pen.frame(name, &state, &|out, version| about(out, plan, version));
    let detail = pen.detail;
    if detail == Detail::Tiny {
        return last_line(pen, 39.0, reading, &state);
    }
    let (top, count) = (detail.pick(31.0, 26.0, 0.0), lane_count(plan, detail));
    let shown = &reading.lanes[..reading.lanes.len().min(count as usize)];
    let scale = lanes::draw(pen, (top, pitch(detail)), shown, reading.groups.len(), &reading.traced);
    let mut y = top + count as f32 * pitch(detail);
    if detail == Detail::Compact {
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
    format::count(out, plan.partitions.into());
    out.push_str(if plan.partitions == 1 { card::PARTITION } else { card::PARTITIONS });
    if version < 2 && plan.replication > 1 {
        out.push_str(card::DOT);
        out.push_str(card::REPLICATION);
        format::count(out, plan.replication.into());
    }
    if version < 1 {
        out.push_str(card::DOT);
        out.push_str(card::ACKS);
        out.push_str(match plan.rules.acks {
            Acks::None => words::ACKS[0],
            Acks::Leader => words::ACKS[1],
            Acks::All => words::ACKS[2],
        });
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
    pen.versions(y, Align::Left, Face::regular(small, Token::Muted), room, &|out, version| {
        if version == 0 && reading.all_groups == 0 {
            out.push_str(card::NO_GROUP);
        } else if version <= 1 && reading.all_groups > 0 {
            format::count(out, reading.lag());
            out.push_str(if version == 0 { card::LAG } else { "" });
        }
    });
}

/// "+ 8 partitions · 1,204 behind".
fn elsewhere(pen: &mut Pen, y: f32, partitions: u32, reading: &LogReading) {
    let (face, room) = (Face::regular(pen.small() - 0.5, Token::Muted), pen.room());
    pen.versions(y, Align::Left, face, room, &|out, version| {
        if version > 1 {
            return;
        }
        out.push('+');
        format::count(out, partitions.into());
        out.push_str(if partitions == 1 { card::PARTITION } else { card::PARTITIONS });
        if version == 0 && reading.all_groups > 0 {
            out.push_str(card::DOT);
            format::count(out, reading.lag_elsewhere);
            out.push_str(card::LAG);
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
    let sync = line == 0 && plan.replication > 1;
    let word = if line == 0 { state.word.as_str() } else { "" };
    let token = state.token.filter(|_| line == 0).unwrap_or(Token::Faint);
    let face = Face { weight: super::Weight::Bold, ..Face::regular(small, token) };
    let taken = pen.versions(y, Align::Right, face, room * 0.5, &|out, version| match version {
        0 if sync && (word.is_empty() || word == state::NOT_IN_SYNC) => {
            out.push_str(card::IN_SYNC);
            format::count(out, reading.in_sync.into());
            out.push('/');
            format::count(out, plan.replication.into());
        }
        0 if !word.is_empty() => out.push_str(word),
        0 | 1 if scale > 1 && word.is_empty() => {
            out.push_str(card::CELL);
            format::count(out, scale);
        }
        _ => {}
    });
    room -= if taken > 0.0 { taken + 6.0 } else { 0.0 };
    let face = Face::regular(small, Token::Muted);
    let Some(own) = reading.groups.get(line) else {
        pen.versions(y, Align::Left, face, room, &|out, version| {
            if version == 0 && reading.all_groups == 0 {
                out.push_str(card::NO_GROUP);
            } else if version == 0 {
                out.push('+');
                format::count(out, u64::from(reading.all_groups) - reading.groups.len() as u64);
                out.push_str(card::MORE_GROUPS);
            }
        });
        return;
    };
    let at = pen.rect(4.0, y - 4.0, 0.0, 0.0).center();
    lanes::marker(pen.sketch, at, 4.5 * pen.scale, line);
    let late = own.state.rebalancing || own.state.silent > 0;
    let face = if late { Face::bold(small, Token::Late) } else { face };
    let name = plan.groups.get(line).map_or("", |group| group.name.as_str());
    let taken = 13.0;
    pen.versions_at(taken, y, Align::Left, face, room - taken, &|out, version| {
        group_line(out, name, own, version)
    });
}

/// "billing lag 9, most on p1 · rebalancing, 3 members", and shorter.
pub(super) fn group_line(out: &mut String, name: &str, own: &GroupReading, version: usize) {
    if version > 4 {
        return;
    }
    out.push_str(if version < 4 { name } else { "" });
    out.push_str(if version < 4 { card::LAGS } else { "" });
    format::count(out, own.lag);
    if version == 4 {
        return out.push_str(card::LAG);
    }
    if let (true, Some(worst)) = (version < 2, own.worst.filter(|_| own.lag > 0)) {
        out.push_str(card::MOST_ON);
        format::count(out, worst.into());
    }
    if own.state.rebalancing && version < 3 {
        out.push_str(card::DOT);
        out.push_str(state::REBALANCING);
    }
    if version == 0 && (own.state.rebalancing || own.state.silent > 0) {
        out.push_str(card::DOT);
        format::count(out, own.state.members.into());
        out.push_str(card::MEMBERS);
    }
    if version < 3 && own.state.silent > 0 {
        out.push_str(card::DOT);
        format::count(out, own.state.silent.into());
        out.push_str(card::SILENT);
    }
}

/// A chip for each broker with what it leads; many are only counted.
fn brokers(pen: &mut Pen, y: f32, plan: &LogPlan, reading: &LogReading) {
    let (small, room) = (pen.small() - 1.0, pen.room());
    if plan.brokers > MOST_BROKERS {
        let token = if reading.down > 0 { Token::Failed } else { Token::Muted };
        let text = format::string(|out| {
            format::count(out, plan.brokers.into());
            out.push_str(card::BROKERS);
            if reading.down > 0 {
                out.push_str(card::DOT);
                format::count(out, reading.down.into());
                out.push_str(card::DOWN);
            }
        });
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
    out.push_str(card::B);
    format::count(out, broker as u64);
    if !up {
        return out.push_str(card::DOWN);
    }
    if version < 2 && !leads.is_empty() {
        out.push_str(if version == 0 { card::LEADS } else { " " });
        for (at, &partition) in leads.iter().enumerate() {
            out.push_str(if at > 0 { ", " } else { "" });
            out.push_str(card::P);
            format::count(out, partition.into());
        }
    }
}
