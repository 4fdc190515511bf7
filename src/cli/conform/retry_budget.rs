//! Component `retry_budget`: how many retries a share of the calls in flight allows.

use cascade::engine::runtime::policy::retry_budget::allowed;
use cascade::scenario::{BudgetPlan, read_part};
use serde_json::{Value, json};

use super::machine::Machine;
use super::value;

/// The engine's formula under a configuration of a retry's `budget`.
pub fn machine(config: &Value) -> Result<Machine, String> {
    let BudgetPlan::Share(plan) = read_part(&value::json(config)?).map_err(value::phrase)? else {
        return Err("these are tokens: the component is \"retry_tokens\"".to_owned());
    };
    Ok(Box::new(move |input| {
        let in_flight = value::count(input, "in_flight")?;
        Ok(json!({ "allowed": allowed(&plan, in_flight) }))
    }))
}
