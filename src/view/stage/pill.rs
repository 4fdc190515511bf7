//! Pills: words in rounded frames on links, each with its place, so that what is drawn is what is hit.
//!
//! On the link itself stands what acts on its messages (a breaker, a binding's key), above it what is wrong with it,
//! below it what was lost there. Pills give way to each other, and to cards where there is room beside them.

use super::layout::Layout;
use super::switch::{Switch, draw_switch};
use crate::base::{BreakerIx, within_f32};
use crate::view::canvas::draw::{Align, DrawOp, Sketch, Stroke};
use crate::view::canvas::geometry::{Point, Rect};
use crate::view::canvas::text::{Face, text_width, write};
use crate::view::canvas::theme::Token;

/// A pill on a link.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Pill {
    /// Where.
    pub rect: Rect,
    /// On which joint of the layout.
    pub joint: usize,
    /// The breaker of which it tells.
    pub breaker: Option<BreakerIx>,
    text: String,
    token: Token,
    size: f32,
    /// Drawn at the left of the text: a switch.
    switch: Option<Switch>,
}

/// What a pill is to say and roughly where.
pub(crate) struct Draft<'a> {
    /// On which joint.
    pub joint: usize,
    /// How far along its curve, 0 to 1.
    pub along: f32,
    /// 0: on the link; −1, −2, …: above it, ever further; 1, 2, …: below it.
    pub slot: i32,
    /// The colour of text and edge.
    pub token: Token,
    /// The breaker of which it tells, with its switch.
    pub breaker: Option<(BreakerIx, Switch)>,
    /// It is left out where it would lie on another.
    pub optional: bool,
    /// What it says: ever shorter versions, numbered from 0.
    pub version: &'a dyn Fn(&mut String, usize),
}

/// Places pills one after the other.
pub(crate) struct Placer<'a> {
    layout: &'a Layout,
    pills: Vec<Pill>,
}

/// At a card's edge there is nothing to hide for so many pixels.
const MARGIN: f32 = 6.0;

/// How many versions of a text are tried.
const VERSIONS: usize = 4;

impl<'a> Placer<'a> {
    /// Places pills on the joints of a layout.
    pub(crate) fn new(layout: &'a Layout) -> Placer<'a> {
        Placer { layout, pills: Vec::new() }
    }

    /// The pills that have a place, the first one first.
    pub(crate) fn placed(self) -> Vec<Pill> {
        self.pills
    }

    /// Places a pill as near as can be to where it should be. Nothing where it has nothing to say.
    pub(crate) fn place(&mut self, draft: &Draft) {
        let layout = self.layout;
        let Some(joint) = layout.joints().get(draft.joint) else { return };
        let face = Face::bold(11.0 * within_f32(layout.scale, 0.7, 1.0), draft.token);
        let icon = if draft.breaker.is_some() { face.size * 1.9 } else { 0.0 };
        let width = |text: &str| text_width(text, face) + 12.0 + icon;
        let room = layout.room(joint) + 8.0;
        let mut text = String::new();
        for version in 0..VERSIONS {
            let longest = text.len();
            let before = std::mem::take(&mut text);
            (draft.version)(&mut text, version);
            if text.is_empty() && longest > 0 {
                // No shorter one: the last that there was has to do.
                text = before;
                break;
            }
            if width(&text) <= room {
                break;
            }
        }
        if text.is_empty() {
            return;
        }
        let (w, h) = (width(&text).min(layout.size.w), face.size + 7.0);
        let at = joint.route.at(draft.along);
        let Some(rect) = self.free(at, w, h, draft.slot, draft.optional) else { return };
        let (breaker, switch) = draft.breaker.unzip();
        let pill =
            Pill { rect, joint: draft.joint, breaker, text, token: draft.token, size: face.size, switch };
        self.pills.push(pill);
    }

    /// The first place near a point that no other pill has, best one on which it hides nothing of a card; where all are
    /// taken the wanted one, or none.
    fn free(&self, at: Point, w: f32, h: f32, slot: i32, optional: bool) -> Option<Rect> {
        let away = if slot < 0 { -1 } else { 1 };
        let order = [0, away, 2 * away, -away, 3 * away];
        let places = order.map(|more| self.rect(at, w, h, slot + more));
        let free = |rect: &Rect| !self.pills.iter().any(|pill| pill.rect.overlaps(*rect));
        let clear =
            |rect: &&Rect| !self.layout.nodes().iter().any(|node| node.card.inset(MARGIN).overlaps(**rect));
        let mut open = places.iter().filter(|rect| free(rect));
        let best = open.clone().find(clear).or_else(|| open.next());
        best.copied().or((!optional).then_some(places[0]))
    }

    /// A slot's place, kept on the stage.
    fn rect(&self, at: Point, w: f32, h: f32, slot: i32) -> Rect {
        let (layout, off) = (self.layout, slot as f32);
        // Where the flow goes down, beside the link, and the further ones below each other.
        let center = match (layout.vertical, slot) {
            (_, 0) => at,
            (true, _) => {
                Point { x: at.x + off.signum() * (w / 2.0 + 12.0), y: at.y + (off.abs() - 1.0) * (h + 3.0) }
            }
            (false, _) => Point { x: at.x, y: at.y + off * (h + 1.0) },
        };
        let x = within_f32(center.x - w / 2.0, 0.0, (layout.size.w - w).max(0.0));
        let y = within_f32(center.y - h / 2.0, 0.0, (layout.size.h - h).max(0.0));
        Rect::new(x, y, w, h)
    }
}

/// Draws pills.
pub(crate) fn draw(sketch: &mut Sketch, pills: &[Pill]) {
    for pill in pills {
        let Pill { rect, token, size, .. } = *pill;
        let edge = if token == Token::Muted { Token::Line } else { token };
        let (fill, stroke) = (Some(Token::Panel.into()), Some(Stroke::new(edge, 1.0)));
        sketch.push(DrawOp::Rect { rect: rect.inset(0.5), radius: rect.h / 2.0, fill, stroke });
        let mut left = rect.x;
        if let Some(switch) = &pill.switch {
            draw_switch(sketch, switch, rect, size, token);
            left += size * 1.9;
        }
        let middle = (left + rect.right()) / 2.0;
        let baseline = Point { x: middle, y: rect.y + rect.h / 2.0 + size * 0.36 };
        let face = Face::bold(size, token);
        write(sketch, baseline, Align::Center, face, rect.right() - left - 8.0, &pill.text);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::view::Size;
    use crate::view::stage::tests::variant;

    #[test]
    fn a_pill_wider_than_its_link_hides_no_card() {
        let shop = variant(
            r#"{ "schema": 1, "nodes": {
            "web": { "kind": "client", "arrivals": { "constant": { "rate": 4 } }, "operation": [ { "call": { "to": "shop" } } ] },
            "shop": { "kind": "service", "operations": { "default": [ { "call": { "to": "stock" } } ] } },
            "stock": { "kind": "service", "operations": { "default": [ { "work": "1ms" } ] } } } }"#,
            0.0,
        );
        for size in [Size { w: 620.0, h: 240.0 }, Size { w: 390.0, h: 220.0 }, Size { w: 900.0, h: 400.0 }] {
            let layout = Layout::new(shop.plan(), &[], size);
            let mut placer = Placer::new(&layout);
            let word: &dyn Fn(&mut String, usize) = &|out, _| out.push_str("a guard that has a lot to say");
            for joint in 0..layout.joints().len() {
                let token = Token::Late;
                let draft = Draft {
                    joint,
                    along: 0.5,
                    slot: 2,
                    token,
                    breaker: None,
                    optional: false,
                    version: word,
                };
                placer.place(&draft);
            }
            let (pills, cards) = (placer.placed(), layout.nodes());
            assert_eq!(pills.len(), 2);
            for pill in pills {
                let hides = cards.iter().find(|node| node.card.inset(MARGIN).overlaps(pill.rect));
                assert!(hides.is_none(), "at {size:?}: {:?} on {:?}", pill.rect, hides.map(|node| node.card));
            }
        }
    }
}
