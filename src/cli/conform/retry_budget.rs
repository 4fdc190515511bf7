//! Component `retry_budget`: how many retries a share of the calls in flight allows, or which a share of the requests of
//! the last while does.

use cascade::engine::runtime::policy::retry_budget::{WindowBudget, allowed};
use cascade::scenario::{BudgetPlan, read_part};
use serde_json::{Value, json};

use super::machine::Machine;
use super::value;

/// The engine's budget under a configuration of a retry's `budget`. With `min_per_second` or `ttl`, an input has `at`
/// and either `deposit` (a request that need not be tried again) or `retry`.
pub fn machine(config: &Value) -> Result<Machine, String> {
    match read_part(&value::json(config)?).map_err(value::phrase)? {
        BudgetPlan::Share(plan) => Ok(Box::new(move |input| {
            let in_flight = value::count(input, "in_flight")?;
            Ok(json!({ "allowed": allowed(&plan, in_flight) }))
        })),
        BudgetPlan::Tokens(_) => Err("these are tokens: the component is \"retry_tokens\"".to_owned()),
        BudgetPlan::Window(plan) => {
            let mut budget = WindowBudget::default();
            Ok(Box::new(move |input| {
                let now = value::at(input)?;
                match (input.get("deposit"), input.get("retry")) {
                    (Some(_), None) => {
                        budget.deposit(&plan, now);
                        Ok(json!({}))
                    }
                    (None, Some(_)) => Ok(json!({ "retry": budget.withdraw(&plan, now) })),
                    _ => Err("needs one of \"deposit\" and \"retry\"".to_owned()),
                }
            }))
        }
    }
}
