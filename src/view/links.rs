//! Links: their curves, the faults that lie on them, and what vanished there.

use super::draw::{Align, DrawOp, Sketch, Stroke};
use super::format;
use super::geometry::{Point, Rect};
use super::layout::Layout;
use super::reading::faults;
use super::text::{Face, text_width, write};
use super::theme::Token;
use super::words::{self, card, stage};
use crate::base::LinkIx;
use crate::observation::LossReason;
use crate::scenario::{Fault, Plan};
use crate::session::Lane;

/// What is wrong with a joint.
#[derive(Clone, Debug, Default, PartialEq)]
struct Trouble {
    cut: bool,
    /// Mean delay that faults add, in seconds, in the worse direction.
    added_s: f64,
    /// Probability of loss, the link's own included, in the worse direction.
    loss: f64,
    /// Messages that vanished: by loss, by partition.
    vanished: [u64; 2],
}

/// Draws the curves with their marks.
pub(super) fn draw(sketch: &mut Sketch, lane: &Lane, layout: &Layout) {
    let troubles = troubles(lane, layout);
    for (joint, trouble) in layout.joints().iter().zip(&troubles) {
        let stroke = if trouble.cut {
            Stroke::dashed(Token::Failed, 1.5, 3.0, 5.0)
        } else if trouble.added_s > 0.0 {
            Stroke::new(Token::Late, 1.5)
        } else {
            Stroke::new(Token::Link, 1.5)
        };
        for &curve in joint.route.curves() {
            sketch.push(DrawOp::Cubic { curve, stroke });
        }
    }
}

/// Draws the words of the marks, above dots and cards.
pub(super) fn draw_marks(sketch: &mut Sketch, lane: &Lane, layout: &Layout) {
    let mut text = String::new();
    for (joint, trouble) in layout.joints().iter().zip(&troubles(lane, layout)) {
        let middle = joint.route.at(0.5);
        text.clear();
        let token = if trouble.cut || trouble.added_s == 0.0 { Token::Failed } else { Token::Late };
        if trouble.cut {
            text.push_str(stage::CUT);
        } else {
            if trouble.added_s > 0.0 {
                text.push_str(stage::ADDED);
                format::duration(&mut text, crate::base::SimDuration::from_secs(trouble.added_s));
            }
            if trouble.loss > 0.0 {
                text.push_str(if text.is_empty() { "" } else { card::DOT });
                text.push_str(stage::LOSES);
                format::percent(&mut text, trouble.loss);
            }
        }
        let above = Point { x: middle.x, y: middle.y - 17.0 };
        pill(sketch, layout, above, token, &text);
        text.clear();
        for (count, reason) in trouble.vanished.into_iter().zip([LossReason::Link, LossReason::Partition]) {
            if count > 0 {
                text.push_str(if text.is_empty() { card::LOST } else { card::DOT });
                format::count(&mut text, count);
                text.push(' ');
                text.push_str(words::loss(reason));
            }
        }
        pill(sketch, layout, Point { x: middle.x, y: middle.y + 17.0 }, Token::Failed, &text);
    }
}

/// A word in a rounded frame around `at`, kept on the stage.
pub(super) fn pill(sketch: &mut Sketch, layout: &Layout, at: Point, token: Token, text: &str) {
    if text.is_empty() {
        return;
    }
    let face = Face::bold(11.0 * layout.scale.clamp(0.7, 1.0), token);
    let (w, h) = ((text_width(text, face) + 12.0).min(layout.size.w), face.size + 7.0);
    let x = (at.x - w / 2.0).clamp(0.0, (layout.size.w - w).max(0.0));
    let y = (at.y - h / 2.0).clamp(0.0, (layout.size.h - h).max(0.0));
    let rect = Rect::new(x, y, w, h);
    let (fill, stroke) = (Some(Token::Panel.into()), Some(Stroke::new(token, 1.0)));
    sketch.push(DrawOp::Rect { rect: rect.inset(0.5), radius: h / 2.0, fill, stroke });
    let baseline = Point { x: x + w / 2.0, y: y + h / 2.0 + face.size * 0.36 };
    write(sketch, baseline, Align::Center, face, w - 8.0, text);
}

/// What is wrong with each joint of the layout.
fn troubles(lane: &Lane, layout: &Layout) -> Vec<Trouble> {
    let (plan, recent) = (lane.plan(), lane.telemetry().recent());
    let mut troubles = vec![Trouble::default(); layout.joints().len()];
    let own = |link: LinkIx, plan: &Plan| plan.links[link.at()].loss;
    for at in 0..plan.links.len() {
        let link = LinkIx(at as u32);
        if let Some((joint, _)) = layout.joint(link) {
            let trouble = &mut troubles[joint];
            trouble.loss = trouble.loss.max(own(link, plan));
            for (sum, count) in trouble.vanished.iter_mut().zip(recent.vanished(link)) {
                *sum += count;
            }
        }
    }
    for fault in faults(lane) {
        match fault {
            Fault::Partition { a, b } => {
                for (joint, trouble) in layout.joints().iter().zip(&mut troubles) {
                    let ends = (joint.from, joint.to);
                    trouble.cut |= ends == (*a, *b) || ends == (*b, *a);
                }
            }
            Fault::Latency { link, add } => {
                if let Some((joint, _)) = layout.joint(*link) {
                    troubles[joint].added_s = troubles[joint].added_s.max(add.mean() / 1e9);
                }
            }
            Fault::Loss { link, probability } => {
                if let Some((joint, _)) = layout.joint(*link) {
                    let kept = (1.0 - probability) * (1.0 - own(*link, plan));
                    troubles[joint].loss = troubles[joint].loss.max(1.0 - kept);
                }
            }
            _ => {}
        }
    }
    troubles
}
