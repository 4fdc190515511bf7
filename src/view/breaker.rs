//! Circuit breakers as switches on their links, and what else guards calls: bulkheads, rate limits, retry budgets.

use super::draw::{DrawOp, Sketch, Stroke};
use super::format;
use super::geometry::{Point, Rect};
use super::layout::{Joint, Layout};
use super::pills::{Draft, Placer};
use super::theme::Token;
use super::words::{card, guard as said};
use crate::base::{BreakerIx, PolicyIx, SimTime};
use crate::observation::{BreakerMeter, BreakerState, PolicyState};
use crate::scenario::{BreakerPlan, PolicyPlan};
use crate::session::Lane;

/// A switch as its pill shows it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Switch {
    /// How far its arm is up, 0 (closed) to 1 (open).
    lift: f32,
    /// Share of bad calls in its window, and from which share on it opens; none where it does not judge.
    meter: Option<(f32, f32)>,
}

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

/// Whether calls between these two nodes run along a joint.
fn along(joint: &Joint, ends: (crate::base::NodeIx, crate::base::NodeIx)) -> bool {
    ends == (joint.from, joint.to) || ends == (joint.to, joint.from)
}

/// A pill for the worst breaker of each joint.
pub(super) fn pills(placer: &mut Placer, lane: &Lane, layout: &Layout, counted: bool) {
    let plan = lane.plan();
    for at in 0..layout.joints().len() {
        let Some((worst, meter, same, all)) = worst(lane, &layout.joints()[at]) else { continue };
        let own = &plan.breakers[worst.at()].plan;
        let now = lane.snapshot().now();
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
                word(out, &meter, own, now, version);
                if all > 1 && version < 2 {
                    out.push_str(card::DOT);
                    format::count(out, same);
                    out.push_str(said::OF);
                    format::count(out, all);
                    out.push_str(if version == 0 { said::BREAKERS } else { "" });
                }
            },
        });
    }
}

/// The worst of a joint's breakers, how many are in its state, and how many there are.
fn worst(lane: &Lane, joint: &Joint) -> Option<(BreakerIx, BreakerMeter, u64, u64)> {
    let (plan, snapshot) = (lane.plan(), lane.snapshot());
    let mut found: Option<(BreakerIx, BreakerMeter, u64, u64)> = None;
    for (at, breaker) in plan.breakers.iter().enumerate() {
        if !along(joint, (breaker.from, breaker.to)) {
            continue;
        }
        let index = BreakerIx(at as u32);
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

fn switch(meter: &BreakerMeter, plan: &BreakerPlan) -> Switch {
    let share = |part: u32| part as f32 / meter.calls.max(1) as f32;
    let (failed, slow) = (share(meter.failed), share(meter.slow));
    // Whichever is nearer to its threshold.
    let (failure_rate, slow_rate) = (plan.failure_rate as f32, plan.slow_rate as f32);
    let nearer =
        if failed / failure_rate >= slow / slow_rate { (failed, failure_rate) } else { (slow, slow_rate) };
    let judges = meter.calls > 0 && !matches!(meter.state, BreakerState::ForcedOpen | BreakerState::Disabled);
    Switch {
        lift: match meter.state {
            BreakerState::Closed | BreakerState::Disabled => 0.0,
            BreakerState::HalfOpen => 0.45,
            BreakerState::Open | BreakerState::ForcedOpen => 1.0,
        },
        meter: judges.then_some(nearer),
    }
}

/// "closed · 12 % of 20 failed", "open · probe in 3 s", "half-open · 1 of 3 probes"; and shorter.
pub(super) fn word(out: &mut String, meter: &BreakerMeter, plan: &BreakerPlan, now: SimTime, version: usize) {
    out.push_str(match meter.state {
        BreakerState::Closed => said::CLOSED,
        BreakerState::Open => said::OPEN,
        BreakerState::HalfOpen => said::HALF_OPEN,
        BreakerState::ForcedOpen => said::FORCED_OPEN,
        BreakerState::Disabled => said::DISABLED,
    });
    if version > 1 {
        return;
    }
    match meter.state {
        BreakerState::Closed if meter.calls > 0 => {
            let slow = f64::from(meter.slow) * plan.failure_rate > f64::from(meter.failed) * plan.slow_rate;
            let part = if slow { meter.slow } else { meter.failed };
            out.push_str(card::DOT);
            format::percent(out, f64::from(part) / f64::from(meter.calls));
            out.push_str(said::OF);
            format::count(out, meter.calls.into());
            out.push_str(match (version, slow) {
                (0, true) => said::SLOW,
                (0, false) => said::FAILED,
                _ => "",
            });
        }
        BreakerState::Open => {
            out.push_str(card::DOT);
            if meter.until <= now {
                return out.push_str(said::NEXT_PROBES);
            }
            out.push_str(if version == 0 { said::PROBE_IN } else { "" });
            format::duration(out, meter.until.since(now));
        }
        BreakerState::HalfOpen => {
            out.push_str(card::DOT);
            format::count(out, meter.probes.into());
            out.push_str(said::OF);
            format::count(out, plan.half_open_calls.into());
            out.push_str(if version == 0 { said::PROBES } else { "" });
        }
        _ => {}
    }
}

/// Draws a switch at the left of its pill: two contacts and an arm, and along the pill's lower edge how near its
/// window is to opening it.
pub(super) fn draw_switch(sketch: &mut Sketch, switch: &Switch, pill: Rect, size: f32, token: Token) {
    let (y, left, reach) = (pill.y + pill.h / 2.0, pill.x + size * 0.75, size);
    let ends = [left, left + reach].map(|x| Point { x, y });
    for center in ends {
        sketch.push(DrawOp::Circle { center, radius: size * 0.15, fill: Some(token.into()), stroke: None });
    }
    let angle = switch.lift * 0.65;
    let (sin, cos) = libm::sincosf(angle);
    let to = Point { x: left + reach * cos, y: y - reach * sin };
    sketch.push(DrawOp::Line { from: ends[0], to, stroke: Stroke::new(token, size * 0.15) });
    if let Some((share, threshold)) = switch.meter {
        let (start, end) = (pill.x + pill.h / 2.0, pill.right() - pill.h / 2.0);
        let bar = Rect::new(start, pill.bottom() - 3.0, (end - start).max(0.0), 1.5);
        let rect = Rect { w: bar.w * share.min(1.0), ..bar };
        for (rect, ink) in [(bar, Token::Idle.into()), (rect, Token::Failed.alpha(0.9))] {
            sketch.push(DrawOp::Rect { rect, radius: 0.0, fill: Some(ink), stroke: None });
        }
        let x = bar.x + bar.w * threshold.min(1.0);
        let (from, to) = (Point { x, y: bar.y - 1.0 }, Point { x, y: bar.bottom() + 1.0 });
        sketch.push(DrawOp::Line { from, to, stroke: Stroke::new(Token::Muted, 1.0) });
    }
}

/// What a shared policy says where it binds: a bulkhead that is full, a rate limit without tokens, a budget that is
/// spent. On full stages bulkheads and rate limits say it always.
pub(super) fn policies(placer: &mut Placer, lane: &Lane, layout: &Layout) {
    let plan = lane.plan();
    let always = layout.detail == super::Detail::Full;
    for at in 0..plan.policies.len() {
        let index = PolicyIx(at as u32);
        let edge = &plan.edges[plan.policies[at].edge.at()];
        let Some(joint) = layout.joints().iter().position(|joint| along(joint, (edge.from, edge.to))) else {
            continue;
        };
        let binds = binds(lane, index);
        if !binds && !always {
            continue;
        }
        let token = if binds { Token::Late } else { Token::Muted };
        let version = |out: &mut String, version: usize| policy_word(out, lane, index, version);
        placer.place(&Draft {
            joint,
            along: 0.5,
            slot: 2,
            token,
            breaker: None,
            optional: !binds,
            version: &version,
        });
    }
}

/// Whether a shared policy holds anybody back now.
fn binds(lane: &Lane, index: PolicyIx) -> bool {
    match (lane.snapshot().policy(index), lane.plan().policies[index.at()].policy) {
        (Some(PolicyState::Bulkhead { inside, .. }), PolicyPlan::Bulkhead(plan)) => {
            inside >= plan.max_concurrent
        }
        (Some(PolicyState::RateLimit { tokens }), _) => tokens < 1.0,
        (Some(PolicyState::RetryBudget { spent }), _) => spent,
        _ => false,
    }
}

/// "24 of 25 inside · 3 waiting", "3 of 10 tokens", "retry budget spent".
pub(super) fn policy_word(out: &mut String, lane: &Lane, index: PolicyIx, version: usize) {
    if version > 1 {
        return;
    }
    match (lane.snapshot().policy(index), lane.plan().policies[index.at()].policy) {
        (Some(PolicyState::Bulkhead { inside, waiting }), PolicyPlan::Bulkhead(plan)) => {
            format::count(out, inside.into());
            out.push_str(said::OF);
            format::count(out, plan.max_concurrent.into());
            out.push_str(said::INSIDE);
            if waiting > 0 && version == 0 {
                out.push_str(card::DOT);
                format::count(out, waiting.into());
                out.push_str(card::WAITING);
            }
        }
        (Some(PolicyState::RateLimit { tokens }), PolicyPlan::RateLimit(plan)) => {
            format::count(out, tokens as u64);
            out.push_str(said::OF);
            format::count(out, plan.burst.into());
            out.push_str(said::TOKENS);
        }
        (Some(PolicyState::RetryBudget { spent: true }), _) => out.push_str(said::BUDGET_SPENT),
        _ => {}
    }
}
