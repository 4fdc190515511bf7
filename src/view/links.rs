//! Links: their curves, the faults that lie on them, and what vanished there.

use super::draw::{Align, DrawOp, Sketch, Stroke};
use super::format;
use super::geometry::{Point, Rect};
use super::layout::Layout;
use super::reading::faults;
use super::text::{Face, text_width, write};
use super::theme::Token;
use super::words::{self, card, stage};
use crate::base::within_f32;
use crate::base::{LinkIx, SimDuration};
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
    for (joint, trouble) in layout.joints().iter().zip(&troubles(lane, layout)) {
        let (middle, room) = (joint.route.at(0.5), layout.room(joint));
        let token = if trouble.cut || trouble.added_s == 0.0 { Token::Failed } else { Token::Late };
        pill(sketch, layout, middle, -17.0, room, token, &|out, version| trouble.fault(out, version));
        pill(sketch, layout, middle, 17.0, room, Token::Failed, &|out, version| trouble.losses(out, version));
    }
}

impl Trouble {
    /// What is wrong, in a few words or (version 1) fewer.
    fn fault(&self, out: &mut String, version: usize) {
        if self.cut {
            return out.push_str(stage::CUT);
        }
        if self.added_s > 0.0 {
            out.push_str(stage::ADDED);
            format::duration(out, SimDuration::from_secs(self.added_s));
        }
        if self.loss > 0.0 && (version == 0 || out.is_empty()) {
            out.push_str(if out.is_empty() { "" } else { card::DOT });
            out.push_str(if version == 0 { stage::LOSES } else { card::LOST });
            format::percent(out, self.loss);
        }
    }

    /// How many messages vanished, with the reason or (version 1) without.
    fn losses(&self, out: &mut String, version: usize) {
        let [link, partition] = self.vanished;
        if version > 0 && link + partition > 0 {
            out.push_str(card::LOST);
            return format::count(out, link + partition);
        }
        for (count, reason) in [(link, LossReason::Link), (partition, LossReason::Partition)] {
            if count > 0 {
                out.push_str(if out.is_empty() { card::LOST } else { card::DOT });
                format::count(out, count);
                out.push(' ');
                out.push_str(words::loss(reason));
            }
        }
    }
}

/// A word in a rounded frame, `off` pixels below `at`, or beside it where the flow goes down; kept on the stage.
/// The shorter version 1 where `room` is too little for version 0.
fn pill(
    sketch: &mut Sketch,
    layout: &Layout,
    at: Point,
    off: f32,
    room: f32,
    token: Token,
    version: &dyn Fn(&mut String, usize),
) {
    let face = Face::bold(11.0 * within_f32(layout.scale, 0.7, 1.0), token);
    let width = |text: &str| text_width(text, face) + 12.0;
    let mut text = String::new();
    version(&mut text, 0);
    if width(&text) > room + 8.0 {
        text.clear();
        version(&mut text, 1);
    }
    if text.is_empty() {
        return;
    }
    let (w, h) = (width(&text).min(layout.size.w), face.size + 7.0);
    let center = if layout.vertical {
        Point { x: at.x + off.signum() * (w / 2.0 + 12.0), y: at.y }
    } else {
        Point { x: at.x, y: at.y + off }
    };
    let x = within_f32(center.x - w / 2.0, 0.0, (layout.size.w - w).max(0.0));
    let y = within_f32(center.y - h / 2.0, 0.0, (layout.size.h - h).max(0.0));
    let rect = Rect::new(x, y, w, h);
    let (fill, stroke) = (Some(Token::Panel.into()), Some(Stroke::new(token, 1.0)));
    sketch.push(DrawOp::Rect { rect: rect.inset(0.5), radius: h / 2.0, fill, stroke });
    let baseline = Point { x: x + w / 2.0, y: y + h / 2.0 + face.size * 0.36 };
    write(sketch, baseline, Align::Center, face, w - 8.0, &text);
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
