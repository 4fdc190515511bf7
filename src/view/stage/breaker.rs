//! Circuit breakers on their links: which of several is shown, and what it says.

use super::layout::{Joint, Layout};
use super::pill::{Draft, Placer};
use super::switch::switch;
use crate::base::{BreakerIx, List, Number, SimTime, format, list};
use crate::observation::{BreakerMeter, BreakerState};
use crate::scenario::BreakerPlan;
use crate::session::VariantRun;
use crate::view::canvas::theme::Token;

/// Which state of several breakers is shown: the one that holds back most.
fn badness(state: BreakerState) -> u8 {
    match state {
        BreakerState::ForcedOpen => 4,
        BreakerState::Open => 3,
        BreakerState::HalfOpen => 2,
        BreakerState::Closed => 1,
        BreakerState::Disabled => 0,
    }
}

/// A pill for the worst breaker of each joint.
pub(crate) fn pills(placer: &mut Placer, variant: &VariantRun, layout: &Layout, counted: bool) {
    let plan = variant.plan();
    for at in 0..layout.joints().len() {
        let Some((worst, meter, same, all)) = worst(variant, &layout.joints()[at]) else { continue };
        let own = &plan.breakers[worst.at()].plan;
        let now = variant.snapshot().now();
        placer.place(&Draft {
            joint: at,
            along: 0.5,
            slot: if counted { -1 } else { 0 },
            token: token(meter.state),
            breaker: Some((worst, switch(&meter, own))),
            optional: false,
            version: &|out, version| {
                if version > 2 {
                    return;
                }
                let mut facts = List::new(out, list::DOT);
                facts.item(|out| word(out, &meter, own, now, version));
                if all > 1 && version < 2 {
                    facts.item(|out| match version {
                        0 => say!(out => "guard.breakers", part = same, all = all),
                        _ => say!(out => "card.part-of", part = same, all = all),
                    });
                }
            },
        });
    }
}

/// The worst of a joint's breakers, how many are in its state, and how many there are.
fn worst(variant: &VariantRun, joint: &Joint) -> Option<(BreakerIx, BreakerMeter, u64, u64)> {
    let (plan, snapshot) = (variant.plan(), variant.snapshot());
    let mut found: Option<(BreakerIx, BreakerMeter, u64, u64)> = None;
    for (at, breaker) in plan.breakers.iter().enumerate() {
        let index = BreakerIx(at as u32);
        if !joint.joins(breaker.from, breaker.to) || !plan.has(index) {
            continue;
        }
        let meter = snapshot.breaker_meter(index);
        let (same, all) = found.map_or((0, 0), |(.., same, all)| (same, all));
        found = match found {
            Some((kept, worst, ..)) if worst.state == meter.state => Some((kept, worst, same + 1, all + 1)),
            Some((kept, worst, ..)) if badness(worst.state) > badness(meter.state) => {
                Some((kept, worst, same, all + 1))
            }
            _ => Some((index, meter, 1, all + 1)),
        };
    }
    found
}

/// The colour of a state.
fn token(state: BreakerState) -> Token {
    match state {
        BreakerState::Closed => Token::Good,
        BreakerState::Open | BreakerState::ForcedOpen => Token::Failed,
        BreakerState::HalfOpen => Token::Late,
        BreakerState::Disabled => Token::Muted,
    }
}

/// "closed · 12 % of 20 failed", "open · probe in 3 s", "half-open · 1 of 3 probes"; and shorter.
pub(crate) fn word(out: &mut String, meter: &BreakerMeter, plan: &BreakerPlan, now: SimTime, version: usize) {
    let mut facts = List::new(out, list::DOT);
    facts.push(state(meter.state));
    if version > 1 {
        return;
    }
    match meter.state {
        BreakerState::Closed if meter.calls > 0 => {
            let slow = f64::from(meter.slow) * plan.failure_rate > f64::from(meter.failed) * plan.slow_rate;
            let part = if slow { meter.slow } else { meter.failed };
            let share = Number::Percent(f64::from(part) / f64::from(meter.calls));
            facts.item(|out| match (version, slow) {
                (0, true) => say!(out => "guard.slow", share = share, calls = meter.calls),
                (0, false) => say!(out => "guard.failed", share = share, calls = meter.calls),
                _ => say!(out => "guard.of", share = share, calls = meter.calls),
            });
        }
        BreakerState::Open if meter.until <= now => facts.push(text!("guard.next-probes")),
        BreakerState::Open => facts.item(|out| match (version, meter.until.since(now)) {
            (0, left) => say!(out => "guard.probe-in", time = left),
            (_, left) => format::duration(out, left),
        }),
        BreakerState::HalfOpen => facts.item(|out| match (version, meter.probes, plan.half_open_calls) {
            (0, part, all) => say!(out => "guard.probes", part = part, all = all),
            (_, part, all) => say!(out => "card.part-of", part = part, all = all),
        }),
        _ => {}
    }
}

/// What a breaker's state is called.
pub(crate) fn state(state: BreakerState) -> &'static str {
    match state {
        BreakerState::Closed => text!("guard.closed"),
        BreakerState::Open => text!("guard.open"),
        BreakerState::HalfOpen => text!("guard.half-open"),
        BreakerState::ForcedOpen => text!("guard.forced-open"),
        BreakerState::Disabled => text!("guard.disabled"),
    }
}
