//! Links: their curves, the faults that lie on them, and what vanished there.

use super::draw::{DrawOp, Sketch, Stroke};
use super::format;
use super::layout::Layout;
use super::pills::{Draft, Placer};
use super::reading::faults;
use super::theme::Token;
use super::words::{self, card, stage};
use crate::base::{EdgeIx, LinkIx, SimDuration};
use crate::observation::{Failure, LossReason};
use crate::scenario::{BindingPlan, Fault, Plan};
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
    /// Attempts that the caller's own policies did not let out, in the order of `Failure::ALL`.
    refused: [u64; Failure::COUNT],
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

/// What is wrong with each joint, above it; what was lost there, below it.
pub(super) fn pills(placer: &mut Placer, lane: &Lane, layout: &Layout) {
    for (joint, trouble) in troubles(lane, layout).iter().enumerate() {
        let token = if trouble.cut || trouble.added_s == 0.0 { Token::Failed } else { Token::Late };
        let fault = |out: &mut String, version: usize| trouble.fault(out, version);
        placer.place(&Draft {
            joint,
            along: 0.5,
            slot: -1,
            token,
            breaker: None,
            optional: false,
            version: &fault,
        });
        let losses = |out: &mut String, version: usize| trouble.losses(out, version);
        let token = Token::Failed;
        placer.place(&Draft {
            joint,
            along: 0.5,
            slot: 1,
            token,
            breaker: None,
            optional: false,
            version: &losses,
        });
    }
}

/// The keys of an exchange's bindings, on the links that they open.
pub(super) fn bindings(placer: &mut Placer, lane: &Lane, layout: &Layout) {
    for exchange in &lane.plan().exchanges {
        for (at, binding) in exchange.bindings.iter().enumerate() {
            let same = |other: &&BindingPlan| other.out == binding.out;
            let Some((joint, back)) = layout.joint(binding.out) else { continue };
            if binding.label.is_empty() || exchange.bindings[..at].iter().any(|other| same(&other)) {
                continue;
            }
            let version = |out: &mut String, version: usize| {
                let all = exchange.bindings.iter().filter(same);
                let more = all.clone().count() - 1;
                for (at, binding) in all.enumerate().take(if version == 0 { usize::MAX } else { 1 }) {
                    out.push_str(if at > 0 { ", " } else { "" });
                    out.push_str(&binding.label);
                }
                if version > 0 && more > 0 {
                    out.push_str(card::MORE);
                    format::count(out, more as u64);
                }
            };
            // Nearer to its queue, where links of one exchange are further apart.
            let along = if back { 0.42 } else { 0.58 };
            let token = Token::Message;
            placer.place(&Draft {
                joint,
                along,
                slot: 0,
                token,
                breaker: None,
                optional: false,
                version: &version,
            });
        }
    }
}

/// Joints with the mean delay that faults add to one of their links, in seconds.
pub(super) fn added(lane: &Lane, layout: &Layout) -> Vec<(usize, f64)> {
    let of = |fault: &Fault| match fault {
        Fault::Latency { link, add } => Some((layout.joint(*link)?.0, add.mean() / 1e9)),
        _ => None,
    };
    faults(lane).filter_map(of).collect()
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

    /// How many messages were lost or not let out: with all reasons, the most frequent one, or none.
    fn losses(&self, out: &mut String, version: usize) {
        let all: u64 = self.vanished.iter().chain(&self.refused).sum();
        if version > 2 || all == 0 {
            return;
        }
        out.push_str(card::LOST);
        if version == 2 {
            return format::count(out, all);
        }
        let vanished = [LossReason::Link, LossReason::Partition].map(words::loss);
        let refused = Failure::ALL.map(words::failure);
        let counts = self.vanished.iter().zip(vanished).chain(self.refused.iter().zip(refused));
        let most = counts.clone().map(|(count, _)| *count).max().unwrap_or(0);
        let shown = |&(count, _): &(&u64, &str)| *count > 0 && (version == 0 || *count == most);
        let mut told = 0;
        for (&count, reason) in counts.filter(shown).take(if version == 0 { usize::MAX } else { 1 }) {
            out.push_str(if told > 0 { card::DOT } else { "" });
            format::count(out, count);
            out.push(' ');
            out.push_str(reason);
            told += count;
        }
        if told < all {
            out.push_str(card::MORE);
            format::count(out, all - told);
        }
    }
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
    for (at, call) in plan.edges.iter().enumerate() {
        let counts = recent.not_permitted(EdgeIx(at as u32));
        let joint = plan.link(call.from, call.to).filter(|_| counts != [0; Failure::COUNT]);
        if let Some((joint, _)) = joint.and_then(|link| layout.joint(link)) {
            troubles[joint].refused.iter_mut().zip(counts).for_each(|(sum, count)| *sum += count);
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
