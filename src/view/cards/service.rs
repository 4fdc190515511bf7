//! A service's card: every worker busy, blocked or free, the waiting room, the replicas.

use super::detail::Detail;
use super::pen::Pen;
use super::state::State;
use crate::base::{List, Number, SimDuration, format, list};
use crate::observation::ReplicaState;
use crate::scenario::ServicePlan;
use crate::view::canvas::draw::{Align, DrawOp, Stroke};
use crate::view::canvas::geometry::{Rect, Size};
use crate::view::canvas::glyph::Glyph;
use crate::view::canvas::text::{Face, text_width};
use crate::view::canvas::theme::Token;

/// Above so many workers a bar shows their shares.
pub const MOST_SLOTS: u32 = 60;
/// Slots in a row.
const PER_ROW: u32 = 10;
/// More replicas than this, those that are starting up included, get no chip each.
pub const MOST_CHIPS: u32 = 6;
/// Chips are at most as wide as if there were so many of them.
const LEAST_CHIPS: u32 = 3;

/// What a service's card shows, all replicas together.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ServiceReading {
    /// Workers there are.
    pub workers: u32,
    /// Workers computing.
    pub busy: u32,
    /// Workers held while waiting for a downstream answer.
    pub blocked: u32,
    /// Jobs in the waiting rooms.
    pub waiting: u64,
    /// Places in the waiting rooms of the replicas that stand; none: without bound.
    pub room: Option<u64>,
    /// Each replica, up to [`MOST_CHIPS`] of them.
    pub chips: Vec<ReplicaState>,
    /// Replicas.
    pub replicas: u32,
    /// Replicas that crashed.
    pub crashed: u32,
    /// Replicas that are starting up.
    pub starting: u32,
    /// How long until the first of them is ready.
    pub ready_in: Option<SimDuration>,
    /// How much of its time to start up the first of them has behind it, 0 to 1.
    pub started: f32,
    /// Replicas that were taken away and finish what they have.
    pub leaving: u32,
    /// Whether any replica is paused.
    pub paused: bool,
    /// How many times as long as usual its work takes, where that is not once.
    pub slow: Option<f64>,
    /// Probability with which its operations fail by a fault; 0 without one.
    pub errors: f64,
    /// It is idle because everybody who calls it is blocked.
    pub starving: bool,
}

impl ServiceReading {
    /// Workers with nothing to do.
    pub fn free(&self) -> u32 {
        self.workers.saturating_sub(self.busy).saturating_sub(self.blocked)
    }

    /// Whether the next arrival is refused.
    pub fn full(&self) -> bool {
        self.workers > 0 && self.free() == 0 && self.room.is_some_and(|room| self.waiting >= room)
    }

    /// Its state in a word: the first of its faults, else what its workers suffer from.
    pub fn state(&self) -> State {
        if self.crashed > 0 && self.crashed >= self.replicas {
            return State::new(text!("state.crashed"), Token::Failed);
        }
        if self.crashed > 0 {
            return State::new(say!("state.some-crashed", count = self.crashed), Token::Failed);
        }
        if self.paused {
            return State::new(text!("state.paused"), Token::Failed);
        }
        if let Some(factor) = self.slow {
            return State::new(say!("state.slow", factor = Number::Figures(factor)), Token::Failed);
        }
        if self.errors > 0.0 {
            return State::new(say!("state.errors", share = Number::Percent(self.errors)), Token::Failed);
        }
        match () {
            _ if self.workers > 0 && self.blocked >= self.workers => {
                State::new(text!("state.all-blocked"), Token::Late)
            }
            _ if self.full() => State::new(text!("state.full"), Token::Late),
            _ if self.blocked > 0 && self.blocked * 2 >= self.workers => {
                State::new(text!("state.blocked"), Token::Late)
            }
            _ if self.starving => State::new(text!("state.starving"), Token::Muted),
            _ if self.starting > 0 || self.leaving > 0 => State { word: self.scaling(), token: None },
            _ => State::default(),
        }
    }
}

impl ServiceReading {
    /// The faults that its state does not name, because it names a worse one.
    fn other_faults(&self) -> State {
        let mut word = String::new();
        let down = self.crashed > 0 || self.paused;
        let mut all = List::new(&mut word, list::DOT);
        if let Some(factor) = self.slow.filter(|_| down) {
            all.item(|out| say!(out => "state.slow", factor = Number::Figures(factor)));
        }
        if self.errors > 0.0 && (down || self.slow.is_some()) {
            all.item(|out| say!(out => "state.errors", share = Number::Percent(self.errors)));
        }
        let token = (!word.is_empty()).then_some(Token::Failed);
        State { word, token }
    }

    /// How its number of replicas is changing: "3 → 5 replicas", "2 leaving".
    fn scaling(&self) -> String {
        if self.starting > 0 {
            let target = self.replicas + self.starting;
            say!("card.growing-replicas", replicas = self.replicas, target = target)
        } else {
            say!("card.leaving", count = self.leaving)
        }
    }
}

/// How many replicas there may be, and whether they are shown one by one or counted.
fn most_replicas(service: &ServicePlan) -> u32 {
    service.replicas.max(service.autoscale.map_or(0, |scale| scale.max))
}

/// Whether every worker gets a slot.
fn has_slots(workers: u32, detail: Detail) -> bool {
    workers <= detail.pick(MOST_SLOTS, PER_ROW, 0)
}

/// Natural distance between slots.
fn pitch(detail: Detail) -> f32 {
    detail.pick(13.0, 10.9, 8.0)
}

/// Natural height of what shows the workers.
fn workers_height(workers: u32, detail: Detail) -> f32 {
    match detail {
        Detail::Full if has_slots(workers, detail) => workers.div_ceil(PER_ROW).max(1) as f32 * pitch(detail),
        Detail::Full => 32.0,
        Detail::Compact => 12.0,
        Detail::Tiny => 8.0,
    }
}

/// Size of the card at scale 1.
pub(crate) fn natural(service: &ServicePlan, detail: Detail) -> Size {
    let workers = workers_height(most_replicas(service).saturating_mul(service.workers), detail);
    let chips = if most_replicas(service) > 1 { 22.0 } else { 0.0 };
    detail.pick(
        Size { w: 160.0, h: 33.0 + workers + 30.0 + chips },
        Size { w: 126.0, h: 68.0 },
        Size { w: 92.0, h: 46.0 },
    )
}

/// Draws the card.
pub(crate) fn draw(pen: &mut Pen, name: &str, plan: &ServicePlan, reading: &ServiceReading) {
    let state = reading.state();
    // A healthy service without work is told apart by its edge as well; blocked edges take the stronger amber.
    let edge = State {
        word: String::new(),
        token: state.token.map(|token| if token == Token::Late { Token::Blocked } else { token }),
    };
    let (replicas, target, workers) = (reading.replicas, reading.replicas + reading.starting, plan.workers);
    pen.frame(name, &edge, &|out, version| match (version, most_replicas(plan) > 1, reading.starting > 0) {
        (0, true, true) => {
            say!(out => "card.growing-replicas-of-workers", replicas = replicas, target = target, workers = workers)
        }
        (0, true, false) => say!(out => "card.replicas-of-workers", replicas = replicas, workers = workers),
        (0, false, _) => say!(out => "card.workers", workers = workers),
        (1, true, true) => {
            say!(out => "card.growing-replicas-of-workers-short", replicas = replicas, target = target, workers = workers)
        }
        (1, true, false) => say!(out => "card.replicas-of-workers-short", replicas = replicas, workers = workers),
        (1, false, _) => say!(out => "card.workers-short", workers = workers),
        (2, true, true) => say!(out => "card.growing", replicas = replicas, target = target),
        _ => {}
    });
    pen.badge(&reading.other_faults());
    let top = pen.detail.pick(30.0, 25.0, 20.0);
    let planned = most_replicas(plan).saturating_mul(plan.workers);
    if has_slots(planned, pen.detail) {
        slots(pen, top, planned, reading);
    } else {
        shares(pen, top, reading);
    }
    let below = top + workers_height(planned, pen.detail);
    match pen.detail {
        Detail::Tiny => last_line(pen, 39.0, reading, &state),
        detail => {
            let y = below + detail.pick(5.0, 3.0, 0.0);
            waiting_room(pen, y, detail.pick(6.5, 5.0, 0.0), reading);
            last_line(pen, y + detail.pick(18.5, 17.0, 0.0), reading, &state);
            if detail == Detail::Full && most_replicas(plan) > 1 {
                chips(pen, y + 25.0, reading);
            }
        }
    }
}

/// A slot for each worker: busy first, then blocked, then free. Missing ones (crashed) are left out.
fn slots(pen: &mut Pen, top: f32, planned: u32, reading: &ServiceReading) {
    let pitch = pitch(pen.detail);
    let size = (pitch - 2.5) * pen.scale;
    for slot in 0..planned.min(reading.workers).min(MOST_SLOTS) {
        let glyph = if slot < reading.busy {
            Glyph::Busy
        } else if slot < reading.busy.saturating_add(reading.blocked) {
            Glyph::Blocked
        } else {
            Glyph::Free
        };
        let (x, y) = ((slot % PER_ROW) as f32 * pitch, (slot / PER_ROW) as f32 * pitch);
        let at = pen.rect(x, top + y, pitch - 2.5, pitch - 2.5).center();
        pen.sketch.push(DrawOp::Dot { at, size, glyph });
    }
}

/// One bar in the three fills, for many workers.
fn shares(pen: &mut Pen, top: f32, reading: &ServiceReading) {
    let height = pen.detail.pick(13.0, 10.0, 7.0);
    let bar = pen.rect(0.0, top, pen.room(), height);
    let radius = 3.0 * pen.scale;
    pen.fill(bar, radius, Token::Idle);
    let part = |workers: u32| bar.w * (workers as f32 / reading.workers.max(1) as f32).min(1.0);
    let (busy, blocked) = (part(reading.busy), part(reading.blocked));
    if busy > 0.0 {
        pen.fill(Rect { w: busy, ..bar }, radius, Token::Busy);
    }
    if blocked > 0.0 {
        let rect = Rect { x: bar.x + busy, w: blocked.min(bar.w - busy).max(0.0), ..bar };
        let (fill, stroke) = (Token::Blocked.alpha(0.35), Stroke::new(Token::Blocked, 1.0));
        let op = DrawOp::Rect { rect: rect.inset(0.5), radius: 0.0, fill: Some(fill), stroke: Some(stroke) };
        pen.sketch.push(op);
    }
    if pen.detail == Detail::Full {
        let face = Face::regular(pen.small(), Token::Muted);
        let room = pen.room();
        pen.versions(top + 27.0, Align::Left, face, room, &|out, version| {
            let mut all = List::new(out, list::DOT);
            if version < 3 {
                all.item(|out| say!(out => "card.busy", count = reading.busy));
            }
            if version < 2 {
                all.item(|out| say!(out => "card.blocked", count = reading.blocked));
            }
            if version < 1 {
                all.item(|out| say!(out => "card.free", count = reading.free()));
            }
        });
    }
}

/// The waiting room as a bar that fills; its end turns red when it refuses. One without bound fills half at 50.
fn waiting_room(pen: &mut Pen, y: f32, height: f32, reading: &ServiceReading) {
    let bar = pen.rect(0.0, y, pen.room(), height);
    let waiting = reading.waiting as f32;
    let share = match reading.room {
        Some(0) => 0.0,
        Some(room) => waiting / room as f32,
        None => waiting / (waiting + 50.0),
    };
    pen.bar(bar, share, Token::Waiting);
    if reading.full() {
        let end = Rect { x: bar.right() - bar.w * 0.08, w: bar.w * 0.08, ..bar };
        pen.fill(end, height, Token::Failed);
    }
}

/// How many wait, and the state in a word.
fn last_line(pen: &mut Pen, y: f32, reading: &ServiceReading, state: &State) {
    let token = state.token.unwrap_or(Token::Muted);
    let (small, room) = (pen.small(), pen.room());
    let tiny = pen.detail == Detail::Tiny;
    let align = if tiny { Align::Left } else { Align::Right };
    let taken = pen.text(0.0, y, align, Face::bold(small, token), room, &state.word);
    if tiny && taken > 0.0 {
        return;
    }
    let room = room - if taken > 0.0 { taken + 6.0 } else { 0.0 };
    pen.versions(y, Align::Left, Face::regular(small, Token::Muted), room, &|out, version| match version {
        0 => say!(out => "card.waiting", count = reading.waiting),
        1 => format::count(out, reading.waiting),
        _ => {}
    });
}

/// A chip for each replica, filled as far as its workers are held, and for each that is starting up, filled as far
/// as it has come; many are only counted.
fn chips(pen: &mut Pen, y: f32, reading: &ServiceReading) {
    let all = reading.replicas + reading.starting;
    if all > MOST_CHIPS {
        return counted(pen, y, reading);
    }
    let width = pen.room() / all.max(LEAST_CHIPS) as f32;
    for (at, replica) in reading.chips.iter().enumerate() {
        let held = (replica.busy + replica.blocked) as f32 / replica.workers.max(1) as f32;
        let word = match (replica.crashed, replica.paused) {
            (true, _) => text!("state.crashed"),
            (_, true) => text!("state.paused"),
            _ => "",
        };
        let token = if word.is_empty() { Token::Muted } else { Token::Failed };
        chip(pen, (at as f32 * width, y, width - 4.0), held, false, token, &|out, version| {
            let number = at + 1;
            match (word.is_empty(), version) {
                (true, _) => say!(out => "card.number", number = number),
                (false, 0) => out.push_str(word),
                (false, _) => say!(out => "card.lost-number", number = number),
            }
        });
    }
    for at in 0..reading.starting {
        let number = reading.replicas + at;
        let first = at == 0;
        let done = if first { reading.started } else { 0.0 };
        let left = reading.ready_in.filter(|_| first);
        chip(pen, (number as f32 * width, y, width - 4.0), done, true, Token::Muted, &|out, version| match (
            version, left,
        ) {
            (0, Some(left)) => say!(out => "card.ready-in", time = left),
            (1, Some(left)) => format::duration(out, left),
            (0 | 2, _) => out.push_str(text!("card.soon")),
            _ => {}
        });
    }
}

/// One chip at (x, y) of a width; dashed where the replica is not there yet.
fn chip(
    pen: &mut Pen,
    (x, y, width): (f32, f32, f32),
    filled: f32,
    dashed: bool,
    token: Token,
    text: &dyn Fn(&mut String, usize),
) {
    let rect = pen.rect(x, y, width, 14.0);
    pen.fill(Rect { w: rect.w * filled.min(1.0), ..rect }, 4.0, Token::Busy.alpha(0.25));
    let edge = if token == Token::Failed { token } else { Token::Line };
    let stroke = if dashed { Stroke::dashed(Token::Muted, 1.0, 3.0, 2.0) } else { Stroke::new(edge, 1.0) };
    let radius = 4.0 * pen.scale.min(1.0);
    pen.sketch.push(DrawOp::Rect { rect, radius, fill: None, stroke: Some(stroke) });
    let face = Face::regular(9.5, token);
    let mut said = String::new();
    for version in 0..3 {
        said.clear();
        text(&mut said, version);
        if said.is_empty() || text_width(&said, face) <= width - 6.0 {
            break;
        }
    }
    pen.text(x + width / 2.0, y + 10.5, Align::Center, face, width - 4.0, &said);
}

/// How many replicas there are, and how many of them are not as they should be.
fn counted(pen: &mut Pen, y: f32, reading: &ServiceReading) {
    let (face, room) = (Face::regular(pen.small(), Token::Muted), pen.room());
    pen.versions(y + 11.0, Align::Left, face, room, &|out, version| {
        if version > 2 {
            return;
        }
        let mut all = List::new(out, list::DOT);
        all.item(|out| say!(out => "card.replicas", count = reading.replicas));
        if version < 2 && reading.crashed > 0 {
            all.item(|out| say!(out => "state.some-crashed", count = reading.crashed));
        }
        if version < 1 && reading.starting > 0 {
            all.item(|out| say!(out => "card.starting", count = reading.starting));
        }
    });
}
