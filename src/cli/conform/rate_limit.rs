//! Component `rate_limit`: who is permitted, after which wait.

use cascade::engine::runtime::policy::rate_limit::RateLimit;
use cascade::scenario::{RateLimitPlan, read_part};
use serde_json::{Value, json};

use super::machine::Machine;
use super::value;

/// The engine's token bucket under a configuration of a `rate_limit`.
pub fn machine(config: &Value) -> Result<Machine, String> {
    let plan: RateLimitPlan = read_part(&value::json(config)?).map_err(value::phrase)?;
    let mut limit = RateLimit::default();
    Ok(Box::new(move |input| {
        let now = value::at(input)?;
        let tokens = value::number(input, "acquire")?;
        if tokens < 0.0 {
            return Err("acquires less than nothing".to_owned());
        }
        let wait = limit.acquire(&plan, now, tokens);
        Ok(json!({ "permitted": wait.is_some(), "wait": wait.map(|wait| wait.to_string()) }))
    }))
}
