//! What all cards have in common: how much they show, their frame, and a pen that writes on them.

use super::draw::{Align, DrawOp, Ink, Sketch, Stroke};
use super::geometry::{Point, Rect, Size};
use super::text::{Face, text_width, write};
use super::theme::Token;
use super::{card_client, card_exchange, card_log, card_queue, card_service, card_store};
use crate::base::{NodeIx, within_f32};
use crate::scenario::{NodeKind, Plan};
use crate::view::name;

/// How much a card shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Detail {
    /// Everything.
    #[default]
    Full,
    /// The rows that matter most; fewer worker slots.
    Compact,
    /// A title, a bar and one line.
    Tiny,
}

impl Detail {
    /// From most to least.
    pub const ALL: [Detail; 3] = [Detail::Full, Detail::Compact, Detail::Tiny];

    /// Natural length of the shortest link that leaves room to see messages on it.
    pub(super) fn least_link(self, vertical: bool) -> f32 {
        match (self, vertical) {
            (Detail::Full, false) => 72.0,
            (Detail::Compact, false) => 50.0,
            (Detail::Tiny, false) => 34.0,
            (Detail::Full, true) => 34.0,
            (_, true) => 24.0,
        }
    }

    /// One of three values, by how much is shown.
    pub(super) fn pick<T>(self, full: T, compact: T, tiny: T) -> T {
        match self {
            Detail::Full => full,
            Detail::Compact => compact,
            Detail::Tiny => tiny,
        }
    }
}

/// Cards that show little are at most so many times as wide as their kind for the sake of their titles.
const WIDER: f32 = 1.3;
/// A title that is longer than its card is set so much smaller before it is cut.
const SMALLER: f32 = 0.85;

/// How a card's title is set, and its baseline.
fn title_face(detail: Detail) -> (Face, f32) {
    let (size, y) = detail.pick((13.0, 21.0), (12.0, 18.0), (11.0, 15.0));
    (Face::bold(size, Token::Ink), y)
}

/// Natural size of a node's card, at scale 1: as wide as its title asks for, within [`WIDER`].
pub(super) fn natural(plan: &Plan, node: NodeIx, detail: Detail) -> Size {
    let size = of_kind(plan, node, detail);
    let title = name::of_node(plan, node);
    // A pixel more, against rounding.
    let asked = text_width(&title, title_face(detail).0) + 2.0 * padding(detail) + 1.0;
    Size { w: size.w.max(asked.min(size.w * detail.pick(1.0, WIDER, WIDER))), ..size }
}

fn of_kind(plan: &Plan, node: NodeIx, detail: Detail) -> Size {
    match plan.nodes[node.at()].kind {
        NodeKind::Client(_) => card_client::natural(plan, detail),
        NodeKind::Service(service) => card_service::natural(&plan.services[service.at()], detail),
        NodeKind::Queue(_) => card_queue::natural(detail),
        NodeKind::Exchange(_) => card_exchange::natural(detail),
        NodeKind::Store(_) => card_store::natural(detail),
        NodeKind::Log(log) => card_log::natural(&plan.logs[log.at()], detail),
    }
}

/// Natural height of the line of losses below a card.
pub(super) fn footer(detail: Detail) -> f32 {
    detail.pick(17.0, 15.0, 13.0)
}

/// A node's state in a word, with the colour of its border.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct State {
    /// The word; empty when all is well.
    pub word: String,
    /// The colour of the word and of the card's border; none: neutral.
    pub token: Option<Token>,
}

impl State {
    /// A state with a fixed word.
    pub(super) fn new(word: &str, token: Token) -> State {
        State { word: word.to_owned(), token: Some(token) }
    }

    /// A state whose word ends with a number.
    pub(super) fn with(word: &str, token: Token, number: impl FnOnce(&mut String)) -> State {
        let mut state = State::new(word, token);
        number(&mut state.word);
        state
    }
}

/// Writes and draws on one card at a time, in its natural units from its upper left corner.
pub(super) struct Pen<'a> {
    pub(super) sketch: &'a mut Sketch,
    pub(super) card: Rect,
    pub(super) scale: f32,
    pub(super) detail: Detail,
}

/// Between a card's edge and what is on it, natural.
pub(super) fn padding(detail: Detail) -> f32 {
    detail.pick(12.0, 9.0, 7.0)
}

impl<'a> Pen<'a> {
    pub(super) fn new(sketch: &'a mut Sketch, scale: f32, detail: Detail) -> Pen<'a> {
        Pen { sketch, card: Rect::default(), scale, detail }
    }

    /// Natural width between the paddings.
    pub(super) fn room(&self) -> f32 {
        self.card.w / self.scale - 2.0 * padding(self.detail)
    }

    /// From natural units on the card to the stage.
    pub(super) fn point(&self, x: f32, y: f32) -> Point {
        Point { x: self.card.x + x * self.scale, y: self.card.y + y * self.scale }
    }

    /// The same for a rectangle; x counts from the padding.
    pub(super) fn rect(&self, x: f32, y: f32, w: f32, h: f32) -> Rect {
        let at = self.point(padding(self.detail) + x, y);
        Rect::new(at.x, at.y, w * self.scale, h * self.scale)
    }

    /// Font size of ordinary text, natural.
    pub(super) fn small(&self) -> f32 {
        self.detail.pick(11.0, 11.0, 10.5)
    }

    /// The card's surface, edge and title. `right` writes what stands at the right of the title, in shorter and
    /// shorter versions, numbered from 0, until one fits.
    pub(super) fn frame(&mut self, name: &str, state: &State, right: &dyn Fn(&mut String, usize)) {
        let (token, width) = match state.token {
            Some(token) => (token, 1.5),
            None => (Token::Line, 1.0),
        };
        let (rect, radius) = (self.card, 10.0 * self.scale.min(1.0));
        let stroke = Stroke::new(token, width);
        self.sketch.push(DrawOp::Rect {
            rect,
            radius,
            fill: Some(Token::Panel.into()),
            stroke: Some(stroke),
        });
        let (mut face, y) = title_face(self.detail);
        face.size *= within_f32(self.room() / text_width(name, face).max(1.0), SMALLER, 1.0);
        let wide = text_width(name, face);
        // The title comes first; what stands beside it gets what is left.
        let own = if wide <= self.room() { wide } else { self.room() * 0.8 };
        let beside = self.room() - own - 6.0;
        let taken = self.versions(y, Align::Right, Face::regular(self.small(), Token::Muted), beside, right);
        let room = self.room() - if taken > 0.0 { taken + 6.0 } else { 0.0 };
        self.text(0.0, y, Align::Left, face, room, name);
    }

    /// Text at a baseline; `x` counts from the padding's inner edge, from the right one when aligned right. Gives
    /// its natural width.
    pub(super) fn text(&mut self, x: f32, y: f32, align: Align, face: Face, room: f32, text: &str) -> f32 {
        let edge = match align {
            Align::Right => self.card.w / self.scale - padding(self.detail) - x,
            _ => padding(self.detail) + x,
        };
        let at = self.point(edge, y);
        let face = Face { size: face.size * self.scale, ..face };
        write(self.sketch, at, align, face, room * self.scale, text) / self.scale
    }

    /// The first of ever shorter versions of a text that fits into `room`; nothing where none does. Gives its
    /// natural width.
    pub(super) fn versions(
        &mut self,
        y: f32,
        align: Align,
        face: Face,
        room: f32,
        version: &dyn Fn(&mut String, usize),
    ) -> f32 {
        self.versions_at(0.0, y, align, face, room, version)
    }

    /// The same from another place than the edge.
    pub(super) fn versions_at(
        &mut self,
        x: f32,
        y: f32,
        align: Align,
        face: Face,
        room: f32,
        version: &dyn Fn(&mut String, usize),
    ) -> f32 {
        let mut text = String::new();
        for number in 0.. {
            text.clear();
            version(&mut text, number);
            if text.is_empty() {
                break;
            }
            if text_width(&text, face) <= room {
                return self.text(x, y, align, face, room, &text);
            }
        }
        0.0
    }

    /// A word on the card's upper edge, for what is wrong with a node that has no place for a word.
    pub(super) fn badge(&mut self, state: &State) {
        let Some(token) = state.token.filter(|_| !state.word.is_empty()) else { return };
        let size = self.detail.pick(10.5, 10.0, 9.0);
        let face = Face::bold(size, token);
        let width = (text_width(&state.word, face) + 10.0).min(self.card.w / self.scale);
        let (height, left) = (size + 4.0, (self.card.w / self.scale - width) / 2.0);
        let at = self.point(left, -height / 2.0);
        let rect = Rect::new(at.x, at.y, width * self.scale, height * self.scale);
        let (fill, stroke) = (Some(Token::Panel.into()), Some(Stroke::new(token, 1.0)));
        self.sketch.push(DrawOp::Rect { rect, radius: rect.h / 2.0, fill, stroke });
        let middle = self.card.w / self.scale / 2.0 - padding(self.detail);
        self.text(middle, size * 0.36, Align::Center, face, width - 8.0, &state.word);
    }

    /// A bar: its whole length in grey, its filling up to `share`.
    pub(super) fn bar(&mut self, rect: Rect, share: f32, fill: impl Into<Ink>) {
        let radius = rect.h / 2.0;
        self.fill(rect, radius, Token::Idle);
        if share > 0.0 {
            self.fill(Rect { w: (rect.w * share.min(1.0)).max(rect.h * 0.5), ..rect }, radius, fill);
        }
    }

    /// A filled rectangle, in stage pixels.
    pub(super) fn fill(&mut self, rect: Rect, radius: f32, fill: impl Into<Ink>) {
        let radius = radius.min(rect.w / 2.0).min(rect.h / 2.0);
        self.sketch.push(DrawOp::Rect { rect, radius, fill: Some(fill.into()), stroke: None });
    }
}
