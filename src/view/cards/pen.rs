//! What all cards are drawn with: their frame, and a pen that writes on them.

use super::detail::{Detail, padding};
use super::state::State;
use crate::base::within_f32;
use crate::view::canvas::draw::{Align, DrawOp, Ink, Sketch, Stroke};
use crate::view::canvas::geometry::{Point, Rect};
use crate::view::canvas::text::{Face, text_width, write};
use crate::view::canvas::theme::Token;

/// A title that is longer than its card is set so much smaller before it is cut.
const SMALLER: f32 = 0.85;

/// How places of the request are drawn whose trace is shown: dashed, so that nobody takes them for what is selected.
pub(crate) const TRACED: Stroke = Stroke { ink: Token::Ink.alpha(1.0), width: 2.0, dash: [4.0, 3.0] };

/// How what a text speaks of is framed.
pub(crate) const LOOK: Stroke = Stroke { ink: Token::Accent.alpha(1.0), width: 2.0, dash: [6.0, 3.0] };

/// How a card's title is set, and its baseline.
pub(super) fn title_face(detail: Detail) -> (Face, f32) {
    let (size, y) = detail.pick((13.0, 21.0), (12.0, 18.0), (12.0, 15.0));
    (Face::bold(size, Token::Ink), y)
}

/// Writes and draws on one card at a time, in its natural units from its upper left corner.
pub(crate) struct Pen<'a> {
    pub(crate) sketch: &'a mut Sketch,
    pub(crate) card: Rect,
    pub(crate) scale: f32,
    pub(crate) detail: Detail,
}

impl<'a> Pen<'a> {
    pub(crate) fn new(sketch: &'a mut Sketch, scale: f32, detail: Detail) -> Pen<'a> {
        Pen { sketch, card: Rect::default(), scale, detail }
    }

    /// Natural width between the paddings.
    pub(crate) fn room(&self) -> f32 {
        self.card.w / self.scale - 2.0 * padding(self.detail)
    }

    /// From natural units on the card to the stage.
    pub(crate) fn point(&self, x: f32, y: f32) -> Point {
        Point { x: self.card.x + x * self.scale, y: self.card.y + y * self.scale }
    }

    /// The same for a rectangle; x counts from the padding.
    pub(crate) fn rect(&self, x: f32, y: f32, w: f32, h: f32) -> Rect {
        let at = self.point(padding(self.detail) + x, y);
        Rect::new(at.x, at.y, w * self.scale, h * self.scale)
    }

    /// Font size of ordinary text, natural: as small as text on a stage gets, but for cards that do not fit otherwise.
    pub(crate) fn small(&self) -> f32 {
        12.0
    }

    /// The card's surface, edge and title. `right` writes what stands at the right of the title, in shorter and
    /// shorter versions, numbered from 0, until one fits.
    pub(crate) fn frame(&mut self, name: &str, state: &State, right: &dyn Fn(&mut String, usize)) {
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
    pub(crate) fn text(&mut self, x: f32, y: f32, align: Align, face: Face, room: f32, text: &str) -> f32 {
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
    pub(crate) fn versions(
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
    pub(crate) fn versions_at(
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
    pub(crate) fn badge(&mut self, state: &State) {
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
    pub(crate) fn bar(&mut self, rect: Rect, share: f32, fill: impl Into<Ink>) {
        let radius = rect.h / 2.0;
        self.fill(rect, radius, Token::Idle);
        if share > 0.0 {
            self.fill(Rect { w: (rect.w * share.min(1.0)).max(rect.h * 0.5), ..rect }, radius, fill);
        }
    }

    /// A filled rectangle, in stage pixels.
    pub(crate) fn fill(&mut self, rect: Rect, radius: f32, fill: impl Into<Ink>) {
        let radius = radius.min(rect.w / 2.0).min(rect.h / 2.0);
        self.sketch.push(DrawOp::Rect { rect, radius, fill: Some(fill.into()), stroke: None });
    }
}
