//! Policies that callers share, on their links: bulkheads, rate limits and retry budgets where they bind.

use super::layout::Layout;
use super::pill::{Draft, Placer};
use crate::base::{List, PolicyIx, list};
use crate::observation::PolicyState;
use crate::scenario::PolicyPlan;
use crate::session::VariantRun;
use crate::view::canvas::theme::Token;
use crate::view::cards::detail::Detail;

/// What a shared policy says where it binds: a bulkhead that is full, a rate limit without tokens, a budget that is
/// spent. On full stages bulkheads and rate limits say it always.
pub(crate) fn pills(placer: &mut Placer, variant: &VariantRun, layout: &Layout) {
    let plan = variant.plan();
    let always = layout.detail == Detail::Full;
    for at in (0..plan.policies.len()).filter(|at| plan.has(PolicyIx(*at as u32))) {
        let index = PolicyIx(at as u32);
        let edge = &plan.edges[plan.policies[at].edge.at()];
        let Some(joint) = layout.joints().iter().position(|joint| joint.joins(edge.from, edge.to)) else {
            continue;
        };
        let binds = binds(variant, index);
        if !binds && !always {
            continue;
        }
        let token = if binds { Token::Late } else { Token::Muted };
        let version = |out: &mut String, version: usize| word(out, variant, index, version);
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
fn binds(variant: &VariantRun, index: PolicyIx) -> bool {
    match (variant.snapshot().policy(index), variant.plan().policies[index.at()].policy) {
        (Some(PolicyState::Bulkhead { inside, .. }), PolicyPlan::Bulkhead(plan)) => {
            inside >= plan.max_concurrent
        }
        (Some(PolicyState::RateLimit { tokens }), _) => tokens < 1.0,
        (Some(PolicyState::RetryBudget { spent }), _) => spent,
        _ => false,
    }
}

/// "24 of 25 inside · 3 waiting", "3 of 10 tokens", "retry budget spent".
pub(crate) fn word(out: &mut String, variant: &VariantRun, index: PolicyIx, version: usize) {
    if version > 1 {
        return;
    }
    match (variant.snapshot().policy(index), variant.plan().policies[index.at()].policy) {
        (Some(PolicyState::Bulkhead { inside, waiting }), PolicyPlan::Bulkhead(plan)) => {
            let mut facts = List::new(out, list::DOT);
            facts.item(|out| say!(out => "guard.inside", part = inside, all = plan.max_concurrent));
            if waiting > 0 && version == 0 {
                facts.item(|out| say!(out => "card.waiting", count = waiting));
            }
        }
        (Some(PolicyState::RateLimit { tokens }), PolicyPlan::RateLimit(plan)) => {
            say!(out => "guard.tokens", part = tokens as u64, all = plan.burst);
        }
        (Some(PolicyState::RetryBudget { spent: true }), _) => out.push_str(match version {
            0 => text!("guard.budget-spent"),
            _ => text!("guard.budget-spent-short"),
        }),
        _ => {}
    }
}
