//! Retry budgets: how many retries the calls to one operation may make together.
//!
//! A budget is asked before the first attempt of a call, which it always grants, and before every retry, when the
//! retry policy is for it. A retry that it refuses is not made: the call ends as its last attempt did.

mod grant;
mod in_flight;
mod tokens;
mod window;

pub use grant::Try;
pub use in_flight::{InFlightBudget, allowed};
pub use tokens::TokenBudget;
pub use window::WindowBudget;

use super::{Attempt, Ended, Policy, Verdict};
use crate::base::SimTime;
use crate::scenario::BudgetPlan;

/// A retry budget of one of the kinds that there are.
#[derive(Clone, Copy, Debug)]
pub enum RetryBudget {
    /// A share of the active calls, as Envoy counts it.
    InFlight(InFlightBudget),
    /// A bucket of tokens, as gRPC counts them.
    Tokens(TokenBudget),
    /// A share of the requests of the last while, as Linkerd counts it.
    Window(WindowBudget),
}

impl RetryBudget {
    /// Before the first call.
    pub fn new(plan: &BudgetPlan) -> RetryBudget {
        match plan {
            BudgetPlan::Share(_) => RetryBudget::InFlight(InFlightBudget::default()),
            BudgetPlan::Tokens(plan) => RetryBudget::Tokens(TokenBudget::full(plan)),
            BudgetPlan::Window(_) => RetryBudget::Window(WindowBudget::default()),
        }
    }

    /// Whether it would allow another retry at `now`.
    pub fn allows(&self, plan: &BudgetPlan, now: SimTime) -> bool {
        match (self, plan) {
            (RetryBudget::InFlight(budget), BudgetPlan::Share(plan)) => budget.allows(plan),
            (RetryBudget::Tokens(budget), BudgetPlan::Tokens(plan)) => budget.allows(plan),
            (RetryBudget::Window(budget), BudgetPlan::Window(plan)) => budget.allows(plan, now),
            _ => other_kind(),
        }
    }
}

impl Policy for RetryBudget {
    type Plan = BudgetPlan;
    type Grant = Try;

    fn admit(&mut self, plan: &BudgetPlan, attempt: &Attempt) -> Verdict<Try> {
        match (self, plan) {
            (RetryBudget::InFlight(budget), BudgetPlan::Share(plan)) => budget.admit(plan, attempt),
            (RetryBudget::Tokens(budget), BudgetPlan::Tokens(plan)) => budget.admit(plan, attempt),
            (RetryBudget::Window(budget), BudgetPlan::Window(plan)) => budget.admit(plan, attempt),
            _ => other_kind(),
        }
    }

    fn waited(&mut self, plan: &BudgetPlan, attempt: &Attempt) -> Verdict<Try> {
        match (self, plan) {
            (RetryBudget::InFlight(budget), BudgetPlan::Share(plan)) => budget.waited(plan, attempt),
            (RetryBudget::Tokens(budget), BudgetPlan::Tokens(plan)) => budget.waited(plan, attempt),
            (RetryBudget::Window(budget), BudgetPlan::Window(plan)) => budget.waited(plan, attempt),
            _ => other_kind(),
        }
    }

    fn result(&mut self, plan: &BudgetPlan, granted: Try, ended: &Ended) {
        match (self, plan) {
            (RetryBudget::InFlight(budget), BudgetPlan::Share(plan)) => budget.result(plan, granted, ended),
            (RetryBudget::Tokens(budget), BudgetPlan::Tokens(plan)) => budget.result(plan, granted, ended),
            (RetryBudget::Window(budget), BudgetPlan::Window(plan)) => budget.result(plan, granted, ended),
            _ => other_kind(),
        }
    }

    fn release(&mut self, plan: &BudgetPlan, granted: Try, now: SimTime) {
        match (self, plan) {
            (RetryBudget::InFlight(budget), BudgetPlan::Share(plan)) => budget.release(plan, granted, now),
            (RetryBudget::Tokens(budget), BudgetPlan::Tokens(plan)) => budget.release(plan, granted, now),
            (RetryBudget::Window(budget), BudgetPlan::Window(plan)) => budget.release(plan, granted, now),
            _ => other_kind(),
        }
    }
}

fn other_kind() -> ! {
    unreachable!("the numbers of a budget may change under a run, its kind may not")
}
