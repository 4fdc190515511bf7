//! Component `retry_tokens`: a bucket of tokens that failures empty.

use cascade::engine::runtime::policy::retry_budget::TokenBudget;
use cascade::scenario::{BudgetPlan, read_part};
use serde_json::{Map, Value, json};

use super::machine::Machine;
use super::value;

/// The engine's bucket. `max` is what a retry's `budget` calls `tokens`.
pub fn machine(config: &Value) -> Result<Machine, String> {
    let mut written = Map::new();
    for (key, value) in config.as_object().ok_or("expected an object")? {
        written.insert(if key == "max" { "tokens".to_owned() } else { key.clone() }, value.clone());
    }
    let plan: BudgetPlan = read_part(&value::json(&Value::Object(written))?).map_err(value::phrase)?;
    let BudgetPlan::Tokens(plan) = plan else { return Err("needs a number \"max\"".to_owned()) };
    let mut tokens = TokenBudget::full(&plan);
    Ok(Box::new(move |input| {
        match value::text(input, "result")? {
            "success" => tokens.succeeded(&plan),
            "failure" => tokens.failed(),
            other => return Err(format!("has a result \"{other}\", neither success nor failure")),
        }
        Ok(json!({ "tokens": tokens.level(), "retry": tokens.allows(&plan) }))
    }))
}
