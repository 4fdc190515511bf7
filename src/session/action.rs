//! What a person does to a run, and how it is done to the variants.

use std::sync::Arc;

use super::VariantRun;
use crate::base::{BreakerIx, Diagnostic, Json, SimDuration, SimTime};
use crate::engine::Command;
use crate::observation::BreakerState;
use crate::scenario::{Scenario, read_fault};

/// What a person does to a run.
#[derive(Clone, Debug, PartialEq)]
pub enum Action {
    /// Sets a parameter by path, in one variant or (none) in every variant that has it.
    Set {
        /// Which variant, by place.
        variant: Option<usize>,
        /// Which parameter.
        path: String,
        /// To what.
        value: Json,
    },
    /// A fault sets in, as written in a timeline, in every variant that has what it names.
    Inject {
        /// The fault, as in a timeline entry's `fault`.
        fault: Json,
        /// For how long; none: until healed.
        lasts: Option<SimDuration>,
    },
    /// A fault that was injected ends.
    Heal {
        /// The fault, as it was injected.
        fault: Json,
    },
    /// The system becomes another one, without a stop: what stays keeps its state, what goes loses its messages. In one
    /// variant or in all of them.
    Edit {
        /// Which variant, by place.
        variant: Option<usize>,
        /// The whole system that it is to be.
        scenario: Arc<Scenario>,
    },
    /// A circuit breaker is held open, disabled, or left to itself again (closed), in one variant or in every variant
    /// that has it. Into other states it comes of itself alone: those change nothing.
    Breaker {
        /// Which variant, by place.
        variant: Option<usize>,
        /// Ids of the caller and the callee.
        between: (String, String),
        /// Which of the breakers between the two, from 0, in the order of the plan.
        number: usize,
        /// What it becomes.
        state: BreakerState,
    },
}

/// An action with the instant at which it was taken.
#[derive(Clone, Debug, PartialEq)]
pub struct TimedAction {
    /// When.
    pub at: SimTime,
    /// What.
    pub action: Action,
}

impl Action {
    /// The only variant that it concerns, by place; none: every one.
    pub(super) fn variant(&self) -> Option<usize> {
        match self {
            Action::Set { variant, .. } | Action::Breaker { variant, .. } | Action::Edit { variant, .. } => {
                *variant
            }
            Action::Inject { .. } | Action::Heal { .. } => None,
        }
    }

    /// The same for one variant alone, where it can be.
    pub(super) fn in_variant(mut self, only: usize) -> Action {
        if let Action::Set { variant, .. } | Action::Breaker { variant, .. } | Action::Edit { variant, .. } =
            &mut self
        {
            *variant = Some(only);
        }
        self
    }

    /// Does it to the variants, at the present instant. Where no variant has what it names, or it is wrong, nothing
    /// changes, and the error says why; it is empty where there is nothing to say but that it concerns nobody.
    pub(super) fn perform(&self, variants: &mut [VariantRun]) -> Result<(), Vec<Diagnostic>> {
        let mut problems = Vec::new();
        let mut done = false;
        for (at, variant) in variants.iter_mut().enumerate() {
            if self.variant().is_some_and(|only| only != at) {
                continue;
            }
            let result = match self {
                Action::Set { path, value, .. } => {
                    // A knob that this variant lacks does not concern it.
                    if variant.scenario().get(path).is_none() {
                        continue;
                    }
                    variant.set(path, value).map(|_| ())
                }
                Action::Edit { scenario, .. } => variant.edit(scenario),
                Action::Inject { fault, lasts } => read_fault(fault, variant.plan())
                    .map(|fault| variant.apply(Command::Inject(fault, *lasts))),
                Action::Heal { fault } => {
                    read_fault(fault, variant.plan()).map(|fault| variant.apply(Command::Heal(fault)))
                }
                Action::Breaker { between, number, state, .. } => {
                    let Some(breaker) = breaker(variant, between, *number) else { continue };
                    variant.apply(Command::SetBreaker(breaker, *state));
                    Ok(())
                }
            };
            match result {
                Ok(()) => done = true,
                // Variants are mostly alike: what is wrong with several is told once.
                Err(diagnostics) => {
                    for diagnostic in diagnostics {
                        if !problems.contains(&diagnostic) {
                            problems.push(diagnostic);
                        }
                    }
                }
            }
        }
        if done { Ok(()) } else { Err(problems) }
    }
}

/// The n-th breaker between two nodes.
fn breaker(variant: &VariantRun, (from, to): &(String, String), number: usize) -> Option<BreakerIx> {
    let plan = variant.plan();
    let (from, to) = (plan.node(from)?, plan.node(to)?);
    let living = (0..).map(BreakerIx).zip(&plan.breakers).filter(|(at, _)| plan.has(*at));
    let mut between = living.filter(|(_, own)| (own.from, own.to) == (from, to));
    between.nth(number).map(|(at, _)| at)
}
