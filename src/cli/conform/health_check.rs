//! Component `health_check`: results of checks, and which hosts are taken for ill.

use cascade::engine::runtime::balancing::health_check::HealthChecker;
use cascade::scenario::{HealthCheckPlan, read_part};
use serde_json::{Value, json};

use super::machine::Machine;
use super::value;

/// The engine's checker under a configuration of a `health_check`, of one host.
pub fn machine(config: &Value) -> Result<Machine, String> {
    let plan: HealthCheckPlan = read_part(&value::json(config)?).map_err(value::phrase)?;
    let mut checker = HealthChecker::default();
    Ok(Box::new(move |input| {
        let passed = match value::text(input, "check")? {
            "passed" => true,
            "failed" => false,
            other => return Err(format!("has a check \"{other}\", neither passed nor failed")),
        };
        checker.result(&plan, 0, passed);
        Ok(json!({ "healthy": !checker.is_unhealthy(0) }))
    }))
}
