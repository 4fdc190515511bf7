//! What a text speaks of, marked: a frame around the card with a tag, or a broad line below the link. Partitions of a log
//! are marked on its card.

use super::highlight;
use super::layout::{Layout, heading};
use crate::base::LogIx;
use crate::lesson::{Look, LookedAt};
use crate::scenario::Plan;
use crate::view::canvas::draw::{Align, DrawOp, Sketch};
use crate::view::canvas::geometry::{Point, Rect, Size};
use crate::view::canvas::text::{Face, text_width, write};
use crate::view::canvas::theme::Token;
use crate::view::cards::pen::LOOK;

/// How far a frame stands from its card.
const AWAY: f32 = 5.0;
/// How high a tag is.
const TAG: f32 = 16.0;

/// Marks nodes and links.
pub(crate) fn draw(sketch: &mut Sketch, plan: &Plan, layout: &Layout, looks: &[Look]) {
    for look in looks {
        match look.find(plan) {
            Some(LookedAt::Node(node)) => {
                // What was lost there is read inside of it.
                let whole = layout.node(node).whole;
                highlight::card(sketch, layout, whole, AWAY, LOOK);
                tag(sketch, layout, whole);
            }
            Some(LookedAt::Link(link)) => highlight::link(sketch, layout, link, Token::Accent.alpha(0.35)),
            Some(LookedAt::Partition(..)) | None => {}
        }
    }
}

/// The partitions of a log that are spoken of.
pub(crate) fn partitions(plan: &Plan, log: LogIx, looks: &[Look]) -> Vec<u32> {
    let own = |look: &Look| match look.find(plan)? {
        LookedAt::Partition(of, partition) if of == log => Some(partition),
        _ => None,
    };
    looks.iter().filter_map(own).collect()
}

/// "look here", on the frame's upper edge; on its lower one where the stage's heading is above it.
fn tag(sketch: &mut Sketch, layout: &Layout, card: Rect) {
    let face = Face::bold(11.0, Token::OnAccent);
    let text = text!("stage.look");
    let w = text_width(text, face) + 12.0;
    let frame = card.inset(-AWAY);
    let above = frame.y - TAG / 2.0;
    let Rect { y: top, w: width, h: height, .. } = layout.window;
    let title = heading(Size { w: width, h: height });
    let y = if above < top + title { frame.bottom() - TAG / 2.0 } else { above };
    let rect = Rect::new(frame.right() - w - 8.0, y, w, TAG);
    sketch.push(DrawOp::Rect { rect, radius: TAG / 2.0, fill: Some(Token::Accent.into()), stroke: None });
    let at = Point { x: rect.center().x, y: rect.center().y + face.size * 0.36 };
    write(sketch, at, Align::Center, face, w, text);
}
