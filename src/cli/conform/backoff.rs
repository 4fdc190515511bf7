//! Component `backoff`: the wait before a retry.

use cascade::base::SimDuration;
use cascade::engine::runtime::policy::retry;
use cascade::scenario::{Backoff, read_part};
use serde_json::{Value, json};

use super::machine::Machine;
use super::value;

/// The engine's formula under a configuration of a `backoff`.
pub fn machine(config: &Value) -> Result<Machine, String> {
    let backoff: Backoff = read_part(&value::json(config)?).map_err(value::phrase)?;
    Ok(Box::new(move |input| {
        let number = match input.get("retry") {
            Some(_) => u32::try_from(value::count(input, "retry")?).unwrap_or(u32::MAX),
            None => 1,
        };
        let random = if input.get("random").is_some() { value::number(input, "random")? } else { 0.0 };
        let previous = match input.get("previous") {
            Some(_) => Some(value::duration(input, "previous")?),
            None => None,
        };
        let delay: SimDuration = retry::delay(&backoff, number, previous, random);
        Ok(json!({ "delay": delay.to_string() }))
    }))
}
