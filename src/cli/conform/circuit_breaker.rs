//! Component `circuit_breaker`: permits, results, and what the breaker shows.

use cascade::base::SimTime;
use cascade::engine::runtime::policy::circuit_breaker::CircuitBreaker;
use cascade::observation::BreakerState;
use cascade::scenario::{BreakerPlan, read_part};
use serde_json::{Value, json};

use super::machine::Machine;
use super::value;

/// The engine's breaker under a configuration of a `circuit_breaker`, with the state it is to `start` in.
pub fn machine(config: &Value) -> Result<Machine, String> {
    let mut written = config.clone();
    let start = written.as_object_mut().and_then(|config| config.remove("start"));
    let start = match start.as_ref().map(|start| start.as_str().unwrap_or_default()) {
        None | Some("closed") => BreakerState::Closed,
        Some("half_open") => BreakerState::HalfOpen,
        Some("forced_open") => BreakerState::ForcedOpen,
        Some("disabled") => BreakerState::Disabled,
        Some(other) => return Err(format!("\"start\" is \"{other}\", no state to start in")),
    };
    let plan: BreakerPlan = read_part(&value::json(&written)?).map_err(value::phrase)?;
    let mut breaker = CircuitBreaker::new(start, SimTime::ZERO);
    Ok(Box::new(move |input| {
        let now = value::at(input)?;
        let mut permitted = Value::Null;
        match (input.get("permit"), input.get("release"), input.get("result")) {
            (Some(_), None, None) => permitted = breaker.permit(&plan, now).is_some().into(),
            (None, Some(_), None) => {
                breaker.give_back(&plan, now, breaker.generation());
            }
            (None, None, Some(_)) => match value::text(input, "result")? {
                "ignored" => {
                    breaker.give_back(&plan, now, breaker.generation());
                }
                result @ ("success" | "failure") => {
                    let took = value::duration(input, "took")?;
                    breaker.record(&plan, now, result == "failure", took);
                }
                other => return Err(format!("has a result \"{other}\", none of success, failure, ignored")),
            },
            _ => return Err("needs one of \"permit\", \"result\" and \"release\"".to_owned()),
        }
        let shown = breaker.shown(&plan, now);
        Ok(json!({
            "permitted": permitted,
            "state": breaker.state().key(),
            "failure_rate": shown.failure_rate(),
            "slow_rate": shown.slow_rate(),
        }))
    }))
}
