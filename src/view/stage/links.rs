//! Links: their curves, the faults that lie on them, and what vanished there.

use super::layout::Layout;
use super::pill::{Draft, Placer};
use crate::base::{EdgeIx, LinkIx, List, Number, SimDuration, Text, list};
use crate::observation::{Failure, LossReason};
use crate::scenario::BindingPlan;
use crate::session::VariantRun;
use crate::view::canvas::draw::{DrawOp, Sketch, Stroke};
use crate::view::canvas::theme::Token;
use crate::view::cards::reading;
use crate::view::words;

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
pub(crate) fn draw(sketch: &mut Sketch, variant: &VariantRun, layout: &Layout) {
    let troubles = troubles(variant, layout);
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
pub(crate) fn pills(placer: &mut Placer, variant: &VariantRun, layout: &Layout) {
    for (joint, trouble) in troubles(variant, layout).iter().enumerate() {
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
pub(crate) fn bindings(placer: &mut Placer, variant: &VariantRun, layout: &Layout) {
    let plan = variant.plan();
    for exchange in plan.exchanges.iter().filter(|exchange| plan.has(exchange.node)) {
        for (at, binding) in exchange.bindings.iter().enumerate() {
            let same = |other: &&BindingPlan| other.out == binding.out;
            let Some((joint, back)) = layout.joint(binding.out) else { continue };
            if binding.label.is_empty() || exchange.bindings[..at].iter().any(|other| same(&other)) {
                continue;
            }
            let version = |out: &mut String, version: usize| {
                let all = || exchange.bindings.iter().filter(same);
                let more = all().count() - 1;
                if version > 0 && more > 0 {
                    return say!(out => "stage.binding-and-more", binding = &binding.label, count = more);
                }
                let mut keys = List::new(out, list::COMMA);
                all().for_each(|binding| keys.push(&binding.label));
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

impl Trouble {
    /// What is wrong, in a few words or (version 1) fewer.
    fn fault(&self, out: &mut String, version: usize) {
        if self.cut {
            return out.push_str(text!("stage.cut"));
        }
        let mut facts = List::new(out, list::DOT);
        if self.added_s > 0.0 {
            facts.item(|out| say!(out => "stage.added", time = SimDuration::from_secs(self.added_s)));
        }
        if self.loss > 0.0 && (version == 0 || self.added_s <= 0.0) {
            let share = Number::Percent(self.loss);
            facts.item(|out| match version {
                0 => say!(out => "stage.loses", share = share),
                _ => say!(out => "stage.loses-short", share = share),
            });
        }
    }

    /// How many messages were lost or not let out: with all reasons, the most frequent one, or none.
    fn losses(&self, out: &mut String, version: usize) {
        let all: u64 = self.vanished.iter().chain(&self.refused).sum();
        if version > 2 || all == 0 {
            return;
        }
        if version == 2 {
            return say!(out => "card.lost", count = all);
        }
        let vanished = LossReason::ALL.map(words::lost_on);
        let refused = Failure::ALL.map(words::lost_by);
        let counts = self.vanished.iter().zip(vanished).chain(self.refused.iter().zip(refused));
        let most = counts.clone().map(|(count, _)| *count).max().unwrap_or(0);
        let shown = |&(count, _): &(&u64, Text)| *count > 0 && (version == 0 || *count == most);
        let (mut told, mut losses) = (0, String::new());
        let mut list = List::new(&mut losses, list::DOT);
        for (&count, reason) in counts.filter(shown).take(if version == 0 { usize::MAX } else { 1 }) {
            list.item(|out| reason.write(out, &[("count", count.into())]));
            told += count;
        }
        if told < all {
            say!(out => "stage.lost-and-more", losses = &losses, count = all - told);
        } else {
            say!(out => "stage.lost", losses = &losses);
        }
    }
}

/// What is wrong with each joint of the layout.
fn troubles(variant: &VariantRun, layout: &Layout) -> Vec<Trouble> {
    let (plan, recent) = (variant.plan(), variant.telemetry().recent());
    let mut troubles = vec![Trouble::default(); layout.joints().len()];
    for at in 0..plan.links.len() {
        let link = LinkIx(at as u32);
        let Some((joint, _)) = layout.joint(link) else { continue };
        let (trouble, reading) = (&mut troubles[joint], reading::link(variant, link));
        trouble.cut |= reading.cut;
        trouble.added_s = trouble.added_s.max(reading.added_s);
        trouble.loss = trouble.loss.max(reading.loss);
        for (sum, count) in trouble.vanished.iter_mut().zip(recent.vanished(link)) {
            *sum += count;
        }
    }
    for (at, call) in plan.edges.iter().enumerate() {
        let counts = recent.not_permitted(EdgeIx(at as u32));
        let joint = plan.link(call.from, call.to).filter(|_| counts != [0; Failure::COUNT]);
        if let Some((joint, _)) = joint.and_then(|link| layout.joint(link)) {
            troubles[joint].refused.iter_mut().zip(counts).for_each(|(sum, count)| *sum += count);
        }
    }
    troubles
}
